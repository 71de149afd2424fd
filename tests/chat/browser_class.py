"""A live class about whales in browsers: its bank, its windows, and the search for answers shown too early."""

from dataclasses import dataclass
from decimal import Decimal

from browser_pages import BotWithPages, Window
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

# Every question quotes another sentence, so that the explanation of one does not reveal the answer to another.
PASSAGE = Passage(
    "whale",
    "The blue whale",
    "No animal that ever lived was heavier than the blue whale. It sieves krill from the water, and small fish with "
    "it. Nobody may hunt it in any ocean today. Scholars call it Balaenoptera musculus. Its calls are heard over "
    "1600 kilometres. Hunting was forbidden from 1966 on.",
)


def question(question_id: str, level: Level, kind: Kind, stem: str, quote: str) -> Question:
    """Create a question about the whale."""
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
# Text that may not appear before a pupil has written it, by question.
SOLUTIONS = {NAME.id: ("Balaenoptera",), CALLS.id: ("1600",), DROPPED.id: ("1966",)}
# Text that reveals which option is right, in data sent to the pages and in the pages themselves.
MARKS = ('"right":true', '"right":false', '"right": true', '"right": false', "data-right=", "mark-right", "mark-wrong")


@dataclass
class BrowserClass:
    """A running class: the windows of its teacher, board and pupils, and its code."""

    pages: BotWithPages
    teacher: Window
    board: Window
    pupils: list[Window]
    code: str
    first_sent: int = 0

    def order(self) -> list[Question]:
        """Return the questions in the order of their rounds."""
        with self.pages.database.transaction() as unit:
            row = unit.live_classes.by_code(self.code)
            session = unit.sessions.find_class(row.id) if row else None
            assert session is not None
            return [one for name in session.state.questions for one in BANK.questions if one.id == name]

    async def leads(self, *controls: str) -> None:
        """Press control buttons as the teacher; ``leaks`` searches what is sent from then on."""
        self.first_sent = len(self.pages.sent_to_browsers)
        await self.teacher.leads(*controls)

    async def wait_for_question(self, question: Question) -> None:
        """Wait until board, teacher and all pupils see the question; check that nothing reveals its answer."""
        await self.board.wait_for_scene("question")
        await expect(self.board.page.locator("h1")).to_have_text(question.stem)
        for window in (self.teacher, *self.pupils):
            await expect(window.newest).to_contain_text(question.stem)
        assert await self.leaks(question) == []

    async def leaks(self, question: Question, *, written: bool = False) -> list[str]:
        """Find text in the browsers that reveals the answer; ``written`` if a pupil has already written it."""
        known = await self.pages.browser_text(self.first_sent)
        notes = [option.note for option in getattr(question.kind, "wrong", ()) if option.note]
        hidden = [question.why, *notes, *MARKS]
        if not written:
            hidden += [question.quote, *SOLUTIONS.get(question.id, ())]
        marked = ["✅"] if "✅" in await self.teacher.newest.inner_text() else []
        return [one for one in hidden if one in known] + marked

    async def wait_for_explanation(self, question: Question) -> None:
        """Wait until the board and every pupil show the solution, the explanation and the quotation."""
        await self.board.wait_for_scene("answer")
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
        # The search finds the answer now, which proves that it would have found it earlier.
        assert {question.why, question.quote} <= set(await self.leaks(question))
