"""A live class in Chromium: a teacher, a board and three pupils, from /class to the podium.

In every open round, everything that the browsers know is searched for text that reveals the answer.
"""

import re

import pytest
from browser_class import BANK, CALLS, DROPPED, FOOD, HUNTED, LARGEST, NAME, BrowserClass
from browser_pages import DESKTOP, PHONE, PROJECTOR, SMALL_PHONE, BotWithPages, StartPages, Window, page_problems
from learner import words
from playwright.async_api import expect

from bot.core.question import Question
from bot.i18n.user_text import isolated

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_class_from_opening_to_podium(start_pages: StartPages) -> None:
    """Every browser shows only what its reader may know, through discussion, pause, restart and a dropped question."""
    pages = await start_pages(BANK)
    teacher = await pages.open_chat_page("Mrs Kim", "en", DESKTOP)
    aida = await pages.open_chat_page("Aida", "en", PHONE)
    daniyar = await pages.open_chat_page("Данияр", "ru", PHONE, dark=True)
    aigerim = await pages.open_chat_page("Айгерім", "kk", SMALL_PHONE)
    live = await _opened(pages, teacher)
    await _joined(live, aida, daniyar)
    await live.leads("start")
    await _discussed(live)
    await live.leads("next")
    await _joined_late_and_paused(live, aigerim)
    rounds = {
        NAME.id: _written_round,
        HUNTED.id: _true_or_false_round,
        CALLS.id: _round_with_a_restart,
        DROPPED.id: _dropped_round,
    }
    *others, last = live.order()[2:]
    await live.leads("next")
    for question in (*others, last):
        await live.wait_for_question(question)
        await rounds[question.id](live)
        if question is not DROPPED and question is not last:
            await live.leads("next")
    if last is not DROPPED:
        await live.leads("end", "end_yes")
    await _ended(live)
    for pupil, missed in ((aida, (HUNTED,)), (daniyar, (FOOD, NAME)), (aigerim, (LARGEST, NAME, CALLS))):
        await _catches_up(pupil, missed)
    assert pages.world.queries
    assert all(press.answer for press in pages.world.queries.values())


async def _opened(pages: BotWithPages, teacher: Window) -> BrowserClass:
    """Open a class by buttons alone, and its board by the link that the bot sends."""
    await teacher.starts_the_bot()
    await teacher.says("/class")
    await teacher.presses("Life at sea", words("seat.seconds", seconds=60), words("host.open"))
    link = teacher.log.get_by_role("link").filter(has_text="board").last
    board = await pages.open_page(await link.get_attribute("href") or "", PROJECTOR)
    await board.wait_for_scene("lobby")
    await expect(board.page.get_by_role("img", name="start=")).to_be_visible()
    code = "".join(await board.page.locator(".code .group").all_inner_texts())
    return BrowserClass(pages, teacher, board, [], code)


async def _joined(live: BrowserClass, aida: Window, daniyar: Window) -> None:
    """Seat two pupils, one by the link that the teacher posts in their group, one by the code; the board shows both."""
    pages, names = live.pages, live.board.page.locator(".names li")
    assert await page_problems(live.teacher, live.board) == []
    group = pages.world.create_group("Class 9A", [live.teacher.person, aida.person, daniyar.person])
    link = f"https://t.me/{pages.world.bot.username}?start={live.code}"
    pages.world.send_text(live.teacher.person, group.id, f"Come in: {link}")
    await aida.goes_to("Class 9A")
    await aida.does(aida.log.get_by_role("link").filter(has_text=link).click)
    await expect(aida.newest).to_contain_text(aida.text("seat.who_sees"))
    await aida.says("Aida")
    await expect(names).to_have_text(["Aida"])
    await daniyar.starts_the_bot()
    await daniyar.says(f"{live.code[:3]} {live.code[3:]}".lower())
    await expect(daniyar.newest).to_contain_text(daniyar.text("seat.who_sees"))
    await daniyar.says("Дан")
    await expect(names).to_have_text(["Aida", "Дан"])
    live.pupils = [aida, daniyar]
    await pages.advance(seconds=4)
    await expect(live.teacher.newest).to_contain_text(f"{isolated('Aida')}, {isolated('Дан')}")
    assert await page_problems(live.board, daniyar) == []


async def _discussed(live: BrowserClass) -> None:
    """Discuss the question after the first vote and vote again; the board shows the counts of both votes."""
    aida, daniyar = live.pupils
    await live.wait_for_question(LARGEST)
    await aida.votes("The elephant")
    await expect(live.board.page.locator(".answered")).to_have_text(words("board.answered", answered=1, people=2))
    assert await live.leaks(LARGEST) == []
    assert await page_problems(live.teacher, live.board, *live.pupils) == []
    await live.leads("discuss")
    await live.board.wait_for_scene("discussion")
    for pupil in live.pupils:
        await expect(pupil.newest).to_contain_text(pupil.text("class.discuss"))
    assert await live.leaks(LARGEST) == []
    assert await page_problems(live.teacher, live.board) == []
    await live.leads("again")
    await live.wait_for_question(LARGEST)
    await aida.votes("The blue whale")
    assert await live.leaks(LARGEST) == []
    await daniyar.votes("The blue whale")
    await live.wait_for_explanation(LARGEST)
    votes = {}
    for option in await live.board.page.locator(".option").all():
        counts = await option.locator(".count").all_inner_texts()
        votes[await option.locator(".text").inner_text()] = [int(count.split()[0]) for count in counts]
    assert votes == {"The blue whale": [0, 2], "The elephant": [1, 0], "The giraffe": [0, 0]}
    assert await page_problems(live.teacher, live.board, daniyar) == []


async def _joined_late_and_paused(live: BrowserClass, aigerim: Window) -> None:
    """Reload a page without losing the vote, seat a late pupil in the open round, pause and resume."""
    aida, daniyar = live.pupils
    await live.wait_for_question(FOOD)
    await aida.votes("Krill", "Small fish")
    await aida.page.reload()
    await expect(aida.newest.locator(".chosen")).to_have_count(2)
    await aigerim.page.goto(f"{live.pages.origin}/?start={live.code}#person={aigerim.person}")
    await expect(aigerim.newest).to_contain_text(aigerim.text("seat.who_sees"))
    await aigerim.says("Айгерім")
    live.pupils.append(aigerim)
    await live.wait_for_question(FOOD)
    await live.leads("pause")
    await expect(live.board.page.locator(".waits")).to_have_text(words("board.waits"))
    await expect(live.teacher.newest).to_contain_text(words("host.held"))
    assert await page_problems(live.teacher, live.board, aigerim) == []
    await live.leads("resume")
    await expect(live.board.page.locator(".waits")).to_have_count(0)
    await daniyar.votes("Seals")
    assert await live.leaks(FOOD) == []
    await aigerim.votes("Krill", "Small fish")
    await live.wait_for_explanation(FOOD)
    assert await page_problems(live.board, aigerim) == []


async def _written_round(live: BrowserClass) -> None:
    """Answer in writing: no answer appears before the teacher closes the round; a silent pupil gets the explanation."""
    aida, daniyar, aigerim = live.pupils
    await daniyar.says("whale")
    assert await live.leaks(NAME) == []
    await aida.says("balaenoptera musculus")
    assert await live.leaks(NAME, written=True) == []
    await live.leads("close")
    await live.wait_for_explanation(NAME)
    await expect(aigerim.newest).to_contain_text(aigerim.text("seat.silent", solution="Balaenoptera musculus"))
    assert await page_problems(live.board, daniyar) == []


async def _true_or_false_round(live: BrowserClass) -> None:
    """Vote true or false, each pupil in their own language."""
    for pupil, word in zip(live.pupils, ("true", "false", "false"), strict=True):
        assert await live.leaks(HUNTED) == []
        await pupil.votes(pupil.text(f"question.{word}"))
    await live.wait_for_explanation(HUNTED)


async def _round_with_a_restart(live: BrowserClass) -> None:
    """Restart the bot and its board within a round; an answer written meanwhile counts."""
    aida, daniyar, aigerim = live.pupils
    page = live.board.page
    await aigerim.says("5")
    assert await live.leaks(CALLS) == []
    await live.pages.stop()
    await expect(page.get_by_text(words("board.reconnecting"))).to_be_visible()
    await daniyar.page.get_by_label("Message", exact=True).fill("1600")
    await daniyar.page.keyboard.press("Enter")
    await expect(daniyar.log.locator(".mine").last).to_contain_text("1600")
    await live.pages.start()
    await expect(page.get_by_text(words("board.reconnecting"))).to_be_hidden()
    await expect(page.locator(".answered")).to_have_text(words("board.answered", answered=2, people=3))
    assert await live.leaks(CALLS, written=True) == []
    await aida.says("1600 km")
    await live.wait_for_explanation(CALLS)


async def _dropped_round(live: BrowserClass) -> None:
    """Drop a question: it disappears from all chats, and its answer is never shown."""
    aida, *_ = live.pupils
    await aida.says("1900")
    await live.teacher.leads("skip")
    for pupil in live.pupils:
        await expect(pupil.log).not_to_contain_text(DROPPED.stem)
    assert await live.leaks(DROPPED) == []


async def _ended(live: BrowserClass) -> None:
    """Check that the board shows the podium, the teacher all results, and each pupil their own."""
    await live.board.wait_for_scene("end")
    await expect(live.board.page.locator(".podium .name")).to_have_text([*map(isolated, ("Aida", "Дан", "Айгерім"))])
    results = f"1. {isolated('Aida')}: 4/5\n2. {isolated('Дан')}: 3/5\n3. {isolated('Айгерім')}: 2/4"
    everybody = f"{words('host.everybody')}\n{results}"
    await expect(live.teacher.newest).to_contain_text(everybody, use_inner_text=True)
    for pupil, (right, seen) in zip(live.pupils, ((4, 5), (3, 5), (2, 4)), strict=True):
        replies = pupil.text("seat.result", right=right, seen=seen)
        await expect(pupil.newest).to_contain_text(replies, use_inner_text=True)
    assert await page_problems(live.teacher, live.board, *live.pupils) == []


async def _catches_up(pupil: Window, missed: tuple[Question, ...]) -> None:
    """Press the button that repeats the questions the pupil did not get right; check that it asks only these."""
    await pupil.presses(pupil.text("seat.catch_up"))
    asked, count = set(), len(missed)
    for number in range(1, count + 1):
        place = re.escape(pupil.text("question.place", round=number, of=count))
        await expect(pupil.newest).to_contain_text(re.compile(rf"{place}|{number}/{count}\."))
        text = await pupil.newest.inner_text()
        asked |= {one.id for one in BANK.questions if one.stem in text}
        await pupil.presses(pupil.text("question.skip"))
    await expect(pupil.newest).to_contain_text(pupil.text("result.title", right=0, of=count))
    assert asked == {one.id for one in missed}
