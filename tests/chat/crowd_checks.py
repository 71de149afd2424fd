"""What the bot kept, read with plain SQL, and held against what the crowd did and saw."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from crowd import Action, Crowd, SimulatedLearner
from repeated_questions import Interruptions, check_repeats
from stored_rows import DatabaseAddress, Row, Rows, select, table


class AboutCopy(Protocol):
    """What somebody did about a copy of a question."""

    @property
    def copy(self) -> object:
        """The copy."""


D = TypeVar("D", bound=AboutCopy)


@dataclass(frozen=True, slots=True)
class StoredRows:
    """The rows of the tables that matter here."""

    persons: Rows
    sessions: Rows
    answers: Rows
    items: Rows
    polls: Rows
    inbox: Rows
    outbox: Rows

    def session_of(self, person_id: int) -> Row:
        """Give the one session of a person."""
        (session,) = [row for row in self.sessions if row["person_id"] == person_id]
        return session

    def answers_of(self, session_id: int) -> dict[int, Row]:
        """Give the answers of a session by round; the same round twice is a fault."""
        rows = [row for row in self.answers if row["session_id"] == session_id]
        by_round = {row["round"]: row for row in rows}
        assert len(by_round) == len(rows)
        return by_round


def read(address: DatabaseAddress) -> StoredRows:
    """Read what a bot that has ended keeps."""
    tables = ("persons", "sessions", "answers", "items", "polls", "inbox", "outbox")
    return StoredRows(*(table(address, name) for name in tables))


def waiting_updates(address: DatabaseAddress, sent: Iterable[int]) -> set[int]:
    """Give, while the bot may be running, the updates it has not done with: in its inbox, or of those ``sent``."""
    rows = select(address, "SELECT update_id, done_at IS NOT NULL AS is_done FROM inbox")
    done = {row["update_id"]: row["is_done"] for row in rows}
    return {update_id for update_id in {*done, *sent} if not done.get(update_id)}


def waiting_messages(address: DatabaseAddress, chats: Collection[int]) -> int:
    """Count, while the bot may be running, the messages that are on their way to these chats."""
    return sum(row["chat_id"] in chats for row in select(address, "SELECT chat_id FROM outbox"))


def check_nothing_waits(ledger: StoredRows, unconfirmed: Iterable[int]) -> None:
    """Hold that nothing waits and nothing was set aside; ``unconfirmed`` is what Telegram would still repeat."""
    assert [dict(row) for row in ledger.inbox if row["done_at"] is None or row["problem"]] == []
    assert [dict(row) for row in ledger.outbox] == []
    assert set(unconfirmed) <= {row["update_id"] for row in ledger.inbox}


def check_store(ledger: StoredRows, crowd: Crowd, questions: int, *, by_several: bool = False) -> None:
    """Hold that everybody's quiz is finished, and every answer counted once, as it was given first.

    Where several processes sent, one that stood still may know its copy of a question later than another knows a
    second one, and the first answer to each can be the first of all.
    """
    assert len(ledger.sessions) == len(crowd.learners)
    known = {row["id"] for row in ledger.polls}
    for learner in crowd:
        session = ledger.session_of(learner.person.id)
        state, answers = json.loads(session["state"]), ledger.answers_of(session["id"])
        assert state["phase"] == "finished"
        assert len(state["outcomes"]) == questions
        for round_number, outcome in enumerate(state["outcomes"], 1):
            deeds = _counting(learner, round_number, known, by_several=by_several)
            answer = answers.pop(round_number, None)
            assert any(_counted(deed, outcome, answer) for deed in deeds), (outcome, answer, deeds)
        assert answers == {}
    _check_items(ledger)


def _counting(learner: SimulatedLearner, round_number: int, known: set[str], *, by_several: bool) -> list[Action]:
    """Return the deeds that may count: the first about a copy that the bot knew. A skip needs no known copy.

    Of a question in writing one process knows the last copy: had it known one before, it would not have sent another.
    Of several, one may send another while a first one still waits to note the copy that it sent; so each copy has a
    first deed that may count.
    """
    last = [copy for copy in learner.copies if copy.round == round_number][-1]
    deeds = [deed for deed in learner.actions if deed.copy.round == round_number]
    possible = [
        deed
        for deed in deeds
        if deed.is_skip or deed.copy == last or deed.copy.poll_id in known or (by_several and not deed.copy.poll_id)
    ]
    return first_of_each(possible) if by_several else possible[:1]


def first_of_each(deeds: Iterable[D]) -> list[D]:
    """Return the first deed about each copy."""
    first: dict[object, D] = {}
    for deed in deeds:
        first.setdefault(deed.copy, deed)
    return list(first.values())


def _counted(deed: Action, outcome: str, answer: Row | None) -> bool:
    """Say whether a closed round is as if this was what the learner did."""
    if answer is None or deed.is_skip:
        return answer is None and deed.is_skip and outcome == "skipped"
    # The bot keeps options in the author's order, and says true and false in its own way.
    given, stored = (sorted(text.casefold().split("; ")) for text in (deed.given, answer["given"]))
    return given == stored and bool(answer["right"]) == deed.right and outcome == ("right" if deed.right else "wrong")


def _check_items(ledger: StoredRows) -> None:
    """Hold that what is known of each question is the sum over the answers to it."""
    asked = Counter((row["person_id"], row["question_id"]) for row in ledger.answers)
    right = Counter((row["person_id"], row["question_id"]) for row in ledger.answers if row["right"])
    items = {(row["person_id"], row["question_id"]): row for row in ledger.items}
    assert {key: row["asked"] for key, row in items.items()} == asked
    assert {key: row["right"] for key, row in items.items() if row["right"]} == right


def check_results(ledger: StoredRows, crowd: Crowd, questions: int) -> None:
    """Hold that everybody was told the result that is stored, at least once and never another."""
    for learner in crowd:
        outcomes = json.loads(ledger.session_of(learner.person.id)["state"])["outcomes"]
        assert set(learner.results) == {(outcomes.count("right"), questions)}
        (person,) = [row for row in ledger.persons if row["id"] == learner.person.id]
        assert (person["session_id"], person["best_right"]) == (None, outcomes.count("right"))


def check_order(crowd: Crowd, let_go: Collection[float] = ()) -> None:
    """Hold that no question came again once the next question or the result was there.

    Where one did, it is said how many seconds before that a process that stood still was ``let_go``, should it matter.
    """
    late = [one for learner in crowd for one in learner.asked_again]
    assert [(copy, [round(moment - one, 3) for one in let_go if one <= moment][-1:]) for copy, moment in late] == []


def check_chats(
    ledger: StoredRows,
    crowd: Crowd,
    interruptions: Interruptions,
    *,
    by_several: bool = False,
    let_go: Collection[float] = (),
) -> None:
    """Check that no question came again without an excuse, nor once the next question was there.

    A stored answer was given to a copy on record. If one process sends, none comes behind that; of several, one may
    record late what it sent, and says then that it had passed for dead.
    """
    check_order(crowd, let_go)
    known, copies = {row["id"] for row in ledger.polls}, defaultdict(list)
    for copy in (copy for learner in crowd for copy in learner.copies):
        copies[copy.session, copy.round].append(copy)
    assert known <= {copy.poll_id for some in copies.values() for copy in some}
    check_repeats(copies.values(), known, interruptions)
    if not by_several:
        assert [copy for some in copies.values() for copy in some[:-1] if copy.poll_id in known] == []


def figures(ledger: StoredRows, crowd: Crowd) -> str:
    """Say in a line what was sent, stored, doubled and lost."""
    given = sum(not deed.is_skip for learner in crowd for deed in learner.actions)
    skips = sum(deed.is_skip for learner in crowd for deed in learner.actions)
    copies = [(copy.session, copy.round) for learner in crowd for copy in learner.copies]
    rounds = {(deed.copy.session, deed.copy.round) for learner in crowd for deed in learner.actions}
    accounted = sum(len(json.loads(row["state"])["outcomes"]) for row in ledger.sessions)
    results = sum(len(learner.results) for learner in crowd)
    return (
        f"{given} answers and {skips} skips sent in {len(rounds)} rounds; {len(ledger.answers)} answers stored, "
        f"{accounted} rounds accounted, {len(rounds) - accounted} lost; {len(copies) - len(set(copies))} questions "
        f"and {results - len(crowd.learners)} results came twice"
    )
