"""The desk: a batch is one transaction, in as few queries as may be; what a bank was stays readable."""

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
from bot.app.dispatch.update_processor import TRIES
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
    """Make a bank of questions of this kind."""
    questions = tuple(question(f"q{number}", kind=kind) for number in range(count))
    return Bank("A bank", "en", "", "", (Passage("passage", "Passage", "In words. More."),), TOPICS, questions)


@dataclass
class Office:
    """A desk with its database, a clock that stands until it is moved, and a count of statements."""

    database: Database
    bank: Bank
    now: datetime = NOW
    statements: list[object] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)

    def __post_init__(self) -> None:
        # One statement with many rows counts as one, however SQLAlchemy hands it to SQLite.
        event.listen(self.database.engine, "before_execute", lambda *told: self.statements.append(told[1]))
        self.reopen()

    def reopen(self, bank: Bank | None = None) -> None:
        """Start again, perhaps with another bank."""
        self.bank = bank or self.bank
        self.service = QuizService(self.database, self.bank, lambda: self.now, UTC)
        self.service.open("quiz_bot")

    def work(self, commands: Sequence[Command]) -> BatchResult:
        """Let these commands come in as one batch."""
        self.receive(commands)
        self.statements.clear()
        return self.service.process_batch(self.read, 200)

    def receive(self, commands: Sequence[Command]) -> None:
        """Let these commands come in."""
        first = len(self.commands) + 1
        self.commands += commands
        self.service.store_updates(
            [
                Received(number, f"chat {command.visitor.id}", str(number))
                for number, command in enumerate(commands, first)
            ]
        )

    def read(self, body: str) -> Command | None:
        """Give the command whose number stands in an update's body; nothing for the number 0."""
        return self.commands[int(body) - 1] if body != "0" else None

    def send(self, worked: BatchResult) -> dict[int, AskedQuestion]:
        """Let what was told be sent; give the question that each person sees, whose poll has its session's number."""
        asked = {one.chat_id: one for one in worked.outgoing if isinstance(one.message, AskedQuestion)}
        self.service.record_deliveries([delivery(one) for one in worked.outgoing])
        return {person: one.message for person, one in asked.items() if isinstance(one.message, AskedQuestion)}


def delivery(one: OutgoingMessage) -> Delivery:
    """Say that a message was sent."""
    message = one.message
    if not isinstance(message, AskedQuestion):
        return Delivery(one.id, one.claimed_by, one.chat_id, message)
    poll = poll_id(message) if isinstance(message.prompt, ChoicePrompt) else ""
    return Delivery(one.id, one.claimed_by, one.chat_id, message, 10 * message.round, poll)


def poll_id(asked: AskedQuestion) -> str:
    """Give the poll that puts a question."""
    return f"{asked.session}:{asked.round}"


def visitor(person: int) -> Visitor:
    """Make a visitor."""
    return Visitor(person, f"Person {person}", "en")


def knows(person: int, asked: AskedQuestion) -> bool:
    """Say who is right: in the first round people of even numbers, then everybody."""
    return person % 2 == 0 or asked.round > 1


def vote(person: int, asked: AskedQuestion) -> Vote:
    """Let a person vote."""
    assert isinstance(asked.prompt, ChoicePrompt)
    chosen = asked.prompt.correct[0] if knows(person, asked) else (asked.prompt.correct[0] + 1) % 3
    return Vote(visitor(person), poll_id=poll_id(asked), options=(chosen,))


def write(person: int, asked: AskedQuestion) -> Write:
    """Let a person write an answer."""
    return Write(visitor(person), text="Geneva" if knows(person, asked) else "Vienna", message_id=10 * asked.round + 1)


def begin(person: int, count: int = 2) -> BeginQuiz:
    """Let a person begin a quiz."""
    return BeginQuiz(visitor(person), topic="", count=count, message_id=1)


@pytest.fixture
def make_office(tmp_path: Path) -> Iterator[Callable[[Bank], Office]]:
    """Make offices, each with a database of its own."""
    made: list[Office] = []

    def make(bank: Bank) -> Office:
        made.append(Office(open_database(f"sqlite:///{tmp_path}/{len(made)}.sqlite3"), bank))
        return made[-1]

    yield make
    for office in made:
        office.database.close()


@pytest.mark.parametrize(("kind", "act"), [(CHOICE, vote), (Typed(("Geneva",)), write)], ids=["votes", "texts"])
def test_a_large_batch_takes_no_more_queries_than_a_small_one(
    make_office: Callable[[Bank], Office], kind: OneRight | Typed, act: Callable[[int, AskedQuestion], Command]
) -> None:
    """A batch of answers of 100 people takes as many statements as one of 4, amid quizzes and at their end."""
    counts = []
    for people in (4, 100):
        office = make_office(bank_of(kind))
        asked = office.send(office.work([begin(person) for person in range(1, people + 1)]))
        taken = []
        for _ in range(2):
            worked = office.work([act(person, one) for person, one in asked.items()])
            taken.append(len(office.statements))
            asked = office.send(worked)
        assert sum(isinstance(one.message, QuizResult) for one in worked.outgoing) == people
        counts.append(taken)
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 15


class Strange(Command):
    """Nothing that any story carries out."""


def test_a_batch_that_fails_leaves_nothing(make_office: Callable[[Bank], Office]) -> None:
    """If one command of a batch fails, nothing of the batch is kept, and all of it is to be worked one by one."""
    office = make_office(bank_of(CHOICE))
    worked = office.work([Start(visitor(7)), Strange(visitor(8))])
    assert (worked.retry_singly, worked.count, worked.outgoing) == ((1, 2), 0, ())
    assert office.service.claim_messages() == ClaimedMessages((), more=False)
    assert office.service.count_waiting(9) == 2
    with office.database.transaction() as unit:
        assert unit.persons.find(7) is None


def test_what_fails_is_tried_again_later_and_holds_up_its_lane_alone(make_office: Callable[[Bank], Office]) -> None:
    """Three times a second apart, then it is set aside; what is behind it in its lane waits, and nobody else does."""
    office = make_office(bank_of(CHOICE))
    office.receive([Strange(visitor(8)), Start(visitor(8)), Start(visitor(7))])
    for tries in (1, 2, 3):
        failure = office.service.process_one(1, office.read).failure
        assert failure is not None
        assert (failure.tries, failure.is_discarded, type(failure.error)) == (tries, tries == 3, KeyError)
        if tries < 3:
            assert office.service.process_one(1, office.read) == BatchResult()
            assert office.service.process_one(2, office.read) == BatchResult()
            assert office.service.count_waiting(9) == (1 if tries == 1 else 0)
            assert office.service.process_batch(office.read, 9).count == (1 if tries == 1 else 0)
            assert office.service.process_batch(office.read, 9).idle_seconds == 1
            office.now += timedelta(seconds=1)
    assert [task.update_id for task in office.service.process_batch(office.read, 9).done] == [2]
    with office.database.transaction() as unit:
        assert [(one.id, one.problem[:9]) for one in unit.dead_letters.updates()] == [(1, "KeyError:")]


def test_what_cannot_be_read_fails_as_a_story_does(make_office: Callable[[Bank], Office]) -> None:
    """A body that is none is set aside after as many tries."""
    office = make_office(bank_of(CHOICE))
    office.service.store_updates([Received(5, "lane", "nonsense"), Received(6, "lane", "0")])
    assert office.service.process_batch(office.read, 9).retry_singly == (5, 6)
    for _ in range(TRIES):
        worked = office.service.process_one(5, office.read)
        office.now += timedelta(seconds=1)
    assert worked.failure is not None
    assert worked.failure.is_discarded
    assert office.service.process_batch(office.read, 9).done == (ParsedUpdate(6, None),)


def test_a_vote_before_its_poll_is_known_waits(make_office: Callable[[Bank], Office]) -> None:
    """A vote for a poll that is not recorded yet steps aside, and counts as soon as the poll is known."""
    office = make_office(bank_of(CHOICE))
    begun = office.work([begin(2)])
    (asked,) = [one.message for one in begun.outgoing if isinstance(one.message, AskedQuestion)]
    early = office.work([vote(2, asked), ShowScore(visitor(2))])
    assert (early.count, [task.update_id for task in early.done]) == (2, [3])
    assert office.service.count_waiting(9) == 0
    rests = []
    for _ in range(7):
        assert office.service.process_batch(office.read, 9).count == 0
        rests.append(office.service.process_batch(office.read, 9).idle_seconds)
        office.now += timedelta(seconds=rests[-1])
        assert (office.service.process_batch(office.read, 9).count, office.service.count_waiting(9)) == (1, 0)
    assert rests == pytest.approx([0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 1.6])
    office.send(begun)
    assert [task.update_id for task in office.service.process_batch(office.read, 9).done] == [2]
    with office.database.transaction() as unit:
        assert sum(made.right for made in unit.answers.progress(2).values()) == 1


def test_the_same_vote_counts_once(make_office: Callable[[Bank], Office]) -> None:
    """The same vote twice in one batch, and again in the next, is one answer."""
    office = make_office(bank_of(CHOICE))
    asked = office.send(office.work([begin(2)]))[2]
    office.work([vote(2, asked), vote(2, asked)])
    office.work([vote(2, asked)])
    (card,) = [one.message for one in office.work([ShowScore(visitor(2))]).outgoing]
    assert isinstance(card, ScoreCard)
    assert (card.score.right, card.score.answered) == (1, 1)


def test_deadlines_come_due(make_office: Callable[[Bank], Office]) -> None:
    """A quiz whose learner went away is put aside when its time comes, once, and never before."""
    office = make_office(bank_of(CHOICE))
    asked = office.send(office.work([begin(2)]))[2]
    for moment, due in ((AWAY_AFTER - timedelta(seconds=1), True), (AWAY_AFTER, False)):
        office.now = NOW + moment
        assert office.service.fire_deadlines(office.service.due_sessions()) == ()
        with office.database.transaction() as unit:
            quiz = unit.sessions.find(asked.session)
            assert quiz is not None
            assert (quiz.deadline is not None) == due


def test_updates_are_forgotten_only_when_they_cannot_come_again(make_office: Callable[[Bank], Office]) -> None:
    """A handled update is remembered for two days, and then no more."""
    office = make_office(bank_of(CHOICE))
    office.work([Start(visitor(7))])
    repeated = [Received(1, "lane", "{}")]
    office.now = NOW + Retention().updates
    office.service.delete_expired()
    assert office.service.store_updates(repeated) == ()
    office.now += timedelta(seconds=1)
    office.service.delete_expired()
    assert office.service.store_updates(repeated) == tuple(repeated)


def test_a_question_taken_out_or_changed_stays_readable(make_office: Callable[[Bank], Office]) -> None:
    """Every version of a question is found again by its fingerprint, whatever became of the bank."""
    office = make_office(bank_of(CHOICE))
    old = office.bank.questions[0]
    fingerprint = Library(office.bank).fingerprint("q0")
    changed = replace(office.bank, questions=(replace(old, stem="Another stem?"),))
    office.reopen(changed)
    with office.database.transaction() as unit:
        library = Library(changed)
        assert library.fingerprint("q0") != fingerprint
        assert library.version(fingerprint, unit.versions) == old
        assert library.version(library.fingerprint("q0"), unit.versions) == changed.questions[0]
        with pytest.raises(LookupError, match="was never stored"):
            library.version("no fingerprint", unit.versions)


def test_opening_again_keeps_each_version_once(make_office: Callable[[Bank], Office]) -> None:
    """Starting again with the same bank keeps nothing new; going back to an old bank neither."""
    office = make_office(bank_of(CHOICE))
    office.reopen(bank_of(CHOICE, 1))
    office.reopen(bank_of(CHOICE))
    with office.database.transaction() as unit:
        assert all(unit.versions.find(version) for version in Library(office.bank).documents())
