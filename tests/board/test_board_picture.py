"""Pictures: what leaves the server, in whose words, and what does not leave it."""

import json
import re
from dataclasses import replace

import pytest
import segno
from board_views import (
    ANSWER,
    ASKED,
    DISCUSSION,
    END,
    IN_LINES,
    LOBBY,
    NAMES,
    QUESTION,
    SCENES,
    STANDINGS,
    STATEMENT,
    TIED,
    TWICE,
    WRITTEN,
    WRITTEN_ANSWER,
)

from bot.app.board import BoardOption, BoardView
from bot.board.picture import picture_of
from bot.board.square import square_of
from bot.core.choices import MOST_OPTIONS
from bot.i18n import LANGUAGES


def keys_in(value: object) -> set[str]:
    """Give every key at any depth."""
    if isinstance(value, dict):
        return set(value) | {key for one in value.values() for key in keys_in(one)}
    return {key for one in value for key in keys_in(one)} if isinstance(value, list) else set()


@pytest.mark.parametrize("language", [*LANGUAGES, "de"])
@pytest.mark.parametrize("view", SCENES.values(), ids=SCENES)
def test_every_scene_is_put_into_every_language(view: BoardView, language: str) -> None:
    """Each scene is JSON with its words; an unknown language is answered in the reference."""
    picture = picture_of(replace(view, language=language))
    assert json.loads(json.dumps(picture)) == picture
    assert picture["language"] == (language if language in LANGUAGES else "en")
    assert set(picture) & {"lobby", "question", "discussion", "answer", "end"} == {view.scene}


@pytest.mark.parametrize("view", [QUESTION, STATEMENT, WRITTEN, DISCUSSION])
def test_an_open_round_is_pictured_without_its_answer(view: BoardView) -> None:
    """No field that could tell what is right is in the picture of an open round."""
    told = {"right", "last", "solution", "result", "why", "passage", "ranking"}
    assert keys_in(picture_of(view)) & told == set()
    assert keys_in(picture_of(ANSWER)) >= told


@pytest.mark.parametrize("closed", [ANSWER, TWICE, WRITTEN_ANSWER])
@pytest.mark.parametrize("scene", ["question", "discussion"])
def test_a_careless_view_gives_nothing_away(closed: BoardView, scene: str) -> None:
    """Even if a view of an open round held the answer and the last vote, the picture would be the same without."""
    assert closed.question
    hidden = tuple(replace(option, right=None, last=None) for option in closed.question.options)
    careful = replace(closed, answer=None, standings=(), question=replace(closed.question, options=hidden))
    pictures = [picture_of(replace(view, scene=scene)) for view in (closed, careful)]  # type: ignore[arg-type]
    assert pictures[0] == pictures[1]


def test_the_first_vote_is_shown_while_it_is_discussed_but_not_voted_on_again() -> None:
    """The tally of the first vote belongs to the discussion and the answer."""
    options = picture_of(DISCUSSION)["discussion"]["options"]
    assert [option["first"]["number"] for option in options] == [1, 3, 3, 1]
    second = picture_of(replace(DISCUSSION, scene="question"))
    assert "first" not in keys_in(second)


def test_the_answer_is_told_once_the_round_is_closed() -> None:
    """The closed round has its tally, the right option, the explanation and the passage in three pieces."""
    part = picture_of(ANSWER)["answer"]
    assert [option["last"]["number"] for option in part["options"]] == [1, 1, 6, 0]
    assert [option["right"] for option in part["options"]] == [False, False, True, False]
    assert (part["solution"], part["result"]) == (["Three years"], "Right answers: 6 of 8")
    assert part["passage"][1] == "The term was three years long."


def test_a_statement_is_worded_by_the_page() -> None:
    """True and false are said in the language of the board, in the options and in the answer."""
    assert STATEMENT.question
    assert ANSWER.answer
    answer = replace(ANSWER.answer, solution=("false",))
    picture = picture_of(replace(STATEMENT, scene="answer", language="ru", answer=answer))["answer"]
    assert [option["text"] for option in picture["options"]] == ["Правда", "Неправда"]
    assert picture["solution"] == ["Неправда"]


def test_an_option_called_true_is_left_alone_in_other_questions() -> None:
    """Only the options of a statement are the page's own words."""
    named = replace(ASKED, options=(BoardOption("true", None, None, None),))
    picture = picture_of(replace(QUESTION, language="ru", question=named))
    assert picture["question"]["options"][0]["text"] == "true"


def test_every_option_has_a_letter() -> None:
    """As many options as a question may have are shown, each under its own letter."""
    most = replace(ASKED, options=tuple(BoardOption(str(number), None, None, None) for number in range(MOST_OPTIONS)))
    options = picture_of(replace(QUESTION, question=most))["question"]["options"]
    assert len({option["letter"] for option in options}) == len(options) == MOST_OPTIONS


@pytest.mark.parametrize(
    ("change", "left"), [({}, 24.0), ({"ends_at": None}, None), ({"waits": True}, None), ({"scene": "answer"}, None)]
)
def test_time_is_given_as_what_is_left_of_it(change: dict[str, object], left: float | None) -> None:
    """The page is told seconds and no time of day, and none while nothing runs out."""
    assert picture_of(replace(QUESTION, **change))["left"] == left  # type: ignore[arg-type]


def test_the_newest_names_of_many_are_shown() -> None:
    """Of more names than a projector can show, the newest are shown and the others counted."""
    many = tuple(f"{name} {number}" for number in range(6) for name in NAMES)
    part = picture_of(replace(LOBBY, nicknames=many, people=len(many)))["lobby"]
    assert part["names"] == list(many[8:])
    assert (part["more"], part["here"]) == ("and 8 more", "48 people are here")


def test_a_class_without_a_code_shows_no_square() -> None:
    """Where nobody can join over a link, there is neither code nor square."""
    picture = picture_of(replace(LOBBY, code="", link=""))
    assert (picture["code"], picture["link"], picture["lobby"]["square"]) == ([], "", None)


def test_the_code_is_given_in_groups_of_three() -> None:
    """A code is easier to read and to say in groups."""
    assert picture_of(LOBBY)["code"] == ["KPT", "4WX"]


def test_the_standings_say_how_people_are_ranked_and_how_they_moved() -> None:
    """Movement is a number and words; the rule is told, and with a bonus it is another."""
    ranking = picture_of(ANSWER)["answer"]["ranking"]
    assert [(row["rank"], row["up"], row["movement"]) for row in ranking["rows"]] == [
        (1, 0, "same place"),
        (2, 2, "up 2 places"),
        (3, -1, "down 1 place"),
        (3, -1, "down 1 place"),
        (5, 0, "same place"),
    ]
    assert [row["score"] for row in ranking["rows"]] == ["3 of 3", "3 of 3", "2 of 3", "2 of 3", "1 of 2"]
    with_bonus = picture_of(replace(ANSWER, bonus=True))["answer"]["ranking"]
    assert ranking["rule"] != with_bonus["rule"]
    assert [row["points"] for row in with_bonus["rows"]] == [f"{standing.points} points" for standing in STANDINGS]


def test_the_square_is_the_code_of_the_link() -> None:
    """Painted on a grid, the path is the QR code with its quiet zone."""
    square = square_of(LOBBY.link)
    grid = [[0] * square["size"] for _ in range(square["size"])]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", square["path"]):
        grid[int(y)][int(x) : int(x) + int(width)] = [1] * int(width)
    assert grid == [list(row) for row in segno.make_qr(LOBBY.link, error="m").matrix_iter()]


def test_a_second_vote_is_called_so() -> None:
    """Where a question is asked again after a discussion, its place says that this is the second vote."""
    again = replace(QUESTION, question=replace(ASKED, vote=2))
    assert "Second vote" in picture_of(again)["question"]["place"]
    assert "Second vote" not in picture_of(QUESTION)["question"]["place"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_shares_the_last_place_is_counted(language: str) -> None:
    """Beside five who share a place stands how many more do, in every language; where all are shown, nothing does."""
    for scene, view in (("answer", TIED), ("end", replace(END, more=3))):
        ranking = picture_of(replace(view, language=language))[scene]["ranking"]
        assert len(ranking["rows"]) == 5
        assert ranking["more"] == LANGUAGES[language].plain("board.more", n=3)
        assert picture_of(replace(view, more=0))[scene]["ranking"]["more"] == ""


@pytest.mark.parametrize("people", [1, 5])
@pytest.mark.parametrize("view", [ANSWER, END])
def test_nobody_is_shown_without_a_right_answer(view: BoardView, people: int) -> None:
    """Even if a view ranked people first of whom nobody was right, the picture would not show them."""
    nobody = tuple(replace(one, rank=1, right=0, points=0) for one in STANDINGS[:people])
    assert picture_of(replace(view, standings=nobody, more=7))[view.scene]["ranking"] is None


@pytest.mark.parametrize(("people", "pupils"), [(8, 8), (30, 30), (5, 6), (0, 6)])
def test_the_longest_bar_is_all_pupils(people: int, pupils: int) -> None:
    """Bars are measured against those who are here, or against the votes where some who voted have left."""
    assert picture_of(replace(ANSWER, people=people))["answer"]["pupils"] == pupils
    assert picture_of(replace(TWICE, people=people))["answer"]["pupils"] == pupils


def test_nothing_is_measured_where_nobody_is() -> None:
    """A round without pupils and votes has bars of nothing."""
    nobody = replace(ANSWER, people=0, question=replace(ASKED, options=()))
    assert picture_of(nobody)["answer"]["pupils"] == 1


def test_lines_stay_lines() -> None:
    """Line breaks and spaces of a stem and of options are in the picture as the author wrote them."""
    shown = picture_of(IN_LINES)["question"]
    assert shown["stem"] == "Roses are red,\n  violets are blue.\nWhat rhymes?"
    assert shown["options"][0]["text"] == "One\ntwo"


def test_names_turn_nothing_on_a_board() -> None:
    """A name is isolated beside its score, and alone in the lobby; overrides of direction leave the server nowhere."""
    turning = ("\u202eevil", "evil\u2069", "\u2067evil")
    lobby = picture_of(replace(LOBBY, nicknames=turning))["lobby"]
    assert lobby["names"] == ["evil"] * 3
    standings = tuple(replace(STANDINGS[0], name=name) for name in turning)
    for view in (ANSWER, END):
        part = picture_of(replace(view, standings=standings))[view.scene]
        assert [row["name"] for row in part["ranking"]["rows"]] == ["\u2068evil\u2069"] * 3
