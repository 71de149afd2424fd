"""The class Texts: placeholders, plural forms, escaping; and the choice of a language."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_text

from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES, Texts, nearest_language
from bot.i18n.user_text import WORD_JOINER, without_bidi_controls

TEXTS = Texts(
    "ru",
    {
        "language": {"name": "Русский"},
        "answer": {"given": "<i>Ответ:</i> {given}", "place": "{round} из {of}"},
        "count": {"cats": {"one": "{n} кот", "few": "{n} кота", "many": "{n} котов", "other": "{n} кота"}},
    },
)


def test_a_key_consists_of_section_and_name() -> None:
    """A text's key is the name of its section, a dot, and its own name."""
    assert TEXTS.keys() == {"language.name", "answer.given", "answer.place", "count.cats"}


def test_a_language_has_its_own_name() -> None:
    """The name of a language is in that language."""
    assert (TEXTS.code, TEXTS.name) == ("ru", "Русский")


def test_placeholders_are_filled_by_name() -> None:
    """Each placeholder is replaced by the value of the same name."""
    assert TEXTS.plain("answer.place", of=10, round=3) == "3 из 10"


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 котов"), (1, "1 кот"), (2, "2 кота"), (5, "5 котов"), (11, "11 котов"), (21, "21 кот"), (112, "112 котов")],
)
def test_the_number_chooses_the_plural_form(number: int, text: str) -> None:
    """The plural category of the number chooses the sentence."""
    assert TEXTS.plain("count.cats", n=number) == text


def test_a_text_without_plural_forms_is_used_for_every_number() -> None:
    """A text with only one sentence uses it for any number."""
    texts = Texts("ru", {"language": {"name": "Русский"}, "score": {"right": "Верно: {n}"}})
    assert texts.plural_forms("score.right") == {"other": "Верно: {n}"}
    assert texts.plain("score.right", n=1) == "Верно: 1"


def test_a_category_without_a_sentence_uses_other() -> None:
    """A plural category without a sentence uses that of ``other``."""
    texts = Texts("en", {"language": {"name": "English"}, "count": {"sheep": {"other": "{n} sheep"}}})
    assert texts.plain("count.sheep", n=1) == "1 sheep"


@pytest.mark.parametrize(
    ("key", "values"),
    [("answer.nothing", {}), ("answer.given", {}), ("answer.place", {"round": 1}), ("count.cats", {"of": 1})],
)
def test_a_missing_text_or_value_is_an_error(key: str, values: dict[str, int]) -> None:
    """A missing text or value raises KeyError, in plain and in HTML texts."""
    with pytest.raises(KeyError):
        TEXTS.plain(key, **values)
    with pytest.raises(KeyError):
        TEXTS.html(key, **values)


@given(value=any_text | st.sampled_from(["{n}", "{0}", "{{", "}", "{given!r}", "<b>", "&amp;"]))
def test_plain_texts_contain_values_unchanged(value: str) -> None:
    """Braces and tags in a value have no meaning."""
    assert TEXTS.plain("answer.given", given=value) == f"<i>Ответ:</i> {value}"


@given(value=any_text | st.sampled_from(["{n}", "{{", "<b>", "</i>", "&amp;", "a < b & c > d", "\"'"]))
def test_html_texts_show_values_literally(value: str) -> None:
    """A value in HTML is escaped and looks unchanged; only invisible characters may differ."""
    shown = TEXTS.html("answer.given", given=value).removeprefix("<i>Ответ:</i> ")
    assert "<" not in shown
    assert ">" not in shown
    assert unescape(shown).replace(WORD_JOINER, "") == without_bidi_controls(value).replace(WORD_JOINER, "")


def test_html_texts_keep_quotes_and_use_plural_forms() -> None:
    """Quotes are not escaped, and numbers choose the plural form in HTML too."""
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
        ("pt-br", DEFAULT_LANGUAGE),
        ("rus", DEFAULT_LANGUAGE),
        ("", DEFAULT_LANGUAGE),
        ("-", DEFAULT_LANGUAGE),
    ],
)
def test_the_nearest_language_depends_on_the_language_subtag(tag: str, code: str) -> None:
    """Only the language of a tag counts, not its country or script; an unknown language gets the default."""
    assert nearest_language(tag) == code


@given(tag=any_text)
def test_every_tag_has_a_nearest_language(tag: str) -> None:
    """Any tag, even an invalid one, gets a language."""
    assert nearest_language(tag) in LANGUAGES
