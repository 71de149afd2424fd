"""The smallest bank: one passage, one topic, one question; for tests in which it matters only that there is one."""

from strategies import question

from bot.core.question import Bank, Passage, Topic

BANK = Bank(
    *("A bank", "en", "", ""),
    (Passage("passage", "Passage", "In words."),),
    (Topic("bodies", "Bodies"),),
    (question("q"),),
)
