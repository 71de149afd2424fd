"""The Bot API in a box: a local Telegram to try a bot in. Knows Telegram, not this bot.

- ``world/`` is Telegram itself: people, chats, messages, polls, files, updates waiting. Pure and synchronous.
- ``methods/`` are the Bot API methods, one group a file; ``method.py`` is their contract, ``parameters.py``,
  ``structures.py``, ``keyboards.py``, ``formatting.py`` and ``uploads.py`` read what callers pass.
- ``api.py`` answers one call: faults, flood limits, reading, refusing. ``polling.py`` waits for updates,
  ``posting.py`` delivers them to a webhook.
- ``request.py`` plugs it into python-telegram-bot without a network; ``server.py`` answers over HTTP,
  ``page/`` is the chat page over a world.
"""
