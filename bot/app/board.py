"""Board of a live class (the projector page), as plain values without anything that the class must not see yet."""

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

# How long a board shows the final standings. After that, a leaked address reveals no names.
SHOWN_AFTER_END = timedelta(hours=1)
# Generous pattern of a key (bot/core/join_codes.py); a text that does not match is not looked up.
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")

Scene = Literal["lobby", "question", "discussion", "answer", "end"]


@dataclass(frozen=True, slots=True)
class BoardOption:
    """One option of a question.

    Attributes:
        text: its text; ``true`` or ``false`` for a statement (``BoardQuestion.statement``).
        first, last: number of people who chose it in the first and the last vote; None while hidden, and ``first`` is
            None without a discussion.
        right: whether it is right; None while hidden.
    """

    text: str
    first: int | None
    last: int | None
    right: bool | None


@dataclass(frozen=True, slots=True)
class BoardQuestion:
    """The question of the round.

    Attributes:
        number, of: the round and the number of rounds.
        vote: 2 if the question is asked again after a discussion, else 1.
        topic: the title of its topic.
        statement: whether it is a statement that is true or false.
        several: whether several options are right.
        written: what to write, if the answer is written; empty if it is chosen. ``unit`` is the unit of a number.
        options: the options, in a random order; empty if the answer is written.
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
    """The right answer and the sentence of the reading that proves it; shown once the round is closed.

    Attributes:
        solution: the right answer or answers (``true`` or ``false`` for a statement).
        right, answered: number of right answers and of all answers.
        passage: the title of the passage; ``before``, ``quoted`` and ``after`` are the parts of its sentence.
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
    """State of the board at one time.

    Attributes:
        scene: ``lobby`` before the first round, ``question`` while a round is open, ``discussion`` between two votes,
            ``answer`` once the round is closed, ``end`` when the class is over.
        language: the language of the page.
        title: the title of the reading.
        code: the code for joining, as long as pupils can join; ``link`` is the address with the code.
        nicknames: the pupils who are present, in the order of joining; only in the lobby.
        people: number of pupils who are present.
        question: None in the lobby and at the end.
        answered: number of pupils who have answered the open round.
        waits: whether the class waits for the teacher (paused or held).
        ends_at: when the open round ends; None if the teacher ends it.
        now: the time of this state, so that a page whose clock is wrong counts down correctly.
        answer: None while the round is open.
        standings: the top five, once there is a right answer; the podium at the end. ``more`` others share the last
            place shown.
        bonus: whether points are shown beside the number of right answers.
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
    """Return whether a text could be the key of a board; checked before a text from a stranger is looked up."""
    return _KEY.fullmatch(text) is not None


def etag(context: Context, key: str) -> str | None:
    """Return a text that changes whenever the view could; None if there is no such board. Loads no people."""
    row = _find_row(context, key)
    session = context.unit.sessions.find_class(row.id) if row else None
    return f"{session.state!r} {row.revision} {row.ended_at}" if session and row else None


def view(context: Context, key: str) -> BoardView | None:
    """Return what a board shows; None if there is no such board. Loads only the people of the standings."""
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
    """Return the live class of a board; None if there is none, or it ended too long ago."""
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
