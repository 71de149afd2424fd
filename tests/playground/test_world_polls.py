"""Polls: Telegram's rules of voting, and what each person sees."""

import pytest
from small_world import Caller, Clock

from bot.playground.errors import ActionRefusedError
from bot.playground.world import Person, World

QUIZ = {
    "question": "Which?",
    "options": [{"text": "red"}, {"text": "blue"}, {"text": "green"}],
    "type": "quiz",
    "correct_option_ids": [1],
    "is_anonymous": False,
    "explanation": "Because.",
}


async def send(call: Caller, chat_id: int, **changed: object) -> str:
    """Send the quiz poll with changed parameters; return its id."""
    message = await call.get("sendPoll", chat_id=chat_id, **(QUIZ | changed))
    return str(message["poll"]["id"])


async def test_a_vote_reaches_the_bot(call: Caller, world: World, greeted: int) -> None:
    """A vote becomes a poll_answer with user and persistent ids, and a poll with the new vote counts."""
    poll_id = await send(call, greeted)
    world.vote(greeted, poll_id, [1])
    answer, tally = await call.updates()
    option = world.polls[poll_id].options[1]
    assert answer["poll_answer"]["poll_id"] == poll_id
    assert answer["poll_answer"]["user"]["id"] == greeted
    assert answer["poll_answer"]["option_ids"] == [1]
    assert answer["poll_answer"]["option_persistent_ids"] == [option.persistent_id]
    assert "chat" not in answer["poll_answer"]
    assert [option["voter_count"] for option in tally["poll"]["options"]] == [0, 1, 0]
    assert tally["poll"]["total_voter_count"] == 1


async def test_an_anonymous_vote_has_no_poll_answer(call: Caller, world: World, greeted: int) -> None:
    """Polls are anonymous by default, and votes in them have no poll_answer."""
    message = await call.get("sendPoll", chat_id=greeted, question="Q", options=[{"text": "a"}])
    world.vote(greeted, message["poll"]["id"], [0])
    assert [set(update) - {"update_id"} for update in await call.updates()] == [{"poll"}]


async def test_a_quiz_allows_one_vote(call: Caller, world: World, greeted: int) -> None:
    """In a quiz a second vote and a retraction are refused, and the first vote stays."""
    poll_id = await send(call, greeted)
    world.vote(greeted, poll_id, [0])
    with pytest.raises(ActionRefusedError, match="does not allow changing"):
        world.vote(greeted, poll_id, [1])
    with pytest.raises(ActionRefusedError, match="does not allow changing"):
        world.retract_vote(greeted, poll_id)
    assert world.polls[poll_id].votes == {greeted: (0,)}


async def test_revoting_and_retracting_where_allowed(call: Caller, world: World, greeted: int) -> None:
    """With allows_revoting a vote can be changed and retracted; a retraction has no options."""
    poll_id = await send(call, greeted, allows_revoting=True)
    world.vote(greeted, poll_id, [0])
    world.vote(greeted, poll_id, [2])
    world.retract_vote(greeted, poll_id)
    answers = [update["poll_answer"]["option_ids"] for update in await call.updates() if "poll_answer" in update]
    assert answers == [[0], [2], []]
    with pytest.raises(ActionRefusedError, match="no vote"):
        world.retract_vote(greeted, poll_id)


@pytest.mark.parametrize("options", [[], [3], [-1], [0, 0], [0, 1]])
async def test_impossible_votes_are_refused(call: Caller, world: World, greeted: int, options: list[int]) -> None:
    """A vote without options, with an unknown or a repeated option, or with two in a single-answer poll is refused."""
    poll_id = await send(call, greeted)
    with pytest.raises(ActionRefusedError):
        world.vote(greeted, poll_id, options)
    assert world.polls[poll_id].votes == {}
    assert await call.updates() == []


async def test_several_options_arrive_in_order(call: Caller, world: World, greeted: int) -> None:
    """A vote for several options lists them in the bot's order, not in the order of choosing."""
    poll_id = await send(call, greeted, correct_option_ids=[0, 2], allows_multiple_answers=True)
    world.vote(greeted, poll_id, [2, 0])
    assert (await call.updates())[0]["poll_answer"]["option_ids"] == [0, 2]


async def test_a_stopped_poll_refuses_votes(call: Caller, world: World, greeted: int) -> None:
    """A stopped poll refuses votes and a second stopPoll."""
    poll_id = await send(call, greeted)
    message_id = world.polls[poll_id].sent_in[1]
    stopped = await call.get("stopPoll", chat_id=greeted, message_id=message_id)
    assert stopped["is_closed"]
    with pytest.raises(ActionRefusedError, match="closed"):
        world.vote(greeted, poll_id, [1])
    refusal = await call.refusal("stopPoll", chat_id=greeted, message_id=message_id)
    assert refusal == (400, "Bad Request: poll has already been closed")


async def test_a_poll_closes_when_its_time_is_over(call: Caller, world: World, greeted: int, clock: Clock) -> None:
    """After open_period the poll refuses votes, stopPoll fails, and the bot gets no update."""
    poll_id = await send(call, greeted, open_period=5)
    clock.pass_seconds(4.9)
    assert world.poll_view(poll_id, greeted).can_vote
    clock.pass_seconds(0.1)
    with pytest.raises(ActionRefusedError, match="closed"):
        world.vote(greeted, poll_id, [1])
    message_id = world.polls[poll_id].sent_in[1]
    assert (await call.refusal("stopPoll", chat_id=greeted, message_id=message_id))[1].endswith("already been closed")
    assert await call.updates() == []


async def test_a_poll_closes_at_its_close_date(call: Caller, world: World, greeted: int, clock: Clock) -> None:
    """A poll is closed at its close_date, and subscribers get an event."""
    poll_id = await send(call, greeted, close_date=int(clock().timestamp()) + 60)
    seen = []
    world.subscribe(lambda change: seen.append((change.kind, change.message_id)))
    clock.pass_seconds(60)
    world.close_due_polls()
    world.close_due_polls()
    assert world.polls[poll_id].is_closed
    assert seen == [("poll", world.polls[poll_id].sent_in[1])]


async def test_results_are_visible_after_the_vote(call: Caller, world: World, greeted: int) -> None:
    """A person sees right options, explanation and vote counts only after their own vote."""
    poll_id = await send(call, greeted)
    before = world.poll_view(poll_id, greeted)
    assert (before.chosen, before.correct_option_ids, before.vote_counts, before.explanation) == ((), None, None, None)
    assert before.can_vote
    world.vote(greeted, poll_id, [0])
    after = world.poll_view(poll_id, greeted)
    assert (after.chosen, after.correct_option_ids, after.vote_counts) == ((0,), (1,), (1, 0, 0))
    assert after.explanation is not None
    assert (after.can_vote, after.can_retract) == (False, False)


async def test_hidden_results_are_visible_after_the_close(call: Caller, world: World, ann: Person, ben: Person) -> None:
    """With hide_results_until_closes vote counts are hidden until the poll is closed, and then visible to all."""
    group = world.create_group("Class", [ann.id, ben.id])
    poll_id = await send(call, group.id, hide_results_until_closes=True)
    world.vote(ann.id, poll_id, [1])
    assert world.poll_view(poll_id, ann.id).vote_counts is None
    await call.get("stopPoll", chat_id=group.id, message_id=world.polls[poll_id].sent_in[1])
    assert world.poll_view(poll_id, ann.id).vote_counts == (0, 1, 0)
    assert world.poll_view(poll_id, ben.id).correct_option_ids == (1,)


async def test_outsiders_do_not_vote(call: Caller, world: World, greeted: int, ben: Person) -> None:
    """A person who is not in the chat can neither see its poll nor vote in it."""
    poll_id = await send(call, greeted)
    with pytest.raises(ActionRefusedError, match="not in the chat"):
        world.vote(ben.id, poll_id, [1])


async def test_a_deleted_poll_refuses_votes(call: Caller, world: World, greeted: int) -> None:
    """A poll whose message is deleted refuses votes and stopPoll."""
    poll_id = await send(call, greeted)
    message_id = world.polls[poll_id].sent_in[1]
    assert await call.get("deleteMessage", chat_id=greeted, message_id=message_id)
    with pytest.raises(ActionRefusedError, match="no message"):
        world.vote(greeted, poll_id, [1])
    refusal = await call.refusal("stopPoll", chat_id=greeted, message_id=message_id)
    assert refusal == (400, "Bad Request: message with poll to stop not found")


async def test_a_forwarded_poll_accepts_votes_in_its_new_chat(
    call: Caller, world: World, ann: Person, ben: Person
) -> None:
    """A forwarded poll is the same poll: a person outside the first chat votes in it like any other."""
    group, others = world.create_group("Class", [ann.id]), world.create_group("Others", [ann.id, ben.id])
    poll_id = await send(call, group.id)
    with pytest.raises(ActionRefusedError, match="not in the chat"):
        world.vote(ben.id, poll_id, [1])
    forwarded = world.forward(ann.id, group.id, world.polls[poll_id].sent_in[1], others.id)
    copied = world.forward(ann.id, group.id, world.polls[poll_id].sent_in[1], others.id, names_sender=False)
    assert (forwarded.forwarded_from, copied.forwarded_from) == (world.bot.id, None)
    assert world.render_message(forwarded)["forward_origin"]["sender_user"]["id"] == world.bot.id
    await call.updates()
    world.vote(ben.id, poll_id, [1])
    answer, _ = await call.updates()
    assert (answer["poll_answer"]["poll_id"], answer["poll_answer"]["user"]["id"]) == (poll_id, ben.id)
    assert world.poll_view(poll_id, ann.id).poll.votes == {ben.id: (1,)}


async def test_every_message_of_a_poll_gets_its_events(call: Caller, world: World, ann: Person) -> None:
    """Votes in a forwarded poll and its closing are published for every chat that contains it."""
    group, others = world.create_group("Class", [ann.id]), world.create_group("Others", [ann.id])
    poll_id = await send(call, group.id)
    forwarded = world.forward(ann.id, group.id, world.polls[poll_id].sent_in[1], others.id)
    heard: list[tuple[int, int]] = []
    world.subscribe(lambda change: heard.append((change.chat_id, change.message_id)) if change.kind == "poll" else None)
    world.vote(ann.id, poll_id, [1])
    assert heard == [world.polls[poll_id].sent_in, (others.id, forwarded.id)]


@pytest.mark.parametrize("names_sender", [True, False])
async def test_a_protected_message_is_neither_forwarded_nor_copied(
    call: Caller, world: World, ann: Person, *, names_sender: bool
) -> None:
    """With protect_content a poll or a text can be neither forwarded nor copied."""
    group, others = world.create_group("Class", [ann.id]), world.create_group("Others", [ann.id])
    await send(call, group.id, protect_content=True)
    await call.get("sendMessage", chat_id=group.id, text="x", protect_content=True)
    before = len(others.messages)
    for message in [one for one in group.messages.values() if one.sender_id == world.bot.id]:
        with pytest.raises(ActionRefusedError, match="protected"):
            world.forward(ann.id, group.id, message.id, others.id, names_sender=names_sender)
    assert len(others.messages) == before
