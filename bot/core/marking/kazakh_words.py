"""Kazakh words that stand a letter from another word, and verbs told apart by their voice alone.

There is no free word list of Kazakh to keep, so this is a table of our own, of words with six letters and more: shorter
ones forgive no slip.
"""

import re

from bot.core.marking.records import table

WORDS = table(
    """
    қорғау қорлау қолдау қолдану сайлау байлау бастау тастау таңдау тыңдау жақтау жоқтау сақтау тоқтау талдау
    тексеру тапсыру басқару басқарма тапсырма қабылдау жазушы сазгер сатушы теңдік бірлік тәртіп тәрбие тәжірибе
    хабарлама хабаршы мәселе келісім келісу келешек болашақ көрсету көрсеткіш көтеру көктеу жеткізу жеңілу жеңіліс
    жеңілік кеңістік қарсылық қателік қатынас қатысу қызмет қызығу қылмыс қылмысты құрмет құрылыс құрылым құрылтай
    бостандық жастық достық қастық бастық жақсылық жаңалық сауаттылық байлық қоғамдық әділдік әдеттік ұлттық
    ғалымдар ғылымдар ғылыми заңдылық заңсыздық жауапты жауапкер жауынгер қорқыту қорқақтық қозғалыс қозғалтқыш
    тәуелді тәуелсіз теңсіз емделу еркіндік бекіту бөлісу бөлімше білімді бұрынғы басылым өркендеу өркениет өзгеріс
    өзгешелік өндіріс өнеркәсіп сенімді сезімді шекара бағалау жағалау бағыну табыну жағыну бақылау бағдарлау
    түзету күзету күзетші көмекші
    """
)
"""Words that are no misspelling of one another."""

_VOICE = re.compile(r"(?<=[аеыіөүұоуәи])[нл](?=(?:ды|ді|ған|ген|у|ып|іп|ады|еді)$)")


def is_of_other_voice(word: str, base: str) -> bool:
    """Return whether a verb is another's passive: сайланды (was elected), сайлады (elected)."""
    return _VOICE.sub("", word, count=1) == base != word
