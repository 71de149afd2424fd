"""``bot play`` with a class of simulated pupils: the people, the output, and a class on the chat page."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from chat_page import playing

from bot import play
from bot.bank import BankError
from bot.playground.world import World
from bot.rehearsal.names import MAX_NAMES

BANK = Path(__file__).parents[1] / "questions.yaml"
NAMED = [name for name, _ in play.PEOPLE]


def world() -> World:
    """Create a world without people."""
    return World(lambda: datetime(2026, 3, 2, 9, 0, tzinfo=UTC), Random(1))  # noqa: S311 - no secrets here


def test_without_a_class_there_are_only_the_named_people() -> None:
    """The default world has a teacher, three pupils and their group, and no simulated pupils."""
    made = world()
    assert play.populate_world(made, BANK, 0) is None
    assert [person.first_name for person in made.people.values() if not person.is_bot] == NAMED
    assert [(group.title, len(group.members)) for group in made.groups] == [(play.GROUP, len(NAMED) + 1)]


def test_a_class_is_in_the_group_from_the_start() -> None:
    """The largest class is in the world and in the group, whose creation is one message."""
    made = world()
    rehearsal = play.populate_world(made, BANK, MAX_NAMES)
    assert rehearsal is not None
    (group,) = made.groups
    assert len(rehearsal.pupils) == MAX_NAMES
    assert all(group.has_member(person) for person in rehearsal.pupils)
    assert len(group.messages) == 2


def test_a_class_needs_a_bank_without_errors(tmp_path: Path) -> None:
    """Simulated pupils need a bank: a missing one is reported before anything is served."""
    with pytest.raises(BankError):
        play.populate_world(world(), tmp_path / "missing.yaml", 1)


async def test_the_picker_shows_few_of_a_large_class(tmp_path: Path) -> None:
    """The page offers the named people and three of the class to play; the terminal says what to write, and as whom."""
    async with playing(tmp_path, "--bank", str(BANK), "--class", "1000") as page:
        people = await page.people()
        teacher = people[0]["id"]
        await page.act("say", person=teacher, chat=teacher, text="/help")
        await page.until(teacher, lambda messages: not messages[-1]["mine"])
        assert [person["name"] for person in people[: len(NAMED)]] == NAMED
        assert len(people) == len(NAMED) + play.LISTED_PUPILS
        output = "".join(page.output)
        assert f"as {NAMED[0]}, write /class" in output
        assert f"write /quiz in {play.GROUP}" in output


async def test_simulated_pupils_join_a_class_opened_on_the_page(tmp_path: Path) -> None:
    """The teacher opens a class on the page; soon the controls name a simulated pupil who joined."""
    async with playing(tmp_path, "--bank", str(BANK), "--class", "3") as page:
        teacher, *others = await page.people()
        pupils = [person["name"].split()[0] for person in others[len(NAMED) - 1 :]]
        assert len(pupils) == 3
        await page.act("say", person=teacher["id"], chat=teacher["id"], text="/class")
        offered = await page.until(teacher["id"], lambda messages: bool(messages[-1]["keyboard"]))
        rows = offered[-1]["keyboard"]
        place = {"message": offered[-1]["id"], "row": len(rows) - 1, "column": 0, "text": rows[-1][0]["text"]}
        await page.act("press", person=teacher["id"], chat=teacher["id"], **place)
        await page.until(
            teacher["id"],
            lambda messages: any(name in message["text"] for message in messages for name in pupils),
        )
