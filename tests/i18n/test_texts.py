"""Texts as a class: values put in, plural by number, what is escaped; and the language found for a person."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text

from bot.i18n import LANGUAGES, REFERENCE, Texts, nearest_language
from bot.i18n.insertion import JOINER, undirected

TEXTS = Texts(
    "ru",
    {
        "language": {"name": "Русский"},
        "answer": {"given": "<i>Ответ:</i> {given}", "place": "{round} из {of}"},
        "count": {"cats": {"one": "{n} кот", "few": "{n} кота", "many": "{n} котов", "other": "{n} кота"}},
    },
)


def test_texts_are_called_by_part_and_name() -> None:
    """A text's name is the name of its part, a point, and its own."""
    assert TEXTS.keys() == {"language.name", "answer.given", "answer.place", "count.cats"}


def test_a_language_is_called_by_its_own_name() -> None:
    """The name of a language is the one it has in itself."""
    assert (TEXTS.code, TEXTS.name) == ("ru", "Русский")


def test_values_are_put_in_by_name() -> None:
    """Each value stands where its name stood."""
    assert TEXTS.plain("answer.place", of=10, round=3) == "3 из 10"


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 котов"), (1, "1 кот"), (2, "2 кота"), (5, "5 котов"), (11, "11 котов"), (21, "21 кот"), (112, "112 котов")],
)
def test_a_number_rules_the_form(number: int, text: str) -> None:
    """The plural category of the number chooses the sentence."""
    assert TEXTS.plain("count.cats", n=number) == text


def test_a_text_without_plural_has_one_form_for_every_number() -> None:
    """A sentence that no number rules takes any number."""
    texts = Texts("ru", {"language": {"name": "Русский"}, "score": {"right": "Верно: {n}"}})
    assert texts.forms("score.right") == {"other": "Верно: {n}"}
    assert texts.plain("score.right", n=1) == "Верно: 1"


def test_a_category_without_a_sentence_takes_the_one_for_others() -> None:
    """Where a language's forms are alike, ``other`` alone is enough."""
    texts = Texts("en", {"language": {"name": "English"}, "count": {"sheep": {"other": "{n} sheep"}}})
    assert texts.plain("count.sheep", n=1) == "1 sheep"


@pytest.mark.parametrize(
    ("key", "values"),
    [("answer.nothing", {}), ("answer.given", {}), ("answer.place", {"round": 1}), ("count.cats", {"of": 1})],
)
def test_what_is_missing_is_an_error(key: str, values: dict[str, int]) -> None:
    """A text that is not there, or a value that was not given, is a KeyError in both ways of asking."""
    with pytest.raises(KeyError):
        TEXTS.plain(key, **values)
    with pytest.raises(KeyError):
        TEXTS.html(key, **values)


@given(value=any_text | st.sampled_from(["{n}", "{0}", "{{", "}", "{given!r}", "<b>", "&amp;"]))
def test_plain_leaves_values_as_they_are(value: str) -> None:
    """Braces and marks in a value mean nothing."""
    assert TEXTS.plain("answer.given", given=value) == f"<i>Ответ:</i> {value}"


@given(value=any_text | st.sampled_from(["{n}", "{{", "<b>", "</i>", "&amp;", "a < b & c > d", "\"'"]))
def test_html_shows_values_as_they_are(value: str) -> None:
    """A value in HTML has no marks of its own, and reads as it was written; what is not seen may differ."""
    shown = TEXTS.html("answer.given", given=value).removeprefix("<i>Ответ:</i> ")
    assert "<" not in shown
    assert ">" not in shown
    assert unescape(shown).replace(JOINER, "") == undirected(value).replace(JOINER, "")


def test_html_keeps_quotes_and_numbers() -> None:
    """Quotes need no escaping outside a mark, and numbers rule the form in HTML too."""
    assert TEXTS.html("answer.given", given='"Ra\'ad"') == '<i>Ответ:</i> "Ra\'ad"'
    assert TEXTS.html("count.cats", n=3) == "3 кота"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("ru", "ru"),
        ("ru-RU", "ru"),
        ("RU", "ru"),
        ("kk", "kk"),
        ("kk_KZ", "kk"),
        ("kk-Cyrl-KZ", "kk"),
        ("en-GB", "en"),
        ("pt-br", REFERENCE),
        ("rus", REFERENCE),
        ("", REFERENCE),
        ("-", REFERENCE),
    ],
)
def test_the_nearest_language_is_that_of_the_app(tag: str, code: str) -> None:
    """The language alone counts, not the country or the script; one we do not speak gets the reference."""
    assert nearest_language(tag) == code


@given(tag=any_text)
def test_every_tag_has_a_nearest_language(tag: str) -> None:
    """Whatever an app says, the bot speaks some language."""
    assert nearest_language(tag) in LANGUAGES
