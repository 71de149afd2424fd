"""What every test stands on: being here, it lets tests import ``strategies``; Hypothesis measures no time."""

from hypothesis import settings

settings.register_profile("default", deadline=None)
settings.load_profile("default")
