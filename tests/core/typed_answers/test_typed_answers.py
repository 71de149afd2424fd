"""Marking of typed answers: a table with the verdicts of a fair teacher."""

import pytest
from typed_rows import Row, is_right, rows
from typed_table import SUBJECTS, TABLE


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in TABLE.items()])
def test_an_answer_gets_the_verdict_of_a_fair_teacher(row: Row) -> None:
    """An answer of the table gets the verdict of the table."""
    assert is_right(row.asked.kind(), row.typed) is row.right


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_has_enough_answers(subject: str) -> None:
    """Each subject has at least 90 answers, of which at least a third are wrong, and none twice."""
    found = list(rows(SUBJECTS[subject]))
    assert len(found) >= 90
    assert sum(not row.right for row in found) * 3 >= len(found)
    assert len({row.name for row in found}) == len(found)
