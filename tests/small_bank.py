"""The smallest bank, with one passage, one topic and one question, for tests that need any bank."""

from strategies import question

from bot.core.question import Bank, Passage, Topic

BANK = Bank(
    *("A bank", "en", "", ""),
    (Passage("passage", "Passage", "In words."),),
    (Topic("bodies", "Bodies"),),
    (question("q"),),
)
