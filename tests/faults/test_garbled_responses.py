"""Tests of garbled responses of the Bot API: the bot repeats the call, and loses no message and no person."""

import json
from typing import Any

import pytest
from bot_in_process import StartBot
from fake_responses import GARBLED, FakeResponses
from learner import Learner, text_of, words
from whale_bank import LARGEST, NAME, bank_in_order

pytestmark = pytest.mark.usefixtures("no_retry_delays")

EACH_RESPONSE = pytest.mark.parametrize("response", GARBLED.values(), ids=GARBLED)


@pytest.fixture
def fake_responses(monkeypatch: pytest.MonkeyPatch) -> FakeResponses:
    """Responses in place of the playground's, for every bot that starts."""
    responses = FakeResponses()
    responses.install(monkeypatch)
    return responses


@pytest.fixture
async def ann(start_bot: StartBot, fake_responses: FakeResponses) -> Learner:  # noqa: ARG001 - must be installed first
    """A learner and a bot with a bank of a choice question and a typed one."""
    return Learner(await start_bot(bank_in_order(LARGEST, NAME)))


def response_of_get_updates(updates: list[Any]) -> tuple[int, bytes]:
    """Return a response of getUpdates with these updates."""
    return 200, json.dumps({"ok": True, "result": updates}).encode()


@EACH_RESPONSE
async def test_a_message_is_sent_again_after_a_garbled_response(
    ann: Learner, fake_responses: FakeResponses, response: tuple[int, bytes]
) -> None:
    """Each message comes once and in order, and the person does not count as unreachable."""
    for method in ("sendPoll", "sendMessage"):
        fake_responses.add(method, response, response)
    (asked,) = await ann.says("/quiz 2")
    assert asked.content.poll_id
    (following,) = await ann.votes("The blue whale")
    assert NAME.stem in text_of(following)
    await ann.says("blue whale")
    assert ann.marks() == {"largest": True, "name": True}
    assert ann.bot.problems() == []


@EACH_RESPONSE
async def test_updates_are_fetched_again_after_a_garbled_response(
    ann: Learner, fake_responses: FakeResponses, response: tuple[int, bytes]
) -> None:
    """Updates wait at Telegram meanwhile, and each is handled once."""
    await ann.bot.stop()
    fake_responses.add("getUpdates", response, response)
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
async def test_a_malformed_update_is_confirmed_and_delays_no_other(
    ann: Learner, fake_responses: FakeResponses, body: dict[str, Any]
) -> None:
    """An update of an unknown type or form is skipped or set aside, and the others are handled."""
    await ann.bot.stop()
    fake_responses.add("getUpdates", response_of_get_updates([{"update_id": 900, **body}, {"strange": True}, 7]))
    await ann.bot.start()
    (said,) = await ann.says("/help")
    assert text_of(said) == words("help.text")
    assert len(ann.bot.problems()) <= 1


def help_from(person: Learner, update_id: int, text: str = "/help") -> dict[str, Any]:
    """Return an update with a text in a private chat."""
    name = {"id": person.id, "is_bot": False, "first_name": "Ann"}
    chat = {"id": person.id, "type": "private"}
    return {"update_id": update_id, "message": {"message_id": 1, "from": name, "chat": chat, "date": 1, "text": text}}


async def fetched(ann: Learner, fake_responses: FakeResponses, *batches: list[dict[str, Any]]) -> list[str]:
    """Return these batches of updates from getUpdates; return the texts with which the bot answered."""
    await ann.says("/start")
    before = len(ann.messages())
    await ann.bot.stop()
    fake_responses.add("getUpdates", *map(response_of_get_updates, batches))
    await ann.bot.start()
    await ann.bot.wait_until(lambda: "getUpdates" in fake_responses.done)
    await ann.bot.wait_until_idle()
    return [text_of(one) for one in ann.messages()[before:]]


async def test_redelivered_updates_are_handled_once(ann: Learner, fake_responses: FakeResponses) -> None:
    """An update that comes again in the same batch or in the next is answered once."""
    first, second = help_from(ann, 900), help_from(ann, 901, "/nonsense")
    said = await fetched(ann, fake_responses, [first, first], [first, second], [second, first])
    assert said == [words("help.text"), words("write.unknown_command")]


async def test_updates_out_of_order_are_all_handled(ann: Learner, fake_responses: FakeResponses) -> None:
    """An update with a smaller id than earlier ones is handled: Telegram may restart the ids after a week."""
    said = await fetched(ann, fake_responses, [help_from(ann, 905)], [], [help_from(ann, 3)], [help_from(ann, 4)])
    assert said == [words("help.text")] * 3


async def test_half_a_surrogate_pair_is_replaced(ann: Learner, fake_responses: FakeResponses) -> None:
    """Half a surrogate pair, which JSON allows and databases refuse, becomes a question mark."""
    broken = help_from(ann, 900, "\ud83d")
    broken["message"]["from"]["first_name"] = "\ud83d\x00"
    assert await fetched(ann, fake_responses, [broken]) == [words("write.no_quiz")]
    assert ann.bot.problems() == []


@pytest.mark.parametrize(
    ("status", "message"),
    [(401, "does not know the token any more"), (404, "does not know the token any more"), (409, "Another program")],
)
async def test_a_refusal_of_get_updates_is_logged_once(
    ann: Learner, fake_responses: FakeResponses, status: int, message: str, caplog: pytest.LogCaptureFixture
) -> None:
    """401, 404 and 409 are explained in the log once, even if repeated, and polling goes on when they end."""
    await ann.bot.stop()
    refusal = json.dumps({"ok": False, "error_code": status, "description": "No"}).encode()
    fake_responses.add("getUpdates", *[(status, refusal)] * 5)
    await ann.bot.start()
    (said,) = await ann.says("/help")
    assert text_of(said) == words("help.text")
    assert caplog.text.count(message) == 1
