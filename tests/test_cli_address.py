"""Wrong values of BOT_DATABASE_URL: every command reports them in one line, without any part of the password."""

import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from postgresql import MakeUrl

from bot.cli import main

BANK = Path(__file__).parents[1] / "questions.yaml"
# In every part of the password, so that half of it is found too.
MARK = "Zq7"
COMMANDS = {
    "run": ["run"],
    "status": ["status"],
    "inbox": ["inbox"],
    "outbox drop": ["outbox", "drop", "--all"],
    "backup": ["backup", "copy.sqlite3"],
    "restore": ["restore", "copy.sqlite3"],
    "migrate": ["migrate", "from.sqlite3"],
}

MALFORMED = {
    "no address": f"ann:{MARK}@127.0.0.1/quiz",
    "one slash": f"postgresql:/ann:{MARK}@127.0.0.1/quiz",
    "an older name": f"postgres://ann:{MARK}@127.0.0.1/quiz",
    "another driver": f"postgresql+asyncpg://ann:{MARK}@127.0.0.1/quiz",
    "another engine": f"mysql://ann:{MARK}@127.0.0.1/quiz",
    "no host": f"postgresql://ann:{MARK}",
    "a word as port": f"postgresql://ann:{MARK}@127.0.0.1:port/quiz",
    "no port behind the colon": f"postgresql://ann:{MARK}@127.0.0.1:/quiz",
    "a port too high": f"postgresql://ann:{MARK}@127.0.0.1:65536/quiz",
    "a port in other digits": f"postgresql://ann:{MARK}@127.0.0.1:١٢/quiz",
    "an endless port": f"postgresql://ann:{MARK}@127.0.0.1:{'9' * 5000}/quiz",
    "a raw @": f"postgresql://ann:half@{MARK}@127.0.0.1/quiz",
    "a raw @ and /": f"postgresql://ann:half@{MARK}/{MARK}@127.0.0.1:1/quiz",
    "a raw / in the user": f"postgresql://an/n:{MARK}@127.0.0.1/quiz",
    "a space": f"postgresql://ann:{MARK} {MARK}@127.0.0.1:1/quiz",
    "a line feed": f"postgresql://ann:{MARK}\n{MARK}@127.0.0.1:1/quiz",
    "a NUL": f"postgresql://ann:{MARK}%00{MARK}@127.0.0.1:1/quiz",
    "an open bracket": f"postgresql://ann:{MARK}@[::1/quiz",
    "an empty name of a host": f"postgresql://ann:{MARK}@a..b/quiz",
    "a name too long for a host": f"postgresql://ann:{MARK}@{'a' * 70}/quiz",
    "a word as port in the end": f"postgresql://ann:{MARK}@127.0.0.1/quiz?port={MARK}",
    "a server as file": f"sqlite://ann:{MARK}@127.0.0.1/quiz",
    "a server as file with three slashes": f"sqlite:///ann:{MARK}@127.0.0.1/quiz",
    "a password with a slash in the address of a file": f"sqlite:///ann:{MARK}/{MARK}@/quiz",
    "an option that SQLite has not": f"sqlite:///bot.sqlite3?password={MARK}",
    "a file that is none": "sqlite:///file:x?uri=perhaps",
}
# Valid addresses at which there is no database.
UNUSABLE = {
    "nobody listens": f"postgresql://ann:{MARK}@127.0.0.1:1/quiz",
    "a password in the end": f"postgresql://ann@127.0.0.1:1/quiz?password={MARK}",
    "an escaped password": f"postgresql://ann:{MARK}%40{MARK}%2F{MARK}@127.0.0.1:1/quiz",
    "a byte that is no letter": f"postgresql://ann:{MARK}%ff%zz{MARK}@127.0.0.1:1/quiz",
    "letters of another script": f"postgresql://ann:{MARK}ключ@127.0.0.1:1/quiz",
    "an unknown option": f"postgresql://ann:{MARK}@127.0.0.1:1/quiz?unknown=1",
    "a bad option": f"postgresql://ann:{MARK}@127.0.0.1:1/quiz?sslmode=maybe",
    "no folder": "sqlite:///no/such/folder/bot.sqlite3",
    "a folder": "sqlite:///folder",
    "a file as folder": "sqlite:///text/bot.sqlite3",
    "a text": "sqlite:///text",
    "a name too long": f"sqlite:///{'a' * 300}",
}

Answers = Callable[..., tuple[int, list[str]]]


def answer(*words: str) -> tuple[int, list[str]]:
    """Run a command; return its exit code and all lines that it writes anywhere."""
    with redirect_stderr(StringIO()) as told, redirect_stdout(told):
        code = main(words)
    return code, told.getvalue().splitlines()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Change to a folder that contains a text and a folder, with the settings that a start needs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", "1:test")
    monkeypatch.setenv("BOT_BANK", str(BANK))
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("Dear teacher, " * 100, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("url", [*MALFORMED.values(), *UNUSABLE.values()], ids=[*MALFORMED, *UNUSABLE])
def test_an_unusable_address_is_reported_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, url: str
) -> None:
    """Every command ends with exit code 1 and one sentence with the remedy and no part of the password."""
    monkeypatch.setenv("BOT_DATABASE_URL", url)
    code, told = answer(*COMMANDS[command])
    assert code == 1
    assert len(told) == 1
    assert MARK not in told[0]
    assert re.search("BOT_DATABASE_URL|[Cc]heck|folder|name a|There is no|pg_", told[0])
    assert {path.name for path in folder.iterdir()} == {"folder", "text"}


@pytest.mark.parametrize("command", ["run", "status", "inbox"])
@pytest.mark.parametrize("url", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_address_names_the_setting(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, url: str
) -> None:
    """The error about a malformed address names the setting."""
    assert folder
    monkeypatch.setenv("BOT_DATABASE_URL", url)
    assert "BOT_DATABASE_URL" in answer(*COMMANDS[command])[1][0]


passwords = st.lists(st.sampled_from([MARK, *"@:/?#%[] \\\t&=;$é", "%41", "%0a"]), max_size=6).map(
    lambda parts: MARK + "".join(parts) + MARK
)
addresses = st.builds(
    "{}{}ann:{}{}{}{}".format,
    st.sampled_from(["postgresql", "postgres", "sqlite", "", "postgresql+psycopg"]),
    st.sampled_from(["://", ":/", ":///", "//", ""]),
    passwords,
    st.sampled_from(["@", "@", "@", ""]),
    st.sampled_from(["127.0.0.1:1", "127.0.0.1:one", "[::1", "", "127.0.0.1:1:1", "@127.0.0.1:1"]),
    st.sampled_from(["/quiz", "", "/", "/quiz?sslmode=disable", "//quiz"]),
    # Without a host or its slashes it is the name of a file.
).filter(lambda url: "@" in url or not url.startswith("sqlite:"))


@pytest.mark.parametrize("command", ["run", "status", "inbox", "backup", "migrate"])
@given(url=addresses)
def test_no_part_of_a_password_is_printed(command: str, url: str) -> None:
    """No command prints a part of the password, for any password and any malformed address around it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOT_TOKEN", "1:test")
        patch.setenv("BOT_BANK", str(BANK))
        patch.setenv("BOT_DATABASE_URL", url)
        code, told = answer(*COMMANDS[command])
    assert code == 1
    assert len(told) == 1
    assert MARK not in told[0]


@pytest.mark.parametrize(
    ("change", "mends"),
    [
        (("/test_", "/nosuch_"), "Create it on the server (createdb)"),
        (("://postgres:", "://stranger:"), "Create that user on the server (createuser)"),
    ],
)
def test_a_missing_database_or_user_is_reported_with_the_remedy(
    folder: Path, monkeypatch: pytest.MonkeyPatch, make_postgresql: MakeUrl, change: tuple[str, str], mends: str
) -> None:
    """An unknown database or user is reported in one line that says how to create it."""
    assert folder
    url = make_postgresql("").replace(*change)
    monkeypatch.setenv("BOT_DATABASE_URL", url)
    for command in ("run", "status", "inbox"):
        code, told = answer(*COMMANDS[command])
        assert (code, len(told)) == (1, 1)
        assert mends in told[0]
