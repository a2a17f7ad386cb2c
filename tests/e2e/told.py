"""What a run tells the gate, in the folder that TELEMED_GATE names: starts of the demonstration, tests that failed."""

import json
import os
import re
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import Browser, Error

LONGEST_NAME = 120


def tell(what: str, **said: Any) -> Path | None:
    """Adds a line to the folder's `what`.jsonl; answers the folder, None where nobody wants to know."""
    if not (named := os.environ.get("TELEMED_GATE")):
        return None
    with (Path(named) / f"{what}.jsonl").open("a") as lines:
        lines.write(json.dumps(said, ensure_ascii=False) + "\n")
    return Path(named)


def a_start(pid: int, *, first: bool) -> None:
    """A demonstration is ready; `first`: it was made by this start."""
    if "TELEMED_GATE" in os.environ:
        itself = psutil.Process(pid)
        cpu = sum(sum(each.cpu_times()[:4]) for each in [itself, *itself.children(recursive=True)])
        tell("starts", test=os.environ.get("PYTEST_CURRENT_TEST", ""), first=first, cpu=round(cpu, 2))


def a_failure(item: pytest.Item, report: pytest.TestReport) -> None:
    """Keeps what it said and what stood on every page that was open."""
    # The line that pytest's own summary shows, without the path and line where it failed.
    crash = getattr(report.longrepr, "reprcrash", None)
    said = crash.message if crash else report.longreprtext
    folder = tell("failed", id=item.nodeid, when=report.when, said=" ".join(said.split()))
    if folder is None:
        return
    kept = folder / "flaky" / re.sub(r"[^\w.-]+", "-", item.nodeid.rpartition("/")[2])[:LONGEST_NAME]
    kept.mkdir(parents=True, exist_ok=True)
    (kept / f"{report.when}.txt").write_text("\n\n".join((report.longreprtext, *map("\n".join, report.sections))))
    browser = getattr(item, "funcargs", {}).get("chromium")
    pages = [page for context in browser.contexts for page in context.pages] if isinstance(browser, Browser) else []
    for number, page in enumerate(pages, 1):
        try:
            (kept / f"page-{number}.html").write_text(f"<!-- {page.url} -->\n{page.content()}")
            page.screenshot(path=kept / f"page-{number}.png", timeout=5_000)
        except Error as error:  # closed, or in the midst of going elsewhere
            (kept / f"page-{number}.txt").write_text(str(error))
