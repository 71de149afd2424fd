"""Environments of the rivals that the project does not depend on: uv makes them from what each script says it needs."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

_VERSION = "import importlib.metadata as m, json, sys; print(json.dumps([sys.executable, m.version(sys.argv[1])]))"
_SECONDS = 180


class MissingError(Exception):
    """An environment cannot be made; says why."""


@cache
def environment_of(script: Path | None, package: str) -> tuple[str, str]:
    """Give the interpreter that runs a script, and the version of the package there; None is our own environment.

    Raises:
        MissingError: uv is not there, or cannot fetch what the script needs.
    """
    if script is None:
        found = _output([sys.executable, "-c", _VERSION, package])
    else:
        # On the Python that runs us: how that was built makes a fifth of the speed.
        base = str(Path(sys.base_prefix, "bin", f"python{sys.version_info.major}.{sys.version_info.minor}"))
        _output(["uv", "sync", "--quiet", "--python", base, "--script", str(script)])
        python = _output(["uv", "python", "find", "--script", str(script)]).strip()
        found = _output([python, "-c", _VERSION, package])
    interpreter, version = json.loads(found)
    return interpreter, version


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True)  # noqa: S603 - ours
    except subprocess.CalledProcessError as error:
        raise MissingError(f"{' '.join(command)}: {error.stderr.strip()}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise MissingError(str(error)) from error
    return done.stdout
