"""The projector page of a live class."""
