"""Rules for the context of a number: the words before and after it that change its meaning, such as "not" or "over".

Each rule names its source, and examples as its tests: answers in ``wrong`` are refused, similar answers in ``right``
are accepted; ``{n}`` stands for the number. A rule matches text directly before or after the number.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

NUMBER, YEAR = "number", "year"


@dataclass(frozen=True, slots=True)
class ContextRule:
    """A context in which a number is not the answer.

    Attributes:
        name: the meaning of the context.
        source: where the rule comes from.
        kinds: the kinds of question that the rule applies to.
        before: pattern of the text before the number; only filler words may come between.
        after: pattern of the text directly after the number.
        wrong: answers that the rule refuses.
        right: similar answers that it must not refuse.
    """

    name: str
    source: str
    kinds: tuple[str, ...]
    wrong: tuple[str, ...]
    right: tuple[str, ...]
    before: str = ""
    after: str = ""

    def applies(self, text: str, start: int, end: int) -> bool:
        """Return whether the number at this place of a text is in this context."""
        return bool(
            (self.before and _before(self.before).search(text, 0, start))
            or (self.after and _after(self.after).match(text, end))
        )


_FILLERS = (
    r"the|a|an|in|of|to|year|years|exactly|just|even|only|about|around|roughly|approximately|circa|any|equal|equals|is|be"
    r"|в|во|на|году?|года|ровно|именно|примерно|около|равно|равен|равна|чем|дәл|шамамен"
)
_ENDINGS = r"(?:-?\s?(?:ші|шы|інші|ыншы|й|го|му|м|е|х|th|st|nd|rd))?"
_CASE = r"(?:-?\s?(?:ден|дан|тен|тан|нен|нан|ге|ға|ке|қа|не|на|і|ы))?"
_NOUNS = r"(?:[\s-]+(?:year|years|years? old|год\w{0,2}|г\.?|лет|жыл\w{0,4}|ж\.?|(?!more\b)[^\W\d_]{1,12}))?"


@cache
def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})(?:[\s-]+(?:{_FILLERS}))*[\s-]*[(«\"'“]?$")


@cache
def _after(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{_ENDINGS}{_CASE}(?:{pattern})")


_MARKED_BY_TEACHERS = "a set of answers that teachers marked, 2026"
_CALENDAR = "calendar eras as dictionaries list them: BC, BCE, до н. э., б.з.д."

RULES: tuple[ContextRule, ...] = (
    ContextRule(
        name="a negation",
        source=_MARKED_BY_TEACHERS,
        kinds=(NUMBER, YEAR),
        before=(
            r"\b(?:not|never|isn['’]?t|wasn['’]?t|aren['’]?t|weren['’]?t|except|excluding|cannot be|can['’]?t be|unlike"
            r"|anything but|other than|different from|не|кроме|только не|но не)\b|[≠]|!=|<>"
        ),
        after=(
            rf"{_NOUNS}[\s-]*\b(?:емес|басқа|(?:is|was)\s(?:not|wrong|incorrect|false)\b|(?:is|was)n['’]?t\b"
            r"|неверно|неправильно|не\sподходит)"
        ),
        wrong=("not {n}", "it is not {n}", "isn't {n}", "anything but {n}", "не {n}", "не в {n}", "{n} емес", "≠ {n}"),
        right=("not sure, {n}", "I do not know, perhaps {n}", "не знаю, {n}", "{n}, емес пе?", "{n}, why not?"),
    ),
    ContextRule(
        name="a limit before the number",
        source=_MARKED_BY_TEACHERS,
        kinds=(NUMBER, YEAR),
        before=(
            r"\b(?:(?:less|more|fewer|greater|larger|bigger|higher|lower|smaller|longer|shorter|older|younger|rather"
            r"|earlier|later)\sthan|over|under|above|below|beyond|exceed(?:s|ing)|up\sto|at\s(?:least|most)|no\s(?:more|less)"
            r"|min(?:imum)?(?:\sof)?|max(?:imum)?(?:\sof)?|(?:меньше|больше|более|менее|выше|ниже|старше|младше|раньше|позже"
            r"|ранее|позднее|свыше|минимум|максимум|до|кемінде)(?:,?\sчем)?|не\s(?:более|менее|больше|меньше)"
            r"|ең\s(?:аз|көп)(?:ы|і)?|ең\sкөбі|ең\sазы)\b|[<>≤≥]=?"
        ),
        wrong=(
            *("less than {n}", "more than {n}", "at least {n}", "up to {n}", "over {n}", "no more than {n}"),
            *("fewer than {n}", "less than about {n}", "< {n}", ">={n}", "≤{n}", "меньше {n}", "больше чем {n}"),
            *("не менее {n}", "свыше {n}", "до {n}", "кемінде {n}", "minimum {n}"),
        ),
        right=(
            "about {n}",
            "roughly {n}",
            "exactly {n}",
            "more or less {n}",
            "примерно {n}",
            "шамамен {n}",
            "{n} overall",
        ),
    ),
    ContextRule(
        name="a limit after the number",
        source=_MARKED_BY_TEACHERS,
        kinds=(NUMBER, YEAR),
        after=(
            rf"{_NOUNS}\s+(?:(?:or|and)\s+(?:more|less|fewer|over|under|above|below|older|younger|later|earlier|before"
            r"|after|greater|higher|lower)\b|(?:и|или)\s+(?:больше|меньше|более|менее|выше|ниже|раньше|позже|ранее|позднее)\b"
            r"|(?:at\s(?:least|most)|minimum|maximum|min|max)\s*[.!]?$"
            r"|(?:не\s)?(?:менее|более|меньше|больше)\b"
            r"|(?:аз|көп|артық|астам|кем|кемінде|аса|жоғары|төмен|асады|дейін|шейін)\b)|\s?\+(?!\s?\d)"
        ),
        wrong=(
            *("{n} or more", "{n} or less", "{n}+", "{n} и более", "{n} или меньше", "{n}-ден аз", "{n}-ден астам"),
            *("{n}-ге дейін", "{n} at least"),
        ),
        right=("{n} or so", "{n} more or less", "{n} in all", "{n}, more I do not know", "{n} барлығы"),
    ),
    ContextRule(
        name="a root, or parts of a thousand",
        source="ISO 80000-2: the signs of roots and of per mille",
        kinds=(NUMBER,),
        before=r"[√∛∜]|\b(?:(?:square|cube)\s)?root\sof|\bкор(?:ень|ня)\s(?:из|от)",
        after=r"\s?[‰‱]",
        wrong=("√{n}", "√ {n}", "∛{n}", "square root of {n}", "корень из {n}", "{n}‰", "{n} ‰"),
        right=("{n}%", "{n} square roots", "{n} корней"),
    ),
    ContextRule(
        name="before or after the year",
        source=_MARKED_BY_TEACHERS,
        kinds=(YEAR,),
        before=(
            r"\b(?:before|after|until|till|by|prior\sto|following|preceding|pre|post|up\sto|ahead\sof|end\sbefore|до|после|перед"
            r"|к|вплоть\sдо|накануне)\b(?:[\s-]+(?:the\send\sof|end\sof|начала|конца))?"
        ),
        after=(
            r"(?:[\s-]*(?:жыл\p|ж\.?))?\s*(?:-?(?:ге|ға|ке|қа|ден|дан|тен|тан|нен|нан))?\s+(?:дейін|шейін|кейін|соң|бұрын)\b"
        ).replace(r"\p", r"[^\W\d_]{0,5}"),
        wrong=(
            *("before {n}", "after {n}", "before the year {n}", "by {n}", "until {n}", "pre-{n}", "до {n} года"),
            *("после {n}", "к {n} году", "{n} жылға дейін", "{n} жылдан кейін", "{n}-ге дейін", "{n} жылдан бұрын"),
        ),
        right=(
            "after the war, in {n}",
            "since {n}",
            "in {n}",
            "с {n} года",
            "{n} жылы",
            "early {n}",
            "{n} жылдан бері",
        ),
    ),
    ContextRule(
        name="before the common era",
        source=_CALENDAR,
        kinds=(YEAR,),
        before=(
            r"(?:^|(?<=[\s(]))[-−]$|\b(?:minus|минус)\b"
            r"|\b(?:b\.?\s?c\.?(?:\s?e\.?)?|б\.?\s?з\.?\s?[дб]\.?|біздің заманымызға дейінгі|біздің дәуірімізге дейінгі"
            r"|до\sнашей\sэры|до\sн\.?\s?э\.?)"
        ),
        after=(
            rf"{_NOUNS}[\s,(]*(?:b\.?\s?c\.?(?:\s?e\b\.?)?(?![^\W\d_])|before\s(?:christ|the\scommon|common|our)\b|до\s+(?:н\.?\s?э\b"
            r"|нашей|рождества|р\.?\s?х\b)|б\.?\s?з\.?\s?[дб]\b|біздің\s(?:заманымызға|дәуірімізге)\sдейін)"
        ),
        wrong=(
            *("{n} BC", "{n}BC", "{n} BCE", "{n} B.C.", "{n} B.C.E.", "{n} year BC", "{n} до н. э.", "{n} г. до н.э."),
            *("{n} год до нашей эры", "б.з.д. {n}", "{n} before Christ", "-{n}", "minus {n}"),
        ),
        right=("- {n}", "{n} AD", "AD {n}", "{n} CE", "{n} A.D.", "{n} н. э.", "{n} год нашей эры", "б.з. {n}"),
    ),
    ContextRule(
        name="a decade or a century",
        source=_MARKED_BY_TEACHERS,
        kinds=(YEAR,),
        after=r"['’]?s\b|\s?-?(?:х|е|ых|ые)\b|[\s-]*жылдар|\s*(?:century|век|ғасыр|decade)",
        wrong=("the {n}s", "{n}'s", "{n}-х", "{n}-е годы", "{n} жылдары"),
        right=("{n} so it is", "{n}-й", "{n}-го", "{n} г.", "{n}-ж"),
    ),
)
"""The rules in the order of their application; a new rule is a record here."""


def refusing_rule(kind: str, text: str, start: int, end: int) -> ContextRule | None:
    """Return the first rule that refuses the number at this place of a text; None if there is none."""
    return next((rule for rule in RULES if kind in rule.kinds and rule.applies(text, start, end)), None)


_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|процент|пайыз)")


def with_percent_as_fraction(readings: tuple[Decimal, ...], text: str, end: int) -> tuple[Decimal, ...]:
    """Return the readings of a number, for a percentage also as a fraction: 50% is 50 and 0.5."""
    if not _PERCENT.match(text, end):
        return readings
    return (*readings, *(reading / 100 for reading in readings))
