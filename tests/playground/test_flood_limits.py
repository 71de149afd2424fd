"""Flood limits, when switched on."""

import pytest
from small_world import Caller, Clock

from bot.playground.world import Person, World


async def send(call: Caller, chat_id: int, times: int) -> list[int]:
    """Send messages; return the error codes, 0 for success."""
    answers = [await call.ask("sendMessage", chat_id=chat_id, text="x") for _ in range(times)]
    return [answer.get("error_code", 0) for answer in answers]


async def test_flood_limits_are_off_by_default(call: Caller, greeted: int) -> None:
    """Limits do not apply until they are switched on."""
    assert set(await send(call, greeted, 100)) == {0}


async def test_a_chat_allows_one_message_a_second(call: Caller, greeted: int, clock: Clock) -> None:
    """After a short burst the chat refuses messages for ``retry_after`` seconds; refused messages do not extend it."""
    call.api.flood_limits.is_on = True
    assert await send(call, greeted, 5) == [0] * 5
    answer = await call.ask("sendMessage", chat_id=greeted, text="x")
    assert (answer["error_code"], answer["description"]) == (429, "Too Many Requests: retry after 5")
    assert answer["parameters"] == {"retry_after": 5}
    clock.pass_seconds(5)
    assert await send(call, greeted, 1) == [0]


async def test_a_group_allows_twenty_messages_a_minute(call: Caller, world: World, ann: Person, clock: Clock) -> None:
    """The twenty-first message to a group within a minute is refused; edits count, too."""
    call.api.flood_limits.is_on = True
    group = world.create_group("Class", [ann.id])
    for _ in range(20):
        assert await send(call, group.id, 1) == [0]
        clock.pass_seconds(2)
    answer = await call.ask("editMessageText", chat_id=group.id, message_id=3, text="y")
    assert answer["parameters"] == {"retry_after": 20}


async def test_an_edit_counts_in_its_chat_alone(call: Caller, world: World, greeted: int, clock: Clock) -> None:
    """Edits count in the chat's burst, but not in the thirty messages a second over all chats."""
    call.api.flood_limits.is_on = True
    groups = [world.create_group("Class", [greeted]) for _ in range(10)]
    sent = [(await call.get("sendMessage", chat_id=group.id, text="0"))["message_id"] for group in groups]
    clock.pass_seconds(5)
    for text in "1234":
        for group, message_id in zip(groups, sent, strict=True):
            await call.get("editMessageText", chat_id=group.id, message_id=message_id, text=text)
    which = {"chat_id": groups[0].id, "message_id": sent[0]}
    await call.get("editMessageText", **which, text="5")
    answer = await call.ask("editMessageText", **which, text="6")
    assert answer["parameters"] == {"retry_after": 5}
    assert (await send(call, greeted, 1)) == [0]


async def test_paid_messages_have_a_higher_limit(call: Caller, world: World) -> None:
    """Paid messages pass in addition to thirty free messages a second."""
    call.api.flood_limits.is_on = True
    people = [world.add_person(f"Person {number}").id for number in range(40)]
    for person in people:
        world.send_text(person, person, "/start")
    free = [(await send(call, person, 1))[0] for person in people]
    assert free == [0] * 30 + [429] * 10
    for person in people:
        await call.get("sendMessage", chat_id=person, text="x", allow_paid_broadcast=True)


async def test_a_flooded_chat_does_not_delay_others(call: Caller, world: World, ann: Person) -> None:
    """A refused message does not count, so that a flooded chat does not use up the limits of others."""
    call.api.flood_limits.is_on = True
    busy, calm = world.create_group("Busy", [ann.id]), world.create_group("Calm", [ann.id])
    assert await send(call, busy.id, 50) == [0] * 5 + [429] * 45
    assert await send(call, calm.id, 5) == [0] * 5


@pytest.mark.parametrize("method", ["sendChatAction", "getChat"])
async def test_only_sending_counts(call: Caller, greeted: int, method: str) -> None:
    """Methods that send nothing have no flood limits."""
    call.api.flood_limits.is_on = True
    action = {"action": "typing"} if method == "sendChatAction" else {}
    for _ in range(40):
        await call.get(method, chat_id=greeted, **action)


async def test_thirty_a_second_in_all(call: Caller, world: World) -> None:
    """Thirty messages a second are allowed over all chats."""
    call.api.flood_limits.is_on = True
    people = [world.add_person(f"P{number}") for number in range(31)]
    for person in people:
        world.send_text(person.id, person.id, "/start")
    codes = [(await send(call, person.id, 1))[0] for person in people]
    assert codes == [0] * 30 + [429]
