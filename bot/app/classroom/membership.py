"""Membership of a group's voters: a new voter counts once Telegram says that they are a member, if it can be asked.

Until then the vote is stored in a seat without a nickname, which is not counted. Administrators are known members. An
outsider keeps an empty seat, so that Telegram is asked only once about each voter.
"""

from bot.app.classroom.live_class import LiveClass
from bot.app.context import Context
from bot.app.messages import MemberCheck
from bot.core import events
from bot.core import seat as seats
from bot.core.classroom import Phase
from bot.core.display_names import initial_of
from bot.store.groups import Group
from bot.store.persons import Person
from bot.store.pupils import Pupil

# Stored as the nickname of a voter whom Telegram gives no name; it is never shown.
NAMELESS = "\u3164"


def is_checked(context: Context, group: Group | None) -> bool:
    """Return whether the bot can check who votes in a group: only as its administrator (Bot API, getChatMember)."""
    return group is not None and context.bot_id in group.administrators.ids


def add_voter(live: LiveClass, person: Person, surname: str) -> Pupil:
    """Add the seat of a person who votes for the first time; without a nickname if their membership must be checked."""
    context, chat_id = live.context, live.row.chat_id
    group = context.unit.groups.find(chat_id) if chat_id is not None else None
    must_ask = group is not None and is_checked(context, group) and person.id not in group.administrators.ids
    if must_ask:
        live.send_to_group(MemberCheck(live.session.id, person.id))
    name = "" if must_ask else _name_of(person)
    pupil = context.unit.pupils.add_later(live.session.id, person.id, name, context.now)
    pupil.initial = initial_of(surname)
    return pupil


def repeat_lost_check(live: LiveClass, pupil: Pupil) -> None:
    """Send the membership check of a voter again, if the first was lost (moved to the dead letters)."""
    chat_id, check = live.row.chat_id, MemberCheck(live.session.id, pupil.person_id)
    if chat_id is not None and live.is_unchecked(pupil) and not live.context.is_sending_exactly(check, chat_id):
        live.send_to_group(check)


def apply_member_check(live: LiveClass, pupil: Pupil, *, is_member: bool) -> None:
    """Count the vote of a checked member, if the round still takes votes; or remove an outsider."""
    state, seat = live.session.state, pupil.seat
    if not live.is_unchecked(pupil) or state.phase is Phase.FINISHED:
        return
    if not is_member:
        pupil.seat = seats.remove(seat)
        return
    pupil.nickname = _name_of(live.person(pupil))
    if not (state.is_open and seat.round == state.round):
        pupil.seat = seats.annul(seat)
    elif seat.reply and seat.vote == state.vote and state.takes_answers:
        live.apply(events.Replied(awaited=False))


def _name_of(person: Person) -> str:
    """Return the nickname of a voter; never empty, because an empty nickname marks an unchecked voter."""
    return person.name or NAMELESS
