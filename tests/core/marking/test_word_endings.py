"""Inflection of Russian, Kazakh and English words: forms of one word match, forms of two words do not."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from word_forms import FORMS, MUST_STAY_WRONG, pairs_in

from bot.core.marking import fold, matches, russian_dictionary
from bot.core.marking.kazakh_inflection import KAZAKH
from bot.core.marking.rules import is_other_word, is_same_word
from bot.core.marking.russian_dictionary import parses_of

WORDS = {fold(lemma): [fold(form) for form in (lemma, *forms.split())] for lemma, forms in FORMS.items()}
LEMMAS = st.sampled_from(sorted(WORDS))
INSTEAD = str.maketrans("әғқңөұүһі", "агкноуухи")
IN_ENGLISH = """
import sys
from bot.core.marking import matches
assert matches("human rigths", ("human rights",)) and matches("countries", ("country",))
assert not matches("казнь", ("Geneva",)) and not matches("Geneva", ("казнь",)) and matches("казнь", ("казнь",))
print("pymorphy3" in sys.modules)
"""
RUSSIAN_NAMES = [
    *[("Идрисов", form) for form in ("Идрисову", "Идрисовым", "Идрисове")],
    *[("Идрисова", form) for form in ("Идрисовой", "Идрисову")],
    *[("Тлеуберди", form) for form in ("Тлеуберди",)],
    *[("Мухтар Тлеуберди", form) for form in ("Мухтара Тлеуберди", "Мухтару Тлеуберди")],
    *[("Ерлан", form) for form in ("Ерлана", "Ерлану", "Ерланом", "Ерлане")],
    *[("Гульнара", form) for form in ("Гульнары", "Гульнаре", "Гульнару", "Гульнарой")],
    *[("Шымкент", form) for form in ("Шымкента", "Шымкенту", "в Шымкенте")],
    *[("Берлин", form) for form in ("Берлина", "в Берлине")],
    *[("Ростов", form) for form in ("Ростова", "Ростовом")],
    *[("Абай", form) for form in ("Абая", "Абаю", "Абаем")],
]


@given(LEMMAS, st.data())
def test_forms_of_one_word_match(lemma: str, data: st.DataObject) -> None:
    """Two forms of one word match in both directions."""
    typed, accepted = (data.draw(st.sampled_from(WORDS[lemma])) for _ in range(2))
    assert is_same_word(typed, accepted)
    assert not is_other_word(typed, accepted)
    assert matches(typed, (accepted,))


@given(LEMMAS, LEMMAS, st.data())
def test_forms_of_two_words_do_not_match(first: str, second: str, data: st.DataObject) -> None:
    """A form of one word is not a form of another in either direction."""
    typed, accepted = data.draw(st.sampled_from(WORDS[first])), data.draw(st.sampled_from(WORDS[second]))
    if first != second and typed not in WORDS[second] and accepted not in WORDS[first]:
        assert not is_same_word(typed, accepted)
        assert not is_same_word(accepted, typed)


@given(LEMMAS, st.data())
def test_a_word_without_its_kazakh_letters_matches(lemma: str, data: st.DataObject) -> None:
    """A Kazakh form may be typed on a Russian keyboard."""
    form = data.draw(st.sampled_from(WORDS[lemma]))
    assert matches(form.translate(INSTEAD), (form,))


@given(st.text(alphabet="абвеёикқнңоөстуүьіы", min_size=1, max_size=9))
def test_every_word_is_a_form_of_itself(word: str) -> None:
    """A word matches itself and is not another word."""
    assert is_same_word(word, word)
    assert not is_other_word(word, word)


@given(*[st.text(alphabet="авекноусты", min_size=2, max_size=7)] * 2)
def test_matching_of_forms_is_symmetric(first: str, second: str) -> None:
    """For words that are not surnames and have no Kazakh letters, matching does not depend on which was typed."""
    assume(not any("Surn" in parse.grammemes for word in (first, second) for parse in parses_of(word)))
    assert is_same_word(first, second) == is_same_word(second, first)


@pytest.mark.parametrize(("typed", "accepted"), pairs_in(MUST_STAY_WRONG))
def test_another_word_is_wrong(typed: str, accepted: str) -> None:
    """A related word, an opposite, another person's name and a negation are wrong."""
    assert not matches(typed, (accepted,))


@pytest.mark.parametrize(("accepted", "typed"), RUSSIAN_NAMES)
def test_a_name_is_right_in_its_cases(accepted: str, typed: str) -> None:
    """A name matches in every case that cannot be another person's name."""
    assert matches(typed, (accepted,))


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("корупции", "коррупция"),
        ("генеральной асамблеей", "Генеральная Ассамблея"),
        ("конститутцией", "Конституция"),
        ("goverments", "government"),
        ("comittees", "committee"),
    ],
)
def test_a_case_or_plural_may_be_misspelt(typed: str, accepted: str) -> None:
    """One typo in an inflected form of a long word is forgiven as in the word itself."""
    assert matches(typed, (accepted,))


def test_a_word_without_kazakh_letters_may_be_a_rejected_answer() -> None:
    """A word without its Kazakh letters is wrong if it can also be a rejected answer."""
    assert matches("кол", ("көл",), ("құм",))
    assert not matches("кол", ("көл",), ("кол",))
    assert not matches("кол", ("көл",), ("қол",))
    assert matches("көл", ("көл",), ("қол",))


def test_kazakh_endings_do_not_match_russian_words() -> None:
    """A Russian word is not a Kazakh form of another Russian word."""
    assert not KAZAKH.is_same_word("весна", "вес")
    assert not KAZAKH.is_same_word("листы", "лист")


def test_a_bank_without_russian_never_loads_the_dictionary() -> None:
    """English answers, and Russian ones without an ending, are marked without loading the Russian dictionary."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", IN_ENGLISH], capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter and text
    assert done.stdout.strip() == "False"


def test_threads_that_mark_at_once_load_the_dictionary_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dictionary is loaded once a process, even if several threads need it at the same time."""
    monkeypatch.setattr(russian_dictionary, "_loaded", loaded := [])
    together = threading.Barrier(4)
    with ThreadPoolExecutor(4) as threads:
        found = [*threads.map(lambda _: (together.wait(), russian_dictionary._analyzer())[1], range(4))]
    assert len(loaded) == 1
    assert all(analyzer is loaded[0] for analyzer in found)
