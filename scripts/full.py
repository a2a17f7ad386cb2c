"""`make full`: runs the long parts of the tests, or one (`PART=postgres`), and writes `docs/full-run.json`.

Nothing is tried again here. What a part found stands in the file also if it failed.
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from scripts.browser import BUILD
from scripts.parts import Part, Ran, digest_of, git, keep, parts
from scripts.running import ROOT, Task, own_folder

LONGEST = 25 * 60.0  # seconds, of a part


def main(*names: str) -> int:
    known = {each.name: each for each in parts()}
    if unknown := set(names) - known.keys():
        print(f"full: no part {', '.join(sorted(unknown))}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    BUILD.mkdir(exist_ok=True)
    said = []
    with own_folder():
        for part in [known[each] for each in names or known]:
            print(f"\n== {part.name}: {part.what}", flush=True)
            ran, code = run(part)
            keep(part.name, ran)
            said.append((code == 0 and not ran.failed, part, ran))
    print("\nfull:")
    for passed, part, ran in said:
        counted = f"{ran.passed} passed, {ran.failed} failed, {ran.skipped} skipped in {ran.seconds} s"
        print(f"  {'passed' if passed else 'FAILED':7} {part.name}: {counted}")
    return 0 if all(passed for passed, *_ in said) else 1


def run(part: Part) -> tuple[Ran, int]:
    results = BUILD / f"full-{part.name}.xml"
    results.unlink(missing_ok=True)
    commit, digest, began = git(ROOT, "rev-parse", "HEAD") or "", digest_of(part), time.monotonic()
    program, *words = part.command
    task = Task(str(ROOT / ".venv" / "bin" / program), *words, f"--junitxml={results}", limit=LONGEST)
    task.begin(part.environment)
    spent = task.finish()
    passed, failed, skipped = counted(results)
    if not spent.passed:
        failed = max(failed, 1)  # it did not come to its end
    day = datetime.now(UTC).date().isoformat()
    return Ran(commit, digest, day, passed, failed, skipped, round(time.monotonic() - began)), spent.code


def counted(results: Path) -> tuple[int, int, int]:
    """Tests that passed, failed and were skipped."""
    if not results.exists():
        return 0, 0, 0
    total, failed, skipped = 0, 0, 0
    for suite in ElementTree.parse(results).iter("testsuite"):
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    return total - failed - skipped, failed, skipped


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
