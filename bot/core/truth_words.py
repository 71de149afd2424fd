"""The words that authors may write for true and false, and similar words that they must replace."""

from collections.abc import Mapping

from bot.core.kind import Option, Value


def _written(words: str) -> tuple[str, ...]:
    """Return each word in lower case, capitalized and in upper case."""
    return tuple(form for word in words.split() for form in (word, word.capitalize(), word.upper()))


TRUE = _written("true yes да верно правда иә дұрыс рас")
FALSE = _written("false no нет неверно неправда ложь жоқ бұрыс өтірік")

# Other words that authors write for true or false: an error, so that nothing is guessed.
_NEARLY = frozenset(
    {
        "t",
        "f",
        "y",
        "n",
        "on",
        "off",
        "+",
        "-",
        "✓",
        "✔",
        "✗",
        "✘",
        "✅",
        "❌",
        "correct",
        "incorrect",
        "not true",
        "untrue",
    }
    | {
        "right",
        "wrong",
        "yep",
        "nope",
        "истина",
        "не верно",
        "верное",
        "неверное",
        "ия",
        "дұрыс емес",
        "ақиқат",
        "жалған",
    }
    | {"vrai", "faux", "wahr", "falsch", "ja", "nein", "oui", "non", "sí", "si", "evet", "hayır"}
)
_WRAPPING = " .!?;,\"'“”„‘’«»()[]`\ufe0f"


def calls_statement(fields: Mapping[str, Value]) -> bool:
    """Return whether the answer of a question is true or false, or a similar word that must be replaced.

    Beside `wrong`, only the lower-case words true and false count, since `True` may be an option.
    """
    answer = fields.get("answer", "")
    word = answer.text if isinstance(answer, Option) else str(answer)
    if word in {"true", "false"}:
        return True
    return "wrong" not in fields and (word in TRUE or word in FALSE or _is_nearly(word))


def _is_nearly(word: str) -> bool:
    bare = word.strip(_WRAPPING).casefold()
    return bare in _NEARLY or bare.upper() in TRUE or bare.upper() in FALSE
