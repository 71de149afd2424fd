"""Display names of the people of one class."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text, nicknames

from bot.core.display_names import NamedPerson, display_names, initial_of
from bot.core.skeletons import skeletons


def guest(place: int) -> str:
    """Return the name of a guest."""
    return f"Guest {place}"


def displayed(*names: str | tuple[str, str]) -> list[str]:
    """Return the display names of people with these names, some with the initial of their surname."""
    return display_names([NamedPerson(name) if isinstance(name, str) else NamedPerson(*name) for name in names], guest)


def test_namesakes_have_their_initials() -> None:
    """Two people with one name get their initials; a person with a unique name gets none."""
    assert displayed(("Алихан", "К"), ("Алихан", "Н"), ("Аня", "Б")) == ["Алихан К.", "Алихан Н.", "Аня"]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["Ann", "Ann", "Ann"], ["Ann", "Ann 2", "Ann 3"]),
        ([("Ann", "K"), "Ann", "Ann"], ["Ann K.", "Ann", "Ann 2"]),
        ([("Ann", "K"), ("Ann", "K"), ("Ann", "K")], ["Ann K.", "Ann K. 2", "Ann K. 3"]),
        (["Ann", "Ann 2", "Ann"], ["Ann", "Ann 2", "Ann 3"]),
        (["Ann", "Ann K", ("Ann", "K")], ["Ann", "Ann K", "Ann K. 2"]),
        (["Ann", "Аnn", "ANN", "\u202eAnn", "A\u200bnn"], ["Ann", "Аnn 2", "ANN 3", "Ann 4", "Ann 5"]),
        (["🦊", "🦊"], ["🦊", "🦊 2"]),
    ],
)
def test_namesakes_without_initials_have_numbers(names: list[str | tuple[str, str]], shown: list[str]) -> None:
    """Numbers begin with 2, follow the order of joining, and skip names that somebody has."""
    assert displayed(*names) == shown


def test_a_person_without_a_name_is_a_guest() -> None:
    """A person with an empty or invisible name becomes a guest with a number that nobody else has."""
    assert displayed("Ann", "\u3164", "", "\u2800\u0301") == ["Ann", "Guest 2", "Guest 3", "Guest 4"]
    assert displayed("", "Guest 1", "guest 3", "x", "") == ["Guest 6", "Guest 1", "guest 3", "x", "Guest 5"]
    assert displayed("", "Ann")[:1] == displayed("", "Ann", "Ben", "")[:1] == ["Guest 1"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("Ann", "Ann 2", "Ann K.", "ann", "", "\u3164")) | nicknames | any_text,
            st.sampled_from(("", "K", "N")),
        ),
        max_size=12,
    )
)
def test_no_two_display_names_are_confusable(people: list[tuple[str, str]]) -> None:
    """Each person has a visible display name that shares no skeleton with another."""
    names = displayed(*people)
    looks = [look for name in names for look in skeletons(name)]
    assert len(looks) == len(set(looks))
    assert all(name.strip() for name in names)


@pytest.mark.parametrize("make", [lambda _number: "Алихан", lambda _number: "\u3164", lambda number: f"Ann {number}"])
def test_a_thousand_namesakes_get_different_names(make: Callable[[int], str]) -> None:
    """The work is linear in the number of people: each guest name is created at most once."""
    made = []

    def counted(place: int) -> str:
        made.append(place)
        return guest(place)

    names = display_names([NamedPerson(make(number)) for number in range(1000)], counted)
    assert len(set(names)) == 1000
    assert len(made) in (0, 1000)


@pytest.mark.parametrize(
    ("surname", "initial"),
    [
        ("ким", "К"),
        ("  Нурланов", "Н"),
        ("\u202eKim", "K"),
        ("e\u0301va", "E\u0301"),
        ("ßa", "ß"),
        ("", ""),
        ("🦊", ""),
        ("-K", ""),
    ],
)
def test_an_initial_is_a_capital_letter(surname: str, initial: str) -> None:
    """An initial is the first letter of a surname with its marks; signs and emoji are not initials."""
    assert initial_of(surname) == initial
