"""Marking of typed numbers and years: the table of verdicts, and the rules with their own examples."""

import pytest
from number_answers import triples

from bot.core.kind import Kind
from bot.core.kinds.number import Number
from bot.core.kinds.year import Year
from bot.core.number_rules import RULES, YEAR, ContextRule
from bot.core.prompt import Mark, Written

TRIPLES = list(triples())


def is_right(kind: Kind, text: str) -> bool:
    """Return whether a text is marked right; a text that is not an answer is not right."""
    mark = kind.mark(Written(text))
    return isinstance(mark, Mark) and mark.right


@pytest.mark.parametrize(("kind", "text", "right"), TRIPLES)
def test_a_number_gets_the_verdict_of_a_fair_teacher(kind: Kind, text: str, *, right: bool) -> None:
    """An answer of the table gets the verdict of the table."""
    assert is_right(kind, text) is right


def test_a_third_of_the_table_is_wrong() -> None:
    """The table has at least 250 answers, of which at least a third are wrong."""
    assert len(TRIPLES) >= 250
    assert sum(not right for *_, right in TRIPLES) * 3 >= len(TRIPLES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_refuses_its_wrong_examples_only(rule: ContextRule) -> None:
    """A rule has a source, and its examples get its verdict in each of its kinds of question."""
    assert rule.source
    assert rule.wrong
    assert rule.right
    for kind in rule.kinds:
        asked: Kind = Year(1966) if kind == YEAR else Number.read({"number": "1966"})
        assert [text for text in rule.wrong if is_right(asked, text.format(n=1966))] == []
        assert [text for text in rule.right if not is_right(asked, text.format(n=1966))] == []
