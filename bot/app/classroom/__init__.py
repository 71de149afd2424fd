"""Live classes, in a group or over a link.

``rounds.py`` does what the state machine demands; everything else lets events happen in it. ``live.py`` is what all of
them work with, ``showing.py`` puts together what is shown, ``permission.py`` says who may lead.
"""
