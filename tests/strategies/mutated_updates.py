"""Updates as Telegram sends them, and mutations of them: any field removed or replaced by any JSON value."""

import copy
import json
from collections.abc import Iterator
from random import Random
from typing import Any

Json = dict[str, Any]
Path = tuple[str | int, ...]

ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "ru", "username": "ann"}
BOT = {"id": 1, "is_bot": True, "first_name": "Quiz", "username": "quiz_bot"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
GROUP = {"id": -5, "type": "supergroup", "title": "9B"}
STAND_IN = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
DATE = 1_772_000_000


def message(text: str, chat: Json = PRIVATE, sender: Json = ANN, **more: object) -> Json:
    """Return a message."""
    return {"message_id": 12, "date": DATE, "chat": chat, "from": sender, "text": text, **more}


def member(status: str, before: str, chat: Json) -> Json:
    """Return a change of the bot's membership status in a chat."""
    change = {"old_chat_member": {"user": BOT, "status": before}, "new_chat_member": {"user": BOT, "status": status}}
    return {"chat": chat, "from": ANN, "date": DATE, **change}


def press(data: str, chat: Json = PRIVATE, **more: object) -> Json:
    """Return a press of a button."""
    return {"id": "55", "from": ANN, "chat_instance": "1", "data": data, "message": message("x", chat, BOT), **more}


def vote(poll_id: str, **more: object) -> Json:
    """Return a vote."""
    return {"poll_id": poll_id, "user": ANN, "option_ids": [0], "option_persistent_ids": ["a"], **more}


# At least one update of every type that the bot requests, and of types that it does not request.
SAMPLES: tuple[Json, ...] = (
    {"message": message("/help")},
    {"message": message("/quiz 5", entities=[{"type": "bot_command", "offset": 0, "length": 5}])},
    {"message": message("The blue whale", reply_to_message=message("Which?", sender=BOT))},
    {"message": message("", photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}])},
    {"message": message("/start ABCDEF")},
    {"message": message("/quiz 5", GROUP)},
    {"message": message("/stop", GROUP, STAND_IN, sender_chat=GROUP)},
    {"message": message("/help", GROUP, is_topic_message=True, message_thread_id=3)},
    {"message": message("/allow", GROUP, reply_to_message=message("May I?", GROUP, {**ANN, "id": 8}))},
    {"message": message("", {**GROUP, "id": -6, "type": "group"}, migrate_to_chat_id=-1006)},
    {"message": message("", {**GROUP, "id": -1006}, migrate_from_chat_id=-6)},
    {"callback_query": press("quiz")},
    {"callback_query": press("skip:1:1")},
    {"callback_query": press("ctl:pause:2:1", GROUP)},
    {"callback_query": press("gset::5:30:0", GROUP)},
    {"callback_query": press("on", inline_message_id="abc")},
    {"poll_answer": vote("1")},
    {"poll_answer": vote("2")},
    {"poll_answer": vote("1", voter_chat=GROUP)},
    {"my_chat_member": member("kicked", "member", PRIVATE)},
    {"my_chat_member": member("member", "kicked", PRIVATE)},
    {"my_chat_member": member("member", "left", GROUP)},
    {"my_chat_member": member("left", "member", {**GROUP, "id": -8})},
    {"chat_member": member("member", "left", GROUP)},
    {"edited_message": message("Geneva", edit_date=DATE)},
    {"channel_post": message("/quiz", {"id": -1009, "type": "channel", "title": "News"})},
    {"poll": {"id": "1", "question": "?", "options": [{"text": "a", "voter_count": 1}], "is_closed": True}},
    {"message_reaction": {"chat": GROUP, "message_id": 1, "user": ANN, "date": DATE, "new_reaction": []}},
    {"inline_query": {"id": "1", "from": ANN, "query": "x", "offset": ""}},
    {"chat_join_request": {"chat": GROUP, "from": ANN, "user_chat_id": 7, "date": DATE}},
    {"widget_query": {"id": "1", "from": ANN, "data": "x"}},
    {"telepathy": {"from": ANN, "thought": "x"}},
    {"asks_too_much": True, "message": message("/help")},
    {"asks_too_much": True, "callback_query": press("quiz")},
    {"asks_too_much": True, "poll_answer": vote("1")},
)

# Values of every JSON type, chosen for the errors that they cause.
FEW: tuple[Any, ...] = (None, True, 7.5, "x", [], {}, 2**70)
MANY: tuple[Any, ...] = (
    *FEW,
    *(False, 0, -1, 1, 2**63 - 1, 2**63, -(2**63), 10**400, 1e308, float("nan"), float("inf")),
    *("", "1", "\0", "\ud800", "\ud83d\0", "9" * 300, "/quiz", "\u202e", "%s{0}", "x" * 5_000),
    *([[]], [1], [None], [{"id": 7}], {"id": 7}, {"id": {}}, {"": ""}, {"type": "private"}),
)
# Placeholders for deep nesting, a long number and a huge text, which the response gets when it is encoded.
_DEEP, _LONG, _HUGE = "@deep@", "@long@", "@huge@"


def paths(value: object, above: Path = ()) -> Iterator[Path]:
    """Yield the path of every field and every element, outer ones first."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inside:
        yield (*above, name)
        yield from paths(one, (*above, name))


def with_value(update: Json, path: Path, value: object) -> Json:
    """Return a copy of an update with another value at a path."""
    changed: Any = copy.deepcopy(update)
    place = changed
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return changed  # type: ignore[no-any-return]


def without_value(update: Json, path: Path) -> Json:
    """Return a copy of an update without the value at a path."""
    changed: Any = copy.deepcopy(update)
    place = changed
    for name in path[:-1]:
        place = place[name]
    del place[path[-1]]
    return changed  # type: ignore[no-any-return]


def all_mutations(values: tuple[Any, ...] = FEW) -> Iterator[Json]:
    """Yield every sample with each field removed, and replaced by each of these values."""
    for sample in SAMPLES:
        for path in paths(sample):
            yield without_value(sample, path)
            for value in values:
                yield with_value(sample, path, value)


def random_mutation(random: Random) -> Json:
    """Return a sample with one to three fields replaced or removed."""
    update = random.choice(SAMPLES)
    for _ in range(random.randint(1, 3)):
        found = list(paths(update))
        if not found:
            break
        path, kind = random.choice(found), random.random()
        if kind < 0.1:
            update = without_value(update, path)
        elif kind < 0.13:
            update = with_value(update, path, random.choice((_DEEP, _LONG)))
        else:
            update = with_value(update, path, random.choice(MANY))
    return update


def response_body(updates: list[Any], levels: int = 900) -> bytes:
    """Return the response body of getUpdates with these updates."""
    text = json.dumps({"ok": True, "result": updates})
    text = text.replace(f'"{_DEEP}"', "[" * levels + "]" * levels)
    return text.replace(f'"{_LONG}"', "9" * 5_000).replace(_HUGE, "x" * 5_000_000).encode()


DEEP: Json = {"message": message("/help", deep=_DEEP)}
LONG: Json = {"message": message("/help", long=_LONG)}
HUGE: Json = {"message": message(_HUGE)}
