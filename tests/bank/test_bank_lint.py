"""The advice on the writing of questions: what each rule sees, and what it leaves alone."""

from dataclasses import replace

import pytest
from strategies import TOPICS, question

from bot.bank import lint
from bot.bank.lint import RULES, Rule, advise
from bot.core.kind import Option
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.several_right import SeveralRight
from bot.core.kinds.true_false import TrueFalse
from bot.core.question import Bank, Passage, Question


def bank_of(*questions: Question, language: str = "en") -> Bank:
    """Build a bank of these questions."""
    return Bank("A bank", language, "a source", "a licence", (), TOPICS, questions)


def one_right(number: int, answer: str, *wrong: str) -> Question:
    """Build a question with one right option."""
    return question(f"q{number}", kind=OneRight(answer, tuple(map(Option, wrong))))


def heard(rule: Rule, bank: Bank) -> list[str]:
    """Give the ids that a rule has advice on."""
    return [advice.id for advice in rule(bank)]


def test_the_longest_option_gives_the_answer_away() -> None:
    """Eight of eight right options being the longest of three is no chance; it is told once, at the first."""
    bank = bank_of(*(one_right(number, "the long one", "short", "shorter") for number in range(8)))
    (advice,) = lint.longest_option_is_right(bank)
    assert (advice.section, advice.id) == ("questions", "q0")
    assert "8 of 8" in advice.message


@pytest.mark.parametrize("longest", [0, 2, 4])
def test_the_longest_option_is_right_by_chance(longest: int) -> None:
    """Up to four of nine, where three are expected, nothing is said."""
    long = [one_right(number, "the long one", "short", "shorter") for number in range(longest)]
    short = [one_right(number, "short", "the long one", "shorter") for number in range(longest, 9)]
    assert heard(lint.longest_option_is_right, bank_of(*long, *short)) == []


def test_options_of_one_length_have_no_longest() -> None:
    """Where two options share the greatest length, none gives itself away."""
    bank = bank_of(*(one_right(number, "right", "wrong", "no") for number in range(9)))
    assert heard(lint.longest_option_is_right, bank) == []


def test_few_questions_are_not_judged() -> None:
    """Five questions tell nothing about a habit."""
    long = bank_of(*(one_right(number, "the long one", "short", "shorter") for number in range(5)))
    true = bank_of(*(question(f"q{number}", kind=TrueFalse(answer=True)) for number in range(5)))
    assert heard(lint.longest_option_is_right, long) == heard(lint.statements_lean_one_way, true) == []


@pytest.mark.parametrize(("true", "told"), [(0, True), (2, True), (3, False), (6, False), (7, True), (9, True)])
def test_statements_are_balanced(true: int, told: bool) -> None:  # noqa: FBT001 - what is expected
    """Of nine statements three to six may be true."""
    bank = bank_of(*(question(f"q{number}", kind=TrueFalse(answer=number < true)) for number in range(9)))
    assert heard(lint.statements_lean_one_way, bank) == (["q0"] if told else [])


@pytest.mark.parametrize("text", ["All of the above", "none of these", "Both of them"])
def test_an_option_stands_alone(text: str) -> None:
    """An option that speaks of the other options is noticed, right or wrong."""
    bank = bank_of(one_right(0, "Oslo", text), one_right(1, text, "Oslo"), one_right(2, "Oslo", "All of Norway"))
    assert heard(lint.all_of_the_above, bank) == ["q0", "q1"]


@pytest.mark.parametrize("stem", ["Which is NOT a city?", "All are EXCEPT:", "What is not a city?", "It isn’t."])
def test_negative_wording_is_noticed(stem: str) -> None:
    """A question worded negatively is noticed in an English bank."""
    asked = replace(question("q"), stem=stem)
    assert heard(lint.negative_stem, bank_of(asked)) == ["q"]
    assert heard(lint.negative_stem, bank_of(asked, language="nb")) == []


@pytest.mark.parametrize("stem", ["Which is a city?", "What notes did it take?", "Nothing is said of what?"])
def test_positive_wording_is_left_alone(stem: str) -> None:
    """A stem without a negation is left alone, whatever its words contain."""
    assert heard(lint.negative_stem, bank_of(replace(question("q"), stem=stem))) == []


def test_uneven_options_are_noticed() -> None:
    """Options of very different length are noticed, in questions with several right options too."""
    long = "an option that goes on and on and on, and then some"
    several = question("q1", kind=SeveralRight(("Oslo", long), (Option("Rome"),)))
    bank = bank_of(one_right(0, "Oslo", long), several, one_right(2, "Oslo", "Copenhagen"))
    assert heard(lint.uneven_options, bank) == ["q0", "q1"]


def test_what_nobody_asks_about_is_noticed() -> None:
    """Topics and passages without questions are named with their section."""
    passages = (Passage("passage", "Used", "words"), Passage("idle", "Unused", "words"))
    bank = replace(bank_of(question("q")), reading=passages)
    assert [(advice.section, advice.id) for advice in advise(bank)] == [
        ("topics", "years"),
        ("topics", "codes"),
        ("reading", "idle"),
    ]


def test_no_rule_is_forgotten() -> None:
    """Every rule that is written is in the tuple of rules."""
    written = {one for one in vars(lint).values() if getattr(one, "__annotations__", {}).get("bank") is Bank}
    assert written - {lint.choices, lint.advise} == set(RULES)
