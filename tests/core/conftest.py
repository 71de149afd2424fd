"""Pytest setup: assertions in the live class state machine are rewritten, so that its failures are explained."""

import pytest

pytest.register_assert_rewrite("lesson", "lesson_promises", "live_class")
