"""The board in a real browser and the server behind it: what is sent, and a server that is away."""

import aiohttp
import pytest
from board_site import OFTEN, Site
from board_views import ANSWER, DISCUSSION, END, KEY, LOBBY, PROOF, QUESTION
from playwright.async_api import Route, expect

from bot.board.site import create_board_app
from bot.serving import serve

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_an_open_round_holds_no_answer(site: Site) -> None:
    """Neither what the browser was sent nor what it made of it tells the answer of an open round."""
    sent: list[str] = []
    site.page.on("response", lambda answer: sent.append(answer.url))
    await site.open(QUESTION)
    site.boards.put(KEY, DISCUSSION)
    await expect(site.page.locator("#stage")).to_have_attribute("data-scene", "discussion")
    texts = [await site.page.content()]
    async with aiohttp.ClientSession() as session:
        for url in {url for url in sent if not url.endswith("/events")}:
            async with session.get(url) as answer:
                texts.append(await answer.text())
    assert len(texts) > 10
    secrets = (PROOF.why, PROOF.quoted, PROOF.passage, "right&quot;:", '"right":')
    assert await site.page.locator("[data-right]").count() == 0
    assert [secret for text in texts for secret in secrets if secret in text] == []


async def test_a_restarted_server_is_found_again(site: Site) -> None:
    """While the server is away a quiet sign says so; once it is back the newest shows and the sign goes by itself."""
    await site.open(LOBBY)
    sign = site.page.get_by_text("Reconnecting…")
    await expect(sign).to_be_hidden()
    await site.server.stop()
    await expect(sign).to_be_visible()
    site.boards.put(KEY, QUESTION)
    site.boards.put(KEY, ANSWER)
    site.server = await serve(create_board_app(site.boards, poll_seconds=OFTEN), port=site.server.port)
    await expect(site.page.locator("#stage")).to_have_attribute("data-scene", "answer", timeout=20_000)
    await expect(sign).to_be_hidden()


async def test_a_refusing_proxy_is_waited_for(site: Site) -> None:
    """After an answer at which browsers give up, such as a proxy's, the page tries again by itself."""
    refusals = iter([502, 503])

    async def refuse_twice(route: Route) -> None:
        status = next(refusals, None)
        await (route.fulfill(status=status) if status else route.continue_())

    await site.page.clock.install()
    await site.page.route("**/events", refuse_twice)
    await site.open(LOBBY)
    await expect(site.page.get_by_text("Reconnecting…")).to_be_visible()
    site.boards.put(KEY, QUESTION)
    for _ in range(2):
        await site.page.clock.run_for(3_000)
    await expect(site.page.locator("#stage")).to_have_attribute("data-scene", "question", timeout=20_000)
    await expect(site.page.get_by_text("Reconnecting…")).to_be_hidden()


async def test_a_board_that_is_gone_says_so_and_asks_no_more(site: Site) -> None:
    """An open page shows the final standings; once the address is gone it says that the class is over, for good."""
    asked: list[str] = []
    site.page.on("request", lambda request: asked.append(request.method))
    await site.page.clock.install()
    await site.open(END)
    await expect(site.page.locator(".podium")).to_contain_text("Aruzhan")
    del site.boards.views[KEY]
    await expect(site.page.locator("#stage")).to_have_attribute("data-scene", "over", timeout=20_000)
    await expect(site.page.get_by_role("heading", level=1)).to_have_text("The class is over. See you next time.")
    await expect(site.page.locator("#news")).to_have_text("The class is over. See you next time.")
    await expect(site.page.get_by_text("Reconnecting…")).to_be_hidden()
    assert "Aruzhan" not in await site.page.locator("body").inner_text()
    asked_before = len(asked)
    await site.page.clock.run_for(600_000)
    await site.page.evaluate("fetch('/board/static/icon.svg')")
    assert len(asked) == asked_before + 1
