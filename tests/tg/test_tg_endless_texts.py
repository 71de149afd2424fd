"""No pattern and no parser reads more of a text or a name than its limit, however long the input is.

A new slash command, a new button, a new sort of awaited text and a new kind of written question are tried by
themselves. A module that reads texts of people for the first time is held to the length of a word until it has a limit
of its own here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from recorded_reading import Lengths, record, record_refused
from recording_service import GROUP, PUPIL, TEACHER, WrittenOffice
from strategies import question

from bot.app.classroom import expected_text
from bot.app.messages import AskedQuestion, ClassOpened, NicknameWanted, RealNameWanted
from bot.core import text_limits
from bot.core.kind import Kind
from bot.core.kinds import KINDS
from bot.core.kinds.number import Number
from bot.core.kinds.typed import Typed
from bot.core.kinds.year import Year
from bot.core.marking import tokenizer
from bot.core.prompt import WrittenPrompt
from bot.core.question import Bank, Passage, Topic
from bot.store.database import open_database
from bot.tg.features import FEATURES
from bot.wiring import read_banned_nicknames

LONGEST = 4096
# Case folding and decomposition make at most four code points of one (U+1F82).
UNFOLDED = 4
LIMITS = defaultdict(
    lambda: text_limits.LONGEST_WORD,
    {
        "bot.core.text_limits": text_limits.LONGEST_NAME,
        "bot.core.nicknames": text_limits.LONGEST_NICKNAME,
        "bot.core.skeletons": UNFOLDED * text_limits.LONGEST_NICKNAME,
        "bot.core.join_codes": text_limits.LONGEST_CODE,
        "bot.core.number_parsing": UNFOLDED * text_limits.LONGEST_ANSWER,
        "bot.core.number_rules": UNFOLDED * text_limits.LONGEST_ANSWER,
        "bot.core.units": UNFOLDED * text_limits.LONGEST_ANSWER,
        "bot.core.kinds.number": text_limits.LONGEST_ANSWER,
        "bot.core.kinds.year": UNFOLDED * text_limits.LONGEST_ANSWER,
    },
)


def limit_of(module: str) -> int:
    """Return the longest text that a module may have read."""
    return UNFOLDED * text_limits.LONGEST_ANSWER if module.startswith("bot.core.marking.") else LIMITS[module]


UNITS = {
    "one letter": "a",
    "letters and digits": "a1",
    "a refused letter": "f",
    "spaces": "x ",
    "a gap": "x" + " " * 300 + "y",
    "marks": "a\u0323\u0301\u0344",
    "a tower": "a" + "\u0301" * 400 + "\u0323" * 400,
    "digits": "7",
    "digits apart": "7 ",
    "groups": "1,111,",
    "spaced groups": "111 111 ",
    "commas": ",",
    "points": "1.",
    "a ligature": "\ufdfa",
    "three in one": "\u0390",
    "four in one": "\u1f82",
    "humps": "aB",
    "Cyrillic humps": "хУ",
    "emoji": "👩🏽\u200d🚀",
    "skin tones": "🏽",
    "number words": "one hundred and ",
    "articles": "an ",
    "apostrophes": "'",
    "fractions": "a third ",
    "a unit": "per 100 people ",
    "lines": "a\n",
    "right to left": "\u202eא",
    "dashes": "C-",
    "Cyrillic code letters": "С",
    "colons": "1:",
}
# As long as Telegram lets a text be; and as long as the limits, but longer once it is folded.
LENGTHS = (LONGEST, 240, 200, 40)
HOSTILE = [(unit * length)[:length] for unit in UNITS.values() for length in LENGTHS]
ENDLESS = HOSTILE[:: len(LENGTHS)]
WRITTEN: dict[str, Kind] = {
    "typed": Typed(("Blue whale", "x" * 200)),
    "number": Number(Decimal(180), Decimal(5), "per 100 people"),
    "year": Year(1966),
}

Texts = Iterable[str]
Send = Callable[[Texts], object]
Open = Callable[[Kind], WrittenOffice]


@pytest.fixture
def lengths(monkeypatch: pytest.MonkeyPatch) -> Lengths:
    """The longest text that each module had read by a pattern or a parser, from now on."""
    for remembered in vars(tokenizer).values():
        if hasattr(remembered, "cache_clear"):
            remembered.cache_clear()
    return record(monkeypatch)


@pytest.fixture
def open_office(tmp_path: Path, lengths: Lengths) -> Iterator[Open]:
    """A way to open a service on a question of a kind; refused nicknames are read as everywhere."""
    database = open_database(f"sqlite:///{tmp_path}/bot.sqlite3")
    refused = record_refused(read_banned_nicknames(""), lengths)

    def make(kind: Kind) -> WrittenOffice:
        passages = (Passage("passage", "Passage", "In words. More."),)
        asked = (question("q", kind=kind),)
        bank = Bank("A bank", "en", "", "", passages, (Topic("bodies", "Bodies"),), asked)
        service = WrittenOffice(database, bank, refused)
        lengths.longest.clear()
        return service

    yield make
    database.close()


def over(lengths: Lengths) -> dict[str, int]:
    """Return what was too long, by the module that read it."""
    return {name: longest for name, longest in lengths.longest.items() if longest > limit_of(name)}


def join(service: WrittenOffice, *, names: bool = False) -> int:
    """Open a class as the teacher and follow its link as the pupil; return the number of the class."""
    told = service.presses(TEACHER, f"copen::5:0:0:{int(names)}")
    code = next(one.code for one in told if isinstance(one, ClassOpened))
    return next(one.session for one in service.says(PUPIL, f"/start {code}") if isinstance(one, NicknameWanted))


def _code(service: WrittenOffice) -> Send:
    return lambda texts: service.says(PUPIL, *(said for text in texts for said in ("/join", text)))


def _nickname(service: WrittenOffice) -> Send:
    join(service)
    return lambda texts: service.says(PUPIL, *texts)


def _name(service: WrittenOffice) -> Send:
    join(service, names=True)
    assert any(isinstance(one, RealNameWanted) for one in service.says(PUPIL, "Owl"))
    return lambda texts: service.says(PUPIL, *texts)


def _rename(service: WrittenOffice) -> Send:
    join(service)
    service.says(PUPIL, "Owl")
    service.presses(TEACHER, "rename:1")
    return lambda texts: service.says(TEACHER, *texts)


AWAITED = {"code": _code, "nickname": _nickname, "name": _name, "rename": _rename}


def test_all_that_is_written_is_tried() -> None:
    """Each sort of awaited text, and each kind of question that is answered in writing, is among those tried here."""
    assert AWAITED.keys() == expected_text.TEXT_HANDLERS.keys()
    assert all(isinstance(kind.prompt(0), WrittenPrompt) for kind in WRITTEN.values())
    assert {kind.name for kind in KINDS} - WRITTEN.keys() == {"one right", "several right", "true/false"}


@pytest.mark.parametrize("sort", AWAITED)
def test_an_expected_text_is_read_within_its_limit(open_office: Open, lengths: Lengths, sort: str) -> None:
    """A code, a nickname, a real name and another name for a pupil are measured before they are read."""
    send = AWAITED[sort](open_office(WRITTEN["typed"]))
    send(HOSTILE)
    assert over(lengths) == {}
    allowed = {text_limits.LONGEST_CODE, text_limits.LONGEST_NICKNAME, text_limits.LONGEST_NAME}
    assert lengths.longest["bot.core.text_limits"] in allowed


@pytest.mark.parametrize("kind", WRITTEN)
def test_an_answer_is_read_within_its_limit(open_office: Open, lengths: Lengths, kind: str) -> None:
    """An answer in writing is measured before it is read, in a quiz alone and in a class."""
    service = open_office(WRITTEN[kind])
    for text in HOSTILE:
        if any(isinstance(one, AskedQuestion) for one in service.says(PUPIL, "/quiz 1")):
            lengths.longest["asked"] += 1
        service.says(PUPIL, text)
    assert lengths.longest.pop("asked") > 1
    session = join(service)
    service.says(PUPIL, "Owl")
    service.presses(TEACHER, f"ctl:start:{session}:0")
    service.says(PUPIL, *HOSTILE)
    assert over(lengths) == {}
    assert lengths.longest["bot.core.text_limits"] == text_limits.LONGEST_ANSWER


@pytest.mark.parametrize("chat", [PUPIL, GROUP])
def test_the_words_of_a_command_are_read_within_their_limit(open_office: Open, lengths: Lengths, chat: int) -> None:
    """Topics, counts, codes, languages and payloads behind a slash command are measured before they are read."""
    service = open_office(WRITTEN["typed"])
    for command in sorted({name for feature in FEATURES for name in (*feature.slash, *feature.group)}):
        service.says(PUPIL, *(f"/{command} {text}"[:LONGEST] for text in ENDLESS), chat=chat)
        service.says(PUPIL, *(f"/{command}@quiz_bot{text}"[:LONGEST] for text in ENDLESS), chat=chat)
    assert over(lengths) == {}


@pytest.mark.parametrize("chat", [PUPIL, GROUP])
def test_a_forged_button_is_read_within_its_limit(open_office: Open, lengths: Lengths, chat: int) -> None:
    """Forged callback data is read within its limit, although Telegram accepts no long data."""
    service = open_office(WRITTEN["typed"])
    for name in sorted({name for feature in FEATURES for name in (*feature.buttons, *feature.group_buttons)}):
        for shape in ("{}", "{}:1", "1:{}", "{}:5:30:0", "{}:5:30:0:0"):
            service.presses(PUPIL, *(f"{name}:{shape.format(text)}" for text in ENDLESS), chat=chat)
    assert over(lengths) == {}


def test_the_name_of_a_person_is_read_within_its_limit(open_office: Open, lengths: Lengths) -> None:
    """Names, a group's title and a language of endless length, as no Telegram client lets them be, are measured."""
    service = open_office(WRITTEN["typed"])
    for number, text in enumerate(ENDLESS):
        told = service.presses(100 + number, "copen::5:0:0:0", name=text)
        code = next(one.code for one in told if isinstance(one, ClassOpened))
        service.says(PUPIL, f"/start {code}", "Owl", name=text, language=text)
    for text in ENDLESS:
        service.says(PUPIL, "/allow", "/quiz", chat=GROUP, name=text)
    assert over(lengths) == {}
