"""Live class within one transaction: applies events to the class and its seats, and runs the effects."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeGuard

from bot.app.classroom import closing, presenter
from bot.app.classroom.awaiting import awaits
from bot.app.classroom.buttons import update_buttons
from bot.app.classroom.context import ClassContext, find_class
from bot.app.classroom.ending import finish, send_result
from bot.app.context import Context
from bot.app.library import prompt_of
from bot.app.messages import ClassQuestion, ClosedPoll, DeletedMessage, GroupPoll
from bot.core import effects, events
from bot.core import seat as seats
from bot.core.classroom import Phase, step
from bot.core.prompt import ChoicePrompt, Prompt, TrueFalsePrompt
from bot.core.seat import Reply
from bot.store.pupils import Pupil

# How long a round stays open beyond its time while Telegram is asked which voters are members of the group.
MAX_CHECK_WAIT = timedelta(seconds=12)


class LiveClass(ClassContext):
    """A live class to which events can be applied, within one unit of work."""

    def apply(self, event: events.ClassEvent) -> None:
        """Apply an event, run the effects, and update the hosts' controls. Raises TransitionRefusedError."""
        before = self.session.state.phase
        todo = self._step(event)
        if todo or self.session.state.phase is not before:
            self.update_controls()
        else:
            self.refresh_controls()
        self.schedule()

    def _step(self, event: events.ClassEvent) -> tuple[effects.ClassEffect, ...]:
        """Apply an event to the state and run the effects; return the effects."""
        before = self.session.state.phase
        self.session.state, todo = step(self.session.state, event, self.context.now)
        if self.is_group:
            update_buttons(self, before)
        for effect in todo:
            self._run_effect(effect, in_time=isinstance(event, events.TimeExpired))
        return todo

    def _run_effect(self, effect: effects.ClassEffect, *, in_time: bool) -> None:
        match effect:
            case effects.AskQuestion():
                self._ask(effect.round)
            case effects.CloseRound():
                closing.close(self, effect.round, in_time=in_time)
            case effects.AnnulRound():
                closing.annul(self, effect.round)
            case effects.ShowVote():
                closing.show_vote(self, effect.round)
            case effects.FinishClass():
                finish(self)

    def _ask(self, round_number: int) -> None:
        """Send the question of the open round; in a second vote the same version, even if the bank changed."""
        state, library = self.session.state, self.context.library
        if state.vote == 1:
            question_id = state.questions[round_number - 1]
            if question_id not in library.questions:
                self._step(events.QuestionWithdrawn(round_number))
                return
            self.session.version = library.fingerprint(question_id)
        self.session.message_id = None
        if self.is_group:
            self._ask_group(self.prompt)
        else:
            self._ask_each()

    def _ask_group(self, prompt: Prompt) -> None:
        if not _is_choice(prompt):
            raise TypeError(f"question {self.question.id} cannot be asked by a poll in a group")
        state = self.session.state
        for pupil in self.everybody if state.vote > 1 else ():
            if pupil.seat.open:
                pupil.seat = seats.open_round(pupil.seat, state, late=False)
        self._step(events.QuestionSent(copies=1, awaited=0))
        self._send_poll(prompt)

    def _send_poll(self, prompt: ChoicePrompt | TrueFalsePrompt) -> None:
        state, question = self.session.state, self.question
        self.context.questions_sent.record(self.session.id, state.round, state.vote)
        self.send_to_group(
            GroupPoll(
                session=self.session.id,
                round=state.round,
                of=len(state.questions),
                thread_id=self.row.thread_id,
                stem=question.stem,
                prompt=prompt,
                why=question.why,
                seconds=state.seconds,
                controls=presenter.controls_of(self.session),
            )
        )

    def resend_to_group(self) -> None:
        """Send the open question again after the group's chat id changed: messages of the old chat are out of reach.

        Votes are kept, but the time starts again when the question arrives.
        """
        message_id, self.session.message_id = self.session.message_id, None
        if message_id is not None and self.session.state.takes_answers and _is_choice(self.prompt):
            self._step(events.QuestionSent(copies=1, awaited=0))
            self._send_poll(self.prompt)
            self.schedule()

    def _ask_each(self) -> None:
        """Send the question to each pupil who has caught up; each round starts with another pupil."""
        state = self.session.state
        ready = [pupil for pupil in self.here if seats.is_ready(pupil.seat, state)]
        for pupil in ready:
            pupil.seat = seats.open_round(pupil.seat, state, late=False)
        self.context.questions_sent.record(self.session.id, state.round, state.vote)
        awaited = sum(pupil.seat.awaited for pupil in ready)
        self._step(events.QuestionSent(copies=len(ready), awaited=awaited))
        self.context.unit.persons.load(pupil.person_id for pupil in ready)
        for pupil in _rotated(ready, state.round, len(state.questions)):
            self._send_question(pupil)

    def _send_question(self, pupil: Pupil) -> None:
        """Send a pupil the question of the seat's round: the open round or, if the seat lags behind, an earlier one."""
        number = pupil.seat.round
        if number == self.session.state.round:
            pupil.version = self.session.version
        else:
            pupil.version = self.context.library.fingerprint(self.session.state.questions[number - 1])
        pupil.message_id, pupil.deadline = None, None
        self.send(pupil, presenter.class_question(self.context, self.session, pupil, self.version(pupil.version)))

    def send_question_late(self, pupil: Pupil) -> None:
        """Send the open question to a pupil who joins during the round, unless they left it before."""
        if seats.has_left_round(pupil.seat, self.session.state):
            return
        pupil.seat = seats.open_round(pupil.seat, self.session.state, late=True)
        if pupil.seat.awaited:
            self._step(events.JoinedLate())
        self._send_question(pupil)

    def resend_question(self, pupil: Pupil) -> None:
        """Send the question that waits for a pupil again, for a pupil who rejoins, perhaps on another phone."""
        if self.context.is_sending(ClassQuestion, pupil.person_id):
            return
        question = self.version(pupil.version)
        if pupil.message_id is not None and _is_choice(prompt_of(question, self.session.id, pupil.seat.round)):
            self.send(pupil, ClosedPoll(pupil.message_id))
            pupil.message_id = None
        self.send(pupil, presenter.class_question(self.context, self.session, pupil, question))

    def record_arrival(self, pupil: Pupil, asked: ClassQuestion, message_id: int) -> None:
        """Record that a copy of a question reached a pupil; the seat's time starts with it."""
        state, coming = self.session.state, pupil.seat.coming
        if not awaits(pupil.seat, state, asked):
            # It arrived, or its delivery is recorded, after the vote or the round, or another copy was answered.
            self.send(pupil, DeletedMessage(message_id))
            return
        self._record_message(pupil, asked, message_id)
        pupil.seat = seats.arrive(pupil.seat, self.context.now)
        if coming and asked.round == state.round and state.takes_answers:
            self.apply(events.QuestionArrived())
        pupil.deadline = seats.deadline(pupil.seat, state)

    def _record_message(self, pupil: Pupil, asked: ClassQuestion, message_id: int) -> None:
        """Record the message of a question. Of two copies the older poll is closed; a text may answer the first."""
        older, newer = sorted((pupil.message_id or message_id, message_id))
        if not _is_choice(asked.prompt):
            pupil.message_id = older
            return
        pupil.message_id = newer
        if older != newer:
            self.send(pupil, ClosedPoll(older))

    def accept_answer(self, pupil: Pupil, answer: Reply) -> None:
        """Accept an answer. Raises TransitionRefusedError if the seat takes none now."""
        awaited, state = pupil.seat.awaited, self.session.state
        pupil.seat = seats.reply(pupil.seat, state, answer)
        if self.is_unchecked(pupil):
            return
        if seats.is_private(pupil.seat, state):
            self._finish_private(pupil)
            self.refresh_controls()
            self.schedule()
        else:
            self.apply(events.Replied(awaited))

    def _finish_private(self, pupil: Pupil) -> None:
        """Close a round that a pupil answered in private, then send the next question until they have caught up."""
        number = pupil.seat.round
        pupil.seat, answer = seats.close_round(pupil.seat, self.session.state)
        self.store_answer(pupil, answer, number, pupil.version)
        closing.rank_all(self, moving=False)
        question = self.version(pupil.version)
        self.send(pupil, presenter.explanation_of(self.context, question, answer))
        if pupil.message_id is not None and _is_choice(prompt_of(question, self.session.id, number)):
            self.send(pupil, ClosedPoll(pupil.message_id))
        pupil.deadline = None
        self._catch_up(pupil)
        self.row.revision += 1

    def _catch_up(self, pupil: Pupil) -> None:
        state = self.session.state
        while (number := seats.next_private_round(pupil.seat, state)) is not None:
            pupil.seat = seats.open_private_round(pupil.seat, number)
            if state.questions[number - 1] in self.context.library.questions:
                self._send_question(pupil)
                return
            pupil.seat = seats.annul(pupil.seat)
        if state.takes_answers:
            self.send_question_late(pupil)
        elif state.phase is Phase.FINISHED:
            send_result(self, pupil)

    def drop_undelivered(self, pupil: Pupil, asked: ClassQuestion) -> None:
        """Continue the round without a pupil whom Telegram did not let the question reach."""
        state, seat = self.session.state, pupil.seat
        if not awaits(seat, state, asked) or seat.arrived_at is not None:
            return
        left, lags = seats.leaving_event(seat, state), seats.is_private(seat, state)
        pupil.seat = seats.annul(seat)
        if left:
            self.apply(left)
        elif lags:
            self._catch_up(pupil)

    def leave(self, pupil: Pupil) -> None:
        """Mark a pupil as having left the class; their marks are kept."""
        left = seats.leaving_event(pupil.seat, self.session.state)
        pupil.seat, pupil.deadline = seats.leave(pupil.seat), None
        self.row.revision += 1
        if left:
            self.apply(left)
        else:
            self.refresh_controls()
            self.schedule()

    def remove(self, pupil: Pupil) -> None:
        """Remove a pupil, who can rejoin only if a host readmits them."""
        if pupil.is_here:
            self.leave(pupil)
            person = self.person(pupil)
            if person.class_id == self.session.id:
                person.class_id = person.expected_text = None
        pupil.seat = seats.remove(pupil.seat)

    def fire_deadline(self) -> None:
        """Apply what is due: the end of a round, of a private seat or of an abandoned class; a refresh of controls."""
        for pupil in self.context.unit.pupils.due_in(self.session.id, self.context.now):
            if pupil.seat.open and seats.is_private(pupil.seat, self.session.state):
                self._finish_private(pupil)
            else:
                pupil.deadline = None
        state = self.session.state
        if self._waits_for_checks():
            self.schedule()
        elif state.abandoned_at and state.abandoned_at <= self.context.now:
            self.apply(events.Ended())
        elif state.is_due(self.context.now):
            self.apply(events.TimeExpired())
        else:
            self.refresh_controls()
            self.schedule()

    def _waits_for_checks(self) -> bool:
        """Return whether a round stays open beyond its time, because it is not known yet which votes count."""
        state = self.session.state
        if not (state.takes_answers and state.deadline and state.is_due(self.context.now)):
            return False
        return self.context.now < state.deadline + MAX_CHECK_WAIT and self.awaits_member_check


def _rotated(pupils: Sequence[Pupil], round_number: int, rounds: int) -> Sequence[Pupil]:
    """Rotate the pupils by round, so that no pupil is always the last to get the question."""
    first = len(pupils) * (round_number - 1) // rounds
    return [*pupils[first:], *pupils[:first]]


def _is_choice(prompt: Prompt) -> TypeGuard[ChoicePrompt | TrueFalsePrompt]:
    return isinstance(prompt, ChoicePrompt | TrueFalsePrompt)


def find_live_class(context: Context, session_id: int) -> LiveClass | None:
    """Return the live class with this session id, to apply events to it; None if there is none."""
    live = find_class(context, session_id)
    return LiveClass(context, live.session, live.row) if live else None
