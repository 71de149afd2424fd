"""Write bot/core/confusables.py from the published table (https://www.unicode.org/Public/security/, confusables.txt).

Run it with the path of that file. Characters that normalization (NFKC, NFD) replaces are left out, since nicknames
are normalized first.
"""  # noqa: INP001 - a script, no package

import sys
import textwrap
import unicodedata
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parents[1] / "bot" / "core" / "confusables.py"
HEAD = '''"""Letters that look alike: the table of Unicode Technical Standard 39, "Security Mechanisms".

Written by scripts/confusable_letters.py from confusables.txt, version {version}, {copyright}; its licence is
in confusables-licence.txt beside this file. Characters that normalization replaces are left out.
"""

# The prototype (a text), then all characters that look like it; code points in hexadecimal.
_TABLE = """
{table}
"""


def _read(entry: str) -> dict[int, str]:
    prototype, _, alike = entry.partition("=")
    shown = "".join(chr(int(point, 16)) for point in prototype.split("+"))
    return {{int(point, 16): shown for point in alike.split(",")}}


PROTOTYPES: dict[int, str] = {{
    point: shown for entry in "".join(_TABLE.split()).split(";") for point, shown in _read(entry).items()
}}
"""The text that a character looks like, by the character's code point; for ``str.translate``."""
'''


def main(path: Path) -> None:
    """Read the published table and write the module."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    version = next(line.partition(":")[2].strip() for line in lines if "Version:" in line)
    notice = next(line.strip("# ") for line in lines if "©" in line)
    groups: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        source, _, rest = line.partition("#")[0].partition(";")
        sign = chr(int(source, 16)) if rest else ""
        if sign and all(unicodedata.normalize(form, sign) == sign for form in ("NFKC", "NFD")):
            groups["+".join(f"{int(point, 16):X}" for point in rest.partition(";")[0].split())].append(f"{ord(sign):X}")
    table = "; ".join(f"{shown}={', '.join(alike)}" for shown, alike in groups.items())
    rows = "\n".join(textwrap.wrap(table, 120, break_on_hyphens=False)).replace(" ", "")
    TARGET.write_text(HEAD.format(version=version, copyright=notice, table=rows), encoding="utf-8")


main(Path(sys.argv[1]))
