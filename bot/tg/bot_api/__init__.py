"""The Bot API: one call, its response, and the HTTP transport."""
