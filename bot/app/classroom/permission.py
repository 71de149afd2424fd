"""Who may lead a live class: over a link its hosts; in a group its host, administrators, and whom they allowed."""

from datetime import timedelta

from bot.app.commands import Spot
from bot.app.context import Context
from bot.app.messages import LookUp
from bot.store.groups import Group
from bot.store.live_classes import LiveClassRow
from bot.store.persons import Person

# Administrators change rarely, and asking Telegram at each press would make every button slow. Who is refused may just
# have become one, so that is looked up sooner.
VALID_FOR = timedelta(minutes=10)
REFUSAL_VALID_FOR = timedelta(seconds=30)


def is_host(row: LiveClassRow, person: Person) -> bool:
    """Say whether a person hosts a class, alone or with others."""
    return any(host.person_id == person.id for host in row.hosts.people)


def is_in_class_chat(row: LiveClassRow, spot: Spot | None) -> bool:
    """Check whether a button of a class was pressed where the class lives: in its group, or in private over a link.

    Whoever forges a press may name any class; in another chat they may be an administrator, or anybody.
    """
    return row.chat_id == (spot.chat_id if spot else None)


def may_lead(context: Context, row: LiveClassRow, person: Person) -> bool:
    """Check whether a person may lead a class. Where Telegram must be asked first, the update is parked and it is no.

    It is the person who counts, never a name in which somebody speaks: buttons are pressed by persons.
    """
    if is_host(row, person):
        return True
    return row.chat_id is not None and may_lead_in(context, Spot(row.chat_id, row.thread_id), person)


def may_lead_in(context: Context, spot: Spot, person: Person) -> bool:
    """Say whether a person may lead quizzes in a group. Where Telegram must be asked first: parked, and no."""
    return person.id in context.unit.groups.take(spot.chat_id).allowed.ids or administers(context, spot, person)


def administers(context: Context, spot: Spot, person: Person) -> bool:
    """Say whether a person administers a group. Where Telegram must be asked first: parked, and no."""
    group = context.unit.groups.take(spot.chat_id)
    if spot.anonymous:
        return True
    is_administrator = person.id in group.administrators.ids
    fresh = VALID_FOR if is_administrator else REFUSAL_VALID_FOR
    if _is_up_to_date(context, group, fresh):
        return is_administrator
    _request_administrators(context, spot, person)
    return False


def knows_administrators(context: Context, spot: Spot, person: Person) -> bool:
    """Return whether it is known who administers a group. Where Telegram must be asked first: parked, and False."""
    if _is_up_to_date(context, context.unit.groups.take(spot.chat_id), VALID_FOR):
        return True
    _request_administrators(context, spot, person)
    return False


def _is_up_to_date(context: Context, group: Group, fresh: timedelta) -> bool:
    return group.asked_at is not None and context.now - group.asked_at <= fresh


def _request_administrators(context: Context, spot: Spot, person: Person) -> None:
    """Have Telegram asked who administers a group, once for all who wait for that; the update in hand waits too."""
    if not context.is_sending(LookUp, spot.chat_id):
        context.send_to_chat(spot.chat_id, person.language, LookUp(spot.chat_id))
    context.deferred = True
