"""Commands, names and menu buttons that a bot registers."""

from small_world import Caller

from bot.playground.world import Command, Scope, World


async def test_commands_by_scope_and_language(call: Caller, world: World, greeted: int) -> None:
    """Commands are kept apart by scope and language, and a client falls back from the particular to the general."""
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


async def test_a_scope_names_a_known_chat(call: Caller) -> None:
    """Commands for a chat that the bot does not know are refused."""
    scope = {"type": "chat", "chat_id": 5}
    assert await call.refusal("getMyCommands", scope=scope) == (400, "Bad Request: chat not found")


async def test_wordings_by_language(call: Caller) -> None:
    """A description in a language comes before the one for everybody, and an empty one takes it away."""
    await call.get("setMyDescription", description="Quiz")
    await call.get("setMyDescription", description="Сынақ", language_code="kk")
    assert await call.get("getMyDescription", language_code="kk") == {"description": "Сынақ"}
    assert await call.get("getMyDescription", language_code="fr") == {"description": "Quiz"}
    await call.get("setMyDescription", description="", language_code="kk")
    assert await call.get("getMyDescription", language_code="kk") == {"description": "Quiz"}


async def test_the_name_of_the_bot(call: Caller) -> None:
    """Without a registered name the bot's own is told."""
    assert await call.get("getMyName") == {"name": "Quiz"}
    await call.get("setMyName", name="Reading quiz")
    assert await call.get("getMyName", language_code="de") == {"name": "Reading quiz"}


async def test_the_mode_of_presses(call: Caller, world: World, greeted: int) -> None:
    """The mode is told; in Inline a press has an id in the place of its message, which tells no chat."""
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
    """What is not given stays, and a mode that there is not is refused."""
    await call.get("setMySettings", callback_query_mode="Inline")
    await call.get("setMySettings")
    assert (await call.get("getMe"))["callback_query_mode"] == "Inline"
    for mode in ("inline", "Sometimes", "", 1):
        code, _ = await call.refusal("setMySettings", callback_query_mode=mode)
        assert code == 400


async def test_menu_buttons(call: Caller, greeted: int) -> None:
    """A chat's own menu button comes before the usual one; groups have none."""
    assert await call.get("getChatMenuButton", chat_id=greeted) == {"type": "default"}
    await call.get("setChatMenuButton", menu_button={"type": "commands"})
    assert await call.get("getChatMenuButton", chat_id=greeted) == {"type": "commands"}
    await call.get("setChatMenuButton", chat_id=greeted)
    assert await call.get("getChatMenuButton", chat_id=greeted) == {"type": "default"}
    assert await call.get("getChatMenuButton") == {"type": "commands"}
