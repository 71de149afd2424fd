"""People and their chats on the page in a browser: switching, adding, unread counts, phone layout."""

import re

import pytest
from page_site import PHONE, Site, expect_no_sideways_scroll
from page_world import BotMessages
from playwright.async_api import expect

from bot.playground.world import Chat, FormattedText, Person, World
from bot.playground.world.html import parse_html

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_people_are_switched(site: Site, group: Chat, started: Person, ben: Person, world: World) -> None:
    """The list of people changes whose chats are shown, and the URL stores it."""
    world.send_text(started.id, group.id, "Hello from Ann")
    await site.open(started, group.id)
    await expect(site.log.locator(".mine")).to_have_count(1)
    await site.page.get_by_role("button", name="Ben Okoro").click()
    await expect(site.page.locator("#me-name")).to_have_text("Ben Okoro")
    await expect(site.log.locator(".theirs").last).to_contain_text("Hello from Ann")
    await expect(site.page).to_have_url(re.compile(f"#person={ben.id}&chat={group.id}$"))
    await site.page.reload()
    await expect(site.page.locator("#me-name")).to_have_text("Ben Okoro")


async def test_two_tabs_are_two_people(site: Site, group: Chat, ann: Person, ben: Person) -> None:
    """A person's message in a group appears in another person's tab without a reload."""
    await site.open(ann, group.id)
    other = Site(await site.page.context.new_page(), site.server)
    await other.open(ben, group.id)
    await site.send("Can you see me?")
    await expect(other.log.locator(".theirs").last).to_contain_text("Can you see me?")
    await other.page.close()


async def test_unread_messages_are_counted_until_seen(
    site: Site, group: Chat, started: Person, bot_messages: BotMessages
) -> None:
    """A message in another chat raises its count; opening the chat clears it."""
    await site.open(started, started.id)
    row = site.page.get_by_role("button", name=re.compile("Class 8B"))
    await row.click()
    await site.page.get_by_role("button", name=re.compile("Quiz")).first.click()
    await expect(row.locator(".badge")).to_have_count(0)
    bot_messages.send_text(group.id, "News")
    await expect(row.locator(".badge")).to_have_text("1")
    await row.click()
    await expect(row.locator(".badge")).to_have_count(0)


async def test_a_person_is_added(site: Site, started: Person, world: World) -> None:
    """The dialog asks for a name and a language; the page then shows the new person's chats."""
    await site.open(started)
    await site.page.get_by_role("button", name="Add").click()
    await site.page.get_by_label("Name").fill("Mrs. Kim")
    await site.page.get_by_label("Language").select_option("ru")
    await site.page.get_by_role("dialog").get_by_role("button", name="Add").click()
    await expect(site.page.locator("#me-name")).to_have_text("Mrs. Kim")
    assert [one.language_code for one in world.people.values() if one.first_name == "Mrs. Kim"] == ["ru"]


async def test_a_phone_shows_one_view_at_a_time_and_never_scrolls_sideways(
    site: Site, group: Chat, started: Person, world: World
) -> None:
    """On a phone, list and chat are separate views with a back button, and nothing is wider than 360 pixels."""
    long_word = "x" * 200
    bot_messages = BotMessages(world)
    world.send_text(started.id, group.id, long_word)
    bot_messages.send_quiz(
        group.id, long_word, [long_word[:100], "y" * 100], (0,), explanation=FormattedText(long_word)
    )
    bot_messages.send_with_buttons(group.id, f"{long_word}\n/{'c' * 60}", "a long label " * 5, "b" * 60)
    bot_messages.send_text(group.id, parse_html(f"<pre>{long_word}</pre>"))
    world.send_document(started.id, group.id, f"{long_word}.txt", b"x")
    await site.page.set_viewport_size(PHONE)
    await site.open(started)
    await expect(site.page.get_by_role("main")).to_be_hidden()
    await expect_no_sideways_scroll(site.page)
    await site.page.get_by_role("button", name=re.compile("Class 8B")).click()
    await expect(site.page.get_by_role("navigation")).to_be_hidden()
    await expect(site.page.locator("#chat-title")).to_be_focused()
    await expect_no_sideways_scroll(site.page)
    await site.page.get_by_role("button", name="Back to the chats").click()
    await expect(site.page.get_by_role("button", name=re.compile("Class 8B"))).to_be_focused()
    await site.page.go_back()
    await expect(site.page.get_by_role("main")).to_be_visible()
