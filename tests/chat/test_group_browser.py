"""A group quiz in Chromium: a teacher leads it by buttons, and three pupils vote on phones."""

import pytest
from browser_pages import DESKTOP, PHONE, SMALL_PHONE, StartPages, Window, page_problems
from learner import words
from playwright.async_api import expect
from whale_bank import FOOD, LARGEST, PROTECTED, bank_in_order

from bot.i18n.user_text import isolated

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

GROUP = "Class 9A"


async def test_a_group_quiz_from_setup_to_podium(start_pages: StartPages) -> None:
    """A group quiz has one poll a round, hidden tallies, a reveal, controls for the leader only, and a podium."""
    pages = await start_pages(bank_in_order(LARGEST, FOOD, PROTECTED))
    teacher = await pages.open_chat_page("Mrs Kim", "en", DESKTOP)
    ben = await pages.open_chat_page("Ben", "en", PHONE)
    cyd = await pages.open_chat_page("Сид", "ru", PHONE, dark=True)
    dana = await pages.open_chat_page("Дана", "kk", SMALL_PHONE)
    everybody = (teacher, ben, cyd, dana)
    await ben.starts_the_bot()
    pages.world.create_group(GROUP, [one.person for one in everybody])
    for one in everybody:
        await one.goes_to(GROUP)
    await teacher.says("/quiz")
    assert await page_problems(teacher, dana) == []
    await teacher.presses(words("group.untimed"), words("setup.start"))
    await _check_hidden_votes(*everybody)
    await _check_members_cannot_control(teacher, ben)
    await teacher.leads("close")
    for one in everybody:
        await expect(one.newest).to_contain_text(words("group.right", solution="The blue whale"))
        await expect(one.newest.locator("blockquote u")).to_have_text(LARGEST.quote)
        await expect(one.log.locator(".mark-right .result-text")).to_contain_text("The blue whale")
        await expect(one.log.locator(".mark-right .share")).to_have_text("67%")
    assert await page_problems(*everybody) == []
    await _play_second_round(teacher, ben, dana)
    await teacher.leads("end", "end_yes")
    for one in everybody:
        podium = zip("🥇🥈🥉", ("Ben", "Дана", "Сид"), (2, 1, 0), strict=True)
        told = "\n".join(f"{place} {isolated(name)} · {right} of 2" for place, name, right in podium)
        await expect(one.newest).to_contain_text(told, use_inner_text=True)
        await expect(one.log.get_by_role("button", name=words("control.end"))).to_have_count(0)
    assert await page_problems(*everybody) == []
    await ben.goes_to("Reading quiz")
    await expect(ben.newest).to_contain_text(words("result.all"))


async def _check_hidden_votes(teacher: Window, ben: Window, cyd: Window, dana: Window) -> None:
    """Vote as the pupils and check that nobody sees a tally, a mark, or a new message."""
    for one in (teacher, ben, cyd, dana):
        await expect(one.newest.locator("legend")).to_contain_text(LARGEST.stem)
    before = await teacher.log.locator(".message").count()
    for one, option in ((ben, "The blue whale"), (cyd, "The elephant"), (dana, "The blue whale")):
        await one.votes(option)
        await expect(one.newest.locator(".chosen")).to_contain_text(option)
    for one in (ben, cyd, dana):
        await expect(one.newest.locator(".share")).to_have_text(["", "", ""])
    await expect(teacher.newest.get_by_role("radio")).to_have_count(3)
    assert await teacher.log.locator(".message").count() == before
    assert await page_problems(teacher, cyd, dana) == []


async def _check_members_cannot_control(teacher: Window, ben: Window) -> None:
    """Press a control as a pupil and check that a toast refuses it and the poll stays open."""
    await ben.leads("close")
    await expect(ben.page.locator(".toast")).to_have_text(words("toast.not_leader"))
    await expect(teacher.newest.get_by_role("radio")).to_have_count(3)
    await teacher.pages.advance(seconds=2)


async def _play_second_round(teacher: Window, ben: Window, dana: Window) -> None:
    """Pause and resume the second question, vote wrongly or incompletely, and close it."""
    await teacher.pages.advance(seconds=2)
    await teacher.leads("next")
    await expect(ben.newest.get_by_role("checkbox")).to_have_count(4)
    await teacher.leads("pause", "resume")
    await ben.votes("Krill", "Small fish")
    await dana.votes("Seals")
    await teacher.pages.advance(seconds=2)
    await teacher.leads("close")
    await expect(teacher.newest).to_contain_text(FOOD.why)
    await teacher.pages.advance(seconds=2)
