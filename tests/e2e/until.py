"""Waits until something holds that a page can only be asked for asynchronously."""

from itertools import count
from typing import Any

from playwright.sync_api import JSHandle, Page

# `Page.wait_for_function` takes the promise of an async function for a yes and waits for nothing. Here the function is
# asked again each time its answer is there, and what is waited for is the answer. Asked by the clock, because animation
# frames starve in a page that is not in front.
ASKED = """([number, arg]) => {{
  const asking = (window.__until ??= {{}})
  const mine = (asking[number] ??= {{ answer: undefined, busy: false }})
  if (mine.error) throw mine.error
  if (!mine.answer && !mine.busy) {{
    mine.busy = true
    ;({function})(arg)
      .then((answer) => {{ mine.answer = answer }}, (error) => {{ mine.error = error }})
      .finally(() => {{ mine.busy = false }})
  }}
  return mine.answer
}}"""
_numbers = count()


def until(page: Page, function: str, arg: Any = None) -> JSHandle:
    """Waits until the async JavaScript `function` of `arg` answers with something true, and gives that."""
    return page.wait_for_function(ASKED.format(function=function), arg=[next(_numbers), arg], polling=50)
