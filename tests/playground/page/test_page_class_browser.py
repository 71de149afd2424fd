"""Features of the chat page for a class, in a browser: topics, replies, links, hidden polls, many people."""

import re

import pytest
from page_site import PHONE, Site, expect_no_sideways_scroll
from page_world import PNG, BotMessages
from playwright.async_api import expect

from bot.playground.world import Chat, FormattedText, Person, World
from bot.playground.world.html import parse_html

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture
def forum(world: World, ann: Person, ben: Person) -> Chat:
    """A forum of Ann, Ben and the bot with the topics Reading and Homework."""
    created = world.create_group("Forum 8B", [ann.id, ben.id], forum=True)
    for title in ("Reading", "Homework"):
        world.create_topic(created.id, title)
    return created


async def test_a_topic_is_chosen_and_shown(site: Site, forum: Chat, ann: Person, world: World) -> None:
    """A message goes to the chosen topic, whose name is shown above it; a new topic can be chosen at once."""
    await site.open(ann, forum.id)
    await expect(site.log.locator(".service").last).to_have_text("Ann opened the topic “Homework”")
    await site.send("To all")
    await expect(site.log.locator(".mine .topic")).to_have_text("# General")
    await site.page.get_by_label("Topic").select_option("Reading")
    await site.send("About the text")
    await expect(site.log.locator(".mine .topic")).to_have_text(["# General", "# Reading"])
    world.create_topic(forum.id, "Exam")
    await expect(site.page.get_by_label("Topic").get_by_role("option")).to_have_text(
        ["General", "Reading", "Homework", "Exam"]
    )
    await site.send("More about it")
    await site.send("And more")
    await expect(site.log.locator(".mine").last).to_have_class(re.compile("continued"))
    assert next(reversed(forum.messages.values())).thread_id == next(iter(forum.topics or {}))


async def test_other_chats_have_no_topics(site: Site, forum: Chat, group: Chat, ann: Person) -> None:
    """Only forums have a choice of topics, and the page stores the choice per forum."""
    await site.open(ann, forum.id)
    await site.page.get_by_label("Topic").select_option("Homework")
    await site.open(ann, group.id)
    await expect(site.page.locator("#topic-bar")).to_be_hidden()
    await site.send("Hello")
    await expect(site.log.locator(".mine .text")).to_have_text("Hello")
    await expect(site.log.locator(".topic")).to_have_count(0)
    await site.open(ann, forum.id)
    await expect(site.page.get_by_label("Topic").locator("option:checked")).to_have_text("Homework")


async def test_a_reply_by_keyboard_alone(site: Site, forum: Chat, ann: Person, ben: Person, world: World) -> None:
    """The reply button is reached by Tab and visible when focused; the reply shows its message, in the same topic."""
    thread = next(iter(forum.topics or {}))
    asked = world.send_text(ben.id, forum.id, "May I join?", thread_id=thread)
    await site.open(ann, forum.id)
    await site.log.focus()
    await site.page.keyboard.press("Tab")
    button = site.page.get_by_role("button", name="Reply to Ben Okoro")
    await expect(button).to_be_focused()
    await expect(button).to_have_css("opacity", "1")
    await site.page.keyboard.press("Enter")
    await expect(site.page.locator("#reply-bar")).to_contain_text("Reply to Ben Okoro: May I join?")
    await expect(site.page.get_by_label("Message", exact=True)).to_be_focused()
    await site.page.keyboard.type("/allow")
    await site.page.keyboard.press("Enter")
    await expect(site.log.locator(".mine .reply")).to_have_text("Ben OkoroMay I join?")
    reply = next(reversed(forum.messages.values()))
    assert (reply.reply_to, reply.thread_id) == (asked.id, thread)
    await expect(site.page.locator("#reply-bar")).to_be_hidden()


async def test_an_administrator_writes_as_the_group(site: Site, group: Chat, ann: Person) -> None:
    """After one press in the attachment menu others see the group as sender; the author sees both."""
    await site.open(ann, group.id)
    await site.page.get_by_role("button", name="Attach").click()
    await site.page.get_by_role("button", name="Write as the group", pressed=False).click()
    field = site.page.get_by_label("Message", exact=True)
    await expect(field).to_have_attribute("placeholder", "As the group")
    await site.send("Quiet, please")
    await expect(site.log.locator(".mine .sender")).to_have_text("Class 8B (you)")
    await site.page.get_by_role("button", name="Attach").click()
    await expect(site.page.get_by_role("button", name="Write as the group", pressed=True)).to_be_visible()
    await site.page.keyboard.press("Escape")
    await site.page.get_by_role("button", name="Ben Okoro").click()
    await expect(site.log.locator(".theirs .sender")).to_have_text("Class 8B")
    await expect(field).to_have_attribute("placeholder", "Message")
    await site.page.get_by_role("button", name="Attach").click()
    await expect(site.page.get_by_role("button", name="Sticker 🎉")).to_be_visible()
    await expect(site.page.get_by_role("button", name="Write as the group")).to_have_count(0)


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/playground_quiz_bot?start=CLASS8",
        "t.me/Playground_Quiz_Bot?start=CLASS8",
        "<a href='tg://resolve?domain=playground_quiz_bot&amp;start=CLASS8'>Join here</a>",
    ],
)
async def test_a_join_link_starts_the_bot_as_the_reader(  # noqa: PLR0913, PLR0917 - fixtures and the link
    site: Site, group: Chat, ben: Person, bot_messages: BotMessages, world: World, link: str
) -> None:
    """A press on any form of the link opens the reader's private chat and sends /start with its payload once."""
    bot_messages.send_text(group.id, parse_html(f"Join: {link}."))
    await site.open(ben, group.id)
    await site.log.get_by_role("link").click()
    await expect(site.page).to_have_url(re.compile(f"#person={ben.id}&chat={ben.id}$"))
    await expect(site.log.locator(".mine .text")).to_have_text("/start CLASS8")
    assert len(world.chats[ben.id].messages) == 1


async def test_a_join_button_and_a_pasted_link_do_the_same(
    site: Site, group: Chat, ben: Person, bot_messages: BotMessages
) -> None:
    """A button with the link and a link in the person's own message both start the bot."""
    address = "https://t.me/playground_quiz_bot?start="
    bot_messages.send_text(group.id, "Join", {"inline_keyboard": [[{"text": "Join", "url": f"{address}BUTTON"}]]})
    await site.open(ben, group.id)
    await site.log.get_by_role("link", name="Join").click()
    await expect(site.log.locator(".mine .text").last).to_have_text("/start BUTTON")
    await site.send(f"{address}PASTED")
    await site.log.get_by_role("link", name="PASTED").click()
    await expect(site.log.locator(".mine .text").last).to_have_text("/start PASTED")


async def test_other_links_open_in_a_new_tab(site: Site, started: Person, bot_messages: BotMessages) -> None:
    """Links to other sites, to other bots and for adding the bot to a group open in a new tab."""
    others = (
        "https://example.org/?start=X",
        "https://t.me/other_bot?start=X",
        "https://t.me/playground_quiz_bot?startgroup=X",
    )
    bot_messages.send_text(started.id, " ".join(others))
    await site.open(started, started.id)
    links = site.log.get_by_role("link")
    await expect(links).to_have_count(3)
    for number in range(3):
        await expect(links.nth(number)).to_have_attribute("target", "_blank")
        await expect(links.nth(number)).to_have_attribute("rel", "noopener noreferrer")


@pytest.mark.parametrize(("payload", "said"), [("CLASS-8_b", "/start CLASS-8_b"), ("", "/start"), ("a b", "/start")])
async def test_the_pages_url_can_start_the_bot(  # noqa: PLR0913, PLR0917 - fixtures and two expectations
    site: Site, ann: Person, ben: Person, world: World, payload: str, said: str
) -> None:
    """With ?start= the chosen person starts the bot once: the parameter is removed, and a reload sends nothing."""
    await site.page.goto(f"{site.server.origin}/?start={payload}#person={ben.id}")
    await expect(site.log.locator(".mine .text")).to_have_text(said)
    await expect(site.page).to_have_url(f"{site.server.origin}/#person={ben.id}&chat={ben.id}")
    await site.page.reload()
    await expect(site.log.locator(".mine .text")).to_have_text(said)
    assert len(world.chats[ben.id].messages) == 1
    assert world.chats[ann.id].messages == {}


async def test_a_photo_with_caption_and_buttons_is_edited_and_deleted(
    site: Site, started: Person, bot_messages: BotMessages, world: World
) -> None:
    """Caption and buttons are edited in place, and a deleted message disappears."""
    sent = bot_messages.send_photo(started.id, PNG, "Nobody is here", "Begin")
    await site.open(started, started.id)
    bubble = site.log.locator(".theirs")
    await expect(bubble.get_by_role("img", name="Nobody is here")).to_have_js_property("naturalWidth", 1)
    await expect(bubble.get_by_role("button", name="Begin")).to_be_visible()
    world.edit(sent, sent.reply_markup, caption=FormattedText("Two are here"))
    await expect(bubble.locator(".text")).to_have_text("Two are here")
    world.edit(sent, None)
    await expect(bubble.get_by_role("button", name="Begin")).to_have_count(0)
    world.delete(world.chats[started.id], sent.id)
    await expect(bubble).to_have_count(0)


async def test_a_hidden_poll_shows_only_the_voters_own_choice(  # noqa: PLR0913, PLR0917 - fixtures
    site: Site, group: Chat, ann: Person, ben: Person, bot_messages: BotMessages, world: World
) -> None:
    """Until it closes, a voter sees only their own choice and cannot retract it; then all people see all votes."""
    poll = bot_messages.send_hidden_poll(group.id, "Which reasons?", ["Cost", "Time", "Trust"])
    world.vote(ben.id, poll.id, [1, 2])
    await site.open(ann, group.id)
    await site.page.get_by_role("checkbox", name="Cost").check()
    await site.page.get_by_role("checkbox", name="Trust").check()
    await site.page.get_by_role("button", name="Vote").click()
    await expect(site.log.locator(".chosen")).to_have_text([re.compile("Cost"), re.compile("Trust")])
    await expect(site.log.locator(".share")).to_have_text(["", "", ""])
    await expect(site.log.locator(".poll-foot")).to_have_text("Results after the end")
    await expect(site.log.locator(".verdict, .mark-right, .mark-wrong")).to_have_count(0)
    world.close_poll(poll)
    await expect(site.log.locator(".share")).to_have_text(["50%", "50%", "100%"])
    await expect(site.log.locator(".poll-kind")).to_have_text("Final results")


async def test_eight_buttons_in_a_row_fit_a_phone(
    site: Site, group: Chat, ann: Person, bot_messages: BotMessages
) -> None:
    """At a width of 360 pixels each of eight buttons is wide enough to tap and shows its number on one line."""
    keys = [{"text": str(number), "callback_data": str(number)} for number in range(9, 17)]
    bot_messages.send_text(group.id, "Which topics?", {"inline_keyboard": [keys, keys[:5], keys[:3]]})
    await site.page.set_viewport_size(PHONE)
    await site.open(ann, group.id)
    await expect(site.log.locator(".key")).to_have_count(16)
    sizes = await site.log.locator(".key").evaluate_all(
        """(keys) => keys.map((key) => {
          const { left, right, width, height } = key.getBoundingClientRect();
          const lines = key.firstElementChild.getClientRects().length;
          return [left >= 0 && right <= innerWidth, width >= 24, height >= 44, lines];
        })""",
    )
    assert {tuple(size) for size in sizes} == {(True, True, True, 1)}
    await expect_no_sideways_scroll(site.page)


async def test_a_long_name_wraps(site: Site, group: Chat, ann: Person, world: World) -> None:
    """A nickname of 64 characters without a space wraps inside its bubble on a phone and is not cut off."""
    eve = world.add_person("Ө" * 64)
    world.set_member_status(group.id, eve.id, "member", by=eve.id)
    world.send_text(eve.id, group.id, "Hello")
    await site.page.set_viewport_size(PHONE)
    await site.open(ann, group.id)
    name = site.log.locator(".theirs .sender")
    await expect(name).to_have_text("Ө" * 64)
    assert await name.evaluate("(node) => node.scrollWidth <= node.clientWidth && node.clientHeight > 30")
    await expect_no_sideways_scroll(site.page)


async def test_the_list_of_sixty_people_scrolls(site: Site, world: World) -> None:
    """The list of people scrolls separately, shows the current person, and keeps its position when counts change."""
    people = [world.add_person(f"Pupil {number}") for number in range(60)]
    await site.page.set_viewport_size(PHONE)
    await site.open(people[55])
    current = site.page.get_by_role("button", name="Pupil 55")
    await expect(current).to_be_in_viewport(ratio=0.9)
    await expect(site.page.get_by_role("navigation")).to_be_in_viewport()
    before = await site.page.locator("#people").evaluate("(list) => list.scrollTop")
    assert before > 0
    BotMessages(world).send_text(people[55].id, "Hello")
    await expect(site.page.locator("#chats .badge")).to_have_text("1")
    assert await site.page.locator("#people").evaluate("(list) => list.scrollTop") == before
    await site.page.get_by_role("button", name=re.compile("^Pupil 0 ")).click()
    await expect(site.page.locator("#me-name")).to_have_text("Pupil 0")


async def test_only_changed_messages_are_redrawn(
    site: Site, group: Chat, ann: Person, ben: Person, world: World
) -> None:
    """A new message, an edit and a deletion in a long chat change one node each; other chats change none."""
    said = [world.send_text(ben.id, group.id, f"Message {number}") for number in range(200)]
    await site.open(ann, group.id)
    await site.log.evaluate(
        """(log) => {
          globalThis.touched = [];
          const note = (changes) => globalThis.touched.push(...changes.flatMap(
            ({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes]));
          new MutationObserver(note).observe(log, { childList: true });
        }""",
    )
    world.send_text(ben.id, ben.id, "Private")
    world.edit_message(ben.id, group.id, said[7].id, "Changed")
    world.delete_own_message(ben.id, group.id, said[100].id)
    world.publish("edited", group.id, said[150].id)
    world.send_text(ben.id, group.id, "The newest")
    await expect(site.log).to_contain_text("The newest")
    touched = await site.page.evaluate("globalThis.touched.map((node) => node.querySelector('.text').textContent)")
    assert touched == ["Changed", "Message 7", "Message 100", "The newest"]
    await expect(site.log.locator(".message")).to_have_count(200)


async def test_the_page_follows_a_migrated_group(site: Site, group: Chat, ann: Person, world: World) -> None:
    """When the open group becomes a supergroup, the page switches to the new chat."""
    await site.open(ann, group.id)
    new = world.migrate_group(group.id)
    await expect(site.page).to_have_url(re.compile(f"&chat={new.id}$"))
    await site.send("Still here")
    await expect(site.log.locator(".mine .text")).to_have_text("Still here")
