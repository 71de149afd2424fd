"""A bank of three topics with two sentences each; each sentence has a poll question and a written one."""

from bot.core.kinds.true_false import TrueFalse
from bot.core.kinds.typed import Typed
from bot.core.question import Bank, Level, Passage, Question, Topic

SENTENCES = 6
TOPICS = ("a", "b", "c")


def _question(number: int, *, written: bool) -> Question:
    kind = Typed((f"word{number}",)) if written else TrueFalse(answer=True)
    name = f"{'w' if written else 'p'}{number}"
    return Question(name, TOPICS[number // 2], Level.EASY, f"Stem {name}?", kind, "Why.", "text", f"word{number}")


BANK = Bank(
    *("A bank", "en", "", ""),
    (Passage("text", "Text", " ".join(f"Here stands word{number} alone." for number in range(SENTENCES))),),
    tuple(Topic(one, one) for one in TOPICS),
    tuple(_question(number, written=written) for number in range(SENTENCES) for written in (False, True)),
)
SENTENCE_OF = {one.id: one.quote for one in BANK.questions}
