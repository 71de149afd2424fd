"""What who leads a class over a link does about its pupils: sees them, gives time, renames, puts out, lets back in."""

from bot.app import commands
from bot.app.classroom import naming
from bot.app.classroom.hosting import led_class
from bot.app.classroom.live_class import ClassRounds
from bot.app.context import Work
from bot.app.messages import NicknameChanged, Notice, PupilCard, PupilLine, PupilList
from bot.app.messages.classroom import NicknameFault
from bot.app.messages.hosting import Presence
from bot.core import seat as seats
from bot.store.persons import Person
from bot.store.pupils import Pupil

# Two buttons a row: as many as a phone shows without much scrolling (Bot API allows 100).
PAGE = 20


def show_pupils(work: Work, command: commands.ShowPupils) -> None:
    """Show one page of who is in the class, in the order of the alphabet."""
    person = work.person(command.visitor)
    rounds = led_class(work, person, command.session)
    if rounds is None:
        return
    person.awaits = None
    named = [pupil for pupil in rounds.everybody if pupil.nickname]
    named.sort(key=lambda pupil: (pupil.nickname.casefold(), pupil.id))
    pages = max(-(-len(named) // PAGE), 1)
    page = min(command.page or 0, pages - 1)
    listed = named[page * PAGE : (page + 1) * PAGE]
    names = rounds.names(listed, person.language)
    shown = tuple(PupilLine(pupil.id, names[pupil.id], pupil.real_name, _presence(pupil)) for pupil in listed)
    message_id = command.press.message_id if command.press and command.page is not None else None
    work.tell(person, PupilList(command.session, page, pages, shown, message_id))


def _led_pupil(
    work: Work,
    command: commands.ShowPupil
    | commands.SetAllowance
    | commands.RenamePupil
    | commands.RemovePupil
    | commands.ReadmitPupil,
) -> tuple[Person, ClassRounds, Pupil] | None:
    """Give a pupil of a class that the visitor leads; else answer the press and give None."""
    person, pupil = work.person(command.visitor), work.unit.pupils.find(command.pupil)
    if pupil is None or not pupil.nickname:
        work.toast = "toast.stale"
        return None
    rounds = led_class(work, person, pupil.session_id)
    return (person, rounds, pupil) if rounds else None


def _presence(pupil: Pupil) -> Presence:
    if pupil.seat.removed:
        return "out"
    return "away" if pupil.seat.gone else "here"


def _card(pupil: Pupil, message_id: int | None, *, renaming: bool = False, fault: NicknameFault = "") -> PupilCard:
    seat = pupil.seat
    return PupilCard(
        session=pupil.session_id,
        pupil=pupil.id,
        nickname=pupil.nickname,
        real_name=pupil.real_name,
        presence=_presence(pupil),
        allowance=seat.allowance if seat.granted is None else seat.granted,
        right=seat.right,
        seen=seat.seen,
        message_id=message_id,
        renaming=renaming,
        fault=fault,
    )


def show_pupil(work: Work, command: commands.ShowPupil) -> None:
    """Show one pupil, in the place of what was pressed."""
    if led := _led_pupil(work, command):
        person, _, pupil = led
        person.awaits = None
        work.tell(person, _card(pupil, command.press.message_id if command.press else None))


def set_allowance(work: Work, command: commands.SetAllowance) -> None:
    """Give a pupil more time, or the usual; nobody but who leads the class hears of it."""
    if led := _led_pupil(work, command):
        person, _, pupil = led
        pupil.seat = seats.allow(pupil.seat, command.allowance)
        work.toast = "toast.from_next"
        work.tell(person, _card(pupil, command.press.message_id if command.press else None))


def ask_to_rename(work: Work, command: commands.RenamePupil) -> None:
    """Let the next text be another nickname for this pupil."""
    if led := _led_pupil(work, command):
        person, _, pupil = led
        person.awaits = f"rename:{pupil.id}"
        work.tell(person, _card(pupil, command.press.message_id if command.press else None, renaming=True))


def rename(work: Work, person: Person, pupil_id: int, text: str) -> None:
    """Take a text for another nickname of a pupil, who is told of it."""
    pupil = work.unit.pupils.find(pupil_id)
    rounds = led_class(work, person, pupil.session_id) if pupil else None
    if rounds is None or pupil is None:
        person.awaits = None
        work.tell(person, Notice("host.removed" if work.toast == "toast.not_host" else "class.over"))
        return
    if fault := naming.rename(rounds, pupil, text):
        work.tell(person, _card(pupil, None, renaming=True, fault=fault))
        return
    person.awaits = None
    work.tell(person, _card(pupil, None))
    if pupil.is_here:
        rounds.tell(pupil, NicknameChanged(pupil.nickname))


def remove(work: Work, command: commands.RemovePupil) -> None:
    """Put a pupil out; the join link does not give the seat back before who leads the class allows it."""
    led = _led_pupil(work, command)
    if led is None:
        return
    person, rounds, pupil = led
    if pupil.is_here:
        rounds.tell(pupil, Notice("class.removed"))
    rounds.remove(pupil)
    work.tell(person, _card(pupil, command.press.message_id if command.press else None))


def readmit(work: Work, command: commands.ReadmitPupil) -> None:
    """Let a pupil who was put out come back, by the same link."""
    if led := _led_pupil(work, command):
        person, rounds, pupil = led
        pupil.seat = seats.readmit(pupil.seat)
        rounds.tell(pupil, Notice("class.readmitted"))
        work.tell(person, _card(pupil, command.press.message_id if command.press else None))
