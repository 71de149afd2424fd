"""Translates errors of the YAML parser (libyaml, or PyYAML's own) into advice for authors."""

import re

import yaml

from bot.bank.common_mistakes import is_field_without_space, line_correction
from bot.bank.problems import START, Place
from bot.bank.source_file import LINE_BREAK

_REMEDIES: tuple[tuple[str, str], ...] = (
    (
        r"mapping values are not allowed",
        "A colon is not allowed here. Put a text with a colon and a space in quotes; indent a question's fields alike.",
    ),
    (r"'\\t'|tab character", "A tab is not allowed here. Indent with spaces."),
    (
        r"cannot start any token",
        "A text cannot begin with this character. Put the text in quotes; indent with spaces, never with tabs.",
    ),
    (
        r"unexpected end of stream|unexpected document",
        "The text in quotes that begins here has no end. Add the closing quotation mark.",
    ),
    (
        r"escape (sequence|character|code)|hexdecimal number",
        r"The backslash code is unknown. Inside double quotes write \\ for a backslash, or use single quotes.",
    ),
    (
        r"',' or '[\]}]'",
        "The list or mapping in brackets has no end or lacks a comma. Check the commas and the closing bracket.",
    ),
    (
        r"could not find expected ':'|simple key",
        "The text before this place is not a field. Indent it under its field, or add `name:` before it.",
    ),
    (
        r"sequence entries are not allowed",
        "A list item (-) cannot begin here. Begin the list on a line of its own, under its field.",
    ),
    (
        r"incompatible YAML document|directive|version number",
        "A line that begins with % is a YAML directive; a bank has none. Delete it, or put the text in quotes.",
    ),
    (
        r"comment or (a )?line break|indentation indicator",
        "After | or > the text begins on the next line, indented. Put a text that begins with them in quotes.",
    ),
    (
        r"document start",
        "The bank ended before this line. Begin title, topics, questions and the other sections in the first column.",
    ),
    (r"mapping keys are not allowed", "A text cannot begin with a question mark and a space. Put it in quotes."),
    (r"alphabetic or numeric character", "A text cannot begin with * or &. Put the text in quotes."),
    (
        r"expected key|expected '-' indicator|<block end>|node content",
        "The indentation or the quotes do not fit. Indent all fields of a question alike; end the line after a quote.",
    ),
)
_DEFAULT_REMEDY = "YAML cannot read this ({reason}). Put the text in quotes and check the indentation."


def explain(error: yaml.MarkedYAMLError, text: str) -> tuple[Place, str]:
    """Return the place of the error in the text and a message that says how to fix it."""
    return _line_correction(error, text) or _remedy(error)


def _line_correction(error: yaml.MarkedYAMLError, text: str) -> tuple[Place, str] | None:
    """Return the place and the message if a missing colon or space near the error explains it, else None."""
    if re.search(r"'\\t'|tab character|escape|unexpected end", error.problem or ""):
        return None
    lines = LINE_BREAK.split(text)
    marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark]
    for number in dict.fromkeys((*marks, *(line - 1 for line in marks[:1]))):
        if not 0 <= number < len(lines) or line_correction(lines[number]) is None:
            continue
        if number not in marks and not is_field_without_space(lines[number]):  # it may belong to a block text
            continue
        while number and line_correction(lines[number - 1]):
            number -= 1  # noqa: PLW2901 - goes back to the first such line
        column, message = line_correction(lines[number]) or (1, "")
        return Place(number + 1, column), message
    return None


def _remedy(error: yaml.MarkedYAMLError) -> tuple[Place, str]:
    reason = error.problem or "unreadable"
    message = next((remedy for pattern, remedy in _REMEDIES if re.search(pattern, reason)), None)
    unended = "unexpected end of stream" in reason or "unexpected document" in reason
    mark = error.context_mark if unended and error.context_mark else error.problem_mark or error.context_mark
    place = Place(mark.line + 1, mark.column + 1) if mark else START
    return place, message or _DEFAULT_REMEDY.format(reason=reason)
