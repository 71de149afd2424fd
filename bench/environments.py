"""Python environments of the rivals: uv builds them from the inline requirements of each script."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

_VERSION = "import importlib.metadata as m, json, sys; print(json.dumps([sys.executable, m.version(sys.argv[1])]))"
_SECONDS = 180


class MissingError(Exception):
    """An environment cannot be built; the text says why."""


@cache
def environment_of(script: Path | None, package: str) -> tuple[str, str]:
    """Return the interpreter for a script and the package's version there; None stands for our own environment.

    Raises:
        MissingError: uv is not installed, or cannot fetch the script's requirements.
    """
    if script is None:
        found = _output([sys.executable, "-c", _VERSION, package])
    else:
        # The Python that runs us: how Python was built changes the speed by a fifth (see README.md).
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
