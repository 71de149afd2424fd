"""The chat page: its server side, and in ``static`` the page itself in plain HTML, CSS and JavaScript."""
