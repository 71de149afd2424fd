"""Rounds of a live class: hidden answers, marks, explanations, and the number of messages."""

from collections import Counter

import pytest
from bot_in_process import StartBot
from learner import text_of, words
from pupils import BY_HAND, Pupil, Teacher, open_class, seat_pupils
from whale_bank import FOOD, HEART, LARGEST, NAME, PROTECTED, YEAR, bank_of_true_statements, make_bank

from bot.core.question import Question
from bot.playground.world.events import WorldEvent

KINDS = (LARGEST, FOOD, PROTECTED, NAME, HEART, YEAR)


async def test_a_class_from_its_opening_to_its_results(start_bot: StartBot) -> None:
    """Two pupils answer three kinds of questions; each gets marks, explanations and a result."""
    teacher = await open_class(start_bot, LARGEST, FOOD, HEART)
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ann.votes("The blue whale")
    (reply,) = await ben.votes("The elephant")
    assert text_of(reply).startswith(words("seat.wrong", solution="The blue whale"))
    assert "It is the largest on land only." in text_of(reply)
    assert text_of(ann.messages()[-1]).startswith(words("seat.right", solution="The blue whale"))
    await teacher.leads("next")
    await ann.votes("Krill", "Small fish")
    await teacher.leads("close")
    assert text_of(ben.messages()[-1]).startswith(words("seat.silent", solution="Krill; Small fish"))
    await teacher.leads("next")
    await ann.says("180")
    (reply,) = await ben.says("5")
    assert words("explanation.given", given="5") in text_of(reply)
    assert "Its heart weighs 180 kilograms." in text_of(reply)
    await teacher.leads("finish")
    assert words("seat.result", right=3, seen=3) in text_of(ann.messages()[-1])
    assert words("seat.result", right=0, seen=3) in text_of(ben.messages()[-1])
    summary = text_of(teacher.messages()[-1])
    assert "1. Ann: 3/3\n2. Ben: 0/3" in summary
    assert f"{LARGEST.stem} 1/2" in summary
    assert ann.marks() == {"largest": True, "food": True, "heart": True}
    assert ben.marks() == {"largest": False, "heart": False}


@pytest.mark.parametrize("question", KINDS, ids=lambda question: question.id)
async def test_nothing_reveals_the_answer_before_the_round_is_closed(start_bot: StartBot, question: Question) -> None:
    """Neither the pupils' messages nor the control message nor Telegram's poll reveals the answer of an open round."""
    teacher = await open_class(start_bot, question)
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    if ann.polls():
        await ann.votes_in(ann.poll(), 0)
        poll = ann.poll()
        picture = ann.world.poll_view(poll.id, ann.id)
        assert (poll.type, poll.correct_option_ids, picture.correct_option_ids, picture.explanation) == (
            "regular",
            (),
            None,
            None,
        )
        assert picture.vote_counts is None
        assert not picture.can_vote
        assert not picture.can_retract
    else:
        await ann.says(question.kind.solution()[0])
    await teacher.bot.advance(seconds=4)
    assert text_of(teacher.controls()).count(words("host.answered", answered=1, asked=2)) == 1
    quote = [question.quote] if question.quote not in question.stem else []
    hidden = [question.why, *quote, words("question.skip"), "explanation", "✅ Right"]
    if not ann.polls():
        hidden += question.kind.solution()
    for everything in (ann.transcript(), ben.transcript(), text_of(teacher.controls())):
        assert [secret for secret in hidden if secret in everything] == []
    assert "✅" not in text_of(teacher.controls())
    assert ann.marks() == {}
    await teacher.leads("close")
    for pupil in (ann, ben):
        assert question.why in pupil.transcript()
        assert all(poll.is_closed for poll in pupil.polls())


async def test_a_written_answer_gets_only_a_reaction(start_bot: StartBot) -> None:
    """Right and wrong written answers get the same reaction, and the first answer counts."""
    teacher = await open_class(start_bot, NAME, choices=(BY_HAND,))
    ann, ben, cyd = await seat_pupils(teacher, "Ann", "Ben", "Cyd")
    await teacher.leads("start")
    assert await ann.says("blue whale") == []
    assert await ben.says("elephant") == []
    reactions = [pupil.messages()[-1].reactions[pupil.world.bot.id] for pupil in (ann, ben)]
    assert reactions == [("✍",), ("✍",)]
    (reply,) = await ben.says("blue whale")
    assert text_of(reply) == words("class.answered")
    await cyd.says("walrus")
    (reply,) = await cyd.says("blue whale")
    assert text_of(reply) == words("class.wait")
    assert text_of(ben.messages()[-1]).startswith(words("seat.wrong", solution="Blue whale"))
    assert [pupil.marks() for pupil in (ann, ben)] == [{"name": True}, {"name": False}]


async def test_a_round_costs_each_pupil_two_messages(start_bot: StartBot) -> None:
    """A round sends one question and one explanation to each pupil; the control message is edited, not sent again."""
    teacher = Teacher(await start_bot(bank_of_true_statements(5)))
    await teacher.opens("5")
    pupils = await seat_pupils(teacher, *(f"P{number}" for number in range(12)))
    await teacher.leads("start")
    sent: Counter[tuple[str, bool]] = Counter()

    def count(change: WorldEvent) -> None:
        if change.kind in ("sent", "edited"):
            sent[change.kind, change.chat_id == teacher.id] += 1

    teacher.world.subscribe(count)
    for pupil in pupils:
        await pupil.votes(words("question.true"))
    assert sent["sent", False] == 12
    await teacher.leads("next")
    assert sent["sent", False] == 24
    assert sent["sent", True] == 0
    assert sent["edited", True] <= 4
    assert sent["edited", False] == 0


async def test_the_count_of_answers_is_updated_every_three_seconds(start_bot: StartBot) -> None:
    """Many answers in a short time change the control message once, after three seconds."""
    teacher = Teacher(await start_bot(bank_of_true_statements(5)))
    await teacher.opens("5")
    pupils = await seat_pupils(teacher, *(f"P{number}" for number in range(9)))
    await teacher.leads("start")
    edits: list[str] = []
    teacher.world.subscribe(
        lambda change: edits.append(change.kind) if change.kind == "edited" and change.chat_id == teacher.id else None
    )
    for pupil in pupils[:-1]:
        await pupil.votes(words("question.true"))
    assert edits == []
    await teacher.bot.advance(seconds=3)
    assert edits == ["edited"]
    assert words("host.answered", answered=8, asked=9) in text_of(teacher.controls())
    await teacher.bot.advance(seconds=3)
    assert edits == ["edited"]


async def test_an_answer_counts_once_and_in_time(start_bot: StartBot) -> None:
    """A second answer, a late one, and a vote in another pupil's poll do not count; the first two get a reply."""
    teacher = await open_class(start_bot, LARGEST, NAME, choices=(BY_HAND,))
    ann, ben = await seat_pupils(teacher, "Ann", "Ben")
    await teacher.leads("start")
    await ann.votes("The blue whale")
    update = {"poll_id": ann.poll().id, "option_ids": [0], "option_persistent_ids": ["1"], "user": user_of(ann)}
    (reply,) = await ann.does(lambda: ann.world.queue_update("poll_answer", update))
    assert text_of(reply) == words("class.answered")
    stranger = Pupil(teacher.bot, "Zed")
    forwarded = {**update, "poll_id": ben.poll().id, "user": user_of(stranger)}
    assert await stranger.does(lambda: ann.world.queue_update("poll_answer", forwarded)) == []
    assert teacher.state().answered == 1
    await teacher.leads("close")
    late = {**update, "poll_id": ben.poll().id, "user": user_of(ben)}
    (reply,) = await ben.does(lambda: ann.world.queue_update("poll_answer", late))
    assert text_of(reply) == words("class.late")
    assert [ann.marks(), ben.marks()] == [{"largest": True}, {}]


def user_of(pupil: Pupil) -> dict[str, object]:
    """Return the ``user`` field that an update of this pupil has."""
    return {"id": pupil.id, "is_bot": False, "first_name": pupil.world.people[pupil.id].first_name}


async def test_a_class_asks_every_kind_of_question(start_bot: StartBot) -> None:
    """A class asks questions of all six kinds and counts the right answer to each."""
    teacher = Teacher(await start_bot(make_bank(*KINDS)))
    await teacher.opens("20")
    (ann,) = await seat_pupils(teacher, "Ann")
    await teacher.leads("start")
    for _ in KINDS:
        question = teacher.question()
        assert question.stem in ann.transcript()
        solution = question.kind.solution()
        if ann.messages()[-1].content.poll_id:
            await ann.votes(*(words(f"question.{one}") if question is PROTECTED else one for one in solution))
        else:
            await ann.says(solution[0])
        assert teacher.state().phase == "revealed"
        await teacher.leads("finish" if teacher.state().round == len(KINDS) else "next")
    assert words("seat.result", right=6, seen=6) in text_of(ann.messages()[-1])
