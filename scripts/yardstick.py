"""How fast this machine is at this moment: three fixed pieces of work, in seconds, against a quiet reference machine.

`cpu` is a loop of Python and SQLite; `http` asks a bare aiohttp echo in a process of its own; `page` is a bare page
with one request in Chromium, from navigation to what it paints, and is missing where there is no Chromium. Whoever
measures something else takes a sample before and after it: a goal of time then holds times the factor between them and
the reference.

`python -m scripts.yardstick` shows them; `--keep` makes them the reference: the median of some, on a quiet machine.
"""

import asyncio
import json
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from time import perf_counter, process_time

import aiohttp
from aiohttp import web

REFERENCE = Path(__file__).resolve().parent.parent / "tests" / "bench" / "yardstick.json"
CHROMIUM = Path("/usr/bin/chromium")
NAMES = ("cpu", "http", "page")
STEADY = 1.3  # what may lie between the fastest and the slowest sample, and between the time taken and computed
WORDS, ROWS, ASKED, SHOWN, KEPT = 420_000, 110_000, 1_500, 20, 7
PAGE = """<!doctype html><title>bare</title><body><script>
const painted = new Promise((done) => new PerformanceObserver((list) => {
  for (const each of list.getEntriesByName('first-contentful-paint')) done(each.startTime)
}).observe({ type: 'paint', buffered: true }))
fetch('/', { method: 'POST', body: 'echo' }).then((answer) => answer.text()).then((said) => document.body.append(said))
</script>"""


@dataclass(frozen=True)
class Sample:
    """Seconds by yardstick; `shared`: what the loop took over what it computed, 1 where nothing else wants a core."""

    seconds: Mapping[str, float]
    shared: float = 1.0


@dataclass(frozen=True)
class Factor:
    """How much slower than the reference, at least 1; `moved`: not the same speed all the time; `shared`: other work
    took the cores, which slows each kind of work differently.
    """

    value: float = 1.0
    moved: bool = False
    shared: bool = False


def factors(*samples: Sample, reference: Mapping[str, float] | None = None) -> dict[str, Factor]:
    """Of each yardstick that every sample and the reference have: `factors(before, after)`."""
    known = kept() if reference is None else reference
    shared = max(each.shared for each in samples) > STEADY
    found = {}
    for name in NAMES:
        took = [each.seconds[name] for each in samples if name in each.seconds]
        if name in known and len(took) == len(samples):
            moved = max(took) > min(took) * STEADY
            found[name] = Factor(round(max(1.0, fmean(took) / known[name]), 2), moved, shared)
    return found


def kept(path: Path = REFERENCE) -> dict[str, float]:
    read = json.loads(path.read_bytes())
    return {name: float(read[name]) for name in NAMES if name in read}


def measure(chromium: Path = CHROMIUM) -> Sample:
    """Takes three to four seconds on the reference machine. Not from within a running event loop."""
    cpu, computed = _cpu()
    with _echo() as origin:
        seconds = {"cpu": cpu, "http": asyncio.run(_http(origin))}
        if chromium.exists():
            seconds["page"] = _page(origin, chromium)
    return Sample(seconds, cpu / computed)


def _cpu() -> tuple[float, float]:
    began, used = perf_counter(), process_time()
    counted: dict[str, int] = {}
    for n in range(WORDS):
        word = f"{n * 7919 % 10_007:05}"
        counted[word] = counted.get(word, 0) + len(word.split("0"))
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, word TEXT, number INTEGER)")
        db.execute("CREATE INDEX by_word ON row (word, number)")
        rows = ((n * 7919 % 10_007, n) for n in range(ROWS))
        db.executemany("INSERT INTO row (word, number) VALUES (printf('%05d', ?), ?)", rows)
        for word in counted:
            db.execute("SELECT id, number FROM row WHERE word = ? ORDER BY number DESC LIMIT 5", (word,)).fetchall()
    return perf_counter() - began, process_time() - used


async def _http(origin: str) -> float:
    async with aiohttp.ClientSession(origin) as http:
        began = perf_counter()
        for _ in range(ASKED):
            async with http.post("/", data=b"echo") as answer:
                assert await answer.read() == b"echo"
        return perf_counter() - began


def _page(origin: str, chromium: Path) -> float:
    # Here, because the gate's checks run without a browser.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
        with playwright.chromium.launch(executable_path=chromium, args=flags) as browser:
            page = browser.new_page()
            took = []
            for _ in range(SHOWN + 1):
                page.goto(origin)
                took.append(page.evaluate("painted"))
    return fmean(took[1:]) / 1000


@contextmanager
def _echo() -> Iterator[str]:
    """It ends when its input does, so also when whoever began it is killed."""
    command = [sys.executable, "-m", "scripts.yardstick", "--echo"]
    root = REFERENCE.parents[2]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()


async def _serve() -> None:
    async def echo(request: web.Request) -> web.Response:
        return web.Response(body=await request.read())

    async def page(_: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    app = web.Application()
    app.router.add_post("/", echo)
    app.router.add_get("/", page)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print("http://{}:{}".format(*runner.addresses[0]), flush=True)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), ended.set)
    await ended.wait()
    await runner.cleanup()


def main(words: Sequence[str]) -> int:
    if "--echo" in words:
        asyncio.run(_serve())
        return 0
    keep = "--keep" in words
    samples = []
    for _ in range(KEPT if keep else 1):
        samples.append(measure())
        said = "  ".join(f"{name} {took:.3f} s" for name, took in samples[-1].seconds.items())
        print(f"{said}  shared {samples[-1].shared:.2f}", flush=True)
    if not keep:
        print("  ".join(f"{name} x{factor.value:g}" for name, factor in factors(*samples).items()))
        return 0
    sorted_by_name = {name: sorted(each.seconds[name] for each in samples) for name in samples[0].seconds}
    # Without the fastest and the slowest: one of seven may be bad luck.
    moved = any(took[-2] > took[1] * STEADY for took in sorted_by_name.values())
    if moved or max(each.shared for each in samples) > STEADY:
        print("the machine is not quiet; nothing kept", file=sys.stderr)
        return 1
    medians = {name: round(median(took), 4) for name, took in sorted_by_name.items()}
    REFERENCE.write_text(json.dumps({**medians, "machine": _machine()}, indent=2) + "\n")
    return 0


def _machine() -> str:
    model = next((line.partition(": ")[2] for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "-")
    version = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True).stdout.split()
    python = platform.python_version()
    return f"{len(os.sched_getaffinity(0))} cores of {model}, Python {python}, {' '.join(version[:2])}"


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
