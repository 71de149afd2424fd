"""A local Bot API with a chat page, for trying and testing a bot. Independent of this bot.

- ``world/`` is the simulated Telegram: people, chats, messages, polls, files, pending updates. Pure and synchronous.
- ``methods/`` has the Bot API methods, one group per file; ``method.py`` is their common class. ``parameters.py``,
  ``json_values.py``, ``keyboards.py``, ``formatting.py``, ``language_code.py``, ``send_parameters.py`` and
  ``uploads.py`` check and convert the parameters.
- ``bot_api.py`` answers one call, with the faults (``faults.py``) and flood limits (``flood_limits.py``) that tests
  set. ``polling.py`` is long polling,
  ``webhook_delivery.py`` sends updates to a webhook.
- ``request.py`` connects python-telegram-bot without a network; ``server.py`` answers over HTTP;
  ``page/`` is the chat page, on which a person plays the people of a world.
"""
