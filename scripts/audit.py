"""Asks pip-audit for known vulnerabilities in requirements.lock; where their database cannot be reached, says so.

``uv run python scripts/audit.py`` ends with 1 if there are any. That nobody could be asked is no fault of the lock: 0.
"""  # noqa: INP001 - a script, no package

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements.lock"
# The tool stays outside the project's own environment: it would bring thirty packages into it.
COMMAND = ("uvx", "pip-audit>=2.10,<3", "--disable-pip", "--require-hashes", "--progress-spinner=off", "--timeout=15")
# One package after the other is asked for; a registry that answers none in this time is not there.
PATIENCE_SECONDS = 60


def main() -> int:
    """Ask, say what came of it, and give the exit code."""
    try:
        asked = subprocess.run(  # noqa: S603 - our own words
            [*COMMAND, "--format=json", f"--requirement={LOCK}"],
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        words, code = f"Dependencies are not audited: {type(error).__name__}.", 0
    else:
        words, code = verdict(asked.stdout)
    sys.stdout.write(f"{words}\n")
    return code


def verdict(report: str) -> tuple[str, int]:
    """Judge pip-audit's report, JSON or nothing where it had to give up; give what to say and the exit code."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, LookupError, TypeError):
        return "Dependencies are not audited: pip-audit could not be had, or reached nobody.", 0
    asked = [one for one in packages if "vulns" in one]
    found = [(one, fault) for one in asked for fault in one["vulns"]]
    if found:
        return "\n".join([*(_told(one, fault) for one, fault in found), "Renew the lock: CONTRIBUTING.md says how."]), 1
    if not asked:
        return "Dependencies are not audited: the database of vulnerabilities cannot be reached from here.", 0
    left_out = f"; not known there: {len(packages) - len(asked)}" if len(asked) < len(packages) else ""
    return f"No known vulnerability in {len(asked)} locked packages{left_out}.", 0


def _told(package: dict[str, Any], fault: dict[str, Any]) -> str:
    mended = " or ".join(fault["fix_versions"]) or "no version yet"
    return f"{package['name']} {package['version']}: {fault['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
