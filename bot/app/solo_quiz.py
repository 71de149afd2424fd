"""Solo quiz within one transaction: applies events to its state machine and runs the effects."""

from collections.abc import Sequence
from typing import Literal

from bot.app.context import Context
from bot.app.explaining import explain_answer
from bot.app.library import prompt_of
from bot.app.messages import AskedQuestion, Explanation, QuizResult, QuizStopped, RightSign, RightSpelling, TopicResult
from bot.app.withheld_questions import withheld_from
from bot.core import effects, events
from bot.core.prompt import Mark, Prompt
from bot.core.question import Question
from bot.core.solo import Outcome, Phase, step
from bot.store.answers import NewAnswer
from bot.store.persons import Person
from bot.store.sessions import SoloSession


class SoloQuiz:
    """A solo quiz within one unit of work.

    ``mark`` and ``message_id`` belong to the answer being handled: its mark and, if it was written, its message.
    """

    def __init__(self, context: Context, person: Person, quiz: SoloSession) -> None:
        self.context = context
        self.person = person
        self.quiz = quiz
        self.mark: Mark | None = None
        self.message_id: int | None = None
        self._prompts: dict[int, Prompt] = {}

    def question(self) -> Question:
        """Return the question of the open round, in the version that was sent."""
        if self.quiz.version is None:
            raise LookupError(f"session {self.quiz.id} has no open question")
        return self.context.library.version(self.quiz.version, self.context.unit.versions)

    def prompt(self) -> Prompt:
        """Return the prompt of the open round, as it was sent."""
        number = self.quiz.state.round
        if number not in self._prompts:
            self._prompts[number] = prompt_of(self.question(), self.quiz.id, number)
        return self._prompts[number]

    def answer(self, mark: Mark, message_id: int | None = None) -> None:
        """Store a marked answer to the open round and apply it."""
        self.mark, self.message_id = mark, message_id
        state, question = self.quiz.state, self.question()
        self.context.unit.answers.add(
            NewAnswer(
                session_id=self.quiz.id,
                round=state.round,
                person_id=self.person.id,
                question_id=question.id,
                version=self.quiz.version or "",
                right=mark.right,
                given=mark.given,
                at=self.context.now,
            )
        )
        self.apply(events.Answered(state.round, mark.right))

    def apply(self, event: events.SoloEvent) -> None:
        """Apply an event to the state and run the effects."""
        self.quiz.state, todo = step(self.quiz.state, event, self.context.now)
        self.run_effects(todo)

    def run_effects(self, todo: tuple[effects.SoloEffect, ...]) -> None:
        """Run the effects of a transition, in order."""
        for effect in todo:
            match effect:
                case effects.AskQuestion():
                    self._ask()
                case effects.ConfirmAnswer():
                    self._confirm()
                case effects.CorrectAnswer():
                    self._explain("wrong")
                case effects.RevealAnswer():
                    self._explain("skipped")
                case effects.ConfirmStop():
                    self._confirm_stop()
                case effects.ShowResult():
                    self._show_result()
        self.quiz.deadline = self.quiz.state.deadline

    def _ask(self) -> None:
        """Send the question of the open round; if it was sent before, in the same version even if the bank changed.

        A question that a live class withholds from the learner is skipped and not counted.
        """
        state, library = self.quiz.state, self.context.library
        question_id = state.questions[state.round - 1]
        is_gone = self.quiz.version is None and question_id not in library.questions
        if is_gone or question_id in withheld_from(self.context, self.person):
            self.quiz.version = None
            self.apply(events.QuestionWithdrawn(state.round))
            return
        self.quiz.version = self.quiz.version or library.fingerprint(question_id)
        question = self.question()
        self.quiz.message_id = None
        topic = library.topic(question.topic)
        self._send_question(question, topic.title if topic else "")

    def _send_question(self, question: Question, topic: str) -> None:
        state = self.quiz.state
        self.context.send(
            self.person,
            AskedQuestion(
                session=self.quiz.id,
                round=state.round,
                of=len(state.questions),
                topic=topic,
                stem=question.stem,
                prompt=self.prompt(),
                why=question.why,
            ),
        )

    def _confirm(self) -> None:
        if self.message_id is not None:
            self.context.send(self.person, RightSign(self.message_id))
        if self.mark and self.mark.spelling:
            self.context.send(self.person, RightSpelling(self.mark.spelling))
        self.quiz.version = None

    def _explain(self, outcome: Literal["wrong", "skipped"]) -> None:
        mark = self.mark or Mark(right=False, given="")
        lesson = explain_answer(self.context, self.question())
        self.context.send(self.person, Explanation(outcome, mark.given, mark.note, lesson, mark.found))
        self.quiz.version = None

    def _confirm_stop(self) -> None:
        state = self.quiz.state
        right = state.outcomes.count(Outcome.RIGHT)
        self.context.send(self.person, QuizStopped(state.round, len(state.questions), right))

    def _show_result(self) -> None:
        result = quiz_result(self.context, self.quiz)
        if (result.right, -result.of) > (self.person.best_right, -self.person.best_of):
            self.person.best_right, self.person.best_of = result.right, result.of
        self.person.session_id = None
        self.context.send(self.person, result)


def quiz_result(context: Context, quiz: SoloSession) -> QuizResult:
    """Return the result of a quiz so far."""
    state, library = quiz.state, context.library
    rounds = [
        (library.questions[question_id], outcome)
        for question_id, outcome in zip(state.questions, state.outcomes, strict=False)
        if question_id in library.questions and outcome is not Outcome.WITHDRAWN
    ]
    topics = [topic for topic in library.bank.topics if any(question.topic == topic.id for question, _ in rounds)]
    asked = [outcome for outcome in state.outcomes if outcome is not Outcome.WITHDRAWN]
    return QuizResult(
        session=quiz.id,
        right=asked.count(Outcome.RIGHT),
        of=len(asked),
        topics=tuple(_topic_result(topic.id, topic.title, rounds) for topic in topics),
        missed=tuple(question.stem for question, outcome in rounds if outcome is not Outcome.RIGHT),
        seconds=round(state.thinking.total_seconds()),
    )


def _topic_result(topic: str, title: str, rounds: Sequence[tuple[Question, Outcome]]) -> TopicResult:
    outcomes = [outcome for question, outcome in rounds if question.topic == topic]
    return TopicResult(title, outcomes.count(Outcome.RIGHT), len(outcomes))


def find_current_quiz(context: Context, person: Person) -> SoloSession | None:
    """Return the person's current quiz, running or paused, or None."""
    return None if person.session_id is None else context.unit.sessions.find_solo(person.session_id)


def pause_quiz(context: Context, person_id: int) -> None:
    """Pause the running quiz of a person, if there is one, so that no thinking time is counted."""
    person = context.unit.persons.find(person_id)
    quiz = find_current_quiz(context, person) if person else None
    if person and quiz and quiz.state.phase is Phase.ASKING:
        SoloQuiz(context, person, quiz).apply(events.TimeExpired())
