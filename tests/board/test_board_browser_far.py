"""The board from the last row: pauses, line breaks, bars, ties and long names as a room sees them."""

from dataclasses import replace

import pytest
from board_site import FULL_HD, PROJECTOR, Site
from board_views import ANSWER, END, IN_LINES, KEY, LONG_NAMES, PAUSED, SCENES, TIED, TWICE, WIDE_NAMES
from playwright.async_api import expect

from bot.i18n import LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
SMALL = (360, 640)
# A name stands in an isolate, so that its direction does not spread.
_ISOLATES = "\u2068\u2069"
SIZES = [PROJECTOR, FULL_HD, SMALL]
# How high a capital H is drawn in the font of an element.
_CAPITAL = """node => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = getComputedStyle(node).font;
  return pen.measureText("H").actualBoundingBoxAscent;
}"""
_LINES = """node => {
  const range = document.createRange();
  range.selectNodeContents(node);
  return new Set([...range.getClientRects()].map(one => Math.round(one.bottom))).size;
}"""
_CUT_OFF = """nodes => nodes.filter(node => {
  const box = node.getBoundingClientRect();
  const isCut = node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflow !== "visible";
  return isCut || box.left < 0 || box.right > innerWidth + 1 || !box.width;
}).map(node => node.textContent)"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_pause_is_announced_in_large_letters(site: Site, size: tuple[int, int], language: str) -> None:
    """In every scene that waits, the letters that say so are 5 % of the screen's height at least, and within it."""
    await site.resize(size)
    await site.open(replace(PAUSED, language=language))
    for name in ("paused", "longest paused", "waiting answer", "longest waiting answer"):
        await site.show(replace(SCENES[name], language=language))
        announced = site.page.locator(".waits")
        await expect(announced).to_have_text(LANGUAGES[language].plain("board.waits"))
        assert await announced.evaluate(_CAPITAL) >= size[1] * 0.05, name
        assert await site.page.locator(".waits, .waits *").evaluate_all(_CUT_OFF) == []
        assert (await site.overflow())[0] == 0
        if size != SMALL:
            assert (await site.overflow())[1] == 0, name


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_line_breaks_are_kept(site: Site, size: tuple[int, int]) -> None:
    """A stem of three lines and an option of two are drawn so, while it is asked and when it is closed."""
    await site.resize(size)
    await site.open(IN_LINES)
    for view in (IN_LINES, SCENES["answer in lines"]):
        await site.show(view)
        assert await site.page.locator(".stem").evaluate(_LINES) >= 3
        assert await site.page.locator(".option .text").first.evaluate(_LINES) == 2
        assert await site.page.locator(".stem").text_content() == (view.question or IN_LINES.question).stem  # type: ignore[union-attr]


async def test_a_written_answer_keeps_its_lines(site: Site) -> None:
    """What was right is drawn in lines too, and so is why."""
    lines = replace(ANSWER.answer, solution=("One\ntwo",), why="First.\nSecond.")  # type: ignore[type-var]
    await site.open(replace(SCENES["written answer"], answer=lines))
    assert await site.page.locator(".solution-text").evaluate(_LINES) == 2
    assert await site.page.locator(".why").evaluate(_LINES) == 2


@pytest.mark.parametrize("people", [8, 24])
async def test_bars_are_as_long_as_the_share_of_pupils(site: Site, people: int) -> None:
    """A full bar would be everybody who is here, in the first vote and in the last alike."""
    await site.open(replace(TWICE, people=people))
    await site.page.emulate_media(reduced_motion="reduce")
    for view in (ANSWER, TWICE):
        await site.show(replace(view, people=people))
        for bar in await site.page.locator(".bar").all():
            votes = int(await bar.locator(".count [aria-hidden]").inner_text())
            full, filled = [
                await bar.locator(part).evaluate("node => node.getBoundingClientRect().width")
                for part in (".track", ".filled")
            ]
            assert filled / full == pytest.approx(votes / people, abs=0.01)


async def test_votes_of_two_rounds_stand_apart(site: Site) -> None:
    """After a discussion each option has the votes of the first and of the last, and nowhere their sum."""
    await site.open(TWICE)
    for option, shown in zip(
        (TWICE.question or ANSWER.question).options, await site.page.locator(".option").all(), strict=True
    ):  # type: ignore[union-attr]
        counts = await shown.locator(".count [aria-hidden]").all_text_contents()
        assert counts == [str(option.first), str(option.last)]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("scene", ["answer", "end"])
async def test_long_names_are_shown_whole(site: Site, scene: str, size: tuple[int, int]) -> None:
    """The widest nicknames and the longest names of Telegram are within the screen and cut off nowhere."""
    view = LONG_NAMES if scene == "answer" else SCENES["end with long names"]
    await site.resize(size)
    await site.open(view)
    names = site.page.locator(".name")
    assert [name.strip(_ISOLATES) for name in await names.all_text_contents()] == list(WIDE_NAMES)
    assert await names.evaluate_all(_CUT_OFF) == []
    assert (await site.overflow())[0] == 0


async def test_a_tie_beyond_the_fifth_is_counted(site: Site) -> None:
    """Below the standings, and below the podium, stands how many more share the last place."""
    await site.open(TIED)
    await expect(site.page.locator(".standings li")).to_have_count(6)
    await expect(site.page.locator(".standings li").last).to_have_text("and 3 more")
    site.boards.put(KEY, SCENES["tied end"])
    await expect(site.page.locator(".others li").last).to_have_text("and 3 more")
    assert await site.page.locator(".podium .step [aria-hidden]").all_text_contents() == ["1", "1", "1"]
    site.boards.put(KEY, END)
    await expect(site.page.locator(".others li")).to_have_count(2)
