"""The runner of `make faults`: what it plants, what it takes back, and what counts as caught."""

import subprocess
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tests.faults import __main__ as faults
from tests.faults import catalogue, commands, report
from tests.faults.asking import Outcome, ask
from tests.faults.browser import Seeds
from tests.faults.catalogue import Fault, NoSuchLine, refuse_gone, with_fault
from tests.faults.near import Batch, Side, near
from tests.faults.planting import NoSuchCommit, copy_of_tree, planted

CODE = "def beds(n: int) -> int:\n    if n > 40:\n        return 40\n    return n\n"
ALIKE = "tests/telemed/rounds"
FAULT = Fault("more", "a guard removed", "A list has no end.", "telemed/rounds/beds.py", "return 40", "return n")


def tree(
    root: Path, test: str = "from telemed.rounds.beds import beds\n\ndef test_most():\n    assert beds(41) == 40\n"
) -> Path:
    """A project of one feature with one test."""
    root.mkdir()
    plugin = Path(commands.__file__).with_name("first_failure.py").read_text(encoding="utf-8")
    files = {FAULT.file: CODE, f"{ALIKE}/test_beds.py": test, "tests/faults/first_failure.py": plugin}
    for name in ("telemed/__init__.py", "telemed/rounds/__init__.py", "tests/__init__.py", "tests/faults/__init__.py"):
        files[name] = ""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    subprocess.run(("git", "init", "-q"), cwd=root, check=True)
    return root


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those projects need no plugins, which take a second to load."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


def asked(root: Path, fault: Fault = FAULT, longest: float = 60.0) -> Outcome:
    with copy_of_tree(root, root.with_name("copy")) as copy:
        outcome = ask(copy, fault, Seeds(copy), longest)
        assert (copy / fault.file).read_text(encoding="utf-8") == CODE
    assert not copy.exists()
    assert (root / fault.file).read_text(encoding="utf-8") == CODE
    return outcome


def test_a_fault_is_caught_by_the_first_test_that_fails(tmp_path: Path) -> None:
    assert asked(tree(tmp_path / "tree")).by == f"{ALIKE}/test_beds.py::test_most"


def test_what_no_test_notices_is_missed(tmp_path: Path) -> None:
    outcome = asked(tree(tmp_path / "tree", "def test_nothing(): pass\n"))
    assert (outcome.by, outcome.note) == (None, "")


def test_a_test_that_fails_without_the_fault_catches_nothing(tmp_path: Path) -> None:
    outcome = asked(tree(tmp_path / "tree", "def test_red():\n    assert False\n"))
    assert (outcome.by, outcome.note) == (None, f"{ALIKE}/test_beds.py::test_red fails without the fault too")


def test_the_long_part_is_not_asked(tmp_path: Path) -> None:
    long = "import pytest\n\n@pytest.mark.full('long')\ndef test_long():\n    assert False\n"
    assert asked(tree(tmp_path / "tree", long)).by is None


def test_tests_that_cannot_run_are_no_answer(tmp_path: Path) -> None:
    with pytest.raises(commands.Broken, match="not found: "):
        asked(tree(tmp_path / "tree"), replace(FAULT, near=("tests/nowhere.py",)))


def test_what_takes_too_long_is_missed_and_leaves_no_process(tmp_path: Path) -> None:
    said = tmp_path / "pid"
    hangs = (
        "import pathlib, subprocess, sys\n\ndef test_hangs():\n"
        "    child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"    pathlib.Path({str(said)!r}).write_text(str(child.pid))\n    child.wait()\n"
    )
    outcome = asked(tree(tmp_path / "tree", hangs), longest=3.0)
    assert (outcome.by, outcome.note) == (None, "not all tests near it fit into the time")
    assert not said.exists() or not psutil.pid_exists(int(said.read_text()))


def test_an_interruption_takes_the_fault_back_and_stops_what_runs(tmp_path: Path) -> None:
    with copy_of_tree(tree(tmp_path / "tree"), tmp_path / "copy") as copy:
        with pytest.raises(KeyboardInterrupt), planted(copy, FAULT):
            _interrupted(copy)
        assert (copy / FAULT.file).read_text() == CODE


def _interrupted(copy: Path) -> None:
    assert "return 40" not in (copy / FAULT.file).read_text()
    raise KeyboardInterrupt


def test_a_line_that_is_gone_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tree(tmp_path / "tree")
    (root / "tests/faults.toml").write_text(
        "[[fault]]\n"
        + "".join(f"{key} = {value!r}\n" for key, value in vars(replace(FAULT, before="return 41")).items() if value)
    )
    monkeypatch.setattr(faults, "ROOT", root)
    assert faults.main([]) == 2
    assert capsys.readouterr().out == "faults: telemed/rounds/beds.py has no such line\n"


def test_a_line_that_stands_twice_is_none(tmp_path: Path) -> None:
    root = tree(tmp_path / "tree")
    (root / FAULT.file).write_text(CODE + CODE)
    with pytest.raises(NoSuchLine, match=r"^telemed/rounds/beds\.py has no such line, but 2$"):
        refuse_gone(root, [FAULT])


def test_before_is_the_tree_of_a_commit_with_the_runner_of_now(tmp_path: Path) -> None:
    root = tree(tmp_path / "tree")
    author = "-c", "user.name=a", "-c", "user.email=a@example.org"
    subprocess.run(("git", "add", "."), cwd=root, check=True)
    subprocess.run(("git", *author, "commit", "-qm", "then"), cwd=root, check=True)
    (root / FAULT.file).write_text(CODE + "\n")
    (root / "tests/faults/newer.py").write_text("")
    with copy_of_tree(root, tmp_path / "copy", "HEAD") as copy:
        assert (copy / FAULT.file).read_text() == CODE
        assert (copy / "tests/faults/newer.py").exists()
    with pytest.raises(NoSuchCommit, match="abcdef"), copy_of_tree(root, tmp_path / "copy", "abcdef"):
        pass


def test_a_line_keeps_its_indentation_or_is_taken_away() -> None:
    assert with_fault(CODE, FAULT).splitlines()[2] == "        return n"
    assert with_fault(CODE, replace(FAULT, before="return n", after="")) == CODE.removesuffix("    return n\n")


def test_each_kind_of_mistake_is_planted_at_least_twice() -> None:
    all_ = catalogue.read(faults.ROOT / "tests" / "faults.toml")
    assert len(all_) == 30
    assert [kind for kind in catalogue.KINDS if sum(each.kind == kind for each in all_) < 2] == []


def test_named_tests_come_first_and_the_browser_last() -> None:
    fault = replace(FAULT, near=("tests/telemed/rounds/test_live.py", "tests/contracts"))
    first, *others = near(faults.ROOT, fault)
    assert first == Batch(Side.python, fault.near)
    assert not {test for each in others for test in each.tests} & {fault.near[0]}
    assert [each.side for each in others] == [Side.python, Side.browser]
    assert "tests/e2e/test_round_cart.py" in others[-1].tests


def test_a_style_sheet_is_looked_at_in_the_browser_alone() -> None:
    css = replace(FAULT, file="web/src/features/rounds/cart/cart.module.css")
    assert {each.side for each in near(faults.ROOT, css)} == {Side.browser}


def test_the_table_says_what_was_missed_and_what_has_become_worse(tmp_path: Path) -> None:
    kept = {"more": {"before": Outcome("tests/a.py::test_b[x|y]", 3), "after": Outcome(None, 240)}}
    report.save(tmp_path, [FAULT], kept | {"gone": {}})
    assert report.load(tmp_path / "faults.json") == kept
    page = (tmp_path / "faults.md").read_text(encoding="utf-8")
    row = (
        "| more (`telemed/rounds/beds.py`) | A list has no end. | `tests/a.py::test_b[x\\|y]` | 3 | **missed** | 240 |"
    )
    assert row in page.splitlines()
    assert "- after: the gate of today. 0 of 1 caught, 240 s." in page
    assert report.worse(kept) == ["more"]
