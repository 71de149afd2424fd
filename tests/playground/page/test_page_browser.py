"""A conversation on the chat page in a browser: what people see, press and type."""

import pytest
from page_site import Site
from page_world import PNG, TOKEN, BotMessages
from playwright.async_api import expect

from bot.playground.page.app import create_chat_app
from bot.playground.world import Chat, Command, FormattedText, Person, Scope, World
from bot.playground.world.html import parse_html
from bot.serving import serve

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_start_is_the_first_step(site: Site, ann: Person, world: World) -> None:
    """An empty private chat has one big button, which sends /start and is replaced by the text field."""
    world.profile.set_text("description", "", "I ask questions from a text.")
    await site.open(ann, ann.id)
    await expect(site.log).to_contain_text("I ask questions from a text.")
    await site.page.get_by_role("button", name="Start", exact=True).click()
    await expect(site.log.locator(".mine .text")).to_have_text("/start")
    await expect(site.page.get_by_label("Message", exact=True)).to_be_focused()


async def test_a_message_is_sent_and_answered_without_reload(
    site: Site, started: Person, bot_messages: BotMessages
) -> None:
    """A typed message appears, Shift+Enter adds a line, and the bot's reply appears without a reload."""
    await site.open(started, started.id)
    field = site.page.get_by_label("Message", exact=True)
    await field.fill("Hello")
    await field.press("Shift+Enter")
    await field.press_sequentially("bot")
    await field.press("Enter")
    await expect(site.log.locator(".mine .text").last).to_have_text("Hello\nbot")
    await expect(field).to_have_value("")
    bot_messages.send_text(started.id, parse_html("<b>Bold</b> and <a href='https://example.org'>a link</a>, /quiz"))
    reply = site.log.locator(".theirs").last
    await expect(reply.locator("strong")).to_have_text("Bold")
    await expect(reply.get_by_role("link", name="a link")).to_have_attribute("rel", "noopener noreferrer")
    await reply.get_by_role("button", name="/quiz").click()
    await expect(site.log.locator(".mine .text").last).to_have_text("/quiz")


async def test_hostile_names_and_texts_show_as_text(site: Site, group: Chat, ann: Person, world: World) -> None:
    """Markup in names, titles, messages, options and links is shown as text and never run."""
    hostile = "<b>x</b><img src=x onerror=alert(1)>"
    eve = world.add_person(hostile)
    world.set_member_status(group.id, eve.id, "member", by=eve.id)
    group.title = hostile
    world.send_text(eve.id, group.id, hostile)
    BotMessages(world).send_quiz(group.id, hostile, [hostile, "other"], (0,))
    BotMessages(world).send_text(group.id, parse_html("<a href='javascript:alert(1)'>press</a>"))
    dialogs: list[str] = []
    site.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    await site.open(ann, group.id)
    await expect(site.log.locator(".text").first).to_have_text(hostile)
    await expect(site.log.locator(".sender").filter(has_text="onerror").first).to_have_text(hostile)
    await expect(site.page.locator("#chat-title")).to_have_text(hostile)
    await expect(site.log.locator("img, b")).to_have_count(0)
    await expect(site.log.get_by_role("link", name="press")).to_have_count(0)
    assert dialogs == []


async def test_new_messages_do_not_scroll_a_reader_away(site: Site, started: Person, bot_messages: BotMessages) -> None:
    """A reader further up keeps the position and gets a button; a reader at the end stays at the end."""
    for number in range(40):
        bot_messages.send_text(started.id, f"Message {number}")
    await site.open(started, started.id)
    await expect(site.log.get_by_text("Message 39")).to_be_in_viewport()
    await site.log.evaluate("(log) => log.scrollTo({ top: 0, behavior: 'instant' })")
    bot_messages.send_text(started.id, "The newest")
    jump = site.page.get_by_role("button", name="1 new message")
    await expect(jump).to_be_visible()
    await expect(site.log.get_by_text("The newest")).not_to_be_in_viewport()
    await jump.click()
    await expect(site.log.get_by_text("The newest")).to_be_in_viewport()
    bot_messages.send_text(started.id, "Still newer")
    await expect(site.log.get_by_text("Still newer")).to_be_in_viewport()


async def test_screen_readers_announce_only_new_messages(
    site: Site, started: Person, bot_messages: BotMessages
) -> None:
    """The conversation is a polite live region, to which only the new message is added."""
    bot_messages.send_text(started.id, "One")
    await site.open(started, started.id)
    await expect(site.log).to_have_attribute("aria-live", "polite")
    await site.log.evaluate(
        """(log) => {
          globalThis.added = [];
          const note = (changes) => globalThis.added.push(...changes.flatMap((change) => [...change.addedNodes]));
          new MutationObserver(note).observe(log, { childList: true });
        }""",
    )
    bot_messages.send_text(started.id, "Two")
    await expect(site.log).to_contain_text("Two")
    assert await site.page.evaluate("globalThis.added.map((node) => node.querySelector('.text').textContent)") == [
        "Two"
    ]


async def test_a_deep_link_starts_the_bot_in_the_page(
    site: Site, group: Chat, started: Person, bot_messages: BotMessages
) -> None:
    """A deep link works as in Telegram: the private chat opens and /start is sent with the payload."""
    bot_messages.send_text(group.id, "Join: https://t.me/playground_quiz_bot?start=CLASS8")
    await site.open(started, group.id)
    await site.log.get_by_role("link").click()
    await expect(site.page.locator("#chat-title")).to_have_text("Quiz")
    await expect(site.log.locator(".mine .text").last).to_have_text("/start CLASS8")


async def test_missed_messages_are_loaded_after_a_lost_connection(
    site: Site, started: Person, bot_messages: BotMessages, world: World
) -> None:
    """Edits, deletions and messages made without a connection are shown once it is back."""
    kept, gone = bot_messages.send_text(started.id, "Old words"), bot_messages.send_text(started.id, "Deleted")
    await site.open(started, started.id)
    await expect(site.log).to_contain_text("Deleted")
    await site.server.stop()
    await expect(site.page.locator("#connection")).to_have_text("Connecting…")
    world.delete(world.chats[started.id], gone.id)
    world.edit(kept, None, text=FormattedText("New words"))
    bot_messages.send_text(started.id, "Missed")
    site.server = await serve(create_chat_app(world, TOKEN), port=site.server.port)
    await expect(site.log).to_contain_text("Missed")
    await expect(site.log).to_contain_text("New words")
    await expect(site.log).not_to_contain_text("Deleted")
    await expect(site.page.locator("#connection")).to_have_text("")


async def test_commands_are_offered_and_sent(site: Site, group: Chat, started: Person, world: World) -> None:
    """The menu lists the bot's commands; typing a slash filters them; in a group they name the bot."""
    commands = (Command("quiz", "Start a quiz"), Command("score", "My score"))
    world.profile.set_commands(Scope(), "", commands)
    await site.open(started, started.id)
    await site.page.get_by_role("button", name="Commands").click()
    await expect(site.page.get_by_role("button", name="/quiz")).to_be_focused()
    await site.page.keyboard.press("ArrowDown")
    await site.page.keyboard.press("Enter")
    await expect(site.log.locator(".mine .text").last).to_have_text("/score")
    await site.page.get_by_label("Message", exact=True).press_sequentially("/qu")
    await expect(site.page.locator(".menu-item")).to_have_text(["/quizStart a quiz"])
    await site.page.keyboard.press("Escape")
    await expect(site.page.locator("#commands-menu")).to_be_hidden()
    await site.open(started, group.id)
    await site.page.get_by_role("button", name="Commands").click()
    await site.page.get_by_role("button", name="/quiz").click()
    await expect(site.log.locator(".mine .text").last).to_have_text("/quiz@playground_quiz_bot")


async def test_a_sticker_is_sent_from_the_attachment_menu(site: Site, started: Person) -> None:
    """A sticker is sent with two presses."""
    await site.open(started, started.id)
    await site.page.get_by_role("button", name="Attach").click()
    await site.page.get_by_role("button", name="Sticker 🎉").click()
    await expect(site.log.locator(".sticker")).to_contain_text("🎉")


async def test_a_photo_is_sent_from_the_attachment_menu(site: Site, started: Person) -> None:
    """A chosen picture appears in the conversation; the content policy allows it."""
    await site.open(started, started.id)
    await site.page.get_by_role("button", name="Attach").click()
    async with site.page.expect_file_chooser() as choosing:
        await site.page.get_by_role("button", name="Photo…").click()
    chooser = await choosing.value
    await chooser.set_files({"name": "dot.png", "mimeType": "image/png", "buffer": PNG})
    await expect(site.log.get_by_role("img", name="Photo")).to_have_js_property("naturalWidth", 1)


async def test_a_refused_action_is_shown_in_a_toast(site: Site, started: Person, world: World) -> None:
    """An action that the world refuses shows a toast, and the page goes on working."""
    await site.open(started, started.id)
    world.block_bot(started.id)
    await site.send("hello?")
    await expect(site.page.locator(".toast")).to_have_text("The bot is blocked: unblock it first.")
