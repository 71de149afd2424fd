"""What people are called in what the bot tells: one place decides it for all messages and for the board."""

from collections.abc import Iterable
from typing import Protocol

from bot.core.display_names import NamedPerson, display_names
from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES


class Seated(Protocol):
    """Somebody in a class or group: their number, what they are called, and the initial of the surname if known."""

    @property
    def id(self) -> int: ...  # noqa: D102 - the class says it
    @property
    def nickname(self) -> str: ...  # noqa: D102
    @property
    def initial(self) -> str: ...  # noqa: D102


def names_of(people: Iterable[Seated], language: str) -> dict[int, str]:
    """Return by number what each is called before a reader of this language, in the order of the people.

    They must be everybody among whom each is to be told apart, in the order of joining.
    """
    seated = list(people)
    called = names_among((NamedPerson(one.nickname, one.initial) for one in seated), language)
    return {one.id: name for one, name in zip(seated, called, strict=True)}


def names_among(people: Iterable[NamedPerson], language: str) -> list[str]:
    """Return the same for people who have no seats."""
    texts = LANGUAGES.get(language) or LANGUAGES[DEFAULT_LANGUAGE]
    return display_names(list(people), lambda number: texts.plain("person.guest", number=number))


def name_alone(name: str, language: str) -> str:
    """Return what somebody is called who stands beside nobody."""
    (shown,) = names_among((NamedPerson(name),), language)
    return shown
