"""Hosts of a class over a link: the list of hosts, invitations, and handing the class over.

An invitation is valid for one person, for a day, and until the class starts. Only the host can invite and remove
co-hosts and hand the class over.
"""

from datetime import timedelta

from bot.app import commands
from bot.app.classroom.live_class import LiveClass, find_live_class
from bot.app.classroom.opening import hosts_maximum
from bot.app.classroom.permission import is_host
from bot.app.classroom.seating import leave_seat
from bot.app.classroom.secrecy import sits_in_overlapping_class, stop_withholding
from bot.app.context import Context
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

INVITATION_VALID_FOR = timedelta(hours=24)
MAX_CO_HOSTS = 10


def find_led_class(context: Context, person: Person, session_id: int) -> LiveClass | None:
    """Return a class over a link that this person leads and that is not over; else answer the press, return None."""
    live = find_live_class(context, session_id)
    if live is None or live.is_group:
        context.toast = "toast.stale"
    elif not is_host(live.row, person):
        context.toast = "toast.not_host"
    elif live.row.ended_at:
        context.toast = "toast.class_over"
    else:
        live.touch()
        return live
    return None


def find_hosted_class(context: Context, person: Person, session_id: int) -> LiveClass | None:
    """Return a class as ``find_led_class`` does, but only to its host."""
    live = find_led_class(context, person, session_id)
    if live and live.row.hosts.people[0].person_id != person.id:
        context.toast = "toast.stale"
        return None
    return live


def show_hosts(context: Context, command: commands.ShowHosts) -> None:
    """Show who leads a class; to the host also an invitation, a new one if there is no valid one."""
    person = context.person(command.visitor)
    if live := find_led_class(context, person, command.session):
        if live.row.hosts.people[0].person_id == person.id and not _is_good(live):
            _invite(live)
        context.send(person, _host_list(live, person))


def renew_invitation(context: Context, command: commands.RenewInvitation) -> None:
    """Replace the invitation by a new one."""
    person = context.person(command.visitor)
    if live := find_hosted_class(context, person, command.session):
        _invite(live)
        context.send(person, _host_list(live, person, command.press.message_id if command.press else None))


def _invite(live: LiveClass) -> None:
    """Create an invitation, if a co-host can be invited; the previous one becomes invalid."""
    row, context = live.row, live.context
    if _inviting(live) == "open":
        row.invitation, row.invited_until = make_secret(context.rng), context.now + INVITATION_VALID_FOR


def _inviting(live: LiveClass) -> Inviting:
    """Return whether a co-host can be invited, or why not."""
    if live.session.state.phase is not Phase.GATHERING:
        return "started"
    return "full" if len(live.row.hosts.people) > MAX_CO_HOSTS else "open"


def _is_good(live: LiveClass) -> bool:
    """Return whether the invitation of a class is valid."""
    until = live.row.invited_until
    return until is not None and live.context.now < until and _inviting(live) == "open"


def _host_list(live: LiveClass, reader: Person, message_id: int | None = None) -> HostList:
    host, *others = [host.person_id for host in live.row.hosts.people]
    invites = reader.id == host and _is_good(live)
    names = dict(zip((host, *others), _names(live, reader.language), strict=True))
    return HostList(
        session=live.session.id,
        link=live.context.links.join(live.row.invitation) if invites else "",
        host=names[host],
        others=tuple((other, names[other]) for other in others),
        is_host=reader.id == host,
        message_id=message_id,
        inviting=_inviting(live),
    )


def _names(live: LiveClass, language: str) -> list[str]:
    """Return the display names of the hosts of a class."""
    return names_among((_host_name(live, host) for host in live.row.hosts.people), language)


def _host_name(live: LiveClass, host: Host) -> NamedPerson:
    """Return the name of a host: the first name and, if known, the initial of the last name."""
    person = live.context.unit.persons.find(host.person_id)
    name = person.name if person else ""
    return NamedPerson(name, initial_of(host.name.removeprefix(visible_letters(name)).strip()))


def join_as_host(context: Context, command: commands.JoinAsHost) -> None:
    """Add the first person who opens an invitation as a co-host; a pupil of the class gives up the seat.

    The answer to every invalid invitation is the same and does not reveal the class.
    """
    person = context.person(command.visitor)
    row = context.unit.live_classes.by_invitation(command.invitation)
    live = find_live_class(context, row.id) if row else None
    if live is None or live.is_group:
        context.send(person, Notice("host.unknown"))
    elif is_host(live.row, person):
        live.send_controls(person)
    else:
        _join(live, person, command.visitor.full_name)


def _join(live: LiveClass, person: Person, full_name: str) -> None:
    context = live.context
    pupil = context.unit.pupils.of_person(live.session.id, person.id)
    if not _is_good(live) or (pupil and pupil.seat.removed):
        context.send(person, Notice("host.unknown"))
    elif sits_in_overlapping_class(live, person):
        context.send(person, Notice("host.has_seat"))
    else:
        _add_co_host(live, person, pupil, full_name)


def _add_co_host(live: LiveClass, person: Person, pupil: Pupil | None, full_name: str) -> None:
    """Add a person as a co-host; the invitation becomes invalid in the same transaction."""
    context, row = live.context, live.row
    row.invited_until = None
    if person.class_id == live.session.id:
        leave_seat(context, person)
    stop_withholding(live, person)
    row.hosts = Hosts((*row.hosts.people, Host(person.id, name=visible_letters(full_name))))
    context.send(person, Notice("host.welcome"))
    if pupil and pupil.nickname:
        context.send(person, Notice("host.no_seat"))
    if host := context.unit.persons.find(row.hosts.people[0].person_id):
        context.send(host, _host_list(live, host))
    live.send_controls(person)


def hand_over(context: Context, command: commands.HandOver) -> None:
    """Hand the class over to a co-host; only the host can do that."""
    person = context.person(command.visitor)
    live = find_hosted_class(context, person, command.session)
    chosen = _co_host(live, command.person) if live else None
    if live is None or chosen is None:
        return
    if hosts_maximum(context, command.person):
        context.toast = "toast.class_most"
        return
    live.row.hosts = Hosts((chosen, *(host for host in live.row.hosts.people if host != chosen)))
    # The invitation that the previous host has seen must not stay valid.
    live.row.invited_until = None
    context.send(person, _host_list(live, person, command.press.message_id if command.press else None))
    if host := context.unit.persons.find(command.person):
        context.send(host, Notice("host.handed"))


def remove_host(context: Context, command: commands.RemoveHost) -> None:
    """Remove a co-host and the buttons of their controls; only the host can do that."""
    person = context.person(command.visitor)
    live = find_hosted_class(context, person, command.session)
    chosen = _co_host(live, command.person) if live else None
    if live is None or chosen is None:
        return
    live.row.hosts = Hosts(tuple(host for host in live.row.hosts.people if host != chosen))
    context.send(person, _host_list(live, person, command.press.message_id if command.press else None))
    if removed := context.unit.persons.find(command.person):
        if chosen.message_id:
            context.send(removed, ClosedButtons(chosen.message_id))
        context.send(removed, Notice("host.removed"))


def _co_host(live: LiveClass, person_id: int) -> Host | None:
    """Return this co-host of a class; if there is none, answer the press and return None."""
    chosen = [host for host in live.row.hosts.people[1:] if host.person_id == person_id]
    if not chosen:
        live.context.toast = "toast.stale"
    return chosen[0] if chosen else None
