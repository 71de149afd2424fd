"""The rules that give advice on questions: when each applies, and when it does not."""

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


def advised_ids(rule: Rule, bank: Bank) -> list[str]:
    """Return the ids that a rule gives advice on."""
    return [advice.id for advice in rule(bank)]


def test_the_longest_option_gives_the_answer_away() -> None:
    """If the right option is the longest in all eight questions, there is one piece of advice, at the first."""
    bank = bank_of(*(one_right(number, "the long one", "short", "shorter") for number in range(8)))
    (advice,) = lint.longest_option_is_right(bank)
    assert (advice.section, advice.id) == ("questions", "q0")
    assert "8 of 8" in advice.message


@pytest.mark.parametrize("longest", [0, 2, 4])
def test_the_longest_option_is_right_by_chance(longest: int) -> None:
    """If the right option is the longest in up to four of nine questions (chance gives three), there is no advice."""
    long = [one_right(number, "the long one", "short", "shorter") for number in range(longest)]
    short = [one_right(number, "short", "the long one", "shorter") for number in range(longest, 9)]
    assert advised_ids(lint.longest_option_is_right, bank_of(*long, *short)) == []


def test_options_of_one_length_have_no_longest() -> None:
    """If two options are equally long, there is no longest option, and no advice."""
    bank = bank_of(*(one_right(number, "right", "wrong", "no") for number in range(9)))
    assert advised_ids(lint.longest_option_is_right, bank) == []


def test_the_balance_of_few_questions_is_not_judged() -> None:
    """Five questions are too few for advice on the longest option or the balance of statements."""
    long = bank_of(*(one_right(number, "the long one", "short", "shorter") for number in range(5)))
    true = bank_of(*(question(f"q{number}", kind=TrueFalse(answer=True)) for number in range(5)))
    assert advised_ids(lint.longest_option_is_right, long) == advised_ids(lint.statements_lean_one_way, true) == []


@pytest.mark.parametrize(("true", "advised"), [(0, True), (2, True), (3, False), (6, False), (7, True), (9, True)])
def test_statements_should_be_balanced(true: int, advised: bool) -> None:  # noqa: FBT001 - the expected result
    """Three to six of nine statements may be true without advice."""
    bank = bank_of(*(question(f"q{number}", kind=TrueFalse(answer=number < true)) for number in range(9)))
    assert advised_ids(lint.statements_lean_one_way, bank) == (["q0"] if advised else [])


@pytest.mark.parametrize("text", ["All of the above", "none of these", "Both of them"])
def test_an_option_should_not_refer_to_others(text: str) -> None:
    """An option that refers to the other options gets advice, whether it is right or wrong."""
    bank = bank_of(one_right(0, "Oslo", text), one_right(1, text, "Oslo"), one_right(2, "Oslo", "All of Norway"))
    assert advised_ids(lint.all_of_the_above, bank) == ["q0", "q1"]


@pytest.mark.parametrize("stem", ["Which is NOT a city?", "All are EXCEPT:", "What is not a city?", "It isn’t."])
def test_negative_wording_gets_advice(stem: str) -> None:
    """A negatively worded question gets advice in an English bank, and none in other languages."""
    asked = replace(question("q"), stem=stem)
    assert advised_ids(lint.negative_stem, bank_of(asked)) == ["q"]
    assert advised_ids(lint.negative_stem, bank_of(asked, language="nb")) == []


@pytest.mark.parametrize("stem", ["Which is a city?", "What notes did it take?", "Nothing is said of what?"])
def test_positive_wording_gets_no_advice(stem: str) -> None:
    """A stem without a negation gets no advice, even if its words contain "not"."""
    assert advised_ids(lint.negative_stem, bank_of(replace(question("q"), stem=stem))) == []


def test_options_of_very_different_lengths_get_advice() -> None:
    """Options of very different lengths get advice, also in questions with several right options."""
    long = "an option that goes on and on and on, and then some"
    several = question("q1", kind=SeveralRight(("Oslo", long), (Option("Rome"),)))
    bank = bank_of(one_right(0, "Oslo", long), several, one_right(2, "Oslo", "Copenhagen"))
    assert advised_ids(lint.uneven_options, bank) == ["q0", "q1"]


def test_topics_and_passages_without_questions_get_advice() -> None:
    """Topics and passages without questions get advice, with their section."""
    passages = (Passage("passage", "Used", "words"), Passage("idle", "Unused", "words"))
    bank = replace(bank_of(question("q")), reading=passages)
    assert [(advice.section, advice.id) for advice in advise(bank)] == [
        ("topics", "years"),
        ("topics", "codes"),
        ("reading", "idle"),
    ]


def test_every_rule_is_listed() -> None:
    """Every function of the module that is a rule is in RULES."""
    defined = {one for one in vars(lint).values() if getattr(one, "__annotations__", {}).get("bank") is Bank}
    assert defined - {lint.choice_questions, lint.advise} == set(RULES)
