"""The board in a real browser: every scene as people see it and as screen readers announce it."""

import re
from dataclasses import replace

import pytest
from board_site import Site
from board_views import (
    ANSWER,
    ANSWER_AFTER_TWO_VOTES,
    DISCUSSION,
    END,
    KEY,
    LOBBY,
    LONGEST_QUESTION,
    PAUSED,
    QUESTION,
    SOLUTION,
)
from playwright.async_api import expect

from bot.i18n.user_text import isolated

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
HOSTILE = ("<b>bold</b>", "=cmd|' /C calc'!A0", '"><img src=x onerror=alert(1)>', "&lt;script&gt;")


async def test_names_appear_without_reload(site: Site) -> None:
    """The lobby shows each name when its person joins, and the number of people."""
    await site.open_board(replace(LOBBY, nicknames=(), people=0))
    await expect(site.page.locator(".here")).to_contain_text("Names appear here as people join.")
    for count in (1, 2):
        site.boards.set_view(KEY, replace(LOBBY, nicknames=("Aruzhan", "Daniyar")[:count], people=count))
        await expect(site.page.locator(".names li")).to_have_count(count)
    await expect(site.page.locator(".here h2")).to_have_text("2 people are here")


async def test_texts_of_people_are_shown_literally(site: Site) -> None:
    """HTML and formulas in a nickname, a question or an answer are shown as plain text."""
    await site.open_board(replace(LOBBY, title=HOSTILE[2], nicknames=HOSTILE, people=4))
    assert await site.page.locator(".names li").all_text_contents() == list(HOSTILE)
    await expect(site.page.locator("h1")).to_have_text(HOSTILE[2])
    standings = tuple(replace(ANSWER.standings[0], name=name) for name in HOSTILE)
    site.boards.set_view(KEY, replace(ANSWER, standings=standings, answer=replace(SOLUTION, why=HOSTILE[2])))
    await expect(site.page.locator(".why")).to_have_text(HOSTILE[2])
    assert await site.page.locator(".standings .name").all_text_contents() == [isolated(name) for name in HOSTILE]
    assert await site.page.locator("main b, main img").count() == 0


async def test_scenes_change_without_reload(site: Site) -> None:
    """From the lobby to the podium, each scene appears with a heading and an announcement for screen readers."""
    await site.open_board(LOBBY)
    heading, news = site.page.get_by_role("heading", level=1), site.page.locator("#news")
    await expect(heading).to_have_text("Human rights in Kazakhstan")
    stem = "For how long was Kazakhstan elected to the Human Rights Council?"
    for view, title, announced in (
        (QUESTION, stem, f"Question 3 of 10. {stem}"),
        (PAUSED, stem, f"Question 3 of 10. {stem} Waiting for the teacher"),
        (DISCUSSION, stem, "Question 3 of 10. Talk it over."),
        (ANSWER, stem, "Question 3 of 10. The right answer: Three years."),
        (END, "Thank you, everyone!", "Thank you, everyone!"),
    ):
        site.boards.set_view(KEY, view)
        await expect(news).to_have_text(announced)
        await expect(heading).to_have_text(title)
    await expect(news).to_have_attribute("role", "status")


async def test_an_open_round_shows_its_state(site: Site) -> None:
    """An open round shows the number of answers, the time left and the code; a paused round shows no time."""
    await site.open_board(QUESTION)
    bottom = site.page.locator("#bottom")
    await expect(bottom).to_contain_text("5 of 8 have answered")
    await expect(bottom).to_contain_text("KPT4WX")
    await expect(bottom.get_by_role("timer")).to_have_text(re.compile(r"0:2\d"))
    site.boards.set_view(KEY, PAUSED)
    await expect(bottom).to_contain_text("Waiting for the teacher")
    await expect(bottom.get_by_role("timer")).to_have_count(0)


async def test_the_countdown_does_not_depend_on_the_wall_clock(site: Site) -> None:
    """A computer whose clock is years off counts the same seconds, down to zero."""
    await site.page.clock.install(time="1999-01-01T00:00:00Z")
    await site.open_board(QUESTION)
    await site.page.clock.pause_at("1999-01-01T00:00:05Z")
    timer = site.page.get_by_role("timer")
    before = int((await timer.inner_text()).removeprefix("0:"))
    assert 15 <= before <= 24
    await site.page.clock.run_for(10_000)
    await expect(timer).to_have_text(f"0:{before - 10:02}")
    await site.page.clock.run_for(60_000)
    await expect(timer).to_have_text("0:00")


async def test_the_right_answer_is_marked_by_a_word_and_a_shape(site: Site) -> None:
    """A closed round marks the right option by a word and a check mark, and shows the votes of every option."""
    await site.open_board(ANSWER_AFTER_TWO_VOTES)
    right = site.page.locator(".option", has_text="Three years")
    await expect(right.locator(".right-word")).to_have_text("Right")
    await expect(right.locator(".right-word svg")).to_be_visible()
    await expect(site.page.locator(".right-word")).to_have_count(1)
    assert await right.locator(".count .unseen").all_text_contents() == ["3 answers", "6 answers"]
    await expect(site.page.locator("mark")).to_have_text("The term was three years long.")
    widths = [
        round((box or {"width": 0})["width"])
        for box in [await bar.bounding_box() for bar in await right.locator(".filled").all()]
    ]
    assert 0 < widths[0] * 2 == pytest.approx(widths[1], abs=2)


async def test_options_differ_in_shape_as_well_as_colour(site: Site) -> None:
    """Each of twelve options has its own letter and shape."""
    await site.open_board(LONGEST_QUESTION)
    marks = site.page.locator(".mark")
    assert "".join(await marks.locator(".letter").all_text_contents()) == "ABCDEFGHIJKL"
    shapes = await marks.locator("path").evaluate_all("paths => paths.map(path => path.getAttribute('d'))")
    assert len(set(shapes)) == 12


async def test_movements_have_a_text_for_screen_readers(site: Site) -> None:
    """Screen readers get the number of places that a person moved as a text, and ignore the arrow."""
    await site.open_board(ANSWER)
    second = site.page.locator(".standings li").nth(1)
    await expect(second.locator(".movement [aria-hidden]")).to_have_text("▲ 2")
    await expect(second.locator(".movement .unseen")).to_have_text("up 2 places")
    await expect(site.page.locator(".rule")).to_have_text("Ranked by right answers of the questions each one saw.")


async def test_the_podium_is_read_from_the_first_and_drawn_with_the_first_in_the_middle(site: Site) -> None:
    """In the document the first is first; on the screen the first is highest, between the second and the third."""
    await site.open_board(END)
    steps = site.page.locator(".podium li")
    assert await steps.locator(".name").all_text_contents() == [
        isolated(name) for name in ("Aruzhan", "Daniyar", "Madina")
    ]
    first, second, third = [await step.bounding_box() for step in await steps.all()]
    assert first
    assert second
    assert third
    assert second["x"] < first["x"] < third["x"]
    assert first["height"] > second["height"] > third["height"]
