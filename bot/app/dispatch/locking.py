"""Locks the rows that a batch is about to touch, in the same order in every process: sessions, people, groups.

Needed only if processes share the database. A row that is missed here is locked when a handler loads it. That can cause
a deadlock between two processes; the database then aborts one transaction, which is retried.
"""

from collections.abc import Iterable, Sequence

from bot.app import commands
from bot.app.classroom.expected_text import pupil_to_rename
from bot.core.join_codes import read_code
from bot.store.database import UnitOfWork


def lock(unit: UnitOfWork, sessions: Iterable[int], people: Iterable[int], groups: Iterable[int]) -> None:
    """Lock these sessions, the sessions of these people and those in these groups; then the people and the groups.

    People are read twice: first without a lock, to learn which sessions must be locked before them.
    """
    known, chats = set(people), set(groups)
    places = unit.persons.whereabouts(known) if known else ()
    renamed = [pupil for place in places if (pupil := pupil_to_rename(place.expected_text)) is not None]
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


def lock_for_commands(unit: UnitOfWork, batch: Sequence[commands.Command]) -> None:
    """Lock the rows that these commands touch."""
    polls = unit.sessions.load_polls(command.poll_id for command in batch if isinstance(command, commands.Vote))
    pupils = _ids_in_field(batch, "pupil")
    sessions = {
        *(poll.session_id for poll in polls),
        *_ids_in_field(batch, "session"),
        *(unit.pupils.classes_of(pupils) if pupils else ()),
        *unit.live_classes.ids_under_way(codes=_codes(batch), invitations=_invitations(batch)),
    }
    for command in batch:
        if isinstance(command, commands.SetUpClass | commands.OpenClass):
            sessions.update(unit.live_classes.ids_hosted_by(command.visitor.id))
    lock(unit, sessions, (command.visitor.id for command in batch), _chats(batch))


def _ids_in_field(batch: Sequence[commands.Command], field: str) -> set[int]:
    """Return the ids in this field of the commands that have it."""
    return {number for command in batch if isinstance(number := getattr(command, field, None), int)}


def _codes(batch: Sequence[commands.Command]) -> set[str]:
    """Return the codes in these commands; any text that a person wrote may be one."""
    typed = (command.code for command in batch if isinstance(command, commands.JoinClass))
    written = (command.text for command in batch if isinstance(command, commands.Write))
    return {code for text in (*typed, *written) if (code := read_code(text))}


def _invitations(batch: Sequence[commands.Command]) -> set[str]:
    return {command.invitation for command in batch if isinstance(command, commands.JoinAsHost)}


def _chats(batch: Sequence[commands.Command]) -> set[int]:
    moved = (command for command in batch if isinstance(command, commands.MigrateGroup))
    spots = (spot for command in batch if isinstance(spot := getattr(command, "spot", None), commands.Spot))
    return {*(spot.chat_id for spot in spots), *(chat for command in moved for chat in (command.old, command.new))}
