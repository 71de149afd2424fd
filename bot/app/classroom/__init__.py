"""Live classes, in a group or over a link.

``live_class.py`` applies events to the state machine and runs the effects; other modules have the handlers of commands.
``context.py`` is what they all work with, ``presenter.py`` builds the messages, ``permission.py`` decides who may lead.
"""
