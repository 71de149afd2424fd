"""Watches the bot run: counts what it does, judges whether it moves on, and tells whoever asks."""
