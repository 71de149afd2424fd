"""Errors that a browser reports while it shows a page: failing scripts, and violations of the content policy."""

from playwright.async_api import ConsoleMessage, Page


def complaints_of(page: Page) -> list[str]:
    """Return a list to which every error of the browser is added."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if _is_complaint(line) else None)
    return complaints


def _is_complaint(line: ConsoleMessage) -> bool:
    """Return whether the page is at fault, not a server that refused or was away, which the page itself shows."""
    return line.type in {"error", "warning"} and "Failed to load resource" not in line.text
