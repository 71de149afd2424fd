"""What the bot kept of a class over a link, read with plain SQL, and held against what its people did and saw."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from crowd_checks import first_of_each
from repeated_questions import Interruptions, check_repeats
from simulated_host import SimulatedHost
from simulated_pupils import Action, SimulatedPupil, SimulatedPupils
from stored_rows import DatabaseAddress, Row, Rows, select, table

from bot.app.board import BoardView
from bot.app.desk import Desk
from bot.core.question import Bank
from bot.core.seat import POINTS
from bot.playground.world import World
from bot.store.database import open_database
from bot.wiring import clock

# What the bot puts under a written answer that it has taken (bot/tg/views/signs.py).
_TAKEN = "✍"


@dataclass(frozen=True, slots=True)
class StoredClassRows:
    """The rows of the tables that matter to a class."""

    sessions: Rows
    rooms: Rows
    pupils: Rows
    answers: Rows
    polls: Rows
    inbox: Rows
    outbox: Rows

    @property
    def state(self) -> dict[str, object]:
        """The state of the one class there is."""
        (session,) = self.sessions
        state: dict[str, object] = json.loads(session["state"])
        return state

    def answers_of(self, person_id: int) -> dict[int, Row]:
        """Give somebody's answers by round; the same round twice is a fault."""
        rows = [row for row in self.answers if row["person_id"] == person_id]
        by_round = {row["round"]: row for row in rows}
        assert len(by_round) == len(rows)
        return by_round

    def seat_of(self, person_id: int) -> dict[str, int]:
        """Give somebody's one seat."""
        (row,) = [row for row in self.pupils if row["person_id"] == person_id]
        seat: dict[str, int] = json.loads(row["seat"])
        return seat


def read(address: DatabaseAddress) -> StoredClassRows:
    """Read what a bot that has ended keeps."""
    tables = ("sessions", "rooms", "pupils", "answers", "polls", "inbox", "outbox")
    return StoredClassRows(*(table(address, name) for name in tables))


def known_polls(address: DatabaseAddress) -> set[str]:
    """Give, while the bot may be running, the polls that it has on record."""
    return {row["id"] for row in select(address, "SELECT id FROM polls")}


def certain(address: DatabaseAddress, world: World, deeds: Iterable[Action]) -> list[Action]:
    """Pick the deeds that count whatever comes: votes in polls on record, and texts that were ticked as taken."""
    known = known_polls(address)
    return [deed for deed in deeds if deed.copy.poll_id in known or (deed.message_id and _is_ticked(world, deed))]


def _is_ticked(world: World, deed: Action) -> bool:
    message = world.chats[deed.person_id].messages[deed.message_id]
    return message.reactions.get(world.bot.id) == (_TAKEN,)


def boards(file: Path, bank: Bank) -> dict[str, BoardView]:
    """Give what the boards show, by key, to a program that has just opened the file."""
    keys = [row["key"] for row in select(file, "SELECT key FROM rooms")]
    with closing(open_database(f"sqlite:///{file}")) as database:
        desk = Desk(database, bank, clock, UTC)
        views = {key: desk.board(key) for key in keys}
    return {key: view for key, view in views.items() if view}


def check_class(
    kept: StoredClassRows,
    pupils: SimulatedPupils,
    leader: SimulatedHost,
    interruptions: Interruptions,
    *,
    by_several: bool = False,
) -> None:
    """Check that a class lost nobody, no round and no answer, counted nothing twice and was asked nothing twice.

    ``interruptions`` and ``by_several`` as in ``crowd_checks.check_chats``.
    """
    _check_copies(kept, pupils, interruptions, by_several=by_several)
    assert kept.state["phase"] == "finished"
    assert kept.state["outcomes"] == ["counted"] * leader.rounds
    assert len(kept.rooms) == 1
    assert sorted(row["nickname"] for row in kept.pupils) == sorted(pupil.nickname for pupil in pupils)
    for pupil in pupils:
        answers = kept.answers_of(pupil.person.id)
        for number in range(1, leader.rounds + 1):
            _check_round(kept, pupil, number, answers.get(number), leader, by_several)
        _check_sums(kept.seat_of(pupil.person.id), pupil, answers, leader)
        _check_refusals(pupil, answers)
    assert {row["person_id"] for row in kept.answers} <= {pupil.person.id for pupil in pupils}


def _check_round(  # noqa: PLR0913, PLR0917 - whose round, and all that is known of it
    kept: StoredClassRows,
    pupil: SimulatedPupil,
    number: int,
    answer: Row | None,
    leader: SimulatedHost,
    by_several: bool,  # noqa: FBT001 - handed on
) -> None:
    """Hold one round of one pupil: asked, explained, and counted once as it was given first."""
    assert [copy for copy in pupil.copies if copy.round == number], (number, pupil.nickname)
    assert pupil.explained[number] >= 1, (number, pupil.nickname)
    if answer is None:
        assert number in leader.closed, (number, pupil)
        assert pupil.person.id not in leader.closed[number], (number, pupil)
        return
    deeds = _counting(kept, pupil, number, by_several=by_several)
    assert any(_counted(deed, answer) for deed in deeds), (deeds, answer)


def _counted(deed: Action, answer: Row) -> bool:
    """Say whether an answer is what was given; options stand in the author's order, true and false in the bot's way."""
    given, stored = (sorted(text.casefold().split("; ")) for text in (deed.given, answer["given"]))
    return given == stored and bool(answer["right"]) == deed.right


def _counting(kept: StoredClassRows, pupil: SimulatedPupil, number: int, *, by_several: bool) -> list[Action]:
    """Return the deeds that may count: the first about a copy that the bot knew, in the last vote.

    Of a question in writing one process knows the last copy: had it known one before, it would not have sent another.
    Of several, one may send another while a first one still waits to note the copy that it sent; so each copy has a
    first deed that may count.
    """
    known = {row["id"] for row in kept.polls}
    last_vote = max(copy.vote for copy in pupil.copies if copy.round == number)
    last = [copy for copy in pupil.copies if (copy.round, copy.vote) == (number, last_vote)][-1]
    deeds = [deed for deed in pupil.actions_in(number) if deed.copy.vote == last_vote]
    possible = [
        deed
        for deed in deeds
        if deed.copy.poll_id in known or (not deed.copy.poll_id and (by_several or deed.copy == last))
    ]
    return first_of_each(possible) if by_several else possible[:1]


def _check_copies(
    kept: StoredClassRows, pupils: SimulatedPupils, interruptions: Interruptions, *, by_several: bool
) -> None:
    """Check that no question came again without an excuse; one of the second vote is another question."""
    known, copies = {row["id"] for row in kept.polls}, defaultdict(list)
    for pupil in pupils:
        for copy in pupil.copies:
            copies[pupil.person.id, copy.round, copy.vote].append(copy)
    check_repeats(copies.values(), known, interruptions)
    if not by_several:
        assert [copy for some in copies.values() for copy in some[:-1] if copy.poll_id in known] == []


def _check_sums(seat: dict[str, int], pupil: SimulatedPupil, answers: dict[int, Row], leader: SimulatedHost) -> None:
    """Hold a seat against the sum of its marks, and what was told of it against the seat."""
    right = sum(row["right"] for row in answers.values())
    assert (seat["right"], seat["points"]) == (right, POINTS * right)
    # Who was asked in a round that was closed early saw it without an answer, if the bot knew that it was there.
    assert len(answers) <= seat["seen"] <= leader.rounds
    assert set(pupil.results) == {(right, seat["seen"])}
    assert [summary[pupil.nickname] for summary in leader.summaries] == [(right, seat["seen"])] * len(leader.summaries)


def _check_refusals(pupil: SimulatedPupil, answers: dict[int, Row]) -> None:
    """Hold that whatever was given and not counted was told to be so; a first vote is not, where there is a second."""
    discussed = {copy.round for copy in pupil.copies if copy.vote > 1}
    given = [deed for deed in pupil.actions if not (deed.copy.vote == 1 and deed.copy.round in discussed)]
    assert len(given) - len(answers) <= pupil.refusals, pupil


def figures(kept: StoredClassRows, pupils: SimulatedPupils) -> str:
    """Say in a line what was sent, stored, doubled and lost."""
    known = {row["id"] for row in kept.polls}
    deeds = [deed for pupil in pupils for deed in pupil.actions]
    unknown = sum(bool(deed.copy.poll_id) and deed.copy.poll_id not in known for deed in deeds)
    copies = [(pupil.nickname, copy.round, copy.vote) for pupil in pupils for copy in pupil.copies]
    explained = sum((pupil.explained for pupil in pupils), Counter[int]())
    twice = sum(count - 1 for pupil in pupils for count in pupil.explained.values())
    results = sum(len(pupil.results) for pupil in pupils) - len(pupils.everybody)
    return (
        f"{len(explained)} rounds; {len(deeds)} answers given, {len(kept.answers)} stored, {unknown} to copies whose "
        f"sending was cut off; {len(copies) - len(set(copies))} of {len(copies)} questions, {twice} of "
        f"{explained.total()} explanations and {results} results came twice"
    )
