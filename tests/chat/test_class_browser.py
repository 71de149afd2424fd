"""A class over a link in Chromium: a teacher, a board and three pupils, from /class to the podium.

In every open round all that the browsers know is searched for what would give the answer away.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

import pytest
from classroom_pages import DESKTOP, PHONE, PROJECTOR, SMALL_PHONE, School, SchoolAbout, Window, look_over
from learner import words
from playwright.async_api import expect

from bot.core.kind import Kind, Option
from bot.core.kinds.number import Number
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.several_right import SeveralRight
from bot.core.kinds.true_false import TrueFalse
from bot.core.kinds.typed import Typed
from bot.core.kinds.year import Year
from bot.core.question import Bank, Level, Passage, Question, Topic

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# Every question has a sentence of its own, so that one round's explanation tells nothing of another's.
PASSAGE = Passage(
    "whale",
    "The blue whale",
    "No animal that ever lived was heavier than the blue whale. It sieves krill from the water, and small fish with "
    "it. Nobody may hunt it in any ocean today. Scholars call it Balaenoptera musculus. Its calls are heard over "
    "1600 kilometres. Hunting was forbidden from 1966 on.",
)


def question(question_id: str, level: Level, kind: Kind, stem: str, quote: str) -> Question:
    """Make a question on the whale."""
    return Question(question_id, "life", level, stem, kind, f"Think of the {question_id} once more.", "whale", quote)


LARGEST = question(
    "heaviest",
    Level.EASY,
    OneRight("The blue whale", (Option("The elephant", "On land it is."), Option("The giraffe"))),
    "Which animal weighs most?",
    "heavier than the blue whale",
)
FOOD = question(
    "food",
    Level.MEDIUM,
    SeveralRight(("Krill", "Small fish"), (Option("Seals", "These are far too big."), Option("Grass"))),
    "What does it eat?",
    "sieves krill from the water, and small fish",
)
HUNTED = question(
    "hunters", Level.HARD, TrueFalse(answer=False), "The blue whale is still hunted.", "Nobody may hunt it in any ocean"
)
NAME = question(
    "name", Level.HARD, Typed(("Balaenoptera musculus",)), "Write its scientific name.", "Balaenoptera musculus"
)
CALLS = question(
    "calls", Level.HARD, Number(Decimal(1600), Decimal(50), "kilometres"), "How far is it heard?", "1600 kilometres"
)
DROPPED = question("ban", Level.HARD, Year(1966), "Since when is it protected?", "forbidden from 1966 on")
BANK = Bank(
    "Whales & people",
    "en",
    "A book",
    "CC0",
    (PASSAGE,),
    (Topic("life", "Life at sea"),),
    (LARGEST, FOOD, HUNTED, NAME, CALLS, DROPPED),
)
# What nobody may read before somebody has written it.
SOLUTIONS = {NAME.id: ("Balaenoptera",), CALLS.id: ("1600",), DROPPED.id: ("1966",)}
# How an option is marked, in what the pages are sent and in the pages themselves.
MARKS = ('"right":true', '"right":false', '"right": true', '"right": false', "data-right=", "mark-right", "mark-wrong")


@dataclass
class Lesson:
    """A class under way: who leads it, what the projector shows, and who takes part."""

    school: School
    teacher: Window
    board: Window
    pupils: list[Window]
    code: str
    opened_at: int = 0

    def order(self) -> list[Question]:
        """Give the questions in the order of their rounds."""
        with self.school.database.transaction() as unit:
            room = unit.rooms.by_code(self.code)
            session = unit.sessions.classroom(room.id) if room else None
            assert session is not None
            return [one for name in session.state.questions for one in BANK.questions if one.id == name]

    async def leads(self, *controls: str) -> None:
        """Let the teacher press control buttons; what is told from then on belongs to what they bring."""
        self.opened_at = len(self.school.told)
        await self.teacher.leads(*controls)

    async def shows(self, question: Question) -> None:
        """Wait until the board and everybody has the question, and see that nothing gives its answer away."""
        await self.board.scene("question")
        await expect(self.board.page.locator("h1")).to_have_text(question.stem)
        for window in (self.teacher, *self.pupils):
            await expect(window.newest).to_contain_text(question.stem)
        assert await self.leaks(question) == []

    async def leaks(self, question: Question, *, written: bool = False) -> list[str]:
        """Give what the browsers know of the answer; ``written`` where somebody has written it down already."""
        known = await self.school.known(self.opened_at)
        notes = [option.note for option in getattr(question.kind, "wrong", ()) if option.note]
        hidden = [question.why, *notes, *MARKS]
        if not written:
            hidden += [question.quote, *SOLUTIONS.get(question.id, ())]
        marked = ["✅"] if "✅" in await self.teacher.newest.inner_text() else []
        return [one for one in hidden if one in known] + marked

    async def teaches(self, question: Question) -> None:
        """Wait until the board and every pupil shows what was right, why, and the words of the text."""
        await self.board.scene("answer")
        page = self.board.page
        await expect(page.locator(".why")).to_have_text(question.why)
        await expect(page.locator("mark")).to_have_text(question.quote)
        marked = page.locator(".option:has(.right-word) .text")
        if question.id in SOLUTIONS:
            await expect(page.locator(".solution-text")).to_have_text(list(question.kind.solution()))
        else:
            right = [words("question.false")] if question is HUNTED else question.kind.solution()
            assert set(await marked.all_text_contents()) == set(right)
        for word in await page.locator(".right-word").all():
            await expect(word).to_have_text(words("board.solution" if question.id in SOLUTIONS else "board.right"))
            await expect(word.locator("svg")).to_be_visible()
        for pupil in self.pupils:
            await expect(pupil.newest).to_contain_text(question.why)
            await expect(pupil.newest.locator("blockquote u")).to_have_text(question.quote)
            await expect(pupil.log.locator("form.ballot")).to_have_count(0)
        # The same search finds it now, so it would have found it before.
        assert {question.why, question.quote} <= set(await self.leaks(question))


async def test_a_class_from_opening_to_podium(school_about: SchoolAbout) -> None:
    """Every browser shows what its reader may know, and nothing else, whatever happens on the way."""
    school = await school_about(BANK)
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


async def _opened(school: School, teacher: Window) -> Lesson:
    """Open a class by buttons alone, and its board by the link that comes."""
    await teacher.starts_the_bot()
    await teacher.says("/class")
    await teacher.presses("Life at sea", words("seat.seconds", seconds=60), words("host.open"))
    link = teacher.log.get_by_role("link").filter(has_text="board").last
    board = await school.opens(await link.get_attribute("href") or "", PROJECTOR)
    await board.scene("lobby")
    await expect(board.page.get_by_role("img", name="start=")).to_be_visible()
    code = "".join(await board.page.locator(".code .group").all_inner_texts())
    return Lesson(school, teacher, board, [], code)


async def _joined(lesson: Lesson, aida: Window, daniyar: Window) -> None:
    """One follows the link that the teacher wrote in their group, one types the code; the board shows them come."""
    school, names = lesson.school, lesson.board.page.locator(".names li")
    assert await look_over(lesson.teacher, lesson.board) == []
    group = school.world.create_group("Class 9A", [lesson.teacher.person, aida.person, daniyar.person])
    link = f"https://t.me/{school.world.bot.username}?start={lesson.code}"
    school.world.say(lesson.teacher.person, group.id, f"Come in: {link}")
    await aida.goes_to("Class 9A")
    await aida.does(aida.log.get_by_role("link").filter(has_text=link).click)
    await expect(aida.newest).to_contain_text(aida.word("seat.who_sees"))
    await aida.presses("Aida")
    await expect(names).to_have_text(["Aida"])
    await daniyar.starts_the_bot()
    await daniyar.says(f"{lesson.code[:3]} {lesson.code[3:]}".lower())
    await expect(daniyar.newest).to_contain_text(daniyar.word("seat.who_sees"))
    await daniyar.says("Дан")
    await expect(names).to_have_text(["Aida", "Дан"])
    lesson.pupils = [aida, daniyar]
    await school.passes(seconds=4)
    await expect(lesson.teacher.newest).to_contain_text(words("host.newest", names="Aida, Дан"))
    assert await look_over(lesson.board, daniyar) == []


async def _talked_over(lesson: Lesson) -> None:
    """After the first vote the class talks it over, and votes again; the board shows both votes at the end."""
    aida, daniyar = lesson.pupils
    await lesson.shows(LARGEST)
    await aida.votes("The elephant")
    await expect(lesson.board.page.locator(".answered")).to_have_text(words("board.answered", answered=1, people=2))
    assert await lesson.leaks(LARGEST) == []
    assert await look_over(lesson.teacher, lesson.board, *lesson.pupils) == []
    await lesson.leads("discuss")
    await lesson.board.scene("discussion")
    for pupil in lesson.pupils:
        await expect(pupil.newest).to_contain_text(pupil.word("class.discuss"))
    assert await lesson.leaks(LARGEST) == []
    assert await look_over(lesson.teacher, lesson.board) == []
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
    assert await look_over(lesson.teacher, lesson.board, daniyar) == []


async def _joined_late_and_paused(lesson: Lesson, aigerim: Window) -> None:
    """A reload loses no vote; who comes late gets the open question; a pause is shown and ends."""
    aida, daniyar = lesson.pupils
    await lesson.shows(FOOD)
    await aida.votes("Krill", "Small fish")
    await aida.page.reload()
    await expect(aida.newest.locator(".chosen")).to_have_count(2)
    await aigerim.page.goto(f"{lesson.school.origin}/?start={lesson.code}#person={aigerim.person}")
    await expect(aigerim.newest).to_contain_text(aigerim.word("seat.who_sees"))
    await aigerim.presses("Айгерім")
    lesson.pupils.append(aigerim)
    await lesson.shows(FOOD)
    await lesson.leads("pause")
    await expect(lesson.board.page.locator(".waits")).to_have_text(words("board.waits"))
    await expect(lesson.teacher.newest).to_contain_text(words("host.held"))
    assert await look_over(lesson.teacher, lesson.board, aigerim) == []
    await lesson.leads("resume")
    await expect(lesson.board.page.locator(".waits")).to_have_count(0)
    await daniyar.votes("Seals")
    assert await lesson.leaks(FOOD) == []
    await aigerim.votes("Krill", "Small fish")
    await lesson.teaches(FOOD)
    assert await look_over(lesson.board, aigerim) == []


async def _written(lesson: Lesson) -> None:
    """Of a written answer nobody hears before the teacher closes the round; who was silent is taught as well."""
    aida, daniyar, aigerim = lesson.pupils
    await daniyar.says("whale")
    assert await lesson.leaks(NAME) == []
    await aida.says("balaenoptera musculus")
    assert await lesson.leaks(NAME, written=True) == []
    await lesson.leads("close")
    await lesson.teaches(NAME)
    await expect(aigerim.newest).to_contain_text(aigerim.word("seat.silent", solution="Balaenoptera musculus"))
    assert await look_over(lesson.board, daniyar) == []


async def _stated(lesson: Lesson) -> None:
    """Everybody calls a statement true or false in the own language."""
    for pupil, word in zip(lesson.pupils, ("true", "false", "false"), strict=True):
        assert await lesson.leaks(HUNTED) == []
        await pupil.votes(pupil.word(f"question.{word}"))
    await lesson.teaches(HUNTED)


async def _restarted(lesson: Lesson) -> None:
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


async def _dropped(lesson: Lesson) -> None:
    """A question that is dropped is taken from everybody, and its answer is never told."""
    aida, *_ = lesson.pupils
    await aida.says("1900")
    await lesson.teacher.leads("skip")
    for pupil in lesson.pupils:
        await expect(pupil.log).not_to_contain_text(DROPPED.stem)
    assert await lesson.leaks(DROPPED) == []


async def _ended(lesson: Lesson) -> None:
    """The podium stands on the board; the teacher reads how everybody did, and each pupil the own result."""
    await lesson.board.scene("end")
    await expect(lesson.board.page.locator(".podium .name")).to_have_text(["Aida", "Дан", "Айгерім"])
    everybody = f"{words('host.everybody')}\n1. Aida: 4/5\n2. Дан: 3/5\n3. Айгерім: 2/4"
    await expect(lesson.teacher.newest).to_contain_text(everybody, use_inner_text=True)
    for pupil, (right, seen) in zip(lesson.pupils, ((4, 5), (3, 5), (2, 4)), strict=True):
        told = pupil.word("seat.result", right=right, seen=seen)
        await expect(pupil.newest).to_contain_text(told, use_inner_text=True)
    assert await look_over(lesson.teacher, lesson.board, *lesson.pupils) == []


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
