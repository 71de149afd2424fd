"""What people can do, one feature a file. A new feature is a file and a line here; the order is that of the menu."""

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
