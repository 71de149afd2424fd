"""Answers of the Bot API are read with distrust: each is a result or one of the known errors."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.error import TelegramError as AnyError

from bot.tg.bot_api.response import LONGEST_WAIT_SECONDS, one_line, read_answer, seconds_of, wait_in_body

HOUR = LONGEST_WAIT_SECONDS
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
"""Whatever JSON holds, and the three numbers that it should not."""


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set python-telegram-bot to report waits as timedelta, as in production."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


def refusal(**more: Any) -> bytes:  # noqa: ANN401 - JSON
    """Return the body of a refusal."""
    return json.dumps({"ok": False, "error_code": 400, "description": "Bad Request: no such chat", **more}).encode()


def error_of(status: int, body: bytes) -> AnyError:
    """Return the error that an answer becomes."""
    with pytest.raises(AnyError) as error:
        read_answer("sendMessage", status, body)
    return error.value


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("7", 7),
        ("1", 1),
        ("2.2", 3),
        ('"12"', 12),
        ("3600", HOUR),
        ("3601", HOUR),
        ("1000000000", HOUR),
        ("1" + "0" * 400, HOUR),
        ("1e400", HOUR),
        ("Infinity", HOUR),
    ],
)
def test_a_wait_is_bounded(asked: str, seconds: int) -> None:
    """A length of time is whole seconds of at most an hour, however it is written."""
    body = f'{{"ok":false,"description":"Too Many Requests","parameters":{{"retry_after":{asked}}}}}'.encode()
    error = error_of(429, body)
    assert isinstance(error, RetryAfter)
    assert seconds_of(error) == seconds == wait_in_body(body)


@pytest.mark.parametrize(
    "asked", ["0", "-1", "-1e400", "true", "false", "null", "NaN", "-Infinity", '""', '"soon"', "[]", "[7]", '{"a":1}']
)
def test_a_malformed_wait_is_a_network_error(asked: str) -> None:
    """A 429 whose wait cannot be read is tried again like a call that did not get through."""
    body = f'{{"ok":false,"description":"Too Many Requests","parameters":{{"retry_after":{asked}}}}}'.encode()
    assert type(error_of(429, body)) is NetworkError
    assert wait_in_body(body) == 0


def test_a_longer_wait_than_an_hour_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The log says which method and how long the bot waits instead; a usual wait is not worth a line."""
    error_of(429, refusal(parameters={"retry_after": 30}))
    assert caplog.messages == []
    error_of(429, refusal(parameters={"retry_after": 10**9}))
    (line,) = caplog.messages
    assert line == (
        "Telegram asks to wait longer than an hour before sendMessage: the bot waits 3600 s, and then asks again."
    )


@pytest.mark.parametrize("group", [0, 5, True, 2.5, "-100", None, [], {}, -(2**63), -(10**30), 10**400])
def test_a_chat_moves_to_a_group_alone(group: object) -> None:
    """A migration to an invalid supergroup id is an ordinary refusal."""
    error = error_of(400, refusal(parameters={"migrate_to_chat_id": group}))
    assert type(error) is BadRequest
    moved = error_of(400, refusal(parameters={"migrate_to_chat_id": -100}))
    assert isinstance(moved, ChatMigrated)
    assert moved.new_chat_id == -100


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequest),
        (401, InvalidToken),
        (403, Forbidden),
        (404, InvalidToken),
        (409, Conflict),
        (429, NetworkError),
        (500, NetworkError),
        (999, NetworkError),
    ],
)
def test_a_refusal_is_of_the_librarys_kind(status: int, kind: type[AnyError]) -> None:
    """The status decides, whatever the error code in the body says, and the description goes along."""
    error = error_of(status, refusal(error_code=["odd"]))
    assert type(error) is kind
    assert error.message == "No such chat"


@pytest.mark.parametrize("description", [None, 5, [], ["a"], {}, "", "\n\n", True])
@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 500])
def test_a_refusal_without_words_is_none(status: int, description: object) -> None:
    """Without a description it is no answer of the Bot API, and its status says nothing about the call."""
    assert type(error_of(status, refusal(description=description))) is NetworkError


@pytest.mark.parametrize("ok", [True, None, 0, "false", [], {}], ids=repr)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 500])
def test_a_response_without_a_refusal_is_none(status: int, ok: object) -> None:
    """JSON of a machine on the way costs no person, no message and no token: the call is made again."""
    assert type(error_of(status, refusal(ok=ok, parameters={"migrate_to_chat_id": -100}))) is NetworkError
    assert type(error_of(status, b'{"description":"Access denied by policy"}')) is NetworkError


@pytest.mark.parametrize(
    ("code", "kind"), [(400, BadRequest), (403, Forbidden), (None, NetworkError), ([], NetworkError)]
)
@pytest.mark.parametrize("result", [{}, {"result": True}], ids=["", "with a result"])
def test_a_refusal_with_a_status_of_success_is_a_refusal(
    code: object, kind: type[AnyError], result: dict[str, Any]
) -> None:
    """Nothing that was refused counts as done."""
    assert type(error_of(200, refusal(error_code=code, **result))) is kind


@given(st.integers(100, 999), st.dictionaries(st.sampled_from(("ok", "result", "description", "parameters")), values))
def test_every_response_is_a_result_or_a_known_error(status: int, read: dict[str, Any]) -> None:
    """No field of an answer, whatever stands there, raises anything but the library's errors."""
    body = json.dumps(read).encode(errors="replace")
    told: AnyError | None = None
    try:
        read_answer("sendMessage", status, body)
    except AnyError as error:
        told = error
    assert "\n" not in str(told)
    assert len(str(told)) < 400
    assert not isinstance(told, RetryAfter) or 1 <= seconds_of(told) <= HOUR
    assert 0 <= wait_in_body(body) <= HOUR


@given(values)
def test_parameters_may_hold_anything(parameters: object) -> None:
    """Any value in place of the parameters results in an error of the library."""
    body = json.dumps({"ok": False, "description": "a", "parameters": parameters}).encode(errors="replace")
    for status in (400, 429):
        assert isinstance(error_of(status, body), AnyError)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("chat not found", "chat not found"),
        ("a\nERROR forged\r\n\tb\u2028c\x1b[31m", "a ERROR forged b c [31m"),
        ("chat -1001234567890 of 123456789", "chat [id] of [id]"),
        ("bot 123456:AAbbCC-dd_ee is gone", "bot [token] is gone"),
        ("byte offset 4096", "byte offset 4096"),
        (["a"], ""),
        (None, ""),
    ],
)
def test_a_description_is_one_line_that_names_nobody(text: object, line: str) -> None:
    """Line feeds and control characters become spaces; ids and tokens are left out."""
    assert one_line(text) == line


def test_a_description_is_not_endless() -> None:
    """Of a megabyte of text the log has 300 characters."""
    assert len(one_line("x y" * 10**6)) == 300


def test_of_what_is_nested_very_deeply_updates_alone_are_read() -> None:
    """They must be stored whatever they hold; any other answer of the kind is garbled, and costs no time."""
    deep = b'{"ok":true,"result":' + b"[" * 10_000 + b"]" * 10_000 + b"}"
    assert isinstance(read_answer("getUpdates", 200, deep), list)
    with pytest.raises(NetworkError):
        read_answer("sendMessage", 200, deep)
    assert type(error_of(403, b'{"ok":false,"description":' + b"[" * 10_000 + b"]" * 10_000 + b"}")) is NetworkError
