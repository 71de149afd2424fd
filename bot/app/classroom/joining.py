"""Joining a class over a link by its code, however that comes."""

from datetime import timedelta
from math import ceil

from bot.app import commands, solo_quiz
from bot.app.classroom.live_class import ClassRounds, find_rounds
from bot.app.classroom.naming import ask_nickname
from bot.app.classroom.permission import is_host
from bot.app.classroom.seating import find_seat, leave_seat, sit_again
from bot.app.classroom.secrecy import has_read_answer, has_seat_in, leads_the_same, take_seat
from bot.app.context import Work
from bot.app.messages import CodeUnknown, CodeWait, Notice
from bot.core import guess_limit
from bot.core import seat as seats
from bot.core.join_codes import code_to_quote, is_quantity, mistyped_code, read_code
from bot.store.persons import Person


def join(work: Work, command: commands.JoinClass) -> None:
    """Let somebody in by a code; where there is none, the next text is one."""
    person = work.person(command.visitor)
    if command.code:
        enter(work, person, command.code)
    else:
        person.awaits = "code:"
        work.tell(person, Notice("class.which_code"))


def hear(work: Work, person: Person, text: str, *, in_quiz: bool) -> bool:
    """Take a text that answers nothing for a code, if it was meant as one; return whether it was dealt with.

    ``in_quiz`` says whether a quiz alone is under way.
    """
    found = find_seat(work, person)
    if is_meant_as_code(text, in_quiz=in_quiz or found is not None):
        enter(work, person, text)
        return True
    if found is None:
        return False
    seat = found[1].seat
    work.tell(person, Notice("class.answered" if seat.open and seat.reply else "class.wait"))
    return True


def is_meant_as_code(text: str, *, in_quiz: bool) -> bool:
    """Return whether a text is a code, or one with a slip in it; during a quiz a quantity is none."""
    if read_code(text):
        return not (in_quiz and is_quantity(text))
    return mistyped_code(text, in_quiz=in_quiz) is not None


def enter(work: Work, person: Person, typed: str) -> bool:
    """Admit somebody to the class with this code, one class at a time; return whether the code was read and right."""
    if wait := code_wait(work, person):
        # Whether the code is right is not told: waiting would cost a guesser nothing.
        work.tell(person, CodeWait(ceil(wait.total_seconds())))
        return False
    code = read_code(typed)
    room = work.unit.rooms.by_code(code) if code else None
    rounds = find_rounds(work, room.id) if room else None
    if rounds is None:
        count_wrong_code(work, person)
        work.tell(person, CodeUnknown(code_to_quote(typed)))
    elif is_host(rounds.room, person):
        work.tell(person, Notice("class.own"))
    else:
        _enter(rounds, person)
    return rounds is not None


def code_wait(work: Work, person: Person) -> timedelta:
    """Return how long no code of this person is read, after too many that were wrong."""
    return guess_limit.wait_after(person.wrong_codes, person.wrong_code_at, work.now)


def count_wrong_code(work: Work, person: Person) -> None:
    """Count a code that leads nowhere. A right one takes none back, or one's own class would let one guess on."""
    person.wrong_codes = guess_limit.count_guess(person.wrong_codes, person.wrong_code_at, work.now)
    person.wrong_code_at = work.now


def _enter(rounds: ClassRounds, person: Person) -> None:
    work, session_id = rounds.work, rounds.session.id
    pupil = work.unit.pupils.of_person(session_id, person.id)
    if pupil and pupil.seat.removed:
        work.tell(person, Notice("class.removed"))
        return
    has_seat = pupil is not None and bool(pupil.nickname)
    if not has_seat and leads_the_same(rounds, person):
        work.tell(person, Notice("class.leads_same"))
        return
    was_withheld = has_seat_in(person, session_id)
    if has_seat and not take_seat(rounds, person):
        return
    rounds.touch()
    if person.class_id != session_id:
        leave_seat(work, person)
    person.class_id, person.awaits = session_id, None
    # A quiz alone waits in silence, before there is a nickname too.
    solo_quiz.leave(work, person.id)
    if pupil and pupil.nickname:
        if not was_withheld and has_read_answer(rounds, person):
            # Whoever led the class meanwhile, and does no longer, could be asked its questions elsewhere.
            pupil.seat = seats.miss(pupil.seat, rounds.session.state)
        sit_again(rounds, pupil)
        return
    if pupil is None:
        work.unit.pupils.add(session_id, person.id, "", work.now)
    ask_nickname(rounds, person, "")
