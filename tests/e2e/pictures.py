"""Pictures of pages, for somebody to look at: kept in build/screens if TELEMED_PICTURES=1. No test reads them."""

import os
from pathlib import Path

from playwright.sync_api import Page

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"
WANTED = os.environ.get("TELEMED_PICTURES") == "1"


def keep_picture(page: Page, name: str, *, full_page: bool = False) -> None:
    """The page as it stands, whatever still moves; the name may begin with a folder (`en/home`)."""
    if not WANTED:
        return
    path = SCREENS / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=full_page)
