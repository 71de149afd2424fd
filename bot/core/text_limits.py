"""Limits of the lengths of texts, in code points, checked before a pattern or a parser reads a text.

The time of patterns and normalization grows with the length, and Telegram delivers up to 4,096 characters.
"""

import unicodedata

LONGEST_NICKNAME = 200  # for the 20 characters of a nickname: an emoji may have ten code points
LONGEST_NAME = 240  # for the 60 letters of a real name, each with its marks
LONGEST_ANSWER = 200
LONGEST_CODE = 200  # for the 6 characters of a class code in a message with a link
LONGEST_WORD = 64  # for a word of a slash command or a button (Bot API: callback_data is 1-64 bytes)


def is_within(text: str, limit: int) -> bool:
    """Return whether a text has at most ``most`` code points, both as typed and in compatibility form (NFKC).

    The compatibility form can be 18 times as long: U+FDFA expands to four Arabic words.
    """
    return len(text) <= limit and len(unicodedata.normalize("NFKC", text)) <= limit
