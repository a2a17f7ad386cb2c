"""The archive in a process of its own, which can be killed and measured."""

import asyncio
import json
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

PROGRAM = """
import asyncio, sys
from pathlib import Path
from imaging.__main__ import Dimse, serve
from imaging.tickets import Keys
import json
public, callers = json.loads(sys.argv[2]), json.loads(sys.argv[3])
dimse = Dimse(0, "TELEMED", callers) if callers else None
asyncio.run(serve(Keys(lambda: public), Path(sys.argv[1]), "127.0.0.1", 0, dimse))
"""


@asynccontextmanager
async def program(
    folder: Path, keys: str, callers: Mapping[str, str] | None = None
) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """With `callers` (hospitals by AE title) it also listens for C-STORE, and says next at which port."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, str(folder), keys, json.dumps(callers or {}), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            line = (await process.stdout.readline()).decode()
        ready = re.match(r"ready (http://\S+)", line)
        assert ready, line
        yield ready[1], process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()


def peaks(pid: int) -> dict[int, float]:
    """The most memory (MB, resident) that the process and each of its children has held, by process."""
    found = dict[int, float]()
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except OSError:
            continue  # it has ended
        if pid in (int(told["Pid"]), int(told["PPid"])) and "VmHWM" in told:
            found[int(told["Pid"])] = int(told["VmHWM"].split()[0]) / 1024
    return found
