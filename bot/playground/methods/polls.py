"""sendPoll and stopPoll. Media in polls, options added later and polls in channels are not supported."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from bot.playground.errors import bad_request
from bot.playground.formatting import check_length, formatting_parameters, read_formatted
from bot.playground.json_values import read_integer, read_list, read_object
from bot.playground.keyboards import INLINE_KEYBOARD
from bot.playground.method import Method, Result, Values
from bot.playground.parameters import Boolean, Choice, Integer, JsonValue, Parameter, Text
from bot.playground.send_parameters import CHAT_ID, MESSAGE_ID, SENDING, read_sending
from bot.playground.world import FormattedText, Poll, World, render
from bot.playground.world.polls import PollOption

# Bot API, sendPoll: the limits of a poll.
_LONGEST_QUESTION = 300
_LONGEST_OPTION = 100
_MOST_OPTIONS = 12
_LONGEST_EXPLANATION = 200
_MOST_LINE_FEEDS = 2
_LONGEST_DESCRIPTION = 1024
_SHORTEST_PERIOD, _LONGEST_PERIOD = 5, 2_628_000
_OPTION_FORMAT = formatting_parameters("text_parse_mode", "text_entities")


def _read_option(raw: object) -> dict[str, Any]:
    fields = {"text": Text(), **{parameter.name: parameter.type for parameter in _OPTION_FORMAT}}
    return read_object("InputPollOption", raw, fields, ("text",))


def _send_poll(world: World, values: Values) -> Result:
    chat = world.find_writable_chat(values["chat_id"])
    message = world.send_poll(chat, _read_poll(world, values), read_sending(world, values))
    return world.render_message(message)


def _read_poll(world: World, values: Values) -> Poll:
    kind = values.get("type", "regular")
    options = _read_options(world, values)
    explanation = _read_explanation(values)
    if explanation is not None and kind != "quiz":
        raise bad_request("explanation can be specified only for quiz polls (refused by the playground)")
    return Poll(
        id=world.random_id(),
        question=_read_question(values),
        options=options,
        type=kind,
        is_anonymous=values.get("is_anonymous", True),
        allows_multiple_answers=values.get("allows_multiple_answers", False),
        allows_revoting=values.get("allows_revoting", kind == "regular"),
        shuffle_options=values.get("shuffle_options", False),
        hide_results_until_closes=values.get("hide_results_until_closes", False),
        correct_option_ids=_read_correct(values, kind, len(options)),
        explanation=explanation,
        description=_read_description(values),
        open_period=values.get("open_period"),
        closes_at=_read_close(world.now(), values),
        is_closed=values.get("is_closed", False),
    )


def _read_question(values: Values) -> FormattedText:
    question = read_formatted(values, "question", "question_parse_mode", "question_entities")
    if not question.text:
        raise bad_request("poll question must be non-empty")
    check_length(question, _LONGEST_QUESTION, f"poll question length must not exceed {_LONGEST_QUESTION}")
    return _keep_custom_emoji(question)


def _read_options(world: World, values: Values) -> tuple[PollOption, ...]:
    if not values["options"]:
        raise bad_request("poll must have at least 1 option")
    options = []
    for given in values["options"]:
        text = read_formatted(given, "text", "text_parse_mode", "text_entities")
        if not text.text:
            raise bad_request("poll options must be non-empty")
        check_length(text, _LONGEST_OPTION, f"poll options length must not exceed {_LONGEST_OPTION}")
        options.append(PollOption(world.random_id(), _keep_custom_emoji(text)))
    return tuple(options)


def _keep_custom_emoji(text: FormattedText) -> FormattedText:
    kept = tuple(entity for entity in text.entities if entity.type == "custom_emoji")
    return FormattedText(text.text, kept)


def _read_correct(values: Values, kind: str, options: int) -> tuple[int, ...]:
    correct: tuple[int, ...] = values.get("correct_option_ids", ())
    if kind != "quiz":
        if correct:
            raise bad_request("correct options can be specified only for quiz polls (refused by the playground)")
        return ()
    if not correct:
        raise bad_request("quiz poll must have at least one correct option")
    if any(not 0 <= option < options for option in correct):
        raise bad_request("wrong correct option ID specified")
    if any(earlier >= later for earlier, later in pairwise(correct)):
        raise bad_request("correct option identifiers must be strictly increasing")
    if len(correct) > 1 and not values.get("allows_multiple_answers", False):
        raise bad_request("quiz poll with several correct options must allow multiple answers")
    return correct


def _read_explanation(values: Values) -> FormattedText | None:
    if not values.get("explanation"):
        return None
    explanation = read_formatted(values, "explanation", "explanation_parse_mode", "explanation_entities")
    check_length(explanation, _LONGEST_EXPLANATION, f"explanation length must not exceed {_LONGEST_EXPLANATION}")
    if explanation.text.count("\n") > _MOST_LINE_FEEDS:
        raise bad_request(f"explanation can have at most {_MOST_LINE_FEEDS} line feeds")
    return explanation


def _read_description(values: Values) -> FormattedText | None:
    if not values.get("description"):
        return None
    description = read_formatted(values, "description", "description_parse_mode", "description_entities")
    return check_length(description, _LONGEST_DESCRIPTION, "poll description is too long")


def _read_close(now: datetime, values: Values) -> datetime | None:
    if "open_period" in values and "close_date" in values:
        raise bad_request("open_period and close_date can't be used together")
    if "open_period" in values:
        return now + timedelta(seconds=values["open_period"])
    if "close_date" not in values:
        return None
    closes_at = datetime.fromtimestamp(values["close_date"], UTC)
    if not _SHORTEST_PERIOD <= (closes_at - now).total_seconds() <= _LONGEST_PERIOD:
        raise bad_request(f"close_date must be {_SHORTEST_PERIOD} to {_LONGEST_PERIOD} seconds in the future")
    return closes_at


def _stop_poll(world: World, values: Values) -> Result:
    chat = world.find_chat(values["chat_id"])
    return render.poll(world.stop_poll(chat, values["message_id"], values.get("reply_markup")))


METHODS = (
    Method(
        "sendPoll",
        (
            CHAT_ID,
            Parameter("question", Text(), required=True, missing="poll question must be non-empty"),
            *formatting_parameters("question_parse_mode", "question_entities"),
            Parameter(
                "options",
                JsonValue(
                    read_list(
                        "poll options",
                        _read_option,
                        _MOST_OPTIONS,
                        f"poll can't have more than {_MOST_OPTIONS} options",
                    ),
                ),
                required=True,
                missing="poll must have at least 1 option",
            ),
            Parameter("is_anonymous", Boolean()),
            Parameter("type", Choice(("quiz", "regular"), "unsupported poll type specified")),
            Parameter("allows_multiple_answers", Boolean()),
            Parameter("allows_revoting", Boolean()),
            Parameter("shuffle_options", Boolean()),
            Parameter("hide_results_until_closes", Boolean()),
            Parameter("correct_option_ids", JsonValue(read_list("correct_option_ids", read_integer, _MOST_OPTIONS))),
            Parameter("explanation", Text()),
            *formatting_parameters("explanation_parse_mode", "explanation_entities"),
            Parameter("open_period", Integer(_SHORTEST_PERIOD, _LONGEST_PERIOD)),
            Parameter("close_date", Integer(0, 2**33)),
            Parameter("is_closed", Boolean()),
            Parameter("description", Text()),
            *formatting_parameters("description_parse_mode", "description_entities"),
            *SENDING,
        ),
        _send_poll,
        counts_as="message",
    ),
    Method("stopPoll", (CHAT_ID, MESSAGE_ID, INLINE_KEYBOARD), _stop_poll, counts_as="message"),
)
