"""The controls of the board in a real browser: text size, colours, full screen, keyboard."""

import pytest
from board_site import Site
from board_views import LOBBY, QUESTION
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_buttons_change_the_text_size(site: Site) -> None:
    """The buttons change the text size, and a reloaded page keeps it."""
    await site.open_board(QUESTION)
    usual = await site.font_size("h1")
    await site.page.get_by_role("button", name="Larger text").click()
    larger = await site.font_size("h1")
    assert larger > usual
    await site.page.reload()
    assert await site.font_size("h1") == larger
    await site.page.get_by_role("button", name="Smaller text").click()
    await site.page.get_by_role("button", name="Smaller text").click()
    assert await site.font_size("h1") < usual


async def test_the_text_can_be_twice_as_large(site: Site) -> None:
    """The text can be enlarged to twice its size (WCAG 2.2, 1.4.4), and the page does not become too wide."""
    await site.open_board(QUESTION)
    usual = await site.font_size("h1")
    for _ in range(9):
        await site.page.get_by_role("button", name="Larger text").click()
    assert await site.font_size("h1") == pytest.approx(usual * 2)
    assert (await site.overflow())[0] == 0


@pytest.mark.parametrize("system", ["light", "dark"])
async def test_colours_follow_the_system_until_somebody_chooses(site: Site, system: str) -> None:
    """The colours follow the system until the button is used; then the choice is kept, also after a reload."""
    other = {"light": "dark", "dark": "light"}[system]
    page, root = site.page, site.page.locator("html")
    await page.emulate_media(color_scheme=other)  # type: ignore[arg-type]
    await site.open_board(LOBBY)
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
    """The button switches to full screen and back."""
    await site.open_board(QUESTION)
    await site.page.get_by_role("button", name="Full screen").click()
    await site.page.wait_for_function("document.fullscreenElement !== null")
    await site.page.get_by_role("button", name="Full screen").click()
    await site.page.wait_for_function("document.fullscreenElement === null")


async def test_every_control_works_with_the_keyboard(site: Site) -> None:
    """Tab moves through the controls in order with a visible focus, and Enter presses a button."""
    await site.open_board(QUESTION)
    usual = await site.font_size("h1")
    for name in ("Smaller text", "Larger text", "Dark colours", "Full screen"):
        await site.page.keyboard.press("Tab")
        button = site.page.get_by_role("button", name=name)
        await expect(button).to_be_focused()
        assert await button.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
        if name == "Larger text":
            await site.page.keyboard.press("Enter")
    assert await site.font_size("h1") > usual
