"""The board in a real browser and its server: the data it receives, and lost connections."""

import aiohttp
import pytest
from board_site import POLL_SECONDS, Site
from board_views import ANSWER, DISCUSSION, END, KEY, LOBBY, QUESTION, SOLUTION
from playwright.async_api import Route, expect

from bot.board.site import create_board_app
from bot.serving import serve

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_browser_does_not_receive_the_answer_of_an_open_round(site: Site) -> None:
    """Neither the responses to the browser nor its document contain the answer of an open round."""
    sent: list[str] = []
    site.page.on("response", lambda answer: sent.append(answer.url))
    await site.open_board(QUESTION)
    site.boards.set_view(KEY, DISCUSSION)
    await expect(site.page.locator("#stage")).to_have_attribute("data-scene", "discussion")
    texts = [await site.page.content()]
    async with aiohttp.ClientSession() as session:
        for url in {url for url in sent if not url.endswith("/events")}:
            async with session.get(url) as answer:
                texts.append(await answer.text())
    assert len(texts) > 10
    secrets = (SOLUTION.why, SOLUTION.quoted, SOLUTION.passage, "right&quot;:", '"right":')
    assert await site.page.locator("[data-right]").count() == 0
    assert [secret for text in texts for secret in secrets if secret in text] == []


async def test_the_page_reconnects_to_a_restarted_server(site: Site) -> None:
    """While the server is down, the page shows "Reconnecting…"; after its restart, it shows the newest snapshot."""
    await site.open_board(LOBBY)
    sign = site.page.get_by_text("Reconnecting…")
    await expect(sign).to_be_hidden()
    await site.server.stop()
    await expect(sign).to_be_visible()
    site.boards.set_view(KEY, QUESTION)
    site.boards.set_view(KEY, ANSWER)
    site.server = await serve(create_board_app(site.boards, poll_seconds=POLL_SECONDS), port=site.server.port)
    await expect(site.page.locator("#stage")).to_have_attribute("data-scene", "answer", timeout=20_000)
    await expect(sign).to_be_hidden()


async def test_the_page_retries_after_errors_of_a_proxy(site: Site) -> None:
    """After a response at which EventSource gives up, such as a proxy's 502, the page reconnects."""
    refusals = iter([502, 503])

    async def refuse_twice(route: Route) -> None:
        status = next(refusals, None)
        await (route.fulfill(status=status) if status else route.continue_())

    await site.page.clock.install()
    await site.page.route("**/events", refuse_twice)
    await site.open_board(LOBBY)
    await expect(site.page.get_by_text("Reconnecting…")).to_be_visible()
    site.boards.set_view(KEY, QUESTION)
    for _ in range(2):
        await site.page.clock.run_for(3_000)
    await expect(site.page.locator("#stage")).to_have_attribute("data-scene", "question", timeout=20_000)
    await expect(site.page.get_by_text("Reconnecting…")).to_be_hidden()


async def test_a_deleted_board_shows_the_end_and_sends_no_more_requests(site: Site) -> None:
    """After its board is deleted, an open page says that the class is over and stops reconnecting."""
    requests: list[str] = []
    site.page.on("request", lambda request: requests.append(request.method))
    await site.page.clock.install()
    await site.open_board(END)
    await expect(site.page.locator(".podium")).to_contain_text("Aruzhan")
    del site.boards.views[KEY]
    await expect(site.page.locator("#stage")).to_have_attribute("data-scene", "over", timeout=20_000)
    await expect(site.page.get_by_role("heading", level=1)).to_have_text("The class is over. See you next time.")
    await expect(site.page.locator("#news")).to_have_text("The class is over. See you next time.")
    await expect(site.page.get_by_text("Reconnecting…")).to_be_hidden()
    assert "Aruzhan" not in await site.page.locator("body").inner_text()
    requests_before = len(requests)
    await site.page.clock.run_for(600_000)
    await site.page.evaluate("fetch('/board/static/icon.svg')")
    assert len(requests) == requests_before + 1
