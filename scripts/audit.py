"""Check requirements.lock for known vulnerabilities with pip-audit.

``uv run python scripts/audit.py`` exits with 1 if there are any, and with 0 if the audit itself was not possible.
"""  # noqa: INP001 - a script, no package

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements.lock"
# The tool runs in an environment of its own: it needs thirty further packages.
COMMAND = ("uvx", "pip-audit>=2.10,<3", "--disable-pip", "--require-hashes", "--progress-spinner=off", "--timeout=15")
# pip-audit asks for one package after the other; without an answer in this time the registry is unreachable.
TIMEOUT_SECONDS = 60


def main() -> int:
    """Run pip-audit, print the verdict, and return the exit code."""
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            [*COMMAND, "--format=json", f"--requirement={LOCK}"],
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        text, code = f"Dependencies were not audited: {type(error).__name__}.", 0
    else:
        text, code = verdict(done.stdout)
    sys.stdout.write(f"{text}\n")
    return code


def verdict(report: str) -> tuple[str, int]:
    """Return the text to print and the exit code for pip-audit's report, which is JSON, or empty if it failed."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, LookupError, TypeError):
        return "Dependencies were not audited: pip-audit could not be installed, or could not reach the registry.", 0
    audited = [one for one in packages if "vulns" in one]
    found = [(one, vulnerability) for one in audited for vulnerability in one["vulns"]]
    if found:
        lines = [_described(one, vulnerability) for one, vulnerability in found]
        return "\n".join([*lines, "Renew the lock as CONTRIBUTING.md describes."]), 1
    if not audited:
        return "Dependencies were not audited: the database of vulnerabilities could not be reached.", 0
    skipped = f"; {len(packages) - len(audited)} could not be audited" if len(audited) < len(packages) else ""
    return f"No known vulnerability in {len(audited)} locked packages{skipped}.", 0


def _described(package: dict[str, Any], vulnerability: dict[str, Any]) -> str:
    fixed = " or ".join(vulnerability["fix_versions"]) or "no version yet"
    return f"{package['name']} {package['version']}: {vulnerability['id']}, fixed in {fixed}"


if __name__ == "__main__":
    sys.exit(main())
