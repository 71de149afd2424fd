"""Retired words do not come back: docstrings open with plain verbs, and names and sentences use the words of the field.

``docs/glossary.md`` has the words to use.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from documents import ROOT, read

# The first word of a docstring, and what to write instead.
OPENINGS = {
    "give": "Return",
    "say": "Return whether, or Send",
    "let": "the verb that follows",
    "tell": "Return, Send or Log",
    "hold": "Pause, Lock or Keep",
    "put": "Add, Set or Send",
    "look": "Check, Find or Read",
    "know": "Return, or a noun",
    "have": "the verb that follows",
    "be": "the verb that follows",
    "make": "Create or Build",
    "take": "Accept, Claim or Remove",
    "who": "a person who",
    "whom": "a person whom",
    "whose": "a person whose",
    "whoever": "a person who",
    "whomever": "a person whom",
    "what": "a noun",
    "whatever": "a noun",
    "however": "a noun or a verb",
    "wherever": "a noun or a verb",
    "whichever": "a noun",
}
VERBS = ("give", "say", "let", "tell", "hold", "put", "look", "know", "make", "take")
OPENINGS |= {f"{verb}s": f"the same, for a class: {OPENINGS[verb]}" for verb in VERBS}

# Names that were retired, and those that took their place.
NAMES = {
    "AskedHere": "QuestionsSent",
    "CameLate": "JoinedLate",
    "Carrier": "ApiCaller",
    "ClassRounds": "LiveClass",
    "Classroom": "ClassState",
    "Desk": "QuizService",
    "DiscussionCalled": "DiscussionStarted",
    "Edge": "TelegramAdapter",
    "Errand": "QueuedMessage",
    "Facts": "KeyValues",
    "Floods": "FloodDetector",
    "Gate": "Throttle",
    "Handover": "DoubtfulCommits",
    "HangsError": "HandlerTimeoutError",
    "Intake": "LongPolling",
    "Keeper": "HealthMonitor",
    "Kept": "IdentityMap",
    "LetGo": "QuestionDropped",
    "Outgoing": "OutgoingMessage",
    "OwnPace": "LocalSchedule",
    "Paces": "SharedLimits",
    "Places": "FairQueue",
    "Presences": "Membership",
    "QuestionPut": "QuestionSent",
    "QuizSession": "SoloSession",
    "Rooms": "LiveClasses",
    "STORIES": "HANDLERS",
    "SetAside": "DeadLetter",
    "SharedPace": "SharedSchedule",
    "StoodStillError": "TransactionTimedOutError",
    "StoryRunner": "HandlerRunner",
    "TimeRanOut": "TimeExpired",
    "ToSend": "NewMessage",
    "Turns": "SendQueue",
    "Unsent": "StoredMessage",
    "WatchedDesk": "MonitoredService",
    "WentOn": "Advanced",
    "Worked": "BatchResult",
    "call_back": "release_deferred",
    "desk": "service",
    "dice": "rng",
    "errand": "queued",
    "find_live": "find_class",
    "find_rounds": "find_live_class",
    "held_elsewhere": "chats_of_others",
    "insert_later": "insert_on_flush",
    "lesson_of": "explain_answer",
    "put_anew": "resend_to_group",
    "send_off": "flush",
    "step_aside": "defer",
    "take_note": "apply_deliveries",
    "take_turns": "reserve_send_slots",
    "tell_story": "handle",
}
# Words that are refused in comments, docstrings, texts of the program and pages, as regular expressions.
PHRASES = {
    r"\bwho(?:m|so)?ever\b": "a person who",
    r"\banew\b": "again",
    r"\bwhatsoever\b": "any",
    r"\bthereof\b": "of it",
    r"\bso many (?:seconds|times)\b": "the number, or `count` times",
    r"\bit (?:is|was) (?:waited|looked|told)\b": "who waits, looks or reports",
    r"\btakes? note of\b": "record",
    r"\bgives? way\b": "yield, or wait",
    r"\bsteps? aside\b": "is deferred",
    r"\bthe desk\b": "the service",
    r"\berrands?\b": "queued message",
    r"\bis told of\b": "is notified of",
    r"\bhears? of\b": "is notified of",
}

_CLAUSE = re.compile(r"test_(who|whom|whose|whoever|whomever|what|whatever|however)_")
MOST_TERMS = 45
PYTHON = tuple(
    path
    for top in ("bot", "bench", "scripts", "tests")
    for path in sorted((ROOT / top).rglob("*.py"))
    if path.name != Path(__file__).name
)
# The history of changes keeps its words, and a page for authors quotes what people write.
PAGES = tuple(path for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))))


def named(path: Path) -> str:
    """Return the path as it is written in messages."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


@cache
def source(path: Path) -> str:
    """Return the text of a file."""
    return path.read_text(encoding="utf-8")


def retired_openings(path: Path) -> Iterator[str]:
    """Yield the docstrings of a module that open with a retired word."""
    for node in ast.walk(ast.parse(source(path))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first, *_ = (ast.get_docstring(node) or "-").split()
            if use := OPENINGS.get(first.strip(".,:;`'\"").lower()):
                yield f"{named(path)}:{getattr(node, 'lineno', 1)}: opens with {first!r}; use: {use}"


def retired_names(path: Path) -> Iterator[str]:
    """Yield the retired names that a module uses."""
    for token in tokenize.generate_tokens(io.StringIO(source(path)).readline):
        if token.type == tokenize.NAME and token.string in NAMES:
            yield f"{named(path)}:{token.start[0]}: {token.string!r}; use: {NAMES[token.string]}"


def retired_test_names(path: Path) -> Iterator[str]:
    """Yield the tests of a module whose name begins with a clause instead of the subject of a fact."""
    for node in ast.walk(ast.parse(source(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (found := _CLAUSE.match(node.name)):
            yield f"{named(path)}:{node.lineno}: {node.name!r}; use: {OPENINGS[found[1]]} instead of {found[1]!r}"


def retired_phrases(path: Path) -> Iterator[str]:
    """Yield the retired phrases in the comments and strings of a module, or in a page."""
    if path.suffix == ".py":
        tokens = tokenize.generate_tokens(io.StringIO(source(path)).readline)
        pieces = [(one.start[0], one.string) for one in tokens if one.type in (tokenize.COMMENT, tokenize.STRING)]
    else:
        pieces = [(1, source(path))]
    for line, text in pieces:
        for phrase, use in PHRASES.items():
            for found in re.finditer(phrase, text, re.IGNORECASE):
                number = line + text.count("\n", 0, found.start())
                yield f"{named(path)}:{number}: {found.group()!r}; use: {use}"


def test_no_docstring_opens_with_a_retired_word() -> None:
    """Functions open with a verb that programmers use, classes and modules with a noun phrase."""
    assert [line for path in PYTHON for line in retired_openings(path)] == []


def test_no_retired_name_is_used() -> None:
    """Code and tests use the names that are known elsewhere."""
    assert [line for path in PYTHON for line in retired_names(path)] == []


def test_every_test_is_named_after_a_fact() -> None:
    """The name of a test begins with the subject of the fact that it states."""
    assert [line for path in PYTHON for line in retired_test_names(path)] == []


def test_no_retired_phrase_is_used() -> None:
    """Comments, docstrings, texts and pages are written in plain English."""
    assert [line for path in (*PYTHON, *PAGES) for line in retired_phrases(path)] == []


@pytest.mark.parametrize("word", sorted(OPENINGS))
def test_a_retired_opening_is_found(word: str, tmp_path: Path) -> None:
    """Each retired opening is found in a module, with its line and what to write."""
    (tmp_path / "sample.py").write_text(
        f'"""A sample."""\n\n\ndef f() -> None:\n    """{word.title()} it."""\n', encoding="utf-8"
    )
    (line,) = retired_openings(tmp_path / "sample.py")
    assert line == f"sample.py:4: opens with {word.title()!r}; use: {OPENINGS[word]}"


def test_retired_names_and_phrases_are_found(tmp_path: Path) -> None:
    """A retired name is found as a name, and a phrase in a comment, a string and a page; a page counts its lines."""
    (tmp_path / "sample.py").write_text('desk = "whoever"  # asked anew\n"desk"\n', encoding="utf-8")
    (tmp_path / "page.md").write_text("# Page\n\nIt steps aside.\n", encoding="utf-8")
    found = [*retired_names(tmp_path / "sample.py"), *retired_phrases(tmp_path / "sample.py")]
    assert [line.partition(";")[0] for line in found] == [
        "sample.py:1: 'desk'",
        "sample.py:1: 'whoever'",
        "sample.py:1: 'anew'",
    ]
    assert list(retired_phrases(tmp_path / "page.md")) == ["page.md:3: 'steps aside'; use: is deferred"]


def test_a_test_that_is_named_by_a_clause_is_found(tmp_path: Path) -> None:
    """A name that begins with a relative clause is found, with what to write; one with a subject is not."""
    (tmp_path / "sample.py").write_text(
        "def test_who_ends() -> None: ...\n\n\ndef test_a_leader_ends() -> None: ...\n", encoding="utf-8"
    )
    assert list(retired_test_names(tmp_path / "sample.py")) == [
        "sample.py:1: 'test_who_ends'; use: a person who instead of 'who'"
    ]


def test_the_glossary_is_short_and_names_places_that_exist() -> None:
    """It has at most 45 rows, and each place of a term is a file or folder."""
    rows = [line.strip("| \n").split(" | ") for line in read("docs/glossary.md").splitlines() if line.startswith("| ")]
    terms = [row for row in rows if row[0] != "term"]
    assert 0 < len(terms) <= MOST_TERMS
    places = [place for row in terms for place in re.findall(r"`(bot/[\w/.]+)`", row[2])]
    assert len(places) >= len(terms)
    assert [place for place in places if not (ROOT / place).exists()] == []
