"""Who is not in the group has no part in its quiz: no poll can be forwarded, and the bot asks who new voters are."""

from collections import Counter
from collections.abc import Mapping

import pytest
from bot_in_process import StartBot
from group_buttons import AGAIN, CLOSE, DISCUSS, END, END_YES, FINISH, NEXT, PAUSE, RESUME, START, UNTIMED
from group_chat import GroupChat, plain_text
from learner import Learner, text_of, words
from outsider import Outsider
from sqlalchemy import select
from test_group_trouble import TROUBLES
from whale_bank import bank_of_true_statements

from bot.playground.bot_api import ApiResponse, BotApi
from bot.playground.errors import ActionRefusedError
from bot.playground.faults import FaultKind
from bot.store.answers import ANSWERS

PODIUM = "🥇"


@pytest.fixture
async def group(start_bot: StartBot) -> GroupChat:
    """A group of two pupils whose bot is an administrator, before three statements."""
    made = GroupChat(await start_bot(bank_of_true_statements(3)))
    await made.bot.wait_until_idle()
    await made.does(lambda: made.world.set_member_status(made.id, made.world.bot.id, "administrator"))
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the bot called each method."""
    calls, answer = Counter[str](), BotApi.call

    async def counted(api: BotApi, token: str, method: str, raw: Mapping[str, object]) -> ApiResponse:
        calls[method] += 1
        return await answer(api, token, method, raw)

    monkeypatch.setattr(BotApi, "call", counted)
    return calls


def answered(group: GroupChat) -> list[int]:
    """Return who gave the answers that were kept, in their order."""
    return [row.person_id for row in group.bot.rows(select(ANSWERS).order_by(ANSWERS.c.round, ANSWERS.c.person_id))]


async def test_an_outsider_takes_no_part(group: GroupChat, asked: Counter[str]) -> None:
    """An outsider's votes count in no round, tally, podium or answer, and Telegram is asked about them once."""
    zoe, (ben, _) = Outsider(group), group.pupils
    await zoe.says("/start")
    await group.starts(UNTIMED)
    for number in (1, 2, 3):
        await group.does(zoe.votes)
        await group.vote("+-")
        (revealed,) = await group.leads(CLOSE)
        assert text_of(revealed).startswith(words("group.score", round=number, of=3, right=1, answered=2))
        told = await group.leads(FINISH if number == 3 else NEXT)
    assert f"{PODIUM} Ben · 3 of 3" in text_of(told[0])
    assert "Zoe" not in "".join(map(text_of, group.bot_messages()))
    assert zoe.id not in answered(group)
    assert len(zoe.messages()) == 2
    assert asked["getChatMember"] == 3
    assert ben.id in answered(group)


async def test_the_only_voter_from_outside_leaves_the_round_silent(group: GroupChat) -> None:
    """Where nobody of the group votes, the round is told as one that nobody answered."""
    zoe = Outsider(group)
    await group.starts(UNTIMED)
    await group.does(zoe.votes)
    assert group.state().answered == 0
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.silence", round=1, of=3))


async def test_who_is_known_is_not_asked_about_again(group: GroupChat, asked: Counter[str]) -> None:
    """A voter costs one question in a quiz, however many rounds and votes it has; an administrator costs none."""
    await group.starts(UNTIMED)
    poll = group.poll()
    await group.does(lambda: group.world.vote(group.teacher.id, poll.id, [0]))
    await group.vote("+-")
    await group.leads(DISCUSS)
    await group.leads(AGAIN)
    await group.vote("-+")
    await group.leads(CLOSE)
    await group.leads(NEXT)
    await group.vote("++")
    assert group.state().answered == 2
    assert asked["getChatMember"] == 2


async def test_an_outsider_has_no_part_in_a_discussion(group: GroupChat) -> None:
    """Neither the first vote nor the second of an outsider counts."""
    zoe = Outsider(group)
    await group.starts(UNTIMED)
    await group.vote("-.")
    await group.does(zoe.votes)
    (talked,) = await group.leads(DISCUSS)
    assert " 1 · " in text_of(talked)
    assert " 2 · " not in text_of(talked)
    await group.leads(AGAIN)
    await group.does(zoe.votes)
    await group.vote("+.")
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=1, answered=1))


@pytest.mark.parametrize("status", ["left", "kicked"])
async def test_who_left_the_group_is_an_outsider(group: GroupChat, status: str) -> None:
    """Somebody who left, or was put out, before their first vote does not count."""
    ben, cyd = group.pupils
    await group.starts(UNTIMED)
    poll = group.poll()
    group.cast("..")
    group.world.queue_update("poll_answer", vote_of(group, cyd))
    group.world.set_member_status(group.id, cyd.id, status)  # type: ignore[arg-type] # one of the parameters
    await group.does(lambda: group.world.vote(ben.id, poll.id, [0]))
    assert group.state().answered == 1


def vote_of(group: GroupChat, person: Learner) -> dict[str, object]:
    """Make what Telegram tells of a right vote in the newest poll."""
    poll = group.poll()
    user = {"id": person.id, "is_bot": False, "first_name": "Cyd"}
    return {
        "poll_id": poll.id,
        "user": user,
        "option_ids": list(poll.correct_option_ids),
        "option_persistent_ids": ["x"],
    }


@pytest.mark.usefixtures("no_retry_delays")
@pytest.mark.parametrize("trouble", TROUBLES)
async def test_no_vote_is_lost_where_the_question_about_its_voter_fails(group: GroupChat, trouble: FaultKind) -> None:
    """Whatever happens to that question, it is asked again, and the vote counts, or does not."""
    zoe = Outsider(group)
    await group.starts(UNTIMED)
    group.bot.api.faults.inject("getChatMember", trouble, times=4, retry_after=0)
    await group.does(zoe.votes)
    await group.vote("+-")
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=1, answered=2))


async def test_no_poll_of_a_quiz_can_be_passed_on(group: GroupChat) -> None:
    """Every poll is protected: the first, one of a second vote, one that is put again."""
    await group.starts(UNTIMED)
    await group.leads(DISCUSS)
    await group.leads(AGAIN)
    await group.leads(PAUSE)
    await group.leads(RESUME)
    await group.leads(CLOSE)
    await group.leads(NEXT)
    elsewhere = group.world.create_group("8A", [group.pupils[0].id])
    polls = [message for message in group.bot_messages() if message.content.poll_id]
    assert len(polls) == 2
    for message in polls:
        with pytest.raises(ActionRefusedError, match="protected"):
            group.world.forward(group.pupils[0].id, group.id, message.id, elsewhere.id)


async def test_a_bot_that_cannot_check_says_so_once(start_bot: StartBot) -> None:
    """A bot that is no administrator says in the choice, and nowhere else, that anybody's vote counts."""
    group = GroupChat(await start_bot(bank_of_true_statements(3)))
    zoe = Outsider(group)
    await group.bot.wait_until_idle()
    (setup,) = await group.says(group.teacher, "/quiz")
    unchecked = words("group.unchecked")
    assert text_of(setup).count(unchecked) == 1
    await group.presses(group.teacher, UNTIMED)
    assert text_of(setup).count(unchecked) == 1
    await group.presses(group.teacher, START)
    await group.does(zoe.votes)
    await group.vote("+-")
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=2, answered=3))
    assert unchecked not in "".join(map(text_of, group.bot_messages()))


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
async def test_a_bot_that_can_check_says_nothing_of_it(group: GroupChat, language: str) -> None:
    """An administrator need not warn, in any language."""
    group.teacher.switches(language)
    (setup,) = await group.says(group.teacher, "/quiz")
    assert text_of(setup) == words("group.setup", language)


@pytest.mark.parametrize("leader", ["anonymous", "allowed"])
async def test_whoever_sets_a_quiz_up_is_told(start_bot: StartBot, leader: str) -> None:
    """Who leads without Telegram being asked for administrators gets the same choice as who is one of them."""
    group = GroupChat(await start_bot(bank_of_true_statements(3)))
    await group.bot.wait_until_idle()
    ben = group.pupils[0]
    if leader == "allowed":
        written = group.world.send_text(ben.id, group.id, "May I?")
        await group.says(group.teacher, "/allow", reply_to=written.id)
        group.bot.fire_deadlines_after(hours=1)
        (setup,) = await group.says(ben, "/quiz")
    else:
        (setup,) = await group.says(group.teacher, "/quiz", anonymous=True)
    assert text_of(setup).endswith(words("group.unchecked"))
    await group.does(lambda: group.world.set_member_status(group.id, group.world.bot.id, "administrator"))
    (setup,) = await group.says(group.teacher, "/quiz", anonymous=leader == "anonymous")
    assert text_of(setup) == words("group.setup")


@pytest.mark.parametrize("when", ["before", "chosen", "under way"])
async def test_a_bot_that_becomes_an_administrator_checks_at_once(start_bot: StartBot, when: str) -> None:
    """From the moment of its promotion, whether before the quiz, before Start or in it, the bot checks who is new."""
    group = GroupChat(await start_bot(bank_of_true_statements(3)))
    zoe = Outsider(group)

    async def promote() -> None:
        await group.does(lambda: group.world.set_member_status(group.id, group.world.bot.id, "administrator"))

    if when == "before":
        await promote()
    await group.says(group.teacher, "/quiz")
    await group.presses(group.teacher, UNTIMED)
    if when == "chosen":
        await promote()
    await group.presses(group.teacher, START)
    if when == "under way":
        await promote()
    await group.does(zoe.votes)
    await group.vote("+-")
    assert group.state().answered == 2


async def test_a_bot_that_is_no_administrator_any_more_lets_everybody_vote(group: GroupChat) -> None:
    """Who comes after the bot's demotion counts without a question."""
    await group.starts(UNTIMED)
    zoe = Outsider(group)
    await group.does(lambda: group.world.set_member_status(group.id, group.world.bot.id, "member"))
    await group.does(zoe.votes)
    assert group.state().answered == 1


async def test_a_supergroup_checks_as_its_group_did(group: GroupChat) -> None:
    """After a move who is new is asked about in the new chat; the known stay known, and outsiders out."""
    zoe = Outsider(group)
    await group.starts(UNTIMED)
    await group.does(zoe.votes)
    await group.vote("+.")
    group.id = group.world.migrate_group(group.id).id
    await group.does(lambda: None)
    await group.vote(".+")
    await group.does(zoe.votes)
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=2, answered=2))


async def test_a_check_under_way_is_made_after_a_restart(group: GroupChat) -> None:
    """A bot that ends before it hears whether a voter is in the group asks after its start, and the vote counts."""
    zoe = Outsider(group)
    await group.starts(UNTIMED)
    await group.bot.stop()
    zoe.votes()
    group.cast("+-")
    await group.bot.start()
    await group.does(lambda: None)
    assert group.state().answered == 2


async def test_an_ended_quiz_has_no_outsider(group: GroupChat) -> None:
    """Ending the quiz under an open question counts who is in the group, and nobody else."""
    zoe = Outsider(group)
    await group.starts(UNTIMED)
    await group.does(zoe.votes)
    await group.vote("+.")
    await group.leads(END)
    *_, result = await group.leads(END_YES)
    assert words("group.people", n=1) in text_of(result)
    assert plain_text("group.people", n=2) not in text_of(result)


async def test_hundreds_of_newcomers_cost_one_question_each_and_no_message(
    start_bot: StartBot, asked: Counter[str]
) -> None:
    """However many vote for the first time, each is asked about once, and the group is sent nothing for it."""
    group = GroupChat(await start_bot(bank_of_true_statements(2)), map(str, range(300)))
    group.world.set_member_status(group.id, group.world.bot.id, "administrator")
    await group.starts(UNTIMED)
    sent = group.sent["sent"]
    await group.vote("+-" * 150)
    assert (group.state().answered, asked["getChatMember"]) == (300, 300)
    await group.leads(CLOSE)
    await group.leads(NEXT)
    await group.vote("-+" * 150)
    assert (group.state().answered, asked["getChatMember"]) == (300, 300)
    assert group.sent["sent"] == sent + 2
