"""The way in: receives updates by long polling or a webhook, stores them, and processes them."""
