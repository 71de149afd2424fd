"""The table of all typed answers, by subject."""

from attack_answers import ATTACKS
from date_and_name_answers import DATES_AND_NAMES
from english_form_answers import ENGLISH_FORMS
from framing_phrase_answers import FRAMING_PHRASES
from homoglyph_answers import HOMOGLYPHS
from kazakh_ending_answers import KAZAKH_ENDINGS
from misspelling_answers import MISSPELLINGS
from must_stay_wrong_answers import MUST_STAY_WRONG
from phrase_answers import PHRASES
from russian_ending_answers import RUSSIAN_ENDINGS
from school_answers import SCHOOL
from school_answers_russian_kazakh import SCHOOL_IN_RUSSIAN_AND_KAZAKH
from trap_answers import TRAPS
from typed_rows import Asked, Row, rows
from word_answers import WORDS

SUBJECTS: dict[str, tuple[Asked, ...]] = {
    "misspellings": MISSPELLINGS,
    "homoglyphs": HOMOGLYPHS,
    "framing phrases": FRAMING_PHRASES,
    "dates and names": DATES_AND_NAMES,
    "Russian endings": RUSSIAN_ENDINGS,
    "Kazakh endings": KAZAKH_ENDINGS,
    "English forms": ENGLISH_FORMS,
    "attacks": ATTACKS,
    "phrases": PHRASES,
    "words": WORDS,
    "traps": TRAPS,
    "school": SCHOOL,
    "school in Russian and Kazakh": SCHOOL_IN_RUSSIAN_AND_KAZAKH,
    "must stay wrong": MUST_STAY_WRONG,
}
TABLE: dict[str, Row] = {f"{subject}: {row.name}": row for subject, groups in SUBJECTS.items() for row in rows(groups)}
