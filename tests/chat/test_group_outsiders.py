"""People outside a group have no part in its quiz: polls cannot be forwarded, and the bot checks new voters."""

from collections import Counter
from collections.abc import Mapping

import pytest
from bot_in_process import StartBot
from group_buttons import AGAIN, CLOSE, DISCUSS, END, END_YES, FINISH, NEXT, PAUSE, RESUME, START, UNTIMED
from group_chat import GroupChat, plain_text
from learner import Learner, text_of, words
from outsider import Outsider
from sqlalchemy import select
from test_group_faults import FAULTS
from whale_bank import bank_of_true_statements

from bot.playground.bot_api import ApiResponse, BotApi
from bot.playground.errors import ActionRefusedError
from bot.playground.faults import FaultKind
from bot.store.answers import ANSWERS

PODIUM = "🥇"


@pytest.fixture
async def group(start_bot: StartBot) -> GroupChat:
    """A group of two pupils whose bot is an administrator, and a bank of three statements."""
    chat = GroupChat(await start_bot(bank_of_true_statements(3)))
    await chat.bot.wait_until_idle()
    await chat.does(lambda: chat.world.set_member_status(chat.id, chat.world.bot.id, "administrator"))
    return chat


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """The number of calls of each method of the Bot API."""
    counter, call = Counter[str](), BotApi.call

    async def counted(api: BotApi, token: str, method: str, raw: Mapping[str, object]) -> ApiResponse:
        counter[method] += 1
        return await call(api, token, method, raw)

    monkeypatch.setattr(BotApi, "call", counted)
    return counter


def answer_authors(group: GroupChat) -> list[int]:
    """Return the person id of each stored answer, in order of rounds."""
    return [row.person_id for row in group.bot.rows(select(ANSWERS).order_by(ANSWERS.c.round, ANSWERS.c.person_id))]


async def test_an_outsider_has_no_part_in_the_quiz(group: GroupChat, calls: Counter[str]) -> None:
    """An outsider's votes count in no round, tally, podium or answer, and the bot checks the outsider once."""
    zoe, (ben, _) = Outsider(group), group.pupils
    await zoe.says("/start")
    await group.starts(UNTIMED)
    for number in (1, 2, 3):
        await group.does(zoe.votes)
        await group.vote("+-")
        (revealed,) = await group.leads(CLOSE)
        assert text_of(revealed).startswith(words("group.score", round=number, of=3, right=1, answered=2))
        replies = await group.leads(FINISH if number == 3 else NEXT)
    assert f"{PODIUM} Ben · 3 of 3" in text_of(replies[0])
    assert "Zoe" not in "".join(map(text_of, group.bot_messages()))
    assert zoe.id not in answer_authors(group)
    assert len(zoe.messages()) == 2
    assert calls["getChatMember"] == 3
    assert ben.id in answer_authors(group)


async def test_a_round_with_only_an_outsiders_vote_is_unanswered(group: GroupChat) -> None:
    """A round in which only an outsider votes is reported as one that nobody answered."""
    zoe = Outsider(group)
    await group.starts(UNTIMED)
    await group.does(zoe.votes)
    assert group.state().answered == 0
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.silence", round=1, of=3))


async def test_a_member_is_checked_once_in_a_quiz(group: GroupChat, calls: Counter[str]) -> None:
    """A voter is checked once in a quiz of several rounds and votes; an administrator is never checked."""
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
    assert calls["getChatMember"] == 2


async def test_an_outsider_has_no_part_in_a_discussion(group: GroupChat) -> None:
    """An outsider's vote counts neither before nor after a discussion."""
    zoe = Outsider(group)
    await group.starts(UNTIMED)
    await group.vote("-.")
    await group.does(zoe.votes)
    (discussion,) = await group.leads(DISCUSS)
    assert " 1 · " in text_of(discussion)
    assert " 2 · " not in text_of(discussion)
    await group.leads(AGAIN)
    await group.does(zoe.votes)
    await group.vote("+.")
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=1, answered=1))


@pytest.mark.parametrize("status", ["left", "kicked"])
async def test_a_former_member_is_an_outsider(group: GroupChat, status: str) -> None:
    """The vote of a person who left the group or was removed before it does not count."""
    ben, cyd = group.pupils
    await group.starts(UNTIMED)
    poll = group.poll()
    group.cast("..")
    group.world.queue_update("poll_answer", vote_of(group, cyd))
    group.world.set_member_status(group.id, cyd.id, status)  # type: ignore[arg-type] # one of the parameters
    await group.does(lambda: group.world.vote(ben.id, poll.id, [0]))
    assert group.state().answered == 1


def vote_of(group: GroupChat, person: Learner) -> dict[str, object]:
    """Return a right vote in the newest poll as a PollAnswer of the Bot API."""
    poll = group.poll()
    user = {"id": person.id, "is_bot": False, "first_name": "Cyd"}
    return {
        "poll_id": poll.id,
        "user": user,
        "option_ids": list(poll.correct_option_ids),
        "option_persistent_ids": ["x"],
    }


@pytest.mark.usefixtures("no_retry_delays")
@pytest.mark.parametrize("fault", FAULTS)
async def test_no_vote_is_lost_when_the_membership_check_fails(group: GroupChat, fault: FaultKind) -> None:
    """A membership check that fails is retried, and only a member's vote counts."""
    zoe = Outsider(group)
    await group.starts(UNTIMED)
    group.bot.api.faults.inject("getChatMember", fault, times=4, retry_after=0)
    await group.does(zoe.votes)
    await group.vote("+-")
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=1, answered=2))


async def test_no_poll_of_a_quiz_can_be_forwarded(group: GroupChat) -> None:
    """Every poll is protected: the first, that of a second vote, and one that is sent again."""
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


async def test_a_bot_that_cannot_check_members_says_so_once(start_bot: StartBot) -> None:
    """A bot that is no administrator says in the setup, and nowhere else, that anybody's vote counts."""
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
async def test_a_bot_that_can_check_members_shows_no_warning(group: GroupChat, language: str) -> None:
    """The setup of a bot that is an administrator has no warning, in any language."""
    group.teacher.switches(language)
    (setup,) = await group.says(group.teacher, "/quiz")
    assert text_of(setup) == words("group.setup", language)


@pytest.mark.parametrize("leader", ["anonymous", "allowed"])
async def test_every_leader_sees_the_warning(start_bot: StartBot, leader: str) -> None:
    """An anonymous administrator and an allowed person get the same setup as a named administrator."""
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


@pytest.mark.parametrize("when", ["before the setup", "before the start", "during the quiz"])
async def test_a_bot_that_becomes_an_administrator_checks_members(start_bot: StartBot, when: str) -> None:
    """A bot checks new voters from its promotion on, before the setup, before the start or during the quiz."""
    group = GroupChat(await start_bot(bank_of_true_statements(3)))
    zoe = Outsider(group)

    async def promote() -> None:
        await group.does(lambda: group.world.set_member_status(group.id, group.world.bot.id, "administrator"))

    if when == "before the setup":
        await promote()
    await group.says(group.teacher, "/quiz")
    await group.presses(group.teacher, UNTIMED)
    if when == "before the start":
        await promote()
    await group.presses(group.teacher, START)
    if when == "during the quiz":
        await promote()
    await group.does(zoe.votes)
    await group.vote("+-")
    assert group.state().answered == 2


async def test_a_demoted_bot_counts_every_vote(group: GroupChat) -> None:
    """A new voter after the bot's demotion counts without a check."""
    await group.starts(UNTIMED)
    zoe = Outsider(group)
    await group.does(lambda: group.world.set_member_status(group.id, group.world.bot.id, "member"))
    await group.does(zoe.votes)
    assert group.state().answered == 1


async def test_members_are_checked_in_the_supergroup(group: GroupChat) -> None:
    """After a migration new voters are checked in the new chat; earlier results of checks remain valid."""
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


async def test_a_pending_check_is_made_after_a_restart(group: GroupChat) -> None:
    """A bot that stops before a voter is checked makes the check after its start, and only members' votes count."""
    zoe = Outsider(group)
    await group.starts(UNTIMED)
    await group.bot.stop()
    zoe.votes()
    group.cast("+-")
    await group.bot.start()
    await group.does(lambda: None)
    assert group.state().answered == 2


async def test_an_ended_quiz_counts_no_outsider(group: GroupChat) -> None:
    """A quiz that is ended during a question counts the members of the group only."""
    zoe = Outsider(group)
    await group.starts(UNTIMED)
    await group.does(zoe.votes)
    await group.vote("+.")
    await group.leads(END)
    *_, result = await group.leads(END_YES)
    assert words("group.people", n=1) in text_of(result)
    assert plain_text("group.people", n=2) not in text_of(result)


async def test_hundreds_of_new_voters_cost_one_check_each_and_no_message(
    start_bot: StartBot, calls: Counter[str]
) -> None:
    """Each of 300 new voters is checked once, and no message is sent to the group for it."""
    group = GroupChat(await start_bot(bank_of_true_statements(2)), map(str, range(300)))
    group.world.set_member_status(group.id, group.world.bot.id, "administrator")
    await group.starts(UNTIMED)
    sent = group.sent["sent"]
    await group.vote("+-" * 150)
    assert (group.state().answered, calls["getChatMember"]) == (300, 300)
    await group.leads(CLOSE)
    await group.leads(NEXT)
    await group.vote("-+" * 150)
    assert (group.state().answered, calls["getChatMember"]) == (300, 300)
    assert group.sent["sent"] == sent + 2
