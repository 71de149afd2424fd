"""The chat page in a real browser: what people see, press and type."""

import re

import pytest
from page_site import PHONE, Site, expect_no_sideways_scroll
from page_world import PNG, TOKEN, BotHand
from playwright.async_api import expect

from bot.playground.page.api import create_chat_app
from bot.playground.world import CallbackAnswer, Chat, Command, Formatted, Person, Scope, World
from bot.playground.world.html import parse_html
from bot.serving import serve

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_start_is_the_first_step(site: Site, ann: Person, world: World) -> None:
    """An empty private chat has one big button, which says /start and gives way to the text field."""
    world.profile.set_wording("description", "", "I ask questions from a text.")
    await site.open(ann, ann.id)
    await expect(site.log).to_contain_text("I ask questions from a text.")
    await site.page.get_by_role("button", name="Start", exact=True).click()
    await expect(site.log.locator(".mine .text")).to_have_text("/start")
    await expect(site.page.get_by_label("Message", exact=True)).to_be_focused()


async def test_a_message_is_sent_and_answered_without_reload(site: Site, started: Person, bot_hand: BotHand) -> None:
    """What is typed appears, Shift+Enter makes a line, and the bot's reply comes by itself."""
    await site.open(started, started.id)
    field = site.page.get_by_label("Message", exact=True)
    await field.fill("Hello")
    await field.press("Shift+Enter")
    await field.press_sequentially("bot")
    await field.press("Enter")
    await expect(site.log.locator(".mine .text").last).to_have_text("Hello\nbot")
    await expect(field).to_have_value("")
    bot_hand.say(started.id, parse_html("<b>Bold</b> and <a href='https://example.org'>a link</a>, /quiz"))
    reply = site.log.locator(".theirs").last
    await expect(reply.locator("strong")).to_have_text("Bold")
    await expect(reply.get_by_role("link", name="a link")).to_have_attribute("rel", "noopener noreferrer")
    await reply.get_by_role("button", name="/quiz").click()
    await expect(site.log.locator(".mine .text").last).to_have_text("/quiz")


async def test_buttons_are_pressed_and_answered(site: Site, started: Person, bot_hand: BotHand, world: World) -> None:
    """An answer shows as a toast, or as an alert to close, after which the focus is back on the button."""
    bot_hand.say_with_buttons(started.id, "Choose", "left", "right")
    world.subscribe(lambda _: _answer_presses(world))
    await site.open(started, started.id)
    await site.page.get_by_role("button", name="left").click()
    await expect(site.page.locator(".toast")).to_have_text("You took left")
    await site.page.get_by_role("button", name="right").focus()
    await site.page.keyboard.press("Enter")
    dialog = site.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("You took right")
    await dialog.get_by_role("button", name="OK").press("Enter")
    await expect(dialog).to_be_hidden()
    await expect(site.page.get_by_role("button", name="right")).to_be_focused()


def _answer_presses(world: World) -> None:
    for query in list(world.queries.values()):
        if query.answer is None:
            world.answer_press(query.id, CallbackAnswer(f"You took {query.data}", show_alert=query.data == "right"))


@pytest.mark.parametrize(
    ("choice", "verdict", "mark"), [("Council", "Right!", "right"), ("Court", "Not right", "wrong")]
)
async def test_a_quiz_is_marked_in_words_and_shape(  # noqa: PLR0913, PLR0917 - fixtures and three expectations
    site: Site, started: Person, bot_hand: BotHand, choice: str, verdict: str, mark: str
) -> None:
    """A tap is the vote; the mark has a word and a shape; the explanation opens by itself after a wrong vote only."""
    bot_hand.ask(started.id, "Which body?", ["Council", "Court"], (0,), explanation=Formatted("See passage 1."))
    await site.open(started, started.id)
    poll = site.log.get_by_role("group", name="Which body?")
    await expect(poll.get_by_role("radio")).to_have_count(2)
    await poll.get_by_text(choice, exact=True).click()
    await expect(site.log.locator(".verdict")).to_have_text(verdict)
    await expect(site.log.locator(f".mark-{mark}").filter(has_text=choice)).to_contain_text("your answer")
    await expect(site.log.locator(".mark-right")).to_contain_text("right answer")
    await expect(site.log.locator(".explanation")).to_be_visible(visible=mark == "wrong")
    await site.page.get_by_role("button", name="Explanation").click()
    await expect(site.log.locator(".explanation")).to_be_visible(visible=mark == "right")
    await expect(site.log.get_by_role("radio")).to_have_count(0)


async def test_several_answers_are_ticked_and_sent(
    site: Site, started: Person, bot_hand: BotHand, world: World
) -> None:
    """Check boxes and a Vote button that waits for a choice; ticks outlive a redrawn poll."""
    poll = bot_hand.ask(started.id, "Which bodies?", ["A", "B", "C"], (0, 2))
    await site.open(started, started.id)
    vote = site.page.get_by_role("button", name="Vote")
    await expect(vote).to_be_disabled()
    await site.page.get_by_role("checkbox", name="A").check()
    world.announce("poll", *poll.home)
    bot_hand.say(started.id, "Take your time")
    await expect(site.log).to_contain_text("Take your time")
    await expect(site.page.get_by_role("checkbox", name="A")).to_be_checked()
    await site.page.get_by_role("checkbox", name="C").check()
    await vote.click()
    await expect(site.log.locator(".verdict")).to_have_text("Right!")
    assert poll.votes == {started.id: (0, 2)}


async def test_a_vote_by_keyboard_alone(site: Site, started: Person, bot_hand: BotHand, world: World) -> None:
    """Arrow keys choose without voting, Enter votes, and the focus lands on the result."""
    poll = bot_hand.ask(started.id, "Which body?", ["Council", "Court", "Agency"], (1,))
    await site.open(started, started.id)
    await site.log.focus()
    await site.page.keyboard.press("Tab")
    await expect(site.page.get_by_role("button", name="/start")).to_be_focused()
    await site.page.keyboard.press("Tab")
    await expect(site.page.get_by_role("radio", name="Council")).to_be_focused()
    await site.page.keyboard.press("ArrowDown")
    await expect(site.page.get_by_role("radio", name="Court")).to_be_checked()
    assert poll.votes == {}
    await site.page.keyboard.press("Enter")
    await expect(site.log.locator(".verdict")).to_have_text("Right!")
    assert poll.votes == {started.id: (1,)}
    await expect(site.log.locator(".poll-question")).to_be_focused()
    world.close_poll(poll)
    await expect(site.log.locator(".poll-kind")).to_have_text("Final results")
    await expect(site.log.locator(".mark-right .share")).to_have_text("100%")


async def test_persons_are_switched(site: Site, group: Chat, started: Person, ben: Person, world: World) -> None:
    """The switcher changes whose chats are seen, and the address keeps it."""
    world.say(started.id, group.id, "Hello from Ann")
    await site.open(started, group.id)
    await expect(site.log.locator(".mine")).to_have_count(1)
    await site.page.get_by_role("button", name="Ben Okoro").click()
    await expect(site.page.locator("#me-name")).to_have_text("Ben Okoro")
    await expect(site.log.locator(".theirs").last).to_contain_text("Hello from Ann")
    await expect(site.page).to_have_url(re.compile(f"#person={ben.id}&chat={group.id}$"))
    await site.page.reload()
    await expect(site.page.locator("#me-name")).to_have_text("Ben Okoro")


async def test_two_tabs_are_two_people(site: Site, group: Chat, ann: Person, ben: Person) -> None:
    """What one person says in a group appears in the other's tab without reload."""
    await site.open(ann, group.id)
    other = Site(await site.page.context.new_page(), site.server)
    await other.open(ben, group.id)
    await site.send("Can you see me?")
    await expect(other.log.locator(".theirs").last).to_contain_text("Can you see me?")
    await other.page.close()


async def test_unread_messages_are_counted_until_seen(
    site: Site, group: Chat, started: Person, bot_hand: BotHand
) -> None:
    """A message in another chat raises its count; opening the chat clears it."""
    await site.open(started, started.id)
    row = site.page.get_by_role("button", name=re.compile("Class 8B"))
    await row.click()
    await site.page.get_by_role("button", name=re.compile("Quiz")).first.click()
    await expect(row.locator(".badge")).to_have_count(0)
    bot_hand.say(group.id, "News")
    await expect(row.locator(".badge")).to_have_text("1")
    await row.click()
    await expect(row.locator(".badge")).to_have_count(0)


async def test_a_person_is_added(site: Site, started: Person, world: World) -> None:
    """The dialog asks for a name and a language; the page then looks through the new person's eyes."""
    await site.open(started)
    await site.page.get_by_role("button", name="Add").click()
    await site.page.get_by_label("Name").fill("Mrs. Kim")
    await site.page.get_by_label("Language").select_option("ru")
    await site.page.get_by_role("dialog").get_by_role("button", name="Add").click()
    await expect(site.page.locator("#me-name")).to_have_text("Mrs. Kim")
    assert [one.language_code for one in world.people.values() if one.first_name == "Mrs. Kim"] == ["ru"]


async def test_hostile_names_and_texts_show_as_text(site: Site, group: Chat, ann: Person, world: World) -> None:
    """Markup in names, titles, messages, options and links is shown, never run."""
    hostile = "<b>x</b><img src=x onerror=alert(1)>"
    eve = world.add_person(hostile)
    world.set_status(group.id, eve.id, "member", by=eve.id)
    group.title = hostile
    world.say(eve.id, group.id, hostile)
    BotHand(world).ask(group.id, hostile, [hostile, "other"], (0,))
    BotHand(world).say(group.id, parse_html("<a href='javascript:alert(1)'>press</a>"))
    dialogs: list[str] = []
    site.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    await site.open(ann, group.id)
    await expect(site.log.locator(".text").first).to_have_text(hostile)
    await expect(site.log.locator(".sender").filter(has_text="onerror").first).to_have_text(hostile)
    await expect(site.page.locator("#chat-title")).to_have_text(hostile)
    await expect(site.log.locator("img, b")).to_have_count(0)
    await expect(site.log.get_by_role("link", name="press")).to_have_count(0)
    assert dialogs == []


async def test_a_phone_shows_one_view_at_a_time_and_never_scrolls_sideways(
    site: Site, group: Chat, started: Person, world: World
) -> None:
    """List and chat take turns with a back button; long words, names and buttons stay inside 360 pixels."""
    long_word = "x" * 200
    hand = BotHand(world)
    world.say(started.id, group.id, long_word)
    hand.ask(group.id, long_word, [long_word[:100], "y" * 100], (0,), explanation=Formatted(long_word))
    hand.say_with_buttons(group.id, f"{long_word}\n/{'c' * 60}", "a long label " * 5, "b" * 60)
    hand.say(group.id, parse_html(f"<pre>{long_word}</pre>"))
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


async def test_new_messages_do_not_pull_a_reader_away(site: Site, started: Person, bot_hand: BotHand) -> None:
    """Who reads further up keeps the place and gets a button; who is at the end stays at the end."""
    for number in range(40):
        bot_hand.say(started.id, f"Message {number}")
    await site.open(started, started.id)
    await expect(site.log.get_by_text("Message 39")).to_be_in_viewport()
    await site.log.evaluate("(log) => log.scrollTo({ top: 0, behavior: 'instant' })")
    bot_hand.say(started.id, "The newest")
    jump = site.page.get_by_role("button", name="1 new message")
    await expect(jump).to_be_visible()
    await expect(site.log.get_by_text("The newest")).not_to_be_in_viewport()
    await jump.click()
    await expect(site.log.get_by_text("The newest")).to_be_in_viewport()
    bot_hand.say(started.id, "Still newer")
    await expect(site.log.get_by_text("Still newer")).to_be_in_viewport()


async def test_only_news_is_read_out(site: Site, started: Person, bot_hand: BotHand) -> None:
    """The conversation is a polite live region, and a new message is the only thing added to it."""
    bot_hand.say(started.id, "One")
    await site.open(started, started.id)
    await expect(site.log).to_have_attribute("aria-live", "polite")
    await site.log.evaluate(
        """(log) => {
          globalThis.added = [];
          const note = (changes) => globalThis.added.push(...changes.flatMap((change) => [...change.addedNodes]));
          new MutationObserver(note).observe(log, { childList: true });
        }""",
    )
    bot_hand.say(started.id, "Two")
    await expect(site.log).to_contain_text("Two")
    assert await site.page.evaluate("globalThis.added.map((node) => node.querySelector('.text').textContent)") == [
        "Two"
    ]


async def test_a_link_to_the_bot_starts_it_here(site: Site, group: Chat, started: Person, bot_hand: BotHand) -> None:
    """A deep link does what Telegram would do: the private chat opens and /start is sent with the payload."""
    bot_hand.say(group.id, "Join: https://t.me/playground_quiz_bot?start=CLASS8")
    await site.open(started, group.id)
    await site.log.get_by_role("link").click()
    await expect(site.page.locator("#chat-title")).to_have_text("Quiz")
    await expect(site.log.locator(".mine .text").last).to_have_text("/start CLASS8")


async def test_what_was_missed_is_fetched_after_a_lost_connection(
    site: Site, started: Person, bot_hand: BotHand, world: World
) -> None:
    """Edits, deletions and messages of the time without a server are there once it is back."""
    kept, gone = bot_hand.say(started.id, "Old words"), bot_hand.say(started.id, "Deleted")
    await site.open(started, started.id)
    await expect(site.log).to_contain_text("Deleted")
    await site.server.stop()
    await expect(site.page.locator("#connection")).to_have_text("Connecting…")
    world.delete(world.chats[started.id], gone.id)
    world.edit(kept, None, text=Formatted("New words"))
    bot_hand.say(started.id, "Missed")
    site.server = await serve(create_chat_app(world, TOKEN), port=site.server.port)
    await expect(site.log).to_contain_text("Missed")
    await expect(site.log).to_contain_text("New words")
    await expect(site.log).not_to_contain_text("Deleted")
    await expect(site.page.locator("#connection")).to_have_text("")


async def test_commands_are_offered_and_sent(site: Site, group: Chat, started: Person, world: World) -> None:
    """The menu lists the bot's commands; a slash narrows them; in a group they name the bot."""
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
    """Stickers are two presses away."""
    await site.open(started, started.id)
    await site.page.get_by_role("button", name="Attach").click()
    await site.page.get_by_role("button", name="Sticker 🎉").click()
    await expect(site.log.locator(".sticker")).to_contain_text("🎉")


async def test_a_photo_is_sent_from_the_attachment_menu(site: Site, started: Person) -> None:
    """A chosen picture appears in the conversation, and the content policy lets it show."""
    await site.open(started, started.id)
    await site.page.get_by_role("button", name="Attach").click()
    async with site.page.expect_file_chooser() as choosing:
        await site.page.get_by_role("button", name="Photo…").click()
    chooser = await choosing.value
    await chooser.set_files({"name": "dot.png", "mimeType": "image/png", "buffer": PNG})
    await expect(site.log.get_by_role("img", name="Photo")).to_have_js_property("naturalWidth", 1)


async def test_a_refusal_is_told(site: Site, started: Person, world: World) -> None:
    """What the world does not allow is said in a toast, and the page goes on."""
    await site.open(started, started.id)
    world.block_bot(started.id)
    await site.send("hello?")
    await expect(site.page.locator(".toast")).to_have_text("The bot is blocked: unblock it first.")
