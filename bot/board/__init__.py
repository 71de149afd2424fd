"""The projector page of a live class. It is read-only and shows only what the whole class may see."""
