"""What who leads a class over a link does about its pupils, and about leading it with others."""

from bot.app import commands
from bot.app.classroom import joining
from bot.app.classroom.permission import is_host
from bot.app.classroom.rounds import ClassRounds, find_rounds
from bot.app.messages import HostList, NicknameChanged, Notice, PupilCard, PupilLine, PupilList
from bot.app.messages.classroom import NicknameFault
from bot.app.messages.hosting import Presence
from bot.app.work import Work
from bot.core import seat as seats
from bot.store.persons import Person
from bot.store.pupils import Pupil
from bot.store.rooms import Host, Hosts

# Two buttons a row: as many as a phone shows without much scrolling (Bot API allows 100).
PAGE = 20


def show_pupils(work: Work, command: commands.ShowPupils) -> None:
    """Show one page of who is in the class, in the order of the alphabet."""
    person = work.person(command.visitor)
    rounds = _led(work, person, command.session)
    if rounds is None:
        return
    person.awaits = None
    named = [pupil for pupil in rounds.everybody if pupil.nickname]
    named.sort(key=lambda pupil: (pupil.nickname.casefold(), pupil.id))
    pages = max(-(-len(named) // PAGE), 1)
    page = min(command.page or 0, pages - 1)
    shown = tuple(
        PupilLine(pupil.id, pupil.nickname, pupil.real_name, _presence(pupil))
        for pupil in named[page * PAGE : (page + 1) * PAGE]
    )
    message_id = command.press.message_id if command.press and command.page is not None else None
    work.tell(person, PupilList(command.session, page, pages, shown, message_id))


def _led(work: Work, person: Person, session_id: int) -> ClassRounds | None:
    """Give a class over a link that this person leads and that is not over; else answer the press and give None."""
    rounds = find_rounds(work, session_id)
    if rounds is None or rounds.is_group or not is_host(rounds.room, person):
        work.toast = "toast.stale"
    elif rounds.room.ended_at:
        work.toast = "toast.class_over"
    else:
        return rounds
    return None


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
    rounds = _led(work, person, pupil.session_id)
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
    rounds = _led(work, person, pupil.session_id) if pupil else None
    if rounds is None or pupil is None:
        person.awaits = None
        work.tell(person, Notice("class.over"))
        return
    if fault := joining.rename(rounds, pupil, text):
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
        rounds.leave(pupil)
        put_out = rounds.person(pupil)
        if put_out.class_id == rounds.session.id:
            put_out.class_id = put_out.awaits = None
        work.tell(put_out, Notice("class.removed"))
    pupil.seat = seats.remove(pupil.seat)
    work.tell(person, _card(pupil, command.press.message_id if command.press else None))


def readmit(work: Work, command: commands.ReadmitPupil) -> None:
    """Let a pupil who was put out come back, by the same link."""
    if led := _led_pupil(work, command):
        person, rounds, pupil = led
        pupil.seat = seats.readmit(pupil.seat)
        rounds.tell(pupil, Notice("class.readmitted"))
        work.tell(person, _card(pupil, command.press.message_id if command.press else None))


def show_hosts(work: Work, command: commands.ShowHosts) -> None:
    """Show who leads a class, and how others can."""
    person = work.person(command.visitor)
    if rounds := _led(work, person, command.session):
        work.tell(person, _host_list(rounds, person))


def _host_list(rounds: ClassRounds, reader: Person, message_id: int | None = None) -> HostList:
    host, *others = [host.person_id for host in rounds.room.hosts.people]
    return HostList(
        session=rounds.session.id,
        link=rounds.work.links.join(rounds.room.invitation),
        host=_name(rounds, host),
        others=tuple((other, _name(rounds, other)) for other in others),
        is_host=reader.id == host,
        message_id=message_id,
    )


def _name(rounds: ClassRounds, person_id: int) -> str:
    person = rounds.work.unit.persons.find(person_id)
    return person.name if person else ""


def join_as_host(work: Work, command: commands.JoinAsHost) -> None:
    """Let somebody lead a class with others; a pupil of it who was trusted with that leads from now on."""
    person = work.person(command.visitor)
    room = work.unit.rooms.by_invitation(command.invitation)
    rounds = find_rounds(work, room.id) if room else None
    if rounds is None or rounds.is_group:
        work.tell(person, Notice("host.unknown"))
        return
    if not is_host(rounds.room, person):
        if person.class_id == rounds.session.id:
            joining.leave_seat(work, person)
        first = rounds.room.hosts.people[0]
        rounds.room.hosts = Hosts((*rounds.room.hosts.people, Host(person.id)))
        work.tell(person, Notice("host.welcome"))
        if host := work.unit.persons.find(first.person_id):
            work.tell(host, _host_list(rounds, host))
    rounds.give_controls(person)


def hand_over(work: Work, command: commands.HandOver) -> None:
    """Make a co-host the host, which the host alone can do."""
    person = work.person(command.visitor)
    rounds = _led(work, person, command.session)
    if rounds is None:
        return
    people = rounds.room.hosts.people
    chosen = [host for host in people if host.person_id == command.person]
    if people[0].person_id != person.id or not chosen or command.person == person.id:
        work.toast = "toast.stale"
        return
    rounds.room.hosts = Hosts((*chosen, *(host for host in people if host not in chosen)))
    work.tell(person, _host_list(rounds, person, command.press.message_id if command.press else None))
    if host := work.unit.persons.find(command.person):
        work.tell(host, Notice("host.handed"))
