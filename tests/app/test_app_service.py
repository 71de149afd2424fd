"""The quiz service: a batch is one transaction with few queries, and old versions of questions stay readable."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from strategies import question

from bot.app.commands import BeginQuiz, Command, ShowScore, Start, Visitor, Vote, Write
from bot.app.dispatch.retention import Retention
from bot.app.dispatch.service import (
    BatchResult,
    ClaimedMessages,
    Delivery,
    OutgoingMessage,
    ParsedUpdate,
    QuizService,
    Received,
)
from bot.app.dispatch.update_processor import MAX_TRIES
from bot.app.library import Library
from bot.app.messages import AskedQuestion, QuizResult, ScoreCard
from bot.core.kind import Option
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.typed import Typed
from bot.core.prompt import ChoicePrompt
from bot.core.question import Bank, Passage, Topic
from bot.core.solo import AWAY_AFTER
from bot.store.database import Database, open_database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CHOICE = OneRight("Geneva", (Option("Vienna"), Option("New York")))
TOPICS = (Topic("bodies", "Bodies"),)


def bank_of(kind: OneRight | Typed, count: int = 2) -> Bank:
    """Create a bank of questions of this kind."""
    questions = tuple(question(f"q{number}", kind=kind) for number in range(count))
    return Bank("A bank", "en", "", "", (Passage("passage", "Passage", "In words. More."),), TOPICS, questions)


@dataclass
class Harness:
    """A service with its database, a manual clock, and a count of statements."""

    database: Database
    bank: Bank
    now: datetime = NOW
    statements: list[object] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)

    def __post_init__(self) -> None:
        # One statement with many rows counts as one, however SQLAlchemy hands it to SQLite.
        event.listen(self.database.engine, "before_execute", lambda *arguments: self.statements.append(arguments[1]))
        self.reopen()

    def reopen(self, bank: Bank | None = None) -> None:
        """Restart the service, perhaps with another bank."""
        self.bank = bank or self.bank
        self.service = QuizService(self.database, self.bank, lambda: self.now, UTC)
        self.service.open("quiz_bot")

    def process(self, commands: Sequence[Command]) -> BatchResult:
        """Store and process these commands as one batch."""
        self.store(commands)
        self.statements.clear()
        return self.service.process_batch(self.parse, 200)

    def store(self, commands: Sequence[Command]) -> None:
        """Store an update for each of these commands."""
        first = len(self.commands) + 1
        self.commands += commands
        self.service.store_updates(
            [
                Received(number, f"chat {command.visitor.id}", str(number))
                for number, command in enumerate(commands, first)
            ]
        )

    def parse(self, body: str) -> Command | None:
        """Return the command whose number is an update's body; None for the number 0."""
        return self.commands[int(body) - 1] if body != "0" else None

    def send(self, result: BatchResult) -> dict[int, AskedQuestion]:
        """Record the messages as delivered; return the question of each person."""
        asked = {one.chat_id: one for one in result.outgoing if isinstance(one.message, AskedQuestion)}
        self.service.record_deliveries([delivery(one) for one in result.outgoing])
        return {person: one.message for person, one in asked.items() if isinstance(one.message, AskedQuestion)}


def delivery(one: OutgoingMessage) -> Delivery:
    """Create the delivery of a message; the id of a question's poll follows from its session and round."""
    message = one.message
    if not isinstance(message, AskedQuestion):
        return Delivery(one.id, one.claimed_by, one.chat_id, message)
    poll = poll_id(message) if isinstance(message.prompt, ChoicePrompt) else ""
    return Delivery(one.id, one.claimed_by, one.chat_id, message, 10 * message.round, poll)


def poll_id(asked: AskedQuestion) -> str:
    """Return the poll id of a question."""
    return f"{asked.session}:{asked.round}"


def visitor(person: int) -> Visitor:
    """Create a visitor."""
    return Visitor(person, f"Person {person}", "en")


def is_right(person: int, asked: AskedQuestion) -> bool:
    """Return whether a person answers right: in the first round people with even ids, then everybody."""
    return person % 2 == 0 or asked.round > 1


def vote(person: int, asked: AskedQuestion) -> Vote:
    """Create a person's vote."""
    assert isinstance(asked.prompt, ChoicePrompt)
    chosen = asked.prompt.correct[0] if is_right(person, asked) else (asked.prompt.correct[0] + 1) % 3
    return Vote(visitor(person), poll_id=poll_id(asked), options=(chosen,))


def write(person: int, asked: AskedQuestion) -> Write:
    """Create a person's written answer."""
    return Write(
        visitor(person), text="Geneva" if is_right(person, asked) else "Vienna", message_id=10 * asked.round + 1
    )


def begin(person: int, count: int = 2) -> BeginQuiz:
    """Create a person's command to begin a quiz."""
    return BeginQuiz(visitor(person), topic="", count=count, message_id=1)


@pytest.fixture
def make_harness(tmp_path: Path) -> Iterator[Callable[[Bank], Harness]]:
    """A function that creates harnesses, each with its own database."""
    made: list[Harness] = []

    def make(bank: Bank) -> Harness:
        made.append(Harness(open_database(f"sqlite:///{tmp_path}/{len(made)}.sqlite3"), bank))
        return made[-1]

    yield make
    for harness in made:
        harness.database.close()


@pytest.mark.parametrize(("kind", "act"), [(CHOICE, vote), (Typed(("Geneva",)), write)], ids=["votes", "texts"])
def test_a_large_batch_takes_no_more_queries_than_a_small_one(
    make_harness: Callable[[Bank], Harness], kind: OneRight | Typed, act: Callable[[int, AskedQuestion], Command]
) -> None:
    """A batch of 100 people's answers takes as many statements as one of 4, during quizzes and at their end."""
    counts = []
    for people in (4, 100):
        harness = make_harness(bank_of(kind))
        asked = harness.send(harness.process([begin(person) for person in range(1, people + 1)]))
        taken = []
        for _ in range(2):
            result = harness.process([act(person, one) for person, one in asked.items()])
            taken.append(len(harness.statements))
            asked = harness.send(result)
        assert sum(isinstance(one.message, QuizResult) for one in result.outgoing) == people
        counts.append(taken)
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 15


class UnknownCommand(Command):
    """A command without a handler."""


def test_a_failed_batch_is_rolled_back(make_harness: Callable[[Bank], Harness]) -> None:
    """If one command of a batch fails, the batch is rolled back and all its updates are to be retried singly."""
    harness = make_harness(bank_of(CHOICE))
    result = harness.process([Start(visitor(7)), UnknownCommand(visitor(8))])
    assert (result.retry_singly, result.count, result.outgoing) == ((1, 2), 0, ())
    assert harness.service.claim_messages() == ClaimedMessages((), more=False)
    assert harness.service.count_waiting(9) == 2
    with harness.database.transaction() as unit:
        assert unit.persons.find(7) is None


def test_a_failing_update_is_retried_and_blocks_only_its_lane(make_harness: Callable[[Bank], Harness]) -> None:
    """A failing update is tried three times, a second apart, then set aside; only its own lane waits for it."""
    harness = make_harness(bank_of(CHOICE))
    harness.store([UnknownCommand(visitor(8)), Start(visitor(8)), Start(visitor(7))])
    for tries in (1, 2, 3):
        failure = harness.service.process_one(1, harness.parse).failure
        assert failure is not None
        assert (failure.tries, failure.is_discarded, type(failure.error)) == (tries, tries == 3, KeyError)
        if tries < 3:
            assert harness.service.process_one(1, harness.parse) == BatchResult()
            assert harness.service.process_one(2, harness.parse) == BatchResult()
            assert harness.service.count_waiting(9) == (1 if tries == 1 else 0)
            assert harness.service.process_batch(harness.parse, 9).count == (1 if tries == 1 else 0)
            assert harness.service.process_batch(harness.parse, 9).idle_seconds == 1
            harness.now += timedelta(seconds=1)
    assert [update.update_id for update in harness.service.process_batch(harness.parse, 9).done] == [2]
    with harness.database.transaction() as unit:
        assert [(one.id, one.problem[:9]) for one in unit.dead_letters.updates()] == [(1, "KeyError:")]


def test_an_unparseable_update_is_set_aside(make_harness: Callable[[Bank], Harness]) -> None:
    """An update that cannot be parsed is set aside after the same number of tries."""
    harness = make_harness(bank_of(CHOICE))
    harness.service.store_updates([Received(5, "lane", "nonsense"), Received(6, "lane", "0")])
    assert harness.service.process_batch(harness.parse, 9).retry_singly == (5, 6)
    for _ in range(MAX_TRIES):
        result = harness.service.process_one(5, harness.parse)
        harness.now += timedelta(seconds=1)
    assert result.failure is not None
    assert result.failure.is_discarded
    assert harness.service.process_batch(harness.parse, 9).done == (ParsedUpdate(6, None),)


def test_a_vote_for_an_unknown_poll_is_deferred(make_harness: Callable[[Bank], Harness]) -> None:
    """A vote for an unknown poll is deferred, and counts as soon as the poll is known."""
    harness = make_harness(bank_of(CHOICE))
    begun = harness.process([begin(2)])
    (asked,) = [one.message for one in begun.outgoing if isinstance(one.message, AskedQuestion)]
    early = harness.process([vote(2, asked), ShowScore(visitor(2))])
    assert (early.count, [update.update_id for update in early.done]) == (2, [3])
    assert harness.service.count_waiting(9) == 0
    rests = []
    for _ in range(7):
        assert harness.service.process_batch(harness.parse, 9).count == 0
        rests.append(harness.service.process_batch(harness.parse, 9).idle_seconds)
        harness.now += timedelta(seconds=rests[-1])
        assert (harness.service.process_batch(harness.parse, 9).count, harness.service.count_waiting(9)) == (1, 0)
    assert rests == pytest.approx([0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 1.6])
    harness.send(begun)
    assert [update.update_id for update in harness.service.process_batch(harness.parse, 9).done] == [2]
    with harness.database.transaction() as unit:
        assert sum(made.right for made in unit.answers.progress(2).values()) == 1


def test_the_same_vote_counts_once(make_harness: Callable[[Bank], Harness]) -> None:
    """The same vote twice in one batch, and again in the next, is one answer."""
    harness = make_harness(bank_of(CHOICE))
    asked = harness.send(harness.process([begin(2)]))[2]
    harness.process([vote(2, asked), vote(2, asked)])
    harness.process([vote(2, asked)])
    (card,) = [one.message for one in harness.process([ShowScore(visitor(2))]).outgoing]
    assert isinstance(card, ScoreCard)
    assert (card.score.right, card.score.answered) == (1, 1)


def test_a_deadline_fires_once(make_harness: Callable[[Bank], Harness]) -> None:
    """A quiz whose learner went away is paused at its deadline, once, and not before."""
    harness = make_harness(bank_of(CHOICE))
    asked = harness.send(harness.process([begin(2)]))[2]
    for moment, due in ((AWAY_AFTER - timedelta(seconds=1), True), (AWAY_AFTER, False)):
        harness.now = NOW + moment
        assert harness.service.fire_deadlines(harness.service.due_sessions()) == ()
        with harness.database.transaction() as unit:
            quiz = unit.sessions.find(asked.session)
            assert quiz is not None
            assert (quiz.deadline is not None) == due


def test_handled_updates_are_deleted_after_two_days(make_harness: Callable[[Bank], Harness]) -> None:
    """A handled update is known for two days, and deleted afterwards."""
    harness = make_harness(bank_of(CHOICE))
    harness.process([Start(visitor(7))])
    repeated = [Received(1, "lane", "{}")]
    harness.now = NOW + Retention().updates
    harness.service.delete_expired()
    assert harness.service.store_updates(repeated) == ()
    harness.now += timedelta(seconds=1)
    harness.service.delete_expired()
    assert harness.service.store_updates(repeated) == tuple(repeated)


def test_old_versions_of_questions_stay_readable(make_harness: Callable[[Bank], Harness]) -> None:
    """Every version of a question can be loaded by its fingerprint after the bank has changed."""
    harness = make_harness(bank_of(CHOICE))
    old = harness.bank.questions[0]
    fingerprint = Library(harness.bank).fingerprint("q0")
    changed = replace(harness.bank, questions=(replace(old, stem="Another stem?"),))
    harness.reopen(changed)
    with harness.database.transaction() as unit:
        library = Library(changed)
        assert library.fingerprint("q0") != fingerprint
        assert library.version(fingerprint, unit.versions) == old
        assert library.version(library.fingerprint("q0"), unit.versions) == changed.questions[0]
        with pytest.raises(LookupError, match="was never stored"):
            library.version("no fingerprint", unit.versions)


def test_each_version_is_stored_once(make_harness: Callable[[Bank], Harness]) -> None:
    """A restart with the same or an earlier bank stores no new versions."""
    harness = make_harness(bank_of(CHOICE))
    harness.reopen(bank_of(CHOICE, 1))
    harness.reopen(bank_of(CHOICE))
    with harness.database.transaction() as unit:
        assert all(unit.versions.find(version) for version in Library(harness.bank).documents())
