"""What is said of pip-audit's reports: vulnerabilities fail, silence is told, and neither is taken for the other."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "audit.py"
SOUND = {"name": "aiohttp", "version": "3.14.5", "vulns": []}
SKIPPED = {"name": "alembic", "skip_reason": "Dependency not found on PyPI and could not be audited: alembic (1.20.1)"}


@pytest.fixture
def verdict() -> Callable[[str], tuple[str, int]]:
    """Give the script's judgement."""
    found = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    judge: Callable[[str], tuple[str, int]] = module.verdict
    return judge


def report(*packages: dict[str, object]) -> str:
    """Write a report as pip-audit does."""
    return json.dumps({"dependencies": packages, "fixes": []})


def test_a_vulnerability_fails_with_its_mend(verdict: Callable[[str], tuple[str, int]]) -> None:
    """Each is a line with the package, the version, its name and where it is mended; one is enough to fail."""
    faults = [
        {"id": "PYSEC-2026-1", "fix_versions": ["3.14.6", "3.15.0"], "aliases": [], "description": "Bad."},
        {"id": "PYSEC-2026-2", "fix_versions": [], "aliases": [], "description": "Worse."},
    ]
    words, code = verdict(report(SKIPPED, {**SOUND, "vulns": faults}))
    assert code == 1
    assert words.splitlines()[:2] == [
        "aiohttp 3.14.5: PYSEC-2026-1, mended in 3.14.6 or 3.15.0",
        "aiohttp 3.14.5: PYSEC-2026-2, mended in no version yet",
    ]


def test_a_sound_lock_passes(verdict: Callable[[str], tuple[str, int]]) -> None:
    """How many were asked about is told, and how many the database did not know."""
    assert verdict(report(SOUND, SOUND)) == ("No known vulnerability in 2 locked packages.", 0)
    assert verdict(report(SOUND, SKIPPED)) == ("No known vulnerability in 1 locked packages; not known there: 1.", 0)


@pytest.mark.parametrize("said", ["", "ERROR: no network", "[]", "null", "{}", report(), report(SKIPPED, SKIPPED)])
def test_an_audit_that_asked_nobody_is_not_taken_for_a_sound_one(
    verdict: Callable[[str], tuple[str, int]], said: str
) -> None:
    """Where nothing could be asked, it says that nothing was audited, and does not fail."""
    words, code = verdict(said)
    assert code == 0
    assert words.startswith("Dependencies are not audited: ")
