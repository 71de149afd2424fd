"""Checks that compare the stored rows of a live class, read with plain SQL, with what its people did and saw."""

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
from bot.app.dispatch.service import QuizService
from bot.core.question import Bank
from bot.core.seat import POINTS
from bot.playground.world import World
from bot.store.database import open_database
from bot.wiring import clock

# The bot's reaction to a written answer that it has accepted (bot/tg/views/signs.py).
_TAKEN = "✍"


@dataclass(frozen=True, slots=True)
class StoredClassRows:
    """Rows of the tables that matter to a class."""

    sessions: Rows
    live_classes: Rows
    pupils: Rows
    answers: Rows
    polls: Rows
    inbox: Rows
    outbox: Rows

    @property
    def state(self) -> dict[str, object]:
        """The state of the only class."""
        (session,) = self.sessions
        state: dict[str, object] = json.loads(session["state"])
        return state

    def answers_of(self, person_id: int) -> dict[int, Row]:
        """Return a person's answers by round; fail if a round has two."""
        rows = [row for row in self.answers if row["person_id"] == person_id]
        by_round = {row["round"]: row for row in rows}
        assert len(by_round) == len(rows)
        return by_round

    def seat_of(self, person_id: int) -> dict[str, int]:
        """Return a person's only seat."""
        (row,) = [row for row in self.pupils if row["person_id"] == person_id]
        seat: dict[str, int] = json.loads(row["seat"])
        return seat


def read(address: DatabaseAddress) -> StoredClassRows:
    """Read the database of a bot that has stopped."""
    tables = ("sessions", "live_classes", "pupils", "answers", "polls", "inbox", "outbox")
    return StoredClassRows(*(table(address, name) for name in tables))


def known_polls(address: DatabaseAddress) -> set[str]:
    """Return the ids of the polls that the bot, which may be running, has stored."""
    return {row["id"] for row in select(address, "SELECT id FROM polls")}


def certain_actions(address: DatabaseAddress, world: World, actions: Iterable[Action]) -> list[Action]:
    """Select the actions that must count: votes in stored polls, and texts to which the bot has reacted."""
    known = known_polls(address)
    return [
        action
        for action in actions
        if action.copy.poll_id in known or (action.message_id and _has_reaction(world, action))
    ]


def _has_reaction(world: World, action: Action) -> bool:
    message = world.chats[action.person_id].messages[action.message_id]
    return message.reactions.get(world.bot.id) == (_TAKEN,)


def boards(file: Path, bank: Bank) -> dict[str, BoardView]:
    """Return what the boards show, by key, to a process that has just opened the database."""
    keys = [row["key"] for row in select(file, "SELECT key FROM live_classes")]
    with closing(open_database(f"sqlite:///{file}")) as database:
        service = QuizService(database, bank, clock, UTC)
        views = {key: service.board(key) for key in keys}
    return {key: view for key, view in views.items() if view}


def check_class(
    stored: StoredClassRows,
    pupils: SimulatedPupils,
    host: SimulatedHost,
    interruptions: Interruptions,
    *,
    several_processes: bool = False,
) -> None:
    """Check that a class lost no pupil, round or answer, and neither counted nor asked anything twice.

    ``interruptions`` and ``several_processes`` as in ``crowd_checks.check_chats``.
    """
    _check_copies(stored, pupils, interruptions, several_processes=several_processes)
    assert stored.state["phase"] == "finished"
    assert stored.state["outcomes"] == ["counted"] * host.rounds
    assert len(stored.live_classes) == 1
    assert sorted(row["nickname"] for row in stored.pupils) == sorted(pupil.nickname for pupil in pupils)
    for pupil in pupils:
        answers = stored.answers_of(pupil.person.id)
        for number in range(1, host.rounds + 1):
            _check_round(stored, pupil, number, answers.get(number), host, several_processes)
        _check_sums(stored.seat_of(pupil.person.id), pupil, answers, host)
        _check_refusals(pupil, answers)
    assert {row["person_id"] for row in stored.answers} <= {pupil.person.id for pupil in pupils}


def _check_round(  # noqa: PLR0913, PLR0917 - one round and all that is known about it
    stored: StoredClassRows,
    pupil: SimulatedPupil,
    number: int,
    answer: Row | None,
    host: SimulatedHost,
    several_processes: bool,  # noqa: FBT001 - passed on
) -> None:
    """Check one round of one pupil: asked, explained, and counted once by the first answer."""
    assert [copy for copy in pupil.copies if copy.round == number], (number, pupil.nickname)
    assert pupil.explained[number] >= 1, (number, pupil.nickname)
    if answer is None:
        assert number in host.closed, (number, pupil)
        assert pupil.person.id not in host.closed[number], (number, pupil)
        return
    actions = _actions_that_may_count(stored, pupil, number, several_processes=several_processes)
    assert any(_is_counted(action, answer) for action in actions), (actions, answer)


def _is_counted(action: Action, answer: Row) -> bool:
    """Return whether a stored answer is what was given, ignoring case and the order of options."""
    given, stored_text = (sorted(text.casefold().split("; ")) for text in (action.given, answer["given"]))
    return given == stored_text and bool(answer["right"]) == action.right


def _actions_that_may_count(
    stored: StoredClassRows, pupil: SimulatedPupil, number: int, *, several_processes: bool
) -> list[Action]:
    """Return the actions that may count: the first about a copy that the bot knew, in the last vote.

    A single process knows the last copy of a question without a poll: had it recorded an earlier one, it would not
    have sent another. With several processes, one may send a copy before another has recorded its own, so that the
    first action about each copy may count.
    """
    known = {row["id"] for row in stored.polls}
    last_vote = max(copy.vote for copy in pupil.copies if copy.round == number)
    last = [copy for copy in pupil.copies if (copy.round, copy.vote) == (number, last_vote)][-1]
    actions = [action for action in pupil.actions_in(number) if action.copy.vote == last_vote]
    possible = [
        action
        for action in actions
        if action.copy.poll_id in known or (not action.copy.poll_id and (several_processes or action.copy == last))
    ]
    return first_of_each(possible) if several_processes else possible[:1]


def _check_copies(
    stored: StoredClassRows, pupils: SimulatedPupils, interruptions: Interruptions, *, several_processes: bool
) -> None:
    """Check that each repeated question has an excuse; the question of a second vote counts as another one."""
    known, copies = {row["id"] for row in stored.polls}, defaultdict(list)
    for pupil in pupils:
        for copy in pupil.copies:
            copies[pupil.person.id, copy.round, copy.vote].append(copy)
    check_repeats(copies.values(), known, interruptions)
    if not several_processes:
        assert [copy for some in copies.values() for copy in some[:-1] if copy.poll_id in known] == []


def _check_sums(seat: dict[str, int], pupil: SimulatedPupil, answers: dict[int, Row], host: SimulatedHost) -> None:
    """Check that a seat holds the sums of its answers, and that pupil and host were shown the same numbers."""
    right = sum(row["right"] for row in answers.values())
    assert (seat["right"], seat["points"]) == (right, POINTS * right)
    # A pupil who saw a round that was closed early has no answer in it; it counts as seen if the bot stored the copy.
    assert len(answers) <= seat["seen"] <= host.rounds
    assert set(pupil.results) == {(right, seat["seen"])}
    assert [summary[pupil.nickname] for summary in host.summaries] == [(right, seat["seen"])] * len(host.summaries)


def _check_refusals(pupil: SimulatedPupil, answers: dict[int, Row]) -> None:
    """Check that the bot told the pupil of each answer that was not counted, except first votes before a second."""
    discussed = {copy.round for copy in pupil.copies if copy.vote > 1}
    given = [action for action in pupil.actions if not (action.copy.vote == 1 and action.copy.round in discussed)]
    assert len(given) - len(answers) <= pupil.refusals, pupil


def summary(stored: StoredClassRows, pupils: SimulatedPupils) -> str:
    """Describe in one line what was sent, stored, repeated and lost."""
    known = {row["id"] for row in stored.polls}
    actions = [action for pupil in pupils for action in pupil.actions]
    unknown = sum(bool(action.copy.poll_id) and action.copy.poll_id not in known for action in actions)
    copies = [(pupil.nickname, copy.round, copy.vote) for pupil in pupils for copy in pupil.copies]
    explained = sum((pupil.explained for pupil in pupils), Counter[int]())
    twice = sum(count - 1 for pupil in pupils for count in pupil.explained.values())
    results = sum(len(pupil.results) for pupil in pupils) - len(pupils.pupils)
    return (
        f"{len(explained)} rounds; {len(actions)} answers given, {len(stored.answers)} stored, {unknown} to copies "
        f"whose sending was cut off; {len(copies) - len(set(copies))} of {len(copies)} questions, {twice} of "
        f"{explained.total()} explanations and {results} results came twice"
    )
