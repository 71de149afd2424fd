"""Joining a class by its code: a nickname, the real name where the teacher wants it, a seat; and leaving it."""

import unicodedata
from collections.abc import Callable
from typing import TypeVar

from bot.app import commands, solo
from bot.app.classroom.ending import dismiss
from bot.app.classroom.permission import is_host
from bot.app.classroom.rounds import ClassRounds, find_rounds
from bot.app.commands import Command
from bot.app.messages import ClosedButtons, NicknameWanted, Notice, RealNameWanted, Seated
from bot.app.messages.classroom import NicknameFault
from bot.app.work import Work
from bot.core import nicknames
from bot.core import seat as seats
from bot.core.classroom import Phase
from bot.core.codes import read_code
from bot.store.persons import Person
from bot.store.pupils import Pupil

C = TypeVar("C", bound=Command)

LONGEST_NAME = 60


def join(work: Work, command: commands.JoinClass) -> None:
    """Let somebody in by a code; where there is none, the next text is one."""
    person = work.person(command.visitor)
    if command.code:
        enter(work, person, command.code)
    else:
        person.awaits = "code:"
        work.tell(person, Notice("class.which_code"))


def hear(work: Work, person: Person, text: str) -> bool:
    """Take a text that answers nothing for a code, if it can be one; say whether it was dealt with."""
    if read_code(text):
        enter(work, person, text)
        return True
    found = find_seat(work, person)
    if found is None:
        return False
    seat = found[1].seat
    work.tell(person, Notice("class.answered" if seat.open and seat.reply else "class.wait"))
    return True


def enter(work: Work, person: Person, typed: str) -> None:
    """Let somebody into the class with this code; one class at a time."""
    code = read_code(typed)
    room = work.unit.rooms.by_code(code) if code else None
    rounds = find_rounds(work, room.id) if room else None
    if rounds is None:
        work.tell(person, Notice("class.unknown_code"))
    elif is_host(rounds.room, person):
        work.tell(person, Notice("class.own"))
    else:
        _enter(rounds, person)


def _enter(rounds: ClassRounds, person: Person) -> None:
    work, session_id = rounds.work, rounds.session.id
    pupil = work.unit.pupils.of_person(session_id, person.id)
    if pupil and pupil.seat.removed:
        work.tell(person, Notice("class.removed"))
        return
    if person.class_id != session_id:
        leave_seat(work, person)
    person.class_id, person.awaits = session_id, None
    # A quiz alone waits in silence.
    solo.leave(work, person.id)
    if pupil and pupil.nickname:
        _sit_again(rounds, pupil)
        return
    if pupil is None:
        work.unit.pupils.add(session_id, person.id, "", work.now)
    _ask_nickname(rounds, person, "")


def _ask_nickname(rounds: ClassRounds, person: Person, fault: NicknameFault) -> None:
    person.awaits = f"nickname:{rounds.session.id}"
    wanted = NicknameWanted(rounds.session.id, _offer(rounds, person), fault, rounds.room.asks_names)
    rounds.work.tell(person, wanted)


def _offer(rounds: ClassRounds, person: Person) -> str:
    """Give the first name as a nickname that is free; nothing where it cannot be one."""
    offered = nicknames.free(person.name, _taken(rounds))
    return "" if nicknames.fault(offered, rounds.work.refused, ()) else offered


def _taken(rounds: ClassRounds) -> list[str]:
    return [pupil.nickname for pupil in rounds.everybody if pupil.nickname]


def take_nickname(work: Work, command: commands.TakeNickname) -> None:
    """Take the nickname that was offered, or the next that is free."""
    person = work.person(command.visitor)
    rounds = _awaiting(work, person, command.session)
    offered = _offer(rounds, person) if rounds and (person.awaits or "").startswith("nickname:") else ""
    if rounds is None or not offered:
        work.toast = "toast.stale"
        return
    if command.press:
        work.tell(person, ClosedButtons(command.press.message_id))
    _call(rounds, person, offered)


def choose_nickname(work: Work, person: Person, session_id: int, text: str) -> None:
    """Take a text for a nickname, or say kindly why not."""
    rounds = _awaiting(work, person, session_id)
    if rounds is None:
        _miss(work, person)
    elif fault := nicknames.fault(text, work.refused, _taken(rounds)):
        _ask_nickname(rounds, person, fault)
    else:
        _call(rounds, person, nicknames.clean(text))


def _awaiting(work: Work, person: Person, session_id: int) -> ClassRounds | None:
    """Give the class that somebody is about to join; None where that is over."""
    rounds = find_rounds(work, session_id)
    over = rounds is None or rounds.session.state.phase is Phase.FINISHED or person.class_id != session_id
    return None if over or person.awaits is None else rounds


def _miss(work: Work, person: Person) -> None:
    person.awaits = None
    work.tell(person, Notice("class.over"))


def _call(rounds: ClassRounds, person: Person, nickname: str) -> None:
    """Go on with a nickname: ask for the real name, or give the seat."""
    if rounds.room.asks_names:
        # Nobody sits there before both names are known, so the nickname waits with the person.
        person.awaits = f"name:{rounds.session.id}:{nickname}"
        rounds.work.tell(person, RealNameWanted(fault=False))
    else:
        _sit(rounds, person, nickname)


def choose_name(work: Work, person: Person, session_id: int, nickname: str, text: str) -> None:
    """Take a text for the real name, and give the seat; the nickname, if it was taken meanwhile, gets a number."""
    rounds, name = _awaiting(work, person, session_id), _clean(text)
    pupil = work.unit.pupils.of_person(session_id, person.id)
    if rounds is None or pupil is None:
        _miss(work, person)
    elif not 0 < len(name) <= LONGEST_NAME or not any(map(str.isalpha, name)):
        work.tell(person, RealNameWanted(fault=True))
    else:
        pupil.real_name = name
        _sit(rounds, person, nicknames.free(nickname, _taken(rounds)))


def _clean(text: str) -> str:
    """Give a text on one line, without signs that show nothing."""
    seen = (sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return " ".join("".join(seen).split())


def _sit(rounds: ClassRounds, person: Person, nickname: str) -> None:
    pupil = rounds.work.unit.pupils.of_person(rounds.session.id, person.id)
    if pupil is None:
        raise LookupError(f"person {person.id} did not join class {rounds.session.id}")
    pupil.nickname, person.awaits = nickname, None
    _take_part(rounds, pupil, back=False)


def _sit_again(rounds: ClassRounds, pupil: Pupil) -> None:
    """Give the same seat again; whoever has it already, on another phone perhaps, sees there what waits."""
    if not pupil.is_here:
        pupil.seat = seats.come_back(pupil.seat)
        _take_part(rounds, pupil, back=True)
        return
    _welcome(rounds, pupil, back=True)
    if seats.takes_answer(pupil.seat, rounds.session.state):
        rounds.hand_out_again(pupil)


def _take_part(rounds: ClassRounds, pupil: Pupil, *, back: bool) -> None:
    """Let a pupil take part from the present round on."""
    state = rounds.session.state
    pupil.seat = seats.begin_at(pupil.seat, state)
    rounds.room.revision += 1
    _welcome(rounds, pupil, back=back)
    if state.takes_answers:
        rounds.hand_out_late(pupil)
    rounds.note_change()
    rounds.schedule()


def _welcome(rounds: ClassRounds, pupil: Pupil, *, back: bool) -> None:
    state = rounds.session.state
    rounds.tell(pupil, Seated(pupil.nickname, state.round, len(state.questions), state.phase, back))


def leave(work: Work, command: commands.LeaveClass) -> None:
    """Let a pupil out; the link gives the seat back."""
    person = work.person(command.visitor)
    was_joining = person.awaits is not None and person.class_id is not None
    found = find_seat(work, person)
    if found and found[0].session.state.phase is Phase.FINISHED:
        rounds, pupil = found
        pupil.seat, pupil.deadline = seats.leave(pupil.seat), None
        dismiss(rounds, pupil)
        return
    leave_seat(work, person)
    work.tell(person, Notice("class.left" if found or was_joining else "class.none"))


def leave_seat(work: Work, person: Person) -> None:
    """Let somebody out of the class that they are in, if they are in one."""
    found = find_seat(work, person)
    person.class_id = person.awaits = None
    if found:
        rounds, pupil = found
        rounds.leave(pupil)


def find_seat(work: Work, person: Person) -> tuple[ClassRounds, Pupil] | None:
    """Give the class in which somebody sits, with the seat; None where it is over or the seat was left."""
    rounds = find_rounds(work, person.class_id) if person.class_id is not None else None
    pupil = work.unit.pupils.of_person(rounds.session.id, person.id) if rounds else None
    if rounds is None or pupil is None or not pupil.is_here:
        return None
    is_over = rounds.session.state.phase is Phase.FINISHED and not pupil.seat.open
    return None if is_over else (rounds, pupil)


def outside_class(story: Callable[[Work, C], None], text: str = "class.busy") -> Callable[[Work, C], None]:
    """Make a story of a quiz alone one that whoever sits in a class is kindly refused; who is about to join goes."""

    def tell(work: Work, command: C) -> None:
        person = work.person(command.visitor)
        if find_seat(work, person):
            work.tell(person, Notice(text))
            return
        person.awaits = person.class_id = None
        story(work, command)

    return tell


def rename(rounds: ClassRounds, pupil: Pupil, text: str) -> NicknameFault:
    """Call a pupil otherwise, if that can be a nickname; give what is wrong with it else."""
    others = [other.nickname for other in rounds.everybody if other.nickname and other is not pupil]
    fault = nicknames.fault(text, rounds.work.refused, others)
    if not fault:
        pupil.nickname = nicknames.clean(text)
        rounds.room.revision += 1
        rounds.note_change()
        rounds.schedule()
    return fault
