"""Every parameter of every method: values that it accepts and refuses, and whether it is required."""

import json

import pytest

from bot.playground.errors import BotApiError
from bot.playground.method import Method
from bot.playground.methods import METHODS
from bot.playground.parameters import Upload

Case = tuple[object, tuple[object, ...]]

# Accepted and refused values by type of parameter, from the Bot API's documentation.
CHAT: Case = (-100123, ("", "@channel", "12x", [1], True))
NUMBER_FROM_1: Case = (7, ("seven", "1_0", " 7", "٧", 0, -1, 1.5, [7], True))
NUMBER_FROM_0: Case = (0, ("x", -1, {}))
FLAG: Case = (True, ("maybe", 2, [], "truth"))
TEXT: Case = ("words", ("half \ud83d", [], {}, True, 1.5))
ENTITIES: Case = (
    [{"type": "bold", "offset": 0, "length": 1}],
    (
        "bold",
        {"type": "bold"},
        [{"type": "bold", "offset": 0}],
        [{"type": "loud", "offset": 0, "length": 1}],
        [{"type": "bold", "offset": -1, "length": 1}],
        [{"type": "bold", "offset": 0, "length": 0}],
        [{"type": "bold", "offset": 0, "length": 1, "colour": "red"}],
        [{"type": "bold", "offset": 0, "length": 1}] * 101,
    ),
)
INLINE: Case = (
    {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]},
    (
        "keyboard",
        [],
        {},
        {"keyboard": []},
        {"inline_keyboard": {}},
        {"inline_keyboard": [{"text": "a", "callback_data": "b"}]},
        {"inline_keyboard": [[{"text": "a"}]]},
        {"inline_keyboard": [[{"callback_data": "b"}]]},
        {"inline_keyboard": [[{"text": "", "callback_data": "b"}]]},
        {"inline_keyboard": [[{"text": "a", "callback_data": ""}]]},
        {"inline_keyboard": [[{"text": "a", "callback_data": "é" * 33}]]},
        {"inline_keyboard": [[{"text": "a", "callback_data": "b", "url": "https://x.y"}]]},
        {"inline_keyboard": [[{"text": "a", "callback_data": "b", "colour": "red"}]]},
        {"inline_keyboard": [[{"text": "a", "callback_data": "b", "style": "loud"}]]},
        {"inline_keyboard": [[{"text": "a", "callback_data": "b"}] * 9]},
        {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 101},
    ),
)
MARKUP: Case = (
    {"keyboard": [["a", {"text": "b"}]], "resize_keyboard": True},
    (
        [],
        {"no_keyboard": True},
        {"keyboard": "a"},
        {"keyboard": [[{}]]},
        {"keyboard": [["a"]], "input_field_placeholder": "x" * 65},
        {"keyboard": [["a"]], "wide": True},
        {"keyboard": [["a"] * 9]},
        {"force_reply": "perhaps"},
        {"remove_keyboard": True, "resize_keyboard": True},
        *INLINE[1][4:],
    ),
)
REPLY: Case = (
    {"message_id": 3, "allow_sending_without_reply": True},
    (3, {}, {"message_id": 0}, {"message_id": 3, "allow_sending_without_reply": "?"}, {"message_id": 3, "id": 4}),
)
PREVIEW: Case = ({"is_disabled": True}, (True, {"is_disabled": "?"}, {"disabled": True}))
LANGUAGE: Case = ("kk", ("kaz", "K", "KK", "k1", 5))
UPLOAD: Case = (Upload("a.bin", b"abc", "text/plain"), (Upload("a.bin", b"", "text/plain"), "", 5, []))
KINDS: Case = (["message", "poll_answer"], ("poll", {}, [1], [["message"]]))
SCOPE: Case = (
    {"type": "default"},
    ("default", {}, {"type": "everywhere"}, {"type": "chat"}, {"type": "default", "chat_id": 1}),
)
OPTIONS: Case = ([{"text": "a"}], ({}, ["a"], [{}], [{"text": "a", "correct": True}], [{"text": "a"}] * 13))

SENDING = {
    "message_thread_id": NUMBER_FROM_1,
    "disable_notification": FLAG,
    "protect_content": FLAG,
    "allow_paid_broadcast": FLAG,
    "message_effect_id": ("5104841245755180586", ("", [], True)),
    "reply_parameters": REPLY,
    "reply_markup": MARKUP,
}
CAPTION = {"caption": TEXT, "parse_mode": TEXT, "caption_entities": ENTITIES}
WHICH = {"chat_id!": CHAT, "message_id!": NUMBER_FROM_1}
MESSAGE_TEXT = {"text!": TEXT, "parse_mode": TEXT, "entities": ENTITIES, "link_preview_options": PREVIEW}

# Every supported parameter by method, with "!" if it is required.
EXPECTED: dict[str, dict[str, Case]] = {
    "getMe": {},
    "getUpdates": {
        "offset": (-1, ("x", [], True)),
        "limit": (100, (0, 101, "many")),
        "timeout": NUMBER_FROM_0,
        "allowed_updates": KINDS,
    },
    "setWebhook": {
        "url!": ("", ([], True)),
        "max_connections": (40, (0, 101, "many")),
        "secret_token": TEXT,
        "allowed_updates": KINDS,
        "drop_pending_updates": FLAG,
    },
    "deleteWebhook": {"drop_pending_updates": FLAG},
    "getWebhookInfo": {},
    "sendMessage": {"chat_id!": CHAT, **MESSAGE_TEXT, **SENDING},
    "sendChatAction": {
        "chat_id!": CHAT,
        "message_thread_id": NUMBER_FROM_1,
        "action!": ("typing", ("sleeping", 1, [])),
    },
    "sendPoll": {
        "chat_id!": CHAT,
        "question!": TEXT,
        "question_parse_mode": TEXT,
        "question_entities": ENTITIES,
        "options!": OPTIONS,
        "is_anonymous": FLAG,
        "type": ("quiz", ("exam", 1)),
        "allows_multiple_answers": FLAG,
        "allows_revoting": FLAG,
        "shuffle_options": FLAG,
        "hide_results_until_closes": FLAG,
        "correct_option_ids": ([0, 2], (0, ["a"], [True], list(range(13)))),
        "explanation": TEXT,
        "explanation_parse_mode": TEXT,
        "explanation_entities": ENTITIES,
        "open_period": (5, (4, 2_628_001, "soon")),
        "close_date": (1_900_000_000, ("tomorrow", [])),
        "is_closed": FLAG,
        "description": TEXT,
        "description_parse_mode": TEXT,
        "description_entities": ENTITIES,
        **SENDING,
    },
    "stopPoll": {**WHICH, "reply_markup": INLINE},
    "sendPhoto": {
        "chat_id!": CHAT,
        "photo!": UPLOAD,
        **CAPTION,
        "has_spoiler": FLAG,
        "show_caption_above_media": FLAG,
        **SENDING,
    },
    "sendDocument": {
        "chat_id!": CHAT,
        "document!": UPLOAD,
        **CAPTION,
        "disable_content_type_detection": FLAG,
        **SENDING,
    },
    "sendSticker": {"chat_id!": CHAT, "sticker!": UPLOAD, "emoji": ("🎉", ("", [])), **SENDING},
    "getFile": {"file_id!": ("Bx1", ("", []))},
    "editMessageText": {**WHICH, **MESSAGE_TEXT, "reply_markup": INLINE},
    "editMessageCaption": {**WHICH, **CAPTION, "show_caption_above_media": FLAG, "reply_markup": INLINE},
    "editMessageReplyMarkup": {**WHICH, "reply_markup": INLINE},
    "deleteMessage": WHICH,
    "deleteMessages": {"chat_id!": CHAT, "message_ids!": ([1, 2], ("x", [True], ["1"], [1] * 101))},
    "setMessageReaction": {
        **WHICH,
        "reaction": (
            [{"type": "emoji", "emoji": "👍"}],
            ("👍", [{"type": "emoji"}], [{"type": "emoji", "emoji": "x"}], [{"type": "emoji", "emoji": "👍"}] * 2),
        ),
        "is_big": FLAG,
    },
    "answerCallbackQuery": {
        "callback_query_id!": TEXT,
        "text": ("x" * 200, ("x" * 201, [])),
        "show_alert": FLAG,
        "url": TEXT,
        "cache_time": NUMBER_FROM_0,
    },
    "getChat": {"chat_id!": CHAT},
    "getChatMember": {"chat_id!": CHAT, "user_id!": NUMBER_FROM_1},
    "getChatAdministrators": {"chat_id!": CHAT, "return_bots": FLAG},
    "leaveChat": {"chat_id!": CHAT},
    "pinChatMessage": {**WHICH, "disable_notification": FLAG},
    "unpinChatMessage": {"chat_id!": CHAT, "message_id": NUMBER_FROM_1},
    "setMyCommands": {
        "commands!": (
            [{"command": "quiz_2", "description": "Ask me"}],
            (
                {},
                [{"command": "quiz"}],
                [{"command": "Quiz", "description": "d"}],
                [{"command": "x" * 33, "description": "d"}],
                [{"command": "quiz", "description": ""}],
                [{"command": "quiz", "description": "d" * 257}],
                [{"command": "quiz", "description": "d"}] * 101,
            ),
        ),
        "scope": SCOPE,
        "language_code": LANGUAGE,
    },
    "getMyCommands": {"scope": SCOPE, "language_code": LANGUAGE},
    "deleteMyCommands": {"scope": SCOPE, "language_code": LANGUAGE},
    "setMyName": {"name": ("x" * 64, ("x" * 65, [])), "language_code": LANGUAGE},
    "getMyName": {"language_code": LANGUAGE},
    "setMyDescription": {"description": ("x" * 512, ("x" * 513, [])), "language_code": LANGUAGE},
    "getMyDescription": {"language_code": LANGUAGE},
    "setMyShortDescription": {"short_description": ("x" * 120, ("x" * 121, [])), "language_code": LANGUAGE},
    "getMyShortDescription": {"language_code": LANGUAGE},
    "setChatMenuButton": {
        "chat_id": CHAT,
        "menu_button": (
            {"type": "web_app", "text": "Open", "web_app": {"url": "https://x.y"}},
            ("commands", {}, {"type": "quiz"}, {"type": "web_app"}, {"type": "commands", "text": "Menu"}),
        ),
    },
    "getChatMenuButton": {"chat_id": CHAT},
    "setMySettings": {"callback_query_mode": ("Default", ("default", "Never", "", 1, None, {}))},
}

BY_NAME = {method.name: method for method in METHODS}
WALK = [(name, parameter) for name, parameters in EXPECTED.items() for parameter in parameters]


def good(name: str) -> dict[str, object]:
    """Return valid values for every parameter of a method."""
    return {parameter.rstrip("!"): case[0] for parameter, case in EXPECTED[name].items()}


def as_form(value: object) -> object:
    """Convert a value to its form encoding."""
    return value if isinstance(value, str | Upload) else json.dumps(value)


def refusal(method: Method, raw: dict[str, object]) -> str:
    """Return the description of the error that refuses a call."""
    with pytest.raises(BotApiError) as caught:
        method.read(raw)
    assert caught.value.code == 400
    return caught.value.description


def test_the_table_is_complete() -> None:
    """The table above has every method and every parameter, and no others."""
    served = {method.name: [parameter.name for parameter in method.parameters] for method in METHODS}
    expected = {name: [parameter.rstrip("!") for parameter in parameters] for name, parameters in EXPECTED.items()}
    assert {name: sorted(parameters) for name, parameters in served.items()} == {
        name: sorted(parameters) for name, parameters in expected.items()
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_a_full_call_is_read_from_json_and_from_a_form(name: str) -> None:
    """A call with every parameter is read the same from JSON values and from strings."""
    raw = good(name)
    values = BY_NAME[name].read(raw)
    assert set(values) == set(raw)
    assert BY_NAME[name].read({key: as_form(value) for key, value in raw.items()}) == values


@pytest.mark.parametrize("name", EXPECTED)
def test_unknown_parameters_are_refused(name: str) -> None:
    """An undeclared parameter is refused with an error that names it."""
    assert 'unknown parameter "colour"' in refusal(BY_NAME[name], good(name) | {"colour": "red"})


@pytest.mark.parametrize(("name", "parameter"), WALK)
def test_missing_parameters(name: str, parameter: str) -> None:
    """A required parameter must not be missing or null; any other may be missing."""
    raw = good(name)
    del raw[parameter.rstrip("!")]
    if parameter.endswith("!"):
        assert refusal(BY_NAME[name], raw) == refusal(BY_NAME[name], raw | {parameter[:-1]: None})
    else:
        assert BY_NAME[name].read(raw) == BY_NAME[name].read(raw | {parameter: None})


@pytest.mark.parametrize(("name", "parameter"), WALK)
def test_bad_values_are_refused(name: str, parameter: str) -> None:
    """A value of the wrong type, length or count is refused."""
    for bad in EXPECTED[name][parameter][1]:
        if bad is not None:
            assert refusal(BY_NAME[name], good(name) | {parameter.rstrip("!"): bad}), bad
