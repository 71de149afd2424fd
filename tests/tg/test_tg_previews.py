"""No message of the bot shows a preview of a page that a link in it leads to."""

from test_tg_views import EXAMPLES, new_world

from bot.tg.bot_api.client import ApiClient
from bot.tg.views import show

TEXTS = frozenset({"sendMessage", "editMessageText"})
OFF = {"is_disabled": True}


async def test_no_message_shows_a_preview() -> None:
    """Every text is sent or edited with link previews off."""
    bot, person = new_world()
    calls = [call for message in EXAMPLES for call in show(message, "en") if call.method in TEXTS]
    sent = [await carried_out(bot, person, dict(call.parameters)) for call in calls]
    assert len(sent) > 100
    assert [one["link_preview_options"] for one in sent] == [OFF] * len(sent)


async def carried_out(bot: ApiClient, person: int, parameters: dict[str, object]) -> dict[str, object]:
    """Send a text, or put it in the place of one that was sent before; return the message as Telegram has it."""
    if "message_id" not in parameters:
        return dict(await bot.call("sendMessage", {"chat_id": person, **parameters}))
    before = await bot.call("sendMessage", {"chat_id": person, "text": "Before."})
    changed = {**parameters, "chat_id": person, "message_id": before["message_id"]}
    return dict(await bot.call("editMessageText", changed))
