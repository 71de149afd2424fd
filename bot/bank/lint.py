"""Advice on the writing of questions; none of it keeps a bank from being used. One rule a function, in ``RULES``.

The rules are those of Haladyna, Downing and Rodriguez (2002), "A Review of Multiple-Choice Item-Writing Guidelines",
as far as a program can see them.
"""

import re
from collections.abc import Callable, Iterator
from math import sqrt

from bot.bank.advice import Advice
from bot.bank.near_answers import answers_within_reach
from bot.core.prompt import ChoicePrompt, Prompt, TrueFalsePrompt
from bot.core.question import Bank, Question

FEWEST_JUDGED = 6
"""Questions of a form below which nothing is said about their balance: too few to tell from chance."""


Rule = Callable[[Bank], Iterator[Advice]]


def prompt_of(question: Question) -> Prompt:
    """Put a question; in which order its options come is of no matter here."""
    return question.kind.prompt(0)


def choices(bank: Bank) -> Iterator[tuple[Question, ChoicePrompt]]:
    """Give every question with options, and its options as put to learners."""
    for question in bank.questions:
        prompt = prompt_of(question)
        if isinstance(prompt, ChoicePrompt):
            yield question, prompt


def longest_option_is_right(bank: Bank) -> Iterator[Advice]:
    """The one right option is the longest in more questions than chance explains (two standard deviations)."""
    single = [(question, prompt) for question, prompt in choices(bank) if not prompt.several]
    telling = [question for question, prompt in single if _longest(prompt.options) == prompt.options[prompt.correct[0]]]
    chances = [1 / len(prompt.options) for _, prompt in single]
    expected, spread = sum(chances), sqrt(sum(chance * (1 - chance) for chance in chances))
    if len(single) >= FEWEST_JUDGED and len(telling) > expected + 2 * spread:
        message = (
            f"The right option is the longest in {len(telling)} of {len(single)} questions, here for the first time;"
            f" by chance it would be in {expected:.0f}. Lengthen wrong options or shorten right ones."
        )
        yield Advice("questions", telling[0].id, message)


def _longest(options: tuple[str, ...]) -> str | None:
    *_, second, longest = sorted(options, key=len)
    return longest if len(longest) > len(second) else None


def statements_lean_one_way(bank: Bank) -> Iterator[Advice]:
    """Fewer than a third of the statements are true, or fewer than a third false."""
    prompts = [(question, prompt_of(question)) for question in bank.questions]
    statements = [(question, prompt.correct) for question, prompt in prompts if isinstance(prompt, TrueFalsePrompt)]
    true = sum(correct for _, correct in statements)
    if len(statements) >= FEWEST_JUDGED and 3 * min(true, len(statements) - true) < len(statements):
        message = f"{true} of {len(statements)} statements are true. Make about half of them true."
        yield Advice("questions", statements[0][0].id, message)


def all_of_the_above(bank: Bank) -> Iterator[Advice]:
    """An option that speaks of the other options; they are shuffled, so that "above" means nothing."""
    for question, prompt in choices(bank):
        if any(re.search(r"(?i)\b(all|none|both) of (the above|these|them)\b", text) for text in prompt.options):
            message = "An option speaks of the others, but their order changes. Write an option that stands alone."
            yield Advice("questions", question.id, message)


def negative_stem(bank: Bank) -> Iterator[Advice]:
    """A stem in English that asks for what is not so; readers overlook the small word."""
    if not bank.language.lower().startswith("en"):
        return
    for question in bank.questions:
        if re.search(r"\bNOT\b|\bEXCEPT\b|(?i:\b(is|are|was|were|does|do|did) not\b|n['’]t\b)", question.stem):
            message = "The question is worded negatively. Ask for what is so."
            yield Advice("questions", question.id, message)


def uneven_options(bank: Bank) -> Iterator[Advice]:
    """Options of very different length; the odd one out gives itself away."""
    for question, prompt in choices(bank):
        lengths = sorted(map(len, prompt.options))
        if lengths[-1] > 3 * lengths[0] and lengths[-1] - lengths[0] > 30:  # noqa: PLR2004 - by eye
            message = f"The options are {lengths[0]} to {lengths[-1]} characters long. Make them about the same length."
            yield Advice("questions", question.id, message)


def unused_topic(bank: Bank) -> Iterator[Advice]:
    """A topic without a question; a learner who chooses it finds nothing."""
    used = {question.topic for question in bank.questions}
    for topic in bank.topics:
        if topic.id not in used:
            yield Advice(
                "topics", topic.id, f"No question is on the topic {topic.id!r}. Write one, or delete the topic."
            )


def unused_passage(bank: Bank) -> Iterator[Advice]:
    """A passage that no question asks about."""
    used = {question.passage for question in bank.questions}
    for passage in bank.reading:
        if passage.id not in used:
            message = f"No question is on the passage {passage.id!r}. Write one, or delete the passage."
            yield Advice("reading", passage.id, message)


def answer_is_a_letter(bank: Bank) -> Iterator[Advice]:
    """A right option that is one letter among longer ones; it may be meant to point at one of them."""
    for question, prompt in choices(bank):
        right = [prompt.options[place] for place in prompt.correct]
        others = [text for place, text in enumerate(prompt.options) if place not in prompt.correct]
        if re.fullmatch(r"[A-Ha-hА-Г]", right[0]) and len(right) == 1 and min(map(len, others)) > 2:  # noqa: PLR2004 - symbols have two letters
            message = f"The right option is the letter {right[0]} alone. If it points at an option, write its text."
            yield Advice("questions", question.id, message)


RULES: tuple[Rule, ...] = (
    longest_option_is_right,
    statements_lean_one_way,
    all_of_the_above,
    negative_stem,
    uneven_options,
    answer_is_a_letter,
    answers_within_reach,
    unused_topic,
    unused_passage,
)


def advise(bank: Bank) -> tuple[Advice, ...]:
    """Give the advice of every rule."""
    return tuple(advice for rule in RULES for advice in rule(bank))
