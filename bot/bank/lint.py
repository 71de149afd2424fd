"""Rules that give advice on how questions are written. A bank with advice can still be used.

The rules are those of Haladyna, Downing and Rodriguez (2002), "A Review of Multiple-Choice Item-Writing Guidelines",
as far as a program can check them. Each rule is a function listed in ``RULES``.
"""

import re
from collections.abc import Callable, Iterator
from math import sqrt

from bot.bank.advice import Advice
from bot.bank.near_answers import confusable_answers
from bot.core.prompt import ChoicePrompt, Prompt, TrueFalsePrompt
from bot.core.question import Bank, Question

MIN_QUESTIONS = 6
"""Below this number of questions of one type their balance is not judged: it cannot be told from chance."""


Rule = Callable[[Bank], Iterator[Advice]]


def prompt_of(question: Question) -> Prompt:
    """Return the prompt of a question; the order of its options does not matter here."""
    return question.kind.prompt(0)


def choice_questions(bank: Bank) -> Iterator[tuple[Question, ChoicePrompt]]:
    """Yield every question that has options, with its prompt."""
    for question in bank.questions:
        prompt = prompt_of(question)
        if isinstance(prompt, ChoicePrompt):
            yield question, prompt


def longest_option_is_right(bank: Bank) -> Iterator[Advice]:
    """Yield advice if the right option is the longest more often than chance explains (two standard deviations)."""
    single = [(question, prompt) for question, prompt in choice_questions(bank) if not prompt.several]
    telling = [question for question, prompt in single if _longest(prompt.options) == prompt.options[prompt.correct[0]]]
    chances = [1 / len(prompt.options) for _, prompt in single]
    expected, spread = sum(chances), sqrt(sum(chance * (1 - chance) for chance in chances))
    if len(single) >= MIN_QUESTIONS and len(telling) > expected + 2 * spread:
        message = (
            f"The right option is the longest in {len(telling)} of {len(single)} questions, here for the first time;"
            f" by chance it would be in {expected:.0f}. Lengthen wrong options or shorten right ones."
        )
        yield Advice("questions", telling[0].id, message)


def _longest(options: tuple[str, ...]) -> str | None:
    *_, second, longest = sorted(options, key=len)
    return longest if len(longest) > len(second) else None


def statements_lean_one_way(bank: Bank) -> Iterator[Advice]:
    """Yield advice if fewer than a third of the statements are true, or fewer than a third are false."""
    prompts = [(question, prompt_of(question)) for question in bank.questions]
    statements = [(question, prompt.correct) for question, prompt in prompts if isinstance(prompt, TrueFalsePrompt)]
    true = sum(correct for _, correct in statements)
    if len(statements) >= MIN_QUESTIONS and 3 * min(true, len(statements) - true) < len(statements):
        message = f"{true} of {len(statements)} statements are true. Make about half of them true."
        yield Advice("questions", statements[0][0].id, message)


def all_of_the_above(bank: Bank) -> Iterator[Advice]:
    """Yield advice on options that refer to the others: options are shuffled, so "above" means nothing."""
    for question, prompt in choice_questions(bank):
        if any(re.search(r"(?i)\b(all|none|both) of (the above|these|them)\b", text) for text in prompt.options):
            message = "An option refers to the others, but their order changes. Write an option that stands alone."
            yield Advice("questions", question.id, message)


def negative_stem(bank: Bank) -> Iterator[Advice]:
    """Yield advice on English stems with a negation, which readers overlook."""
    if not bank.language.lower().startswith("en"):
        return
    for question in bank.questions:
        if re.search(r"\bNOT\b|\bEXCEPT\b|(?i:\b(is|are|was|were|does|do|did) not\b|n['’]t\b)", question.stem):
            message = "The question is worded negatively. Ask for what is true instead."
            yield Advice("questions", question.id, message)


def uneven_options(bank: Bank) -> Iterator[Advice]:
    """Yield advice on options of very different lengths: the odd one out attracts attention."""
    for question, prompt in choice_questions(bank):
        lengths = sorted(map(len, prompt.options))
        if lengths[-1] > 3 * lengths[0] and lengths[-1] - lengths[0] > 30:  # noqa: PLR2004 - chosen by eye
            message = f"The options are {lengths[0]} to {lengths[-1]} characters long. Make them about the same length."
            yield Advice("questions", question.id, message)


def unused_topic(bank: Bank) -> Iterator[Advice]:
    """Yield advice on topics without a question: a learner who chooses one finds nothing."""
    used = {question.topic for question in bank.questions}
    for topic in bank.topics:
        if topic.id not in used:
            yield Advice("topics", topic.id, f"No question has the topic {topic.id!r}. Write one, or delete the topic.")


def unused_passage(bank: Bank) -> Iterator[Advice]:
    """Yield advice on passages that no question refers to."""
    used = {question.passage for question in bank.questions}
    for passage in bank.reading:
        if passage.id not in used:
            message = f"No question refers to the passage {passage.id!r}. Write one, or delete the passage."
            yield Advice("reading", passage.id, message)


def answer_is_a_letter(bank: Bank) -> Iterator[Advice]:
    """Yield advice on a right option that is one letter among longer options: it may stand for one of them."""
    for question, prompt in choice_questions(bank):
        right = [prompt.options[place] for place in prompt.correct]
        others = [text for place, text in enumerate(prompt.options) if place not in prompt.correct]
        if re.fullmatch(r"[A-Ha-hА-Г]", right[0]) and len(right) == 1 and min(map(len, others)) > 2:  # noqa: PLR2004 - chemical symbols have two letters
            message = f"The right option is the letter {right[0]} alone. If it stands for an option, write its text."
            yield Advice("questions", question.id, message)


RULES: tuple[Rule, ...] = (
    longest_option_is_right,
    statements_lean_one_way,
    all_of_the_above,
    negative_stem,
    uneven_options,
    answer_is_a_letter,
    confusable_answers,
    unused_topic,
    unused_passage,
)


def advise(bank: Bank) -> tuple[Advice, ...]:
    """Return the advice of all rules."""
    return tuple(advice for rule in RULES for advice in rule(bank))
