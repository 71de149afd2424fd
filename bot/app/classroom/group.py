"""A live quiz in a group: choosing it, starting it, who may lead it, and what becomes of the group."""

from bot.app import commands
from bot.app.classroom.rounds import find_rounds
from bot.app.work import Work
from bot.core import events
from bot.core.classroom import Phase


def enter(work: Work, command: commands.EnterGroup) -> None:
    """Let a quiz wait whose group has put the bot out."""
    if command.inside:
        return
    for room in work.unit.rooms.all_open_in(command.spot.chat_id):
        rounds = find_rounds(work, room.id)
        if rounds and rounds.session.state.phase in (Phase.ASKING, Phase.REVEALED):
            rounds.happen(events.Stopped())


def migrate(work: Work, command: commands.MigrateGroup) -> None:
    """Go on in the supergroup that a group became."""
    for room in work.unit.rooms.all_open_in(command.old):
        room.chat_id = command.new
    old, new = work.unit.groups.take(command.old), work.unit.groups.take(command.new)
    new.allowed = old.allowed
