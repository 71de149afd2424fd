"""What follows when a message was delivered, or can never be: the sender reports, these stories take note."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.app.classroom.awaiting import is_awaited
from bot.app.classroom.group import move_group
from bot.app.classroom.live_class import LiveClass, find_live_class
from bot.app.classroom.membership import settle
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
from bot.app.solo_quiz import leave
from bot.core import events
from bot.core.classroom import ClassState, Outcome, Phase
from bot.store.database import UnitOfWork
from bot.store.groups import People
from bot.store.sessions import SentPoll


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message of the outbox.

    Attributes:
        id: its number there.
        claimed_by: the number of the process under which it was sent.
        chat_id: the chat it went to.
        message_id: the message that Telegram made of it last; ``poll_id`` of the poll in it; 0 and empty for none.
        people: whom Telegram named, where it was asked for people.
        problem: why Telegram refused it for good; empty when it was sent.
        unreachable: True when the person has blocked the bot, or the group has put it out.
        moved_from: the chat that was asked for, where it is another now; None where it is not.
        forbidden: True when the group does not let the bot send this; that is for its administrators to mend.
        busy: for how many seconds the chat is not free of what was sent to it.
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
        """Whether Telegram took it."""
        return not (self.problem or self.unreachable or self.forbidden)


def apply_deliveries(context: Context, deliveries: Sequence[Delivery]) -> None:
    """Remember which poll asks what and where it stands, what was refused, and who cannot be reached."""
    unit = context.unit
    _load(context, deliveries)
    for number in {one.claimed_by for one in deliveries}:
        unit.outbox.remove([one.id for one in deliveries if one.claimed_by == number and not one.problem], number)
    unit.sessions.add_polls([poll for poll in map(_poll, deliveries) if poll])
    for one in deliveries:
        if one.problem:
            unit.outbox.discard(one.id, one.problem)
        if one.moved_from is not None:
            move_group(context, one.moved_from, one.chat_id)
        if one.unreachable and one.chat_id > 0:
            lose_person(context, one.chat_id)
        if note := RECEIPTS.get(type(one.message)):
            note(context, one.message, one)


def _load(context: Context, deliveries: Sequence[Delivery]) -> None:
    """Load what the receipts of these deliveries touch, in a few queries."""
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
    """Lock what else they touch: classes whose controls were sent, people who are lost, groups that moved or told."""
    led = (one.message for one in deliveries if isinstance(one.message, GroupReveal | GroupDiscussion | ClassControls))
    lost = {one.chat_id for one in deliveries if one.unreachable and one.chat_id > 0}
    voters = {one.message.person for one in deliveries if isinstance(one.message, MemberCheck)}
    moved = [one for one in deliveries if one.moved_from is not None or isinstance(one.message, LookUp)]
    chats = {chat for one in moved for chat in (one.chat_id, one.moved_from) if chat is not None}
    lock(unit, sessions | {message.controls.session for message in led}, lost | voters, chats)


def _poll(delivery: Delivery) -> SentPoll | None:
    asked = delivery.message
    if not delivery.poll_id or not isinstance(asked, AskedQuestion | ClassQuestion | GroupPoll):
        return None
    return SentPoll(delivery.poll_id, asked.session, asked.round, _vote_of(asked), delivery.message_id)


def _vote_of(asked: AskedQuestion | ClassQuestion | GroupPoll) -> int:
    match asked:
        case ClassQuestion(vote=vote) | GroupPoll(controls=Controls(vote=vote)):
            return vote
    return 1


def _asked(context: Context, message: AskedQuestion, delivery: Delivery) -> None:
    """Remember below which message an answer can be written."""
    quiz = context.unit.sessions.find_solo(message.session) if _is_text(delivery) else None
    if quiz and quiz.state.round == message.round:
        # Of two copies the first: what was written between them answers it.
        quiz.message_id = min(quiz.message_id or delivery.message_id, delivery.message_id)


def _is_text(asked: Delivery) -> bool:
    """Say whether a question stands there without a poll: of a poll its quiz keeps nothing."""
    return asked.is_sent and not asked.poll_id


def _asked_pupil(context: Context, message: ClassQuestion, delivery: Delivery) -> None:
    """Let the time of a seat begin; or go on without it."""
    live = find_live_class(context, message.session)
    pupil = context.unit.pupils.of_person(message.session, delivery.chat_id)
    if live is None or pupil is None:
        return
    if delivery.is_sent:
        live.arrive(pupil, message, delivery.message_id)
    elif delivery.problem:
        live.lose(pupil, message)


def _asked_group(context: Context, message: GroupPoll, delivery: Delivery) -> None:
    """Let the time of a round begin; or wait until the group lets the bot send polls."""
    live = find_live_class(context, message.session)
    if live is None:
        return
    if not is_awaited(live.session.state, message):
        _take_away(live, message.round, delivery)
    elif delivery.is_sent and delivery.chat_id != live.row.chat_id:
        live.session.message_id = delivery.message_id
        live.happen(events.QuestionArrived())
        live.resend_to_group()
    elif delivery.is_sent:
        # Of two copies either takes votes; the newer one is closed by its buttons, and with its round.
        newest = live.session.message_id = max(live.session.message_id or 0, delivery.message_id)
        live.happen(events.QuestionArrived())
        if live.session.state.phase is Phase.HELD:
            live.send_to_group(ControlsChanged(newest, controls_of(live.session)))
    else:
        _hold(live)
        if not delivery.unreachable:
            text = "group.no_polls" if delivery.forbidden else "group.no_poll"
            live.send_to_group(GroupNotice(live.row.thread_id, text))
            questions = len(live.session.state.questions)
            live.send_to_group(GroupQuizWaits(live.row.thread_id, questions, controls_of(live.session)))


def _take_away(live: LiveClass, round_number: int, delivery: Delivery) -> None:
    """Close a poll that came when its round was over, or delete it where its answer must not show."""
    state = live.session.state
    if delivery.is_sent:
        counted = round_number <= len(state.outcomes) and state.outcomes[round_number - 1] is Outcome.COUNTED
        live.send_to_group((ClosedPoll if counted else DeletedMessage)(delivery.message_id))


def _told_group(context: Context, message: GroupReveal | GroupDiscussion, delivery: Delivery) -> None:
    """Remember which message carries the control buttons, or take them off where the quiz has gone on."""
    live = find_live_class(context, message.controls.session)
    if live is None or not delivery.is_sent or not delivery.message_id:
        return
    if not _carries_buttons(live.session.state, message):
        live.send_to_group(ClosedButtons(delivery.message_id))
        return
    older, newer = sorted((live.session.message_id or delivery.message_id, delivery.message_id))
    live.session.message_id = newer
    if older != newer:
        live.send_to_group(ClosedButtons(older))


def _carries_buttons(state: ClassState, told: GroupReveal | GroupDiscussion) -> bool:
    """Return whether a quiz still stands where it was told of a vote or of the end of a round."""
    controls = told.controls
    if isinstance(told, GroupDiscussion):
        return state.phase is Phase.DISCUSSING and (state.round, state.vote) == (controls.round, controls.vote)
    return state.phase in (Phase.REVEALED, Phase.RESTING) and state.round == controls.round


def _hold(live: LiveClass) -> None:
    if not live.session.state.arrived_at:
        live.happen(events.QuestionLost(awaited=False))


def _controls(context: Context, message: ClassControls, delivery: Delivery) -> None:
    """Remember which message carries a host's controls; what changed while they were sent is shown soon."""
    live = find_live_class(context, message.controls.session)
    if live is None or not delivery.is_sent or message.message_id is not None:
        return
    if all(host.person_id != delivery.chat_id for host in live.row.hosts.people):
        live.context.send_to_chat(delivery.chat_id, live.row.language, ClosedButtons(delivery.message_id))
    else:
        live.place_controls(delivery.chat_id, delivery.message_id)
        if class_controls(context, live.session, live.row, None) != message:
            live.note_change()
            live.schedule()


def _looked_up(context: Context, message: LookUp, delivery: Delivery) -> None:
    """Remember who administers a group; a group that does not tell has nobody."""
    group = context.unit.groups.take(message.chat_id)
    group.administrators, group.asked_at = People(delivery.people), context.now


def _checked(context: Context, message: MemberCheck, delivery: Delivery) -> None:
    """Take note of who is in a group; where Telegram does not say, somebody who votes there is taken for a member."""
    live = find_live_class(context, message.session)
    pupil = context.unit.pupils.of_person(message.session, message.person)
    if live and pupil:
        settle(live, pupil, is_member=not delivery.is_sent or message.person in delivery.people)


RECEIPTS: dict[type, Callable[[Context, Any, Delivery], None]] = {
    AskedQuestion: _asked,
    ClassQuestion: _asked_pupil,
    GroupPoll: _asked_group,
    GroupReveal: _told_group,
    GroupDiscussion: _told_group,
    ClassControls: _controls,
    LookUp: _looked_up,
    MemberCheck: _checked,
}


def lose_person(context: Context, person_id: int) -> None:
    """Let a quiz wait, and a class go on without them, where somebody cannot be reached; no time counts for them."""
    leave(context, person_id)
    person = context.unit.persons.find(person_id)
    if person is None:
        return
    person.is_private = False
    live = find_live_class(context, person.class_id) if person.class_id is not None else None
    pupil = context.unit.pupils.of_person(live.session.id, person.id) if live else None
    if live and pupil and pupil.is_here:
        live.leave(pupil)
