"""Lets pytest explain what failed in the machine of a class, which is kept beside its tests."""

import pytest

pytest.register_assert_rewrite("lesson", "lesson_promises", "live_class")
