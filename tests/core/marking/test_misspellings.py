"""Misspellings: one typo is forgiven from six letters, two from twelve, unless the result is another word."""

import subprocess
import sys

import pytest

from bot.core.marking import compare, matches
from bot.core.marking.contrasting_affixes import differ_by_contrasting_affix
from bot.core.marking.english_words import frequency_of
from bot.core.marking.word_lists import is_word

MISSPELT = [
    ("Genvea", "Geneva"),
    ("Genva", "Geneva"),
    ("Idrisov", "Idrissov"),
    ("Tleuberdy", "Tleuberdi"),
    ("Strasburg", "Strasbourg"),
    ("goverment", "government"),
    ("definate", "definite"),
    ("seperate", "separate"),
    ("recieve", "receive"),
    ("accomodation", "accommodation"),
    ("acomodation", "accommodation"),
    ("photosythesys", "photosynthesis"),
    ("photosinthesis", "photosynthesis"),
    ("Massachusets", "Massachusetts"),
    ("dependance", "dependence"),
    ("ballance", "balance"),
    ("corelation", "correlation"),
    ("Micheal Moler", "Michael Möller"),
    ("humna rigths council", "Human Rights Council"),
    ("Isac Newton", "Isaac Newton"),
    ("Organization for Securty and Cooperation in Europe", "Organization for Security and Co-operation in Europe"),
    ("искуство", "искусство"),
    ("призидент", "президент"),
    ("Конститутция", "Конституция"),
    ("правительтво", "правительство"),
    ("тәуелсіздк", "тәуелсіздік"),
    ("мемлкет", "мемлекет"),
    ("Назарбаыв", "Назарбаев"),
]

PAIRS = """
    propane/propene hypertension/hypotension employer/employee emigration/immigration Gambia/Zambia butene/butane
    Impressionism/Expressionism pentane/pentene phosphate/phosphite sulphate/sulphite mentee/mentor pentagon/hexagon
    hyperglycaemia/hypoglycaemia inflation/deflation interstellar/intrastellar macroclimate/microclimate
    prewar/postwar monosaccharide/disaccharide polysaccharide/oligosaccharide homograph/holograph heptane/hexane
    exothermic/endothermic introvert/extravert anabolism/catabolism milligram/kilogram nanometre/micrometre
    supersonic/subsonic overstated/understated Iceland/Ireland Slovenia/Slovakia nitrates/nitrites
    propanes/propenes visible/risible mitosis/meiosis
    эмиграция/иммиграция гипертония/гипотония Гамбия/Замбия импрессионизм/экспрессионизм пропан/пропен
    макроэкономика/микроэкономика импорт/экспорт сульфат/сульфит адресат/адресант кампания/компания
    интроверт/экстраверт моносахарид/дисахарид Исландия/Ирландия дискриминация/инкриминация
"""
"""Pairs of words that are not misspellings of each other."""

OTHER_WORDS = [
    *(pair for words in PAIRS.split() for pair in (words.split("/"), words.split("/")[::-1])),
    ("imigration", "emigration"),
    ("emmigration", "immigration"),
    ("имиграция", "эмиграция"),
    ("hyptension", "hypertension"),
    ("iregular", "regular"),
    ("недействительность", "действительность"),
    ("нидействительность", "действительность"),
    ("ратификацияланбады", "ратификацияланды"),
    ("ратификацияланды", "ратификацияланбады"),
    ("жауапкершіліксіз", "жауапкершілікті"),
    ("humane rights", "human rights"),
    ("West Timor", "East Timor"),
    ("Pairs", "Paris"),
    ("Kena", "Kenya"),
    ("Renal Reform International", "Penal Reform International"),
    ("not able", "notable"),
    ("Alexandra Pushkin", "Alexander Pushkin"),
]


@pytest.mark.parametrize(("typed", "accepted"), MISSPELT)
def test_a_misspelling_is_forgiven_and_named(typed: str, accepted: str) -> None:
    """A word with a forgivable typo is right, and the comparison has the right spelling."""
    found = compare(typed, (accepted,))
    assert (found.right, found.spelling) == (True, accepted)


@pytest.mark.parametrize(("typed", "accepted"), OTHER_WORDS)
def test_another_word_is_not_a_misspelling(typed: str, accepted: str) -> None:
    """Another word of the language, an opposite, or a typo in one of these is wrong, even if one letter differs."""
    assert not matches(typed, (accepted,))


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("GENEVA", "Geneva"),
        ("moller", "Möller"),
        ("смертной казни", "смертная казнь"),
        ("витамин С", "витамин C"),
        ("countries", "country"),
        ("organisation", "organization"),
        ("Co operation", "Cooperation"),
        ("non-violence", "nonviolence"),
        ("It is Geneva", "Geneva"),
        ("Қазақстанның", "Қазақстан"),
    ],
)
def test_a_spelling_variant_is_not_a_misspelling(typed: str, accepted: str) -> None:
    """Case, accents, endings, homoglyphs and British or American spelling do not count as misspellings."""
    found = compare(typed, (accepted,))
    assert (found.right, found.spelling) == (True, "")


def test_the_closest_accepted_text_is_the_right_spelling() -> None:
    """The right spelling is the accepted text that is closest to the typed one."""
    accepted = ("Erlan Idrissov", "Idrissov", "Foreign Minister")
    assert compare("Idrisov", accepted).spelling == "Idrissov"
    assert compare("foreign ministre", accepted).spelling == "Foreign Minister"


@pytest.mark.parametrize(
    ("typed", "right"), [("Idrissov", True), ("idrissov", True), ("Idrisov", False), ("Idrissow", False)]
)
def test_an_exact_match_decides_over_a_similar_one(typed: str, *, right: bool) -> None:
    """A listed wrong text is not forgiven, and an accepted text is right even if it resembles a wrong one."""
    assert matches(typed, ("Idrissov",), ("Idrisov", "Idrissow")) is right


def test_texts_that_a_rule_unifies_are_marked_as_listed() -> None:
    """If a rule unifies an accepted and a wrong text, each is still marked as the author listed it."""
    assert matches("12%", ("12%",), ("12 percent",))
    assert not matches("12 percent", ("12%",), ("12 percent",))
    assert matches("пытка", ("пытка",), ("пытки",))
    assert not matches("пытки", ("пытка",), ("пытки",))


def test_a_word_of_another_answer_is_not_a_misspelling() -> None:
    """A name in another answer of the bank, or a typo closer to it, is another answer although no list has it."""
    others = frozenset({"mölders", "moelders", "idrisow"})
    assert matches("Idrisow", ("Idrisov",))
    assert not compare("Idrisow", ("Idrissov", "Idrisov"), (), lambda: others).right
    assert compare("Idrisov", ("Idrissov",), (), lambda: others).right


def test_the_english_list_loads() -> None:
    """The English list has common words with their frequencies, and none of their misspellings."""
    assert frequency_of("government") > frequency_of("propene") > 0
    assert frequency_of("goverment") == frequency_of("idrissov") == 0


def test_a_rare_word_is_a_misspelling_of_a_very_common_one() -> None:
    """A listed word that is a thousand times rarer than the accepted word counts as its misspelling."""
    assert not is_word("secund", "second")
    assert is_word("secund", "jocund")
    assert is_word("propene", "propane")


def test_contrasting_affixes_are_symmetric() -> None:
    """If a word differs from another by a contrasting affix, the other differs from it too."""
    pairs = [("hypertension", "hypotension"), ("intranet", "internet"), ("legal", "illegal"), ("сондай", "сондайсыз")]
    assert all(differ_by_contrasting_affix(*pair) and differ_by_contrasting_affix(*reversed(pair)) for pair in pairs)


def test_word_lists_load_only_for_near_misses() -> None:
    """Only a near miss loads the English list, and an English near miss does not load the Russian dictionary."""
    code = """
from bot.core.marking import matches, english_words, russian_dictionary
assert matches("geneva", ("Geneva",)) and not matches("Vienna", ("Geneva", "Möller"))
assert not english_words._loaded
assert matches("Genvea", ("Geneva",))
assert english_words._loaded and not russian_dictionary._loaded
"""
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own code
