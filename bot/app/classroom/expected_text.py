"""Texts that the bot has asked for around a class: a code, a nickname, a real name, a new nickname for a pupil.

``Person.expected_text`` has the sort, the id of the class or pupil, and a nickname, separated by colons: the offered
nickname if a nickname is expected, the chosen one if a real name is expected.
"""

from collections.abc import Callable, Mapping

from bot.app.classroom import joining, naming, pupils
from bot.app.classroom.seating import find_seat
from bot.app.context import Context
from bot.app.solo_quiz import find_current_quiz
from bot.core.join_codes import code_to_quote, read_code
from bot.store.persons import Person


def handle_text(context: Context, person: Person, text: str) -> bool:
    """Handle a text as the one that a person was asked for; return False if it is not."""
    sort, _, about = (person.expected_text or "").partition(":")
    return sort in TEXT_HANDLERS and TEXT_HANDLERS[sort](context, person, about, text)


def pupil_to_rename(expected_text: str | None) -> int | None:
    """Return the id of the pupil for whom a new nickname is expected, or None."""
    sort, _, about = (expected_text or "").partition(":")
    return int(about) if sort == "rename" else None


def _handle_code(context: Context, person: Person, _about: str, text: str) -> bool:
    """Handle a text as a code, and expect another after a wrong one; return False if the text is not meant as a code.

    If nothing else can be meant, a single word counts as a code too.
    """
    person.expected_text = None
    in_quiz = find_current_quiz(context, person) is not None or find_seat(context, person) is not None
    if not joining.is_meant_as_code(text, in_quiz=in_quiz) and (in_quiz or not code_to_quote(text)):
        return False
    if not joining.enter_code(context, person, text) or context.deferred:
        person.expected_text = "code:"
    return True


def _handle_nickname(context: Context, person: Person, about: str, text: str) -> bool:
    """Handle a text as a nickname; or join the class if the text is its code, which then is not used as a nickname.

    After too many wrong codes even a right one is a nickname: the answer must not reveal that the code is right.
    """
    if _is_code_of_a_class(context, person, text):
        joining.enter_code(context, person, text)
    else:
        naming.choose_nickname(context, person, int(about.partition(":")[0]), text)
    return True


def _handle_real_name(context: Context, person: Person, about: str, text: str) -> bool:
    """Handle a text as a real name."""
    session, _, nickname = about.partition(":")
    naming.choose_name(context, person, int(session), nickname, text)
    return True


def _handle_rename(context: Context, person: Person, about: str, text: str) -> bool:
    """Handle a text as a new nickname for a pupil."""
    pupils.rename(context, person, int(about), text)
    return True


def _is_code_of_a_class(context: Context, person: Person, text: str) -> bool:
    """Return whether a text is the code of a class; count it as a wrong code if it only looks like one."""
    code = read_code(text)
    if code is None or joining.code_wait(context, person):
        return False
    if context.unit.live_classes.by_code(code):
        return True
    joining.count_wrong_code(context, person)
    return False


TEXT_HANDLERS: Mapping[str, Callable[[Context, Person, str, str], bool]] = {
    "code": _handle_code,
    "nickname": _handle_nickname,
    "name": _handle_real_name,
    "rename": _handle_rename,
}
"""The handler of each sort of expected text; returns False if the text is not meant for it."""
