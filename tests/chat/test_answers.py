"""Input that looks like an answer but is none gets a helpful reply, and is never marked wrong."""

import asyncio
import base64
from itertools import pairwise

import pytest
from bot_in_process import StartBot
from learner import Learner, buttons_of, text_of, words
from whale_bank import HEART, LARGEST, NAME, PROTECTED, YEAR, bank_in_order, bank_of_true_statements, make_bank

from bot.core.question import Question
from bot.playground.world import WorldEvent, render

SKIP, START = words("question.skip"), words("setup.start")
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
async def ann(start_bot: StartBot) -> Learner:
    """A learner with an open written question, which polls follow."""
    ann = Learner(await start_bot(bank_in_order(NAME, LARGEST, PROTECTED)))
    await ann.says("/quiz 3")
    return ann


def assert_nothing_happened(ann: Learner) -> None:
    """Check that the first question is still open and nothing was marked."""
    quiz = ann.quiz()
    assert quiz
    assert quiz.state.round == 1
    assert ann.marks() == {}


async def test_an_answer_before_the_receipt_of_its_question_counts(start_bot: StartBot) -> None:
    """A vote or text that arrives before the receipt of its question is deferred, and counts."""
    bot = await start_bot(bank_in_order(PROTECTED, NAME, YEAR))
    ann = Learner(bot)
    loop = asyncio.get_running_loop()

    def answer_at_once(change: WorldEvent) -> None:
        message = ann.world.chats[ann.id].messages.get(change.message_id)
        if change.kind != "sent" or message is None or SKIP not in buttons_of(message):
            return
        if message.content.poll_id:
            loop.call_soon(ann.world.vote, ann.id, message.content.poll_id, [0])
        else:
            right = "blue whale" if NAME.stem in text_of(message) else "1966"
            loop.call_soon(ann.world.send_text, ann.id, ann.id, right)

    ann.world.subscribe(answer_at_once)
    await ann.says("/quiz 3")
    await bot.wait_until(lambda: bool(ann.marks()) and ann.quiz() is None)
    assert ann.marks() == {"protected": True, "name": True, "year": True}


async def test_a_text_below_a_poll_is_not_marked(ann: Learner) -> None:
    """A text below a poll is not marked; the bot asks for a tap."""
    await ann.says("blue whale")
    (reply,) = await ann.says("The blue whale")
    assert text_of(reply) == words("expected.option")
    assert ann.marks() == {"name": True}


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (NAME, "?!…"),
        (NAME, "🐋"),
        (NAME, "blue whale " * 100),
        (NAME, "x" * 4096),
        (HEART, "heavy"),
        (HEART, "170 or 180"),
        (HEART, "I do not know"),
        (YEAR, "long ago"),
        (YEAR, "1965 or 1966"),
        (YEAR, "19666"),
        (NAME, "\u200b\u2060\u2800"),
        (NAME, "\u3164"),
    ],
)
async def test_a_text_that_cannot_be_an_answer_is_not_marked(start_bot: StartBot, asked: Question, text: str) -> None:
    """A text that cannot be meant as an answer gets a hint what is expected, and the question stays open."""
    ann = Learner(await start_bot(make_bank(asked)))
    await ann.says("/quiz 1")
    (reply,) = await ann.says(text)
    assert text_of(reply) == words(f"expected.{asked.kind.prompt(0).expects}")
    assert_nothing_happened(ann)


async def test_a_text_before_its_question_is_not_marked(start_bot: StartBot) -> None:
    """Of two texts sent at once only the first is marked; the second was written before the next question was sent."""
    ann = Learner(await start_bot(bank_in_order(NAME, HEART)))
    await ann.says("/quiz 2")
    replies = await ann.does(lambda: [ann.world.send_text(ann.id, ann.id, text) for text in ("blue whale", "180")])
    assert ann.marks() == {"name": True}
    assert words("write.early") in map(text_of, replies)
    assert ann.question().id == "heart"


@pytest.mark.parametrize("kind", ["photo", "photo with caption", "sticker", "document"])
async def test_a_photo_or_file_changes_nothing(ann: Learner, kind: str) -> None:
    """A photo, sticker or file gets a reply, whether or not it has a caption, and is not marked."""
    actions = {
        "photo": lambda: ann.world.send_photo(ann.id, ann.id, PICTURE),
        "photo with caption": lambda: ann.world.send_photo(ann.id, ann.id, PICTURE, "blue whale"),
        "sticker": lambda: ann.world.send_sticker(ann.id, ann.id, "🐋"),
        "document": lambda: ann.world.send_document(ann.id, ann.id, "whale.txt", b"blue whale"),
    }
    (reply,) = await ann.does(actions[kind])
    assert text_of(reply) == words("write.unreadable")
    assert_nothing_happened(ann)


@pytest.mark.parametrize("text", ["/nonsense", "/5", "/quizz", "/quiz@another_bot", "/nonsense@playground_quiz_bot"])
async def test_an_unknown_command_is_no_answer(ann: Learner, text: str) -> None:
    """A command that is unknown, or another bot's, gets a reply that says so, and is not marked."""
    (reply,) = await ann.says(text)
    assert text_of(reply) == words("write.unknown_command")
    assert_nothing_happened(ann)


@pytest.mark.parametrize("text", ["/help@playground_quiz_bot", "/HELP", "/help me please", "/help@Playground_Quiz_Bot"])
async def test_a_command_has_several_spellings(ann: Learner, text: str) -> None:
    """A command with the bot's own name, in capitals or with words after it is recognised."""
    (reply,) = await ann.says(text)
    assert text_of(reply) == words("help.text")
    assert_nothing_happened(ann)


async def test_editing_an_answer_changes_no_mark(ann: Learner) -> None:
    """An edit of a message that was marked changes no mark, and is no second answer."""
    await ann.says("elephant")
    (written,) = [message for message in ann.messages() if text_of(message) == "elephant"]
    replies = await ann.does(lambda: ann.world.edit_message(ann.id, ann.id, written.id, "blue whale"))
    assert replies == []
    assert ann.marks() == {"name": False}


async def test_a_text_without_a_quiz_is_answered_with_how_to_start(start_bot: StartBot) -> None:
    """A text of a person without an open quiz is answered with how to start one."""
    ann = Learner(await start_bot(make_bank(NAME)))
    (reply,) = await ann.says("hi")
    assert text_of(reply) == words("write.no_quiz")


async def test_a_vote_in_an_old_poll_is_not_counted(start_bot: StartBot) -> None:
    """A vote in a poll whose question is closed does not count, and the bot says so."""
    ann = Learner(await start_bot(bank_of_true_statements(3)))
    await ann.says("/quiz 3")
    ann.bot.fire_deadlines_after(minutes=1)
    await ann.says("/quiz 3")
    await ann.presses(words("quiz.go_on"))
    first, copy = ann.polls()
    await ann.votes_in(copy, 0)
    (reply,) = await ann.votes_in(first, 1)
    assert text_of(reply) == words("vote.late")
    assert list(ann.marks().values()) == [True]


async def test_start_pressed_twice_starts_one_quiz(ann: Learner) -> None:
    """A double tap on Start asks one question; the second tap is answered that the quiz has begun."""
    for _ in range(3):
        await ann.presses(SKIP)
    await ann.says("/quiz")
    replies = await ann.presses(START, START)
    assert [SKIP in buttons_of(one) for one in replies] == [True]
    assert ann.toasts()[-2:] == ["", words("toast.begun")]


async def test_every_double_tap_acts_once(start_bot: StartBot) -> None:
    """A double tap on Skip, Go on, Start a new one, a topic or Practise acts once."""
    ann = Learner(await start_bot(bank_of_true_statements(9)))
    await ann.says("/quiz 3")
    replies = await ann.presses(SKIP, SKIP)
    assert [SKIP in buttons_of(one) for one in replies] == [False, True]
    assert ann.toasts()[-1] == words("toast.closed")

    await ann.says("/stop")
    replies = await ann.presses(words("quiz.go_on"), words("quiz.go_on"))
    assert [SKIP in buttons_of(one) for one in replies] == [True]

    await ann.says("/quiz 2")
    replies = await ann.presses(words("quiz.new"), words("quiz.new"))
    assert [SKIP in buttons_of(one) for one in replies] == [True]
    assert ann.toasts()[-1] == words("toast.begun")

    await ann.answers(rightly=False)
    await ann.answers()
    replies = await ann.presses(words("result.practise"), words("result.practise"))
    assert [SKIP in buttons_of(one) for one in replies] == [True]
    assert ann.toasts()[-1] == words("toast.begun")

    await ann.answers()
    await ann.says("/topics")
    replies = await ann.presses("Body", "Body")
    assert [SKIP in buttons_of(one) for one in replies] == [True]
    assert ann.toasts()[-1] == words("toast.begun")


async def test_choosing_a_topic_twice_leaves_it_chosen(start_bot: StartBot) -> None:
    """A double tap on a topic leaves it ticked, and both taps are answered."""
    ann = Learner(await start_bot(bank_of_true_statements(9)))
    (setup,) = await ann.says("/quiz")
    await ann.presses("Body", "Body")
    assert "✅ Body" in buttons_of(setup)
    assert ann.toasts() == ["", ""]


async def test_an_old_start_button_starts_no_second_quiz(start_bot: StartBot) -> None:
    """The start button of a quiz that is over is answered as outdated, not as if the quiz had just begun."""
    ann = Learner(await start_bot(bank_of_true_statements(9)))
    result = await ann.takes_quiz("/quiz 1", wrongly={1})
    _message, practise = ann.button(words("result.practise"))
    await ann.presses(words("result.practise"))
    await ann.answers()
    replies = await ann.does(lambda: ann.world.press_button(ann.id, ann.id, result.id, practise))
    assert replies == []
    assert ann.toasts()[-1] == words("toast.stale")


INVALID_DATA = (
    *("nonsense", "", ":::", "quiz:5", "set", "set:a", "set::x", "set::-5", "go", "go:::", "go::-5", "go:nonsense:5"),
    *("new", "new:1", "skip", "skip:1", "skip:a:b", "skip:-1:1", "missed", "missed:x", "missed:-1", "missed:1:x"),
    *("read:nonsense", "language:xx", "topic", "topic:nonsense", f"set::{9**40}", f"go:body:{9**40}"),
    *(f"skip:1:{9**40}", f"skip:{9**40}:1", f"missed:{9**40}"),
)


async def test_presses_with_invalid_data_are_harmless(ann: Learner) -> None:
    """A press with invalid data is answered, and nothing is marked."""
    await ann.says("/help")
    for data in INVALID_DATA:
        await ann.presses_forged(data)
        assert ann.toasts()[-1] != "(not answered)", data
    assert_nothing_happened(ann)
    assert not any("-5" in text for message in ann.messages() for text in buttons_of(message))


async def test_forged_buttons_cannot_change_another_persons_session(ann: Learner) -> None:
    """A forged button with another person's session skips no question and repeats no missed one."""
    await ann.says("elephant")
    quiz = ann.quiz()
    assert quiz
    ben = Learner(ann.bot, "Ben")
    await ben.says("/start")
    for data, toast in ((f"skip:{quiz.id}:2", "toast.closed"), (f"missed:{quiz.id}", "toast.stale")):
        await ben.presses_forged(data)
        assert ben.toasts()[-1] == words(toast)
    assert ben.quiz() is None
    assert ann.quiz().state == quiz.state


@pytest.mark.parametrize("voter", ["Ben", "a chat"])
async def test_a_vote_by_another_person_or_a_chat_is_not_counted(start_bot: StartBot, voter: str) -> None:
    """A vote of another person in a forwarded poll, or in the name of a chat, is not counted."""
    ann = Learner(await start_bot(make_bank(PROTECTED)))
    ben = Learner(ann.bot, "Ben")
    await ann.says("/quiz 1")
    poll = ann.poll()
    poll.votes[ben.id] = (0,)
    vote = render.poll_answer(poll, ann.world.people[ben.id])
    if voter == "a chat":
        vote["voter_chat"] = {"id": -1001, "type": "channel", "title": "News"}
        vote["user"] = render.user(ann.world.people[ann.id])
    assert await ann.does(lambda: ann.world.queue_update("poll_answer", vote)) == []
    assert ann.marks() == ben.marks() == {}
    assert ben.messages() == []


async def test_a_private_command_in_a_group_points_to_the_private_chat(ann: Learner) -> None:
    """A learner's command in a group is answered with where it works; other texts get no reply."""
    group = ann.world.create_group("Class 9A", [ann.id])
    for text in ("/score", "/topics@playground_quiz_bot", "/nonsense", "blue whale"):
        await ann.does(lambda text=text: ann.world.send_text(ann.id, group.id, text))
    hello, *replies = [one for one in ann.world.messages(group.id, ann.id) if one.sender_id == ann.world.bot.id]
    assert text_of(hello) == words("group.hello")
    assert [text_of(one) for one in replies] == [words("group.private_only")] * 2
    assert_nothing_happened(ann)


async def test_replies_follow_the_order_of_the_texts(ann: Learner) -> None:
    """Several texts sent at once are answered in their order."""
    replies = await ann.does(
        lambda: [ann.world.send_text(ann.id, ann.id, text) for text in ("/help", "/x", "/help", "/x")]
    )
    texts = [words("help.text"), words("write.unknown_command")] * 2
    assert [text_of(one) for one in replies] == texts
    assert all(first.id < second.id for first, second in pairwise(replies))
