"""A reading that is claimed freely: whether something more urgent waits beside it depends on when one looks."""

import re

from playwright.sync_api import Page

HERE = r"() => /\/reading\/[0-9a-f-]{36}/.test(location.pathname)"
ASKED = """() => [...document.querySelectorAll('[role=dialog]')]
  .some((each) => /更急的阅片|more urgent/.test(each.textContent))"""


def claimed(page: Page) -> None:
    """Waits for the page of the reading that was just claimed; asked why it is read first, it says so.

    The demonstration's claims lapse after ten minutes and its readings fall due, so either may happen.
    """
    page.wait_for_function(f"() => ({HERE})() || ({ASKED})()")
    if not page.evaluate(HERE):
        dialog = page.get_by_role("dialog", name=re.compile("更急的阅片|more urgent"))
        dialog.get_by_role("textbox").fill("患者在门诊等候")
        dialog.get_by_role("button", name=re.compile("^(仍看这份|Read this one)$")).click()
    page.wait_for_function(HERE)
