"""The served page in a browser tab, for browser tests."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from bot.playground.world import Person
from bot.serving import Server

PHONE = {"width": 360, "height": 740}


@dataclass
class Site:
    """The served page in one browser tab."""

    page: Page
    server: Server

    async def open(self, person: Person, chat_id: int | None = None) -> None:
        """Open the page as a person, at one chat or at the list."""
        chat = "" if chat_id is None else f"&chat={chat_id}"
        await self.page.goto(f"{self.server.origin}/#person={person.id}{chat}")
        await expect(self.page.locator("#me-name")).to_have_text(f"{person.first_name} {person.last_name}".strip())
        if chat_id is not None:
            shown = f'#chats [data-focus="chat-{chat_id}"][aria-current="true"]'
            await expect(self.page.locator(shown)).to_have_count(1)
        await expect(self.page.locator("#log")).to_have_attribute("aria-busy", "false")

    @property
    def log(self) -> Locator:
        """The element with the messages of the chat."""
        return self.page.get_by_role("log")

    async def send(self, text: str) -> None:
        """Type a message and press Enter."""
        await self.page.get_by_label("Message", exact=True).fill(text)
        await self.page.keyboard.press("Enter")


async def expect_no_sideways_scroll(page: Page) -> None:
    """Assert that no element is wider than its container."""
    wide = await page.evaluate(
        """[...document.querySelectorAll("html, body, .sidebar, .chat, .log, .bubble")]
           .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.className || node.tagName)""",
    )
    assert wide == []
