"""Accessibility of the board: it fits the screen, is large enough, and axe-core finds no violation."""

from dataclasses import replace

import pytest
from axe_playwright_python.async_playwright import Axe
from board_site import FULL_HD, PHONE, PROJECTOR, Site
from board_views import LOBBY, LONGEST_QUESTION, QUESTION, SCENES

from bot.i18n import LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize(
    ("theme", "size"),
    [("light", PROJECTOR), ("dark", PROJECTOR), ("light", PHONE)],
    ids=["light", "dark", "phone"],
)
async def test_axe_finds_nothing(site: Site, theme: str, size: tuple[int, int]) -> None:
    """axe-core finds no violation in any scene (contrast, headings, names, landmarks)."""
    await site.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    await site.resize(size)
    await site.open_board(LOBBY)
    found = {}
    for name, view in SCENES.items():
        await site.show_view(view)
        results = await Axe().run(site.page)
        found[name] = [one["id"] for one in results.response["violations"]]
    assert {name: rules for name, rules in found.items() if rules} == {}


async def test_axe_finds_nothing_on_an_error_page(site: Site) -> None:
    """axe-core finds no violation on the error page for an unknown board."""
    await site.page.goto(f"{site.server.origin}/board/nothing")
    assert (await Axe().run(site.page)).violations_count == 0


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_scene_fits_a_projector(site: Site, language: str) -> None:
    """Every scene in every language fits a projector without scrolling, even the longest question."""
    too_large = []
    await site.open_board(LOBBY)
    for size in (PROJECTOR, FULL_HD):
        await site.resize(size)
        for name, view in SCENES.items():
            await site.show_view(replace(view, language=language))
            if await site.overflow() != (0, 0):
                too_large.append((name, size))
    assert too_large == []


@pytest.mark.parametrize("size", [PROJECTOR, FULL_HD], ids=["720", "1080"])
async def test_questions_are_readable_from_ten_metres(site: Site, size: tuple[int, int]) -> None:
    """The font of an option is at least 4 % of the screen's height, and 2 % in the longest question.

    A letter can be read from 400 times its height. On a screen 1.8 m high, 2 % is 36 mm, and a capital is 25 mm.
    """
    await site.resize(size)
    await site.open_board(QUESTION)
    assert await site.font_size(".text") >= size[1] * 0.04
    await site.open_board(LONGEST_QUESTION)
    assert await site.font_size(".text") >= size[1] * 0.02
    assert await site.font_size("h1") >= size[1] * 0.03


async def test_a_phone_scrolls_down_and_never_sideways(site: Site) -> None:
    """On a phone the text is not shrunk, and no scene is wider than the screen."""
    await site.resize(PHONE)
    await site.open_board(LOBBY)
    for view in SCENES.values():
        await site.show_view(view)
        assert (await site.overflow())[0] == 0
    await site.show_view(LONGEST_QUESTION)
    assert (await site.overflow())[1] > 0
    assert await site.font_size(".text") >= 16


@pytest.mark.parametrize("width", [320, 360, PHONE[0]])
async def test_the_widest_code_fits_the_narrowest_phone(site: Site, width: int) -> None:
    """A code of six letters W, the widest letter, is not wider than a small phone."""
    await site.resize((width, 640))
    await site.open_board(replace(LOBBY, code="WWWWWW"))
    assert (await site.overflow())[0] == 0
