"""Builds the pages beside the rest of a set-up and beside the first start of the demonstration."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scripts.setting_up import pages, python
from scripts.setting_up.steps import ROOT, CannotSetUp, say

WHOLE = "whole"
GENTLE = 19  # added to the priority's number: after everything else that wants a processor


@dataclass(frozen=True)
class Builder:
    """A process that says, to whoever reads `news`, WHOLE or why there will be no pages.

    It ends as soon as nobody holds `lifeline` any more, however that ended.
    """

    process: subprocess.Popen[bytes]
    news: int
    lifeline: int

    def failures(self) -> list[str]:
        """Why it has failed, if it has so far."""
        if not self.process.poll():
            return []
        with open(self.news, encoding="utf-8", closefd=False) as said:
            return [said.read().strip() or "the pages were not built: what built them was ended"]

    def hand_over(self) -> dict[str, str]:
        """The environment for a program that takes the place of this process and reads the news."""
        for each in (self.news, self.lifeline):
            os.set_inheritable(each, True)
        environment = {**os.environ, "TELEMED_PAGES": str(self.news)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the next start is to find compiled what this one needs
        return environment


@contextmanager
def builder(*command: str) -> Iterator[Builder]:
    """Begins to build; ended with this block. `command`: this set-up with the goal `pages`."""
    alive, lifeline = os.pipe()
    news, told = os.pipe()
    # In a session of its own, so that Ctrl-C ends it by its lifeline and it can end all that it has started.
    process = subprocess.Popen(command, cwd=ROOT, stdin=alive, stdout=told, start_new_session=True)
    os.close(alive)
    os.close(told)
    try:
        yield Builder(process, news, lifeline)
    finally:
        os.close(lifeline)
        process.wait()
        os.close(news)


def build() -> None:
    """What the process does."""
    threading.Thread(target=_end_with_lifeline, daemon=True).start()
    try:
        pages.built()
    except (CannotSetUp, OSError) as reason:
        print(f"the pages were not built: {reason}", flush=True)
        raise
    print(WHOLE, flush=True)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())  # whoever reads the news has now read all
    os.close(nothing)
    os.nice(GENTLE)
    try:
        pages.compressed()
        python.compiled()
    except (CannotSetUp, OSError) as reason:
        say(f"the pages are served as they are, and the next start goes on: {reason}")


def _end_with_lifeline() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.killpg(0, signal.SIGKILL)
