"""What the people of one class are called before others."""

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


def called(*names: str | tuple[str, str]) -> list[str]:
    """Return what people of these names are called, some with the initial of their surname."""
    return display_names([NamedPerson(name) if isinstance(name, str) else NamedPerson(*name) for name in names], guest)


def test_namesakes_have_their_initials() -> None:
    """Two of one name are told apart by their surnames; whoever shares a name with nobody needs none."""
    assert called(("Алихан", "К"), ("Алихан", "Н"), ("Аня", "Б")) == ["Алихан К.", "Алихан Н.", "Аня"]


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
def test_who_has_no_initial_has_a_number(names: list[str | tuple[str, str]], shown: list[str]) -> None:
    """Numbers begin with 2, in the order of joining, and pass over names that somebody has."""
    assert called(*names) == shown


def test_whoever_has_no_name_is_a_guest() -> None:
    """An empty or invisible name becomes a guest's, with the place in the order of joining, which nobody else has."""
    assert called("Ann", "\u3164", "", "\u2800\u0301") == ["Ann", "Guest 2", "Guest 3", "Guest 4"]
    assert called("", "Guest 1", "guest 3", "x", "") == ["Guest 6", "Guest 1", "guest 3", "x", "Guest 5"]
    assert called("", "Ann")[:1] == called("", "Ann", "Ben", "")[:1] == ["Guest 1"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("Ann", "Ann 2", "Ann K.", "ann", "", "\u3164")) | nicknames | any_text,
            st.sampled_from(("", "K", "N")),
        ),
        max_size=12,
    )
)
def test_no_two_are_taken_for_one_another(people: list[tuple[str, str]]) -> None:
    """However people are called, each is shown under a name of their own in which something can be seen."""
    names = called(*people)
    looks = [look for name in names for look in skeletons(name)]
    assert len(looks) == len(set(looks))
    assert all(name.strip() for name in names)


@pytest.mark.parametrize("make", [lambda _number: "Алихан", lambda _number: "\u3164", lambda number: f"Ann {number}"])
def test_a_thousand_namesakes_are_told_apart(make: Callable[[int], str]) -> None:
    """The work grows with the number of people, not with its square: each name is made once or twice."""
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
    """The first letter of a surname with its marks; a sign or a picture is no initial."""
    assert initial_of(surname) == initial
