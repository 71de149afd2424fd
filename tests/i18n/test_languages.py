"""The languages held to one another, to CLDR, to Telegram's rules, and to good manners."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import combinations
from string import Formatter

import pytest
from babel import Locale

from bot.i18n import LANGUAGES, REFERENCE, Texts
from bot.tg.views.paging import LONGEST_MESSAGE, length
from bot.tg.views.question import LONGEST_OPTION, LONGEST_QUESTION

KEYS = sorted(LANGUAGES[REFERENCE].keys())
every_language = pytest.mark.parametrize("texts", LANGUAGES.values(), ids=LANGUAGES)

# Bot API, HTML style: the marks without attributes that texts of ours have a use for.
ALLOWED_MARKS = {"b", "i", "u", "s", "code", "blockquote"}

# How many UTF-16 code units a text may have at most. Bot API: BotCommand, setMyName, setMyShortDescription,
# setMyDescription, answerCallbackQuery, sendPoll. Of a command's description, a phone's menu shows about 40.
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

# A phone shows about 28 characters on a button that has its row to itself; "✅ " may stand before the mixed topic.
BUTTONS = (
    "welcome.quiz", "welcome.score", "welcome.read", "setup.mixed", "setup.start", "quiz.go_on", "quiz.new",
    "question.skip", "result.practise", "result.again",
)  # fmt: skip
LONGEST_BUTTON = 28

# Texts that are rightly the same in two languages.
SAME = {frozenset({"ru", "kk"}): {"quiz.chosen", "seat.seconds", "group.seconds", "control.more"}}

# The bot says "ты" in Russian and "сіз" in Kazakh; these are words of the other address.
WRONG_ADDRESS = {
    "ru": r"вы|вас|вам|вами|ваш\w*",
    "kk": r"сен|сені|сенің|саған|сенде|сенен|өзің",
}


class _Marks(HTMLParser):
    """Collects what is wrong with the marks of a text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag not in ALLOWED_MARKS or attrs:
            self.faults.append(f"<{tag}> is not allowed")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def _faults(text: str) -> list[str]:
    marks = _Marks()
    marks.feed(text)
    marks.close()
    bare = re.sub(r"</?[a-z]+>|&(?:lt|gt|amp);", "", text)
    stray = [f"a bare {sign}" for sign in "<>&" if sign in bare]
    return [*marks.faults, *(f"<{tag}> stays open" for tag in marks.open), *stray]


def _sentences(texts: Texts) -> Iterator[tuple[str, str]]:
    """Give every sentence with the name of its text."""
    for key in KEYS:
        for sentence in texts.forms(key).values():
            yield key, sentence


def _places(sentence: str) -> Counter[str]:
    """Give the names in braces; anything but a plain name shows as what it is."""
    fields = [field for field in Formatter().parse(sentence) if field[1] is not None]
    return Counter(f"{name}{'!' if conversion else ''}{form}" for _, name, form, conversion in fields)


def _words(sentence: str) -> list[str]:
    """Give the words of a sentence as they are read, without marks, places and commands."""
    return re.findall(r"[^\W\d_]+", re.sub(r"<[^>]*>|\{\w+\}|/[a-z]+", " ", sentence))


def test_the_reference_comes_first() -> None:
    """The reference heads the languages, so that it heads the choice and is registered before the others."""
    assert next(iter(LANGUAGES)) == REFERENCE


def test_the_languages_of_the_learners_are_spoken() -> None:
    """Kazakh, Russian and English are there, each by its name in itself."""
    names = {code: texts.name for code, texts in LANGUAGES.items()}
    assert names.items() >= {"en": "English", "ru": "Русский", "kk": "Қазақша"}.items()
    assert len(set(names.values())) == len(names)


@every_language
def test_codes_are_two_letters(texts: Texts) -> None:
    """Telegram takes only two-letter codes of ISO 639-1 for the menu (Bot API, setMyCommands)."""
    assert re.fullmatch(r"[a-z]{2}", texts.code)


@every_language
def test_every_language_has_the_texts_of_the_reference(texts: Texts) -> None:
    """No text is missing and none is left over."""
    assert texts.keys() == LANGUAGES[REFERENCE].keys()


@every_language
def test_every_sentence_has_the_places_of_the_reference(texts: Texts) -> None:
    """Each form of a text takes the same values, each once, by plain names."""
    for key, sentence in _sentences(texts):
        wanted = _places(LANGUAGES[REFERENCE].forms(key)["other"])
        assert _places(sentence) == wanted, (key, sentence)
        assert all(name.isidentifier() for name in wanted), key


@every_language
def test_plurals_have_the_categories_of_cldr(texts: Texts) -> None:
    """A text that a number {n} rules has a sentence for each category that whole numbers have, and for the others."""
    plural = Locale.parse(texts.code).plural_form
    categories = {plural(number) for number in range(201)} | {"other"}
    for key in KEYS:
        expected = categories if "{n}" in texts.forms(key)["other"] else {"other"}
        assert set(texts.forms(key)) == expected, key


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        ("en", {0: "0 questions", 1: "1 question", 2: "2 questions", 21: "21 questions"}),
        ("ru", {0: "0 вопросов", 1: "1 вопрос", 3: "3 вопроса", 12: "12 вопросов", 60: "60 вопросов", 81: "81 вопрос"}),
        ("kk", {0: "0 сұрақ", 1: "1 сұрақ", 2: "2 сұрақ", 60: "60 сұрақ"}),
    ],
)
def test_questions_are_counted(code: str, counts: dict[int, str]) -> None:
    """The word for questions agrees with the number before it."""
    assert {number: LANGUAGES[code].plain("count.questions", n=number) for number in counts} == counts


@every_language
def test_no_ending_hangs_on_a_value(texts: Texts) -> None:
    """No letter, hyphen or apostrophe follows a value: the ending would depend on what is put in."""
    for key, sentence in _sentences(texts):
        assert not re.search(r"\}(</\w+>)?[-’'\w]", sentence), (key, sentence)


@every_language
def test_marks_are_telegrams_and_balanced(texts: Texts) -> None:
    """Every sentence is HTML that Telegram takes: known marks, closed in order, signs escaped."""
    assert {key: _faults(sentence) for key, sentence in _sentences(texts) if _faults(sentence)} == {}


@pytest.mark.parametrize(
    "text", ["<b>open", "close</b>", "<b><i>crossed</b></i>", "<p>strange</p>", '<b class="x">y</b>', "a < b", "a & b"]
)
def test_bad_marks_are_found(text: str) -> None:
    """The test of marks above can fail."""
    assert _faults(text)


@every_language
def test_texts_keep_to_the_limits(texts: Texts) -> None:
    """No text is empty, and none is longer than Telegram takes, with long numbers put in."""
    for key, sentence in _sentences(texts):
        limit = LIMITS.get(key) or LIMITS.get(key.partition(".")[0]) or LONGEST_MESSAGE
        filled = re.sub(r"\{\w+\}", "1000", sentence)
        assert 0 < length(filled.strip()) <= limit, (key, length(filled))


@every_language
def test_buttons_are_short(texts: Texts) -> None:
    """A phone shows every button whole."""
    long = {key: texts.plain(key) for key in BUTTONS if length(texts.plain(key)) > LONGEST_BUTTON}
    assert long == {}


@every_language
def test_sentences_name_the_same_commands(texts: Texts) -> None:
    """A translated sentence names the commands of the reference, by their English names."""
    for key in KEYS:
        commands = [re.findall(r"(?<!<)/[a-z]+", one.forms(key)["other"]) for one in (texts, LANGUAGES[REFERENCE])]
        assert sorted(commands[0]) == sorted(commands[1]), key


@pytest.mark.parametrize("pair", tuple(combinations(LANGUAGES, 2)), ids="-".join)
def test_nothing_is_left_untranslated(pair: tuple[str, str]) -> None:
    """Two languages have different texts, but for those that are known to be the same."""
    one, other = (LANGUAGES[code] for code in pair)
    same = {key for key in KEYS if one.forms(key)["other"] == other.forms(key)["other"]}
    assert same == SAME.get(frozenset(pair), set())


@every_language
def test_no_word_mixes_scripts(texts: Texts) -> None:
    """Letters that look alike, such as the Latin i in a Kazakh word, are not mixed up."""
    for key, sentence in _sentences(texts):
        for word in _words(sentence):
            assert len({unicodedata.name(letter).split()[0] for letter in word}) == 1, (key, word)


@every_language
def test_words_are_in_the_script_of_the_language(texts: Texts) -> None:
    """What is no command is written in the letters of the language's own name."""
    script = unicodedata.name(texts.name[0]).split()[0]
    for key, sentence in _sentences(texts):
        strange = [word for word in _words(sentence) if not unicodedata.name(word[0]).startswith(script)]
        assert strange == [], key


@pytest.mark.parametrize("code", WRONG_ADDRESS)
def test_people_are_addressed_in_one_way(code: str) -> None:
    """The bot does not mix the familiar and the formal address."""
    wrong = re.compile(rf"\b(?:{WRONG_ADDRESS[code]})\b", re.IGNORECASE)
    assert {key: sentence for key, sentence in _sentences(LANGUAGES[code]) if wrong.search(sentence)} == {}
