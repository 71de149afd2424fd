"""Whatever comes instead of an answer of the Bot API, it is asked again: no message is lost, nobody taken for gone."""

import json
from typing import Any

import pytest
from bot_in_process import StartBot
from learner import Learner, text_of, words
from tampering import GARBAGE, Tampering
from whale_bank import LARGEST, NAME, bank_in_order

pytestmark = pytest.mark.usefixtures("no_retry_delays")

NAMED = pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE)


@pytest.fixture
def tampering(monkeypatch: pytest.MonkeyPatch) -> Tampering:
    """A way to change answers."""
    made = Tampering()
    made.install(monkeypatch)
    return made


@pytest.fixture
async def ann(start_bot: StartBot, tampering: Tampering) -> Learner:  # noqa: ARG001 - it must be there before
    """A learner before a bank with a poll and a name."""
    return Learner(await start_bot(bank_in_order(LARGEST, NAME)))


def sent_by_nobody(updates: list[Any]) -> tuple[int, bytes]:
    """Make an answer of getUpdates."""
    return 200, json.dumps({"ok": True, "result": updates}).encode()


@NAMED
async def test_garbage_for_a_message_delays_it(ann: Learner, tampering: Tampering, garbage: tuple[int, bytes]) -> None:
    """Each message comes once and in its order, and the person is not taken for gone."""
    for method in ("sendPoll", "sendMessage"):
        tampering.order(method, garbage, garbage)
    (asked,) = await ann.says("/quiz 2")
    assert asked.content.poll_id
    (following,) = await ann.votes("The blue whale")
    assert NAME.stem in text_of(following)
    await ann.says("blue whale")
    assert ann.marks() == {"largest": True, "name": True}
    assert ann.bot.problems() == []


@NAMED
async def test_garbage_for_updates_delays_them(ann: Learner, tampering: Tampering, garbage: tuple[int, bytes]) -> None:
    """What people did waits at Telegram meanwhile, and is handled once."""
    await ann.bot.stop()
    tampering.order("getUpdates", garbage, garbage)
    await ann.bot.start()
    (said,) = await ann.says("/help")
    assert text_of(said) == words("help.text")


STRANGE: dict[str, dict[str, Any]] = {
    "nothing inside": {},
    "null inside": {"message": None},
    "a text inside": {"message": "hello"},
    "a list inside": {"callback_query": []},
    "no chat": {"message": {"message_id": 1, "from": {"id": 7, "is_bot": False, "first_name": "A"}, "text": "x"}},
    "no person": {"poll_answer": {"poll_id": "1", "option_ids": [0], "user": None}},
    "an unknown kind": {"telepathy": {"from": {"id": 7}}},
    "an edited message": {"edited_message": {"message_id": 1, "text": "x"}},
}


@pytest.mark.parametrize("body", STRANGE.values(), ids=STRANGE)
async def test_a_strange_update_is_confirmed_and_stops_nobody(
    ann: Learner, tampering: Tampering, body: dict[str, Any]
) -> None:
    """An update of an unknown kind or of no known form is passed or set aside; those beside it are handled."""
    await ann.bot.stop()
    tampering.order("getUpdates", sent_by_nobody([{"update_id": 900, **body}, {"strange": True}, 7]))
    await ann.bot.start()
    (said,) = await ann.says("/help")
    assert text_of(said) == words("help.text")
    assert len(ann.bot.problems()) <= 1


def help_from(person: Learner, update_id: int, text: str = "/help") -> dict[str, Any]:
    """Make an update with a text in a private chat."""
    name = {"id": person.id, "is_bot": False, "first_name": "Ann"}
    chat = {"id": person.id, "type": "private"}
    return {"update_id": update_id, "message": {"message_id": 1, "from": name, "chat": chat, "date": 1, "text": text}}


async def fetched(ann: Learner, tampering: Tampering, *helpings: list[dict[str, Any]]) -> list[str]:
    """Let the bot fetch these updates in these helpings, start to end; give what it said to them."""
    await ann.says("/start")
    before = len(ann.messages())
    await ann.bot.stop()
    tampering.order("getUpdates", *map(sent_by_nobody, helpings))
    await ann.bot.start()
    await ann.bot.wait_until(lambda: "getUpdates" in tampering.over)
    await ann.bot.wait_until_idle()
    return [text_of(one) for one in ann.messages()[before:]]


async def test_updates_that_come_again_are_handled_once(ann: Learner, tampering: Tampering) -> None:
    """Redelivered in one helping or in the next, an update is answered once."""
    first, second = help_from(ann, 900), help_from(ann, 901, "/nonsense")
    said = await fetched(ann, tampering, [first, first], [first, second], [second, first])
    assert said == [words("help.text"), words("write.unknown_command")]


async def test_updates_out_of_order_are_all_handled(ann: Learner, tampering: Tampering) -> None:
    """A number below those that came before is no reason to drop an update: numbers may begin anew after a week."""
    said = await fetched(ann, tampering, [help_from(ann, 905)], [], [help_from(ann, 3)], [help_from(ann, 4)])
    assert said == [words("help.text")] * 3


async def test_half_a_character_stops_nothing(ann: Learner, tampering: Tampering) -> None:
    """JSON can hold half of a surrogate pair, which no database takes: it becomes a question mark."""
    broken = help_from(ann, 900, "\ud83d")
    broken["message"]["from"]["first_name"] = "\ud83d\x00"
    assert await fetched(ann, tampering, [broken]) == [words("write.no_quiz")]
    assert ann.bot.problems() == []


@pytest.mark.parametrize(
    ("status", "told"),
    [(401, "does not know the token any more"), (404, "does not know the token any more"), (409, "Another program")],
)
async def test_a_refusal_to_give_updates_is_told_once(
    ann: Learner, tampering: Tampering, status: int, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    """401, 404 and 409 are told in words, once however often they come, and fetching goes on when they end."""
    await ann.bot.stop()
    refusal = json.dumps({"ok": False, "error_code": status, "description": "No"}).encode()
    tampering.order("getUpdates", *[(status, refusal)] * 5)
    await ann.bot.start()
    (said,) = await ann.says("/help")
    assert text_of(said) == words("help.text")
    assert caplog.text.count(told) == 1
