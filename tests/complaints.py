"""What a browser complains of while it shows a page: scripts that fail, and what the content policy forbids."""

from playwright.async_api import ConsoleMessage, Page


def complaints_of(page: Page) -> list[str]:
    """Give a list that grows with whatever the browser complains of."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if _is_complaint(line) else None)
    return complaints


def _is_complaint(line: ConsoleMessage) -> bool:
    """Tell a fault of the page from a server that refuses or is away, which the page tells the reader itself."""
    return line.type in {"error", "warning"} and "Failed to load resource" not in line.text
