"""Simulated pupils for rehearsing a class and for benchmarks. They see chats only and are independent of this bot.

- ``names.py`` and ``traits.py`` create them: their names, and how able, quick and reliable they are.
- ``message_reading.py`` reads a message: its text, a join code, an offered nickname. ``answer_key.py`` finds the bank's
  question in a text, and its answer.
- ``pupil.py`` is one pupil; ``rehearsal.py`` is all of them, waiting for a join link.
"""
