"""A class over a link in Chromium: a teacher, a board and three pupils, from /class to the podium.

In every open round all that the browsers know is searched for what would give the answer away.
"""

import re

import pytest
from browser_class import BANK, CALLS, DROPPED, FOOD, HUNTED, LARGEST, NAME, BrowserClass
from browser_pages import DESKTOP, PHONE, PROJECTOR, SMALL_PHONE, BotWithPages, StartPages, Window, page_faults
from learner import words
from playwright.async_api import expect

from bot.core.question import Question
from bot.i18n.insertion import isolated

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_class_from_opening_to_podium(start_pages: StartPages) -> None:
    """Every browser shows what its reader may know, and nothing else, whatever happens on the way."""
    school = await start_pages(BANK)
    teacher = await school.enters("Mrs Kim", "en", DESKTOP)
    aida = await school.enters("Aida", "en", PHONE)
    daniyar = await school.enters("Данияр", "ru", PHONE, dark=True)
    aigerim = await school.enters("Айгерім", "kk", SMALL_PHONE)
    lesson = await _opened(school, teacher)
    await _joined(lesson, aida, daniyar)
    await lesson.leads("start")
    await _talked_over(lesson)
    await lesson.leads("next")
    await _joined_late_and_paused(lesson, aigerim)
    stories = {NAME.id: _written, HUNTED.id: _stated, CALLS.id: _restarted, DROPPED.id: _dropped}
    *others, last = lesson.order()[2:]
    await lesson.leads("next")
    for question in (*others, last):
        await lesson.shows(question)
        await stories[question.id](lesson)
        if question is not DROPPED and question is not last:
            await lesson.leads("next")
    if last is not DROPPED:
        await lesson.leads("end", "end_yes")
    await _ended(lesson)
    for pupil, missed in ((aida, (HUNTED,)), (daniyar, (FOOD, NAME)), (aigerim, (LARGEST, NAME, CALLS))):
        await _catches_up(pupil, missed)
    assert school.world.queries
    assert all(press.answer for press in school.world.queries.values())


async def _opened(school: BotWithPages, teacher: Window) -> BrowserClass:
    """Open a class by buttons alone, and its board by the link that comes."""
    await teacher.starts_the_bot()
    await teacher.says("/class")
    await teacher.presses("Life at sea", words("seat.seconds", seconds=60), words("host.open"))
    link = teacher.log.get_by_role("link").filter(has_text="board").last
    board = await school.opens(await link.get_attribute("href") or "", PROJECTOR)
    await board.scene("lobby")
    await expect(board.page.get_by_role("img", name="start=")).to_be_visible()
    code = "".join(await board.page.locator(".code .group").all_inner_texts())
    return BrowserClass(school, teacher, board, [], code)


async def _joined(lesson: BrowserClass, aida: Window, daniyar: Window) -> None:
    """One follows the link that the teacher wrote in their group, one types the code; the board shows them come."""
    school, names = lesson.school, lesson.board.page.locator(".names li")
    assert await page_faults(lesson.teacher, lesson.board) == []
    group = school.world.create_group("Class 9A", [lesson.teacher.person, aida.person, daniyar.person])
    link = f"https://t.me/{school.world.bot.username}?start={lesson.code}"
    school.world.send_text(lesson.teacher.person, group.id, f"Come in: {link}")
    await aida.goes_to("Class 9A")
    await aida.does(aida.log.get_by_role("link").filter(has_text=link).click)
    await expect(aida.newest).to_contain_text(aida.word("seat.who_sees"))
    await aida.says("Aida")
    await expect(names).to_have_text(["Aida"])
    await daniyar.starts_the_bot()
    await daniyar.says(f"{lesson.code[:3]} {lesson.code[3:]}".lower())
    await expect(daniyar.newest).to_contain_text(daniyar.word("seat.who_sees"))
    await daniyar.says("Дан")
    await expect(names).to_have_text(["Aida", "Дан"])
    lesson.pupils = [aida, daniyar]
    await school.advance(seconds=4)
    await expect(lesson.teacher.newest).to_contain_text(f"{isolated('Aida')}, {isolated('Дан')}")
    assert await page_faults(lesson.board, daniyar) == []


async def _talked_over(lesson: BrowserClass) -> None:
    """After the first vote the class talks it over, and votes again; the board shows both votes at the end."""
    aida, daniyar = lesson.pupils
    await lesson.shows(LARGEST)
    await aida.votes("The elephant")
    await expect(lesson.board.page.locator(".answered")).to_have_text(words("board.answered", answered=1, people=2))
    assert await lesson.leaks(LARGEST) == []
    assert await page_faults(lesson.teacher, lesson.board, *lesson.pupils) == []
    await lesson.leads("discuss")
    await lesson.board.scene("discussion")
    for pupil in lesson.pupils:
        await expect(pupil.newest).to_contain_text(pupil.word("class.discuss"))
    assert await lesson.leaks(LARGEST) == []
    assert await page_faults(lesson.teacher, lesson.board) == []
    await lesson.leads("again")
    await lesson.shows(LARGEST)
    await aida.votes("The blue whale")
    assert await lesson.leaks(LARGEST) == []
    await daniyar.votes("The blue whale")
    await lesson.teaches(LARGEST)
    votes = {}
    for option in await lesson.board.page.locator(".option").all():
        counts = await option.locator(".count").all_inner_texts()
        votes[await option.locator(".text").inner_text()] = [int(count.split()[0]) for count in counts]
    assert votes == {"The blue whale": [0, 2], "The elephant": [1, 0], "The giraffe": [0, 0]}
    assert await page_faults(lesson.teacher, lesson.board, daniyar) == []


async def _joined_late_and_paused(lesson: BrowserClass, aigerim: Window) -> None:
    """A reload loses no vote; who comes late gets the open question; a pause is shown and ends."""
    aida, daniyar = lesson.pupils
    await lesson.shows(FOOD)
    await aida.votes("Krill", "Small fish")
    await aida.page.reload()
    await expect(aida.newest.locator(".chosen")).to_have_count(2)
    await aigerim.page.goto(f"{lesson.school.origin}/?start={lesson.code}#person={aigerim.person}")
    await expect(aigerim.newest).to_contain_text(aigerim.word("seat.who_sees"))
    await aigerim.says("Айгерім")
    lesson.pupils.append(aigerim)
    await lesson.shows(FOOD)
    await lesson.leads("pause")
    await expect(lesson.board.page.locator(".waits")).to_have_text(words("board.waits"))
    await expect(lesson.teacher.newest).to_contain_text(words("host.held"))
    assert await page_faults(lesson.teacher, lesson.board, aigerim) == []
    await lesson.leads("resume")
    await expect(lesson.board.page.locator(".waits")).to_have_count(0)
    await daniyar.votes("Seals")
    assert await lesson.leaks(FOOD) == []
    await aigerim.votes("Krill", "Small fish")
    await lesson.teaches(FOOD)
    assert await page_faults(lesson.board, aigerim) == []


async def _written(lesson: BrowserClass) -> None:
    """Of a written answer nobody hears before the teacher closes the round; who was silent is taught as well."""
    aida, daniyar, aigerim = lesson.pupils
    await daniyar.says("whale")
    assert await lesson.leaks(NAME) == []
    await aida.says("balaenoptera musculus")
    assert await lesson.leaks(NAME, written=True) == []
    await lesson.leads("close")
    await lesson.teaches(NAME)
    await expect(aigerim.newest).to_contain_text(aigerim.word("seat.silent", solution="Balaenoptera musculus"))
    assert await page_faults(lesson.board, daniyar) == []


async def _stated(lesson: BrowserClass) -> None:
    """Everybody calls a statement true or false in the own language."""
    for pupil, word in zip(lesson.pupils, ("true", "false", "false"), strict=True):
        assert await lesson.leaks(HUNTED) == []
        await pupil.votes(pupil.word(f"question.{word}"))
    await lesson.teaches(HUNTED)


async def _restarted(lesson: BrowserClass) -> None:
    """The bot and its board end and start again within a round; what was written meanwhile counts."""
    aida, daniyar, aigerim = lesson.pupils
    page = lesson.board.page
    await aigerim.says("5")
    assert await lesson.leaks(CALLS) == []
    await lesson.school.stop()
    await expect(page.get_by_text(words("board.reconnecting"))).to_be_visible()
    await daniyar.page.get_by_label("Message", exact=True).fill("1600")
    await daniyar.page.keyboard.press("Enter")
    await expect(daniyar.log.locator(".mine").last).to_contain_text("1600")
    await lesson.school.start()
    await expect(page.get_by_text(words("board.reconnecting"))).to_be_hidden()
    await expect(page.locator(".answered")).to_have_text(words("board.answered", answered=2, people=3))
    assert await lesson.leaks(CALLS, written=True) == []
    await aida.says("1600 km")
    await lesson.teaches(CALLS)


async def _dropped(lesson: BrowserClass) -> None:
    """A question that is dropped is taken from everybody, and its answer is never told."""
    aida, *_ = lesson.pupils
    await aida.says("1900")
    await lesson.teacher.leads("skip")
    for pupil in lesson.pupils:
        await expect(pupil.log).not_to_contain_text(DROPPED.stem)
    assert await lesson.leaks(DROPPED) == []


async def _ended(lesson: BrowserClass) -> None:
    """The podium stands on the board; the teacher reads how everybody did, and each pupil the own result."""
    await lesson.board.scene("end")
    await expect(lesson.board.page.locator(".podium .name")).to_have_text([*map(isolated, ("Aida", "Дан", "Айгерім"))])
    results = f"1. {isolated('Aida')}: 4/5\n2. {isolated('Дан')}: 3/5\n3. {isolated('Айгерім')}: 2/4"
    everybody = f"{words('host.everybody')}\n{results}"
    await expect(lesson.teacher.newest).to_contain_text(everybody, use_inner_text=True)
    for pupil, (right, seen) in zip(lesson.pupils, ((4, 5), (3, 5), (2, 4)), strict=True):
        told = pupil.word("seat.result", right=right, seen=seen)
        await expect(pupil.newest).to_contain_text(told, use_inner_text=True)
    assert await page_faults(lesson.teacher, lesson.board, *lesson.pupils) == []


async def _catches_up(pupil: Window, missed: tuple[Question, ...]) -> None:
    """One button asks exactly what was missed or came before one joined."""
    await pupil.presses(pupil.word("seat.catch_up"))
    asked, count = set(), len(missed)
    for number in range(1, count + 1):
        place = re.escape(pupil.word("question.place", round=number, of=count))
        await expect(pupil.newest).to_contain_text(re.compile(rf"{place}|{number}/{count}\."))
        text = await pupil.newest.inner_text()
        asked |= {one.id for one in BANK.questions if one.stem in text}
        await pupil.presses(pupil.word("question.skip"))
    await expect(pupil.newest).to_contain_text(pupil.word("result.title", right=0, of=count))
    assert asked == {one.id for one in missed}
