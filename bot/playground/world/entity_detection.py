"""Detection of entities in plain text (links, mentions, commands ...), after TDLib (``td/telegram/MessageEntity.cpp``).

Simplified: domains without a scheme are detected only under country codes and well-known top-level domains. Phone
numbers are detected by Telegram's servers; here they must begin with a plus.
"""

import re
from collections.abc import Iterator

_COUNTRIES = """
ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc cd cf
cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg
gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp
kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne
nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk
sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn
vu wf ws ye yt za zm zw
"""
_OTHERS = """
academy aero app art asia bank biz blog bot cafe chat city click cloud club com community design dev digital edu email
events expert fun games global gov group help info ink int international jobs land legal life link live love market
media mil mobi museum name net network news ngo one online org page pro quest review rocks run school science shop site
social software space store studio study support team tech tel today top tube tv university video vip wiki work world
xxx xyz zone бг бел дети ею католик ком мкд мон москва онлайн орг рус рф сайт срб укр қаз հայ გე ελ ευ
"""
_LABEL = r"[^\W_](?:[\w~-]*[^\W_])?"
_KNOWN = "|".join([*_COUNTRIES.split(), *_OTHERS.split(), r"xn--[a-z0-9]{2,}"])
# Characters of a path, without the punctuation that ends a sentence or closes a bracket after it.
_PATH = r"[^\s<>\"«»\u2000-\u200b\u200e\u200f\u2016-\u206f]"
_REST = rf"(?::\d{{1,5}})?(?:[/?#](?:{_PATH}*(?<![.,:;!?'`()\]}}]))?)?"
_FOUND = re.compile(
    rf"(?P<url>(?:https?|ftp)://{_LABEL}(?:\.{_LABEL})*{_REST}"
    rf"|(?:tg|ton)://[a-z0-9_-]+(?:[/?#]{_PATH}*)?"
    rf"|(?<![\w@/#.~+-])(?:[\w.+-]+@)?(?:{_LABEL}\.)+(?:{_KNOWN})(?![\w~-])(?!\.\w)(?:(?<=\w)(?=[:/?#]){_REST})"
    r"|(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.]))"
    rf"|(?P<email>(?<![\w@/.+-])[a-z0-9_.+-]{{1,64}}@(?:{_LABEL}\.)+[a-z]{{2,8}}(?![\w-]))"
    rf"|(?P<domain>(?<![\w@/#.~+-])(?:{_LABEL}\.)+(?:{_KNOWN})(?![\w~@-])(?!\.\w))"
    r"|(?P<bot_command>(?<![\w/<>])/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\w/<>@]))"
    r"|(?P<mention>(?<!\w)@(?:[a-z0-9_]{4,32}|gif|pic|vid)(?!\w))"
    r"|(?P<hashtag>(?<![\w\u200c·])#(?=\w*[^\W\d_])[\w\u200c·\u0d80-\u0ddf]{1,256}(?!\w*#))"
    r"|(?P<cashtag>(?<![\w$])\$(?-i:1INCH|[A-Z]{1,8})(?![\w$]))"
    r"|(?P<phone_number>(?<![\w+])\+\d(?:[ ()-]{0,2}\d){6,14}(?!\w))",
    re.IGNORECASE,
)
_SIGNS = frozenset("/@#$+.")


def detect_entities(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each detected entity as (MessageEntity type, start, end), in code points."""
    if _SIGNS.isdisjoint(text):
        return
    for match in _FOUND.finditer(text):
        kind = str(match.lastgroup)
        yield ("url" if kind == "domain" else kind), match.start(), match.end()
