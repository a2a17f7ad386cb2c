"""A real installation: `telemed init` in an empty directory, commands, `telemed serve`; none has the demo code."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from telemed.kit.ports import free_port
from tests.e2e.conftest import Product, started
from tests.fakes.outside import HERE

T = TypeVar("T")
# The program of the command line in a Python in which the demonstration cannot be imported.
WITHOUT_DEMO = "import sys; sys.modules['telemed.demo'] = None; from telemed.cli import main; main()"
ANSWERS = """
[site]
name = "瑞金远程会诊"
telephone = "021-0000-0110"
[address]
public_url = "http://{here}:{http}"
signal_port = {rooms}
{data}
[hub]
code = "ruijin"
name = "瑞金医院"
name_en = "Ruijin Hospital"
licence_name = "瑞金医院"
[[branches]]
code = "wuxi"
name = "无锡分院"
name_en = "Wuxi Branch"
licence_name = "瑞金医院无锡分院"
telephone = "0510-0000-0120"
[administrator]
username = "admin"
name = "闻立春"
name_en = "Wen Lichun"
number = "10001"
"""


@dataclass
class Site:
    """`dimse`: the port at which it takes images; `password`: the first administrator's, for once."""

    data_dir: Path
    dimse: int
    password: str

    def run(self, *arguments: str) -> str:
        """What a command says."""
        return _run(*arguments, "--data-dir", str(self.data_dir))

    @contextmanager
    def served(self) -> Iterator[Product]:
        command = [sys.executable, "-c", WITHOUT_DEMO, "serve", "--data-dir", str(self.data_dir)]
        with started(self.data_dir, command) as running:
            yield running


def initialised(folder: Path, database_url: str | None) -> Site:
    """In a directory that is not there yet; what `init` cannot ask is added to the settings by hand, as docs say."""
    answers, data_dir, dimse = folder / "answers.toml", folder / "data", free_port()
    data = f'[data]\ndatabase_url = "{database_url}"' if database_url else ""
    answers.write_text(ANSWERS.format(here=HERE, http=free_port(), rooms=free_port(), data=data), encoding="utf-8")
    said = _run("init", "--answers", str(answers), "--data-dir", str(data_dir))
    password = next(line.rpartition(" ")[2] for line in said.splitlines() if line.startswith("one-time password"))
    more = {"TELEMED_SOURCE_ALLOW": json.dumps([HERE]), "TELEMED_DIMSE_PORT": str(dimse)}
    with (data_dir / "telemed.env").open("a", encoding="utf-8") as settings:
        settings.writelines(f"{name}='{value}'\n" for name, value in more.items())
    return Site(data_dir, dimse, password)


def beside(work: Callable[[], Awaitable[T]]) -> T:
    """Runs in a thread, because Playwright has an event loop in this one."""

    async def awaited() -> T:
        return await work()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(awaited())).result()


def _run(*arguments: str) -> str:
    command = [sys.executable, "-c", WITHOUT_DEMO, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, f"telemed {' '.join(arguments)}: {done.stdout}{done.stderr}"
    return done.stdout
