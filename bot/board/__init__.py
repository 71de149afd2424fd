"""The projector page of a live class: it shows what the class may see, and changes nothing."""
