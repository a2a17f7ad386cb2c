"""The set-up, with programs that stand in for node, npm and pip: what runs beside what, what is told, what is left."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parent.parent
NODE = shutil.which("node") or "node"

PIP = """#!/bin/sh
case "$*" in
*--version*|*compileall*) exit 0 ;;
*--editable*) cp "$ROOT/fakes/telemed" "$ROOT/.venv/bin/telemed" ;;
*) echo pip >> "$ROOT/calls"; [ ! -e "$ROOT/no-pip" ] || { echo 'no network for pip' >&2; exit 1; } ;;
esac
"""
NPM = """#!/bin/sh
echo npm >> "$ROOT/calls"
[ ! -e "$ROOT/no-npm" ] || { echo 'no network for npm' >&2; exit 1; }
mkdir -p node_modules && touch node_modules/.package-lock.json
"""
# Vite waits for a word when `wait` is a pipe, as one that takes long; its pages are the words in web/src.
VITE = f"""#!/bin/sh
case "$*" in
--version) echo v20.19.0; exit 0 ;;
compress.js) exec {NODE} "$@" ;;
esac
echo vite >> "$ROOT/calls"
rm -rf "$4" && mkdir -p "$4/assets" && cp src/* "$4/assets"
[ ! -p "$ROOT/wait" ] || read -r word < "$ROOT/wait"
[ ! -e "$ROOT/no-vite" ] || {{ for each in $(seq 30); do echo "line $each"; done; exit 1; }}
cp src/words.js "$4/index.html"
"""
# What the set-up becomes: says at once that it runs, then what it was told of the pages.
TELEMED = f"""#!{sys.executable}
import os, sys
print("began", *sys.argv[1:], flush=True)
told = open(int(os.environ["TELEMED_PAGES"])).read()
print("told", told, flush=True)
sys.stdin.read()
"""


class Tree:
    """A project of which everything is small."""

    def __init__(self, root: Path) -> None:
        self.root, self.web, self.dist = root, root / "web", root / "web" / "dist"
        self.words = self.web / "src" / "words.js"
        shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
        for folder in ("web/src", "web/public", ".venv/bin", "fakes"):
            (root / folder).mkdir(parents=True)
        shutil.copy(ROOT / "web" / "compress.js", self.web)
        (self.web / "package.json").write_text('{"type": "module"}')
        for name in ("web/package-lock.json", "requirements.txt", "requirements-dev.txt", "pyproject.toml"):
            (root / name).touch()
        self.words.write_text("old words " * 200)
        for name, text in {
            ".venv/bin/python": PIP,
            "fakes/npm": NPM,
            "fakes/node": VITE,
            "fakes/telemed": TELEMED,
        }.items():
            (root / name).write_text(text)
            (root / name).chmod(0o755)

    def begin(self, *goal: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "scripts/setup.py", *goal],
            cwd=self.root,
            env={**os.environ, "ROOT": str(self.root), "PATH": f"{self.root / 'fakes'}:{os.environ['PATH']}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def says(self, *goal: str) -> tuple[int, str, str]:
        """Its return code, and what it says until it ends; the demonstration ends when it has heard of the pages."""
        with self.begin(*goal) as process:
            out, err = process.communicate("")
        return process.returncode, out, err

    def calls(self) -> list[str]:
        path = self.root / "calls"
        found = sorted(path.read_text().split()) if path.exists() else []
        path.unlink(missing_ok=True)
        return found

    def slow_vite(self) -> Path:
        pipe = self.root / "wait"
        os.mkfifo(pipe)
        return pipe

    def compressed(self) -> set[str]:
        return {each.name for each in self.dist.rglob("*") if each.suffix in {".br", ".gz"}}


ALL_COMPRESSED = {f"{name}.{way}" for name in ("index.html", "words.js") for way in ("br", "gz")}


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    yield Tree(tmp_path)
    left = [each for each in psutil.process_iter(["environ"]) if each.info["environ"]]
    own = [each for each in left if each.info["environ"].get("ROOT") == str(tmp_path)]
    assert not psutil.wait_procs(own, 60)[1], "it left an orphan"


def test_the_demonstration_begins_while_the_pages_are_built_and_is_told_when_they_are_whole(tree: Tree) -> None:
    pipe = tree.slow_vite()
    with tree.begin("demo", "--password", "two words") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "began demo --password two words\n"
        assert not (tree.dist / "index.html").exists()
        pipe.write_text("go on\n")
        assert process.stdout.readline() == "told whole\n"
        assert (tree.dist / "index.html").read_text() == tree.words.read_text()
        process.communicate("")
    assert tree.calls() == ["npm", "pip", "vite"]


def test_a_hospitals_pages_are_compressed_when_it_ends_and_nothing_is_done_twice(tree: Tree) -> None:
    assert tree.says("run")[0] == 0
    assert tree.compressed() == ALL_COMPRESSED
    assert tree.calls() == ["npm", "pip", "vite"]
    assert tree.says("run") == (0, "", "")
    assert tree.says("web") == (0, "", "")
    assert tree.calls() == []


def test_compressing_that_was_interrupted_is_finished_by_the_next_and_shows_no_half_file(tree: Tree) -> None:
    tree.says("web")
    (tree.dist / "index.html.br").rename(tree.dist / "index.html.br.new")
    (tree.dist / "assets" / "words.js.gz").unlink()
    tree.calls()
    assert tree.says("web")[0] == 0
    assert tree.compressed() == ALL_COMPRESSED
    assert tree.calls() == []


def test_new_pages_take_the_place_of_old_ones_at_once_with_their_compressed_copies(tree: Tree) -> None:
    tree.says("web")
    old = {each.name: each.read_bytes() for each in tree.dist.rglob("*") if each.is_file()}
    tree.words.write_text("new words " * 200)
    pipe = tree.slow_vite()
    with tree.begin("web") as process:
        with pipe.open("w") as go_on:  # it waits for it, in the middle of its work
            assert {each.name: each.read_bytes() for each in tree.dist.rglob("*") if each.is_file()} == old
            go_on.write("go on\n")
        process.communicate("")
    assert (tree.dist / "index.html").read_text() == tree.words.read_text()
    assert tree.compressed() == ALL_COMPRESSED
    assert all(each.read_bytes() != old[each.name] for each in tree.dist.rglob("*.gz"))


def test_pages_that_cannot_be_built_are_told_with_their_last_lines_and_old_ones_stay(tree: Tree) -> None:
    tree.says("web")
    tree.words.write_text("new words " * 200)
    (tree.root / "no-vite").touch()
    pipe = tree.slow_vite()
    with tree.begin("demo") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "began demo\n"
        pipe.write_text("go on\n")
        told, _ = process.communicate("")
    assert told.startswith("told the pages were not built: this command failed: node ")
    assert told.rstrip().endswith("line 29\n  line 30")
    assert "line 10\n" not in told
    assert (tree.dist / "index.html").read_text().startswith("old")
    (tree.root / "no-vite").unlink()
    pipe.unlink()
    assert "told whole" in tree.says("demo")[1]
    assert (tree.dist / "index.html").read_text().startswith("new")


@pytest.mark.parametrize("goal", ["run", "demo"])
def test_without_network_everything_that_failed_is_named(tree: Tree, goal: str) -> None:
    for each in ("no-npm", "no-pip"):
        (tree.root / each).touch()
    code, out, err = tree.says(goal)
    assert (code, out) == (1, "")
    assert "telemed cannot be set up yet" in err
    assert "no network for pip" in err
    if goal == "run":
        assert "no network for npm" in err
    assert "Traceback" not in err


def test_what_one_has_done_before_the_other_failed_is_not_done_again(tree: Tree) -> None:
    (tree.root / "no-pip").touch()
    assert tree.says("run")[0] == 1
    (tree.root / "no-pip").unlink()
    assert tree.says("run")[0] == 0
    assert tree.calls() == ["npm", "pip", "pip", "vite"]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_pages_are_not_built_on_when_the_demonstration_has_ended(tree: Tree, ending: signal.Signals) -> None:
    pipe = tree.slow_vite()
    with tree.begin("demo") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "began demo\n"
        with pipe.open("w"):  # vite is at it
            started = psutil.Process(process.pid).children(recursive=True)
            process.send_signal(ending)
            process.communicate()
            psutil.wait_procs(started, 60)
    assert len(started) == 2
    assert not any(each.is_running() for each in started)
    pipe.unlink()
    assert "told whole" in tree.says("demo")[1]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_set_up_that_is_ended_ends_what_it_runs(tree: Tree, ending: signal.Signals) -> None:
    pipe = tree.slow_vite()
    with tree.begin("web") as process, pipe.open("w"):
        (started,) = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(ending)
        if ending == signal.SIGINT:  # as a terminal does
            started.send_signal(ending)
        _, err = process.communicate()
        psutil.wait_procs([started], 60)
    assert process.returncode != 0
    assert "Traceback" not in err


def test_a_set_up_waits_for_what_a_killed_one_has_left_running(tree: Tree) -> None:
    pipe = tree.slow_vite()
    with tree.begin("web") as killed, pipe.open("w") as go_on:
        (left,) = psutil.Process(killed.pid).children()
        killed.kill()
        killed.wait()
        assert left.is_running()
        with tree.begin("web") as second:
            assert second.stderr is not None
            assert "another set-up is at it (web); waiting for its end" in second.stderr.readline()
            pipe.rename(tree.root / "waited")
            go_on.write("go on\n")
            go_on.close()
            second.communicate("")
    assert second.returncode == 0
    assert tree.compressed() == ALL_COMPRESSED
    assert tree.calls() == ["npm", "vite", "vite"]


def test_a_machine_without_node_is_told_before_anything_is_installed(tree: Tree) -> None:
    for each in ("npm", "node"):
        (tree.root / "fakes" / each).unlink()
    with subprocess.Popen(
        [sys.executable, "scripts/setup.py", "demo"],
        cwd=tree.root,
        env={"ROOT": str(tree.root), "PATH": str(tree.root / "fakes")},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        _, err = process.communicate()
    assert process.returncode == 1
    assert "node is missing. Node 20.19 or later with npm is needed" in err
    assert tree.calls() == []
