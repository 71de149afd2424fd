"""The gate: who asks too much is told once and then met with silence until calm; answers always get in."""

from typing import Any

from bot.tg.inbound.throttle import MOST_PEOPLE, Throttle

MOST = 20
GROUP = {"id": -5, "type": "group"}


def text(words: str, person: int = 7, chat: dict[str, Any] | None = None, **more: object) -> dict[str, Any]:
    """Build an update with a text."""
    chat = chat or {"id": person, "type": "private"}
    return {"message": {"from": {"id": person}, "chat": chat, "text": words, **more}}


def vote(poll: str, person: int = 7) -> dict[str, Any]:
    """Build an update with a vote."""
    return {"poll_answer": {"poll_id": poll, "user": {"id": person}, "option_ids": [0]}}


def press(person: int = 7) -> dict[str, Any]:
    """Build an update with a press."""
    return {"callback_query": {"id": "1", "from": {"id": person}, "data": "x"}}


def silenced() -> Throttle:
    """Return a throttle that has throttled person 7."""
    throttle = Throttle(MOST)
    for _ in range(MOST + 1):
        throttle.judge(press(), 0.0)
    return throttle


def test_twenty_get_in_one_is_told_and_the_rest_is_silence() -> None:
    """Of a thousand asks at once twenty are handled and one is answered with a word."""
    throttle = Throttle(MOST)
    verdicts = [throttle.judge(text("/help"), 0.001 * number) for number in range(1000)]
    assert verdicts == ["in"] * MOST + ["tell"] + ["out"] * (1000 - MOST - 1)


def test_an_hour_of_flood_is_told_once() -> None:
    """A user who never slows down stays throttled and is not notified again."""
    throttle = silenced()
    assert {throttle.judge(press(), 0.1 * number) for number in range(36_000)} == {"out"}


def test_after_a_rest_everything_is_as_before() -> None:
    """Five seconds of calm are enough to be heard; after ten the whole allowance is there."""
    throttle = silenced()
    assert throttle.judge(press(), 4.9) == "out"
    assert silenced().judge(press(), 5.1) == "in"
    throttle = silenced()
    assert [throttle.judge(press(), 11.0) for _ in range(MOST + 2)] == ["in"] * MOST + ["tell", "out"]


def test_a_person_who_presses_once_a_second_is_readmitted() -> None:
    """A child who goes on pressing in a human measure is not shut out for good."""
    throttle = silenced()
    assert "in" in [throttle.judge(press(), float(second)) for second in range(1, 15)]


def test_one_flood_silences_nobody_else() -> None:
    """The limit is a person's own."""
    assert silenced().judge(press(person=8), 0.0) == "in"


def test_the_first_vote_in_each_poll_always_gets_in() -> None:
    """A silenced person's votes are answers; a second vote in the same poll is not."""
    throttle = silenced()
    assert [throttle.judge(vote(poll), 0.0) for poll in ("a", "b", "a")] == ["in", "in", "out"]


def test_one_text_for_each_question_always_gets_in() -> None:
    """A text that the bot waits for is let in once; no command and no press takes its place."""
    throttle = silenced()
    throttle.expect(7, 0.0)
    verdicts = [throttle.judge(one, 0.0) for one in (text("/help"), press(), text("blue whale"), text("blue whale"))]
    assert verdicts == ["out", "out", "in", "out"]


def test_talk_in_a_group_is_nobodys_asking() -> None:
    """People may chat in their group as much as they like; commands there count."""
    throttle = Throttle(MOST)
    assert {throttle.judge(text("hello", chat=GROUP), 0.0) for _ in range(100)} == {"in"}
    assert throttle.judge(text("/quiz", chat=GROUP), 0.0) == "in"
    assert [throttle.judge(text("/quiz", chat=GROUP), 0.0) for _ in range(MOST)][-1] == "tell"


def test_anonymous_administrators_of_two_groups_are_two() -> None:
    """All speak by one account of Telegram's; each group counts for itself."""
    throttle = Throttle(MOST)
    for _ in range(MOST + 2):
        throttle.judge(text("/quiz", chat=GROUP, sender_chat=GROUP), 0.0)
    other = {"id": -6, "type": "group"}
    assert throttle.judge(text("/quiz", chat=GROUP, sender_chat=GROUP), 0.0) == "out"
    assert throttle.judge(text("/quiz", chat=other, sender_chat=other), 0.0) == "in"


def test_a_forwarded_channel_post_is_not_counted() -> None:
    """Posts of a linked channel that look like commands count for nobody; what is said as the channel counts."""
    throttle, channel = Throttle(MOST), {"id": -7, "type": "channel"}
    forwarded = text("/quiz", chat=GROUP, sender_chat=channel, is_automatic_forward=True)
    assert {throttle.judge(forwarded, 0.0) for _ in range(100)} == {"in"}
    assert throttle.judge(text("/quiz", chat=GROUP, sender_chat=channel), 0.0) == "in"
    assert [throttle.judge(text("/quiz", chat=GROUP, sender_chat=channel), 0.0) for _ in range(MOST)][-1] == "tell"


def test_a_malformed_update_is_admitted() -> None:
    """It fails where it is handled, and is set aside there."""
    throttle = Throttle(MOST)
    for strange in ({"message": None}, {"message": {"chat": 3}}, {"callback_query": []}, {"poll_answer": "x"}, {}):
        assert throttle.judge(strange, 0.0) == "in"


def test_the_memory_of_the_throttle_is_bounded() -> None:
    """A million people leave no more behind than the ten thousand who asked last."""
    throttle = Throttle(MOST)
    for person in range(MOST_PEOPLE + 500):
        throttle.judge(press(person), 0.0)
    for number in range(100):
        throttle.judge(vote(str(number)), 0.0)
    assert len(throttle._askers) == MOST_PEOPLE
    assert max(len(asker.polls) for asker in throttle._askers.values()) <= 16


def test_nothing_is_limited_where_the_limit_is_off() -> None:
    """With 0, nobody is ever silenced and nobody remembered."""
    throttle = Throttle(0)
    throttle.expect(7, 0.0)
    assert {throttle.judge(press(), 0.0) for _ in range(1000)} == {"in"}
    assert not throttle._askers
