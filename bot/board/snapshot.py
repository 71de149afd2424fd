"""Snapshot of a board as JSON. All sentences are translated here, so the page's scripts need no translations.

It leaves out what an open round hides, even if the view contains it.
"""

from typing import Any

from bot.app.board import BoardAnswer, BoardOption, BoardQuestion, BoardView
from bot.board.qr_code import qr_code
from bot.board.ranking import ranking_json
from bot.i18n import LANGUAGES, Texts, nearest_language
from bot.i18n.user_text import without_bidi_controls

Json = dict[str, Any]

# Letters in a group of the code: groups are easier to read aloud.
_CODE_GROUP = 3
# This many names can be read from the last row. If there are more, the newest are shown.
_MAX_NAMES = 40
# One letter for each option that a question may have (bot.core.choices.MOST_OPTIONS).
_LETTERS = "ABCDEFGHIJKL"


def board_snapshot(view: BoardView) -> Json:
    """Convert a view to a snapshot."""
    texts = LANGUAGES[nearest_language(view.language)]
    shown = _question(view, texts) if view.question else {}
    return _common_fields(view, texts) | {view.scene: _SCENES[view.scene](view, texts) | shown}


def _common_fields(view: BoardView, texts: Texts) -> Json:
    """Return the fields of all scenes: title, code for late joiners, state of the round."""
    is_open = view.scene == "question"
    counted = texts.plain("board.answered", answered=view.answered, people=view.people)
    # While the class waits, the countdown is stopped.
    left = (view.ends_at - view.now).total_seconds() if is_open and view.ends_at and not view.waits else None
    return {
        "scene": view.scene,
        "language": texts.code,
        "reading": view.title,
        "announcement": _announcement(view, texts),
        "code": [view.code[start : start + _CODE_GROUP] for start in range(0, len(view.code), _CODE_GROUP)],
        "code_label": texts.plain("board.code"),
        "link": view.link.removeprefix("https://").removeprefix("http://"),
        "answered": counted if is_open else "",
        "waits": texts.plain("board.waits") if view.waits else "",
        "left": left,
        "seconds": view.seconds,
        "time_label": texts.plain("board.time"),
    }


def _announcement(view: BoardView, texts: Texts) -> str:
    """Return the sentence that screen readers announce when the scene changes."""
    if view.question is None:
        return texts.plain("board.join") if view.scene == "lobby" else texts.plain("board.thanks")
    place = _place(view.question, texts)
    if view.scene == "answer" and view.answer:
        return f"{place}. {texts.plain('board.solution')}: {'; '.join(_solution(view.question, view.answer, texts))}."
    if view.scene == "discussion":
        return f"{place}. {texts.plain('board.discussion')}."
    return f"{place}. {view.question.stem}"


def _lobby(view: BoardView, texts: Texts) -> Json:
    hidden = max(len(view.nicknames) - _MAX_NAMES, 0)
    code = qr_code(view.link) | {"label": texts.plain("board.square", link=view.link)} if view.link else None
    return {
        "join": texts.plain("board.join"),
        "how": texts.plain("board.how"),
        "qr_code": code,
        "here": texts.plain("board.here", n=view.people),
        "names": [without_bidi_controls(name) for name in view.nicknames[hidden:]],
        "more": texts.plain("board.more", n=hidden) if hidden else "",
        "empty": texts.plain("board.empty"),
    }


def _no_fields(_view: BoardView, _texts: Texts) -> Json:
    return {}


def _discussion(_view: BoardView, texts: Texts) -> Json:
    return {"title": texts.plain("board.discussion"), "how": texts.plain("board.discussion_how")}


def _answer(view: BoardView, texts: Texts) -> Json:
    ranking = ranking_json(view.standings, view.more, texts, bonus=view.bonus)
    if view.answer is None or view.question is None:
        return {"ranking": ranking}
    answer = view.answer
    return {
        "ranking": ranking,
        "right_word": texts.plain("board.right"),
        "solution_label": texts.plain("board.solution"),
        "solution": _solution(view.question, answer, texts),
        "result": texts.plain("board.result", right=answer.right, answered=answer.answered),
        "why_label": texts.plain("board.why"),
        "why": answer.why,
        "passage_label": texts.plain("board.passage", title=answer.passage),
        "passage": [answer.before, answer.quoted, answer.after],
    }


def _end(view: BoardView, texts: Texts) -> Json:
    return {
        "ranking": ranking_json(view.standings, view.more, texts, bonus=view.bonus),
        "thanks": texts.plain("board.thanks"),
        "over": texts.plain("board.over"),
    }


_SCENES = {"lobby": _lobby, "question": _no_fields, "discussion": _discussion, "answer": _answer, "end": _end}


def _question(view: BoardView, texts: Texts) -> Json:
    question = view.question
    if question is None:
        return {}
    twice = any(option.first is not None for option in question.options)
    votes = [count or 0 for option in question.options for count in (option.first, option.last)]
    return {
        "place": _place(question, texts),
        "topic": question.topic,
        "stem": question.stem,
        "ask": _instruction(question, texts),
        "options": [
            _option(letter, option, view, texts) for letter, option in zip(_LETTERS, question.options, strict=False)
        ],
        # Pupils who voted may have left the class since.
        "pupils": max(view.people, 1, *votes),
        "legend": [texts.plain("board.first_vote"), texts.plain("board.last_vote")] if twice else [],
    }


def _option(letter: str, option: BoardOption, view: BoardView, texts: Texts) -> Json:
    """Return one option. Its correctness and its last votes are included only after the round is closed."""
    statement = view.question is not None and view.question.statement
    shown: Json = {"letter": letter, "text": _option_text(option.text, texts, statement=statement)}
    if view.scene in ("discussion", "answer") and option.first is not None:
        shown["first"] = _votes(option.first, texts)
    if view.scene == "answer":
        shown["right"] = option.right
        if option.last is not None:
            shown["last"] = _votes(option.last, texts)
    return shown


def _votes(number: int, texts: Texts) -> Json:
    return {"number": number, "label": texts.plain("board.votes", n=number)}


def _place(question: BoardQuestion, texts: Texts) -> str:
    place = texts.plain("question.place", round=question.number, of=question.of)
    return f"{place} · {texts.plain('board.second_vote')}" if question.vote > 1 else place


def _instruction(question: BoardQuestion, texts: Texts) -> str:
    """Return the instruction that tells pupils how to answer."""
    if question.written == "number" and question.unit:
        return texts.plain("question.write_number_unit", unit=question.unit)
    if question.written:
        return texts.plain(f"question.write_{question.written}")
    if question.statement:
        return texts.plain("board.statement")
    return texts.plain("question.several") if question.several else texts.plain("board.one")


def _solution(question: BoardQuestion, answer: BoardAnswer, texts: Texts) -> list[str]:
    return [_option_text(text, texts, statement=question.statement) for text in answer.solution]


def _option_text(text: str, texts: Texts, *, statement: bool) -> str:
    """Return the text of an option; the two options of a statement are translated."""
    if not statement:
        return text
    return texts.plain("question.true") if text == "true" else texts.plain("question.false")
