"""`python -m tests.faults [NAME] [--before]`: plants the faults, one after another, and writes docs/faults.md."""

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scripts.running import own_folder
from tests.faults import catalogue, report
from tests.faults.asking import Outcome, ask
from tests.faults.browser import Seeds
from tests.faults.catalogue import Fault
from tests.faults.commands import Broken
from tests.faults.planting import NoSuchCommit, copy_of_tree

ROOT: Final = Path(__file__).resolve().parents[2]
BEFORE: Final = "9509f333aed781a0c6f7f575648ce996bccae4bb"  # the last commit before the gate changed
IN_ALL: Final = 3600.0  # seconds


def main(words: Sequence[str]) -> int:
    said = argparse.ArgumentParser(prog="faults")
    said.add_argument("name", nargs="*", help="only these")
    said.add_argument("--before", action="store_true", help=f"of the gate before issue 30, in commit {BEFORE}")
    given = said.parse_args(words)
    faults = catalogue.read(ROOT / "tests" / "faults.toml")
    chosen = [each for each in faults if not given.name or each.name in given.name]
    if not chosen:
        print(f"faults: there is none called {', '.join(given.name)}")
        return 2
    try:
        return _run(faults, chosen, "before" if given.before else "after")
    except (catalogue.NoSuchLine, NoSuchCommit, Broken) as failure:
        print(f"faults: {failure}")
    except KeyboardInterrupt:
        print("faults: stopped")
    return 2


def _run(faults: list[Fault], chosen: list[Fault], column: str) -> int:
    docs, commit = ROOT / "docs", BEFORE if column == "before" else ""
    begun, missed = time.monotonic(), list[str]()
    with own_folder(), copy_of_tree(ROOT, Path(os.environ["TMPDIR"]) / "faults" / "tree", commit) as copy:
        catalogue.refuse_gone(copy, chosen)
        seeds = Seeds(copy)
        for each in chosen:
            if time.monotonic() > begun + IN_ALL:
                print(f"faults: an hour is over before {each.name}")
                return 1
            outcome = ask(copy, each, seeds)
            kept = report.load(docs / "faults.json")
            kept.setdefault(each.name, {})[column] = outcome
            report.save(docs, faults, kept)
            print(f"{each.name}: {_said(outcome)} ({outcome.seconds} s)", flush=True)
            missed += [] if outcome.by else [each.name]
    print(f"\nfaults: {len(chosen) - len(missed)} of {len(chosen)} caught")
    worse = report.worse(report.load(docs / "faults.json"))
    for name in missed:
        print(f"  missed: {name}{' (caught before)' if name in worse else ''}")
    return 1 if missed else 0


def _said(outcome: Outcome) -> str:
    if outcome.by:
        return f"caught by {outcome.by}"
    return f"MISSED{f': {outcome.note}' if outcome.note else ''}"


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it finds nothing of it left
    sys.exit(main(sys.argv[1:]))
