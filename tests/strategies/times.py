"""Strategies for times and durations."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

moments = st.integers(0, 5 * 365 * 24).map(lambda hours: datetime(2022, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
"""Full hours in five years, in UTC."""

spans = st.one_of(
    st.integers(0, 90_000).map(lambda ms: timedelta(milliseconds=ms)),
    st.integers(0, 30 * 24).map(lambda h: timedelta(hours=h)),
)
"""Durations between two taps: up to 90 s in milliseconds, or up to thirty days in hours."""
