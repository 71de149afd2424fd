"""JSON of the chats, messages and polls as one person sees them in the chat page. Changes nothing."""

from collections import Counter
from random import Random
from typing import Any

from bot.playground.world import Chat, Content, FormattedText, Message, Person, Scope, World
from bot.playground.world.polls import Poll

Json = dict[str, Any]
# Characters of a text that a list of chats or a quoted message shows.
_SUMMARY_LENGTH = 80
# The page shows no higher count, and counting takes a step per message.
_MOST_UNREAD = 99


def full_name(person: Person) -> str:
    """Return the full name as clients show it."""
    return f"{person.first_name} {person.last_name}".strip()


def chat_view(world: World, chat: Chat, viewer: Person, read: int) -> Json:
    """Render a chat for the list. ``read`` is the id of the latest message that the viewer has read."""
    private = chat.type == "private"
    latest = next(reversed(chat.messages.values()), None)
    return {
        "id": chat.id,
        "kind": "private" if private else "group",
        "title": bot_name(world, viewer) if private else chat.title,
        "description": world.profile.text("description", viewer.language_code) if private else "",
        "language": viewer.language_code if private else None,
        "bot": world.bot.username,
        "members": sum(chat.has_member(user_id) for user_id in chat.members),
        "started": chat.started,
        "last": None if latest is None else _latest(world, latest, viewer),
        "unread": unread(chat, viewer, read),
        "read": read,
        "was": chat.migrated_from,
        "topics": None if chat.topics is None else [{"id": one, "title": title} for one, title in chat.topics.items()],
        "anonymous": None if private or not chat.is_administered_by(viewer.id) else viewer.id in chat.anonymous_admins,
        "commands": _commands(world, chat, viewer),
        "reply_keyboard": _reply_keyboard(chat, viewer),
    }


def bot_name(world: World, viewer: Person) -> str:
    """Return the bot's name in the viewer's language."""
    return world.profile.text("name", viewer.language_code) or world.bot.first_name


def unread(chat: Chat, viewer: Person, read: int) -> int:
    """Count the messages of others that the viewer has not read, up to 99."""
    count = 0
    for message in reversed(chat.messages.values()):
        if message.id <= read or count == _MOST_UNREAD:
            break
        count += message.sender_id != viewer.id
    return count


def message_view(world: World, message: Message, viewer: Person) -> Json:
    """Render a message."""
    content = message.content
    text = content.text or content.caption
    return {
        "id": message.id,
        "date": int(message.date.timestamp()),
        "edited": message.edit_date is not None,
        "mine": message.sender_id == viewer.id,
        "sender": _sender(world, message, viewer),
        "topic": _topic(world.chats[message.chat_id], message),
        **_formatted("text", text, "entities"),
        **_attached(content),
        "service": _service(content),
        "poll": None if content.poll_id is None else poll_view(world, world.polls[content.poll_id], viewer),
        "keyboard": [[_key(button) for button in row] for row in message.inline_keyboard],
        "reply_to": _quoted(world, message, viewer),
        "reactions": _reactions(message),
        "awaits_reply": "force_reply" in (message.reply_markup or {}),
    }


def poll_view(world: World, poll: Poll, viewer: Person) -> Json:
    """Render a poll: fields that the viewer may not see yet are None; shuffled options keep the viewer's own order."""
    view = world.poll_view(poll.id, viewer.id)
    order = list(range(len(poll.options)))
    if poll.shuffle_options:
        Random(f"{viewer.id}:{poll.id}").shuffle(order)  # noqa: S311 - an order of options, not a secret
    knows = view.correct_option_ids is not None
    return {
        "id": poll.id,
        **_formatted("question", poll.question, "question_entities"),
        **_formatted("description", poll.description, "description_entities"),
        **_formatted("explanation", view.explanation, "explanation_entities"),
        "options": [
            {
                "index": index,
                **_formatted("text", poll.options[index].text, "entities"),
                "chosen": index in view.chosen,
                "right": index in view.correct_option_ids if view.correct_option_ids is not None else None,
                "votes": None if view.vote_counts is None else view.vote_counts[index],
            }
            for index in order
        ],
        "quiz": poll.type == "quiz",
        "several": poll.allows_multiple_answers,
        "anonymous": poll.is_anonymous,
        "closed": poll.is_closed,
        "voted": bool(view.chosen),
        "right": view.chosen == view.correct_option_ids if knows and view.chosen else None,
        "total": None if view.vote_counts is None else len(poll.votes),
        "may_retract": view.can_retract,
    }


def _formatted(field: str, text: FormattedText | None, entities_field: str) -> Json:
    if text is None:
        return {field: "", entities_field: []}
    return {field: text.text, entities_field: [entity.to_json() for entity in text.entities]}


def _sender(world: World, message: Message, viewer: Person) -> Json:
    """Render the sender: the bot, a person, or, for an anonymous administrator, only the group."""
    if message.sent_as_chat:
        return {"id": message.chat_id, "name": world.chats[message.chat_id].title, "kind": "group"}
    sender = world.people[message.sender_id]
    if sender.is_bot:
        return {"id": sender.id, "name": bot_name(world, viewer), "kind": "bot"}
    return {"id": sender.id, "name": full_name(sender), "kind": "person"}


def _topic(chat: Chat, message: Message) -> Json | None:
    """Render the forum topic of a message; General has neither id nor title."""
    if chat.topics is None:
        return None
    return {"id": message.thread_id, "title": chat.topics.get(message.thread_id or 0)}


def _attached(content: Content) -> Json:
    photo, document, sticker = content.photo, content.document, content.sticker
    return {
        "photo": photo and {"url": f"/page/files/{photo.file.path}", "width": photo.width, "height": photo.height},
        "document": document
        and {
            "url": f"/page/files/{document.file.path}",
            "name": document.file.name,
            "size": len(document.file.content),
        },
        "sticker": sticker and {"emoji": sticker.emoji},
    }


def _service(content: Content) -> Json | None:
    if not content.service:
        return None
    what, value = next(iter(content.service.items()))
    listed = value if isinstance(value, list) else [value]
    return {"what": what, "names": [_name_in(one) for one in listed if isinstance(one, dict)]}


def _name_in(named: Json) -> str:
    """Return the name of a user or of a topic."""
    return str(named.get("name") or f"{named['first_name']} {named.get('last_name', '')}".strip())


def _key(button: Json) -> Json:
    return {
        "text": button["text"],
        "url": button.get("url"),
        "copy": button.get("copy_text", {}).get("text"),
        "style": button.get("style"),
    }


def _quoted(world: World, message: Message, viewer: Person) -> Json | None:
    answered = world.chats[message.chat_id].messages.get(message.reply_to or 0)
    if answered is None:
        return None
    words = message.quote.text.text if message.quote is not None else summary(world, answered)
    return {"sender": _sender(world, answered, viewer)["name"], "text": words}


def _reactions(message: Message) -> list[Json]:
    counts = Counter(emoji for chosen in message.reactions.values() for emoji in chosen)
    return [{"emoji": emoji, "count": count} for emoji, count in counts.items()]


def summary(world: World, message: Message) -> str:
    """Return the beginning of a message's text, of a poll's question, or a sticker's emoji."""
    content = message.content
    if content.poll_id is not None:
        return world.polls[content.poll_id].question.text[:_SUMMARY_LENGTH]
    text = content.text or content.caption
    if text is not None and text.text:
        return " ".join(text.text.split())[:_SUMMARY_LENGTH]
    if content.sticker is not None:
        return content.sticker.emoji
    return ""


def _latest(world: World, message: Message, viewer: Person) -> Json:
    content = message.content
    return {
        "date": int(message.date.timestamp()),
        "mine": message.sender_id == viewer.id,
        "sender": _sender(world, message, viewer)["name"],
        "text": summary(world, message),
        "what": "photo" if content.photo else "document" if content.document else None,
        "service": _service(content),
    }


def _commands(world: World, chat: Chat, viewer: Person) -> list[Json]:
    """Resolve the commands as Telegram does, the narrowest scope first (Bot API, BotCommandScope)."""
    if chat.type == "private":
        scopes = [Scope("chat", chat.id), Scope("all_private_chats")]
    else:
        rules = chat.is_administered_by(viewer.id)
        scopes = [Scope("chat_member", chat.id, viewer.id)]
        scopes += [Scope("chat_administrators", chat.id)] if rules else []
        scopes += [Scope("chat", chat.id)]
        scopes += [Scope("all_chat_administrators")] if rules else []
        scopes += [Scope("all_group_chats")]
    found = world.profile.commands_for((*scopes, Scope()), viewer.language_code)
    return [{"command": entry.command, "description": entry.description} for entry in found]


def _reply_keyboard(chat: Chat, viewer: Person) -> list[list[str]]:
    """Return the reply keyboard that applies now; a one-time keyboard disappears with the viewer's next message."""
    answered = False
    for message in reversed(chat.messages.values()):
        answered = answered or message.sender_id == viewer.id
        markup = message.reply_markup or {}
        if "remove_keyboard" in markup:
            return []
        if "keyboard" in markup:
            return [] if answered and markup.get("one_time_keyboard") else _key_texts(markup["keyboard"])
    return []


def _key_texts(rows: list[list[Json | str]]) -> list[list[str]]:
    return [[key if isinstance(key, str) else key["text"] for key in row] for row in rows]
