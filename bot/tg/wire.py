"""JSON as it comes from Telegram: read fast where it is right, and with patience where it is not."""

import json
from typing import Any

from pydantic_core import from_json


def read_json(text: str | bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Read JSON. Half a character, which JSON can hold and UTF-8 and databases cannot, becomes "?".

    Raises:
        ValueError, RecursionError: it is no JSON, or nested too deeply.
    """
    try:
        return from_json(text)
    except ValueError:
        read = json.loads(text if isinstance(text, str) else text.decode(errors="replace"))
        return json.loads(json.dumps(read, ensure_ascii=False).encode(errors="replace"))
