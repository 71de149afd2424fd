"""A live quiz in a group: choosing it, starting it, pausing it, who may lead it, and what becomes of the group."""

from dataclasses import replace

from bot.app import commands
from bot.app.classroom.live_class import ClassRounds, find_rounds
from bot.app.classroom.membership import is_checked
from bot.app.classroom.permission import administers, knows_administrators, may_lead_in
from bot.app.classroom.presenter import controls_of
from bot.app.commands import ClassPlan, Spot
from bot.app.context import Work
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


def set_up(work: Work, command: commands.SetUpGroupQuiz) -> None:
    """Offer topics, a number and a pace; where a quiz is under way already, show its controls instead."""
    person, spot = work.person(command.visitor), command.spot
    if not _leads(work, person, command, spot) or _shows_running(work, spot):
        return
    if not knows_administrators(work, spot, person):
        return
    plan = command.plan or ClassPlan()
    if plan.topic and not _pool(work, plan.topic):
        _say(work, spot, person, GroupNotice(spot.thread_id, "quiz.no_such_topic"))
        plan = replace(plan, topic="")
    if not _pool(work, ""):
        _say(work, spot, person, GroupNotice(spot.thread_id, "group.no_questions"))
        return
    message_id = command.press.message_id if command.press else None
    unchecked = not is_checked(work, work.unit.groups.find(spot.chat_id))
    _say(work, spot, person, GroupSetup(spot.thread_id, _offers(work), plan, message_id, unchecked))


def refuse_channel(work: Work, command: commands.CallAsChannel) -> None:
    """Reply to somebody who asks for a quiz as a channel, which names no person, how to ask for one."""
    spot = command.spot
    last = work.unit.rooms.last_in(spot.chat_id)
    notice = GroupNotice(spot.thread_id, "group.as_channel", reply_to=command.message_id)
    work.post(spot.chat_id, last.language if last else nearest_language(command.visitor.language), notice)


def _leads(work: Work, person: Person, command: commands.Command, spot: Spot) -> bool:
    """Say whether a person may lead here; one who may not is told, unless Telegram must be asked first."""
    # Buttons are pressed by persons; only who writes may speak in the group's name.
    if may_lead_in(work, replace(spot, anonymous=False) if command.press else spot, person):
        return True
    if command.press:
        work.toast = "toast.not_leader"
    elif not work.parked:
        _say(work, spot, person, GroupNotice(spot.thread_id, "group.not_leader"))
    return False


def _say(work: Work, spot: Spot, person: Person, message: Message) -> None:
    """Answer in the group, in the language of who asked; where that is nobody known, in that of the last quiz there."""
    last = work.unit.rooms.last_in(spot.chat_id) if spot.anonymous else None
    work.post(spot.chat_id, last.language if last else person.language, message)


def _shows_running(work: Work, spot: Spot) -> bool:
    """Say whether a quiz is under way here, and if so, show its controls again."""
    rounds = _running(work, spot)
    if rounds:
        _show(rounds)
    return rounds is not None


def _running(work: Work, spot: Spot) -> ClassRounds | None:
    room = work.unit.rooms.open_in(spot.chat_id, spot.thread_id)
    return find_rounds(work, room.id) if room else None


def _show(rounds: ClassRounds) -> None:
    of, thread_id = len(rounds.session.state.questions), rounds.room.thread_id
    rounds.tell_group(GroupQuizWaits(thread_id, of, controls_of(rounds.session)))


def _pool(work: Work, topic: str) -> tuple[Question, ...]:
    """Give the questions of a topic, or of all, that a poll can put."""
    return tuple(one for one in work.library.pool(topic) if not isinstance(prompt_of(one, 0, 0), WrittenPrompt))


def _offers(work: Work) -> tuple[TopicOffer, ...]:
    pools = ((topic, _pool(work, topic.id)) for topic in work.library.bank.topics)
    return tuple(TopicOffer(topic.id, topic.title, len(pool)) for topic, pool in pools if pool)


def begin_quiz(work: Work, command: commands.BeginGroupQuiz) -> None:
    """Start a quiz; one message starts one, and where one is under way, its controls are shown instead."""
    person, spot = work.person(command.visitor), command.spot
    if not _leads(work, person, command, spot):
        return
    origin = f"{spot.chat_id}:{command.message_id}"
    if work.unit.sessions.started_by(origin) is not None:
        work.toast = "toast.begun"
        return
    if not knows_administrators(work, spot, person):
        return
    pool = _pool(work, command.plan.topic)
    free = askable(work, person, pool)
    if not pool:
        work.toast = "toast.stale"
    elif not free:
        _say(work, spot, person, GroupNotice(spot.thread_id, "group.after_class"))
    elif not _shows_running(work, spot):
        _begin(work, command, person, origin, choose(free, {}, command.plan.count, f"{origin}:{work.now.isoformat()}"))


def _begin(
    work: Work, command: commands.BeginGroupQuiz, person: Person, origin: str, questions: tuple[str, ...]
) -> None:
    spot, plan = command.spot, command.plan
    topic = work.library.topic(plan.topic)
    chosen = GroupChosen(command.message_id, topic.title if topic else "", plan, len(questions))
    _say(work, spot, person, chosen)
    state = begin(questions, work.now, seconds=plan.seconds, bonus=plan.bonus, together=True)
    session = work.unit.sessions.add(person.id, origin, plan.topic, state, work.now)
    room = work.unit.rooms.add(
        id=session.id,
        key=make_secret(work.dice),
        invitation=make_secret(work.dice),
        chat_id=spot.chat_id,
        thread_id=spot.thread_id,
        language=person.language,
        asks_names=False,
        hosts=Hosts((Host(person.id),)),
    )
    if person.is_private and (link := work.links.board(room.key)):
        work.tell(person, BoardOffered(link))
    ClassRounds(work, session, room).happen(events.Started())


def pause(work: Work, command: commands.PauseGroupQuiz) -> None:
    """Let the quiz of this group, or of this topic of it, wait; its controls say how to go on."""
    person, spot = work.person(command.visitor), command.spot
    if not _leads(work, person, command, spot):
        return
    rounds = _running(work, spot)
    if rounds is None:
        _say(work, spot, person, GroupNotice(spot.thread_id, "group.none"))
        return
    _pause(rounds)
    _show(rounds)


def _pause(rounds: ClassRounds) -> None:
    if rounds.session.state.phase in (Phase.ASKING, Phase.REVEALED):
        rounds.happen(events.Stopped())


def allow(work: Work, command: commands.AllowLeader) -> None:
    """Let somebody lead quizzes in this group, or no longer; administrators alone decide that."""
    person, spot = work.person(command.visitor), command.spot
    if not administers(work, spot, person):
        if not work.parked:
            _say(work, spot, person, GroupNotice(spot.thread_id, "group.only_administrators"))
        return
    if command.person is None:
        _say(work, spot, person, GroupNotice(spot.thread_id, "group.allow_how"))
        return
    group = work.unit.groups.take(spot.chat_id)
    others = tuple(one for one in group.allowed.ids if one != command.person)
    is_allowed = len(others) < len(group.allowed.ids)
    group.allowed = People(others if is_allowed else (*others, command.person))
    text = "group.disallowed" if is_allowed else "group.allowed"
    _say(work, spot, person, GroupNotice(spot.thread_id, text, name_alone(command.name, person.language)))


def enter(work: Work, command: commands.EnterGroup) -> None:
    """Greet a group that lets the bot in, or show what waits there; let a quiz wait whose group put the bot out."""
    language = work.person(command.visitor).language
    _note_role(work, command.spot.chat_id, administers=command.administers)
    rooms = work.unit.rooms.all_open_in(command.spot.chat_id)
    for rounds in filter(None, (find_rounds(work, room.id) for room in rooms)):
        if command.inside:
            _show(rounds)
        else:
            _pause(rounds)
    if command.inside and not rooms:
        work.post(command.spot.chat_id, language, GroupNotice(None, "group.hello"))


def change_role(work: Work, command: commands.ChangeRole) -> None:
    """Note that the bot administers a group from now on, or no longer."""
    _note_role(work, command.spot.chat_id, administers=command.administers)


def _note_role(work: Work, chat_id: int, *, administers: bool) -> None:
    group = work.unit.groups.take(chat_id)
    others = tuple(one for one in group.administrators.ids if one != work.bot_id)
    group.administrators = People((*others, work.bot_id) if administers else others)


def migrate(work: Work, command: commands.MigrateGroup) -> None:
    """Go on in the supergroup that a group became."""
    move_group(work, command.old, command.new)


def move_group(work: Work, old_id: int, new_id: int) -> None:
    """Go on in another chat; Telegram may tell of it more than once, and before or after a message met it."""
    for room in work.unit.rooms.all_open_in(old_id):
        room.chat_id = new_id
        if rounds := find_rounds(work, room.id):
            rounds.put_anew()
    old, new = work.unit.groups.take(old_id), work.unit.groups.take(new_id)
    new.allowed = People(tuple(dict.fromkeys((*new.allowed.ids, *old.allowed.ids))))
    old.allowed = People()
    if new.asked_at is None:
        # Who is new in the quiz is checked as before, until Telegram tells of the supergroup.
        new.administrators, new.asked_at = old.administrators, old.asked_at
