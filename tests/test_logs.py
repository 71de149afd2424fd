"""The log: one record per message, for people or programs, without the token and without texts from people."""

import json
import logging
from collections.abc import Callable
from contextlib import redirect_stderr
from io import StringIO
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot
from telegram.error import TelegramError

from bot.cli import main
from bot.logs import LogFormat, Pseudonyms, set_up_logs
from bot.store.database import StoreError
from bot.tg.bot_api.transport import AiohttpRequest

TOKEN = "123456789:AAH-very-secret_token"  # noqa: S105 - opens nothing


@pytest.fixture(autouse=True)
def _no_handlers(_logs_as_before: None) -> None:
    """Start without pytest's handlers, as a program does."""
    logging.getLogger().handlers.clear()


def test_the_token_is_in_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The token is removed from messages, exceptions and their causes, at every level, from every library."""
    set_up_logs("DEBUG", TOKEN)
    address = f"https://api.telegram.org/bot{TOKEN}/getMe"
    for name in ("bot.tg.inbound.polling", "aiohttp.client", "telegram.Bot"):
        log = logging.getLogger(name)
        log.debug("asking %s", address)
        log.warning(f"said {quote(TOKEN, safe='')} and {TOKEN!r}")  # noqa: G004 - as a library may
    try:
        try:
            raise OSError(address)  # noqa: TRY301 - to have a cause
        except OSError as error:
            raise RuntimeError(f"no answer from {address}") from error
    except RuntimeError:
        logging.getLogger("bot").exception("A story failed")
    lines = capsys.readouterr().err
    assert "very-secret" not in lines
    assert lines.count("[token]") == 11
    assert "OSError: https://api.telegram.org/bot[token]/getMe" in lines


async def test_the_token_is_in_no_line_of_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    """The library and the transport log no token when a request fails, although its URL contains it."""
    set_up_logs("DEBUG", TOKEN)
    async with AiohttpRequest() as request:
        bot = Bot(TOKEN, base_url="http://127.0.0.1:1/bot", request=request, get_updates_request=request)
        logging.getLogger("bot").info("I am %r", bot)
        try:
            await bot.get_me()
        except TelegramError:
            logging.getLogger("bot").exception("It failed")
    lines = capsys.readouterr().err
    assert "very-secret" not in lines
    assert "[token]" in lines


def test_a_line_has_time_level_and_origin(capsys: pytest.CaptureFixture[str]) -> None:
    """A line has its time, level, origin and message; messages below the level are left out."""
    set_up_logs("WARNING", "")
    logging.getLogger("bot.tg.inbound.polling").info("nothing to see")
    logging.getLogger("bot.tg.inbound.polling").warning("Telegram cannot be reached.")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("WARNING bot.tg.inbound.polling: Telegram cannot be reached.")
    assert line[:4].isdecimal()


def fail_over(words: str) -> None:
    """Log a failure whose error, cause and group quote a person's words."""
    try:
        try:
            raise ExceptionGroup(words, [KeyError(words)])  # noqa: TRY301 - to have a cause
        except ExceptionGroup as error:
            raise ValueError(f"no such row: {words}") from error
    except ValueError:
        logging.getLogger("bot").exception("A story failed")


@pytest.mark.parametrize("form", ["people", "json"])
def test_an_error_is_logged_without_its_text(form: LogFormat, capsys: pytest.CaptureFixture[str]) -> None:
    """At the default level a traceback has the types of errors and the code, and no texts; at DEBUG it has them."""
    set_up_logs("INFO", "", form)
    fail_over("Zhanserik answered 42")
    told = capsys.readouterr().err
    assert "Zhanserik" not in told
    for part in ("builtins.ValueError", "builtins.ExceptionGroup", "builtins.KeyError", "in fail_over"):
        assert part in told
    set_up_logs("DEBUG", "", form)
    fail_over("Zhanserik answered 42")
    assert "Zhanserik" in capsys.readouterr().err


def test_a_record_for_programs_is_a_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    """A JSON record is one line with time, level, origin, message and error, and without the token."""
    set_up_logs("INFO", TOKEN, "json")
    logging.getLogger("bot.tg").warning("Two\nlines of %s", TOKEN)
    fail_over(TOKEN)
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert (first["level"], first["logger"], first["message"]) == ("WARNING", "bot.tg", "Two\nlines of [token]")
    assert first["time"].endswith("+00:00")
    assert "exception" not in first
    assert "builtins.ValueError" in second["exception"]


# Characters that end a line, are invisible, or control a terminal; and a forged record.
HOSTILE = "\n\r\x0b\x0c\x1b\x1c\x1d\x1e\x00\x07\x08\x7f\x85\x9b\u2028\u2029\u202e\u2066\u200b\ud800"
FORGED = "\n2026-03-02 09:00:00,000 ERROR   bot.tg: The token is 1:forged"
hostile_texts = st.lists(st.sampled_from([*HOSTILE, FORGED, "\r" + FORGED, "\x1b[2J", "a", "é"]), min_size=1).map(
    "".join
)


def logged(level: str, form: LogFormat, say: Callable[[logging.Logger], object]) -> str:
    """Return what the log, set up as in the program, writes while this is called."""
    with redirect_stderr(StringIO()) as told:
        set_up_logs(level, TOKEN, form)
        say(logging.getLogger("bot"))
    return told.getvalue()


def fail(log: logging.Logger, words: str) -> None:
    """Log a failure whose error, cause and note are these words, and return where it was logged."""
    try:
        try:
            raise OSError(words)  # noqa: TRY301 - to have a cause
        except OSError as error:
            raise ExceptionGroup(words, [KeyError(words)]) from error
    except ExceptionGroup as error:
        error.add_note(words)
        log.exception("It failed: %s", error, stack_info=True)  # noqa: TRY401 - as a library may


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
@given(words=hostile_texts)
def test_nothing_from_outside_forges_a_record(level: str, words: str) -> None:
    """With any text in a message or an error, each record begins one line, and the rest of it is indented."""
    told = logged(level, "people", lambda log: (log.error("The server said: %s.", words), fail(log, words)))
    first, second, *below = told.removesuffix("\n").splitlines()
    assert "ERROR   bot: The server said: " in first
    assert "ERROR   bot: It failed: " in second
    assert below
    assert all(line.startswith("  ") for line in below)
    assert all(line.isprintable() for line in told.split("\n"))


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
@given(words=hostile_texts)
def test_nothing_from_outside_breaks_a_line_of_json(level: str, words: str) -> None:
    """With any text, a JSON record is one line by every definition of a line, and contains the text unchanged."""
    told = logged(level, "json", lambda log: (log.error("The server said: %s.", words), fail(log, words)))
    first, second = told.removesuffix("\n").splitlines()
    assert json.loads(first)["message"] == f"The server said: {words}."
    assert "builtins" in json.loads(second)["exception"] or level == "DEBUG"
    assert "fail" in json.loads(second)["stack"]
    assert not set(HOSTILE) - {"\u200b"} & set(told.removesuffix("\n").replace("\n", "", 1))


def test_a_database_error_does_not_forge_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A database error whose text has two lines is logged in one."""
    set_up_logs("INFO", "")
    logging.getLogger("bot.tg.inbound.worker").error(
        "%s Cannot process updates; retrying in 2 s.", StoreError(f"It cannot be used: x{FORGED}.")
    )
    (line,) = capsys.readouterr().err.splitlines()
    assert "x\\n2026-03-02" in line


def test_pseudonyms_tell_people_apart_and_lead_to_nobody() -> None:
    """An id has one pseudonym per installation, a different one in each, and the pseudonym does not contain the id."""
    here, elsewhere = Pseudonyms("a"), Pseudonyms("b")
    assert here.of(123_456_789) == Pseudonyms("a").of(123_456_789)
    assert len({here.of(1), here.of(2), elsewhere.of(1)}) == 3
    assert "1" * 9 not in here.of(111_111_111)


def test_an_unexpected_error_is_logged_without_texts_from_people(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unexpected error ends the bot with exit code 1 and a record of the code it came from, without its text."""
    name = "Zhanserik"

    async def fail(_settings: object) -> None:
        raise LookupError(name)  # a literal would stand in the traceback as code

    monkeypatch.setattr("bot.wiring.run", fail)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    assert main(["run"]) == 1
    told = capsys.readouterr().err
    assert "CRITICAL bot.cli: The bot ended because of a bug" in told
    assert "builtins.LookupError" in told
    assert name not in told
