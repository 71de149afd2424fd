"""Scores of a learner, computed from answers."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from strategies import TOPICS, banks, moments, progresses, question

from bot.core.question import Bank
from bot.core.scoring import Progress, TopicScore, practised_days, score

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HISTORIES = st.lists(st.tuples(st.booleans(), moments), min_size=1, max_size=8)


def progress_of(answers: list[tuple[bool, datetime]]) -> Progress:
    """Count answers one after the other."""
    first, *later = answers
    progress = Progress.first(*first)
    for right, at in later:
        progress = progress.after(right, at)
    return progress


def bank_of(*topics: str) -> Bank:
    """Create a bank with one question for each of these topics: q0, q1, ..."""
    questions = tuple(question(f"q{number}", topic) for number, topic in enumerate(topics))
    return Bank("A bank", "en", "a source", "a licence", (), TOPICS, questions)


@given(HISTORIES)
def test_every_answer_is_counted(answers: list[tuple[bool, datetime]]) -> None:
    """Progress counts all answers and the right ones, and has the time of the latest."""
    progress = progress_of(answers)
    assert progress.asked == len(answers)
    assert progress.right == sum(right for right, _ in answers)
    assert progress.last_at == max(at for _, at in answers)


@given(
    st.lists(st.tuples(st.booleans(), moments), min_size=1, max_size=8, unique_by=lambda answer: answer[1]), st.data()
)
def test_answers_may_arrive_in_any_order(answers: list[tuple[bool, datetime]], data: st.DataObject) -> None:
    """An answer older than the latest does not become the latest."""
    assert progress_of(data.draw(st.permutations(answers))) == progress_of(
        sorted(answers, key=lambda answer: answer[1])
    )


def test_a_later_answer_at_the_same_moment_is_the_latest() -> None:
    """Of two answers at one time the second one counts as the latest."""
    assert Progress.first(right=True, at=NOON).after(right=False, at=NOON) == Progress(
        2, 1, last_right=False, last_at=NOON
    )


def test_ten_right_answers_to_one_question_are_one_mastered_question() -> None:
    """Answering one question repeatedly does not raise the number of mastered questions."""
    progress = progress_of([(True, NOON + timedelta(minutes=minute)) for minute in range(10)])
    summed = score(bank_of("bodies", "years"), {"q0": progress}, None, 1)
    assert (summed.mastered, summed.of) == (1, 2)
    assert (summed.right, summed.answered) == (10, 10)


def test_a_later_wrong_answer_ends_mastery() -> None:
    """The latest answer decides whether a question is mastered."""
    progress = Progress.first(right=True, at=NOON).after(right=False, at=NOON + timedelta(days=1))
    assert score(bank_of("bodies"), {"q0": progress}, None, 1).mastered == 0


def test_a_removed_question_counts_in_the_history_only() -> None:
    """Answers to a question that left the bank are counted, but it is not mastered any more."""
    summed = score(bank_of("bodies"), {"gone": Progress.first(right=True, at=NOON)}, None, 1)
    assert (summed.right, summed.answered, summed.mastered, summed.of) == (1, 1, 0, 1)


def test_each_topic_is_counted() -> None:
    """Each topic has its number of mastered questions, in the bank's order, also without questions."""
    progress = {"q0": Progress.first(right=True, at=NOON), "q1": Progress.first(right=False, at=NOON)}
    assert score(bank_of("years", "years", "bodies"), progress, None, 1).topics == (
        TopicScore("bodies", "Bodies", 0, 1),
        TopicScore("years", "Years", 1, 2),
        TopicScore("codes", "Codes", 0, 0),
    )


def test_the_best_quiz_and_the_days_are_unchanged() -> None:
    """The score includes the best quiz and the days of practice unchanged."""
    summed = score(bank_of(), {}, (7, 10), 3)
    assert (summed.best, summed.days) == ((7, 10), 3)


@given(banks, progresses)
def test_the_topics_add_up_to_the_whole(bank: Bank, progress: dict[str, Progress]) -> None:
    """Mastered and all questions are the sums over the topics."""
    summed = score(bank, progress, None, 0)
    assert summed.mastered == sum(topic.mastered for topic in summed.topics) <= summed.of
    assert summed.of == sum(topic.of for topic in summed.topics) == len(bank.questions)
    assert 0 <= summed.right <= summed.answered


ALMATY = timezone(timedelta(hours=5))
TODAY = date(2026, 3, 2)


def test_a_day_counts_once_and_only_for_a_week() -> None:
    """Two answers on a day are one day; the eighth day back and tomorrow do not count."""
    days_ago = (0, 0, 1, 6, 7, 30, -1)
    answers = [NOON - timedelta(days=days) for days in days_ago]
    assert practised_days(answers, TODAY, UTC) == 3


def test_days_are_in_the_learners_time_zone() -> None:
    """Half past nine in the evening in London is the next day in Almaty."""
    evening = datetime(2026, 3, 1, 21, 30, tzinfo=UTC)
    assert practised_days([evening, NOON], TODAY, UTC) == 2
    assert practised_days([evening, NOON], TODAY, ALMATY) == 1


@given(st.lists(moments), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_no_week_has_more_than_seven_days(answers: list[datetime], today: date) -> None:
    """The number of days of practice is from 0 to 7."""
    assert 0 <= practised_days(answers, today, ALMATY) <= 7
