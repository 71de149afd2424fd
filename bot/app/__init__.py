"""What people do with the bot, one story a file."""
