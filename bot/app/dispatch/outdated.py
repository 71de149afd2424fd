"""Messages that are outdated: questions whose round was closed while the bot was down."""

from collections.abc import Sequence

from bot.app.classroom.awaiting import awaits, is_awaited
from bot.app.context import OutgoingMessage
from bot.app.messages import AskedQuestion, ClassQuestion, GroupPoll
from bot.core.solo import Phase
from bot.store.database import UnitOfWork


def outdated(unit: UnitOfWork, messages: Sequence[OutgoingMessage]) -> frozenset[int]:
    """Return the ids of the messages with a question that is no longer awaited."""
    questions = [one for one in messages if isinstance(one.message, AskedQuestion | ClassQuestion | GroupPoll)]
    unit.sessions.load(one.message.session for one in questions)  # type: ignore[union-attr]
    return frozenset(one.id for one in questions if not _is_awaited(unit, one))


def _is_awaited(unit: UnitOfWork, outgoing: OutgoingMessage) -> bool:
    match outgoing.message:
        case AskedQuestion(session=session, round=number):
            quiz = unit.sessions.find_solo(session)
            return quiz is not None and quiz.state.phase is not Phase.FINISHED and quiz.state.round == number
        case ClassQuestion(session=session) as asked:
            live, pupil = unit.sessions.find_class(session), unit.pupils.of_person(session, outgoing.chat_id)
            return live is not None and pupil is not None and awaits(pupil.seat, live.state, asked)
        case GroupPoll(session=session) as poll:
            live = unit.sessions.find_class(session)
            return live is not None and is_awaited(live.state, poll)
    return True
