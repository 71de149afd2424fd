"""Features: slash commands and buttons, one feature a file. A new one also needs a line here, in the menu's order."""

from bot.tg.feature import Feature
from bot.tg.features import classroom, group_quiz, hello, language, quiz, reading, score

FEATURES: tuple[Feature, ...] = (
    quiz.FEATURE,
    group_quiz.FEATURE,
    classroom.FEATURE,
    score.FEATURE,
    reading.FEATURE,
    language.FEATURE,
    hello.FEATURE,
)
