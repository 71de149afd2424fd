"""Opens a class over a link: choosing what it asks, its code and addresses, its controls."""

from collections.abc import Sequence
from dataclasses import replace

from bot.app import commands
from bot.app.classroom.context import find_live
from bot.app.classroom.permission import is_host
from bot.app.commands import ClassPlan
from bot.app.context import Work
from bot.app.messages import ClassOpened, ClassSetup, ClassUnderWay, Notice
from bot.app.messages.hosting import ListedClass
from bot.app.topics import topic_offers
from bot.app.withheld_questions import askable
from bot.core.classroom import begin
from bot.core.join_codes import make_code, make_secret
from bot.core.selection import choose
from bot.core.skeletons import visible_letters
from bot.store.live_classes import Host, Hosts, Room
from bot.store.persons import Person
from bot.store.sessions import ClassSession

# How many open classes one person may be the host of: each has a code, a board and screens that others can watch.
MOST_OPEN = 5
# So many lines fit into one message, with a button each (Bot API: 4,096 characters, 100 buttons). Only who is the
# co-host of many leads more.
MOST_LISTED = 20


def set_up(work: Work, command: commands.SetUpClass) -> None:
    """Offer what can be chosen for a class; who leads one already gets its controls, and is asked about another."""
    person = work.person(command.visitor)
    person.awaits = None
    if not command.plan and _show_led(work, person, afresh=command.afresh):
        return
    message_id = command.press.message_id if command.press else None
    plan = command.plan or ClassPlan()
    if not work.library.pool(plan.topic):
        plan = replace(plan, topic="")
    work.tell(person, ClassSetup(topic_offers(work), plan, message_id))


def _show_led(work: Work, person: Person, *, afresh: bool) -> bool:
    """Show somebody the classes that they lead, all in one message; return whether that answers what they asked.

    Of a single class the controls follow at once. Whoever wants another gets the list where there can be no other.
    """
    led, is_full = work.unit.rooms.hosted_by(person.id), hosts_enough(work, person.id)
    if not led or (afresh and not is_full):
        return False
    if len(led) > 1 or is_full:
        work.tell(person, _list_led(work, led, most=MOST_OPEN if is_full else 0))
        return True
    work.tell(person, ClassUnderWay())
    _give_controls(work, led[0].id, person)
    return True


def hosts_enough(work: Work, person_id: int) -> bool:
    """Return whether somebody is the host of as many open classes as one person may be; co-hosts do not count."""
    led = work.unit.rooms.hosted_by(person_id)
    return sum(room.hosts.people[0].person_id == person_id for room in led) >= MOST_OPEN


def _list_led(work: Work, led: Sequence[Room], most: int) -> ClassUnderWay:
    """Build the list of classes, the newest first; of very many the others are only counted."""
    newest = led[::-1][:MOST_LISTED]
    lines = [_listed(work, room) for room in newest]
    return ClassUnderWay(tuple(filter(None, lines)), len(led) - len(newest), most)


def _listed(work: Work, room: Room) -> ListedClass | None:
    session = work.unit.sessions.classroom(room.id)
    if session is None:
        return None
    topic = work.library.topic(session.topic)
    state = session.state
    return ListedClass(room.id, topic.title if topic else "", room.code or "", state.round, len(state.questions))


def show_controls(work: Work, command: commands.ShowControls) -> None:
    """Give who leads a class its controls in a new message."""
    person, room = work.person(command.visitor), work.unit.rooms.find(command.session)
    if room is None or room.chat_id is not None or room.ended_at:
        work.toast = "toast.stale"
    elif not is_host(room, person):
        work.toast = "toast.not_host"
    else:
        _give_controls(work, room.id, person)


def _give_controls(work: Work, session_id: int, person: Person) -> None:
    if live := find_live(work, session_id):
        live.touch()
        live.give_controls(person)
        live.schedule()


def open_class(work: Work, command: commands.OpenClass) -> None:
    """Open a class and give its link; one message opens one."""
    person = work.person(command.visitor)
    origin = f"{person.id}:{command.message_id}"
    if work.unit.sessions.started_by(origin) is not None:
        work.toast = "toast.class_begun"
        return
    if hosts_enough(work, person.id):
        work.tell(person, _list_led(work, work.unit.rooms.hosted_by(person.id), MOST_OPEN))
        return
    session = _begin(work, person, origin, command.plan)
    if session is None:
        work.tell(person, Notice("quiz.after_class"))
        return
    room = _room(work, person, session, command)
    topic = work.library.topic(session.topic)
    code = room.code or ""
    work.tell(
        person,
        ClassOpened(
            topic=topic.title if topic else "",
            plan=command.plan,
            count=len(session.state.questions),
            code=code,
            link=work.links.join(code),
            board=work.links.board(room.key),
            message_id=command.press.message_id if command.press else None,
        ),
    )
    _give_controls(work, session.id, person)


def _begin(work: Work, person: Person, origin: str, plan: ClassPlan) -> ClassSession | None:
    """Choose the questions; a class has no history of its own, so chance decides. Return None where there are none.

    Whoever leads a class sees every answer, so what another class withholds from them is not in it.
    """
    topic = plan.topic if work.library.pool(plan.topic) else ""
    pool = askable(work, person, work.library.pool(topic))
    if not pool:
        return None
    questions = choose(pool, {}, plan.count, f"{origin}:{work.now.isoformat()}")
    state = begin(questions, work.now, seconds=plan.seconds, bonus=plan.bonus, together=False)
    return work.unit.sessions.add(person.id, origin, topic, state, work.now)


def _room(work: Work, person: Person, session: ClassSession, command: commands.OpenClass) -> Room:
    return work.unit.rooms.add(
        id=session.id,
        code=_free_code(work),
        key=make_secret(work.dice),
        invitation=make_secret(work.dice),
        language=person.language,
        asks_names=command.plan.asks_names,
        hosts=Hosts((Host(person.id, name=visible_letters(command.visitor.full_name)),)),
    )


def _free_code(work: Work) -> str:
    code = make_code(work.dice)
    while work.unit.rooms.by_code(code):
        code = make_code(work.dice)
    return code
