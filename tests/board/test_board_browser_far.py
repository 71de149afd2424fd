"""Readability of the board from the last row: pauses, line breaks, bars, ties and long names."""

from dataclasses import replace

import pytest
from board_site import FULL_HD, PROJECTOR, Site
from board_views import (
    ANSWER,
    ANSWER_AFTER_TWO_VOTES,
    END,
    KEY,
    LONG_NAMES,
    MULTILINE,
    PAUSED,
    SCENES,
    TIED,
    WIDE_NAMES,
)
from playwright.async_api import expect

from bot.i18n import LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
SMALL = (360, 640)
# A name is enclosed in isolates, so that it does not change the direction of other text.
_ISOLATES = "\u2068\u2069"
SIZES = [PROJECTOR, FULL_HD, SMALL]
# Height of a capital H in the font of an element.
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
    """In every paused scene, the capitals of the announcement are at least 5 % of the screen's height."""
    await site.resize(size)
    await site.open_board(replace(PAUSED, language=language))
    for name in ("paused", "longest paused", "waiting answer", "longest waiting answer"):
        await site.show_view(replace(SCENES[name], language=language))
        announced = site.page.locator(".waits")
        await expect(announced).to_have_text(LANGUAGES[language].plain("board.waits"))
        assert await announced.evaluate(_CAPITAL) >= size[1] * 0.05, name
        assert await site.page.locator(".waits, .waits *").evaluate_all(_CUT_OFF) == []
        assert (await site.overflow())[0] == 0
        if size != SMALL:
            assert (await site.overflow())[1] == 0, name


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_line_breaks_are_kept(site: Site, size: tuple[int, int]) -> None:
    """A stem of three lines and an option of two keep their lines in the open and in the closed round."""
    await site.resize(size)
    await site.open_board(MULTILINE)
    for view in (MULTILINE, SCENES["answer in lines"]):
        await site.show_view(view)
        assert await site.page.locator(".stem").evaluate(_LINES) >= 3
        assert await site.page.locator(".option .text").first.evaluate(_LINES) == 2
        assert await site.page.locator(".stem").text_content() == (view.question or MULTILINE.question).stem  # type: ignore[union-attr]


async def test_a_written_answer_and_its_explanation_keep_their_lines(site: Site) -> None:
    """The line breaks of the solution and of the explanation are kept."""
    lines = replace(ANSWER.answer, solution=("One\ntwo",), why="First.\nSecond.")  # type: ignore[type-var]
    await site.open_board(replace(SCENES["written answer"], answer=lines))
    assert await site.page.locator(".solution-text").evaluate(_LINES) == 2
    assert await site.page.locator(".why").evaluate(_LINES) == 2


@pytest.mark.parametrize("people", [8, 24])
async def test_bars_are_as_long_as_the_share_of_pupils(site: Site, people: int) -> None:
    """A full bar stands for all pupils, in the first vote and in the last vote."""
    await site.open_board(replace(ANSWER_AFTER_TWO_VOTES, people=people))
    await site.page.emulate_media(reduced_motion="reduce")
    for view in (ANSWER, ANSWER_AFTER_TWO_VOTES):
        await site.show_view(replace(view, people=people))
        for bar in await site.page.locator(".bar").all():
            votes = int(await bar.locator(".count [aria-hidden]").inner_text())
            full, filled = [
                await bar.locator(part).evaluate("node => node.getBoundingClientRect().width")
                for part in (".track", ".filled")
            ]
            assert filled / full == pytest.approx(votes / people, abs=0.01)


async def test_the_two_votes_of_a_round_are_shown_separately(site: Site) -> None:
    """After a discussion, each option shows the first and the last votes, not their sum."""
    await site.open_board(ANSWER_AFTER_TWO_VOTES)
    for option, shown in zip(
        (ANSWER_AFTER_TWO_VOTES.question or ANSWER.question).options,
        await site.page.locator(".option").all(),
        strict=True,
    ):  # type: ignore[union-attr]
        counts = await shown.locator(".count [aria-hidden]").all_text_contents()
        assert counts == [str(option.first), str(option.last)]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("scene", ["answer", "end"])
async def test_long_names_are_shown_completely(site: Site, scene: str, size: tuple[int, int]) -> None:
    """The widest nicknames and the longest Telegram names fit on the screen and are not cut off."""
    view = LONG_NAMES if scene == "answer" else SCENES["end with long names"]
    await site.resize(size)
    await site.open_board(view)
    names = site.page.locator(".name")
    assert [name.strip(_ISOLATES) for name in await names.all_text_contents()] == list(WIDE_NAMES)
    assert await names.evaluate_all(_CUT_OFF) == []
    assert (await site.overflow())[0] == 0


async def test_a_tie_beyond_the_fifth_place_is_counted(site: Site) -> None:
    """Below the standings and below the podium is the number of other people who share the last place."""
    await site.open_board(TIED)
    await expect(site.page.locator(".standings li")).to_have_count(6)
    await expect(site.page.locator(".standings li").last).to_have_text("and 3 more")
    site.boards.set_view(KEY, SCENES["tied end"])
    await expect(site.page.locator(".others li").last).to_have_text("and 3 more")
    assert await site.page.locator(".podium .step [aria-hidden]").all_text_contents() == ["1", "1", "1"]
    site.boards.set_view(KEY, END)
    await expect(site.page.locator(".others li")).to_have_count(2)
