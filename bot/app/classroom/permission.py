"""Permission to lead a live class: hosts of a class over a link; administrators and allowed people in a group."""

from datetime import timedelta

from bot.app.commands import Spot
from bot.app.context import Context
from bot.app.messages import LookUp
from bot.store.groups import Group
from bot.store.live_classes import LiveClassRow
from bot.store.persons import Person

# How long the list of administrators is valid. They change rarely, and asking Telegram at each press would make every
# button slow. A person who is refused may just have become one, so a refusal is checked again sooner.
VALID_FOR = timedelta(minutes=10)
REFUSAL_VALID_FOR = timedelta(seconds=30)


def is_host(row: LiveClassRow, person: Person) -> bool:
    """Return whether a person is a host or co-host of a class."""
    return any(host.person_id == person.id for host in row.hosts.people)


def is_in_class_chat(row: LiveClassRow, spot: Spot | None) -> bool:
    """Return whether a button was pressed in the chat of its class: its group, or a private chat for a link.

    A forged press can name any class; the person may be an administrator of another chat only.
    """
    return row.chat_id == (spot.chat_id if spot else None)


def may_lead(context: Context, row: LiveClassRow, person: Person) -> bool:
    """Return whether a person may lead a class. If Telegram must be asked first, defer the update and return False.

    Only the person counts, never the group's name in which an administrator may write: a person presses buttons.
    """
    if is_host(row, person):
        return True
    return row.chat_id is not None and may_lead_in(context, Spot(row.chat_id, row.thread_id), person)


def may_lead_in(context: Context, spot: Spot, person: Person) -> bool:
    """Return whether a person may lead quizzes in a group. If Telegram must be asked first, defer and return False."""
    return person.id in context.unit.groups.take(spot.chat_id).allowed.ids or administers(context, spot, person)


def administers(context: Context, spot: Spot, person: Person) -> bool:
    """Return whether a person administers a group. If Telegram must be asked first, defer and return False."""
    group = context.unit.groups.take(spot.chat_id)
    if spot.anonymous:
        return True
    is_administrator = person.id in group.administrators.ids
    valid_for = VALID_FOR if is_administrator else REFUSAL_VALID_FOR
    if _is_up_to_date(context, group, valid_for):
        return is_administrator
    _request_administrators(context, spot, person)
    return False


def knows_administrators(context: Context, spot: Spot, person: Person) -> bool:
    """Return whether a group's administrators are known. If Telegram must be asked first, defer and return False."""
    if _is_up_to_date(context, context.unit.groups.take(spot.chat_id), VALID_FOR):
        return True
    _request_administrators(context, spot, person)
    return False


def _is_up_to_date(context: Context, group: Group, valid_for: timedelta) -> bool:
    return group.asked_at is not None and context.now - group.asked_at <= valid_for


def _request_administrators(context: Context, spot: Spot, person: Person) -> None:
    """Send the question who administers a group, unless it is being sent already, and defer the current update."""
    if not context.is_sending(LookUp, spot.chat_id):
        context.send_to_chat(spot.chat_id, person.language, LookUp(spot.chat_id))
    context.deferred = True
