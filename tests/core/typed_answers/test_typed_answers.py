"""Marking of typed answers: the table of verdicts of a fair teacher."""

import pytest
from typed_rows import Row, is_right, rows
from typed_table import SUBJECTS, TABLE


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in TABLE.items()])
def test_an_answer_is_marked_as_a_fair_teacher_would(row: Row) -> None:
    """An answer of the table gets the verdict of the table."""
    assert is_right(row.asked.kind(), row.typed) is row.right


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_has_its_share(subject: str) -> None:
    """Each subject holds at least 90 answers, at least a third of them wrong, and none twice."""
    found = list(rows(SUBJECTS[subject]))
    assert len(found) >= 90
    assert sum(not row.right for row in found) * 3 >= len(found)
    assert len({row.name for row in found}) == len(found)
