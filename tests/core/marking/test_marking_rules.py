"""The rules of marking typed answers: each is tested on the examples that its record names."""

import pytest

from bot.core.marking import matches
from bot.core.marking.rule_types import PairRule, TextRule, WordRule
from bot.core.marking.rules import PAIR_RULES, TEXT_RULES, WORD_RULES

RULES = (*TEXT_RULES, *PAIR_RULES, *WORD_RULES)
Rule = TextRule | PairRule | WordRule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_accepts_what_it_allows_for(rule: Rule) -> None:
    """The typed texts that a rule names as right are marked as right."""
    assert [pair for pair in rule.right if not matches(pair[0], (pair[1],))] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_accepts_nothing_near_by(rule: Rule) -> None:
    """The typed texts that a rule names as wrong are marked as wrong."""
    assert [pair for pair in rule.wrong if matches(pair[0], (pair[1],))] == []


def test_every_rule_names_its_source_and_both_kinds_of_examples() -> None:
    """Each rule says where it comes from, what it accepts and what it must not accept."""
    assert [rule.name for rule in RULES if not (rule.source and rule.right and rule.wrong)] == []
