"""Welcome and help; and the parameter of a join link or an invitation (Bot API, "Deep linking")."""

from bot.app.commands import AskHelp, Command, JoinAsHost, JoinClass, Start
from bot.core.join_codes import is_secret, link_payload, mistyped_code, read_code
from bot.tg.feature import Feature, Invocation


def _start(asked: Invocation) -> Command:
    return _follow(asked, " ".join(asked.words)) or Start(asked.visitor, asked.press)


def _follow(asked: Invocation, payload: str) -> Command | None:
    """Return the command for the parameter of a link; None for an unknown one."""
    if is_secret(payload):
        return JoinAsHost(asked.visitor, asked.press, invitation=payload)
    if read_code(payload) or mistyped_code(payload, in_quiz=False):
        return JoinClass(asked.visitor, asked.press, code=payload)
    return None


def follow_pasted(asked: Invocation, text: str) -> Command | None:
    """Return the command for a link of this bot in a text; None if there is none."""
    payload = link_payload(text)
    return _follow(asked, payload) if payload else None


FEATURE = Feature(slash={"start": _start, "help": lambda asked: AskHelp(asked.visitor, asked.press)})
