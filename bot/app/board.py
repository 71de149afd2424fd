"""What the projector page of a live class shows, as plain values: nothing that the class may not see yet is in them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.standings import Standing

Scene = Literal["lobby", "question", "discussion", "answer", "end"]


@dataclass(frozen=True, slots=True)
class BoardOption:
    """One option of a question.

    Attributes:
        text: what it says; ``true`` and ``false`` for a statement (``BoardQuestion.statement``).
        first, last: how many chose it in the first vote and in the last; None while that is hidden, and ``first``
            without a discussion.
        right: whether it is right; None while that is hidden.
    """

    text: str
    first: int | None
    last: int | None
    right: bool | None


@dataclass(frozen=True, slots=True)
class BoardQuestion:
    """The question of the round.

    Attributes:
        number, of: which round of how many.
        topic: the title of its topic.
        statement: whether it is a statement to call true or false.
        several: whether several options are right.
        written: what is to be written, where the answer is written; empty where it is chosen. ``unit`` of a number.
        options: the options, in an order of their own that says nothing; empty where the answer is written.
    """

    number: int
    of: int
    topic: str
    stem: str
    statement: bool
    several: bool
    written: Literal["", "text", "number", "year"]
    unit: str
    options: tuple[BoardOption, ...]


@dataclass(frozen=True, slots=True)
class BoardAnswer:
    """What was right, and where the text says so; shown once the round is closed.

    Attributes:
        solution: the right answer or answers (``true`` or ``false`` for a statement).
        right, answered: right answers of all answers.
        passage: the title of the passage; ``before``, ``quoted`` and ``after`` are its sentence in three pieces.
    """

    solution: tuple[str, ...]
    right: int
    answered: int
    why: str
    passage: str
    before: str
    quoted: str
    after: str


@dataclass(frozen=True, slots=True)
class BoardView:
    """One picture of the board.

    Attributes:
        scene: what is shown. ``question`` while a round is open, ``discussion`` between two votes, ``answer`` once
            it is closed, ``end`` when the class is over.
        language: the language of the page's own words.
        title: the title of the reading.
        code: what pupils join by, for as long as they can; ``link`` is the address that does the same.
        nicknames: who is here, in the order of joining; shown in the lobby.
        people: how many are here.
        question: None in the lobby and at the end.
        answered: how many have answered the open round.
        waits: whether it waits for the teacher: paused, or held.
        ends_at, now: when the time of the open round is out, or None where the teacher says when; and the moment of
            this picture, so that a page whose clock is wrong counts right.
        answer: None while the round is open.
        standings: the top five, once a round was counted; the podium at the end.
        bonus: whether points are shown beside right answers.
        seconds: how long a round lasts, so that a bar can show how much of it is left; 0 where the teacher says when.
    """

    scene: Scene
    language: str
    title: str
    code: str
    link: str
    nicknames: tuple[str, ...]
    people: int
    question: BoardQuestion | None
    answered: int
    waits: bool
    ends_at: datetime | None
    now: datetime
    answer: BoardAnswer | None
    standings: tuple[Standing, ...]
    bonus: bool
    seconds: int = 0
