"""The bot behind a webhook: what people say is posted to it over HTTP, and it makes no difference to them."""

from collections.abc import AsyncIterator

import pytest
from bot_in_process import BotInProcess, StartBot
from bot_process import free_port
from learner import Learner, words
from starlette.applications import Starlette
from whale_bank import HEART, LARGEST, NAME, bank_in_order

from bot.app.dispatch.service import Received, StoreError
from bot.playground.world import Message
from bot.serving import serve
from bot.tg.inbound.endpoint import Endpoint

TITLE = "result.title"


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    """Serve an address of the webhook, as the bot does for as long as its process lives."""
    port = free_port()
    made = Endpoint(f"http://127.0.0.1:{port}/telegram")
    app = Starlette(routes=[made.route()])
    app.state.closers = []
    server = await serve(app, port=port)
    yield made
    await server.stop()


@pytest.fixture
async def ann(start_bot: StartBot, endpoint: Endpoint) -> AsyncIterator[Learner]:
    """A learner before a bot that is posted to."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, HEART))
    bot.api.webhook_delivery.second_length = 0.01
    await switch(bot, endpoint)
    yield Learner(bot)
    bot.api.close()


async def switch(bot: BotInProcess, endpoint: Endpoint | None) -> None:
    """Start the bot anew, posted to at an endpoint or fetching."""
    await bot.stop()
    bot.endpoint = endpoint
    await bot.start()


def right(said: list[Message], count: int) -> bool:
    """Say whether so many of three were right."""
    return any(words(TITLE, right=count, of=3) in (one.content.text.text if one.content.text else "") for one in said)


async def test_a_quiz_over_a_webhook(ann: Learner, endpoint: Endpoint) -> None:
    """Commands, votes and texts arrive by posts alone, and the quiz goes as ever."""
    await ann.says("/quiz 3")
    await ann.votes("The blue whale")
    await ann.says("blue whale")
    assert right(await ann.says("180"), 3)
    assert ann.marks() == {"largest": True, "name": True, "heart": True}
    assert endpoint.kept == 4
    assert ann.world.webhook
    assert ann.world.webhook.url == endpoint.url


async def test_what_cannot_be_kept_is_posted_again_and_counts_once(
    ann: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While nothing can be written, a vote waits at Telegram; then it comes again and is marked once."""
    await ann.says("/quiz 3")
    receive, tries = ann.bot.service.receive, iter(range(100))

    def full_disk(updates: list[Received], *, for_leader: bool) -> tuple[Received, ...]:
        if next(tries) < 3:
            raise StoreError("The disk is full.")
        return receive(updates, for_leader=for_leader)

    monkeypatch.setattr(ann.bot.service, "receive", full_disk)
    await ann.votes("The blue whale")
    assert ann.marks() == {"largest": True}
    assert next(tries) == 4
    assert ann.world.webhook
    assert ann.world.webhook.error["last_error_message"].startswith("Wrong response from the webhook: 503")


@pytest.mark.usefixtures("no_retry_delays")
async def test_there_and_back_loses_nothing(ann: Learner, endpoint: Endpoint) -> None:
    """From posting to fetching and back, what is said while the bot is down is taken once on either way."""
    await ann.says("/quiz 3")
    poll = ann.poll()
    await ann.bot.stop()
    ann.world.vote(ann.id, poll.id, list(poll.correct_option_ids))
    await switch(ann.bot, None)
    await ann.bot.wait_until(lambda: ann.marks() == {"largest": True})
    assert ann.world.webhook is None
    await ann.bot.wait_until_idle()
    await ann.bot.stop()
    ann.world.send_text(ann.id, ann.id, "blue whale")
    await switch(ann.bot, endpoint)
    await ann.bot.wait_until(lambda: ann.marks() == {"largest": True, "name": True})
    await ann.bot.wait_until_idle()
    assert ann.world.webhook
    assert right(await ann.says("180"), 3)
