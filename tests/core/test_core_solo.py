"""The state machine of the solo quiz, and its diagram in the documentation."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from state_diagram import state_diagram
from strategies import identifiers, spans

from bot.core import effects, events
from bot.core.errors import TransitionRefusedError
from bot.core.solo import AWAY_AFTER, TRANSITIONS, Outcome, Phase, SoloState, begin, step
from bot.store.base import decode, encode

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
EVENTS = get_args(events.SoloEvent)
REFUSED = {
    (Phase.PAUSED, events.QuestionWithdrawn),
    (Phase.PAUSED, events.Paused),
    (Phase.PAUSED, events.TimeExpired),
    *((Phase.FINISHED, event) for event in EVENTS),
}


def event_of(event: type, round_number: int = 1) -> events.SoloEvent:
    """Create an event of this type for this round."""
    if event is events.Answered:
        return events.Answered(round_number, right=True)
    return event(round_number) if event in {events.Skipped, events.QuestionWithdrawn} else event()


def state(phase: Phase, closed: int = 0) -> SoloState:
    """Create a quiz of two questions in this phase with this number of closed rounds."""
    outcomes = (Outcome.RIGHT,) * (2 if phase is Phase.FINISHED else closed)
    return SoloState(("q1", "q2"), phase, outcomes, NOW if phase is Phase.ASKING else None, timedelta())


def test_every_pair_of_phase_and_event_is_in_the_table_or_refused() -> None:
    """Every pair of phase and event is either a transition or a refusal."""
    assert {(phase, event) for phase in Phase for event in EVENTS} == set(TRANSITIONS) | REFUSED
    assert not set(TRANSITIONS) & REFUSED


@pytest.mark.parametrize(("phase", "event"), sorted(REFUSED, key=lambda pair: (pair[0], pair[1].__name__)))
def test_an_event_without_a_transition_is_refused(phase: Phase, event: type) -> None:
    """The error for an event without a transition names the phase and the event."""
    quiz = state(phase)
    with pytest.raises(TransitionRefusedError, match=f"{event.__name__}.* is refused while {phase}") as refusal:
        step(quiz, event_of(event, quiz.round), NOW)
    assert refusal.value.phase == phase
    assert refusal.value.event.startswith(event.__name__)


@pytest.mark.parametrize(("phase", "event"), sorted(TRANSITIONS, key=lambda pair: (pair[0], pair[1].__name__)))
def test_transitions_lead_to_the_phases_in_the_table(phase: Phase, event: type) -> None:
    """A transition leads to exactly the phases in its row: to each from some state, and to no other."""
    quizzes = [state(phase, closed) for closed in (0, 1)]
    reached = {step(quiz, event_of(event, quiz.round), NOW)[0].phase for quiz in quizzes}
    assert reached == set(TRANSITIONS[phase, event].leads_to)


def test_a_quiz_begins_with_its_first_question() -> None:
    """A new quiz asks its first question and has no thinking time."""
    quiz, todo = begin(("q1", "q2"), NOW)
    assert quiz == SoloState(("q1", "q2"), Phase.ASKING, (), NOW, timedelta())
    assert todo == (effects.AskQuestion(1),)


def test_a_quiz_needs_a_question() -> None:
    """A quiz without questions cannot start."""
    with pytest.raises(ValueError, match="at least one question"):
        begin((), NOW)


@pytest.mark.parametrize(
    ("event", "outcome", "shown"),
    [
        (events.Answered(1, right=True), Outcome.RIGHT, (effects.ConfirmAnswer(1),)),
        (events.Answered(1, right=False), Outcome.WRONG, (effects.CorrectAnswer(1),)),
        (events.Skipped(1), Outcome.SKIPPED, (effects.RevealAnswer(1),)),
        (events.QuestionWithdrawn(1), Outcome.WITHDRAWN, ()),
    ],
)
def test_closing_a_round_asks_the_next_question(
    event: events.SoloEvent, outcome: Outcome, shown: tuple[effects.SoloEffect, ...]
) -> None:
    """The end of a round is shown first, then the next question is asked, and the time starts again."""
    quiz, todo = step(state(Phase.ASKING), event, NOW + MINUTE)
    assert quiz == SoloState(("q1", "q2"), Phase.ASKING, (outcome,), NOW + MINUTE, MINUTE)
    assert todo == (*shown, effects.AskQuestion(2))


def test_the_last_answer_ends_the_quiz() -> None:
    """After the last round the result is shown, and there is no deadline."""
    quiz, todo = step(state(Phase.ASKING, closed=1), events.Answered(2, right=False), NOW)
    assert quiz.phase is Phase.FINISHED
    assert quiz.deadline is None
    assert todo == (effects.CorrectAnswer(2), effects.ShowResult())


def test_an_answer_resumes_a_paused_quiz() -> None:
    """An answer to the open round of a paused quiz counts and resumes it; the days between are not thinking time."""
    stopped, _ = step(state(Phase.ASKING), events.Paused(), NOW + MINUTE)
    quiz, todo = step(stopped, events.Answered(1, right=True), NOW + timedelta(days=3))
    assert (quiz.phase, quiz.outcomes, quiz.thinking) == (Phase.ASKING, (Outcome.RIGHT,), MINUTE)
    assert todo == (effects.ConfirmAnswer(1), effects.AskQuestion(2))


def test_a_silent_learner_counts_as_absent() -> None:
    """At the deadline the quiz pauses without a message, and the silence is not thinking time."""
    quiz, todo = step(state(Phase.ASKING), events.TimeExpired(), NOW + AWAY_AFTER)
    assert (quiz.phase, quiz.deadline, quiz.thinking, todo) == (Phase.PAUSED, None, timedelta(), ())


def test_a_clock_set_back_reduces_no_thinking_time() -> None:
    """Thinking time does not decrease if the clock does."""
    quiz, _ = step(state(Phase.ASKING), events.Paused(), NOW - MINUTE)
    assert quiz.thinking == timedelta()


@pytest.mark.parametrize("round_number", [0, 2, 3])
@pytest.mark.parametrize("event", [events.Answered, events.Skipped, events.QuestionWithdrawn])
def test_only_the_open_round_can_be_closed(event: type, round_number: int) -> None:
    """The error for an answer, a skip or a withdrawal of a round that is not open has its number."""
    with pytest.raises(TransitionRefusedError, match=f"{event.__name__} for round {round_number}"):
        step(state(Phase.ASKING), event_of(event, round_number), NOW)


class SoloQuizMachine(RuleBasedStateMachine):
    """A quiz with any events at any time and in any order, checked by the test's own records."""

    @initialize(questions=st.lists(identifiers, min_size=1, max_size=6))
    def begin(self, questions: list[str]) -> None:
        """Start a quiz with some questions."""
        self.now = NOW
        self.results = 0
        self.there = timedelta()
        self.put: list[int] = []
        self.shown: list[int] = []
        self.quiz, todo = begin(tuple(questions), self.now)
        self.before = self.quiz
        self._record(todo)

    @rule(span=spans)
    def wait(self, span: timedelta) -> None:
        """Wait for some time."""
        self.now += span

    @rule(right=st.booleans())
    def answer(self, *, right: bool) -> None:
        """Answer the open round."""
        self._apply(events.Answered(self.quiz.round, right))

    @rule(event=st.sampled_from(EVENTS))
    def apply_event(self, event: type) -> None:
        """Apply any event to the open round."""
        self._apply(event_of(event, self.quiz.round))

    @rule(event=st.sampled_from((events.Answered, events.Skipped, events.QuestionWithdrawn)), place=st.integers(-1, 8))
    def close_any_round(self, event: type, place: int) -> None:
        """Close a round that may not be open."""
        self._apply(event_of(event, place))

    @precondition(lambda self: self.quiz.deadline)
    @rule()
    def expire(self) -> None:
        """Wait until the deadline."""
        self.now = max(self.now, self.quiz.deadline)
        self._apply(events.TimeExpired())

    @rule()
    def restart(self) -> None:
        """Store the quiz and load it again."""
        read = decode(SoloState, encode(self.quiz))
        assert read == self.quiz
        self.quiz = read

    def _apply(self, event: events.SoloEvent) -> None:
        self.before = self.quiz
        try:
            after, todo = step(self.quiz, event, self.now)
        except TransitionRefusedError:
            closes = isinstance(event, events.Answered | events.Skipped | events.QuestionWithdrawn)
            misses = closes and event.round != self.quiz.round
            assert misses or (self.quiz.phase, type(event)) in REFUSED
            return
        if self.quiz.asked_at and not isinstance(event, events.TimeExpired):
            self.there += self.now - self.quiz.asked_at
        self.quiz = after
        self._record(todo)

    def _record(self, todo: tuple[effects.SoloEffect, ...]) -> None:
        for effect in todo:
            match effect:
                case effects.AskQuestion(number):
                    assert number == self.quiz.round
                    self.put.append(number)
                case effects.ShowResult():
                    self.results += 1
                case effects.ConfirmAnswer(number) | effects.CorrectAnswer(number) | effects.RevealAnswer(number):
                    assert number == self.quiz.round - 1
                    self.shown.append(number)

    @invariant()
    def outcomes_never_shrink_or_change(self) -> None:
        """Outcomes do not change, and each step adds at most one."""
        known = len(self.before.outcomes)
        assert self.quiz.outcomes[:known] == self.before.outcomes
        assert known <= len(self.quiz.outcomes) <= min(known + 1, len(self.quiz.questions))

    @invariant()
    def no_round_is_marked_twice(self) -> None:
        """Each round that was not withdrawn shows its end once."""
        withdrawn = self.quiz.outcomes.count(Outcome.WITHDRAWN)
        assert len(self.shown) == len(set(self.shown)) == len(self.quiz.outcomes) - withdrawn

    @invariant()
    def a_finished_quiz_stays_finished(self) -> None:
        """A finished quiz does not change."""
        if self.before.phase is Phase.FINISHED:
            assert self.quiz == self.before

    @invariant()
    def one_round_is_open_until_the_end(self) -> None:
        """Until the end one round is open, and its question was sent last."""
        if self.quiz.phase is not Phase.FINISHED:
            assert 1 <= self.quiz.round <= len(self.quiz.questions)
            assert self.put[-1] == self.quiz.round
        assert (self.quiz.deadline is not None) == (self.quiz.phase is Phase.ASKING)

    @invariant()
    def every_question_is_asked_in_order(self) -> None:
        """Questions are asked in order, and none is left out."""
        assert self.put == sorted(self.put)
        assert set(self.put) == set(range(1, min(self.quiz.round, len(self.quiz.questions)) + 1))

    @invariant()
    def the_result_is_shown_once_at_the_end(self) -> None:
        """The result is shown once, after every round is closed."""
        assert self.results == (len(self.quiz.outcomes) == len(self.quiz.questions))

    @invariant()
    def thinking_time_is_the_time_of_presence(self) -> None:
        """Thinking time never decreases, and is the time in which a question waited for a present learner."""
        assert self.quiz.thinking >= self.before.thinking
        assert self.quiz.thinking == self.there


TestSoloQuiz = SoloQuizMachine.TestCase
TestSoloQuiz.__doc__ = "The invariants of a quiz hold after any events in any order."


def test_the_documentation_draws_the_table() -> None:
    """The diagram in the documentation is the drawing of the table."""
    diagram = state_diagram(TRANSITIONS, Phase.ASKING, Phase.FINISHED)
    docs = Path(__file__).parents[2] / "docs"
    pages = [page for page in (docs / "develop.md", docs / "solo-quiz.md") if page.exists()]
    drawn = any(diagram in page.read_text(encoding="utf-8") for page in pages)
    assert drawn, f"Put this in place of the stateDiagram in docs/develop.md or docs/solo-quiz.md:\n\n{diagram}\n"
