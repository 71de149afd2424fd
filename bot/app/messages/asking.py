"""Messages that ask their reader for a text."""

from bot.app.messages.classroom import ClassQuestion, NicknameWanted, RealNameWanted
from bot.app.messages.signs import Notice
from bot.app.messages.solo import AskedQuestion
from bot.core.prompt import WrittenPrompt


def asks_for_text(message: object) -> bool:
    """Return whether the reader is likely to answer this message by a text, perhaps for the second time."""
    match message:
        case AskedQuestion(prompt=WrittenPrompt()) | ClassQuestion(prompt=WrittenPrompt()):
            return True
        case Notice(text=text):
            return text.startswith("expected.")
    return isinstance(message, NicknameWanted | RealNameWanted)
