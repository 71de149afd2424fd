"""Joining a class over a link by its code: from the link, after /join, or in a plain text."""

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
    """Admit a person by a code; without a code, ask for it."""
    person = context.person(command.visitor)
    if command.code:
        enter_code(context, person, command.code)
    else:
        person.expected_text = "code:"
        context.send(person, Notice("class.which_code"))


def try_as_code(context: Context, person: Person, text: str, *, in_quiz: bool) -> bool:
    """Handle a text that answers no question as a code, if it is meant as one; return whether it was handled.

    ``in_quiz``: whether a solo quiz is under way.
    """
    found = find_seat(context, person)
    if is_meant_as_code(text, in_quiz=in_quiz or found is not None):
        enter_code(context, person, text)
        return True
    if found is None:
        return False
    seat = found[1].seat
    context.send(person, Notice("class.answered" if seat.open and seat.reply else "class.wait"))
    return True


def is_meant_as_code(text: str, *, in_quiz: bool) -> bool:
    """Return whether a text is a code, possibly with a typo; during a quiz a quantity is not taken for a code."""
    if read_code(text):
        return not (in_quiz and is_quantity(text))
    return mistyped_code(text, in_quiz=in_quiz) is not None


def enter_code(context: Context, person: Person, typed: str) -> bool:
    """Admit a person to the class with this code, one class at a time; return whether the code was right."""
    if wait := code_wait(context, person):
        # The answer does not reveal whether the code is right, or the waiting time would not hinder guessing.
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
        _enter_class(live, person)
    return live is not None


def code_wait(context: Context, person: Person) -> timedelta:
    """Return how long codes of this person are ignored after too many wrong ones."""
    return guess_limit.wait_after(person.wrong_codes, person.wrong_code_at, context.now)


def count_wrong_code(context: Context, person: Person) -> None:
    """Count a wrong code. A right code does not reset the count, or a person could reset it with their own class."""
    person.wrong_codes = guess_limit.count_guess(person.wrong_codes, person.wrong_code_at, context.now)
    person.wrong_code_at = context.now


def _enter_class(live: LiveClass, person: Person) -> None:
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
    # The solo quiz is paused without a message, even before there is a nickname.
    solo_quiz.pause_quiz(context, person.id)
    if pupil and pupil.nickname:
        if not was_withheld and has_read_answer(live, person):
            # A person who led the class meanwhile had no seat, so its questions were not withheld.
            pupil.seat = seats.skip_round(pupil.seat, live.session.state)
        reseat_pupil(live, pupil)
        return
    if pupil is None:
        context.unit.pupils.add(session_id, person.id, "", context.now)
    ask_nickname(live, person, "")
