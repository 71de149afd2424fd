"""Handlers of a live quiz in a group: choose, begin, pause, allow leaders, and changes of the group itself."""

from dataclasses import replace

from bot.app import commands
from bot.app.classroom.live_class import LiveClass, find_live_class
from bot.app.classroom.membership import is_checked
from bot.app.classroom.permission import administers, knows_administrators, may_lead_in
from bot.app.classroom.presenter import controls_of
from bot.app.commands import ClassPlan, Spot
from bot.app.context import Context
from bot.app.display_names import name_alone
from bot.app.library import prompt_of
from bot.app.messages import BoardOffered, GroupChosen, GroupNotice, GroupQuizWaits, GroupSetup, Message, TopicOffer
from bot.app.withheld_questions import askable
from bot.core import events
from bot.core.classroom import Phase, begin
from bot.core.join_codes import make_secret
from bot.core.prompt import WrittenPrompt
from bot.core.question import Question
from bot.core.selection import choose
from bot.i18n import nearest_language
from bot.store.groups import People
from bot.store.live_classes import Host, Hosts
from bot.store.persons import Person


def set_up(context: Context, command: commands.SetUpGroupQuiz) -> None:
    """Offer topics, a number of questions and a time limit; if a quiz is under way, show its controls instead."""
    person, spot = context.person(command.visitor), command.spot
    if not _check_leader(context, person, command, spot) or _show_if_running(context, spot):
        return
    if not knows_administrators(context, spot, person):
        return
    plan = command.plan or ClassPlan()
    if plan.topic and not _pool(context, plan.topic):
        _reply(context, spot, person, GroupNotice(spot.thread_id, "quiz.no_such_topic"))
        plan = replace(plan, topic="")
    if not _pool(context, ""):
        _reply(context, spot, person, GroupNotice(spot.thread_id, "group.no_questions"))
        return
    message_id = command.press.message_id if command.press else None
    unchecked = not is_checked(context, context.unit.groups.find(spot.chat_id))
    _reply(context, spot, person, GroupSetup(spot.thread_id, _topic_offers(context), plan, message_id, unchecked))


def refuse_channel(context: Context, command: commands.CallAsChannel) -> None:
    """Reply how to ask for a quiz, if a message sent in the name of a channel asks: it names no person."""
    spot = command.spot
    last = context.unit.live_classes.last_in(spot.chat_id)
    notice = GroupNotice(spot.thread_id, "group.as_channel", reply_to=command.message_id)
    context.send_to_chat(spot.chat_id, last.language if last else nearest_language(command.visitor.language), notice)


def _check_leader(context: Context, person: Person, command: commands.Command, spot: Spot) -> bool:
    """Return whether a person may lead here; if not, reply so, unless the update is deferred to ask Telegram first."""
    # A button is always pressed by a person; only a message can be sent in the group's name.
    if may_lead_in(context, replace(spot, anonymous=False) if command.press else spot, person):
        return True
    if command.press:
        context.toast = "toast.not_leader"
    elif not context.deferred:
        _reply(context, spot, person, GroupNotice(spot.thread_id, "group.not_leader"))
    return False


def _reply(context: Context, spot: Spot, person: Person, message: Message) -> None:
    """Reply in the group, in the person's language; for an anonymous administrator in that of the last quiz there."""
    last = context.unit.live_classes.last_in(spot.chat_id) if spot.anonymous else None
    context.send_to_chat(spot.chat_id, last.language if last else person.language, message)


def _show_if_running(context: Context, spot: Spot) -> bool:
    """Show the controls of the quiz that is under way here, if any; return whether there is one."""
    live = _find_running(context, spot)
    if live:
        _show_controls(live)
    return live is not None


def _find_running(context: Context, spot: Spot) -> LiveClass | None:
    row = context.unit.live_classes.open_in(spot.chat_id, spot.thread_id)
    return find_live_class(context, row.id) if row else None


def _show_controls(live: LiveClass) -> None:
    of, thread_id = len(live.session.state.questions), live.row.thread_id
    live.send_to_group(GroupQuizWaits(thread_id, of, controls_of(live.session)))


def _pool(context: Context, topic: str) -> tuple[Question, ...]:
    """Return the questions of a topic, or of all, that can be asked by a poll."""
    return tuple(one for one in context.library.pool(topic) if not isinstance(prompt_of(one, 0, 0), WrittenPrompt))


def _topic_offers(context: Context) -> tuple[TopicOffer, ...]:
    pools = ((topic, _pool(context, topic.id)) for topic in context.library.bank.topics)
    return tuple(TopicOffer(topic.id, topic.title, len(pool)) for topic, pool in pools if pool)


def begin_quiz(context: Context, command: commands.BeginGroupQuiz) -> None:
    """Begin a quiz, at most one for each message; if one is under way, show its controls instead."""
    person, spot = context.person(command.visitor), command.spot
    if not _check_leader(context, person, command, spot):
        return
    origin = f"{spot.chat_id}:{command.message_id}"
    if context.unit.sessions.started_by(origin) is not None:
        context.toast = "toast.begun"
        return
    if not knows_administrators(context, spot, person):
        return
    pool = _pool(context, command.plan.topic)
    free = askable(context, person, pool)
    if not pool:
        context.toast = "toast.stale"
    elif not free:
        _reply(context, spot, person, GroupNotice(spot.thread_id, "group.after_class"))
    elif not _show_if_running(context, spot):
        _begin(
            context,
            command,
            person,
            origin,
            choose(free, {}, command.plan.count, f"{origin}:{context.now.isoformat()}"),
        )


def _begin(
    context: Context, command: commands.BeginGroupQuiz, person: Person, origin: str, questions: tuple[str, ...]
) -> None:
    spot, plan = command.spot, command.plan
    topic = context.library.topic(plan.topic)
    chosen = GroupChosen(command.message_id, topic.title if topic else "", plan, len(questions))
    _reply(context, spot, person, chosen)
    state = begin(questions, context.now, seconds=plan.seconds, bonus=plan.bonus, together=True)
    session = context.unit.sessions.add(person.id, origin, plan.topic, state, context.now)
    row = context.unit.live_classes.add(
        id=session.id,
        key=make_secret(context.rng),
        invitation=make_secret(context.rng),
        chat_id=spot.chat_id,
        thread_id=spot.thread_id,
        language=person.language,
        asks_names=False,
        hosts=Hosts((Host(person.id),)),
    )
    if person.is_private and (link := context.links.board(row.key)):
        context.send(person, BoardOffered(link))
    LiveClass(context, session, row).apply(events.Started())


def pause(context: Context, command: commands.PauseGroupQuiz) -> None:
    """Pause the quiz of this group or forum topic; its controls offer to resume it."""
    person, spot = context.person(command.visitor), command.spot
    if not _check_leader(context, person, command, spot):
        return
    live = _find_running(context, spot)
    if live is None:
        _reply(context, spot, person, GroupNotice(spot.thread_id, "group.none"))
        return
    _pause(live)
    _show_controls(live)


def _pause(live: LiveClass) -> None:
    if live.session.state.phase in (Phase.ASKING, Phase.REVEALED):
        live.apply(events.Paused())


def allow(context: Context, command: commands.AllowLeader) -> None:
    """Allow a person to lead quizzes in this group, or withdraw that; only administrators may decide it."""
    person, spot = context.person(command.visitor), command.spot
    if not administers(context, spot, person):
        if not context.deferred:
            _reply(context, spot, person, GroupNotice(spot.thread_id, "group.only_administrators"))
        return
    if command.person is None:
        _reply(context, spot, person, GroupNotice(spot.thread_id, "group.allow_how"))
        return
    group = context.unit.groups.take(spot.chat_id)
    others = tuple(one for one in group.allowed.ids if one != command.person)
    is_allowed = len(others) < len(group.allowed.ids)
    group.allowed = People(others if is_allowed else (*others, command.person))
    text = "group.disallowed" if is_allowed else "group.allowed"
    _reply(context, spot, person, GroupNotice(spot.thread_id, text, name_alone(command.name, person.language)))


def enter(context: Context, command: commands.EnterGroup) -> None:
    """Greet a group that added the bot, or show the controls of its quizzes; pause them if it removed the bot."""
    language = context.person(command.visitor).language
    _record_role(context, command.spot.chat_id, administers=command.administers)
    rows = context.unit.live_classes.all_open_in(command.spot.chat_id)
    for live in filter(None, (find_live_class(context, row.id) for row in rows)):
        if command.inside:
            _show_controls(live)
        else:
            _pause(live)
    if command.inside and not rows:
        context.send_to_chat(command.spot.chat_id, language, GroupNotice(None, "group.hello"))


def change_role(context: Context, command: commands.ChangeRole) -> None:
    """Record whether the bot is an administrator of a group."""
    _record_role(context, command.spot.chat_id, administers=command.administers)


def _record_role(context: Context, chat_id: int, *, administers: bool) -> None:
    group = context.unit.groups.take(chat_id)
    others = tuple(one for one in group.administrators.ids if one != context.bot_id)
    group.administrators = People((*others, context.bot_id) if administers else others)


def migrate(context: Context, command: commands.MigrateGroup) -> None:
    """Move the quizzes of a group to the supergroup that it became."""
    apply_group_migration(context, command.old, command.new)


def apply_group_migration(context: Context, old_id: int, new_id: int) -> None:
    """Move a group's quizzes and permissions to its new chat id; safe to repeat, since Telegram may report it twice."""
    for row in context.unit.live_classes.all_open_in(old_id):
        row.chat_id = new_id
        if live := find_live_class(context, row.id):
            live.resend_to_group()
    old, new = context.unit.groups.take(old_id), context.unit.groups.take(new_id)
    new.allowed = People(tuple(dict.fromkeys((*new.allowed.ids, *old.allowed.ids))))
    old.allowed = People()
    if new.asked_at is None:
        # New voters are checked against the old administrators until Telegram returns those of the supergroup.
        new.administrators, new.asked_at = old.administrators, old.asked_at
