"""Names in a group: namesakes are distinguished, and people without a visible name are called guests."""

from dataclasses import replace

import pytest
from bot_in_process import StartBot
from group_buttons import CLOSE, FINISH, NEXT
from group_chat import GroupChat, plain_text
from learner import Learner, raw_text_of
from sqlalchemy import select
from whale_bank import bank_of_true_statements

from bot.board.snapshot import board_snapshot
from bot.store.live_classes import LIVE_CLASSES


def named_in(text: str) -> list[str]:
    """Return the names of a text, which stand between isolates, in their order."""
    return [part.split("\u2069")[0] for part in text.split("\u2068")[1:]]


def set_surnames(group: GroupChat, *surnames: str) -> None:
    """Set the surnames of the pupils; an empty string stands for no surname."""
    for pupil, last in zip(group.pupils, surnames, strict=True):
        group.world.people[pupil.id] = replace(group.world.people[pupil.id], last_name=last)


async def test_namesakes_are_distinguished_everywhere(start_bot: StartBot) -> None:
    """Standings, the podium, the teacher's summary and the board distinguish namesakes by initials or numbers."""
    group = GroupChat(await start_bot(bank_of_true_statements(4)), ("Алихан",) * 4)
    set_surnames(group, "Ким", "Нурланов", "", "")
    await group.teacher.says("/start")
    await group.starts(plain_text("group.untimed"))
    names = ["Алихан К.", "Алихан Н.", "Алихан", "Алихан 2"]
    for number in range(4):
        await group.vote("++++")
        (reply,) = await group.leads(CLOSE)
        if number == 2:
            assert named_in(raw_text_of(reply)) == names
        if number < 3:
            await group.leads(NEXT)
    (result,) = await group.leads(FINISH)
    assert named_in(raw_text_of(result)) == names
    assert named_in(raw_text_of(group.teacher.messages()[-1])) == names
    ((key,),) = group.bot.rows(select(LIVE_CLASSES.c.key))
    board = group.bot.service.board(key)
    assert board
    assert [one.name for one in board.standings] == names
    rows = board_snapshot(board)["end"]["ranking"]["rows"]
    assert [named_in(row["name"]) for row in rows] == [[name] for name in names]


@pytest.mark.parametrize(("language", "guest"), [("en", "Guest"), ("ru", "Гость"), ("kk", "Қонақ")])
async def test_a_person_without_a_visible_name_is_a_guest(start_bot: StartBot, language: str, guest: str) -> None:
    """A person whose name is invisible is shown as a numbered guest, in the language of the reader."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)), ("\u3164", "Ben", "\u2800\u202e"))
    group.teacher.world.people[group.teacher.id] = replace(
        group.teacher.world.people[group.teacher.id], language_code=language
    )
    await group.teacher.says("/start")
    await group.starts_in(language)
    await group.vote("+++")
    await group.leads(plain_text("control.close", language))
    (result,) = await group.leads(plain_text("control.finish", language))
    assert named_in(raw_text_of(result)) == [f"{guest} 1", "Ben", f"{guest} 3"]
    assert f"\u2068{guest} 1\u2069" in raw_text_of(group.teacher.messages()[-1])


async def test_a_name_cannot_change_the_text_around_it(start_bot: StartBot) -> None:
    """Directional overrides are removed, right-to-left names are isolated, and a name like a mention is no link."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)), ("\u202eneB", "אבי", "@durov"))
    await group.starts()
    await group.vote("+++")
    await group.leads(CLOSE)
    (result,) = await group.leads(FINISH)
    assert named_in(raw_text_of(result)) == ["neB", "אבי", "@\u2060durov"]
    assert result.content.text
    assert [one.type for one in result.content.text.entities if one.type in ("mention", "url", "bot_command")] == []


async def test_a_person_without_a_visible_name_is_greeted_as_a_guest(start_bot: StartBot) -> None:
    """The greeting of a person with an invisible name calls them a guest."""
    person = Learner((await start_bot(bank_of_true_statements(1))), "\u3164")
    (hello,) = await person.says("/start")
    assert named_in(raw_text_of(hello)) == ["Guest 1"]
