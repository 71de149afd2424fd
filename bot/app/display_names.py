"""Display names of people, for all messages and for the board."""

from collections.abc import Iterable
from typing import Protocol

from bot.core.display_names import NamedPerson, display_names
from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES


class HasNickname(Protocol):
    """A member of a class or group: an id, a nickname, and the initial of the last name if known."""

    @property
    def id(self) -> int: ...  # noqa: D102 - described in the class docstring
    @property
    def nickname(self) -> str: ...  # noqa: D102
    @property
    def initial(self) -> str: ...  # noqa: D102


def names_of(people: Iterable[HasNickname], language: str) -> dict[int, str]:
    """Return the display name of each person by id, for a reader of this language, in the order of the people.

    ``people`` must be all members of the class or group, in the order of joining, so that equal names are numbered.
    """
    seated = list(people)
    called = names_among((NamedPerson(one.nickname, one.initial) for one in seated), language)
    return {one.id: name for one, name in zip(seated, called, strict=True)}


def names_among(people: Iterable[NamedPerson], language: str) -> list[str]:
    """Return display names for people without seats, in their order."""
    texts = LANGUAGES.get(language) or LANGUAGES[DEFAULT_LANGUAGE]
    return display_names(list(people), lambda number: texts.plain("person.guest", number=number))


def name_alone(name: str, language: str) -> str:
    """Return the display name of a person who is shown alone."""
    (shown,) = names_among((NamedPerson(name),), language)
    return shown
