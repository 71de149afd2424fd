"""What every test stands on: being here, it lets tests import ``strategies``.

Hypothesis measures no time, and tries few examples by default so that tests run in seconds; before a release,
``pytest --hypothesis-profile=thorough`` tries many.
"""

from hypothesis import settings

settings.register_profile("quick", deadline=None, max_examples=40)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("quick")
