"""Checks that compare what the bot stored, read with plain SQL, with what the simulated learners did and saw."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from crowd import Action, Crowd, SimulatedLearner
from repeated_questions import Interruptions, check_repeats
from stored_rows import DatabaseAddress, Row, Rows, select, table


class AboutCopy(Protocol):
    """An action that is about a copy of a question."""

    @property
    def copy(self) -> object:
        """The copy of the question."""


D = TypeVar("D", bound=AboutCopy)


@dataclass(frozen=True, slots=True)
class StoredRows:
    """Rows of the tables that these checks compare."""

    persons: Rows
    sessions: Rows
    answers: Rows
    question_progress: Rows
    polls: Rows
    inbox: Rows
    outbox: Rows

    def session_of(self, person_id: int) -> Row:
        """Return the only session of a person."""
        (session,) = [row for row in self.sessions if row["person_id"] == person_id]
        return session

    def answers_of(self, session_id: int) -> dict[int, Row]:
        """Return the answers of a session by round; fail if a round has two."""
        rows = [row for row in self.answers if row["session_id"] == session_id]
        by_round = {row["round"]: row for row in rows}
        assert len(by_round) == len(rows)
        return by_round


def read(address: DatabaseAddress) -> StoredRows:
    """Read the database of a bot that has stopped."""
    tables = ("persons", "sessions", "answers", "question_progress", "polls", "inbox", "outbox")
    return StoredRows(*(table(address, name) for name in tables))


def waiting_updates(address: DatabaseAddress, sent: Iterable[int]) -> set[int]:
    """Return the updates that the bot, which may be running, has not finished: those in its inbox and in ``sent``."""
    rows = select(address, "SELECT update_id, done_at IS NOT NULL AS is_done FROM inbox")
    done = {row["update_id"]: row["is_done"] for row in rows}
    return {update_id for update_id in {*done, *sent} if not done.get(update_id)}


def waiting_messages(address: DatabaseAddress, chats: Collection[int]) -> int:
    """Count the messages to these chats that the bot, which may be running, has not sent yet."""
    return sum(row["chat_id"] in chats for row in select(address, "SELECT chat_id FROM outbox"))


def check_nothing_waits(stored: StoredRows, unconfirmed: Iterable[int]) -> None:
    """Check that nothing waits and there are no dead letters; Telegram would still repeat ``unconfirmed``."""
    assert [dict(row) for row in stored.inbox if row["done_at"] is None or row["problem"]] == []
    assert [dict(row) for row in stored.outbox] == []
    assert set(unconfirmed) <= {row["update_id"] for row in stored.inbox}


def check_store(stored: StoredRows, crowd: Crowd, questions: int, *, several_processes: bool = False) -> None:
    """Check that every quiz is finished and every answer counted once, as the learner gave it first.

    With ``several_processes``, a suspended one may record its copy of a question after another process
    has recorded a second copy. Then the first answer to either copy may be the one that counts.
    """
    assert len(stored.sessions) == len(crowd.learners)
    known = {row["id"] for row in stored.polls}
    for learner in crowd:
        session = stored.session_of(learner.person.id)
        state, answers = json.loads(session["state"]), stored.answers_of(session["id"])
        assert state["phase"] == "finished"
        assert len(state["outcomes"]) == questions
        for round_number, outcome in enumerate(state["outcomes"], 1):
            actions = _actions_that_may_count(learner, round_number, known, several_processes=several_processes)
            answer = answers.pop(round_number, None)
            assert any(_is_counted(action, outcome, answer) for action in actions), (outcome, answer, actions)
        assert answers == {}
    _check_items(stored)


def _actions_that_may_count(
    learner: SimulatedLearner, round_number: int, known: set[str], *, several_processes: bool
) -> list[Action]:
    """Return the actions that may count: the first about a copy that the bot knew. A skip needs no known copy.

    A single process knows the last copy of a question without a poll: had it recorded an earlier one, it would not
    have sent another. With several processes, one may send a copy before another has recorded its own, so that the
    first action about each copy may count.
    """
    last = [copy for copy in learner.copies if copy.round == round_number][-1]
    actions = [action for action in learner.actions if action.copy.round == round_number]
    possible = [
        action
        for action in actions
        if action.is_skip
        or action.copy == last
        or action.copy.poll_id in known
        or (several_processes and not action.copy.poll_id)
    ]
    return first_of_each(possible) if several_processes else possible[:1]


def first_of_each(actions: Iterable[D]) -> list[D]:
    """Return the first action about each copy."""
    first: dict[object, D] = {}
    for action in actions:
        first.setdefault(action.copy, action)
    return list(first.values())


def _is_counted(action: Action, outcome: str, answer: Row | None) -> bool:
    """Return whether the outcome and the answer of a closed round result from this action."""
    if answer is None or action.is_skip:
        return answer is None and action.is_skip and outcome == "skipped"
    # The bot stores options in the author's order, and "true" and "false" in lower case.
    given, stored_text = (sorted(text.casefold().split("; ")) for text in (action.given, answer["given"]))
    return (
        given == stored_text
        and bool(answer["right"]) == action.right
        and outcome == ("right" if action.right else "wrong")
    )


def _check_items(stored: StoredRows) -> None:
    """Check that the counts stored for each question are the sums over its answers."""
    asked = Counter((row["person_id"], row["question_id"]) for row in stored.answers)
    right = Counter((row["person_id"], row["question_id"]) for row in stored.answers if row["right"])
    items = {(row["person_id"], row["question_id"]): row for row in stored.question_progress}
    assert {key: row["asked"] for key, row in items.items()} == asked
    assert {key: row["right"] for key, row in items.items() if row["right"]} == right


def check_results(stored: StoredRows, crowd: Crowd, questions: int) -> None:
    """Check that every learner was shown the stored result, at least once, and no other."""
    for learner in crowd:
        outcomes = json.loads(stored.session_of(learner.person.id)["state"])["outcomes"]
        assert set(learner.results) == {(outcomes.count("right"), questions)}
        (person,) = [row for row in stored.persons if row["id"] == learner.person.id]
        assert (person["session_id"], person["best_right"]) == (None, outcomes.count("right"))


def check_order(crowd: Crowd, resumed_at: Collection[float] = ()) -> None:
    """Check that no question came again after the next question or the result.

    On failure, the message shows how many seconds earlier a suspended process was resumed (``resumed_at``).
    """
    late = [one for learner in crowd for one in learner.asked_again]
    assert [
        (copy, [round(came_at - one, 3) for one in resumed_at if one <= came_at][-1:]) for copy, came_at in late
    ] == []


def check_chats(
    stored: StoredRows,
    crowd: Crowd,
    interruptions: Interruptions,
    *,
    several_processes: bool = False,
    resumed_at: Collection[float] = (),
) -> None:
    """Check that each repeated question has an excuse, and that none came after the next question.

    A single process sends no further copy after one that it recorded. With several, a process may record its copy
    late; it then logs that it had lost its database session.
    """
    check_order(crowd, resumed_at)
    known, copies = {row["id"] for row in stored.polls}, defaultdict(list)
    for copy in (copy for learner in crowd for copy in learner.copies):
        copies[copy.session, copy.round].append(copy)
    assert known <= {copy.poll_id for some in copies.values() for copy in some}
    check_repeats(copies.values(), known, interruptions)
    if not several_processes:
        assert [copy for some in copies.values() for copy in some[:-1] if copy.poll_id in known] == []


def summary(stored: StoredRows, crowd: Crowd) -> str:
    """Describe in one line what was sent, stored, repeated and lost."""
    given = sum(not action.is_skip for learner in crowd for action in learner.actions)
    skips = sum(action.is_skip for learner in crowd for action in learner.actions)
    copies = [(copy.session, copy.round) for learner in crowd for copy in learner.copies]
    rounds = {(action.copy.session, action.copy.round) for learner in crowd for action in learner.actions}
    accounted = sum(len(json.loads(row["state"])["outcomes"]) for row in stored.sessions)
    results = sum(len(learner.results) for learner in crowd)
    return (
        f"{given} answers and {skips} skips sent in {len(rounds)} rounds; {len(stored.answers)} answers stored, "
        f"{accounted} rounds accounted, {len(rounds) - accounted} lost; {len(copies) - len(set(copies))} questions "
        f"and {results - len(crowd.learners)} results came twice"
    )
