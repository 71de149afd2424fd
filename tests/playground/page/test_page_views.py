"""JSON of chats, messages and polls as one person sees them."""

from page_world import BotMessages

from bot.playground.page.views import chat_view, message_view, poll_view
from bot.playground.world import Chat, Command, Message, Person, Scope, World
from bot.playground.world.polls import Poll

OPTIONS = ["one", "two", "three", "four", "five", "six", "seven", "eight"]


def _order(world: World, poll: Poll, viewer: Person) -> list[int]:
    return [option["index"] for option in poll_view(world, poll, viewer)["options"]]


def test_shuffled_options_keep_each_viewers_own_order(
    bot_messages: BotMessages, group: Chat, ann: Person, ben: Person, world: World
) -> None:
    """A viewer always sees the same order, another viewer a different one, and all see every option."""
    poll = bot_messages.send_quiz(group.id, "Which?", OPTIONS, (0,), shuffle_options=True)
    first = _order(world, poll, ann)
    assert first == _order(world, poll, ann)
    assert first != _order(world, poll, ben)
    assert sorted(first) == list(range(8))


def test_options_keep_their_order_unless_shuffled(
    bot_messages: BotMessages, group: Chat, ann: Person, world: World
) -> None:
    """Without shuffle_options the options keep the bot's order."""
    poll = bot_messages.send_quiz(group.id, "Which?", OPTIONS, (0,))
    assert _order(world, poll, ann) == list(range(8))


def test_several_answers_are_right_only_together(
    bot_messages: BotMessages, group: Chat, ann: Person, ben: Person, world: World
) -> None:
    """A vote for only some of the right options is not right."""
    poll = bot_messages.send_quiz(group.id, "Which?", OPTIONS, (1, 3))
    world.vote(ann.id, poll.id, [3])
    world.vote(ben.id, poll.id, [3, 1])
    assert poll_view(world, poll, ann)["right"] is False
    assert poll_view(world, poll, ben)["right"] is True


def test_hidden_vote_counts_are_shown_after_the_close(
    bot_messages: BotMessages, group: Chat, ann: Person, world: World
) -> None:
    """With hidden results a voter sees the right options after the vote, and vote counts after the close."""
    poll = bot_messages.send_quiz(group.id, "Which?", OPTIONS, (0,), hide_results_until_closes=True)
    world.vote(ann.id, poll.id, [0])
    during = poll_view(world, poll, ann)
    assert (during["right"], during["total"], during["options"][0]["votes"]) == (True, None, None)
    world.close_poll(poll)
    after = poll_view(world, poll, ann)
    assert (after["closed"], after["total"], after["options"][0]["votes"]) == (True, 1, 1)


def test_administrators_of_a_group_see_their_own_commands(group: Chat, ann: Person, ben: Person, world: World) -> None:
    """Ann, the creator, sees the commands of administrators; Ben does not."""
    world.profile.set_commands(Scope("all_chat_administrators"), "", (Command("live", "Start a live quiz"),))
    world.profile.set_commands(Scope("all_group_chats"), "", (Command("score", "Scores"),))
    shown = [[entry["command"] for entry in chat_view(world, group, one, 0)["commands"]] for one in (ann, ben)]
    assert shown == [["live"], ["score"]]


def test_a_one_time_keyboard_disappears_after_an_answer(bot_messages: BotMessages, ann: Person, world: World) -> None:
    """A reply keyboard is shown until it is removed, a one-time keyboard until the person answers."""
    world.send_text(ann.id, ann.id, "/start")
    private = world.chats[ann.id]
    bot_messages.send_text(ann.id, "?", {"keyboard": [[{"text": "Yes"}, {"text": "No"}]]})
    world.send_text(ann.id, ann.id, "Yes")
    assert chat_view(world, private, ann, 0)["reply_keyboard"] == [["Yes", "No"]]
    bot_messages.send_text(ann.id, "Sure?", {"keyboard": [[{"text": "Sure"}]], "one_time_keyboard": True})
    assert chat_view(world, private, ann, 0)["reply_keyboard"] == [["Sure"]]
    world.send_text(ann.id, ann.id, "Sure")
    assert chat_view(world, private, ann, 0)["reply_keyboard"] == []
    bot_messages.send_text(ann.id, "Good.", {"remove_keyboard": True})
    assert chat_view(world, private, ann, 0)["reply_keyboard"] == []


def test_reactions_are_counted(bot_messages: BotMessages, group: Chat, ann: Person, ben: Person, world: World) -> None:
    """The same emoji of two people is one reaction with a count."""
    message: Message = bot_messages.send_text(group.id, "Hello")
    world.react(ann.id, group.id, message.id, "👍")
    world.react(ben.id, group.id, message.id, "👍")
    assert message_view(world, message, ann)["reactions"] == [{"emoji": "👍", "count": 2}]


def test_service_messages_name_new_members(group: Chat, ann: Person, world: World) -> None:
    """A service message has its kind and the names concerned; the page writes the sentence."""
    cid = world.add_person("Cid")
    world.set_member_status(group.id, cid.id, "member", by=ann.id)
    notice = next(reversed(group.messages.values()))
    assert message_view(world, notice, ann)["service"] == {"what": "new_chat_members", "names": ["Cid"]}


def test_a_hidden_poll_reveals_no_votes_of_others(
    bot_messages: BotMessages, group: Chat, ann: Person, ben: Person, world: World
) -> None:
    """Votes of others do not change the poll that a person gets, before and after their own vote, until it closes."""
    poll = bot_messages.send_hidden_poll(group.id, "Why?", ["cost", "time", "trust"])
    untouched = poll_view(world, poll, ann)
    world.vote(ben.id, poll.id, [1, 2])
    assert poll_view(world, poll, ann) == untouched
    world.vote(ann.id, poll.id, [0, 2])
    voted = poll_view(world, poll, ann)
    assert [option["chosen"] for option in voted["options"]] == [True, False, True]
    assert {(option["votes"], option["right"]) for option in voted["options"]} == {(None, None)}
    assert (voted["total"], voted["right"], voted["may_retract"]) == (None, None, False)
    world.close_poll(poll)
    assert [option["votes"] for option in poll_view(world, poll, ann)["options"]] == [1, 1, 2]


def test_chats_and_messages_reveal_no_hidden_votes(
    bot_messages: BotMessages, group: Chat, ann: Person, ben: Person, world: World
) -> None:
    """Votes of others change neither the list of chats nor the message of a hidden poll."""
    poll = bot_messages.send_hidden_poll(group.id, "Why?", ["cost", "time"])
    message = group.messages[poll.sent_in[1]]

    def shown() -> object:
        return message_view(world, message, ann), chat_view(world, group, ann, 0)

    before = shown()
    world.vote(ben.id, poll.id, [1])
    assert shown() == before


def test_an_anonymous_administrator_is_shown_as_the_group(group: Chat, ann: Person, ben: Person, world: World) -> None:
    """Others see only the group as sender, also in quotes and in the list of chats."""
    said = world.send_text(ann.id, group.id, "Quiet, please", anonymous=True)
    reply = world.send_text(ben.id, group.id, "Yes", reply_to=said.id)
    seen = message_view(world, said, ben)
    assert (seen["sender"], seen["mine"]) == ({"id": group.id, "name": "Class 8B", "kind": "group"}, False)
    assert str(ann.id) not in str(seen)
    assert message_view(world, reply, ben)["reply_to"]["sender"] == "Class 8B"
    assert message_view(world, said, ann)["mine"]


def test_only_administrators_are_offered_anonymity(group: Chat, ann: Person, ben: Person, world: World) -> None:
    """The page gets whether a person acts as the group, or None if they cannot."""
    world.set_anonymous(group.id, ann.id)
    assert chat_view(world, group, ann, 0)["anonymous"] is True
    assert chat_view(world, group, ben, 0)["anonymous"] is None
    assert chat_view(world, world.chats[ann.id], ann, 0)["anonymous"] is None


def test_messages_of_a_forum_name_their_topic(group: Chat, ann: Person, world: World) -> None:
    """Every message of a forum has a topic, General without a title; messages of other chats have none."""
    forum = world.create_group("Forum", [ann.id], forum=True)
    thread = world.create_topic(forum.id, "Reading")
    inside, outside = world.send_text(ann.id, forum.id, "x", thread_id=thread), world.send_text(ann.id, forum.id, "y")
    assert message_view(world, inside, ann)["topic"] == {"id": thread, "title": "Reading"}
    assert message_view(world, outside, ann)["topic"] == {"id": None, "title": None}
    assert message_view(world, world.send_text(ann.id, group.id, "z"), ann)["topic"] is None
    assert message_view(world, forum.messages[thread], ann)["service"] == {
        "what": "forum_topic_created",
        "names": ["Reading"],
    }
    assert chat_view(world, forum, ann, 0)["topics"] == [{"id": thread, "title": "Reading"}]
    assert chat_view(world, group, ann, 0)["topics"] is None


def test_unread_messages_are_counted_up_to_ninety_nine(bot_messages: BotMessages, ann: Person, world: World) -> None:
    """A person who has read nothing of a long chat has a count of 99 unread messages."""
    for number in range(150):
        bot_messages.send_text(ann.id, str(number))
    private = world.chats[ann.id]
    assert chat_view(world, private, ann, 0)["unread"] == 99
    assert chat_view(world, private, ann, 100)["unread"] == 50
