"""Texts of the bot, one file a language."""
