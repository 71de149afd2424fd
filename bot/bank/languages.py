"""Suggests the language tag that an author meant by a country code, a three-letter code or a name."""

# Each line: BCP 47 tag, name, and what authors write instead: country codes (ISO 3166), three-letter codes (ISO 639-2,
# where BCP 47 has shorter ones), old codes and names. Country codes that are language tags too are left out, such as
# `uk`, `am`, `se` and `et`.
_TABLE = """
ar Arabic: ara eg arabic арабский
az Azerbaijani: aze azerbaijani
be Belarusian: bel by belarusian белорусский
bg Bulgarian: bul bulgarian
cs Czech: cze ces cz czech
da Danish: dan dk danish
de German: ger deu german deutsch немецкий
el Greek: gre ell gr greek
en English: eng gb us usa gbr english английский ағылшын ағылшынша
es Spanish: spa mx spanish español испанский
fa Persian: per fas ir persian farsi
fi Finnish: fin finnish
fr French: fre fra french français французский
he Hebrew: heb iw hebrew
hi Hindi: hin hindi
hy Armenian: arm hye armenian
id Indonesian: ind in indonesian
it Italian: ita italian
ja Japanese: jpn jp japanese
ka Georgian: geo kat ge georgian
kk Kazakh: kz kaz qaz qz kazakh қазақ қазақша қаз казахский каз qazaq qazaqsha
ko Korean: kor kr korean
ky Kyrgyz: kir kgz kyrgyz кыргызча киргизский
mn Mongolian: mon mongolian
nl Dutch: dut nld dutch
pl Polish: pol polish
pt Portuguese: por portuguese português
ro Romanian: rum ron romanian
ru Russian: rus russian ру русский рус орыс орысша
sk Slovak: slo slk slovak
sv Swedish: swe swedish
tg Tajik: tgk tj tajik
tk Turkmen: tuk tm turkmen
tr Turkish: tur turkish türkçe
uk Ukrainian: ukr ua ukrainian українська украинский
uz Uzbek: uzb uzbek oʻzbek
vi Vietnamese: vie vn vietnamese
zh Chinese: chi zho cn chinese китайский 中文
"""


def _meant() -> dict[str, tuple[str, str]]:
    lines = [line.partition(": ") for line in _TABLE.strip().splitlines()]
    return {word: (head.split()[0], head.split()[1]) for head, _, words in lines for word in words.split()}


_MEANT = _meant()


def suggest_language(written: str) -> str | None:
    """Return the language that an author probably meant, such as ``kk (Kazakh)``; None if the tag seems correct."""
    parts = written.replace("_", "-").strip(" .").split("-")
    first, rest = parts[0].casefold(), parts[1:]
    if first in _MEANT:
        tag, name = _MEANT[first]
        kept = [part for part in rest if part.isascii() and part.isalnum()]
        return f"{'-'.join([tag, *kept])} ({name})"
    if "_" in written and first.isascii() and first.isalpha() and all(part.isalnum() for part in rest):
        return "-".join(parts)
    return None
