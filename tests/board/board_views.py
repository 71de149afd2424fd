"""Test data for the board: views of every scene, and a source of boards in memory."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.app.board import BoardAnswer, BoardOption, BoardQuestion, BoardView
from bot.core.standings import Standing

KEY = "q7Zt0aXk2vB9sLw4"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
NAMES = ("Aruzhan", "Daniyar", "Madina", "Timur", "Aigerim", "Sanzhar", "Kamila", "Alikhan")

LOBBY = BoardView(
    scene="lobby",
    language="en",
    title="Human rights in Kazakhstan",
    code="KPT4WX",
    link="https://t.me/reading_quiz_bot?start=c-KPT4WX",
    nicknames=NAMES,
    people=len(NAMES),
    question=None,
    answered=0,
    waits=False,
    ends_at=None,
    now=NOW,
    answer=None,
    standings=(),
    bonus=False,
    seconds=30,
)


def options_of(*texts: str) -> tuple[BoardOption, ...]:
    """Create options without votes or solution, as in an open round."""
    return tuple(BoardOption(text, None, None, None) for text in texts)


ASKED = BoardQuestion(
    number=3,
    of=10,
    vote=1,
    topic="Partners from abroad",
    stem="For how long was Kazakhstan elected to the Human Rights Council?",
    statement=False,
    several=False,
    written="",
    unit="",
    options=options_of("One year", "Two years", "Three years", "Five years"),
)
QUESTION = replace(LOBBY, scene="question", question=ASKED, answered=5, ends_at=NOW + timedelta(seconds=24))
PAUSED = replace(QUESTION, ends_at=None, waits=True)
STATEMENT = replace(
    QUESTION,
    question=replace(
        ASKED, stem="Kazakhstan was elected in 2012.", statement=True, options=options_of("true", "false")
    ),
)
WRITTEN = replace(QUESTION, question=replace(ASKED, written="number", unit="years", options=()))
DISCUSSION = replace(
    QUESTION,
    scene="discussion",
    ends_at=None,
    question=replace(
        ASKED,
        options=tuple(
            BoardOption(option.text, votes, None, None)
            for option, votes in zip(ASKED.options, (1, 3, 3, 1), strict=True)
        ),
    ),
)
STANDINGS = (
    Standing("Aruzhan", 1, 3, 3, 41, 0),
    Standing("Daniyar", 2, 3, 3, 38, 2),
    Standing("Madina", 3, 2, 3, 26, -1),
    Standing("Timur", 3, 2, 3, 26, -1),
    Standing("Aigerim", 5, 1, 2, 12, 0),
)
SOLUTION = BoardAnswer(
    solution=("Three years",),
    right=6,
    answered=8,
    why="The term was three years long: from its election in 2012 to 2015.",
    passage="A place on the Council",
    before="In 2012 Kazakhstan was elected by the United Nations to the Human Rights Council. ",
    quoted="The term was three years long.",
    after=" The text also uses the short name UNHRC for this Council.",
)


def with_tally(question: BoardQuestion, right: int, last: tuple[int, ...]) -> BoardQuestion:
    """Return a question with its votes and right option, as after the round is closed."""
    counted = (
        replace(option, last=votes, right=place == right)
        for place, (option, votes) in enumerate(zip(question.options, last, strict=True))
    )
    return replace(question, options=tuple(counted))


ANSWER = replace(
    QUESTION,
    scene="answer",
    ends_at=None,
    answered=8,
    question=with_tally(ASKED, 2, (1, 1, 6, 0)),
    answer=SOLUTION,
    standings=STANDINGS,
)
ANSWER_AFTER_TWO_VOTES = replace(
    ANSWER,
    question=with_tally(DISCUSSION.question or ASKED, 2, (0, 2, 6, 0)),
)
WRITTEN_ANSWER = replace(ANSWER, question=WRITTEN.question, answer=replace(SOLUTION, solution=("3 years",)))
END = replace(LOBBY, scene="end", code="", link="", nicknames=(), standings=STANDINGS)

# The longest question that Telegram can show in one poll (Bot API, sendPoll: 300 characters, 12 options of 100).
LONGEST_QUESTION = replace(
    QUESTION,
    question=replace(
        ASKED,
        several=True,
        stem=("Which of these sentences say what the text says about human rights " * 5)[:299] + "?",
        options=options_of(
            *((f"{number}. A sentence that somebody could well believe " * 3)[:100] for number in range(12))
        ),
    ),
)
LONGEST_ANSWER = replace(
    ANSWER,
    question=with_tally(LONGEST_QUESTION.question or ASKED, 7, (3, 0, 1, 0, 2, 9, 0, 12, 0, 1, 0, 0)),
    answer=replace(SOLUTION, why=("The text says so in its very own words. " * 8).strip()),
)

TIED = replace(ANSWER, standings=tuple(replace(one, rank=1) for one in STANDINGS), more=3)
# The widest nicknames, and the longest names that Telegram allows; the board of a group's quiz shows those.
WIDE_NAMES = ("W" * 20, "Щ" * 20, ("Konstantin " * 11).strip(), "m" * 64 + " " + "W" * 63, "ﷺ" * 20)
LONG_NAMES = replace(
    TIED, standings=tuple(replace(one, name=name) for one, name in zip(STANDINGS, WIDE_NAMES, strict=True)), bonus=True
)
MULTILINE = replace(
    QUESTION,
    question=replace(
        ASKED, stem="Roses are red,\n  violets are blue.\nWhat rhymes?", options=options_of("One\ntwo", "blue", "you")
    ),
)

SCENES = {
    "lobby": LOBBY,
    "empty lobby": replace(LOBBY, nicknames=(), people=0),
    "full lobby": replace(
        LOBBY,
        title="A title of as many characters as the title of a reading may have, which is one hundred characters",
        nicknames=tuple(f"{name} of the class {number}" for number in range(12) for name in NAMES),
        people=96,
    ),
    "question": QUESTION,
    "paused": PAUSED,
    "statement": STATEMENT,
    "written": WRITTEN,
    "longest": LONGEST_QUESTION,
    "discussion": DISCUSSION,
    "answer": ANSWER,
    "answer after two votes": ANSWER_AFTER_TWO_VOTES,
    "answer with points": replace(ANSWER, bonus=True),
    "written answer": WRITTEN_ANSWER,
    "longest answer": LONGEST_ANSWER,
    "tied answer": TIED,
    "answer with long names": LONG_NAMES,
    "lines": MULTILINE,
    "answer in lines": replace(ANSWER, question=with_tally(MULTILINE.question or ASKED, 2, (1, 1, 6))),
    "waiting answer": replace(ANSWER, waits=True),
    "longest waiting answer": replace(LONGEST_ANSWER, waits=True),
    "longest paused": replace(LONGEST_QUESTION, ends_at=None, waits=True),
    "tied end": replace(END, standings=TIED.standings, more=3),
    "end with long names": replace(END, standings=LONG_NAMES.standings, more=12, bonus=True),
    "end": END,
    "end without answers": replace(END, standings=()),
    "end with points": replace(END, bonus=True),
}


class BoardsInMemory:
    """Source of boards that tests change, which counts how often they are read.

    Attributes:
        views: the view of each board by its key.
        etag_reads, view_reads: how often the etag and the view of each board were read.
        polling_tasks: the tasks that have read etags.
        failing: while it is True, reading an etag fails.
    """

    def __init__(self, **views: BoardView) -> None:
        self.views = views
        self.etag_reads: Counter[str] = Counter()
        self.view_reads: Counter[str] = Counter()
        self.polling_tasks: set[asyncio.Task[object] | None] = set()
        self.failing = False
        self._versions = dict.fromkeys(views, 0)
        self._polled = asyncio.Event()

    def set_view(self, key: str, view: BoardView) -> None:
        """Change the view of a board."""
        self.views[key] = view
        self._versions[key] = self._versions.get(key, 0) + 1

    async def wait_for_polls(self, key: str, times: int) -> None:
        """Wait until the board's etag has been read this many more times."""
        enough = self.etag_reads[key] + times
        while self.etag_reads[key] < enough:
            self._polled.clear()
            await self._polled.wait()

    async def view(self, key: str) -> BoardView | None:
        """Return the view of a board."""
        self.view_reads[key] += 1
        return self.views.get(key)

    async def etag(self, key: str) -> str | None:
        """Return a text that changes with the board."""
        self.etag_reads[key] += 1
        self.polling_tasks.add(asyncio.current_task())
        self._polled.set()
        if self.failing:
            raise OSError("the database fails")
        return f"{key}:{self._versions[key]}" if key in self.views else None
