"""English inflection: plurals and possessives. Derived words are other words: constitution, constitutional."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.core.marking.rule_types import TextRule, WordRule, word_set

_WORD = re.compile(r"[a-z]{2,40}")
_IRREGULAR = (  # each line is a singular with its plurals
    "person people persons",
    "child children",
    "man men",
    "foot feet",
    "tooth teeth",
    "goose geese",
    "mouse mice",
    "ox oxen",
    "die dice",
    "quiz quizzes",
    *(
        f"{stem}f {stem}ves"
        for stem in sorted(word_set("hal cal sel shel wol lea loa thie el shea hoo dwar scar whar"))
    ),
    *(f"{stem}fe {stem}ves" for stem in sorted(word_set("li kni wi midwi"))),
    "datum data",
    "medium media",
    "bacterium bacteria",
    "curriculum curricula",
    "memorandum memoranda",
    "referendum referenda",
    "stratum strata",
    "criterion criteria",
    "phenomenon phenomena",
    "alumnus alumni",
    "nucleus nuclei",
    "fungus fungi",
    "stimulus stimuli",
    "cactus cacti",
    "genus genera",
    "formula formulae",
    "larva larvae",
    "index indices",
    "appendix appendices",
    "matrix matrices",
    "vertex vertices",
    "axis axes",
    "mitochondrion mitochondria",
    "ovum ova",
    "phylum phyla",
    "flagellum flagella",
    "cilium cilia",
    "protozoan protozoa",
    "spermatozoon spermatozoa",
    "alga algae",
    "vertebra vertebrae",
    "nebula nebulae",
    "antenna antennae",
    "radius radii",
    "nucleolus nucleoli",
    "bacillus bacilli",
    "helix helices",
)
_SINGULARS = {plural: line.split()[0] for line in _IRREGULAR for plural in line.split()[1:]}
_MAN_WITH_REGULAR_PLURAL = word_set("human german roman ottoman talisman shaman norman caiman")
# Words in -s that are no plurals, or whose meaning differs from that of the word without the s. Those in -us and -sis
# are not listed: of words in -u, only _U_PLURALS take an s.
_NOT_PLURALS = word_set(
    """
    as is us bus its his has was this does yes hers ours yours theirs ones always perhaps besides
    news means arms goods customs damages spectacles premises series species corps chaos cosmos lens
    gas atlas bias canvas pancreas alias christmas iris tennis pelvis penis
    physics politics economics ethics mathematics athletics mechanics genetics linguistics electronics acoustics
    classics optics tactics dynamics robotics aesthetics logistics poetics ceramics statics
    tens dozens hundreds thousands millions billions trillions
    adams williams edwards roberts stephens stevens peters rogers johns richards phillips matthews andrews daniels
    jacobs michaels davids simons isaacs jones james charles thomas lucas woods brooks nicholas judas moses jesus
    davis lewis curtis francis morris dennis harris hayes hughes
    mars laos wales paris texas kansas arkansas dallas honduras athens brussels naples orleans
    """
)
_U_PLURALS = word_set("menu guru emu tutu flu haiku kudu")
_DERIVATIONAL_SUFFIXES = word_set(
    "al ity d ed ing r er ers ee ees ly ess ism ist ists ful ish ic ment able ive ion ions ship"
)
_SHORTEST_STEM = 4
_SUFFIX_VARIANT = re.compile(r"or(s?)$|ically$")  # advisor is adviser, publically a misspelt publicly
_SIBILANT = re.compile(r"(?:[sxz]|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_CONSONANT_O = re.compile(r"[^aeiou]o$")
_SURNAME = re.compile(r"[a-z]+(?:ov|ev|yev|in)")
_POSSESSIVE = re.compile(r"(?<=\w)['’‘ʼ`´]s(?!\w)", re.IGNORECASE)
_CONTRACTION = re.compile(
    r"\b(?:it|he|she|that|this|what|who|where|there|here|how|when|why|let|one)['’‘ʼ`´]s(?!\w)", re.IGNORECASE
)


def is_english_inflection(typed: str, accepted: str) -> bool:
    """Return whether two folded words are singular and plural, or two plurals, of one English noun."""
    if not (_WORD.fullmatch(typed) and _WORD.fullmatch(accepted)):
        return False
    return (
        typed == accepted
        or typed in _plurals(accepted)
        or accepted in _plurals(typed)
        or _share_singular(typed, accepted)
    )


def english_inflections(word: str) -> Iterable[str]:
    """Return the plurals of a folded word, and the singulars if it can be a plural."""
    if not _WORD.fullmatch(word):
        return ()
    singulars = {word[:-1], word.removesuffix("es"), word.removesuffix("ies") + "y", *_SINGULARS.get(word, "").split()}
    return _plurals(word) | {one for one in singulars if word in _plurals(one)}


def is_other_english_word(typed: str, accepted: str) -> bool:
    """Return whether two similar words differ in meaning: new and news, Idrissov and Idrissova, or by derivation."""
    shorter, longer = sorted((typed, accepted), key=len)
    if longer == shorter + "s":
        return longer in _NOT_PLURALS
    if longer in {shorter + "a", shorter + "as"}:  # also her possessive, whose apostrophe is folded
        return _SURNAME.fullmatch(shorter) is not None
    return _is_derived(shorter, longer)


def _is_derived(shorter: str, longer: str) -> bool:
    """Return whether two words differ by derivational suffixes: constitution, constitutional."""
    longer, shorter = (_SUFFIX_VARIANT.sub(_regular, word) for word in (longer, shorter))
    if longer == shorter:
        return False
    stem = next((place for place, letter in enumerate(shorter) if longer[place : place + 1] != letter), len(shorter))
    if longer in {shorter + "n", shorter + "i"} and shorter[-1] in "an":  # Korean, Kazakhstani
        return longer[-2:] != "nn"
    lengths = range(_SHORTEST_STEM, stem + 1)
    return any(
        longer[length:] in _DERIVATIONAL_SUFFIXES and shorter[length:] in {"", "s", *_DERIVATIONAL_SUFFIXES}
        for length in lengths
    )


def _regular(found: re.Match[str]) -> str:
    return "icly" if found[1] is None else f"er{found[1]}"


@lru_cache(maxsize=4096)
def _plurals(word: str) -> frozenset[str]:
    regular: set[str] = set()
    if _SIBILANT.search(word) or (_CONSONANT_O.search(word) and len(word) > 2):  # noqa: PLR2004 - toes are not of "to"
        regular.add(word + "es")
    if not _SIBILANT.search(word) or word.endswith("ch"):  # stomachs
        regular.add(word + "s")
    if _CONSONANT_Y.search(word):
        regular.add(word[:-1] + "ies")
    if word.endswith("sis"):
        regular.add(word[:-2] + "es")
    if word.endswith("man") and word not in _MAN_WITH_REGULAR_PLURAL:
        regular.add(word[:-2] + "en")
    irregular = {plural for plural, singular in _SINGULARS.items() if singular == word}
    if word.endswith("si") or (word.endswith("u") and word not in _U_PLURALS and len(word) > 2):  # noqa: PLR2004 - the EU's
        regular.discard(word + "s")
    return frozenset(regular - _NOT_PLURALS | irregular)


def _share_singular(first: str, second: str) -> bool:
    return first in _SINGULARS and _SINGULARS.get(second) == _SINGULARS[first]


def _without_possessives(text: str) -> Iterable[str]:
    """Return a text without its possessive endings; nothing if it has none or one of them can mean "is"."""
    shorter = _POSSESSIVE.sub("", text)
    return () if shorter == text or _CONTRACTION.search(text) else (shorter,)


ENGLISH_PLURALS = WordRule(
    name="English plurals",
    source="Quirk et al., A Comprehensive Grammar of the English Language, 5.73-5.103",
    is_same_word=is_english_inflection,
    is_other_word=is_other_english_word,
    inflections=english_inflections,
    right=(
        ("human right", "human rights"),
        ("country", "countries"),
        ("child", "children"),
        ("women", "woman"),
        ("chairmen", "chairman"),
        ("persons", "people"),
        ("boxes", "box"),
        ("class", "classes"),
        ("crises", "crisis"),
        ("lives", "life"),
        ("heroes", "hero"),
        ("photos", "photo"),
        ("criterion", "criteria"),
        ("Kennedys", "Kennedy"),
        ("judges", "judge"),
        ("torturers", "torturer"),
        ("NGOs", "NGO"),
        ("goverments", "government"),
        ("goverment", "governments"),
    ),
    wrong=(
        ("humanity", "human"),
        ("constitutional", "constitution"),
        ("new", "news"),
        ("mean", "means"),
        ("arm", "arms"),
        ("les", "less"),
        ("lesson", "less"),
        ("princess", "prince"),
        ("brass", "bras"),
        ("judging", "judge"),
        ("judged", "judge"),
        ("it", "its"),
        ("this", "thi"),
        ("as", "a"),
        ("bu", "bus"),
        ("viru", "virus"),
        ("Pari", "Paris"),
        ("len", "lens"),
        ("Williams", "William"),
        ("Laos", "Lao"),
        ("million", "millions"),
        ("man", "woman"),
        ("man", "women"),
        ("toes", "to"),
        ("Idrissova", "Idrissov"),
        ("Idrissov", "Idrissova"),
        ("actress", "actor"),
        ("employees", "employers"),
        ("employee", "employer"),
        ("permanently", "permanent"),
        ("Korean", "Korea"),
        ("Kazakhstani", "Kazakhstan"),
    ),
)
"""There is no list of nouns: a word plus s counts as its plural unless ``_NOT_PLURALS`` lists it."""

ENGLISH_POSSESSIVES = TextRule(
    name="English possessives",
    source="Quirk et al., A Comprehensive Grammar of the English Language, 5.112-5.114",
    variants=_without_possessives,
    right=(
        ("OSCE's", "OSCE"),
        ("James’s", "James"),
        ("Kazakhstan's president", "Kazakhstan president"),
        ("the states' duty", "the state's duty"),
        ("Idrissov's", "Idrissov"),
    ),
    wrong=(
        ("it's", "it"),
        ("Idrissova's", "Idrissov"),
        ("humanity's", "human"),
        ("princess's", "prince"),
    ),
)
