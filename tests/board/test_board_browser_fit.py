"""The board is for every eye: it fits the screen, is large enough, and axe-core finds nothing."""

from dataclasses import replace

import pytest
from axe_playwright_python.async_playwright import Axe
from board_site import FULL_HD, PHONE, PROJECTOR, Site
from board_views import LOBBY, LONGEST, QUESTION, SCENES

from bot.i18n import LANGUAGES

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


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


@pytest.mark.parametrize("width", [320, 360, PHONE[0]])
async def test_the_widest_code_fits_the_narrowest_phone(site: Site, width: int) -> None:
    """A code of six letters W, the widest there are, is not wider than a small phone."""
    await site.resize((width, 640))
    await site.open(replace(LOBBY, code="WWWWWW"))
    assert (await site.overflow())[0] == 0
