"""Pytest setup: assertions in the live class state machine are rewritten, so that its failures are explained."""

import pytest

pytest.register_assert_rewrite("simulated_class", "class_invariants", "live_class_machine")
