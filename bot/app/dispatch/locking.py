"""Locks what is about to be touched, in the one order that all processes keep: sessions, then people, then groups.

Only where processes share the database. What is forgotten here is locked when it is met: then two processes may wait
for one another, the database breaks one of them off, and that one begins again.
"""

from collections.abc import Iterable, Sequence

from bot.app import commands
from bot.app.classroom.expected_text import pupil_renamed
from bot.core.join_codes import read_code
from bot.store.database import UnitOfWork


def lock(unit: UnitOfWork, sessions: Iterable[int], people: Iterable[int], groups: Iterable[int]) -> None:
    """Lock these sessions, those that these people are in, and those under way in these groups; then people and groups.

    People are found twice: where they are tells which sessions are to be locked before they are.
    """
    known, chats = set(people), set(groups)
    places = unit.persons.whereabouts(known) if known else ()
    renamed = [pupil for place in places if (pupil := pupil_renamed(place.awaits)) is not None]
    unit.sessions.load(
        {
            *sessions,
            *(number for place in places for number in (place.session_id, place.class_id) if number is not None),
            *(unit.pupils.classes_of(renamed) if renamed else ()),
            *unit.live_classes.ids_under_way(chats=chats),
        }
    )
    unit.persons.load(known)
    unit.groups.load(chats)


def lock_asked(unit: UnitOfWork, asked: Sequence[commands.Command]) -> None:
    """Lock what these commands touch."""
    polls = unit.sessions.load_polls(command.poll_id for command in asked if isinstance(command, commands.Vote))
    pupils = _named(asked, "pupil")
    sessions = {
        *(poll.session_id for poll in polls),
        *_named(asked, "session"),
        *(unit.pupils.classes_of(pupils) if pupils else ()),
        *unit.live_classes.ids_under_way(codes=_codes(asked), invitations=_invitations(asked)),
    }
    for command in asked:
        if isinstance(command, commands.SetUpClass | commands.OpenClass):
            sessions.update(unit.live_classes.ids_hosted_by(command.visitor.id))
    lock(unit, sessions, (command.visitor.id for command in asked), _chats(asked))


def _named(asked: Sequence[commands.Command], field: str) -> set[int]:
    """Give the numbers in a field that has one name in all commands that have it."""
    return {number for command in asked if isinstance(number := getattr(command, field, None), int)}


def _codes(asked: Sequence[commands.Command]) -> set[str]:
    """Give the codes in these commands; any text may be one."""
    typed = (command.code for command in asked if isinstance(command, commands.JoinClass))
    written = (command.text for command in asked if isinstance(command, commands.Write))
    return {code for text in (*typed, *written) if (code := read_code(text))}


def _invitations(asked: Sequence[commands.Command]) -> set[str]:
    return {command.invitation for command in asked if isinstance(command, commands.JoinAsHost)}


def _chats(asked: Sequence[commands.Command]) -> set[int]:
    moved = (command for command in asked if isinstance(command, commands.MigrateGroup))
    spots = (spot for command in asked if isinstance(spot := getattr(command, "spot", None), commands.Spot))
    return {*(spot.chat_id for spot in spots), *(chat for command in moved for chat in (command.old, command.new))}
