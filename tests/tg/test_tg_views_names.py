"""Every message that holds a text of people: nothing in it can be tapped or turns the line, and names are isolated."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from test_tg_views import EXAMPLES

from bot.app.messages import Contents, Message
from bot.i18n import LANGUAGES
from bot.playground.world.entities import FormattedText, with_detected_entities
from bot.playground.world.html import parse_html
from bot.tg.bot_api.call import ApiCall
from bot.tg.views import show

# What is no text of people: names of the bot's own texts, addresses and codes to be tapped, ids, names of kinds. A text
# of a message that is not named here is tried, so a new one is too.
OURS = frozenset(
    {"Notice.text", "GroupNotice.text", "PressAnswer.text", "PressAnswer.press_id", "OptionVotes.text", "Tally.options"}
    | {"Contents.source", "TopicOffer.id", "TopicScore.id", "PassageShown.previous", "PassageShown.next"}
    | {"QuizSetup.topic", "QuizWaits.topic", "ClassPlan.topic", "HostList.link", "BoardOffered.link"}
    | {"ClassOpened.link", "ClassOpened.board", "ClassOpened.code", "ListedClass.code"}
    | {"ClassControls.link", "ClassControls.board", "ClassControls.code"}
)
NAMES = frozenset({"name", "nickname", "real_name", "names", "host", "others", "offer"})
HOSTILE = (
    *("@durov", "t.me/x", "/stop", "#x", "$USD", "mail@x.org", "x.ru", "tg://resolve?domain=x", "пример.рф", "x.қаз"),
    *("+77011234567", "<b>x</b> & <a href='x.ru'>", "\u202eevil", "\u2067evil", "evil\u2069", "a\nb", "https://x.org"),
)
TURNING = re.compile("[\u202a-\u202e\u2066\u2067\u061c\u200e\u200f]")


def filled(value: Any, text: str, owner: str = "", *, only: frozenset[str] | None = None) -> Any:  # noqa: ANN401 - any part of a message
    """Return a message, or a part of one, in which the texts of people are this one; all of them or those named."""
    if is_dataclass(value) and not isinstance(value, type):
        kinds, told = get_type_hints(type(value)), {}
        for field in fields(value):
            if get_origin(kinds[field.name]) is not Literal:
                part = f"{type(value).__name__}.{field.name}"
                told[field.name] = filled(getattr(value, field.name), text, part, only=only)
        return replace(value, **told)
    if isinstance(value, tuple):
        return tuple(filled(one, text, owner, only=only) for one in value[:20])
    wanted = only is None or owner.rpartition(".")[2] in only
    return text if type(value) is str and value and owner not in OURS and wanted else value


def shown(calls: list[ApiCall]) -> Iterator[FormattedText]:
    """Yield every text of calls in which Telegram finds what can be tapped, as it finds it."""
    for call in calls:
        told = call.parameters
        for name in ("text", "caption"):
            if name in told and call.method != "answerCallbackQuery":
                yield with_detected_entities(parse_html(told[name]))
        for name in ("description", "explanation"):
            if name in told:
                yield with_detected_entities(FormattedText(told[name]))


def buttons(calls: list[ApiCall]) -> list[str]:
    """Return the texts of all buttons."""
    rows = [row for call in calls for row in call.parameters.get("reply_markup", {}).get("inline_keyboard", ())]
    return [button["text"] for row in rows for button in row]


def tapped(calls: list[ApiCall]) -> set[tuple[str, str]]:
    """Return what can be tapped in a message, with its words."""
    found = set()
    for said in shown(calls):
        units = said.text.encode("utf-16-le")
        for one in said.entities:
            if one.type not in {"bold", "italic", "underline", "blockquote", "code"}:
                found.add((one.type, units[one.offset * 2 : (one.offset + one.length) * 2].decode("utf-16-le")))
    return found


def assert_balanced(text: str) -> None:
    """Check that each isolate is ended on its line, and none stands in another."""
    assert not TURNING.search(text)
    for line in text.splitlines():
        assert re.fullmatch("[^\u2068\u2069]*(?:\u2068[^\u2068\u2069]*\u2069[^\u2068\u2069]*)*", line), line


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_of_people_can_be_tapped_in_any_message(hostile: str, language: str) -> None:
    """Text written by people adds no links and no commands to a message."""
    for example in EXAMPLES:
        calls = show(filled(example, hostile), language)
        assert tapped(calls) == tapped(show(filled(example, "word"), language)), example


@pytest.mark.parametrize("hostile", HOSTILE)
def test_names_turn_nothing_in_any_message(hostile: str) -> None:
    """In texts and on buttons isolates are balanced, and what overrides the direction is gone."""
    for example in EXAMPLES:
        calls = show(filled(example, hostile, only=NAMES), "en")
        for text in (*(said.text for said in shown(calls)), *buttons(calls)):
            if text.lstrip("💤🚪 ") != hostile:
                assert_balanced(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_isolated_in_every_message(language: str) -> None:
    """A name is isolated wherever it stands, unless it is all that a button says."""
    named = 0
    for example in EXAMPLES:
        calls = show(filled(example, "Zaqxs", only=NAMES), language)
        for text in (*(said.text for said in shown(calls)), *buttons(calls)):
            if text.lstrip("💤🚪 ") != "Zaqxs":
                assert "Zaqxs" not in text.replace("\u2068Zaqxs\u2069", ""), example
                named += "Zaqxs" in text
    assert named > 20


def test_addresses_of_the_source_are_tapped_where_they_are_written_in_full() -> None:
    """The author of a bank may link its source; nothing else there can be tapped."""
    source = "UN, https://x.org/a?b, t.me/x @durov /stop"
    (call,) = show(Contents("Reading", source, ()), "en")
    assert tapped([call]) == {("url", "https://x.org/a?b")}


def test_every_kind_of_message_is_tried() -> None:
    """The examples hold each kind of message that there is."""
    assert set(map(type, EXAMPLES)) == set(get_args(Message))
