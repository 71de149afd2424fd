"""Seats of a class over a link: take a seat, take the same one again, leave it."""

from collections.abc import Callable
from typing import TypeVar

from bot.app import commands
from bot.app.classroom.ending import send_result
from bot.app.classroom.live_class import LiveClass, find_live_class
from bot.app.classroom.secrecy import has_read_answer, leads_overlapping_class, withhold_class_questions
from bot.app.commands import Command
from bot.app.context import Context
from bot.app.messages import Notice, Seated
from bot.core import seat as seats
from bot.core.classroom import Phase
from bot.store.persons import Person
from bot.store.pupils import Pupil

C = TypeVar("C", bound=Command)


def seat_pupil(live: LiveClass, person: Person, nickname: str) -> None:
    """Seat a person who joined under this nickname; defer the update if a question is being sent to them."""
    pupil = live.context.unit.pupils.of_person(live.session.id, person.id)
    if pupil is None:
        raise LookupError(f"person {person.id} did not join class {live.session.id}")
    if leads_overlapping_class(live, person):
        person.class_id = person.expected_text = None
        live.context.send(person, Notice("class.leads_same"))
        return
    if not withhold_class_questions(live, person):
        return
    if has_read_answer(live, person):
        pupil.seat = seats.skip_round(pupil.seat, live.session.state)
    pupil.nickname, person.expected_text = nickname, None
    _join_round(live, pupil, back=False)


def reseat_pupil(live: LiveClass, pupil: Pupil) -> None:
    """Seat a pupil again; one who never left, perhaps on another phone, gets the waiting question again."""
    if not pupil.is_here:
        pupil.seat = seats.rejoin(pupil.seat)
        _join_round(live, pupil, back=True)
        return
    _welcome(live, pupil, back=True)
    if seats.takes_answer(pupil.seat, live.session.state):
        live.resend_question(pupil)


def _join_round(live: LiveClass, pupil: Pupil, *, back: bool) -> None:
    """Start a pupil at the current round."""
    state = live.session.state
    pupil.seat = seats.start_at_current_round(pupil.seat, state)
    live.row.revision += 1
    _welcome(live, pupil, back=back)
    if state.takes_answers:
        live.send_question_late(pupil)
    live.refresh_controls()
    live.schedule()


def _welcome(live: LiveClass, pupil: Pupil, *, back: bool) -> None:
    state = live.session.state
    is_over = seats.has_left_round(pupil.seat, state)
    live.send(pupil, Seated(pupil.nickname, state.round, len(state.questions), state.phase, back, is_over))


def find_seat(context: Context, person: Person) -> tuple[LiveClass, Pupil] | None:
    """Return the class in which a person has a seat, with the pupil; None if it is over or the seat was left."""
    live = find_live_class(context, person.class_id) if person.class_id is not None else None
    pupil = context.unit.pupils.of_person(live.session.id, person.id) if live else None
    if live is None or pupil is None or not pupil.is_here:
        return None
    is_over = live.session.state.phase is Phase.FINISHED and not pupil.seat.open
    return None if is_over else (live, pupil)


def leave(context: Context, command: commands.LeaveClass) -> None:
    """Handle a pupil's wish to leave; they can rejoin by the link."""
    person = context.person(command.visitor)
    was_joining = person.expected_text is not None and person.class_id is not None
    found = find_seat(context, person)
    if found and found[0].session.state.phase is Phase.FINISHED:
        live, pupil = found
        pupil.seat, pupil.deadline = seats.leave(pupil.seat), None
        send_result(live, pupil)
        return
    leave_seat(context, person)
    context.send(person, Notice("class.left" if found or was_joining else "class.none"))


def leave_seat(context: Context, person: Person) -> None:
    """Remove a person from the class in which they have a seat, if any."""
    found = find_seat(context, person)
    person.class_id = person.expected_text = None
    if found:
        live, pupil = found
        live.leave(pupil)


def unless_in_class(handler: Callable[[Context, C], None], text: str = "class.busy") -> Callable[[Context, C], None]:
    """Wrap a handler of a solo quiz so that it refuses pupils of a live class; it ends an unfinished joining."""

    def refuse_or_handle(context: Context, command: C) -> None:
        person = context.person(command.visitor)
        if find_seat(context, person):
            context.send(person, Notice(text))
            return
        person.expected_text = person.class_id = None
        handler(context, command)

    return refuse_or_handle
