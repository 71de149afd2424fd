"""The board in a real browser: every scene as a room sees it, hears it, and works it by keyboard."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import aiohttp
import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from board_views import (
    ANSWER,
    DISCUSSION,
    END,
    KEY,
    LOBBY,
    LONGEST,
    PAUSED,
    PROOF,
    QUESTION,
    SCENES,
    TWICE,
    BoardsInMemory,
)
from playwright.async_api import ConsoleMessage, Page, Route, expect

from bot.app.board import BoardView
from bot.board.site import create_board_app
from bot.board.watch import frame_of
from bot.i18n import LANGUAGES
from bot.serving import Server, serve

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PROJECTOR, FULL_HD, PHONE = (1280, 720), (1920, 1080), (360, 740)
OFTEN = 0.02
HOSTILE = ("<b>bold</b>", "=cmd|' /C calc'!A0", '"><img src=x onerror=alert(1)>', "&lt;script&gt;")


@dataclass
class Site:
    """The served board in one browser tab."""

    page: Page
    boards: BoardsInMemory
    server: Server

    async def open(self, view: BoardView) -> None:
        """Look at a board that shows this."""
        self.boards.put(KEY, view)
        await self.page.goto(f"{self.server.origin}/board/{KEY}")
        await expect(self.page.locator("#stage")).to_have_attribute("data-scene", view.scene)

    async def show(self, view: BoardView) -> None:
        """Let the open page be sent this."""
        self.boards.put(KEY, view)
        frame = frame_of(await self.boards.stamp(KEY) or "", view)
        await self.page.wait_for_selector(f'body[data-picture-id="{frame.id}"]')

    async def resize(self, size: tuple[int, int]) -> None:
        """Give the window a size, and wait until the page has fitted itself to it."""
        await self.page.set_viewport_size({"width": size[0], "height": size[1]})
        await self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    async def overflow(self) -> tuple[int, int]:
        """Give by how many pixels the page is wider and higher than the window."""
        page = "document.documentElement"
        wide, high = await self.page.evaluate(
            f"[{page}.scrollWidth - {page}.clientWidth, {page}.scrollHeight - {page}.clientHeight]"
        )
        return wide, high

    async def size_of(self, selector: str) -> float:
        """Give the size of some text in pixels."""
        return float(
            await self.page.locator(selector).first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
        )


@pytest_asyncio.fixture(loop_scope="session")
async def site(page: Page) -> AsyncIterator[Site]:
    """Serve the board; whatever the browser complains of (scripts, the content policy) fails the test."""
    boards = BoardsInMemory(**{KEY: LOBBY})
    server = await serve(create_board_app(boards, poll_seconds=OFTEN))
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if _is_complaint(line) else None)
    await page.set_viewport_size({"width": 1280, "height": 720})
    opened = Site(page, boards, server)
    yield opened
    await page.close()
    await opened.server.stop()
    assert complaints == []


def _is_complaint(line: ConsoleMessage) -> bool:
    """Tell a fault of the page from a server that is away, which the page tells the reader itself."""
    return line.type in {"error", "warning"} and "Failed to load resource" not in line.text


@pytest.mark.parametrize(
    ("theme", "size"),
    [("light", PROJECTOR), ("dark", PROJECTOR), ("light", PHONE)],
    ids=["light", "dark", "phone"],
)
async def test_axe_finds_nothing(site: Site, theme: str, size: tuple[int, int]) -> None:
    """In every scene axe-core finds no violation: contrast, headings, names, landmarks."""
    await site.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    await site.resize(size)
    await site.open(LOBBY)
    found = {}
    for name, view in SCENES.items():
        await site.show(view)
        results = await Axe().run(site.page)
        found[name] = [one["id"] for one in results.response["violations"]]
    assert {name: rules for name, rules in found.items() if rules} == {}


async def test_axe_finds_nothing_in_a_refusal(site: Site) -> None:
    """The page that says that there is no such board is as good."""
    await site.page.goto(f"{site.server.origin}/board/nothing")
    assert (await Axe().run(site.page)).violations_count == 0


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_scene_fits_a_projector(site: Site, language: str) -> None:
    """Nothing has to be scrolled on a projector, in any language, the longest question included."""
    too_large = []
    await site.open(LOBBY)
    for size in (PROJECTOR, FULL_HD):
        await site.resize(size)
        for name, view in SCENES.items():
            await site.show(replace(view, language=language))
            if await site.overflow() != (0, 0):
                too_large.append((name, size))
    assert too_large == []


@pytest.mark.parametrize("size", [PROJECTOR, FULL_HD], ids=["720", "1080"])
async def test_questions_are_readable_from_ten_metres(site: Site, size: tuple[int, int]) -> None:
    """An option is 4 % of the picture's height at least, and even in the longest question 2 %.

    A letter is read at 400 times its height; on a picture 1.8 m high, 2 % is 36 mm, of which a capital is 25 mm.
    """
    await site.resize(size)
    await site.open(QUESTION)
    assert await site.size_of(".text") >= size[1] * 0.04
    await site.open(LONGEST)
    assert await site.size_of(".text") >= size[1] * 0.02
    assert await site.size_of("h1") >= size[1] * 0.03


async def test_a_phone_scrolls_down_and_never_sideways(site: Site) -> None:
    """On a phone the text keeps its size, and no scene is wider than the screen."""
    await site.resize(PHONE)
    await site.open(LOBBY)
    for view in SCENES.values():
        await site.show(view)
        assert (await site.overflow())[0] == 0
    await site.show(LONGEST)
    assert (await site.overflow())[1] > 0
    assert await site.size_of(".text") >= 16


async def test_names_come_by_themselves(site: Site) -> None:
    """The lobby shows who joins as they join, and how many they are."""
    await site.open(replace(LOBBY, nicknames=(), people=0))
    await expect(site.page.locator(".here")).to_contain_text("Names appear here as people join.")
    for count in (1, 2):
        site.boards.put(KEY, replace(LOBBY, nicknames=("Aruzhan", "Daniyar")[:count], people=count))
        await expect(site.page.locator(".names li")).to_have_count(count)
    await expect(site.page.locator(".here h2")).to_have_text("2 people are here")


async def test_what_people_wrote_shows_as_they_wrote_it(site: Site) -> None:
    """Marks and formulas in a nickname, a question or an answer are letters like others."""
    await site.open(replace(LOBBY, title=HOSTILE[2], nicknames=HOSTILE, people=4))
    assert await site.page.locator(".names li").all_text_contents() == list(HOSTILE)
    await expect(site.page.locator("h1")).to_have_text(HOSTILE[2])
    standings = tuple(replace(ANSWER.standings[0], name=name) for name in HOSTILE)
    site.boards.put(KEY, replace(ANSWER, standings=standings, answer=replace(PROOF, why=HOSTILE[2])))
    await expect(site.page.locator(".why")).to_have_text(HOSTILE[2])
    assert await site.page.locator(".standings .name").all_text_contents() == list(HOSTILE)
    assert await site.page.locator("main b, main img").count() == 0


async def test_a_round_is_followed_without_reload(site: Site) -> None:
    """From the lobby to the podium each scene comes by itself, with a heading and news for screen readers."""
    await site.open(LOBBY)
    heading, news = site.page.get_by_role("heading", level=1), site.page.locator("#news")
    await expect(heading).to_have_text("Human rights in Kazakhstan")
    stem = "For how long was Kazakhstan elected to the Human Rights Council?"
    for view, title, told in (
        (QUESTION, stem, f"Question 3 of 10. {stem}"),
        (PAUSED, stem, f"Question 3 of 10. {stem} Waiting for the teacher"),
        (DISCUSSION, stem, "Question 3 of 10. Talk it over."),
        (ANSWER, stem, "Question 3 of 10. The right answer: Three years."),
        (END, "Thank you, everyone!", "Thank you, everyone!"),
    ):
        site.boards.put(KEY, view)
        await expect(news).to_have_text(told)
        await expect(heading).to_have_text(title)
    await expect(news).to_have_attribute("role", "status")


async def test_an_open_round_shows_how_it_stands(site: Site) -> None:
    """How many have answered, the time left and the way in are there; a paused round has no time."""
    await site.open(QUESTION)
    bottom = site.page.locator("#bottom")
    await expect(bottom).to_contain_text("5 of 8 have answered")
    await expect(bottom).to_contain_text("KPT4WX")
    await expect(bottom.get_by_role("timer")).to_have_text(re.compile(r"0:2\d"))
    site.boards.put(KEY, PAUSED)
    await expect(bottom).to_contain_text("Waiting for the teacher")
    await expect(bottom.get_by_role("timer")).to_have_count(0)


async def test_time_is_counted_by_the_pages_own_steady_clock(site: Site) -> None:
    """A projector whose clock is years off counts the same seconds, down to nothing."""
    await site.page.clock.install(time="1999-01-01T00:00:00Z")
    await site.open(QUESTION)
    await site.page.clock.pause_at("1999-01-01T00:00:05Z")
    timer = site.page.get_by_role("timer")
    before = int((await timer.inner_text()).removeprefix("0:"))
    assert 15 <= before <= 24
    await site.page.clock.run_for(10_000)
    await expect(timer).to_have_text(f"0:{before - 10:02}")
    await site.page.clock.run_for(60_000)
    await expect(timer).to_have_text("0:00")


async def test_the_right_answer_is_marked_by_word_and_shape(site: Site) -> None:
    """The closed round marks the right option by a word and a check mark, and counts every option."""
    await site.open(TWICE)
    right = site.page.locator(".option", has_text="Three years")
    await expect(right.locator(".right-word")).to_have_text("Right")
    await expect(right.locator(".right-word svg")).to_be_visible()
    await expect(site.page.locator(".right-word")).to_have_count(1)
    assert await right.locator(".count .unseen").all_text_contents() == ["3 answers", "6 answers"]
    await expect(site.page.locator("mark")).to_have_text("The term was three years long.")
    widths = [
        round((box or {"width": 0})["width"])
        for box in [await bar.bounding_box() for bar in await right.locator(".filled").all()]
    ]
    assert 0 < widths[0] * 2 == pytest.approx(widths[1], abs=2)


async def test_options_differ_in_shape_as_well_as_colour(site: Site) -> None:
    """Each of twelve options has a letter and a shape of its own."""
    await site.open(LONGEST)
    marks = site.page.locator(".mark")
    assert "".join(await marks.locator(".letter").all_text_contents()) == "ABCDEFGHIJKL"
    shapes = await marks.locator("path").evaluate_all("paths => paths.map(path => path.getAttribute('d'))")
    assert len(set(shapes)) == 12


async def test_movement_is_told_in_words(site: Site) -> None:
    """A screen reader hears by how many places somebody moved; the arrow is for the eye."""
    await site.open(ANSWER)
    second = site.page.locator(".standings li").nth(1)
    await expect(second.locator(".movement [aria-hidden]")).to_have_text("▲ 2")
    await expect(second.locator(".movement .unseen")).to_have_text("up 2 places")
    await expect(site.page.locator(".rule")).to_have_text("Ranked by right answers of the questions each one saw.")


async def test_the_podium_is_read_from_the_first_and_drawn_with_the_first_in_the_middle(site: Site) -> None:
    """In the page the first comes first; on the screen the first stands highest, between the second and the third."""
    await site.open(END)
    steps = site.page.locator(".podium li")
    assert await steps.locator(".name").all_text_contents() == ["Aruzhan", "Daniyar", "Madina"]
    first, second, third = [await step.bounding_box() for step in await steps.all()]
    assert first
    assert second
    assert third
    assert second["x"] < first["x"] < third["x"]
    assert first["height"] > second["height"] > third["height"]


async def test_the_text_is_made_larger_and_smaller(site: Site) -> None:
    """The buttons change the size, which is remembered; at its largest the page may scroll."""
    await site.open(QUESTION)
    usual = await site.size_of("h1")
    await site.page.get_by_role("button", name="Larger text").click()
    larger = await site.size_of("h1")
    assert larger > usual
    await site.page.reload()
    assert await site.size_of("h1") == larger
    await site.page.get_by_role("button", name="Smaller text").click()
    await site.page.get_by_role("button", name="Smaller text").click()
    assert await site.size_of("h1") < usual


async def test_the_text_can_be_twice_as_large(site: Site) -> None:
    """The button makes text twice as large as usual (WCAG 2.2, 1.4.4), and nothing is cut off sideways."""
    await site.open(QUESTION)
    usual = await site.size_of("h1")
    for _ in range(9):
        await site.page.get_by_role("button", name="Larger text").click()
    assert await site.size_of("h1") == pytest.approx(usual * 2)
    assert (await site.overflow())[0] == 0


@pytest.mark.parametrize("system", ["light", "dark"])
async def test_colours_follow_the_system_until_somebody_chooses(site: Site, system: str) -> None:
    """The button switches light and dark; the choice outlives the page and the system's change of mind."""
    other = {"light": "dark", "dark": "light"}[system]
    page, root = site.page, site.page.locator("html")
    await page.emulate_media(color_scheme=other)  # type: ignore[arg-type]
    await site.open(LOBBY)
    await expect(root).to_have_attribute("data-theme", other)
    await page.emulate_media(color_scheme=system)  # type: ignore[arg-type]
    await expect(root).to_have_attribute("data-theme", system)
    button = page.get_by_role("button", name="Dark colours")
    await expect(button).to_have_attribute("aria-pressed", str(system == "dark").lower())
    await button.click()
    await expect(root).to_have_attribute("data-theme", other)
    await expect(button).to_have_attribute("aria-pressed", str(other == "dark").lower())
    await page.reload()
    await expect(root).to_have_attribute("data-theme", other)


async def test_full_screen(site: Site) -> None:
    """The button fills the screen with the board, and brings the window back."""
    await site.open(QUESTION)
    await site.page.get_by_role("button", name="Full screen").click()
    await site.page.wait_for_function("document.fullscreenElement !== null")
    await site.page.get_by_role("button", name="Full screen").click()
    await site.page.wait_for_function("document.fullscreenElement === null")


async def test_every_control_is_reached_by_keyboard(site: Site) -> None:
    """Tab goes through the controls in order, each is seen to have the focus, and Enter presses it."""
    await site.open(QUESTION)
    usual = await site.size_of("h1")
    for name in ("Smaller text", "Larger text", "Dark colours", "Full screen"):
        await site.page.keyboard.press("Tab")
        button = site.page.get_by_role("button", name=name)
        await expect(button).to_be_focused()
        assert await button.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
        if name == "Larger text":
            await site.page.keyboard.press("Enter")
    assert await site.size_of("h1") > usual


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
