"""Names of the pupils of a class: a nickname that everybody sees, and the real name where the teacher wants it."""

from dataclasses import replace
from functools import cache

from bot.app import commands
from bot.app.classroom.live_class import ClassRounds, find_rounds
from bot.app.classroom.seating import sit
from bot.app.context import Work
from bot.app.messages import ClosedButtons, NicknameWanted, Notice, RealNameWanted
from bot.app.messages.classroom import NicknameFault
from bot.core import nicknames
from bot.core.classroom import Phase
from bot.core.reserved_names import ReservedNames, read_reserved
from bot.i18n import LANGUAGES
from bot.store.persons import Person
from bot.store.pupils import Pupil

LONGEST_NAME = 60


def ask_nickname(rounds: ClassRounds, person: Person, fault: NicknameFault) -> None:
    """Take the next text of somebody who joins for a nickname; ``fault`` is why the last one was refused."""
    offer = _offer(rounds, person)
    # What is offered waits with the person, so that a press takes what the button says.
    person.awaits = f"nickname:{rounds.session.id}:{offer}"
    rounds.work.tell(person, NicknameWanted(rounds.session.id, offer, fault, rounds.room.asks_names))


def _offer(rounds: ClassRounds, person: Person) -> str:
    """Return a word as a nickname that is free, which says nothing about the person: no name that Telegram knows."""
    words = LANGUAGES[person.language].plain("seat.offers").split()
    return nicknames.suggest(words, f"{rounds.session.id}:{person.id}", rounds.work.refused, _taken(rounds))


@cache
def _reserved_words() -> ReservedNames:
    """Return the words for those who lead a class, of all languages: a class may speak several."""
    return read_reserved(texts.plain("seat.roles") for texts in LANGUAGES.values())


def _reserved(rounds: ClassRounds) -> ReservedNames:
    """Return what no pupil of a class may be called: as those who lead it are."""
    return replace(_reserved_words(), leaders=tuple(host.name for host in rounds.room.hosts.people))


def _taken(rounds: ClassRounds, *, but: Pupil | None = None) -> list[str]:
    names = rounds.work.unit.pupils.nicknames(rounds.session.id)
    return [name for number, name in names.items() if but is None or number != but.id]


def take_nickname(work: Work, command: commands.TakeNickname) -> None:
    """Take the nickname that was offered, or the next that is free."""
    person = work.person(command.visitor)
    rounds = _awaiting(work, person, command.session)
    sort, _, about = (person.awaits or "").partition(":")
    offered = (about.partition(":")[2] or _offer(rounds, person)) if rounds and sort == "nickname" else ""
    if command.press:
        work.tell(person, ClosedButtons(command.press.message_id))
    if rounds is None or not offered:
        session = work.unit.sessions.classroom(command.session)
        is_over = session is None or session.state.phase is Phase.FINISHED
        work.toast = "toast.stale" if is_over else "toast.named"
        return
    _call(rounds, person, nicknames.make_unique(offered, _taken(rounds)))


def choose_nickname(work: Work, person: Person, session_id: int, text: str) -> None:
    """Take a text for a nickname, or say kindly why not."""
    rounds = _awaiting(work, person, session_id)
    if rounds is None:
        _miss(work, person)
    elif fault := nicknames.fault_in(text, work.refused, _taken(rounds), _reserved(rounds)):
        ask_nickname(rounds, person, fault)
    else:
        _call(rounds, person, nicknames.clean(text))


def _awaiting(work: Work, person: Person, session_id: int) -> ClassRounds | None:
    """Give the class that somebody is about to join; None where that is over."""
    rounds = find_rounds(work, session_id)
    over = rounds is None or rounds.session.state.phase is Phase.FINISHED or person.class_id != session_id
    return None if over or person.awaits is None else rounds


def _miss(work: Work, person: Person) -> None:
    person.awaits = None
    work.tell(person, Notice("class.over"))


def _call(rounds: ClassRounds, person: Person, nickname: str) -> None:
    """Go on with a nickname: ask for the real name, or give the seat."""
    if rounds.room.asks_names:
        # Nobody sits there before both names are known, so the nickname waits with the person.
        person.awaits = f"name:{rounds.session.id}:{nickname}"
        rounds.work.tell(person, RealNameWanted(fault=False))
    else:
        sit(rounds, person, nickname)


def choose_name(work: Work, person: Person, session_id: int, nickname: str, text: str) -> None:
    """Take a text for the real name, and give the seat; the nickname, if it was taken meanwhile, gets a number."""
    rounds, name = _awaiting(work, person, session_id), nicknames.clean_name(text)
    pupil = work.unit.pupils.of_person(session_id, person.id)
    if rounds is None or pupil is None:
        _miss(work, person)
    elif not 0 < len(name) <= LONGEST_NAME or not any(map(str.isalpha, name)):
        work.tell(person, RealNameWanted(fault=True))
    else:
        pupil.real_name = name
        sit(rounds, person, nicknames.make_unique(nickname, _taken(rounds)))


def rename(rounds: ClassRounds, pupil: Pupil, text: str) -> NicknameFault:
    """Rename a pupil if the text can be a nickname; return what is wrong with it otherwise.

    Who leads the class may call a pupil what they like, but not as another pupil is called.
    """
    fault = nicknames.fault_in(text, rounds.work.refused, _taken(rounds, but=pupil))
    if not fault:
        pupil.nickname = nicknames.clean(text)
        rounds.room.revision += 1
        rounds.note_change()
        rounds.schedule()
    return fault
