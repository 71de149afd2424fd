"""Hello and help; and what a join link or an invitation brings along (Bot API, "Deep linking")."""

from bot.app.commands import AskHelp, Command, JoinAsHost, JoinClass, Start
from bot.core.codes import SECRET_LENGTH, read_code
from bot.tg.feature import Asked, Feature


def _start(asked: Asked) -> Command:
    payload = asked.words[0] if asked.words else ""
    if read_code(payload):
        return JoinClass(asked.visitor, asked.press, code=payload)
    if len(payload) == SECRET_LENGTH:
        return JoinAsHost(asked.visitor, asked.press, invitation=payload)
    return Start(asked.visitor, asked.press)


FEATURE = Feature(slash={"start": _start, "help": lambda asked: AskHelp(asked.visitor, asked.press)})
