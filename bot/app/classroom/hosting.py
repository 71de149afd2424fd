"""Leading a class over a link with others: who does, the invitation, and handing it over.

An invitation is good for one person, for a day, and until the class starts. The host alone invites, removes co-hosts
and hands the class over.
"""

from datetime import timedelta

from bot.app import commands
from bot.app.classroom.live_class import ClassRounds, find_rounds
from bot.app.classroom.opening import hosts_enough
from bot.app.classroom.permission import is_host
from bot.app.classroom.seating import leave_seat
from bot.app.classroom.secrecy import give_up_seat, is_asked_the_same
from bot.app.context import Work
from bot.app.display_names import names_among
from bot.app.messages import ClosedButtons, HostList, Notice
from bot.app.messages.hosting import Inviting
from bot.core.classroom import Phase
from bot.core.display_names import NamedPerson, initial_of
from bot.core.join_codes import make_secret
from bot.core.skeletons import visible_letters
from bot.store.live_classes import Host, Hosts
from bot.store.persons import Person
from bot.store.pupils import Pupil

GOOD_FOR = timedelta(hours=24)
MOST_CO_HOSTS = 10


def led_class(work: Work, person: Person, session_id: int) -> ClassRounds | None:
    """Return a class over a link that this person leads and that is not over; else answer the press and return None."""
    rounds = find_rounds(work, session_id)
    if rounds is None or rounds.is_group:
        work.toast = "toast.stale"
    elif not is_host(rounds.room, person):
        work.toast = "toast.not_host"
    elif rounds.room.ended_at:
        work.toast = "toast.class_over"
    else:
        rounds.touch()
        return rounds
    return None


def hosted_class(work: Work, person: Person, session_id: int) -> ClassRounds | None:
    """Return a class as ``led_class`` does, but to its host alone."""
    rounds = led_class(work, person, session_id)
    if rounds and rounds.room.hosts.people[0].person_id != person.id:
        work.toast = "toast.stale"
        return None
    return rounds


def show_hosts(work: Work, command: commands.ShowHosts) -> None:
    """Show who leads a class; to the host also an invitation, a new one where none is good."""
    person = work.person(command.visitor)
    if rounds := led_class(work, person, command.session):
        if rounds.room.hosts.people[0].person_id == person.id and not _is_good(rounds):
            _invite(rounds)
        work.tell(person, _host_list(rounds, person))


def renew_invitation(work: Work, command: commands.RenewInvitation) -> None:
    """Make a new invitation in the place of the last."""
    person = work.person(command.visitor)
    if rounds := hosted_class(work, person, command.session):
        _invite(rounds)
        work.tell(person, _host_list(rounds, person, command.press.message_id if command.press else None))


def _invite(rounds: ClassRounds) -> None:
    """Make an invitation, where somebody can be invited; the one before is good no longer."""
    room, work = rounds.room, rounds.work
    if _inviting(rounds) == "open":
        room.invitation, room.invited_until = make_secret(work.dice), work.now + GOOD_FOR


def _inviting(rounds: ClassRounds) -> Inviting:
    """Return whether a co-host can be invited, or why not."""
    if rounds.session.state.phase is not Phase.GATHERING:
        return "started"
    return "full" if len(rounds.room.hosts.people) > MOST_CO_HOSTS else "open"


def _is_good(rounds: ClassRounds) -> bool:
    """Return whether the invitation of a class can be used."""
    until = rounds.room.invited_until
    return until is not None and rounds.work.now < until and _inviting(rounds) == "open"


def _host_list(rounds: ClassRounds, reader: Person, message_id: int | None = None) -> HostList:
    host, *others = [host.person_id for host in rounds.room.hosts.people]
    invites = reader.id == host and _is_good(rounds)
    names = dict(zip((host, *others), _names(rounds, reader.language), strict=True))
    return HostList(
        session=rounds.session.id,
        link=rounds.work.links.join(rounds.room.invitation) if invites else "",
        host=names[host],
        others=tuple((other, names[other]) for other in others),
        is_host=reader.id == host,
        message_id=message_id,
        inviting=_inviting(rounds),
    )


def _names(rounds: ClassRounds, language: str) -> list[str]:
    """Return what those who lead a class are called, told apart."""
    return names_among((_called(rounds, host) for host in rounds.room.hosts.people), language)


def _called(rounds: ClassRounds, host: Host) -> NamedPerson:
    """Return what somebody who leads is called: by the first name, and where that is known the initial of the last."""
    person = rounds.work.unit.persons.find(host.person_id)
    name = person.name if person else ""
    return NamedPerson(name, initial_of(host.name.removeprefix(visible_letters(name)).strip()))


def join_as_host(work: Work, command: commands.JoinAsHost) -> None:
    """Make the first person who opens an invitation a co-host of the class; a pupil of it leaves the seat for that.

    Whatever is wrong with an invitation, the answer is the same and does not tell which class it was for.
    """
    person = work.person(command.visitor)
    room = work.unit.rooms.by_invitation(command.invitation)
    rounds = find_rounds(work, room.id) if room else None
    if rounds is None or rounds.is_group:
        work.tell(person, Notice("host.unknown"))
    elif is_host(rounds.room, person):
        rounds.give_controls(person)
    else:
        _join(rounds, person, command.visitor.full_name)


def _join(rounds: ClassRounds, person: Person, full_name: str) -> None:
    work = rounds.work
    pupil = work.unit.pupils.of_person(rounds.session.id, person.id)
    if not _is_good(rounds) or (pupil and pupil.seat.removed):
        work.tell(person, Notice("host.unknown"))
    elif is_asked_the_same(rounds, person):
        work.tell(person, Notice("host.has_seat"))
    else:
        _take_in(rounds, person, pupil, full_name)


def _take_in(rounds: ClassRounds, person: Person, pupil: Pupil | None, full_name: str) -> None:
    """Make somebody a co-host; the invitation is used up in the same transaction."""
    work, room = rounds.work, rounds.room
    room.invited_until = None
    if person.class_id == rounds.session.id:
        leave_seat(work, person)
    give_up_seat(rounds, person)
    room.hosts = Hosts((*room.hosts.people, Host(person.id, name=visible_letters(full_name))))
    work.tell(person, Notice("host.welcome"))
    if pupil and pupil.nickname:
        work.tell(person, Notice("host.no_seat"))
    if host := work.unit.persons.find(room.hosts.people[0].person_id):
        work.tell(host, _host_list(rounds, host))
    rounds.give_controls(person)


def hand_over(work: Work, command: commands.HandOver) -> None:
    """Make a co-host the host, which the host alone can do."""
    person = work.person(command.visitor)
    rounds = hosted_class(work, person, command.session)
    chosen = _co_host(rounds, command.person) if rounds else None
    if rounds is None or chosen is None:
        return
    if hosts_enough(work, command.person):
        work.toast = "toast.class_most"
        return
    rounds.room.hosts = Hosts((chosen, *(host for host in rounds.room.hosts.people if host != chosen)))
    # What the host before has seen of it is no invitation of the new one.
    rounds.room.invited_until = None
    work.tell(person, _host_list(rounds, person, command.press.message_id if command.press else None))
    if host := work.unit.persons.find(command.person):
        work.tell(host, Notice("host.handed"))


def remove_host(work: Work, command: commands.RemoveHost) -> None:
    """Make a co-host lead the class no longer, which the host alone can do; the controls lose their buttons."""
    person = work.person(command.visitor)
    rounds = hosted_class(work, person, command.session)
    chosen = _co_host(rounds, command.person) if rounds else None
    if rounds is None or chosen is None:
        return
    rounds.room.hosts = Hosts(tuple(host for host in rounds.room.hosts.people if host != chosen))
    work.tell(person, _host_list(rounds, person, command.press.message_id if command.press else None))
    if removed := work.unit.persons.find(command.person):
        if chosen.message_id:
            work.tell(removed, ClosedButtons(chosen.message_id))
        work.tell(removed, Notice("host.removed"))


def _co_host(rounds: ClassRounds, person_id: int) -> Host | None:
    """Return a co-host of a class; else answer the press and return None."""
    chosen = [host for host in rounds.room.hosts.people[1:] if host.person_id == person_id]
    if not chosen:
        rounds.work.toast = "toast.stale"
    return chosen[0] if chosen else None
