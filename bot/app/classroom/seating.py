"""Seats of a class over a link: taking one, taking the same one again, leaving it."""

from collections.abc import Callable
from typing import TypeVar

from bot.app import commands
from bot.app.classroom.ending import dismiss
from bot.app.classroom.live_class import ClassRounds, find_rounds
from bot.app.classroom.secrecy import has_read_answer, leads_the_same, take_seat
from bot.app.commands import Command
from bot.app.context import Work
from bot.app.messages import Notice, Seated
from bot.core import seat as seats
from bot.core.classroom import Phase
from bot.store.persons import Person
from bot.store.pupils import Pupil

C = TypeVar("C", bound=Command)


def sit(rounds: ClassRounds, person: Person, nickname: str) -> None:
    """Seat somebody who joined under this nickname; where that must wait a moment, the update is parked."""
    pupil = rounds.work.unit.pupils.of_person(rounds.session.id, person.id)
    if pupil is None:
        raise LookupError(f"person {person.id} did not join class {rounds.session.id}")
    if leads_the_same(rounds, person):
        person.class_id = person.awaits = None
        rounds.work.tell(person, Notice("class.leads_same"))
        return
    if not take_seat(rounds, person):
        return
    if has_read_answer(rounds, person):
        pupil.seat = seats.miss(pupil.seat, rounds.session.state)
    pupil.nickname, person.awaits = nickname, None
    _take_part(rounds, pupil, back=False)


def sit_again(rounds: ClassRounds, pupil: Pupil) -> None:
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
    is_over = seats.has_left_round(pupil.seat, state)
    rounds.tell(pupil, Seated(pupil.nickname, state.round, len(state.questions), state.phase, back, is_over))


def find_seat(work: Work, person: Person) -> tuple[ClassRounds, Pupil] | None:
    """Give the class in which somebody sits, with the seat; None where it is over or the seat was left."""
    rounds = find_rounds(work, person.class_id) if person.class_id is not None else None
    pupil = work.unit.pupils.of_person(rounds.session.id, person.id) if rounds else None
    if rounds is None or pupil is None or not pupil.is_here:
        return None
    is_over = rounds.session.state.phase is Phase.FINISHED and not pupil.seat.open
    return None if is_over else (rounds, pupil)


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
