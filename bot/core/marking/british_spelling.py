"""British and American spelling: variants of one word, neither of them a misspelling."""

import re
from functools import lru_cache

from bot.core.marking.rule_types import WordRule, word_set

_WORD = re.compile(r"[a-z]{4,40}")
_OUR = "|".join(
    word_set(
        "behavio colo endeavo favo fervo flavo glamo harbo hono humo labo neighbo odo parlo rigo rumo savio splendo"
        " tumo vapo vigo"
    )
)
_RE = "cent|theat|fib|lit|met|spect|somb|lust|calib|sab|meag|maneuv"
_ENDINGS = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (rf"({_OUR})ur", r"\1r"),
        (r"(?<=[a-z]{3})is(e|ed|es|er|ers|ing|ation|ations|able)$", r"iz\1"),
        (r"lys(e|ed|es|er|ers|ing)$", r"lyz\1"),
        (r"(?<=[a-z]{4})ll(ed|ing|er|ers|or|ors|ous|ery)$", r"l\1"),
        (rf"({_RE})re(s|d)?$", r"\1er\2"),
        (r"([ao]l)ogue(s?)$", r"\1og\2"),
        (r"(def|off|lic|pret)ence(s?)$", r"\1ense\2"),
        (r"practis(e|ed|es|ing)$", r"practic\1"),
        (r"(judg|acknowledg)ement", r"\1ment"),
        (r"(fulfi|ski|wi|enro|insta)l(ful|ment)", r"\1ll\2"),
        (r"fulfil$", "fulfill"),
    )
)
# Parts of words, British/American: those with Greek and Latin diphthongs come first.
_STEMS = dict(
    pair.split("/")
    for pair in word_set(
        "anaem/anem anaesth/anesth haem/hem leukaem/leukem paed/ped archaeo/archeo palaeo/paleo encyclopaed/encycloped "
        "mediaev/mediev aesthet/esthet caesium/cesium faec/fec gynaec/gynec foet/fet oestr/estr oesoph/esoph "
        "diarrhoea/diarrhea manoeuv/maneuv amoeb/ameb oedem/edem sulph/sulf aluminium/aluminum programme/program "
        "jewellery/jewelry aeroplane/airplane mould/mold plough/plow pyjama/pajama sceptic/skeptic artefact/artifact "
        "moustache/mustache tsar/czar grey/gray"
    )
)
_STEM = re.compile("|".join(sorted(_STEMS, key=len, reverse=True)))


@lru_cache(maxsize=4096)
def to_american(word: str) -> str:
    """Return a word in American spelling."""
    word = _STEM.sub(lambda found: _STEMS[found[0]], word)
    for pattern, written in _ENDINGS:
        word = pattern.sub(written, word)
    return word


def is_spelling_variant(typed: str, accepted: str) -> bool:
    """Return whether two folded words are British and American spellings of one word."""
    return bool(_WORD.fullmatch(typed) and _WORD.fullmatch(accepted)) and to_american(typed) == to_american(accepted)


BRITISH = WordRule(
    name="British and American spelling",
    source="New Hart's Rules (2014), chapter 21",
    is_same_word=is_spelling_variant,
    right=(
        ("colour", "color"),
        ("neighbor", "neighbour"),
        ("organisation", "organization"),
        ("Recognized", "recognised"),
        ("analyze", "analyse"),
        ("traveler", "traveller"),
        ("center", "centre"),
        ("kilometers", "kilometres"),
        ("dialog", "dialogue"),
        ("self-defense", "self-defence"),
        ("aluminum", "aluminium"),
        ("sulphate", "sulfate"),
        ("Encyclopedia", "Encyclopaedia"),
        ("judgment", "judgement"),
        ("gray", "grey"),
    ),
    wrong=(
        ("hour", "hor"),
        ("sulphite", "sulfate"),
        ("timber", "timbre"),
        ("filed", "filled"),
        ("color", "collar"),
        ("prize", "prise"),
        ("check", "cheque"),
    ),
)
