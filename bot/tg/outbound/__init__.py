"""The way out: sends stored messages in order, within the rate limits of Telegram."""
