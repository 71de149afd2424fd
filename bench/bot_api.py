"""Methods of the fake Bot API: just enough of Telegram for a quiz bot. Parameters are not validated."""

import asyncio
import json
from collections import Counter
from functools import lru_cache

from crowd import GROUP, GROUP_ID, LEADER_ID, Askers, Crowd
from learners import Learners, chat, user
from loopback import Fields, Reply
from update_queue import MOST_AT_ONCE, UpdateQueue

BOT = (
    '{"id":42,"is_bot":true,"first_name":"Bench","username":"bench_bot","can_join_groups":true,'
    '"supports_guest_queries":false,'
    '"can_read_all_group_messages":false,"supports_inline_queries":false,"can_connect_to_business":false,'
    '"has_main_web_app":false,"has_topics_enabled":false,"allows_users_to_create_topics":false}'
)
SENT_DATE = 1_700_000_000


class BotApi:
    """Handler of `/bot<token>/<method>`. A method that it does not implement returns true.

    Attributes:
        requests: number of calls of each method.
        polled_by: index of the port on which getUpdates was called last.
        first_poll_at: time (of the event loop) of the first getUpdates since `await_bot`; None before.
    """

    def __init__(self, updates: UpdateQueue, learners: Learners, crowd: Crowd, askers: Askers) -> None:
        self._loop = asyncio.get_running_loop()
        self._updates = updates
        self._learners = learners
        self._crowd = crowd
        self._askers = askers
        self._ignored_port: int | None = None
        self.polled_by = 0
        self.requests: Counter[str] = Counter()
        self.first_poll_at: float | None = None
        self._methods = {
            "getme": self._get_me,
            "sendpoll": self._send_poll,
            "sendmessage": self._send_message,
            "editmessagetext": self._edit_message_text,
            "stoppoll": self._stop_poll,
            "getwebhookinfo": self._get_webhook_info,
            "getchatadministrators": self._get_chat_administrators,
        }

    def await_bot(self, ignored: int | None = None) -> None:
        """Reset `first_poll_at`: a bot is about to start, or to take over from the one on the ignored port."""
        self.first_poll_at, self._ignored_port = None, ignored

    def respond(self, port: int, method: str, fields: Fields, reply: Reply) -> None:
        """Answer one call that came in on the port of this index."""
        self.requests[method] += 1
        answer = self._methods.get(method.lower())
        if method.lower() == "getupdates":
            self._get_updates(port, fields, reply)
        elif answer is None:
            reply(200, '{"ok":true,"result":true}')
        else:
            answer(fields, reply)

    def _get_me(self, _fields: Fields, reply: Reply) -> None:
        reply(200, f'{{"ok":true,"result":{BOT}}}')

    def _get_webhook_info(self, _fields: Fields, reply: Reply) -> None:
        reply(200, '{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}')

    def _get_chat_administrators(self, _fields: Fields, reply: Reply) -> None:
        leader = f'{{"status":"creator","user":{user(LEADER_ID)},"is_anonymous":false}}'
        reply(200, f'{{"ok":true,"result":[{leader}]}}')

    def _get_updates(self, port: int, fields: Fields, reply: Reply) -> None:
        self.polled_by = port
        if self.first_poll_at is None and port != self._ignored_port:
            self.first_poll_at = self._loop.time()
        self._updates.poll(
            offset=int(fields.get("offset", 0)),
            limit=int(fields.get("limit", MOST_AT_ONCE)),
            patience=float(fields.get("timeout", 0)),
            reply=reply,
        )

    def _send_poll(self, fields: Fields, reply: Reply) -> None:
        number = self._learners.next_id()
        person = int(fields["chat_id"])
        poll = _poll(fields, number)
        reply(200, f'{{"ok":true,"result":{_message(number, person)},"poll":{poll}}}}}')
        correct = fields.get("correct_option_ids") or fields.get("correct_option_id", "0")
        if person == GROUP_ID:
            self._crowd.see_poll(number, str(number), _numbers(correct), fields.get("reply_markup", ""))
        else:
            self._learners.see_poll(person, str(number), _numbers(correct))

    def _send_message(self, fields: Fields, reply: Reply) -> None:
        number = self._learners.next_id()
        person = int(fields["chat_id"])
        reply(200, f'{{"ok":true,"result":{_message(number, person)},"text":{json.dumps(fields["text"])}}}}}')
        markup = fields.get("reply_markup", "")
        if person == GROUP_ID:
            self._crowd.see_message(number, markup)
        else:
            self._askers.see_message(person)
            self._learners.see_message(person, number, markup)

    def _edit_message_text(self, fields: Fields, reply: Reply) -> None:
        message = _message(int(fields["message_id"]), int(fields["chat_id"]))
        reply(200, f'{{"ok":true,"result":{message},"text":{json.dumps(fields["text"])}}}}}')

    def _stop_poll(self, _fields: Fields, reply: Reply) -> None:
        closed = {"question": "-", "options": '["-","-"]'}
        reply(200, f'{{"ok":true,"result":{_poll(closed, self._learners.next_id(), closed=True)}}}')


def _message(number: int, person: int) -> str:
    """Return a Message's JSON without its closing brace, so that its content can be appended."""
    where = GROUP if person == GROUP_ID else chat(person)
    return f'{{"message_id":{number},"date":{SENT_DATE},"from":{BOT},"chat":{where}'


def _poll(fields: Fields, number: int, *, closed: bool = False) -> str:
    several = fields.get("allows_multiple_answers", "false")
    return (
        f'{{"id":"{number}","question":{_quoted(fields["question"])},"options":{_options(fields["options"])},'
        f'"total_voter_count":0,"is_closed":{str(closed).lower()},"is_anonymous":false,"type":"quiz",'
        f'"allows_multiple_answers":{several},"allows_revoting":false,"members_only":false}}'
    )


@lru_cache(maxsize=16_384)
def _quoted(text: str) -> str:
    return json.dumps(text)


@lru_cache(maxsize=16_384)
def _options(text: str) -> str:
    """Convert the InputPollOptions of a request to the PollOptions of a reply."""
    options = [option["text"] if isinstance(option, dict) else option for option in json.loads(text)]
    return json.dumps(
        [{"persistent_id": str(at), "text": option, "voter_count": 0} for at, option in enumerate(options)]
    )


@lru_cache(maxsize=1_024)
def _numbers(text: str) -> tuple[int, ...]:
    """Parse a JSON list of numbers, or one number."""
    read = json.loads(text)
    return tuple(read) if isinstance(read, list) else (read,)
