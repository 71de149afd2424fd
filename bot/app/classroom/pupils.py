"""Handlers by which a host of a class over a link manages pupils: list, more time, rename, remove, readmit."""

from bot.app import commands
from bot.app.classroom import naming
from bot.app.classroom.hosting import find_led_class
from bot.app.classroom.live_class import LiveClass
from bot.app.context import Context
from bot.app.messages import NicknameChanged, Notice, PupilCard, PupilLine, PupilList
from bot.app.messages.classroom import NicknameFault
from bot.app.messages.hosting import Presence
from bot.core import seat as seats
from bot.store.persons import Person
from bot.store.pupils import Pupil

# Two buttons a row: as many as a phone shows without much scrolling (Bot API allows 100).
PUPILS_PER_PAGE = 20


def show_pupils(context: Context, command: commands.ShowPupils) -> None:
    """Show one page of the pupils of the class, in alphabetical order."""
    person = context.person(command.visitor)
    live = find_led_class(context, person, command.session)
    if live is None:
        return
    person.expected_text = None
    named = [pupil for pupil in live.everybody if pupil.nickname]
    named.sort(key=lambda pupil: (pupil.nickname.casefold(), pupil.id))
    pages = max(-(-len(named) // PUPILS_PER_PAGE), 1)
    page = min(command.page or 0, pages - 1)
    listed = named[page * PUPILS_PER_PAGE : (page + 1) * PUPILS_PER_PAGE]
    names = live.names(listed, person.language)
    shown = tuple(PupilLine(pupil.id, names[pupil.id], pupil.real_name, _presence(pupil)) for pupil in listed)
    message_id = command.press.message_id if command.press and command.page is not None else None
    context.send(person, PupilList(command.session, page, pages, shown, message_id))


def _led_pupil(
    context: Context,
    command: commands.ShowPupil
    | commands.SetAllowance
    | commands.RenamePupil
    | commands.RemovePupil
    | commands.ReadmitPupil,
) -> tuple[Person, LiveClass, Pupil] | None:
    """Return a pupil of a class that the visitor leads, with visitor and class; else answer the press, return None."""
    person, pupil = context.person(command.visitor), context.unit.pupils.find(command.pupil)
    if pupil is None or not pupil.nickname:
        context.toast = "toast.stale"
        return None
    live = find_led_class(context, person, pupil.session_id)
    return (person, live, pupil) if live else None


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


def show_pupil(context: Context, command: commands.ShowPupil) -> None:
    """Show one pupil, in the message whose button was pressed."""
    if led := _led_pupil(context, command):
        person, _, pupil = led
        person.expected_text = None
        context.send(person, _card(pupil, command.press.message_id if command.press else None))


def set_allowance(context: Context, command: commands.SetAllowance) -> None:
    """Set a pupil's share of a round's time; only the hosts see it."""
    if led := _led_pupil(context, command):
        person, _, pupil = led
        pupil.seat = seats.set_allowance(pupil.seat, command.allowance)
        context.toast = "toast.from_next"
        context.send(person, _card(pupil, command.press.message_id if command.press else None))


def ask_to_rename(context: Context, command: commands.RenamePupil) -> None:
    """Ask the host for a new nickname for this pupil."""
    if led := _led_pupil(context, command):
        person, _, pupil = led
        person.expected_text = f"rename:{pupil.id}"
        context.send(person, _card(pupil, command.press.message_id if command.press else None, renaming=True))


def rename(context: Context, person: Person, pupil_id: int, text: str) -> None:
    """Handle a text as a new nickname for a pupil, and notify the pupil."""
    pupil = context.unit.pupils.find(pupil_id)
    live = find_led_class(context, person, pupil.session_id) if pupil else None
    if live is None or pupil is None:
        person.expected_text = None
        context.send(person, Notice("host.removed" if context.toast == "toast.not_host" else "class.over"))
        return
    if fault := naming.rename(live, pupil, text):
        context.send(person, _card(pupil, None, renaming=True, fault=fault))
        return
    person.expected_text = None
    context.send(person, _card(pupil, None))
    if pupil.is_here:
        live.send(pupil, NicknameChanged(pupil.nickname))


def remove(context: Context, command: commands.RemovePupil) -> None:
    """Remove a pupil, who cannot rejoin by the link until a host readmits them."""
    led = _led_pupil(context, command)
    if led is None:
        return
    person, live, pupil = led
    if pupil.is_here:
        live.send(pupil, Notice("class.removed"))
    live.remove(pupil)
    context.send(person, _card(pupil, command.press.message_id if command.press else None))


def readmit(context: Context, command: commands.ReadmitPupil) -> None:
    """Allow a removed pupil to rejoin by the same link."""
    if led := _led_pupil(context, command):
        person, live, pupil = led
        pupil.seat = seats.readmit(pupil.seat)
        live.send(pupil, Notice("class.readmitted"))
        context.send(person, _card(pupil, command.press.message_id if command.press else None))
