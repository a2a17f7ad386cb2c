"""The machine on which the figures were measured."""

import os
import platform
import re
import subprocess
from pathlib import Path

from pydantic import BaseModel

from tests.e2e.browsers import CHROMIUM


class Machine(BaseModel):
    """`load` is the average over one minute before the measurement began, `tries` how often it was repeated."""

    cpus: int
    processor: str
    memory_gb: float
    python: str
    chromium: str
    load: float
    tries: int = 0


def this_machine() -> Machine:
    version = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True).stdout
    found = re.search(r"\d+(\.\d+)+", version)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Machine(
        cpus=len(os.sched_getaffinity(0)),
        processor=_processor(),
        memory_gb=round(memory / 2**30, 1),
        python=platform.python_version(),
        chromium=found[0] if found else "-",
        load=round(os.getloadavg()[0], 2),
    )


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.machine()
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()
