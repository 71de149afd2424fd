"""Small banks of questions about whales for the tests, with one question of every kind."""

from dataclasses import replace
from decimal import Decimal

from bot.core.kind import Kind, Option
from bot.core.kinds.number import Number
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.several_right import SeveralRight
from bot.core.kinds.true_false import TrueFalse
from bot.core.kinds.typed import Typed
from bot.core.kinds.year import Year
from bot.core.question import Bank, Level, Passage, Question, Topic

PASSAGE = Passage(
    "whale",
    "The blue whale",
    "The sea is wide. The blue whale is the largest animal, and it eats krill and small fish. "
    "It was protected in 1966. Its heart weighs 180 kilograms.",
)
TOPICS = (Topic("body", "Body"), Topic("life", "Life & <death>"))


def make_question(question_id: str, kind: Kind, stem: str = "", quote: str = "the largest animal") -> Question:
    """Create an easy question on the topic "Body"."""
    why = f"Because of {question_id}."
    return Question(question_id, "body", Level.EASY, stem or f"Is this {question_id}?", kind, why, "whale", quote)


LARGEST = make_question(
    "largest",
    OneRight("The blue whale", (Option("The elephant", "It is the largest on land only."), Option("The giraffe"))),
    "Which animal is the largest?",
)
FOOD = make_question(
    "food",
    SeveralRight(("Krill", "Small fish"), (Option("Seals", "These are too big."), Option("Grass"))),
    "What does it eat?",
    "krill and small fish",
)
PROTECTED = make_question("protected", TrueFalse(answer=True), "The blue whale is protected.", "It was protected")
NAME = make_question("name", Typed(("Blue whale", "Balaenoptera musculus")), "Write the name of the largest animal.")
HEART = make_question(
    "heart", Number(Decimal(180), Decimal(5), "kilograms"), "How heavy is its heart?", "180 kilograms"
)
YEAR = make_question("year", Year(1966), "When was it protected?", "protected in 1966")


def make_bank(*questions: Question) -> Bank:
    """Create a bank of these questions; the order in which a quiz asks them is random."""
    return Bank("Whales & <others>", "en", "A book", "CC0", (PASSAGE,), TOPICS, questions)


def bank_in_order(*questions: Question) -> Bank:
    """Create a bank of at most three questions that a quiz asks in this order: each is harder than the last."""
    return make_bank(*(replace(one, level=level) for one, level in zip(questions, Level, strict=False)))


def bank_of_true_statements(count: int) -> Bank:
    """Create a bank of ``count`` true-or-false questions; every statement is true."""
    return make_bank(*(make_question(f"q{place}", TrueFalse(answer=True)) for place in range(count)))
