"""What the bot is made for: a quiz from a reading text."""
