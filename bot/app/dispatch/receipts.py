"""Receipts: what follows when a message was delivered or was refused for good."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.app.classroom.awaiting import is_awaited
from bot.app.classroom.group import apply_group_migration
from bot.app.classroom.live_class import LiveClass, find_live_class
from bot.app.classroom.membership import apply_member_check
from bot.app.classroom.presenter import class_controls, controls_of
from bot.app.context import Context
from bot.app.dispatch.locking import lock
from bot.app.messages import (
    AskedQuestion,
    ClassControls,
    ClassQuestion,
    ClosedButtons,
    ClosedPoll,
    Controls,
    ControlsChanged,
    DeletedMessage,
    GroupDiscussion,
    GroupNotice,
    GroupPoll,
    GroupQuizWaits,
    GroupReveal,
    LookUp,
    MemberCheck,
    Message,
)
from bot.app.solo_quiz import pause_quiz
from bot.core import events
from bot.core.classroom import ClassState, Outcome, Phase
from bot.store.database import UnitOfWork
from bot.store.groups import People
from bot.store.sessions import SentPoll


@dataclass(frozen=True, slots=True)
class Delivery:
    """Result of sending one message of the outbox.

    Attributes:
        id: its id in the outbox.
        claimed_by: the number of the process that owned it.
        chat_id: the chat to which it was sent.
        message_id: the id of the last Telegram message that was sent for it; 0 for none.
        poll_id: the id of the poll in that message; empty for none.
        people: the ids of the people whom Telegram returned, if the message is a question to Telegram.
        problem: why Telegram refused it for good; empty if it was sent.
        unreachable: True if the person blocked the bot, or the group removed it.
        moved_from: the chat's id before Telegram changed it (a group became a supergroup); None if it did not.
        forbidden: True if the group does not permit the bot to send this; only its administrators can change that.
        busy_seconds: seconds until the chat's rate limit has recovered.
    """

    id: int
    claimed_by: int
    chat_id: int
    message: Message
    message_id: int = 0
    poll_id: str = ""
    people: tuple[int, ...] = ()
    problem: str = ""
    unreachable: bool = False
    forbidden: bool = False
    moved_from: int | None = None
    busy_seconds: float = 0.0

    @property
    def is_sent(self) -> bool:
        """Whether Telegram accepted it."""
        return not (self.problem or self.unreachable or self.forbidden)


def apply_deliveries(context: Context, deliveries: Sequence[Delivery]) -> None:
    """Apply deliveries: store polls and message ids, discard refused messages, pause people who cannot be reached."""
    unit = context.unit
    _load(context, deliveries)
    for number in {one.claimed_by for one in deliveries}:
        unit.outbox.remove([one.id for one in deliveries if one.claimed_by == number and not one.problem], number)
    unit.sessions.add_polls([poll for poll in map(_sent_poll, deliveries) if poll])
    for one in deliveries:
        if one.problem:
            unit.outbox.discard(one.id, one.problem)
        if one.moved_from is not None:
            apply_group_migration(context, one.moved_from, one.chat_id)
        if one.unreachable and one.chat_id > 0:
            pause_person(context, one.chat_id)
        if receipt := RECEIPTS.get(type(one.message)):
            receipt(context, one.message, one)


def _load(context: Context, deliveries: Sequence[Delivery]) -> None:
    """Load the rows that the receipts of these deliveries touch, in a few queries."""
    asked = ClassQuestion | GroupPoll | MemberCheck
    classes = {one.message.session for one in deliveries if isinstance(one.message, asked)}
    quizzes = {one.message.session for one in deliveries if isinstance(one.message, AskedQuestion) and _is_text(one)}
    if context.unit.locks:
        _lock(context.unit, deliveries, classes | quizzes)
    context.unit.sessions.load(classes | quizzes)
    context.unit.live_classes.load(classes)
    voters = {one.message.person for one in deliveries if isinstance(one.message, MemberCheck)}
    context.unit.persons.load(voters)
    for session in classes:
        people = (one.chat_id for one in deliveries if isinstance(one.message, ClassQuestion))
        context.unit.pupils.load_some(session, {*people, *voters})


def _lock(unit: UnitOfWork, deliveries: Sequence[Delivery], sessions: set[int]) -> None:
    """Lock these sessions and what else the receipts touch: classes by their controls, people, groups."""
    led = (one.message for one in deliveries if isinstance(one.message, GroupReveal | GroupDiscussion | ClassControls))
    unreachable = {one.chat_id for one in deliveries if one.unreachable and one.chat_id > 0}
    voters = {one.message.person for one in deliveries if isinstance(one.message, MemberCheck)}
    moved = [one for one in deliveries if one.moved_from is not None or isinstance(one.message, LookUp)]
    chats = {chat for one in moved for chat in (one.chat_id, one.moved_from) if chat is not None}
    lock(unit, sessions | {message.controls.session for message in led}, unreachable | voters, chats)


def _sent_poll(delivery: Delivery) -> SentPoll | None:
    asked = delivery.message
    if not delivery.poll_id or not isinstance(asked, AskedQuestion | ClassQuestion | GroupPoll):
        return None
    return SentPoll(delivery.poll_id, asked.session, asked.round, _vote_of(asked), delivery.message_id)


def _vote_of(asked: AskedQuestion | ClassQuestion | GroupPoll) -> int:
    match asked:
        case ClassQuestion(vote=vote) | GroupPoll(controls=Controls(vote=vote)):
            return vote
    return 1


def _on_solo_question(context: Context, message: AskedQuestion, delivery: Delivery) -> None:
    """Store the message id of a question whose answer is written; only later messages can answer it."""
    quiz = context.unit.sessions.find_solo(message.session) if _is_text(delivery) else None
    if quiz and quiz.state.round == message.round:
        # If the question was sent twice, the first copy counts: a text written after it is an answer.
        quiz.message_id = min(quiz.message_id or delivery.message_id, delivery.message_id)


def _is_text(asked: Delivery) -> bool:
    """Return whether a question was sent as a text; a solo quiz does not store the message id of a poll."""
    return asked.is_sent and not asked.poll_id


def _on_class_question(context: Context, message: ClassQuestion, delivery: Delivery) -> None:
    """Start the time of a seat; or continue without it if the question was refused."""
    live = find_live_class(context, message.session)
    pupil = context.unit.pupils.of_person(message.session, delivery.chat_id)
    if live is None or pupil is None:
        return
    if delivery.is_sent:
        live.record_arrival(pupil, message, delivery.message_id)
    elif delivery.problem:
        live.drop_undelivered(pupil, message)


def _on_group_poll(context: Context, message: GroupPoll, delivery: Delivery) -> None:
    """Start the time of a round; or hold it until the group permits polls."""
    live = find_live_class(context, message.session)
    if live is None:
        return
    if not is_awaited(live.session.state, message):
        _remove_late_poll(live, message.round, delivery)
    elif delivery.is_sent and delivery.chat_id != live.row.chat_id:
        live.session.message_id = delivery.message_id
        live.apply(events.QuestionArrived())
        live.resend_to_group()
    elif delivery.is_sent:
        # Both of two copies accept votes. The newer one has the working buttons and is stopped with the round.
        newest = live.session.message_id = max(live.session.message_id or 0, delivery.message_id)
        live.apply(events.QuestionArrived())
        if live.session.state.phase is Phase.HELD:
            live.send_to_group(ControlsChanged(newest, controls_of(live.session)))
    else:
        _hold_round(live)
        if not delivery.unreachable:
            text = "group.no_polls" if delivery.forbidden else "group.no_poll"
            live.send_to_group(GroupNotice(live.row.thread_id, text))
            questions = len(live.session.state.questions)
            live.send_to_group(GroupQuizWaits(live.row.thread_id, questions, controls_of(live.session)))


def _remove_late_poll(live: LiveClass, round_number: int, delivery: Delivery) -> None:
    """Stop a poll that arrived after its round, or delete it if its right answer must not be shown."""
    state = live.session.state
    if delivery.is_sent:
        counted = round_number <= len(state.outcomes) and state.outcomes[round_number - 1] is Outcome.COUNTED
        live.send_to_group((ClosedPoll if counted else DeletedMessage)(delivery.message_id))


def _on_group_message(context: Context, message: GroupReveal | GroupDiscussion, delivery: Delivery) -> None:
    """Record which message has the control buttons, or remove its buttons if the quiz has moved on."""
    live = find_live_class(context, message.controls.session)
    if live is None or not delivery.is_sent or not delivery.message_id:
        return
    if not _has_valid_buttons(live.session.state, message):
        live.send_to_group(ClosedButtons(delivery.message_id))
        return
    older, newer = sorted((live.session.message_id or delivery.message_id, delivery.message_id))
    live.session.message_id = newer
    if older != newer:
        live.send_to_group(ClosedButtons(older))


def _has_valid_buttons(state: ClassState, message: GroupReveal | GroupDiscussion) -> bool:
    """Return whether a quiz is still in the phase that this message announced, so that its buttons are valid."""
    controls = message.controls
    if isinstance(message, GroupDiscussion):
        return state.phase is Phase.DISCUSSING and (state.round, state.vote) == (controls.round, controls.vote)
    return state.phase in (Phase.REVEALED, Phase.RESTING) and state.round == controls.round


def _hold_round(live: LiveClass) -> None:
    if not live.session.state.arrived_at:
        live.apply(events.QuestionLost(awaited=False))


def _on_class_controls(context: Context, message: ClassControls, delivery: Delivery) -> None:
    """Record which message has a host's controls; refresh them if the class changed while they were being sent."""
    live = find_live_class(context, message.controls.session)
    if live is None or not delivery.is_sent or message.message_id is not None:
        return
    if all(host.person_id != delivery.chat_id for host in live.row.hosts.people):
        live.context.send_to_chat(delivery.chat_id, live.row.language, ClosedButtons(delivery.message_id))
    else:
        live.set_controls_message(delivery.chat_id, delivery.message_id)
        if class_controls(context, live.session, live.row, None) != message:
            live.refresh_controls()
            live.schedule()


def _on_administrators(context: Context, message: LookUp, delivery: Delivery) -> None:
    """Store who administers a group; nobody, if Telegram refused to say."""
    group = context.unit.groups.take(message.chat_id)
    group.administrators, group.asked_at = People(delivery.people), context.now


def _on_member_check(context: Context, message: MemberCheck, delivery: Delivery) -> None:
    """Apply the check of a voter's membership; if Telegram refused to say, the voter counts as a member."""
    live = find_live_class(context, message.session)
    pupil = context.unit.pupils.of_person(message.session, message.person)
    if live and pupil:
        apply_member_check(live, pupil, is_member=not delivery.is_sent or message.person in delivery.people)


RECEIPTS: dict[type, Callable[[Context, Any, Delivery], None]] = {
    AskedQuestion: _on_solo_question,
    ClassQuestion: _on_class_question,
    GroupPoll: _on_group_poll,
    GroupReveal: _on_group_message,
    GroupDiscussion: _on_group_message,
    ClassControls: _on_class_controls,
    LookUp: _on_administrators,
    MemberCheck: _on_member_check,
}


def pause_person(context: Context, person_id: int) -> None:
    """Pause the solo quiz of a person who cannot be reached, and mark them as having left their live class."""
    pause_quiz(context, person_id)
    person = context.unit.persons.find(person_id)
    if person is None:
        return
    person.is_private = False
    live = find_live_class(context, person.class_id) if person.class_id is not None else None
    pupil = context.unit.pupils.of_person(live.session.id, person.id) if live else None
    if live and pupil and pupil.is_here:
        live.leave(pupil)
