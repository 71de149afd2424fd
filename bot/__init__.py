"""A quiz bot for Telegram that asks questions on a reading text."""
