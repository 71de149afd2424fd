"""Small signs that are no messages: answers to presses, a tick, closing what is over. Nobody misses one that fails."""

from bot.app.messages import ClosedButtons, ClosedPoll, PressAnswer, RightSign
from bot.i18n import Texts
from bot.tg.call import Call

# One of the emoji that bots may react with (Bot API, ReactionTypeEmoji).
RIGHT = "👍"


def press_answer(message: PressAnswer, texts: Texts) -> list[Call]:
    """Answer a button press, so that the button stops waiting."""
    parameters = {"callback_query_id": message.press_id}
    if message.text:
        parameters["text"] = texts.plain(message.text)
    return [Call("answerCallbackQuery", parameters, to_chat=False, expendable=True)]


def right_sign(message: RightSign, _texts: Texts) -> list[Call]:
    """Mark a written answer as right."""
    reaction = [{"type": "emoji", "emoji": RIGHT}]
    return [Call("setMessageReaction", {"message_id": message.message_id, "reaction": reaction}, expendable=True)]


def closed_poll(message: ClosedPoll, _texts: Texts) -> list[Call]:
    """Close a poll and take its buttons off."""
    return [Call("stopPoll", {"message_id": message.message_id}, expendable=True)]


def closed_buttons(message: ClosedButtons, _texts: Texts) -> list[Call]:
    """Take the buttons off a message."""
    return [Call("editMessageReplyMarkup", {"message_id": message.message_id}, expendable=True)]
