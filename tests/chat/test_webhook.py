"""The bot behind a webhook: updates are posted to it over HTTP, and people notice no difference."""

from collections.abc import AsyncIterator

import pytest
from bot_in_process import BotInProcess, StartBot
from bot_process import free_port
from learner import Learner, text_of, words
from starlette.applications import Starlette
from whale_bank import HEART, LARGEST, NAME, bank_in_order

from bot.app.dispatch.service import Received, StoreError
from bot.playground.world import Message
from bot.serving import serve
from bot.tg.inbound.endpoint import Endpoint


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    """A webhook endpoint that is served over HTTP."""
    port = free_port()
    served = Endpoint(f"http://127.0.0.1:{port}/telegram")
    app = Starlette(routes=[served.route()])
    app.state.closers = []
    server = await serve(app, port=port)
    yield served
    await server.stop()


@pytest.fixture
async def ann(start_bot: StartBot, endpoint: Endpoint) -> AsyncIterator[Learner]:
    """A learner of a bot with a webhook."""
    bot = await start_bot(bank_in_order(LARGEST, NAME, HEART))
    bot.api.webhook_delivery.second_length = 0.01
    await restart_with(bot, endpoint)
    yield Learner(bot)
    bot.api.close()


async def restart_with(bot: BotInProcess, endpoint: Endpoint | None) -> None:
    """Restart the bot with a webhook endpoint, or with long polling."""
    await bot.stop()
    bot.endpoint = endpoint
    await bot.start()


def has_result(messages: list[Message], right: int) -> bool:
    """Return whether a message is the result of a quiz with this number of right answers out of three."""
    title = words("result.title", right=right, of=3)
    return any(title in text_of(message) for message in messages)


async def test_a_quiz_works_over_a_webhook(ann: Learner, endpoint: Endpoint) -> None:
    """A quiz works with commands, votes and texts that arrive by webhook only."""
    await ann.says("/quiz 3")
    await ann.votes("The blue whale")
    await ann.says("blue whale")
    assert has_result(await ann.says("180"), 3)
    assert ann.marks() == {"largest": True, "name": True, "heart": True}
    assert endpoint.kept == 4
    assert ann.world.webhook
    assert ann.world.webhook.url == endpoint.url


async def test_an_update_that_cannot_be_stored_is_posted_again(ann: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vote that cannot be stored waits at Telegram, is posted again and marked once."""
    await ann.says("/quiz 3")
    store_updates, tries = ann.bot.service.store_updates, iter(range(100))

    def full_disk(updates: list[Received], *, for_leader: bool) -> tuple[Received, ...]:
        if next(tries) < 3:
            raise StoreError("The disk is full.")
        return store_updates(updates, for_leader=for_leader)

    monkeypatch.setattr(ann.bot.service, "store_updates", full_disk)
    await ann.votes("The blue whale")
    assert ann.marks() == {"largest": True}
    assert next(tries) == 4
    assert ann.world.webhook
    assert ann.world.webhook.error["last_error_message"].startswith("Wrong response from the webhook: 503")


@pytest.mark.usefixtures("no_retry_delays")
async def test_switching_between_webhook_and_polling_loses_nothing(ann: Learner, endpoint: Endpoint) -> None:
    """Updates that arrive while the bot switches from webhook to long polling or back are handled once."""
    await ann.says("/quiz 3")
    poll = ann.poll()
    await ann.bot.stop()
    ann.world.vote(ann.id, poll.id, list(poll.correct_option_ids))
    await restart_with(ann.bot, None)
    await ann.bot.wait_until(lambda: ann.marks() == {"largest": True})
    assert ann.world.webhook is None
    await ann.bot.wait_until_idle()
    await ann.bot.stop()
    ann.world.send_text(ann.id, ann.id, "blue whale")
    await restart_with(ann.bot, endpoint)
    await ann.bot.wait_until(lambda: ann.marks() == {"largest": True, "name": True})
    await ann.bot.wait_until_idle()
    assert ann.world.webhook
    assert has_result(await ann.says("180"), 3)
