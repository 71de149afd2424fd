"""Texts that a person was asked for around a class: a code, a nickname, a real name, another name for a pupil.

``Person.expected_text`` holds which: the sort and what it is about; with a nickname the one that is suggested, and with
a real name the nickname that was chosen before.
"""

from collections.abc import Callable, Mapping

from bot.app.classroom import joining, naming, pupils
from bot.app.classroom.seating import find_seat
from bot.app.context import Context
from bot.app.solo_quiz import quiz_of
from bot.core.join_codes import code_to_quote, read_code
from bot.store.persons import Person


def handle_text(context: Context, person: Person, text: str) -> bool:
    """Take a text for what is awaited of a person; return whether something was."""
    sort, _, about = (person.expected_text or "").partition(":")
    return sort in TEXT_HANDLERS and TEXT_HANDLERS[sort](context, person, about, text)


def pupil_to_rename(awaits: str | None) -> int | None:
    """Give the pupil for whom another nickname is awaited, or None."""
    sort, _, about = (awaits or "").partition(":")
    return int(about) if sort == "rename" else None


def _take_code(context: Context, person: Person, _about: str, text: str) -> bool:
    """Take a code, and after a wrong one wait for the next; any other text goes its usual way, and none is awaited.

    Where nothing else can be meant, a single word is a code too.
    """
    person.expected_text = None
    in_quiz = quiz_of(context, person) is not None or find_seat(context, person) is not None
    if not joining.is_meant_as_code(text, in_quiz=in_quiz) and (in_quiz or not code_to_quote(text)):
        return False
    if not joining.enter(context, person, text) or context.deferred:
        person.expected_text = "code:"
    return True


def _take_nickname(context: Context, person: Person, about: str, text: str) -> bool:
    """Take a nickname; whoever sends the code once more wants in, and is not called by it.

    Whoever sent too many wrong codes must not learn by this that one is right: it is a nickname like any other.
    """
    if _is_code_of_a_class(context, person, text):
        joining.enter(context, person, text)
    else:
        naming.choose_nickname(context, person, int(about.partition(":")[0]), text)
    return True


def _take_name(context: Context, person: Person, about: str, text: str) -> bool:
    """Take a real name."""
    session, _, nickname = about.partition(":")
    naming.choose_name(context, person, int(session), nickname, text)
    return True


def _take_rename(context: Context, person: Person, about: str, text: str) -> bool:
    """Take another nickname for a pupil."""
    pupils.rename(context, person, int(about), text)
    return True


def _is_code_of_a_class(context: Context, person: Person, text: str) -> bool:
    """Return whether a text is the code of a class; another text that could be one counts as a wrong code."""
    code = read_code(text)
    if code is None or joining.code_wait(context, person):
        return False
    if context.unit.live_classes.by_code(code):
        return True
    joining.count_wrong_code(context, person)
    return False


TEXT_HANDLERS: Mapping[str, Callable[[Context, Person, str, str], bool]] = {
    "code": _take_code,
    "nickname": _take_nickname,
    "name": _take_name,
    "rename": _take_rename,
}
"""What takes each sort of text that can be awaited, and returns whether it did."""
