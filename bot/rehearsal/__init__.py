"""Simulated pupils, to rehearse a class with and to measure the bot by. They know a chat and the reading, not this bot.

- ``names.py`` and ``character.py`` make them: who they are, how able, quick and reliable.
- ``reading.py`` is what they know of the text: it finds the question in what stands in a chat, and its answer.
- ``pupil.py`` is one of them in the chats; ``rehearsal.py`` is all of them, waiting for a join link.
"""
