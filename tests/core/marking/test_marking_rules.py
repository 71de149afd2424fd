"""The rules of marking: each is tested on the examples in its record."""

import pytest

from bot.core.marking import matches
from bot.core.marking.rule_types import PairRule, TextRule, WordRule
from bot.core.marking.rules import PAIR_RULES, TEXT_RULES, WORD_RULES

RULES = (*TEXT_RULES, *PAIR_RULES, *WORD_RULES)
Rule = TextRule | PairRule | WordRule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_accepts_its_right_examples(rule: Rule) -> None:
    """The typed texts in a rule's right examples are marked right."""
    assert [pair for pair in rule.right if not matches(pair[0], (pair[1],))] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_refuses_its_wrong_examples(rule: Rule) -> None:
    """The typed texts in a rule's wrong examples are marked wrong."""
    assert [pair for pair in rule.wrong if matches(pair[0], (pair[1],))] == []


def test_every_rule_names_its_source_and_both_kinds_of_examples() -> None:
    """Each rule has a source, right examples and wrong examples."""
    assert [rule.name for rule in RULES if not (rule.source and rule.right and rule.wrong)] == []
