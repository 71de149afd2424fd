"""How long a text may be before a pattern or a parser reads it; lengths in code points.

Checked first, since the time that patterns and normalization take grows with the length: Telegram delivers 4,096 signs.
"""

import unicodedata

LONGEST_NICKNAME = 200  # typed for the 20 signs of a nickname: an emoji may take ten code points
LONGEST_NAME = 240  # typed for the 60 letters of a real name, each with its marks
LONGEST_ANSWER = 200
LONGEST_CODE = 200  # sent for the 6 signs of a class code: a message with a link in it
LONGEST_WORD = 64  # a word of a slash command or of a button (Bot API: callback_data is 1-64 bytes)


def is_within(text: str, most: int) -> bool:
    """Return whether a text is at most so long, both as it was typed and in compatibility form (NFKC).

    That form can be 18 times as long: U+FDFA stands for four Arabic words.
    """
    return len(text) <= most and len(unicodedata.normalize("NFKC", text)) <= most
