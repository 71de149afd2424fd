"""Live classes, in a group or over a link.

``live_class.py`` carries out what the state machine demands; the other modules handle commands. ``context.py`` is what
they all work with, ``presenter.py`` builds what is shown, ``permission.py`` decides who may lead.
"""
