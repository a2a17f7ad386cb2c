"""From a bare machine to the administrator's first sign-in, by the lines of the README's own "Run it"."""

import os
import pty
import re
import select
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Browser, expect

from tests.bench.workshop import Measured, Workshop, browsers
from tests.e2e.conftest import ROOT

DATA, ADDRESS = "/var/lib/telemed", "ADDRESS"
SETTING_UP, STARTING = 1800, 120  # s
OWN_PASSWORD = "Lantern-Orchard-2026"
# What a person types when `telemed init` asks: site, address, database, hub, one branch, administrator.
TYPED = (
    *("远程会诊", "021-64370045", "", ""),
    *("ruijin", "瑞金医院", "Ruijin Hospital", "上海交通大学医学院附属瑞金医院"),
    *("wuxi", "无锡分院", "Wuxi Branch", "瑞金医院无锡分院", "0510-12345678", ""),
    *("", "闻立春", "Wen Lichun", "10001"),
)


def bare_to_sign_in(shop: Workshop) -> Measured:
    """Minutes from the first line to the administrator's home page, in a clone without .venv and node_modules.

    A first clone, not measured, is set up to fill the caches of pip and npm, so downloads do not count.
    """
    lines = commands()
    with _folder() as folder:
        _clone_and_set_up(lines, folder / "before")
        began = perf_counter()
        clone = _clone_and_set_up(lines, folder / "measured")
        data = folder / "data"
        password = _initialised(_in(lines[2], data), clone)
        with _served(_in(lines[3], data), clone) as origin, browsers(1) as [chromium]:
            _sign_in(chromium, origin, password)
            took = perf_counter() - began
    return Measured(took / 60)


def _sign_in(chromium: Browser, origin: str, password: str) -> None:
    """By the one-time password, with a password of one's own, to the home page and what is to be done first."""
    page = chromium.new_context(locale="zh-CN").new_page()
    page.goto(origin)
    page.get_by_label("用户名").fill("admin")
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("新密码", exact=True).fill(OWN_PASSWORD)
    page.get_by_label("再输一次").fill(OWN_PASSWORD)
    page.get_by_role("button", name="设置并登录").click()
    expect(page.get_by_text("上线准备")).to_be_visible()


def commands_to_sign_in(_: Workshop) -> Measured:
    """The commands that the README has somebody type, those joined by && counted singly."""
    return Measured(sum(len(line.split("&&")) for line in commands()))


def commands() -> list[str]:
    """The lines of "Run it": clone, set up, init, serve."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^## Run it$.*?^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert block, "README.md has no commands under 'Run it'"
    lines = [line.partition("#")[0].strip() for line in block[1].splitlines()]
    assert [line.split()[0] for line in lines] == ["git", "make", ".venv/bin/telemed", ".venv/bin/telemed"], lines
    return lines


@contextmanager
def _folder() -> Iterator[Path]:
    """Outside the work tree, so that nothing of it is found by chance."""
    folder = Path(tempfile.mkdtemp(prefix="telemed-bare-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _clone_and_set_up(lines: list[str], folder: Path) -> Path:
    folder.mkdir()
    _sh(lines[0].replace(ADDRESS, str(ROOT)), folder)
    _sh(lines[1], folder / "telemed")
    return folder / "telemed"


def _sh(line: str, folder: Path) -> None:
    environment = os.environ | {"npm_config_prefer_offline": "true"}
    done = subprocess.run(
        ["sh", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, timeout=SETTING_UP
    )
    assert done.returncode == 0, f"{line}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"


def _in(line: str, data: Path) -> str:
    assert DATA in line, line
    return line.replace(DATA, str(data))


def _initialised(line: str, clone: Path) -> str:
    """Answers `init` on a terminal; returns the one-time password that it prints."""
    terminal, theirs = pty.openpty()
    process = subprocess.Popen(["sh", "-c", line], cwd=clone, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(terminal, "".join(f"{each}\n" for each in TYPED).encode())
    said = "".join(_read(terminal))
    assert process.wait() == 0, said
    os.close(terminal)
    found = re.search(r"one-time password, [^:]*: (\S+)", said)
    assert found, said
    return found[1]


def _read(terminal: int) -> Iterator[str]:
    """What the program prints, until it ends or says nothing for long."""
    whole = b""
    while select.select([terminal], [], [], STARTING)[0]:
        try:
            some = os.read(terminal, 65536)
        except OSError:  # the other end is closed: it has ended
            break
        whole += some
    yield whole.decode(errors="replace")


@contextmanager
def _served(line: str, clone: Path) -> Iterator[str]:
    """Runs `serve` until left; the address of its ready line."""
    process = subprocess.Popen(
        ["sh", "-c", f"exec {line}"], cwd=clone, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    said: list[str] = []
    try:
        for each in process.stdout:
            said.append(each)
            if each.startswith("ready "):
                yield each.split()[1]
                return
        raise AssertionError("it ended before it was ready:\n" + "".join(said[-30:]))
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {
    "bare_to_sign_in": bare_to_sign_in,
    "commands_to_sign_in": commands_to_sign_in,
}
