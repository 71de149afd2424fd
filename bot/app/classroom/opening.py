"""Opening of a class over a link: its questions, code, addresses and controls."""

from collections.abc import Sequence
from dataclasses import replace

from bot.app import commands
from bot.app.classroom.context import find_class
from bot.app.classroom.permission import is_host
from bot.app.commands import ClassPlan
from bot.app.context import Context
from bot.app.messages import ClassOpened, ClassSetup, ClassUnderWay, Notice
from bot.app.messages.hosting import ListedClass
from bot.app.topics import topic_offers
from bot.app.withheld_questions import askable
from bot.core.classroom import begin
from bot.core.join_codes import make_code, make_secret
from bot.core.selection import choose
from bot.core.skeletons import visible_letters
from bot.store.live_classes import Host, Hosts, LiveClassRow
from bot.store.persons import Person
from bot.store.sessions import ClassSession

# How many open classes one person may host: each has a code, and a board that others can watch.
MAX_OPEN = 5
# This many lines fit into one message, with a button each (Bot API: 4,096 characters, 100 buttons). Only a co-host of
# many classes leads more.
MAX_LISTED = 20


def set_up(context: Context, command: commands.SetUpClass) -> None:
    """Offer the choices for a class; a person who leads one already gets its controls and can ask for another."""
    person = context.person(command.visitor)
    person.expected_text = None
    if not command.plan and _show_led(context, person, afresh=command.afresh):
        return
    message_id = command.press.message_id if command.press else None
    plan = command.plan or ClassPlan()
    if not context.library.pool(plan.topic):
        plan = replace(plan, topic="")
    context.send(person, ClassSetup(topic_offers(context), plan, message_id))


def _show_led(context: Context, person: Person, *, afresh: bool) -> bool:
    """Show a person the classes that they lead, in one message; return whether that answers the request.

    If it is a single class, its controls follow at once. With ``afresh`` the list is shown only if the person cannot
    open another class.
    """
    led, is_full = context.unit.live_classes.hosted_by(person.id), hosts_maximum(context, person.id)
    if not led or (afresh and not is_full):
        return False
    if len(led) > 1 or is_full:
        context.send(person, _list_led(context, led, most=MAX_OPEN if is_full else 0))
        return True
    context.send(person, ClassUnderWay())
    _give_controls(context, led[0].id, person)
    return True


def hosts_maximum(context: Context, person_id: int) -> bool:
    """Return whether a person hosts MAX_OPEN open classes; those of which they are a co-host do not count."""
    led = context.unit.live_classes.hosted_by(person_id)
    return sum(row.hosts.people[0].person_id == person_id for row in led) >= MAX_OPEN


def _list_led(context: Context, led: Sequence[LiveClassRow], most: int) -> ClassUnderWay:
    """Build the list of classes, the newest first; count those beyond MAX_LISTED."""
    newest = led[::-1][:MAX_LISTED]
    lines = [_listed(context, row) for row in newest]
    return ClassUnderWay(tuple(filter(None, lines)), len(led) - len(newest), most)


def _listed(context: Context, row: LiveClassRow) -> ListedClass | None:
    session = context.unit.sessions.find_class(row.id)
    if session is None:
        return None
    topic = context.library.topic(session.topic)
    state = session.state
    return ListedClass(row.id, topic.title if topic else "", row.code or "", state.round, len(state.questions))


def show_controls(context: Context, command: commands.ShowControls) -> None:
    """Send a host the controls of a class in a new message."""
    person, row = context.person(command.visitor), context.unit.live_classes.find(command.session)
    if row is None or row.chat_id is not None or row.ended_at:
        context.toast = "toast.stale"
    elif not is_host(row, person):
        context.toast = "toast.not_host"
    else:
        _give_controls(context, row.id, person)


def _give_controls(context: Context, session_id: int, person: Person) -> None:
    if live := find_class(context, session_id):
        live.touch()
        live.send_controls(person)
        live.schedule()


def open_class(context: Context, command: commands.OpenClass) -> None:
    """Open a class and send its link; each message with choices opens at most one."""
    person = context.person(command.visitor)
    origin = f"{person.id}:{command.message_id}"
    if context.unit.sessions.started_by(origin) is not None:
        context.toast = "toast.class_begun"
        return
    if hosts_maximum(context, person.id):
        context.send(person, _list_led(context, context.unit.live_classes.hosted_by(person.id), MAX_OPEN))
        return
    session = _begin(context, person, origin, command.plan)
    if session is None:
        context.send(person, Notice("quiz.after_class"))
        return
    row = _add_row(context, person, session, command)
    topic = context.library.topic(session.topic)
    code = row.code or ""
    context.send(
        person,
        ClassOpened(
            topic=topic.title if topic else "",
            plan=command.plan,
            count=len(session.state.questions),
            code=code,
            link=context.links.join(code),
            board=context.links.board(row.key),
            message_id=command.press.message_id if command.press else None,
        ),
    )
    _give_controls(context, session.id, person)


def _begin(context: Context, person: Person, origin: str, plan: ClassPlan) -> ClassSession | None:
    """Choose random questions and add the session; a class has no history. Return None if there are no questions.

    A host sees every answer, so questions that another class withholds from the host are not chosen.
    """
    topic = plan.topic if context.library.pool(plan.topic) else ""
    pool = askable(context, person, context.library.pool(topic))
    if not pool:
        return None
    questions = choose(pool, {}, plan.count, f"{origin}:{context.now.isoformat()}")
    state = begin(questions, context.now, seconds=plan.seconds, bonus=plan.bonus, together=False)
    return context.unit.sessions.add(person.id, origin, topic, state, context.now)


def _add_row(context: Context, person: Person, session: ClassSession, command: commands.OpenClass) -> LiveClassRow:
    return context.unit.live_classes.add(
        id=session.id,
        code=_free_code(context),
        key=make_secret(context.rng),
        invitation=make_secret(context.rng),
        language=person.language,
        asks_names=command.plan.asks_names,
        hosts=Hosts((Host(person.id, name=visible_letters(command.visitor.full_name)),)),
    )


def _free_code(context: Context) -> str:
    code = make_code(context.rng)
    while context.unit.live_classes.by_code(code):
        code = make_code(context.rng)
    return code
