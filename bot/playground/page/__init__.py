"""The chat page: its routes over a world, and in ``static`` the page itself, plain HTML, CSS and JavaScript."""
