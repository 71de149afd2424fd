"""Selection of the questions of a quiz."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from strategies import banks, progresses, question

from bot.core.question import Bank, Level, Question
from bot.core.scoring import Progress
from bot.core.selection import choose

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LEVELS = list(Level)


def asked(right: bool, days_ago: int = 1) -> Progress:  # noqa: FBT001 - how it was answered
    """Return the progress of a question with one answer."""
    return Progress.first(right, NOON - timedelta(days=days_ago))


def questions_of(sort: str, count: int) -> list[Question]:
    """Create questions of one group, which begins their ids."""
    return [question(f"{sort}{number}") for number in range(count)]


def counts_by_group(chosen: tuple[str, ...]) -> dict[str, int]:
    """Count the chosen questions by group."""
    names = [identity.rstrip("0123456789") for identity in chosen]
    return {name: names.count(name) for name in set(names)}


counts = st.integers(0, 14)
seeds = st.integers()


@given(banks, progresses, counts, seeds)
def test_a_quiz_has_the_wanted_number_of_different_questions(
    bank: Bank, progress: dict[str, Progress], count: int, seed: int
) -> None:
    """A quiz has the wanted number of questions or, if the bank is small, all of them; none twice."""
    chosen = choose(bank.questions, progress, count, seed)
    assert len(set(chosen)) == len(chosen) == min(count, len(bank.questions))
    assert set(chosen) <= {question.id for question in bank.questions}


@given(banks, progresses, counts, seeds)
def test_known_questions_come_last(bank: Bank, progress: dict[str, Progress], count: int, seed: int) -> None:
    """A question answered right is chosen only if every new and every missed one is in the quiz."""
    known = {identity for identity, made in progress.items() if made.last_right}
    others = {question.id for question in bank.questions} - known
    chosen = set(choose(bank.questions, progress, count, seed))
    assert not chosen & known or others <= chosen


@given(banks, progresses, counts, seeds)
def test_of_known_questions_those_longest_ago_come_first(
    bank: Bank, progress: dict[str, Progress], count: int, seed: int
) -> None:
    """No known question is left out for one that was answered later."""
    chosen = set(choose(bank.questions, progress, count, seed))
    known = [q.id for q in bank.questions if q.id in progress and progress[q.id].last_right]
    taken = [progress[identity].last_at for identity in known if identity in chosen]
    left = [progress[identity].last_at for identity in known if identity not in chosen]
    assert not taken or not left or max(taken) <= min(left)


@given(banks, progresses, counts, seeds)
def test_a_quiz_goes_from_easy_to_hard(bank: Bank, progress: dict[str, Progress], count: int, seed: int) -> None:
    """No question is followed by an easier one."""
    levels = {question.id: LEVELS.index(question.level) for question in bank.questions}
    order = [levels[identity] for identity in choose(bank.questions, progress, count, seed)]
    assert order == sorted(order)


@given(banks, progresses, counts, st.one_of(seeds, st.text(max_size=5)))
def test_the_same_seed_makes_the_same_quiz(
    bank: Bank, progress: dict[str, Progress], count: int, seed: int | str
) -> None:
    """The same seed chooses the same questions in the same order."""
    assert choose(bank.questions, progress, count, seed) == choose(bank.questions, progress, count, seed)


def test_seeds_make_different_quizzes() -> None:
    """The choice of new questions and their order depend on the seed."""
    new = questions_of("new", 10)
    assert len({choose(new, {}, 5, seed) for seed in range(20)}) > 10
    assert len({frozenset(choose(new, {}, 5, seed)) for seed in range(20)}) > 5


def test_a_third_are_missed_questions() -> None:
    """While there are enough new questions, about a third are missed ones."""
    missed = questions_of("missed", 8)
    progress = {question.id: asked(right=False) for question in missed}
    assert counts_by_group(choose([*missed, *questions_of("new", 30)], progress, 10, 1)) == {"missed": 3, "new": 7}


def test_missed_questions_fill_up_before_known_ones() -> None:
    """If there are too few new questions, missed ones follow and then those answered right."""
    missed, known = questions_of("missed", 5), questions_of("known", 30)
    progress = {q.id: asked(right=False) for q in missed} | {q.id: asked(right=True) for q in known}
    chosen = choose([*known, *missed, *questions_of("new", 2)], progress, 10, 1)
    assert counts_by_group(chosen) == {"missed": 5, "new": 2, "known": 3}


def test_missed_questions_longest_ago_come_first() -> None:
    """Of the missed questions, the one answered longest ago comes first."""
    missed = questions_of("missed", 9)
    progress = {question.id: asked(right=False, days_ago=day) for day, question in enumerate(missed)}
    chosen = choose([*missed, *questions_of("new", 9)], progress, 6, 1)
    assert {identity for identity in chosen if identity in progress} == {"missed7", "missed8"}


def test_practising_asks_exactly_the_candidates() -> None:
    """If as many questions are wanted as there are candidates, all are chosen."""
    missed = questions_of("missed", 4)
    progress = {question.id: asked(right=True) for question in missed}
    assert sorted(choose(missed, progress, len(missed), 1)) == [question.id for question in missed]
