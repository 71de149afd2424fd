"""Texts longer than Telegram's limits for polls and messages: nothing is cut, and letters are marked correctly."""

from dataclasses import replace

import pytest
from bot_in_process import StartBot
from learner import Learner, buttons_of, text_of, words
from whale_bank import LARGEST, PASSAGE, make_bank, make_question

from bot.core.kind import Option
from bot.core.kinds.one_right import OneRight
from bot.core.kinds.several_right import SeveralRight
from bot.core.kinds.true_false import TrueFalse
from bot.core.kinds.typed import Typed
from bot.core.question import Question

LONG_STEM = "word " * 160 + "and so which animal is the largest?"
LONG_RIGHT = "The blue whale, " + "which swims far, " * 8 + "and sings"
LONG_WRONG = tuple(Option(f"The {animal}, " + "which walks far, " * 8) for animal in ("elephant", "giraffe", "hippo"))


@pytest.mark.parametrize("stem", [LONG_STEM, LONG_STEM[-300:], "🐋" * 290 + "?"])
async def test_a_long_stem_is_complete_above_the_options(start_bot: StartBot, stem: str) -> None:
    """A stem that is too long for a poll's question is its description, uncut."""
    asked = make_question("long", TrueFalse(answer=True), stem)
    ann = Learner(await start_bot(make_bank(asked)))
    await ann.says("/quiz 1")
    poll = ann.poll()
    assert poll.question.text == words("question.above", round=1, of=1)
    assert poll.description
    assert poll.description.text == stem.strip()


@pytest.mark.parametrize(
    "asked",
    [
        make_question("long", OneRight(LONG_RIGHT, LONG_WRONG), "Which?"),
        make_question("long", OneRight(LONG_RIGHT, LONG_WRONG), LONG_STEM),
        make_question("long", SeveralRight((LONG_RIGHT, "None <b>"), LONG_WRONG), LONG_STEM),
        make_question("long", OneRight(LONG_RIGHT, tuple(Option(f"{index} " + "long " * 200) for index in range(11)))),
    ],
)
async def test_long_options_become_a_lettered_list(start_bot: StartBot, asked: Question) -> None:
    """Options over 100 characters are listed uncut above a poll of letters, and the right letters are marked right."""
    ann = Learner(await start_bot(make_bank(asked)))
    before = await ann.says("/quiz 1")
    poll = ann.poll()
    above = "\n\n".join([text_of(one) for one in before if not one.content.poll_id])
    above += poll.description.text if poll.description else ""
    options = [*asked.kind.solution(), *(wrong.text for wrong in asked.kind.wrong)]
    texts = [" ".join(text.split()) for text in options]
    letters = [option.text.text for option in poll.options]
    assert letters == list("ABCDEFGHIJKL"[: len(texts)])
    assert not poll.shuffle_options
    shown = " ".join(above.split())
    assert " ".join(asked.stem.split()) in f"{shown} {poll.question.text}"
    listed = {letter: next(text for text in texts if f"{letter}) {text}" in shown) for letter in letters}
    assert sorted(listed.values()) == sorted(texts)
    assert {listed[letters[right]] for right in poll.correct_option_ids} == {
        " ".join(s.split()) for s in asked.kind.solution()
    }
    await ann.votes_in(poll, *poll.correct_option_ids)
    assert ann.marks() == {"long": True}


async def test_a_long_explanation_is_shown_after_a_wrong_answer(start_bot: StartBot) -> None:
    """An explanation that is too long for a poll is left out of it, and shown uncut after a wrong answer."""
    asked = replace(LARGEST, why="Since " * 150)
    ann = Learner(await start_bot(make_bank(asked)))
    await ann.says("/quiz 1")
    assert ann.poll().explanation is None
    explained, _result = await ann.votes("The giraffe")
    assert asked.why.strip() in text_of(explained)


@pytest.mark.parametrize("why", ["a\nb\nc\nd", "Why? " * 41])
async def test_an_explanation_over_the_limits_of_polls_is_left_out(start_bot: StartBot, why: str) -> None:
    """An explanation over 200 characters or two line feeds is left out of the poll, and shown after a wrong answer."""
    ann = Learner(await start_bot(make_bank(replace(LARGEST, why=why))))
    await ann.says("/quiz 1")
    assert ann.poll().explanation is None
    explained, _result = await ann.votes("The giraffe")
    assert why.strip() in text_of(explained)


async def test_the_long_stem_of_a_written_question_is_not_cut(start_bot: StartBot) -> None:
    """The message of a written question has its whole stem."""
    asked = make_question("name", Typed(("Blue whale",)), LONG_STEM)
    ann = Learner(await start_bot(make_bank(asked)))
    (message,) = await ann.says("/quiz 1")
    assert LONG_STEM in text_of(message)


async def test_a_long_sentence_of_the_text_is_not_cut(start_bot: StartBot) -> None:
    """A passage of one sentence of the maximum length is shown uncut after a wrong answer and in the reading."""
    sentence = "The blue whale is the largest animal, " + "and it sings, " * 246 + "always."
    bank = replace(make_bank(LARGEST), reading=(replace(PASSAGE, text=sentence),))
    ann = Learner(await start_bot(replace(bank, questions=(replace(LARGEST, why="Since " * 170),))))
    await ann.says("/quiz 1")
    replies = await ann.votes("The giraffe")
    assert sentence in "\n\n".join(map(text_of, replies))
    (shown,) = await ann.says("/read")
    await ann.presses(PASSAGE.title)
    assert sentence in text_of(shown)


async def test_a_long_result_takes_several_messages(start_bot: StartBot) -> None:
    """Ten missed questions with the longest stems are all listed, with the buttons under the last message."""
    statements = [make_question(f"q{index}", TrueFalse(answer=True), f"{index}: {LONG_STEM}") for index in range(10)]
    ann = Learner(await start_bot(make_bank(*statements)))
    await ann.takes_quiz("/quiz 10", wrongly=set(range(1, 11)))
    last = max(index for index, message in enumerate(ann.messages()) if message.content.poll_id)
    *more, result = ann.messages()[last + 2 :]
    assert more
    listed = "\n\n".join(map(text_of, [*more, result]))
    assert all(statement.stem in listed for statement in statements)
    assert [buttons_of(one) for one in more] == [[]] * len(more)
    assert buttons_of(result) == [words("result.practise"), words("result.again")]
