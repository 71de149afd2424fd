"""Reading of ``reply_markup``: inline keyboard, reply keyboard, keyboard removal, forced reply."""

from typing import Any

from bot.playground.errors import bad_request
from bot.playground.json_values import read_object
from bot.playground.parameters import Boolean, Choice, JsonValue, Parameter, Text

# The official server's limits for one keyboard.
_MOST_BUTTONS = 100
_MOST_IN_ROW = 8
# Bot API, InlineKeyboardButton, callback_data: in bytes.
_LONGEST_DATA = 64
# Bot API, ReplyKeyboardMarkup, input_field_placeholder.
_PLACEHOLDER = Text(1, 64)
_STYLE = Choice(("danger", "success", "primary"))
_BUTTON = {
    "text": Text(1, empty='can\'t parse inline keyboard button: Field "text" must be non-empty'),
    "style": _STYLE,
    "icon_custom_emoji_id": Text(1),
    "url": Text(1),
    "callback_data": Text(),
    "switch_inline_query": Text(),
    "switch_inline_query_current_chat": Text(),
    "copy_text": JsonValue(lambda raw: read_object("CopyTextButton", raw, {"text": Text(1, 256)}, ("text",))),
    "web_app": JsonValue(lambda raw: read_object("WebAppInfo", raw, {"url": Text(1)}, ("url",))),
}
_ACTIONS = frozenset(_BUTTON) - {"text", "style", "icon_custom_emoji_id"}
_REPLY_BUTTON = {"text": Text(1), "style": _STYLE, "icon_custom_emoji_id": Text(1)}
_REPLY_FLAGS = {
    "resize_keyboard": Boolean(),
    "one_time_keyboard": Boolean(),
    "is_persistent": Boolean(),
    "selective": Boolean(),
    "input_field_placeholder": _PLACEHOLDER,
}


def read_inline_keyboard(raw: object) -> dict[str, Any]:
    """Read an InlineKeyboardMarkup; an empty one counts as no markup."""
    if not isinstance(raw, dict) or "inline_keyboard" not in raw:
        raise bad_request("inline keyboard expected")
    fields = read_object("inline keyboard", raw, {"inline_keyboard": JsonValue(_inline_rows)})
    return fields if fields["inline_keyboard"] else {}


def read_reply_markup(raw: object) -> dict[str, Any]:
    """Read any of the four types of reply markup."""
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in raw:
        return read_inline_keyboard(raw)
    if "keyboard" in raw:
        return read_object("reply keyboard markup", raw, {"keyboard": JsonValue(_reply_rows), **_REPLY_FLAGS})
    flags = {"selective": Boolean()}
    if "remove_keyboard" in raw:
        return read_object("reply keyboard removal", raw, {"remove_keyboard": Boolean(), **flags})
    if "force_reply" in raw:
        forced = {"force_reply": Boolean(), "input_field_placeholder": _PLACEHOLDER, **flags}
        return read_object("forced reply", raw, forced)
    if raw:
        raise bad_request("can't parse reply markup: none of the known kinds")
    return {}


def _inline_rows(raw: object) -> list[list[dict[str, Any]]]:
    return [[_inline_button(button) for button in row] for row in _rows("inline keyboard", raw)]


def _reply_rows(raw: object) -> list[list[dict[str, Any]]]:
    return [[_reply_button(button) for button in row] for row in _rows("keyboard", raw)]


def _rows(what: str, raw: object) -> list[list[object]]:
    if not isinstance(raw, list) or not all(isinstance(row, list) for row in raw):
        raise bad_request(f"can't parse {what}: expected an Array of Arrays")
    rows: list[list[object]] = [row for row in raw if row]
    if sum(len(row) for row in rows) > _MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    if any(len(row) > _MOST_IN_ROW for row in rows):
        raise bad_request(f"a row of the {what} has more than {_MOST_IN_ROW} buttons")
    return rows


def _inline_button(raw: object) -> dict[str, Any]:
    button = read_object("inline keyboard button", raw, _BUTTON, ("text",))
    actions = _ACTIONS.intersection(button)
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action is expected")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= _LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return button


def _reply_button(raw: object) -> dict[str, Any]:
    known = {"text": raw} if isinstance(raw, str) else raw
    return read_object("keyboard button", known, _REPLY_BUTTON, ("text",))


REPLY_MARKUP = Parameter("reply_markup", JsonValue(read_reply_markup))
INLINE_KEYBOARD = Parameter("reply_markup", JsonValue(read_inline_keyboard))
