"""Joining a class over a link by its code, however that comes."""

from datetime import timedelta
from math import ceil

from bot.app import commands, solo_quiz
from bot.app.classroom.live_class import LiveClass, find_live_class
from bot.app.classroom.naming import ask_nickname
from bot.app.classroom.permission import is_host
from bot.app.classroom.seating import find_seat, leave_seat, reseat_pupil
from bot.app.classroom.secrecy import has_read_answer, has_seat_in, leads_overlapping_class, withhold_class_questions
from bot.app.context import Context
from bot.app.messages import CodeUnknown, CodeWait, Notice
from bot.core import guess_limit
from bot.core import seat as seats
from bot.core.join_codes import code_to_quote, is_quantity, mistyped_code, read_code
from bot.store.persons import Person


def join(context: Context, command: commands.JoinClass) -> None:
    """Let somebody in by a code; where there is none, the next text is one."""
    person = context.person(command.visitor)
    if command.code:
        enter(context, person, command.code)
    else:
        person.expected_text = "code:"
        context.send(person, Notice("class.which_code"))


def try_as_code(context: Context, person: Person, text: str, *, in_quiz: bool) -> bool:
    """Take a text that answers nothing for a code, if it was meant as one; return whether it was dealt with.

    ``in_quiz`` says whether a quiz alone is under way.
    """
    found = find_seat(context, person)
    if is_meant_as_code(text, in_quiz=in_quiz or found is not None):
        enter(context, person, text)
        return True
    if found is None:
        return False
    seat = found[1].seat
    context.send(person, Notice("class.answered" if seat.open and seat.reply else "class.wait"))
    return True


def is_meant_as_code(text: str, *, in_quiz: bool) -> bool:
    """Return whether a text is a code, or one with a slip in it; during a quiz a quantity is none."""
    if read_code(text):
        return not (in_quiz and is_quantity(text))
    return mistyped_code(text, in_quiz=in_quiz) is not None


def enter(context: Context, person: Person, typed: str) -> bool:
    """Admit somebody to the class with this code, one class at a time; return whether the code was read and right."""
    if wait := code_wait(context, person):
        # Whether the code is right is not told: waiting would cost a guesser nothing.
        context.send(person, CodeWait(ceil(wait.total_seconds())))
        return False
    code = read_code(typed)
    row = context.unit.live_classes.by_code(code) if code else None
    live = find_live_class(context, row.id) if row else None
    if live is None:
        count_wrong_code(context, person)
        context.send(person, CodeUnknown(code_to_quote(typed)))
    elif is_host(live.row, person):
        context.send(person, Notice("class.own"))
    else:
        _enter(live, person)
    return live is not None


def code_wait(context: Context, person: Person) -> timedelta:
    """Return how long no code of this person is read, after too many that were wrong."""
    return guess_limit.wait_after(person.wrong_codes, person.wrong_code_at, context.now)


def count_wrong_code(context: Context, person: Person) -> None:
    """Count a code that leads nowhere. A right one takes none back, or one's own class would let one guess on."""
    person.wrong_codes = guess_limit.count_guess(person.wrong_codes, person.wrong_code_at, context.now)
    person.wrong_code_at = context.now


def _enter(live: LiveClass, person: Person) -> None:
    context, session_id = live.context, live.session.id
    pupil = context.unit.pupils.of_person(session_id, person.id)
    if pupil and pupil.seat.removed:
        context.send(person, Notice("class.removed"))
        return
    has_seat = pupil is not None and bool(pupil.nickname)
    if not has_seat and leads_overlapping_class(live, person):
        context.send(person, Notice("class.leads_same"))
        return
    was_withheld = has_seat_in(person, session_id)
    if has_seat and not withhold_class_questions(live, person):
        return
    live.touch()
    if person.class_id != session_id:
        leave_seat(context, person)
    person.class_id, person.expected_text = session_id, None
    # A quiz alone waits in silence, before there is a nickname too.
    solo_quiz.pause_quiz(context, person.id)
    if pupil and pupil.nickname:
        if not was_withheld and has_read_answer(live, person):
            # Whoever led the class meanwhile, and does no longer, could be asked its questions elsewhere.
            pupil.seat = seats.skip_round(pupil.seat, live.session.state)
        reseat_pupil(live, pupil)
        return
    if pupil is None:
        context.unit.pupils.add(session_id, person.id, "", context.now)
    ask_nickname(live, person, "")
