"""Leading a class over a link with others: who does, the invitation, and handing it over."""

from bot.app import commands
from bot.app.classroom.permission import is_host
from bot.app.classroom.rounds import ClassRounds, find_rounds
from bot.app.classroom.seating import leave_seat
from bot.app.messages import HostList, Notice
from bot.app.work import Work
from bot.store.persons import Person
from bot.store.rooms import Host, Hosts


def led_class(work: Work, person: Person, session_id: int) -> ClassRounds | None:
    """Give a class over a link that this person leads and that is not over; else answer the press and give None."""
    rounds = find_rounds(work, session_id)
    if rounds is None or rounds.is_group or not is_host(rounds.room, person):
        work.toast = "toast.stale"
    elif rounds.room.ended_at:
        work.toast = "toast.class_over"
    else:
        return rounds
    return None


def show_hosts(work: Work, command: commands.ShowHosts) -> None:
    """Show who leads a class, and how others can."""
    person = work.person(command.visitor)
    if rounds := led_class(work, person, command.session):
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
            leave_seat(work, person)
        first = rounds.room.hosts.people[0]
        rounds.room.hosts = Hosts((*rounds.room.hosts.people, Host(person.id)))
        work.tell(person, Notice("host.welcome"))
        if host := work.unit.persons.find(first.person_id):
            work.tell(host, _host_list(rounds, host))
    rounds.give_controls(person)


def hand_over(work: Work, command: commands.HandOver) -> None:
    """Make a co-host the host, which the host alone can do."""
    person = work.person(command.visitor)
    rounds = led_class(work, person, command.session)
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
