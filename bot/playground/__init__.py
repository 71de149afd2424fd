"""The Bot API in a box. Knows Telegram, not this bot."""
