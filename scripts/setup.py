"""Prepares a machine to run, build or test telemed; what is done already is skipped.

Needs only Python 3.11 or later. Each step remembers a hash of what it was made from under build/stamps/.
"""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

if not __package__:  # called as a file, before anything is installed
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.setting_up import beside, pages, python
from scripts.setting_up.debian import apt_install, may_install
from scripts.setting_up.steps import ROOT, CannotSetUp, at_once, end_all

# Programs that tests call, and the Debian packages that contain them.
TEST_PROGRAMS = {
    "chromium": "chromium",
    "chromium-headless-shell": "chromium-headless-shell",
    "pdftoppm": "poppler-utils",
    "tesseract": "tesseract-ocr",
    "ip": "iproute2",
    "dciodvfy": "dicom3tools",
    "storescu": "dcmtk",
    "certutil": "libnss3-tools",
}
CHINESE_OCR = "tesseract-ocr-chi-sim"


def main(goal: str, *arguments: str) -> int:
    goals: dict[str, Callable[[], None]] = {
        "run": lambda: at_once(python_to_run, pages_to_serve),
        "demo": lambda: demo(*arguments),
        "test": lambda: at_once(system_test, python_to_test, pages.built),
        "web": pages_to_serve,
        "check": lambda: at_once(python.to_test, pages.packages),
        "pages": beside.build,  # what `demo` calls
    }
    signal.signal(signal.SIGTERM, terminated)
    try:
        if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this may have an older one
            raise CannotSetUp(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
        if goal != "pages":
            pages.tools()  # said before minutes of other work
        began = time.monotonic()
        goals[goal]()
        if goal == "test":
            took(time.monotonic() - began)
    except (CannotSetUp, OSError) as reason:
        if goal != "pages":
            print(f"\ntelemed cannot be set up yet: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0


def took(seconds: float) -> None:
    """Kept for the gate, which counts it (scripts/figures.py)."""
    cpu = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "setup.json").write_text(json.dumps({"wall": seconds, "cpu": cpu}))


def terminated(*_: object) -> None:
    end_all()
    sys.exit(128 + signal.SIGTERM)


def python_to_run() -> None:
    python.to_run()
    python.compiled()


def python_to_test() -> None:
    python.to_test()
    python.compiled()


def pages_to_serve() -> None:
    pages.built()
    pages.compressed()


def demo(*arguments: str) -> None:
    """Becomes the demonstration as soon as that can start; the pages are built beside it and told to it."""
    failed = []
    with beside.builder(sys.executable, __file__, "pages") as builder:
        try:
            python.to_run()
        except CannotSetUp as reason:
            failed.append(str(reason))
        failed += builder.failures()
        if failed:
            raise CannotSetUp("\n\n".join(failed))
        os.execve(python.TELEMED, [str(python.TELEMED), "demo", *arguments], builder.hand_over())


def system_test() -> None:
    """Installs the Debian packages that tests use: a browser, PDF and text recognition tools, network namespaces."""
    packages = missing_packages()
    if not packages:
        return
    if not may_install():
        raise CannotSetUp(
            f"the tests need these Debian packages: {', '.join(packages)}. "
            f"Install them with:  sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
        )
    apt_install(packages)
    if still := missing_packages():
        raise CannotSetUp(f"these are missing even after apt-get: {', '.join(still)}")


def missing_packages() -> list[str]:
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    missing = [package for program, package in TEST_PROGRAMS.items() if shutil.which(program, path=path) is None]
    known = ""
    if "tesseract-ocr" not in missing:
        known = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True).stdout
    return missing if "chi_sim" in known else [*missing, CHINESE_OCR]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
