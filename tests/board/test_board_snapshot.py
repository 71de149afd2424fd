"""Snapshots: their content in every scene and language, and what they must not contain."""

import json
import re
from dataclasses import replace

import pytest
import segno
from board_views import (
    ANSWER,
    ANSWER_AFTER_TWO_VOTES,
    ASKED,
    DISCUSSION,
    END,
    LOBBY,
    MULTILINE,
    NAMES,
    QUESTION,
    SCENES,
    STANDINGS,
    STATEMENT,
    TIED,
    WRITTEN,
    WRITTEN_ANSWER,
)

from bot.app.board import BoardOption, BoardView
from bot.board.qr_code import qr_code
from bot.board.snapshot import board_snapshot
from bot.core.choices import MOST_OPTIONS
from bot.i18n import LANGUAGES


def keys_in(value: object) -> set[str]:
    """Return the keys of a JSON value at all depths."""
    if isinstance(value, dict):
        return set(value) | {key for one in value.values() for key in keys_in(one)}
    return {key for one in value for key in keys_in(one)} if isinstance(value, list) else set()


@pytest.mark.parametrize("language", [*LANGUAGES, "de"])
@pytest.mark.parametrize("view", SCENES.values(), ids=SCENES)
def test_every_scene_is_translated_into_every_language(view: BoardView, language: str) -> None:
    """Each scene is valid JSON in the language of the view, or in English if that language is unknown."""
    snapshot = board_snapshot(replace(view, language=language))
    assert json.loads(json.dumps(snapshot)) == snapshot
    assert snapshot["language"] == (language if language in LANGUAGES else "en")
    assert set(snapshot) & {"lobby", "question", "discussion", "answer", "end"} == {view.scene}


@pytest.mark.parametrize("view", [QUESTION, STATEMENT, WRITTEN, DISCUSSION])
def test_the_snapshot_of_an_open_round_has_no_solution(view: BoardView) -> None:
    """The snapshot of an open round has no field that could reveal the right answer."""
    secret = {"right", "last", "solution", "result", "why", "passage", "ranking"}
    assert keys_in(board_snapshot(view)) & secret == set()
    assert keys_in(board_snapshot(ANSWER)) >= secret


@pytest.mark.parametrize("closed", [ANSWER, ANSWER_AFTER_TWO_VOTES, WRITTEN_ANSWER])
@pytest.mark.parametrize("scene", ["question", "discussion"])
def test_a_view_with_secrets_reveals_nothing(closed: BoardView, scene: str) -> None:
    """The snapshot of an open round is the same, even if the view contains the answer and the last vote."""
    assert closed.question
    hidden = tuple(replace(option, right=None, last=None) for option in closed.question.options)
    careful = replace(closed, answer=None, standings=(), question=replace(closed.question, options=hidden))
    snapshots = [board_snapshot(replace(view, scene=scene)) for view in (closed, careful)]  # type: ignore[arg-type]
    assert snapshots[0] == snapshots[1]


def test_the_first_vote_is_shown_in_the_discussion_but_not_during_the_second_vote() -> None:
    """The votes of the first vote are shown in the discussion, but hidden while the second vote is open."""
    options = board_snapshot(DISCUSSION)["discussion"]["options"]
    assert [option["first"]["number"] for option in options] == [1, 3, 3, 1]
    second = board_snapshot(replace(DISCUSSION, scene="question"))
    assert "first" not in keys_in(second)


def test_the_answer_is_in_the_snapshot_of_a_closed_round() -> None:
    """A closed round has its votes, the right option, the explanation, and the passage in three parts."""
    part = board_snapshot(ANSWER)["answer"]
    assert [option["last"]["number"] for option in part["options"]] == [1, 1, 6, 0]
    assert [option["right"] for option in part["options"]] == [False, False, True, False]
    assert (part["solution"], part["result"]) == (["Three years"], "Right answers: 6 of 8")
    assert part["passage"][1] == "The term was three years long."


def test_the_options_of_a_statement_are_translated() -> None:
    """True and false are in the language of the board, in the options and in the answer."""
    assert STATEMENT.question
    assert ANSWER.answer
    answer = replace(ANSWER.answer, solution=("false",))
    snapshot = board_snapshot(replace(STATEMENT, scene="answer", language="ru", answer=answer))["answer"]
    assert [option["text"] for option in snapshot["options"]] == ["Правда", "Неправда"]
    assert snapshot["solution"] == ["Неправда"]


def test_an_option_called_true_is_not_translated_in_other_questions() -> None:
    """Only the options of a statement are translated."""
    named = replace(ASKED, options=(BoardOption("true", None, None, None),))
    snapshot = board_snapshot(replace(QUESTION, language="ru", question=named))
    assert snapshot["question"]["options"][0]["text"] == "true"


def test_every_option_has_a_letter() -> None:
    """The maximal number of options are shown, each with its own letter."""
    most = replace(ASKED, options=tuple(BoardOption(str(number), None, None, None) for number in range(MOST_OPTIONS)))
    options = board_snapshot(replace(QUESTION, question=most))["question"]["options"]
    assert len({option["letter"] for option in options}) == len(options) == MOST_OPTIONS


@pytest.mark.parametrize(
    ("change", "left"), [({}, 24.0), ({"ends_at": None}, None), ({"waits": True}, None), ({"scene": "answer"}, None)]
)
def test_a_snapshot_has_the_seconds_left(change: dict[str, object], left: float | None) -> None:
    """The snapshot has the seconds left instead of a time of day, and None while no countdown runs."""
    assert board_snapshot(replace(QUESTION, **change))["left"] == left  # type: ignore[arg-type]


def test_the_newest_names_are_shown_and_the_others_counted() -> None:
    """If there are more names than a projector can show, the newest are shown and the others are counted."""
    many = tuple(f"{name} {number}" for number in range(6) for name in NAMES)
    part = board_snapshot(replace(LOBBY, nicknames=many, people=len(many)))["lobby"]
    assert part["names"] == list(many[8:])
    assert (part["more"], part["here"]) == ("and 8 more", "48 people are here")


def test_a_class_without_a_code_shows_no_square() -> None:
    """Without a link to join there is neither a code nor a QR code."""
    snapshot = board_snapshot(replace(LOBBY, code="", link=""))
    assert (snapshot["code"], snapshot["link"], snapshot["lobby"]["qr_code"]) == ([], "", None)


def test_the_code_is_split_into_groups_of_three() -> None:
    """The code is split into groups of three letters, which are easier to read aloud."""
    assert board_snapshot(LOBBY)["code"] == ["KPT", "4WX"]


def test_the_standings_contain_the_rule_and_the_movements() -> None:
    """Each movement is a number and a text, and the ranking rule is another one with bonus points."""
    ranking = board_snapshot(ANSWER)["answer"]["ranking"]
    assert [(row["rank"], row["up"], row["movement"]) for row in ranking["rows"]] == [
        (1, 0, "same place"),
        (2, 2, "up 2 places"),
        (3, -1, "down 1 place"),
        (3, -1, "down 1 place"),
        (5, 0, "same place"),
    ]
    assert [row["score"] for row in ranking["rows"]] == ["3 of 3", "3 of 3", "2 of 3", "2 of 3", "1 of 2"]
    with_bonus = board_snapshot(replace(ANSWER, bonus=True))["answer"]["ranking"]
    assert ranking["rule"] != with_bonus["rule"]
    assert [row["points"] for row in with_bonus["rows"]] == [f"{standing.points} points" for standing in STANDINGS]


def test_the_square_is_the_code_of_the_link() -> None:
    """Drawn on a grid, the path is the QR code of the link with its quiet zone."""
    code = qr_code(LOBBY.link)
    grid = [[0] * code["size"] for _ in range(code["size"])]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", code["path"]):
        grid[int(y)][int(x) : int(x) + int(width)] = [1] * int(width)
    assert grid == [list(row) for row in segno.make_qr(LOBBY.link, error="m").matrix_iter()]


def test_a_second_vote_is_named() -> None:
    """The line above a question says "Second vote" when the question is asked again after a discussion."""
    again = replace(QUESTION, question=replace(ASKED, vote=2))
    assert "Second vote" in board_snapshot(again)["question"]["place"]
    assert "Second vote" not in board_snapshot(QUESTION)["question"]["place"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_others_who_share_the_last_place_are_counted(language: str) -> None:
    """If more than five people share a place, the others are counted in every language."""
    for scene, view in (("answer", TIED), ("end", replace(END, more=3))):
        ranking = board_snapshot(replace(view, language=language))[scene]["ranking"]
        assert len(ranking["rows"]) == 5
        assert ranking["more"] == LANGUAGES[language].plain("board.more", n=3)
        assert board_snapshot(replace(view, more=0))[scene]["ranking"]["more"] == ""


@pytest.mark.parametrize("people", [1, 5])
@pytest.mark.parametrize("view", [ANSWER, END])
def test_nobody_is_shown_without_a_right_answer(view: BoardView, people: int) -> None:
    """There is no ranking without a right answer, even if the view contains one."""
    nobody = tuple(replace(one, rank=1, right=0, points=0) for one in STANDINGS[:people])
    assert board_snapshot(replace(view, standings=nobody, more=7))[view.scene]["ranking"] is None


@pytest.mark.parametrize(("people", "pupils"), [(8, 8), (30, 30), (5, 6), (0, 6)])
def test_the_longest_bar_is_all_pupils(people: int, pupils: int) -> None:
    """The full width of a bar is the number of pupils, or that of the votes if some of the voters have left."""
    assert board_snapshot(replace(ANSWER, people=people))["answer"]["pupils"] == pupils
    assert board_snapshot(replace(ANSWER_AFTER_TWO_VOTES, people=people))["answer"]["pupils"] == pupils


def test_the_longest_bar_is_never_zero() -> None:
    """The full width of a bar is one in a round without pupils and votes."""
    nobody = replace(ANSWER, people=0, question=replace(ASKED, options=()))
    assert board_snapshot(nobody)["answer"]["pupils"] == 1


def test_line_breaks_are_kept() -> None:
    """Line breaks and spaces of a stem and of options are in the snapshot as the author wrote them."""
    shown = board_snapshot(MULTILINE)["question"]
    assert shown["stem"] == "Roses are red,\n  violets are blue.\nWhat rhymes?"
    assert shown["options"][0]["text"] == "One\ntwo"


def test_names_do_not_change_the_text_direction_of_a_board() -> None:
    """Bidirectional controls are removed from names, and names in the standings are isolated."""
    hostile = ("\u202eevil", "evil\u2069", "\u2067evil")
    lobby = board_snapshot(replace(LOBBY, nicknames=hostile))["lobby"]
    assert lobby["names"] == ["evil"] * 3
    standings = tuple(replace(STANDINGS[0], name=name) for name in hostile)
    for view in (ANSWER, END):
        part = board_snapshot(replace(view, standings=standings))[view.scene]
        assert [row["name"] for row in part["ranking"]["rows"]] == ["\u2068evil\u2069"] * 3
