"""A long part of the tests cannot be forgotten: the check fails where it failed, is missing or is too old."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scripts import full, parts
from scripts.parts import OLDEST, UNTRIED, Part, Ran, digest_of, findings
from scripts.running import ROOT

PART = Part("postgres", "every contract", 9, ("telemed/db.py", "tests/contracts"), ("pytest",), {})
Commits = Callable[..., str]


@pytest.fixture
def commits(tmp_path: Path) -> Commits:
    """Makes that many commits in a repository of its own, the last with a file of this text; answers the last."""

    def git(*words: str) -> str:
        who = ("-c", "user.name=a", "-c", "user.email=a@a.example", "-c", "gc.auto=0")
        return subprocess.check_output(["git", *who, "-C", str(tmp_path), *words], text=True).strip()

    git("init", "-q", "-b", "main")

    def make(number: int = 1, path: str = "other.py", text: str = "") -> str:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
        git("add", "-A")
        git("commit", "-q", "--allow-empty", "-m", "a change")
        tree, last = git("rev-parse", "HEAD^{tree}"), git("rev-parse", "HEAD")
        # All at once: a commit each would take a minute.
        stream = "".join(
            f"commit refs/heads/main\ncommitter a <a@a.example> {n} +0000\ndata 0\n"
            + (f"from {last}\n" if n == 1 else "")
            for n in range(1, number)
        )
        subprocess.run(["git", "-C", str(tmp_path), "fast-import", "--quiet"], input=stream, text=True, check=True)
        assert git("rev-parse", "HEAD^{tree}") == tree
        return git("rev-parse", "HEAD")

    return make


def ran(root: Path, commit: str, failed: int = 0) -> Ran:
    return Ran(commit, digest_of(PART, root), "2026-12-03", 159, failed, 0, 500)


def said(root: Path, kept: dict[str, Ran]) -> list[tuple[bool, str]]:
    return list(findings([PART], kept, root))


AGAIN = "run make full PART=postgres (9 min) and commit docs/full-run.json"


def test_a_part_that_passed_on_these_paths_is_nothing_to_talk_about(tmp_path: Path, commits: Commits) -> None:
    kept = {"postgres": ran(tmp_path, commits())}
    commits(20, text="another")
    assert said(tmp_path, kept) == []


def test_a_part_that_never_ran_fails(tmp_path: Path) -> None:
    assert said(tmp_path, {}) == [(True, f"full run: part postgres never ran; {AGAIN}")]


def test_a_part_that_failed_fails(tmp_path: Path, commits: Commits) -> None:
    at = commits()
    expected = f"full run: part postgres is of {at[:8]} and 2 of it failed; {AGAIN}"
    assert said(tmp_path, {"postgres": ran(tmp_path, at, failed=2)}) == [(True, expected)]


def test_a_part_that_ran_too_long_ago_fails(tmp_path: Path, commits: Commits) -> None:
    kept = {"postgres": ran(tmp_path, at := commits())}
    commits(OLDEST)
    assert said(tmp_path, kept) == []
    commits()
    assert said(tmp_path, kept) == [
        (True, f"full run: part postgres is of {at[:8]}, {OLDEST + 1} commits ago; {AGAIN}")
    ]


def test_what_changed_since_is_said_at_once_and_fails_when_it_waited_too_long(tmp_path: Path, commits: Commits) -> None:
    commits(path="telemed/db.py", text="before")
    kept = {"postgres": ran(tmp_path, at := commits(path="tests/contracts/test_a.py"))}
    commits(path="telemed/db.py", text="after")
    expected = f"full run: part postgres is of {at[:8]}, and telemed/db.py changed since; {AGAIN}"
    assert said(tmp_path, kept) == [(False, expected)]
    commits(UNTRIED)
    assert said(tmp_path, kept) == [(False, expected)]
    commits()
    assert said(tmp_path, kept) == [(True, expected)]


def test_a_clone_without_history_checks_what_it_can(tmp_path: Path, commits: Commits) -> None:
    commits(path="telemed/db.py", text="before")
    kept = {"postgres": replace(ran(tmp_path, "0" * 40))}
    assert said(tmp_path, kept) == []
    (tmp_path / "telemed" / "db.py").write_text("after")
    ((fails, words),) = said(tmp_path, kept)
    assert (fails, "telemed/db.py changed since" in words) == (False, True)


def test_a_part_that_is_no_more_is_not_kept(tmp_path: Path, commits: Commits) -> None:
    kept = {"postgres": ran(tmp_path, at := commits()), "gone": ran(tmp_path, at)}
    assert said(tmp_path, kept) == [
        (True, "full run: tests/parts.toml has no part gone; take it out of docs/full-run.json")
    ]


def test_every_part_guards_paths_that_are_there_and_takes_at_most_25_minutes() -> None:
    for part in parts.parts():
        assert part.minutes <= 25
        assert all(any(ROOT.glob(pattern)) for pattern in part.paths), part.name


def test_a_part_that_is_unknown_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert full.main("haste") == 2
    assert "full: no part haste; there are postgres" in capsys.readouterr().err


def test_results_are_counted(tmp_path: Path) -> None:
    results = tmp_path / "results.xml"
    results.write_text('<testsuites><testsuite tests="9" failures="1" errors="1" skipped="2"/></testsuites>')
    assert full.counted(results) == (5, 2, 2)
    assert full.counted(tmp_path / "none") == (0, 0, 0)


def test_what_ran_is_kept_beside_the_others(tmp_path: Path) -> None:
    path, one = tmp_path / "full-run.json", Ran("c", "d", "2026-12-03", 1, 0, 0, 5)
    parts.keep("b", one, path)
    parts.keep("a", replace(one, failed=1), path)
    parts.keep("b", replace(one, passed=2), path)
    assert parts.runs(path) == {"a": replace(one, failed=1), "b": replace(one, passed=2)}
