"""Commands, names, descriptions and menu buttons of a bot."""

from small_world import Caller

from bot.playground.world import Command, Scope, World


async def test_commands_by_scope_and_language(call: Caller, world: World, greeted: int) -> None:
    """Commands are stored per scope and language; clients prefer the narrowest scope and the user's language."""
    general = [{"command": "quiz", "description": "Ask"}]
    german = [{"command": "quiz", "description": "Fragen"}]
    own = [{"command": "stop", "description": "End"}]
    chat = {"type": "chat", "chat_id": greeted}
    await call.get("setMyCommands", commands=general)
    await call.get("setMyCommands", commands=german, language_code="de")
    await call.get("setMyCommands", commands=own, scope=chat)
    assert await call.get("getMyCommands") == general
    assert await call.get("getMyCommands", language_code="de") == german
    assert await call.get("getMyCommands", language_code="fr") == []
    scopes = (Scope("chat", greeted), Scope())
    assert world.profile.commands_for(scopes, "de") == (Command("stop", "End"),)
    await call.get("deleteMyCommands", scope=chat)
    assert world.profile.commands_for(scopes, "de-AT") == (Command("quiz", "Fragen"),)
    assert world.profile.commands_for(scopes, "fr") == (Command("quiz", "Ask"),)


async def test_a_scope_with_an_unknown_chat_is_refused(call: Caller) -> None:
    """Commands for a chat that the bot does not know are refused."""
    scope = {"type": "chat", "chat_id": 5}
    assert await call.refusal("getMyCommands", scope=scope) == (400, "Bad Request: chat not found")


async def test_descriptions_by_language(call: Caller) -> None:
    """A description in the user's language is preferred, and an empty text deletes it."""
    await call.get("setMyDescription", description="Quiz")
    await call.get("setMyDescription", description="Сынақ", language_code="kk")
    assert await call.get("getMyDescription", language_code="kk") == {"description": "Сынақ"}
    assert await call.get("getMyDescription", language_code="fr") == {"description": "Quiz"}
    await call.get("setMyDescription", description="", language_code="kk")
    assert await call.get("getMyDescription", language_code="kk") == {"description": "Quiz"}


async def test_the_name_of_the_bot(call: Caller) -> None:
    """Without a registered name, getMyName returns the bot's first name."""
    assert await call.get("getMyName") == {"name": "Quiz"}
    await call.get("setMyName", name="Reading quiz")
    assert await call.get("getMyName", language_code="de") == {"name": "Reading quiz"}


async def test_the_callback_query_mode(call: Caller, world: World, greeted: int) -> None:
    """GetMe returns the mode; in mode Inline a callback query has an inline_message_id, which reveals no chat."""
    sent = await call.get(
        "sendMessage",
        chat_id=greeted,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "On", "callback_data": "on"}]]},
    )
    for mode, has_message in (("Default", True), ("Inline", False), ("Auto", True)):
        assert await call.get("setMySettings", callback_query_mode=mode) is True
        assert (await call.get("getMe"))["callback_query_mode"] == mode
        press = world.press_button(greeted, greeted, sent["message_id"], "on")
        query = (await call.get("getUpdates", offset=-1))[0]["callback_query"]
        assert ("message" in query, "inline_message_id" in query) == (has_message, not has_message)
        assert await call.get("answerCallbackQuery", callback_query_id=press.id) is True


async def test_settings_are_checked(call: Caller) -> None:
    """Settings that are not passed do not change, and an unknown mode is refused."""
    await call.get("setMySettings", callback_query_mode="Inline")
    await call.get("setMySettings")
    assert (await call.get("getMe"))["callback_query_mode"] == "Inline"
    for mode in ("inline", "Sometimes", "", 1):
        code, _ = await call.refusal("setMySettings", callback_query_mode=mode)
        assert code == 400


async def test_menu_buttons(call: Caller, greeted: int) -> None:
    """A chat's own menu button is preferred to the default one; groups have none."""
    assert await call.get("getChatMenuButton", chat_id=greeted) == {"type": "default"}
    await call.get("setChatMenuButton", menu_button={"type": "commands"})
    assert await call.get("getChatMenuButton", chat_id=greeted) == {"type": "commands"}
    await call.get("setChatMenuButton", chat_id=greeted)
    assert await call.get("getChatMenuButton", chat_id=greeted) == {"type": "default"}
    assert await call.get("getChatMenuButton") == {"type": "commands"}
