"""Polls and buttons on the chat page in a browser, by mouse and by keyboard."""

import pytest
from page_site import Site
from page_world import BotMessages
from playwright.async_api import expect

from bot.playground.world import CallbackAnswer, FormattedText, Person, World

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_buttons_are_pressed_and_answered(
    site: Site, started: Person, bot_messages: BotMessages, world: World
) -> None:
    """An answer is shown as a toast, or as an alert; after closing it the focus is back on the button."""
    bot_messages.send_with_buttons(started.id, "Choose", "left", "right")
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
            world.answer_callback_query(
                query.id, CallbackAnswer(f"You took {query.data}", show_alert=query.data == "right")
            )


@pytest.mark.parametrize(
    ("choice", "verdict", "mark"), [("Council", "Right!", "right"), ("Court", "Not right", "wrong")]
)
async def test_the_result_of_a_quiz_has_a_word_and_a_shape(  # noqa: PLR0913, PLR0917 - fixtures and three expectations
    site: Site, started: Person, bot_messages: BotMessages, choice: str, verdict: str, mark: str
) -> None:
    """A tap votes; the mark has a word and a shape; the explanation opens automatically only after a wrong vote."""
    bot_messages.send_quiz(
        started.id, "Which body?", ["Council", "Court"], (0,), explanation=FormattedText("See passage 1.")
    )
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
    site: Site, started: Person, bot_messages: BotMessages, world: World
) -> None:
    """The Vote button needs a checked box, and checked boxes survive a redrawn poll."""
    poll = bot_messages.send_quiz(started.id, "Which bodies?", ["A", "B", "C"], (0, 2))
    await site.open(started, started.id)
    vote = site.page.get_by_role("button", name="Vote")
    await expect(vote).to_be_disabled()
    await site.page.get_by_role("checkbox", name="A").check()
    world.publish("poll", *poll.sent_in)
    bot_messages.send_text(started.id, "Take your time")
    await expect(site.log).to_contain_text("Take your time")
    await expect(site.page.get_by_role("checkbox", name="A")).to_be_checked()
    await site.page.get_by_role("checkbox", name="C").check()
    await vote.click()
    await expect(site.log.locator(".verdict")).to_have_text("Right!")
    assert poll.votes == {started.id: (0, 2)}


async def test_a_vote_by_keyboard_alone(site: Site, started: Person, bot_messages: BotMessages, world: World) -> None:
    """Arrow keys choose without voting, Enter votes, and the focus moves to the result."""
    poll = bot_messages.send_quiz(started.id, "Which body?", ["Council", "Court", "Agency"], (1,))
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
