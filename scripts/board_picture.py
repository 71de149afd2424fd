"""Create the picture of the board in docs/teach.md: the lobby and a closed round of a class in the playground.

Run it as ``uv run python scripts/board_picture.py``; it takes a minute or two, because simulated pupils think.
"""  # noqa: INP001 - a script, no package

import asyncio
import re
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from shutil import which

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "pictures" / "board.webp"
PUPILS = 24
PROJECTOR: ViewportSize = {"width": 1280, "height": 720}
GAP = 24
TIMEOUT_MS = 120_000
SHEET = '<body style="margin:0;display:flex;gap:24px;padding:24px;background:#8a93b8">{}</body>'
IMAGE = '<img style="border-radius:12px;box-shadow:0 6px 24px #0004" src="data:image/png;base64,{}">'


async def printed_address(process: asyncio.subprocess.Process) -> str:
    """Return the address of the chat page, which the playground prints."""
    if process.stdout is None:
        raise RuntimeError("standard output must be a pipe")
    async for line in process.stdout:
        if found := re.search(rb"http://\S+", line):
            return found[0].decode()
    sys.exit("The playground exited without printing an address.")


async def open_class(page: Page, address: str) -> str:
    """Open a class as the teacher, whom the page shows first; return the address of its board."""
    await page.goto(address)
    await page.get_by_role("button", name="START").click()
    box = page.get_by_role("textbox", name="Message")
    await box.fill("/class")
    await box.press("Enter")
    await page.get_by_role("button", name="I say when").last.click()
    await page.get_by_role("button", name="Open the class").last.click()
    link = page.get_by_role("link").filter(has_text="board").last
    await link.wait_for(timeout=TIMEOUT_MS)
    return await link.inner_text()


async def screenshot(board: Page) -> str:
    """Return the board's picture in base64."""
    return b64encode(await board.screenshot()).decode()


async def play(teacher: Page, board: Page) -> list[str]:
    """Lead the class until a round with options is closed; return the pictures of the lobby and of that round."""
    await board.get_by_text(f"{PUPILS - 6} people are here").wait_for(timeout=TIMEOUT_MS)
    pictures = [await screenshot(board)]
    await teacher.get_by_role("button", name="▶️ Start").last.click()
    while True:
        await board.get_by_text(re.compile(r"Question \d+ of")).first.wait_for(timeout=TIMEOUT_MS)
        options = await board.locator("li").count()
        await board.get_by_text(re.compile(r"(1[5-9]|2\d) of \d+ have answered")).wait_for(timeout=TIMEOUT_MS)
        close = teacher.get_by_role("button", name="Show the answer")
        if await close.count():
            await close.last.click()
        await board.get_by_text("Standings").wait_for(timeout=TIMEOUT_MS)
        if options:
            return [*pictures, await screenshot(board)]
        await teacher.get_by_role("button", name="Next question").last.click()
        await board.get_by_text("Standings").wait_for(state="detached", timeout=TIMEOUT_MS)


async def combine(browser: Browser, pictures: list[str]) -> None:
    """Write one picture with the pictures side by side."""
    size: ViewportSize = {
        "width": len(pictures) * (PROJECTOR["width"] + GAP) + GAP,
        "height": PROJECTOR["height"] + 2 * GAP,
    }
    page = await browser.new_page(viewport=size)
    await page.set_content(SHEET.format("".join(map(IMAGE.format, pictures))))
    half = {"x": 0, "y": 0, "scale": 0.5, **size}
    devtools = await page.context.new_cdp_session(page)  # Playwright itself writes no WebP, a third of the PNG's size
    picture = await devtools.send("Page.captureScreenshot", {"format": "webp", "quality": 85, "clip": half})
    PICTURE.write_bytes(b64decode(picture["data"]))


async def main() -> None:
    """Create the picture."""
    arguments = ("-m", "bot", "play", "--no-open", "--port", "0", "--class", str(PUPILS))
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        async with async_playwright() as playwright:
            chromium = which("chromium") or sys.exit("Chromium is not installed: apt-get install chromium")
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            teacher = await browser.new_page(locale="en-GB", viewport={"width": 1280, "height": 900})
            board = await browser.new_page(locale="en-GB", viewport=PROJECTOR, reduced_motion="reduce")
            await board.goto(await open_class(teacher, await printed_address(process)))
            await combine(browser, await play(teacher, board))
            await browser.close()
    finally:
        process.terminate()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(main())
