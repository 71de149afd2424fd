"""Moments, and spans of time between them."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

moments = st.integers(0, 5 * 365 * 24).map(lambda hours: datetime(2022, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
"""Full hours of five years, in UTC."""

spans = st.one_of(
    st.integers(0, 90_000).map(lambda ms: timedelta(milliseconds=ms)),
    st.integers(0, 30 * 24).map(lambda h: timedelta(hours=h)),
)
"""Spans of time as they pass between two taps: up to a minute and a half to the millisecond, or up to thirty days."""
