"""Measure a bench, or all: print a table, write `build/bench.json`; `--write-docs` writes the page from it instead."""

import argparse
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.yardstick import measure
from tests.bench import (
    consult,
    handbook,
    imaging_corpus,
    imaging_large,
    imaging_link,
    imaging_open,
    imaging_pixels,
    imaging_qido,
    imaging_reads,
    imaging_store,
    operate_audit,
    operate_bare,
    operate_import,
    operate_on_duty,
    operate_source,
    operate_staff_page,
    pointer,
    reading_desk,
    reading_worklist,
    rounds_live,
    rounds_offline,
    rounds_phone,
    rounds_stat,
    rounds_wire,
    scheduling_find,
    scheduling_preview,
    scheduling_race,
    scheduling_roster,
)
from tests.bench.beside import Beside, Watched
from tests.bench.goals import Goal, goals
from tests.bench.machine import this_machine
from tests.bench.report import DOCS, FIGURES, Row, document, keep, kept, row, table
from tests.bench.workshop import Measured, Workshop
from tests.e2e.conftest import ROOT

BENCHES: Mapping[str, Mapping[str, Callable[[Workshop], Measured]]] = {
    "consult": consult.MEASUREMENTS,
    "operate": {
        **operate_bare.MEASUREMENTS,
        **operate_import.MEASUREMENTS,
        **operate_source.MEASUREMENTS,
        **operate_staff_page.MEASUREMENTS,
        **operate_audit.MEASUREMENTS,
        **operate_on_duty.MEASUREMENTS,
    },
    "imaging": {
        **imaging_qido.MEASUREMENTS,
        **imaging_reads.MEASUREMENTS,
        **imaging_store.MEASUREMENTS,
        **pointer.MEASUREMENTS,
        **imaging_link.MEASUREMENTS,
        **imaging_open.MEASUREMENTS,
        **imaging_pixels.MEASUREMENTS,
        **imaging_corpus.MEASUREMENTS,
        **imaging_large.MEASUREMENTS,
    },
    "reading": {**reading_worklist.MEASUREMENTS, **reading_desk.MEASUREMENTS},
    "scheduling": {
        **scheduling_find.MEASUREMENTS,
        **scheduling_race.MEASUREMENTS,
        **scheduling_preview.MEASUREMENTS,
        **scheduling_roster.MEASUREMENTS,
    },
    "rounds": {
        **rounds_live.MEASUREMENTS,
        **rounds_wire.MEASUREMENTS,
        **rounds_stat.MEASUREMENTS,
        **rounds_phone.MEASUREMENTS,
        **rounds_offline.MEASUREMENTS,
    },
}


def main(words: list[str]) -> int:
    asked = _arguments().parse_args(words)
    if asked.write_docs:
        DOCS.write_text(document(kept(), goals(), DOCS.read_text()))
        print(f"{DOCS.relative_to(ROOT)} written from {FIGURES.relative_to(ROOT)}")
        return 0
    wanted = [each for each in goals(asked.name) if not asked.only or each.metric in asked.only]
    if unknown := set(asked.only) - {each.metric for each in wanted}:
        print(f"no such metric: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    with TemporaryDirectory(prefix="telemed-bench-") as folder:
        shop = Workshop(Path(folder), asked.tries, Beside(measure))
        rows = [_kept(_measure(each, shop)) for each in wanted]
    print(f"\n{table(rows)}\n\nwritten to {FIGURES.relative_to(ROOT)}")
    if differs := handbook.differs():
        print(differs)
    # A missed goal is a result; a metric without a value is a failure.
    return 0 if all(each.value is not None for each in rows) else 1


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=sorted(BENCHES), help="one bench; without it all")
    parser.add_argument("--only", metavar="METRIC", action="append", default=[], help="this metric; may be repeated")
    parser.add_argument("--tries", type=int, help="how often, instead of each measurement's own number")
    parser.add_argument("--write-docs", action="store_true", help="measure nothing; write docs/benchmarks.md")
    return parser


def _kept(measured: Row) -> Row:
    """Kept and said at once: a run that is cut short loses nothing."""
    keep([measured])
    print(table([measured]).splitlines()[1], flush=True)
    return measured


def _measure(goal: Goal, shop: Workshop) -> Row:
    """Measures one metric, and once more if the machine was not steady. A failure is reported; its row has no value."""
    machine = this_machine()
    print(f"{goal.bench} {goal.metric} …", flush=True)
    try:
        measured, watched = _watched(goal, shop)
        found = row(goal, measured, machine, watched.samples)
        if found.noisy and not watched.again:
            print(f"{goal.bench} {goal.metric} once more: the machine was not steady …", flush=True)
            with shop.anew() as later:
                measured, watched = _watched(goal, later)
            found = row(goal, measured, machine, watched.samples)
    except Exception:
        traceback.print_exc()
        return row(goal, None, machine)
    return found


def _watched(goal: Goal, shop: Workshop) -> tuple[Measured, Watched]:
    with shop.beside.watched() as watched:
        measured = BENCHES[goal.bench][goal.metric](shop)
    return measured, watched


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
