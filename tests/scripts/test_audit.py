"""Tests of the verdict on pip-audit's reports: vulnerabilities fail the audit, an unreachable database does not."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "audit.py"
CLEAN = {"name": "aiohttp", "version": "3.14.5", "vulns": []}
SKIPPED = {"name": "alembic", "skip_reason": "Dependency not found on PyPI and could not be audited: alembic (1.20.1)"}


@pytest.fixture
def verdict() -> Callable[[str], tuple[str, int]]:
    """The script's function of this name."""
    found = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    function: Callable[[str], tuple[str, int]] = module.verdict
    return function


def report(*packages: dict[str, object]) -> str:
    """Return a report in pip-audit's format."""
    return json.dumps({"dependencies": packages, "fixes": []})


def test_a_vulnerability_fails_and_its_fixed_versions_are_named(verdict: Callable[[str], tuple[str, int]]) -> None:
    """Each vulnerability has a line with its package, version, id and fixed versions; one is enough to fail."""
    vulnerabilities = [
        {"id": "PYSEC-2026-1", "fix_versions": ["3.14.6", "3.15.0"], "aliases": [], "description": "Bad."},
        {"id": "PYSEC-2026-2", "fix_versions": [], "aliases": [], "description": "Worse."},
    ]
    text, code = verdict(report(SKIPPED, {**CLEAN, "vulns": vulnerabilities}))
    assert code == 1
    assert text.splitlines()[:2] == [
        "aiohttp 3.14.5: PYSEC-2026-1, fixed in 3.14.6 or 3.15.0",
        "aiohttp 3.14.5: PYSEC-2026-2, fixed in no version yet",
    ]


def test_a_lock_without_vulnerabilities_passes(verdict: Callable[[str], tuple[str, int]]) -> None:
    """The text has the number of audited packages, and of those that could not be audited."""
    assert verdict(report(CLEAN, CLEAN)) == ("No known vulnerability in 2 locked packages.", 0)
    expected = "No known vulnerability in 1 locked packages; 1 could not be audited."
    assert verdict(report(CLEAN, SKIPPED)) == (expected, 0)


@pytest.mark.parametrize("output", ["", "ERROR: no network", "[]", "null", "{}", report(), report(SKIPPED, SKIPPED)])
def test_an_audit_without_results_is_not_reported_as_clean(
    verdict: Callable[[str], tuple[str, int]], output: str
) -> None:
    """If no package could be audited, the text says that dependencies were not audited, and the exit code is 0."""
    text, code = verdict(output)
    assert code == 0
    assert text.startswith("Dependencies were not audited: ")
