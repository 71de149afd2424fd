"""Application: the handlers of everything that people do with the bot, one subject a file."""
