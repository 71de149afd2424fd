"""Framing phrases around an answer: "It is …", «Ответ: …», «Бұл — …», "…, I think". They are removed from typed texts.

No framing phrase includes a negation: "It is not …" loses "It is" and keeps "not".
"""

import re
from collections.abc import Iterable
from functools import cache

from bot.core.marking.rule_types import TextRule

# Punctuation after a framing phrase is removed with it, except the minus or the point of a number: "It is -5". Before
# a hyphen a word is no framing phrase: "well" in "well-being".
_END = r"(?!\w|[-‐‑]\w)(?:[\s:,;…=]|\.(?!\d)|[–—-](?![\d.,]))*"
_APOSTROPHE = r"['’‘ʼ`´]"
_BE = "(?:(?:is|was|are|were)(?: called)?|(?:would|must|could|may|might|has to) be)"
_OPTIONAL_BE = rf"(?: {_BE})?"
_ANSWER = r"answer(?: (?:to (?:this|the|that|your) question|here))?"
_ENGLISH = (
    rf"(?:it|this|that|these|those|they|he|she|we) {_BE}",
    rf"(?:it|this|that|he|she){_APOSTROPHE}?s(?: called| named)?",
    rf"(?:they|we|you){_APOSTROPHE}re(?: called)?",
    rf"(?:the|my|our|a)? ?(?:(?:right|correct|true|final|best) )?{_ANSWER}(?: {_BE})?",
    rf"(?:the )?(?:right|correct) (?:one|word|name|term|option|choice) {_BE}",
    rf"(?:(?:his|her|its|their|the) )?(?:full )?name(?: {_BE}|{_APOSTROPHE}s)",
    rf"(?:my|our) (?:guess|choice|opinion|option){_OPTIONAL_BE}",
    r"(?:must|could|would) be",
    r"(?:is|was) it",
    r"there (?:is|are|was|were)",
    r"according to (?:the|this) (?:text|passage|article|reading|story)",
    rf"i(?:{_APOSTROPHE}d| would|{_APOSTROPHE}ll| will) (?:go (?:with|for)|choose|pick|say)",
    r"(?:it|this|that) (?:means|refers to|stands for)",
    rf"i(?:{_APOSTROPHE}m| am) (?:(?:pretty|quite|almost) )?(?:sure|certain)(?: that)?",
    rf"i (?:think|believe|guess|suppose|know|say|choose|reckon)(?: that(?!{_APOSTROPHE}s))?",
    r"in my (?:opinion|view)",
    r"(?:(?:it|he|she|they|is|was|are) )?(?:also )?(?:called|named|known as)",
    r"(?:well|ok|okay|so|yes|oh|ans)(?=\s*[,:;.!…–—-])",
    r"(?:probably|perhaps|maybe|of course|surely|obviously)",
)
_RUSSIAN = (
    r"(?:вот )?это(?: (?:точно|конечно|именно|и есть|был[аои]?|будет|называется|называют|есть))?",
    r"(?:он[аои]?|его|её|ее|их) (?:зовут|звали|называют|называется|называются|назывался|называлась|назывались)",
    r"он[аои]? (?:был[аои]?|есть)",
    r"он[аои](?= \w)",  # without "он", which is "ten" in Kazakh
    r"(?:правильным )?ответом (?:является|будет|был[аои]?)",
    r"(?:речь (?:идет|идёт|шла) об?|имеется в виду|имелось в виду|я имею в виду)",
    r"(?:отв|вариант(?: ответа)?)(?=\s*[.:=–—-])",
    r"(?:называется|называют|называлась|назывался)",
    r"(?:имя|фамилия)(?=\s*[:=–—-])",
    r"(?:мой |наш )?(?:(?:правильный|верный|точный|мой) )?ответ(?: (?:на (?:этот |данный )?вопрос|такой|это|будет))?",
    r"(?:правильно|верно)(?: будет|(?=\s*[:;=–—-]))",
    r"(?:я )?(?:думаю|считаю|полагаю|уверена?|знаю|предполагаю)(?: ?, ?что| что)?",
    r"(?:мне кажется|как мне кажется|по[ -]моему(?: мнению)?|на мой взгляд|по моему мнению)(?: ?, ?что| что)?",
    r"(?:похоже|вроде(?: бы)?|по идее|согласно тексту|в тексте)(?: ?,? ?(?:что|это))?",
    r"(?:кажется|наверное|наверно|возможно|может быть|скорее всего|вероятно|видимо)",
    r"(?:ну|да|итак|конечно)(?=\s*[,:;.!…–—-])",
)
_KAZAKH = (
    r"(?:бұл|бул|ол|осы|мынау|бұлар|олар)",
    r"(?:бұл |осы )?сұрақтың жауабы",
    r"(?:менің |менин )?(?:(?:дұрыс|дурыс|нақты) )?(?:жауабы|жауап|жауабым|жауабымыз)",
    r"(?:меніңше|менинше|менің ойымша|менин ойымша|мен ойлаймын|ойымша|мүмкін|мумкин|әрине|иә|сірә)",
    r"(?:оның|онын|олардың) (?:аты|есімі|атауы|толық аты)",
    r"(?:аты|есімі|атауы)(?=\s*[:=–—-])",
    r"(?:дұрысы|дұрыс нұсқа|дұрыс нұсқасы)",
)
_CLOSING = r"""[\s,;:–—-]+(?:
      (?:is|was|are|were)\ (?:the|my)\ (?:(?:right|correct)\ )?(?:answer|one)
    | (?:is|are)\ (?:right|correct)
    | (?:definitely|certainly|for\ sure|if\ i['’]?m\ not\ mistaken|if\ i\ remember\ (?:correctly|right)|it\ is)
    | (?:i\ (?:think|guess|believe|suppose)|probably|maybe|perhaps|i\ am\ sure|please|of\ course|in\ my\ opinion)
    | (?<=,\ )right
    | (?:это\ (?:(?:правильный|верный|мой)\ )?|(?:правильный|верный|мой)\ )ответ
    | (?:я\ )?(?:думаю|считаю|полагаю)
    | (?:наверное|наверно|кажется|конечно|вроде(?:\ бы)?|если\ не\ ошибаюсь|скорее\ всего|по[ -]моему|мне\ кажется)
    | деп\ (?:ойлаймын|санаймын|есептеймін|білемін) | деген\ жауап | болып\ табылады | шығар | сияқты
    | деп\ (?:аталады|атайды|есептейді) | еді | болады
    )[\s.!?…)]*"""
_LONGEST_CLOSING = 40
"""Length of the end of a text that is searched; longer than any closing phrase."""

_MOST_NESTED = 4
"""How many nested framing phrases are removed: "I think it is probably …" has three."""


def without_framing_phrases(text: str) -> Iterable[str]:
    """Yield the text without its framing phrases, after the removal of each."""
    text = " ".join(text.split())
    for _ in range(_MOST_NESTED):
        shorter = _without_closing(text[_end_of_opening(text) :])
        if shorter == text or not any(sign.isalnum() for sign in shorter):
            return
        yield shorter
        text = shorter


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of phrases before and after an answer, compiled on first use because that is slow."""
    before = re.compile(rf"[\s\"'«“„(]*(?:{'|'.join((*_ENGLISH, *_RUSSIAN, *_KAZAKH))}){_END}", re.IGNORECASE)
    return before, re.compile(_CLOSING, re.IGNORECASE | re.VERBOSE)


def _end_of_opening(text: str) -> int:
    found = _patterns()[0].match(text)
    return found.end() if found else 0


def _without_closing(text: str) -> str:
    start = max(0, len(text) - _LONGEST_CLOSING)
    for place in range(start, len(text)):
        if text[place] in " ,;:–—-" and (found := _patterns()[1].fullmatch(text, place)):
            return text[: found.start()]
    return text


FRAMED = TextRule(
    name="framing phrases around an answer",
    source="answers that pupils type in whole sentences",
    variants=without_framing_phrases,
    typed_only=True,
    right=(
        ("It is the Human Rights Council", "Human Rights Council"),
        ("It's Geneva.", "Geneva"),
        ("The answer is: Geneva", "Geneva"),
        ("I think it is Geneva", "Geneva"),
        ("Well, I believe that it’s probably Geneva", "Geneva"),
        ("Geneva, I think", "Geneva"),
        ("Geneva is the right answer", "Geneva"),
        ("His name was Zeid Ra'ad Al-Hussein", "Zeid Ra’ad Al-Hussein"),
        ("Это Женева", "Женева"),
        ("Ответ: Женева", "Женева"),
        ("Правильный ответ — Женева", "Женева"),
        ("Я думаю, что это Женева", "Женева"),
        ("По-моему, это Женева", "Женева"),
        ("Она отменена", "отменена"),
        ("Бұл — Женева", "Женева"),
        ("Жауабы: Женева", "Женева"),
        ("Меніңше, бұл Женева", "Женева"),
        ("Женева деп ойлаймын", "Женева"),
        ("It is -5 degrees", "−5 degrees"),
        ("It", "It"),
        ("The Who", "The Who"),
        ("Это", "Это"),
    ),
    wrong=(
        ("It is not Geneva", "Geneva"),
        ("It isn't Geneva", "Geneva"),
        ("I don't think it is Geneva", "Geneva"),
        ("It was never Geneva", "Geneva"),
        ("Это не Женева", "Женева"),
        ("Ответ не Женева", "Женева"),
        ("Она не отменена", "отменена"),
        ("он бір", "бір"),
        ("Это вовсе не Женева", "Женева"),
        ("Бұл Женева емес", "Женева"),
        ("Женева емес деп ойлаймын", "Женева"),
        ("It is -5 degrees", "5 degrees"),
        ("It is .5 degrees", "5 degrees"),
        ("It is", "It is Geneva"),
        ("A Wonderful Life", "It's a Wonderful Life"),
        ("Written", "It Is Written"),
        ("Имя розы", "роза"),
        ("well-being", "being"),
        ("Well being", "being"),
        ("human right", "human"),
        ("Answer", "The answer is Geneva"),
        ("Italy", "made in Italy"),
        ("Not Geneva is the right answer", "Geneva"),
    ),
)
