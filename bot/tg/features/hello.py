"""Hello and help."""

from bot.app.commands import AskHelp, Start
from bot.tg.feature import Feature

FEATURE = Feature(
    slash={
        "start": lambda asked: Start(asked.visitor, asked.press),
        "help": lambda asked: AskHelp(asked.visitor, asked.press),
    }
)
