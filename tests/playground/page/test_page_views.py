"""The world as one person sees it."""

from page_world import BotHand

from bot.playground.page.views import chat_view, message_view, poll_view
from bot.playground.world import Chat, Command, Message, Person, Scope, World
from bot.playground.world.polls import Poll

OPTIONS = ["one", "two", "three", "four", "five", "six", "seven", "eight"]


def _order(world: World, poll: Poll, viewer: Person) -> list[int]:
    return [option["index"] for option in poll_view(world, poll, viewer)["options"]]


def test_shuffled_options_keep_each_viewers_own_order(
    bot_hand: BotHand, group: Chat, ann: Person, ben: Person, world: World
) -> None:
    """One viewer always sees the same order, another a different one, and nobody loses an option."""
    poll = bot_hand.ask(group.id, "Which?", OPTIONS, (0,), shuffle_options=True)
    first = _order(world, poll, ann)
    assert first == _order(world, poll, ann)
    assert first != _order(world, poll, ben)
    assert sorted(first) == list(range(8))


def test_options_stand_as_sent_unless_shuffled(bot_hand: BotHand, group: Chat, ann: Person, world: World) -> None:
    """The bot's order is kept where it did not ask for shuffling."""
    poll = bot_hand.ask(group.id, "Which?", OPTIONS, (0,))
    assert _order(world, poll, ann) == list(range(8))


def test_several_answers_are_right_only_together(
    bot_hand: BotHand, group: Chat, ann: Person, ben: Person, world: World
) -> None:
    """Half of the right options is not right."""
    poll = bot_hand.ask(group.id, "Which?", OPTIONS, (1, 3))
    world.vote(ann.id, poll.id, [3])
    world.vote(ben.id, poll.id, [3, 1])
    assert poll_view(world, poll, ann)["right"] is False
    assert poll_view(world, poll, ben)["right"] is True


def test_hidden_tallies_show_after_the_close(bot_hand: BotHand, group: Chat, ann: Person, world: World) -> None:
    """With hidden results a voter learns what is right at once, and how others voted at the end."""
    poll = bot_hand.ask(group.id, "Which?", OPTIONS, (0,), hide_results_until_closes=True)
    world.vote(ann.id, poll.id, [0])
    during = poll_view(world, poll, ann)
    assert (during["right"], during["total"], during["options"][0]["votes"]) == (True, None, None)
    world.close_poll(poll)
    after = poll_view(world, poll, ann)
    assert (after["closed"], after["total"], after["options"][0]["votes"]) == (True, 1, 1)


def test_administrators_of_a_group_see_their_own_commands(group: Chat, ann: Person, ben: Person, world: World) -> None:
    """Ann created the group, Ben did not."""
    world.profile.set_commands(Scope("all_chat_administrators"), "", (Command("live", "Start a live quiz"),))
    world.profile.set_commands(Scope("all_group_chats"), "", (Command("score", "Scores"),))
    shown = [[entry["command"] for entry in chat_view(world, group, one, 0)["commands"]] for one in (ann, ben)]
    assert shown == [["live"], ["score"]]


def test_a_suggested_answer_goes_when_it_was_for_one_time(bot_hand: BotHand, ann: Person, world: World) -> None:
    """A reply keyboard stands until it is removed, a one-time keyboard until the person answers."""
    world.send_text(ann.id, ann.id, "/start")
    private = world.chats[ann.id]
    bot_hand.say(ann.id, "?", {"keyboard": [[{"text": "Yes"}, {"text": "No"}]]})
    world.send_text(ann.id, ann.id, "Yes")
    assert chat_view(world, private, ann, 0)["reply_keyboard"] == [["Yes", "No"]]
    bot_hand.say(ann.id, "Sure?", {"keyboard": [[{"text": "Sure"}]], "one_time_keyboard": True})
    assert chat_view(world, private, ann, 0)["reply_keyboard"] == [["Sure"]]
    world.send_text(ann.id, ann.id, "Sure")
    assert chat_view(world, private, ann, 0)["reply_keyboard"] == []
    bot_hand.say(ann.id, "Good.", {"remove_keyboard": True})
    assert chat_view(world, private, ann, 0)["reply_keyboard"] == []


def test_reactions_are_counted(bot_hand: BotHand, group: Chat, ann: Person, ben: Person, world: World) -> None:
    """The same emoji of two people is one with a count."""
    message: Message = bot_hand.say(group.id, "Hello")
    world.react(ann.id, group.id, message.id, "👍")
    world.react(ben.id, group.id, message.id, "👍")
    assert message_view(world, message, ann)["reactions"] == [{"emoji": "👍", "count": 2}]


def test_service_messages_name_who_came(group: Chat, ann: Person, world: World) -> None:
    """A notice says what happened and to whom; the page puts it in words."""
    cid = world.add_person("Cid")
    world.set_member_status(group.id, cid.id, "member", by=ann.id)
    notice = next(reversed(group.messages.values()))
    assert message_view(world, notice, ann)["service"] == {"what": "new_chat_members", "names": ["Cid"]}


def test_a_hidden_poll_tells_nobody_how_others_voted(
    bot_hand: BotHand, group: Chat, ann: Person, ben: Person, world: World
) -> None:
    """Others' votes change nothing in what a person gets, before their vote and after it, until the poll closes."""
    poll = bot_hand.ask_secretly(group.id, "Why?", ["cost", "time", "trust"])
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


def test_nothing_else_that_a_page_gets_tells_of_hidden_votes(
    bot_hand: BotHand, group: Chat, ann: Person, ben: Person, world: World
) -> None:
    """Neither the list of chats nor the message around the poll changes with the votes of others."""
    poll = bot_hand.ask_secretly(group.id, "Why?", ["cost", "time"])
    message = group.messages[poll.sent_in[1]]

    def shown() -> object:
        return message_view(world, message, ann), chat_view(world, group, ann, 0)

    before = shown()
    world.vote(ben.id, poll.id, [1])
    assert shown() == before


def test_an_anonymous_administrator_is_the_group(group: Chat, ann: Person, ben: Person, world: World) -> None:
    """Others see the group as sender and nothing of the person, in quotes and the list of chats too."""
    said = world.send_text(ann.id, group.id, "Quiet, please", anonymous=True)
    reply = world.send_text(ben.id, group.id, "Yes", reply_to=said.id)
    seen = message_view(world, said, ben)
    assert (seen["sender"], seen["mine"]) == ({"id": group.id, "name": "Class 8B", "kind": "group"}, False)
    assert str(ann.id) not in str(seen)
    assert message_view(world, reply, ben)["reply_to"]["sender"] == "Class 8B"
    assert message_view(world, said, ann)["mine"]


def test_only_administrators_are_offered_anonymity(group: Chat, ann: Person, ben: Person, world: World) -> None:
    """The page learns whether a person acts as the group, or that they cannot."""
    world.set_anonymous(group.id, ann.id)
    assert chat_view(world, group, ann, 0)["anonymous"] is True
    assert chat_view(world, group, ben, 0)["anonymous"] is None
    assert chat_view(world, world.chats[ann.id], ann, 0)["anonymous"] is None


def test_messages_of_a_forum_name_their_topic(group: Chat, ann: Person, world: World) -> None:
    """In a forum every message has a topic, General without a title; elsewhere there are none."""
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


def test_nobody_counts_beyond_ninety_nine(bot_hand: BotHand, ann: Person, world: World) -> None:
    """A person who has read nothing of a long chat has 99 unread messages."""
    for number in range(150):
        bot_hand.say(ann.id, str(number))
    private = world.chats[ann.id]
    assert chat_view(world, private, ann, 0)["unread"] == 99
    assert chat_view(world, private, ann, 100)["unread"] == 50
