"""What a page must be whatever it says: without a fault axe can find, and no wider than its window."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LENGTH = 120
"""Characters of an element that stand in a failure: enough to find it by."""
MOST = 3
"""Elements named under one fault."""


def faults_of(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds once the page is there, short enough to read in a failure."""
    page.wait_for_load_state("load")
    found = Axe().run(page).response["violations"]
    return [(fault["id"], [node["html"][:LENGTH] for node in fault["nodes"]][:MOST]) for fault in found]


def wider_than_window(page: Page) -> int:
    """Pixels that stand out at the right; a page whose style sheets are still on their way is waited for."""
    page.wait_for_load_state("load")
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
