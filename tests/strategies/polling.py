"""Strategy for the steps of long polling."""

from hypothesis import strategies as st

polling_steps = st.lists(st.one_of(st.just("happens"), st.tuples(st.integers(-6, 3), st.integers(1, 4))), max_size=40)
"""Steps of long polling: an update occurs, or the bot polls with an offset from the newest id and a limit."""
