"""Checks of the language files: against one another, CLDR, Telegram's limits, and the form of address."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import combinations
from string import Formatter

import pytest
from babel import Locale

from bot.i18n import DEFAULT_LANGUAGE, LANGUAGES, Texts
from bot.tg.views.paging import LONGEST_MESSAGE, length
from bot.tg.views.question import LONGEST_OPTION, LONGEST_QUESTION

KEYS = sorted(LANGUAGES[DEFAULT_LANGUAGE].keys())
every_language = pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)

# Bot API, HTML style: the tags without attributes that the bot's texts use.
ALLOWED_TAGS = {"b", "i", "u", "s", "code", "blockquote"}

# Limits in UTF-16 code units, from the Bot API: BotCommand, setMyName, setMyShortDescription, setMyDescription,
# answerCallbackQuery, sendPoll. A phone's menu shows about 40 of a command's description.
LIMITS = {
    "command": 40,
    "bot.name": 64,
    "bot.about": 120,
    "bot.description": 512,
    "toast": 200,
    "question.above": LONGEST_QUESTION,
    "question.above_several": LONGEST_QUESTION,
    "question.true": LONGEST_OPTION,
    "question.false": LONGEST_OPTION,
}

# A phone shows about 28 characters on a button that fills its row; "✅ " may precede the mixed topic.
BUTTONS = (
    "welcome.quiz", "welcome.score", "welcome.read", "setup.mixed", "setup.start", "quiz.go_on", "quiz.new",
    "question.skip", "result.practise", "result.again",
)  # fmt: skip
LONGEST_BUTTON = 28

# Texts that are intentionally equal in two languages.
EQUAL_TEXTS = {frozenset({"ru", "kk"}): {"quiz.chosen", "seat.seconds", "group.seconds", "control.more"}}

# The bot uses "ты" in Russian and "сіз" in Kazakh; these are words of the other form of address.
WRONG_ADDRESS = {
    "ru": r"вы|вас|вам|вами|ваш\w*",
    "kk": r"сен|сені|сенің|саған|сенде|сенен|өзің",
}


class _HtmlChecker(HTMLParser):
    """Collector of the HTML faults of a text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag not in ALLOWED_TAGS or attrs:
            self.faults.append(f"<{tag}> is not allowed")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def _faults(text: str) -> list[str]:
    marks = _HtmlChecker()
    marks.feed(text)
    marks.close()
    bare = re.sub(r"</?[a-z]+>|&(?:lt|gt|amp);", "", text)
    stray = [f"an unescaped {sign}" for sign in "<>&" if sign in bare]
    return [*marks.faults, *(f"<{tag}> stays open" for tag in marks.open), *stray]


def _sentences(texts: Texts) -> Iterator[tuple[str, str]]:
    """Yield every sentence with the key of its text."""
    for key in KEYS:
        for sentence in texts.plural_forms(key).values():
            yield key, sentence


def _placeholders(sentence: str) -> Counter[str]:
    """Count the placeholders of a sentence; conversions and format specs stay part of the name."""
    fields = [field for field in Formatter().parse(sentence) if field[1] is not None]
    return Counter(f"{name}{'!' if conversion else ''}{form}" for _, name, form, conversion in fields)


def _words(sentence: str) -> list[str]:
    """Return the words of a sentence without tags, placeholders and commands."""
    return re.findall(r"[^\W\d_]+", re.sub(r"<[^>]*>|\{\w+\}|/[a-z]+", " ", sentence))


def test_the_default_language_comes_first() -> None:
    """The default language is the first, so that it is offered first and registered before the others."""
    assert next(iter(LANGUAGES)) == DEFAULT_LANGUAGE


def test_english_russian_and_kazakh_exist() -> None:
    """English, Russian and Kazakh exist, each named in its own language."""
    names = {code: texts.name for code, texts in LANGUAGES.items()}
    assert names.items() >= {"en": "English", "ru": "Русский", "kk": "Қазақша"}.items()
    assert len(set(names.values())) == len(names)


@every_language
def test_codes_are_two_letters(texts: Texts) -> None:
    """Codes have two letters, since Telegram accepts only ISO 639-1 codes for the menu (Bot API, setMyCommands)."""
    assert re.fullmatch(r"[a-z]{2}", texts.code)


@every_language
def test_every_language_has_the_same_keys(texts: Texts) -> None:
    """No text is missing and none is superfluous."""
    assert texts.keys() == LANGUAGES[DEFAULT_LANGUAGE].keys()


@every_language
def test_every_sentence_has_the_same_placeholders(texts: Texts) -> None:
    """Each form of a text has the placeholders of the default language, each once, as plain names."""
    for key, sentence in _sentences(texts):
        wanted = _placeholders(LANGUAGES[DEFAULT_LANGUAGE].plural_forms(key)["other"])
        assert _placeholders(sentence) == wanted, (key, sentence)
        assert all(name.isidentifier() for name in wanted), key


@every_language
def test_plurals_have_the_categories_of_cldr(texts: Texts) -> None:
    """A text with {n} has a sentence for each plural category of whole numbers, and for "other"."""
    plural = Locale.parse(texts.code).plural_form
    categories = {plural(number) for number in range(201)} | {"other"}
    for key in KEYS:
        expected = categories if "{n}" in texts.plural_forms(key)["other"] else {"other"}
        assert set(texts.plural_forms(key)) == expected, key


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        ("en", {0: "0 questions", 1: "1 question", 2: "2 questions", 21: "21 questions"}),
        ("ru", {0: "0 вопросов", 1: "1 вопрос", 3: "3 вопроса", 12: "12 вопросов", 60: "60 вопросов", 81: "81 вопрос"}),
        ("kk", {0: "0 сұрақ", 1: "1 сұрақ", 2: "2 сұрақ", 60: "60 сұрақ"}),
    ],
)
def test_the_word_for_questions_agrees_with_the_number(code: str, counts: dict[int, str]) -> None:
    """The word for questions has the plural form of the number before it."""
    assert {number: LANGUAGES[code].plain("count.questions", n=number) for number in counts} == counts


@every_language
def test_no_ending_is_attached_to_a_placeholder(texts: Texts) -> None:
    """No letter, hyphen or apostrophe follows a placeholder, since the ending would depend on the value."""
    for key, sentence in _sentences(texts):
        assert not re.search(r"\}(</\w+>)?[-’'\w]", sentence), (key, sentence)


@every_language
def test_html_is_valid_for_telegram(texts: Texts) -> None:
    """Every sentence is HTML that Telegram accepts: known tags, closed in order, with escaped characters."""
    assert {key: _faults(sentence) for key, sentence in _sentences(texts) if _faults(sentence)} == {}


@pytest.mark.parametrize(
    "text", ["<b>open", "close</b>", "<b><i>crossed</b></i>", "<p>strange</p>", '<b class="x">y</b>', "a < b", "a & b"]
)
def test_invalid_html_is_found(text: str) -> None:
    """The checker that the test above uses finds faults."""
    assert _faults(text)


@every_language
def test_texts_keep_to_the_limits(texts: Texts) -> None:
    """No text is empty, and none exceeds Telegram's limits when it is filled with long numbers."""
    for key, sentence in _sentences(texts):
        limit = LIMITS.get(key) or LIMITS.get(key.partition(".")[0]) or LONGEST_MESSAGE
        filled = re.sub(r"\{\w+\}", "1000", sentence)
        assert 0 < length(filled.strip()) <= limit, (key, length(filled))


@every_language
def test_buttons_are_short(texts: Texts) -> None:
    """The text of every button fits on a phone."""
    long = {key: texts.plain(key) for key in BUTTONS if length(texts.plain(key)) > LONGEST_BUTTON}
    assert long == {}


@every_language
def test_sentences_name_the_same_commands(texts: Texts) -> None:
    """A translated sentence names the same commands as the sentence of the default language."""
    for key in KEYS:
        commands = [
            re.findall(r"(?<!<)/[a-z]+", one.plural_forms(key)["other"]) for one in (texts, LANGUAGES[DEFAULT_LANGUAGE])
        ]
        assert sorted(commands[0]) == sorted(commands[1]), key


@pytest.mark.parametrize("pair", tuple(combinations(LANGUAGES, 2)), ids="-".join)
def test_nothing_is_left_untranslated(pair: tuple[str, str]) -> None:
    """Two languages have different texts, except for those listed as equal."""
    one, other = (LANGUAGES[code] for code in pair)
    same = {key for key in KEYS if one.plural_forms(key)["other"] == other.plural_forms(key)["other"]}
    assert same == EQUAL_TEXTS.get(frozenset(pair), set())


@every_language
def test_no_word_mixes_scripts(texts: Texts) -> None:
    """No word has letters of two scripts, such as a Latin i in a Kazakh word."""
    for key, sentence in _sentences(texts):
        for word in _words(sentence):
            assert len({unicodedata.name(letter).split()[0] for letter in word}) == 1, (key, word)


@every_language
def test_words_are_in_the_script_of_the_language(texts: Texts) -> None:
    """All words except for commands are in the script of the language's own name."""
    script = unicodedata.name(texts.name[0]).split()[0]
    for key, sentence in _sentences(texts):
        strange = [word for word in _words(sentence) if not unicodedata.name(word[0]).startswith(script)]
        assert strange == [], key


@pytest.mark.parametrize("code", WRONG_ADDRESS)
def test_people_are_addressed_in_one_way(code: str) -> None:
    """The bot does not mix the familiar and the formal address."""
    wrong = re.compile(rf"\b(?:{WRONG_ADDRESS[code]})\b", re.IGNORECASE)
    assert {key: sentence for key, sentence in _sentences(LANGUAGES[code]) if wrong.search(sentence)} == {}
