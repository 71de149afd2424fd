"""Names of pupils: a nickname that everybody sees, and the real name if the teacher asks for it."""

from dataclasses import replace
from functools import cache

from bot.app import commands
from bot.app.classroom.live_class import LiveClass, find_live_class
from bot.app.classroom.seating import seat_pupil
from bot.app.context import Context
from bot.app.messages import ClosedButtons, NicknameWanted, Notice, RealNameWanted
from bot.app.messages.classroom import NicknameFault
from bot.core import nicknames
from bot.core.classroom import Phase
from bot.core.reserved_names import ReservedNames, read_reserved
from bot.i18n import LANGUAGES
from bot.store.persons import Person
from bot.store.pupils import Pupil

MAX_NAME_LENGTH = 60


def ask_nickname(live: LiveClass, person: Person, fault: NicknameFault) -> None:
    """Ask a person who joins for a nickname; ``fault`` is why the last one was refused."""
    offer = _offer(live, person)
    # The offer is stored with the person, so that a press accepts exactly the nickname on the button.
    person.expected_text = f"nickname:{live.session.id}:{offer}"
    live.context.send(person, NicknameWanted(live.session.id, offer, fault, live.row.asks_names))


def _offer(live: LiveClass, person: Person) -> str:
    """Return a free nickname to offer: a neutral word, because the person's Telegram name would identify them."""
    words = LANGUAGES[person.language].plain("seat.offers").split()
    return nicknames.suggest(words, f"{live.session.id}:{person.id}", live.context.banned_words, _taken(live))


@cache
def _reserved_words() -> ReservedNames:
    """Return the words for teachers and hosts in all languages, since the pupils of a class may speak several."""
    return read_reserved(texts.plain("seat.roles") for texts in LANGUAGES.values())


def _reserved(live: LiveClass) -> ReservedNames:
    """Return the names that no pupil of a class may use: words for hosts, and the names of its hosts."""
    return replace(_reserved_words(), leaders=tuple(host.name for host in live.row.hosts.people))


def _taken(live: LiveClass, *, exclude: Pupil | None = None) -> list[str]:
    names = live.context.unit.pupils.nicknames(live.session.id)
    return [name for number, name in names.items() if exclude is None or number != exclude.id]


def take_nickname(context: Context, command: commands.TakeNickname) -> None:
    """Handle a press that accepts the offered nickname; number it if it was taken meanwhile."""
    person = context.person(command.visitor)
    live = _find_class_to_join(context, person, command.session)
    sort, _, about = (person.expected_text or "").partition(":")
    offered = (about.partition(":")[2] or _offer(live, person)) if live and sort == "nickname" else ""
    if command.press:
        context.send(person, ClosedButtons(command.press.message_id))
    if live is None or not offered:
        session = context.unit.sessions.find_class(command.session)
        is_over = session is None or session.state.phase is Phase.FINISHED
        context.toast = "toast.stale" if is_over else "toast.named"
        return
    _accept_nickname(live, person, nicknames.make_unique(offered, _taken(live)))


def choose_nickname(context: Context, person: Person, session_id: int, text: str) -> None:
    """Handle a text as a nickname; if it is refused, ask again and say why."""
    live = _find_class_to_join(context, person, session_id)
    if live is None:
        _send_class_over(context, person)
    elif fault := nicknames.fault_in(text, context.banned_words, _taken(live), _reserved(live)):
        ask_nickname(live, person, fault)
    else:
        _accept_nickname(live, person, nicknames.clean(text))


def _find_class_to_join(context: Context, person: Person, session_id: int) -> LiveClass | None:
    """Return the class that a person is about to join; None if it has ended or the person left it."""
    live = find_live_class(context, session_id)
    has_ended = live is None or live.session.state.phase is Phase.FINISHED or person.class_id != session_id
    return None if has_ended or person.expected_text is None else live


def _send_class_over(context: Context, person: Person) -> None:
    person.expected_text = None
    context.send(person, Notice("class.over"))


def _accept_nickname(live: LiveClass, person: Person, nickname: str) -> None:
    """Continue with an accepted nickname: ask for the real name, or seat the pupil."""
    if live.row.asks_names:
        # The seat is taken when both names are known; until then the nickname is stored with the person.
        person.expected_text = f"name:{live.session.id}:{nickname}"
        live.context.send(person, RealNameWanted(fault=False))
    else:
        seat_pupil(live, person, nickname)


def choose_name(context: Context, person: Person, session_id: int, nickname: str, text: str) -> None:
    """Handle a text as the real name, and seat the pupil; number the nickname if it was taken meanwhile."""
    live, name = _find_class_to_join(context, person, session_id), nicknames.clean_name(text)
    pupil = context.unit.pupils.of_person(session_id, person.id)
    if live is None or pupil is None:
        _send_class_over(context, person)
    elif not 0 < len(name) <= MAX_NAME_LENGTH or not any(map(str.isalpha, name)):
        context.send(person, RealNameWanted(fault=True))
    else:
        pupil.real_name = name
        seat_pupil(live, person, nicknames.make_unique(nickname, _taken(live)))


def rename(live: LiveClass, pupil: Pupil, text: str) -> NicknameFault:
    """Rename a pupil if the text can be a nickname; otherwise return what is wrong with it.

    A host may choose any nickname without banned words that no other pupil has, even a reserved one.
    """
    fault = nicknames.fault_in(text, live.context.banned_words, _taken(live, exclude=pupil))
    if not fault:
        pupil.nickname = nicknames.clean(text)
        live.row.revision += 1
        live.refresh_controls()
        live.schedule()
    return fault
