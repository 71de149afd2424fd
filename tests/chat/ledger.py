"""What the bot kept, read from its SQLite file with plain SQL, and held against what the crowd did and saw."""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crowd import Crowd, Deed, Learner

Rows = list[sqlite3.Row]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows of the tables that matter here."""

    persons: Rows
    sessions: Rows
    answers: Rows
    items: Rows
    polls: Rows
    inbox: Rows
    outbox: Rows

    def session_of(self, person_id: int) -> sqlite3.Row:
        """Give the one session of a person."""
        (session,) = [row for row in self.sessions if row["person_id"] == person_id]
        return session

    def answers_of(self, session_id: int) -> dict[int, sqlite3.Row]:
        """Give the answers of a session by round; the same round twice is a fault."""
        rows = [row for row in self.answers if row["session_id"] == session_id]
        by_round = {row["round"]: row for row in rows}
        assert len(by_round) == len(rows)
        return by_round


def read(file: Path) -> Ledger:
    """Read the file of a bot that has ended."""
    with closing(_reading(file)) as connection:
        connection.row_factory = sqlite3.Row
        tables = ("persons", "sessions", "answers", "items", "polls", "inbox", "outbox")
        return Ledger(*(connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables))  # noqa: S608 - ours


def waiting_updates(file: Path, sent: Iterable[int]) -> set[int]:
    """Give, while the bot may be running, the updates it has not done with: in its file, or of those ``sent``."""
    with closing(_reading(file)) as connection:
        done = {row[0]: row[1] for row in connection.execute("SELECT update_id, done_at IS NOT NULL FROM inbox")}
    return {update_id for update_id in {*done, *sent} if not done.get(update_id)}


def waiting_messages(file: Path, chats: Collection[int]) -> int:
    """Count, while the bot may be running, the messages that are on their way to these chats."""
    with closing(_reading(file)) as connection:
        return sum(row[0] in chats for row in connection.execute("SELECT chat_id FROM outbox"))


def _reading(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{file}?mode=ro", uri=True)


def check_nothing_waits(ledger: Ledger, unconfirmed: Iterable[int]) -> None:
    """Hold that nothing waits and nothing was set aside; ``unconfirmed`` is what Telegram would still repeat."""
    assert [dict(row) for row in ledger.inbox if row["done_at"] is None or row["problem"]] == []
    assert [dict(row) for row in ledger.outbox] == []
    assert set(unconfirmed) <= {row["update_id"] for row in ledger.inbox}


def check_store(ledger: Ledger, crowd: Crowd, questions: int) -> None:
    """Hold that everybody's quiz is finished, and every answer counted once, as it was given first."""
    assert len(ledger.sessions) == len(crowd.learners)
    known = {row["id"] for row in ledger.polls}
    for learner in crowd:
        session = ledger.session_of(learner.person.id)
        state, answers = json.loads(session["state"]), ledger.answers_of(session["id"])
        assert state["phase"] == "finished"
        assert len(state["outcomes"]) == questions
        for round_number, outcome in enumerate(state["outcomes"], 1):
            _check_round(_counting(learner, round_number, known), outcome, answers.pop(round_number, None))
        assert answers == {}
    _check_items(ledger)


def _counting(learner: Learner, round_number: int, known: set[str]) -> Deed:
    """Give the deed that must count: the first about a copy that the bot knew. A skip needs no known copy.

    Of a question in writing the bot knows the last copy: had it known one before, it would not have sent another.
    """
    last = [copy for copy in learner.copies if copy.round == round_number][-1]
    deeds = [deed for deed in learner.deeds if deed.copy.round == round_number]
    return next(deed for deed in deeds if deed.is_skip or deed.copy == last or deed.copy.poll_id in known)


def _check_round(deed: Deed, outcome: str, answer: sqlite3.Row | None) -> None:
    """Hold a closed round against what the learner did."""
    if answer is None:
        assert (deed.is_skip, outcome) == (True, "skipped"), deed
        return
    assert not deed.is_skip, deed
    assert outcome == ("right" if deed.right else "wrong"), deed
    assert bool(answer["right"]) == deed.right, deed
    # The bot keeps options in the author's order, and says true and false in its own way.
    assert sorted(answer["given"].casefold().split("; ")) == sorted(deed.given.casefold().split("; ")), deed


def _check_items(ledger: Ledger) -> None:
    """Hold that what is known of each question is the sum over the answers to it."""
    asked = Counter((row["person_id"], row["question_id"]) for row in ledger.answers)
    right = Counter((row["person_id"], row["question_id"]) for row in ledger.answers if row["right"])
    items = {(row["person_id"], row["question_id"]): row for row in ledger.items}
    assert {key: row["asked"] for key, row in items.items()} == asked
    assert {key: row["right"] for key, row in items.items() if row["right"]} == right


def check_results(ledger: Ledger, crowd: Crowd, questions: int) -> None:
    """Hold that everybody was told the result that is stored, at least once and never another."""
    for learner in crowd:
        outcomes = json.loads(ledger.session_of(learner.person.id)["state"])["outcomes"]
        assert set(learner.results) == {(outcomes.count("right"), questions)}
        (person,) = [row for row in ledger.persons if row["id"] == learner.person.id]
        assert (person["session_id"], person["best_right"]) == (None, outcomes.count("right"))


def check_chats(ledger: Ledger, crowd: Crowd) -> None:
    """Hold that no question came again once its answer was stored, or once the next question was there."""
    last_poll = {(copy.session, copy.round): copy.poll_id for learner in crowd for copy in learner.copies}
    for learner in crowd:
        assert learner.asked_again == []
    # A stored answer was given to a known copy; were there a later one, the question would have come again.
    assert [row for row in ledger.polls if last_poll[row["session_id"], row["round"]] != row["id"]] == []


def figures(ledger: Ledger, crowd: Crowd) -> str:
    """Say in a line what was sent, stored, doubled and lost."""
    given = sum(not deed.is_skip for learner in crowd for deed in learner.deeds)
    skips = sum(deed.is_skip for learner in crowd for deed in learner.deeds)
    copies = [(copy.session, copy.round) for learner in crowd for copy in learner.copies]
    rounds = {(deed.copy.session, deed.copy.round) for learner in crowd for deed in learner.deeds}
    accounted = sum(len(json.loads(row["state"])["outcomes"]) for row in ledger.sessions)
    results = sum(len(learner.results) for learner in crowd)
    return (
        f"{given} answers and {skips} skips sent in {len(rounds)} rounds; {len(ledger.answers)} answers stored, "
        f"{accounted} rounds accounted, {len(rounds) - accounted} lost; {len(copies) - len(set(copies))} questions "
        f"and {results - len(crowd.learners)} results came twice"
    )
