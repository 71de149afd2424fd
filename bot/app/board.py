"""What the projector page of a live class shows, as plain values: nothing that the class may not see yet is in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.app.classroom.context import ClassContext, find_class
from bot.app.classroom.presenter import top_of_class
from bot.app.context import Context
from bot.app.explaining import explain_answer
from bot.core.classroom import Phase
from bot.core.prompt import ChoicePrompt, TrueFalsePrompt, WrittenPrompt
from bot.core.standings import Standing, Top
from bot.store.live_classes import LiveClassRow

# How long a board shows the final standings: whoever knows its address must not read names there for ever.
SHOWN_AFTER_END = timedelta(hours=1)
# What a key looks like (bot/core/join_codes.py), generously; nothing else is looked up.
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")

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
        number, of: which round of how many; ``vote`` is 2 where it is asked again after a discussion.
        topic: the title of its topic.
        statement: whether it is a statement to call true or false.
        several: whether several options are right.
        written: what is to be written, where the answer is written; empty where it is chosen. ``unit`` of a number.
        options: the options, in an order of their own that says nothing; empty where the answer is written.
    """

    number: int
    of: int
    vote: int
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
        standings: the top five, once somebody was right; the podium at the end. ``more`` others share the last place.
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
    seconds: int
    more: int = 0


_SCENES: dict[Phase, Scene] = {
    Phase.GATHERING: "lobby",
    Phase.ASKING: "question",
    Phase.HELD: "question",
    Phase.DISCUSSING: "discussion",
    Phase.REVEALED: "answer",
    Phase.RESTING: "answer",
    Phase.FINISHED: "end",
}


def is_key(text: str) -> bool:
    """Return whether a text could be the key of a board; whatever strangers send is checked before it is looked up."""
    return _KEY.fullmatch(text) is not None


def etag(context: Context, key: str) -> str | None:
    """Return a text that changes whenever the view could; None where there is no such board. Loads no people."""
    row = _find_row(context, key)
    session = context.unit.sessions.find_class(row.id) if row else None
    return f"{session.state!r} {row.revision} {row.ended_at}" if session and row else None


def view(context: Context, key: str) -> BoardView | None:
    """Return what a board shows; None where there is no such board. Loads no people but those of the standings."""
    row = _find_row(context, key)
    live = find_class(context, row.id) if row else None
    if live is None:
        return None
    state, scene = live.session.state, _SCENES[live.session.state.phase]
    code, pupils = live.row.code or "", context.unit.pupils
    top = top_of_class(context, live.session.id, live.names) if scene in ("answer", "end") else Top()
    return BoardView(
        scene=scene,
        language=live.row.language,
        title=context.library.bank.title,
        code=code,
        link=context.links.join(code) if code else "",
        nicknames=pupils.names_here(live.session.id) if scene == "lobby" else (),
        people=pupils.count_here(live.session.id),
        question=_question(live, scene) if scene not in ("lobby", "end") else None,
        answered=state.answered,
        waits=state.phase in (Phase.HELD, Phase.RESTING),
        ends_at=state.ends_at,
        now=context.now,
        answer=_answer(live) if scene == "answer" else None,
        standings=top.standings,
        bonus=state.bonus,
        seconds=state.seconds,
        more=top.more,
    )


def _find_row(context: Context, key: str) -> LiveClassRow | None:
    """Return the room of a board; None where there is none, or its class ended too long ago."""
    row = context.unit.live_classes.by_key(key) if is_key(key) else None
    if row and row.ended_at and context.now - row.ended_at >= SHOWN_AFTER_END:
        return None
    return row


def _question(live: ClassContext, scene: Scene) -> BoardQuestion:
    question, prompt = live.question, live.prompt
    topic = live.context.library.topic(question.topic)
    return BoardQuestion(
        number=live.session.state.round,
        of=len(live.session.state.questions),
        vote=live.session.state.vote,
        topic=topic.title if topic else "",
        stem=question.stem,
        statement=isinstance(prompt, TrueFalsePrompt),
        several=isinstance(prompt, ChoicePrompt) and prompt.several,
        written=prompt.expects if isinstance(prompt, WrittenPrompt) else "",
        unit=prompt.unit if isinstance(prompt, WrittenPrompt) else "",
        options=_options(live, scene),
    )


def _options(live: ClassContext, scene: Scene) -> tuple[BoardOption, ...]:
    prompt, votes = live.prompt, live.row.votes
    if isinstance(prompt, WrittenPrompt):
        return ()
    if isinstance(prompt, TrueFalsePrompt):
        prompt = ChoicePrompt(("true", "false"), (0, 1), (0 if prompt.correct else 1,), several=False)
    texts, order, correct = prompt.options, prompt.order, prompt.correct
    is_closed = scene == "answer"
    first = votes.first if scene == "discussion" or is_closed else ()
    last = votes.last if is_closed else ()
    return tuple(
        BoardOption(text, _at(first, order[place]), _at(last, order[place]), (place in correct) if is_closed else None)
        for place, text in enumerate(texts)
    )


def _at(counts: Sequence[int], option: int) -> int | None:
    return counts[option] if counts else None


def _answer(live: ClassContext) -> BoardAnswer:
    lesson, votes = explain_answer(live.context, live.question), live.row.votes
    return BoardAnswer(
        solution=lesson.solution,
        right=votes.right,
        answered=votes.answered,
        why=lesson.why,
        passage=lesson.passage,
        before=lesson.before,
        quoted=lesson.quoted,
        after=lesson.after,
    )
