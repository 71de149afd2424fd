"""What befalls a bot's updates."""

from hypothesis import strategies as st

polling_steps = st.lists(st.one_of(st.just("happens"), st.tuples(st.integers(-6, 3), st.integers(1, 4))), max_size=40)
"""What befalls a bot's updates: one happens, or the bot asks, with an offset from the newest id and a limit."""
