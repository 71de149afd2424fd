"""The desk: a batch is one transaction, in as few queries as may be; what a bank was stays readable."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from strategies import question, whole_banks

from bot.app.commands import BeginQuiz, Command, ShowScore, Start, Visitor, Vote, Write
from bot.app.desk import Claimed, Delivery, Desk, Received, Task, Worked
from bot.app.library import Library, prompt_of
from bot.app.messages import AskedQuestion, Message, QuizResult, ScoreCard
from bot.app.retention import Retention
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
    updates: int = 0

    def __post_init__(self) -> None:
        # One statement with many rows counts as one, however SQLAlchemy hands it to SQLite.
        event.listen(self.database.engine, "before_execute", lambda *told: self.statements.append(told[1]))
        self.reopen()

    def reopen(self, bank: Bank | None = None) -> None:
        """Start again, perhaps with another bank."""
        self.bank = bank or self.bank
        self.desk = Desk(self.database, self.bank, lambda: self.now, UTC)
        self.desk.open("quiz_bot")

    def work(self, commands: Sequence[Command]) -> Worked:
        """Let these commands come in as one batch."""
        updates = [Received(self.updates + place, "lane", "{}") for place, _ in enumerate(commands, 1)]
        self.updates += len(commands)
        self.desk.receive(updates)
        self.statements.clear()
        return self.desk.work([Task(one.update_id, command) for one, command in zip(updates, commands, strict=True)])

    def send(self, worked: Worked) -> dict[int, AskedQuestion]:
        """Let what was told be sent; give the question that each person sees, whose poll has its session's number."""
        asked = {one.chat_id: one for one in worked.outgoing if isinstance(one.message, AskedQuestion)}
        self.desk.settle([delivery(one.id, one.chat_id, one.message) for one in worked.outgoing])
        return {person: one.message for person, one in asked.items() if isinstance(one.message, AskedQuestion)}


def delivery(number: int, chat_id: int, message: Message) -> Delivery:
    """Say that a message was sent."""
    if not isinstance(message, AskedQuestion):
        return Delivery(number, chat_id, message)
    poll = poll_id(message) if isinstance(message.prompt, ChoicePrompt) else ""
    return Delivery(number, chat_id, message, 10 * message.round, poll)


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


def test_a_batch_that_fails_leaves_nothing(make_office: Callable[[Bank], Office]) -> None:
    """If one command of a batch fails, nothing of the batch is kept, and all of it still waits."""

    class Strange(Command):
        """Nothing that any story carries out."""

    office = make_office(bank_of(CHOICE))
    with pytest.raises(KeyError):
        office.work([Start(visitor(7)), Strange(visitor(8))])
    assert office.desk.claim() == Claimed((), more=False)
    assert [one.update_id for one in office.desk.waiting()] == [1, 2]
    with office.database.transaction() as unit:
        assert unit.persons.find(7) is None


def test_a_vote_before_its_poll_is_known_waits(make_office: Callable[[Bank], Office]) -> None:
    """A vote for a poll that is not recorded yet is parked, stays in the inbox, and counts once the poll is known."""
    office = make_office(bank_of(CHOICE))
    begun = office.work([begin(2)])
    (asked,) = [one.message for one in begun.outgoing if isinstance(one.message, AskedQuestion)]
    early = office.work([vote(2, asked)])
    assert (early.outgoing, early.parked) == ((), {2})
    assert [one.update_id for one in office.desk.waiting()] == [2]
    office.send(begun)
    again = office.desk.work([Task(2, vote(2, asked))])
    assert again.parked == frozenset()
    assert office.desk.waiting() == ()
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
        assert office.desk.wake(office.desk.due()) == ()
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
    office.desk.tidy()
    assert office.desk.receive(repeated) == ()
    office.now += timedelta(seconds=1)
    office.desk.tidy()
    assert office.desk.receive(repeated) == tuple(repeated)


def test_what_is_put_back_is_given_to_a_bot_once(make_office: Callable[[Bank], Office]) -> None:
    """An update that was put back is given when the bot looks for such, or at a start with what waits, never twice."""
    office = make_office(bank_of(CHOICE))
    update = Received(1, "lane", "{}")
    office.desk.receive([update])
    for look in (office.desk.returned, office.desk.waiting):
        office.desk.set_aside(1, "KeyError: 'x'")
        assert (office.desk.returned(), office.desk.waiting()) == ((), ())
        with office.database.transaction() as unit:
            unit.aside.put_back([1])
        assert look() == (update,)
        assert office.desk.returned() == ()
        assert office.desk.waiting() == (update,)


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
        with pytest.raises(LookupError, match="was never kept"):
            library.version("no fingerprint", unit.versions)


def test_opening_again_keeps_each_version_once(make_office: Callable[[Bank], Office]) -> None:
    """Starting again with the same bank keeps nothing new; going back to an old bank neither."""
    office = make_office(bank_of(CHOICE))
    office.reopen(bank_of(CHOICE, 1))
    office.reopen(bank_of(CHOICE))
    with office.database.transaction() as unit:
        assert all(unit.versions.find(version) for version in Library(office.bank).documents())


@given(whole_banks(), st.integers(1, 10**9), st.integers(1, 100))
def test_a_question_is_put_alike_whenever_it_is_put(bank: Bank, session: int, round_number: int) -> None:
    """In one round of one session the options stand in one order, however often the question is put."""
    for one in bank.questions:
        assert prompt_of(one, session, round_number) == prompt_of(one, session, round_number)


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("One. In Geneva it was. Two.", "Geneva", ("In ", "Geneva", " it was.")),
        ("Geneva.", "geneva", ("", "Geneva", ".")),
        ("One. Two.", "Three", ("", "Three", "")),
    ],
)
def test_the_sentence_around_a_quote_is_in_three_pieces(text: str, quote: str, expected: tuple[str, str, str]) -> None:
    """The quoted words are shown as the passage writes them, in their sentence; words it lacks stand alone."""
    bank = replace(bank_of(CHOICE), reading=(Passage("passage", "Passage", text),))
    quoting = replace(bank.questions[0], quote=quote)
    assert Library(bank).sentence(quoting) == expected
    assert Library(bank).sentence(replace(quoting, passage="taken-out")) == ("", quote, "")
