"""Small calls that are no messages: answers to presses, a tick, closing polls and buttons. A failure is ignored."""

from bot.app.messages import ClosedButtons, ClosedPoll, DeletedMessage, PressAnswer, RightSign, TakenSign
from bot.i18n import Texts
from bot.tg.bot_api.call import ApiCall

# One of the emoji that bots may react with (Bot API, ReactionTypeEmoji).
RIGHT = "👍"
TAKEN = "✍"


def press_answer(message: PressAnswer, texts: Texts) -> list[ApiCall]:
    """Answer a callback query, so that the button stops waiting."""
    parameters = {"callback_query_id": message.press_id}
    if message.text:
        parameters["text"] = texts.plain(message.text)
    return [ApiCall("answerCallbackQuery", parameters, to_chat=False, expendable=True)]


def right_sign(message: RightSign, _texts: Texts) -> list[ApiCall]:
    """Mark a written answer as right."""
    return [_react(message.message_id, RIGHT)]


def taken_sign(message: TakenSign, _texts: Texts) -> list[ApiCall]:
    """Mark a written answer as accepted; the sign is the same for right and wrong answers."""
    return [_react(message.message_id, TAKEN)]


def _react(message_id: int, emoji: str) -> ApiCall:
    reaction = [{"type": "emoji", "emoji": emoji}]
    return ApiCall("setMessageReaction", {"message_id": message_id, "reaction": reaction}, expendable=True)


def closed_poll(message: ClosedPoll, _texts: Texts) -> list[ApiCall]:
    """Close a poll and remove its buttons."""
    return [ApiCall("stopPoll", {"message_id": message.message_id}, expendable=True)]


def closed_buttons(message: ClosedButtons, _texts: Texts) -> list[ApiCall]:
    """Remove the buttons of a message."""
    return [ApiCall("editMessageReplyMarkup", {"message_id": message.message_id}, expendable=True)]


def deleted_message(message: DeletedMessage, _texts: Texts) -> list[ApiCall]:
    """Delete a message."""
    return [deletion(message.message_id)]


def deletion(message_id: int) -> ApiCall:
    """Delete a message."""
    return ApiCall("deleteMessage", {"message_id": message_id}, expendable=True)
