"""Conversion of the world's objects into Bot API JSON, as the BOT sees them. Changes nothing."""

from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256
from typing import Any

from bot.playground.world.callback_queries import CallbackQuery
from bot.playground.world.chats import Chat, Status
from bot.playground.world.entities import FormattedText
from bot.playground.world.files import Photo, StoredFile
from bot.playground.world.messages import Content, Message
from bot.playground.world.people import CHANNEL_BOT, GROUP_ANONYMOUS_BOT, Person
from bot.playground.world.polls import Poll

Json = dict[str, Any]
# Bot API, ChatMemberAdministrator: the rights of every administrator here.
_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)


def unix_time(time: datetime) -> int:
    """Return Unix time in whole seconds."""
    return int(time.timestamp())


def user(person: Person) -> Json:
    """Render a User."""
    shown: Json = {"id": person.id, "is_bot": person.is_bot, "first_name": person.first_name}
    shown |= _filled(last_name=person.last_name, username=person.username)
    return shown if person.is_bot else shown | _filled(language_code=person.language_code)


def chat(place: Chat, people: dict[int, Person]) -> Json:
    """Render a Chat."""
    if place.type != "private":
        return {"id": place.id, "type": place.type, "title": place.title} | _filled(is_forum=place.topics is not None)
    person = people[place.id]
    return {"id": place.id, "type": "private", "first_name": person.first_name} | _filled(
        last_name=person.last_name,
        username=person.username,
    )


def member(person: Person, status: Status, *, anonymous: bool = False) -> Json:
    """Render a ChatMember; ``anonymous`` is its ``is_anonymous``: an administrator who acts as the group itself."""
    shown: Json = {"status": status, "user": user(person)}
    if status == "kicked":
        return shown | {"until_date": 0}
    if status == "creator":
        return shown | {"is_anonymous": anonymous}
    if status == "administrator":
        return shown | {"is_anonymous": anonymous, "can_be_edited": False} | dict.fromkeys(_RIGHTS, True)
    return shown


def formatted(text: FormattedText, text_field: str, entities_field: str) -> Json:
    """Render formatted text into two fields with these names."""
    shown: Json = {text_field: text.text}
    if text.entities:
        shown[entities_field] = [entity.to_json() for entity in text.entities]
    return shown


def poll(source: Poll) -> Json:
    """Render a Poll as its sender sees it, with the right options and the vote counts."""
    counts = source.vote_counts
    shown: Json = {
        "id": source.id,
        **formatted(source.question, "question", "question_entities"),
        "options": [
            {"persistent_id": option.persistent_id, "voter_count": count}
            | formatted(option.text, "text", "text_entities")
            for option, count in zip(source.options, counts, strict=True)
        ],
        "total_voter_count": len(source.votes),
        "is_closed": source.is_closed,
        "is_anonymous": source.is_anonymous,
        "type": source.type,
        "allows_multiple_answers": source.allows_multiple_answers,
        "allows_revoting": source.allows_revoting,
        "members_only": False,
    }
    if source.type == "quiz":
        shown["correct_option_ids"] = list(source.correct_option_ids)
    if source.explanation is not None:
        shown |= formatted(source.explanation, "explanation", "explanation_entities")
    if source.description is not None:
        shown |= formatted(source.description, "description", "description_entities")
    if source.closes_at is not None:
        shown |= {"close_date": unix_time(source.closes_at)} | _filled(open_period=source.open_period)
    return shown


def poll_answer(source: Poll, voter: Person, voter_chat: Json | None = None) -> Json:
    """Render a PollAnswer with the person's current options; none after the vote was retracted.

    ``voter_chat`` is the chat as which an anonymous administrator voted; the user is then a substitute.
    """
    chosen = source.votes.get(voter.id, ())
    by = {"user": user(voter)} if voter_chat is None else {"voter_chat": voter_chat, "user": user(CHANNEL_BOT)}
    return {
        "poll_id": source.id,
        **by,
        "option_ids": list(chosen),
        "option_persistent_ids": [source.options[option].persistent_id for option in chosen],
    }


def file(stored: StoredFile) -> Json:
    """Render the fields that all types of files share."""
    return {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": len(stored.content)}


def photo(picture: Photo) -> Json:
    """Render a PhotoSize."""
    return file(picture.file) | {"width": picture.width, "height": picture.height}


def content(carried: Content, polls: dict[str, Poll]) -> Json:
    """Render the fields of a Message that depend on its content."""
    shown: Json = dict(carried.service or {})
    if carried.text is not None:
        shown |= formatted(carried.text, "text", "entities")
    if carried.link_preview is not None:
        shown["link_preview_options"] = dict(carried.link_preview)
    if carried.caption is not None and carried.caption.text:
        shown |= formatted(carried.caption, "caption", "caption_entities")
    if carried.poll_id is not None:
        shown["poll"] = poll(polls[carried.poll_id])
    if carried.photo is not None:
        shown["photo"] = [photo(carried.photo)]
    if carried.document is not None:
        stored = carried.document.file
        shown["document"] = file(stored) | {"file_name": stored.name, "mime_type": stored.mime_type}
    if carried.sticker is not None:
        shown["sticker"] = file(carried.sticker.file) | _sticker_fields(carried.sticker.emoji)
    return shown


def message(shown: Message, place: Chat, people: dict[int, Person], polls: dict[str, Poll]) -> Json:
    """Render a Message with the message that it replies to.

    In a topic, a message that is not a reply counts as a reply to the service message that created the topic, as the
    official server does it.
    """
    rendered: Json = {
        "message_id": shown.id,
        **_sender(shown, place, people),
        "chat": chat(place, people),
        "date": unix_time(shown.date),
        **_filled(message_thread_id=shown.thread_id, is_topic_message=shown.thread_id is not None),
        **content(shown.content, polls),
    }
    answered = place.messages.get(shown.reply_to or shown.thread_id or 0)
    if answered is not None and answered is not shown:
        rendered["reply_to_message"] = message(answered, place, people, polls)
        rendered["reply_to_message"].pop("reply_to_message", None)
    if shown.quote is not None:
        rendered["quote"] = formatted(shown.quote.text, "text", "entities") | {"position": shown.quote.position}
    if shown.forwarded_from is not None:
        origin = {"type": "user", "date": unix_time(shown.date), "sender_user": user(people[shown.forwarded_from])}
        rendered["forward_origin"] = origin
    if shown.edit_date is not None:
        rendered["edit_date"] = unix_time(shown.edit_date)
    if shown.inline_keyboard:
        rendered["reply_markup"] = {"inline_keyboard": shown.inline_keyboard}
    return rendered | _filled(has_protected_content=shown.protected, effect_id=shown.effect_id)


def _sender(shown: Message, place: Chat, people: dict[int, Person]) -> Json:
    if shown.sent_as_chat:
        return {"from": user(GROUP_ANONYMOUS_BOT), "sender_chat": chat(place, people)}
    return {"from": user(people[shown.sender_id])}


def callback_query(query: CallbackQuery, person: Person, message_json: Json | None) -> Json:
    """Render a CallbackQuery with the button's message; None renders an ``inline_message_id`` instead."""
    place = f"{query.chat_id}:{query.message_id}".encode()
    return {
        "id": query.id,
        "from": user(person),
        **(
            {"inline_message_id": urlsafe_b64encode(sha256(place).digest()).decode()}
            if message_json is None
            else {"message": message_json}
        ),
        "chat_instance": str(query.chat_id),
        "data": query.data,
    }


def _sticker_fields(emoji: str) -> Json:
    # 512 pixels is the side every sticker has (Telegram, stickers).
    fixed: Json = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return fixed | _filled(emoji=emoji)


def _filled(**fields: Any) -> Json:  # noqa: ANN401 - values of many kinds go into JSON
    return {name: value for name, value in fields.items() if value}
