"""What a start refuses: a database it does not know, real data, a damaged mark; in a sentence, and untouched."""

import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from telemed.cli import looking, serving
from telemed.demo.progress import held
from telemed.demo.run import demonstration
from telemed.errors import StartRefused
from telemed.serve import open_database

MARK = '{"began": "2026-03-02T01:00:00Z", "done": true}'
FOREIGN = "CREATE TABLE recipe (name TEXT)"
WITHOUT_VERSION = "DROP TABLE telemed_version"
NEWER = "UPDATE telemed_version SET version_num = '0999'"
OLDER = "DROP TABLE staff"
REAL = (
    "INSERT INTO hospital (id, version, kind, name, name_en, licence_name, time_zone, coordinator_phone, "
    "endorsement, review, work_starts, work_ends) "
    "VALUES ('x', 1, 'hub', 'x', 'x', 'x', 'Asia/Shanghai', '', 1, 1, '08:00', '17:30')"
)


def written(path: Path, statement: str) -> bytes:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute(statement)
        database.commit()
    return content(path)


def text(path: Path) -> bytes:
    path.write_text("these are not the tables you are looking for " * 50)
    return content(path)


def content(path: Path) -> bytes:
    return path.read_bytes()


def start(data_dir: Path) -> "subprocess.CompletedProcess[str]":
    telemed = str(Path(sys.executable).with_name("telemed"))
    ports = ["--http-port", "0", "--signal-port", "0", "--dimse-port", "0"]
    command = [telemed, "demo", "--data-dir", str(data_dir), *ports]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def database(tmp_path: Path, empty_database: Path) -> Path:
    return Path(shutil.copy(empty_database, tmp_path / "telemed.db"))


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (WITHOUT_VERSION, "没有本程序的版本记录"),
        (NEWER, "它的版本是 0999，本程序只认识到"),
        (OLDER, r"缺少 \d+ 列，如 staff\."),
    ],
    ids=["without-version", "newer", "older"],
)
async def test_a_database_that_is_not_known_is_refused_untouched(database: Path, statement: str, reason: str) -> None:
    before = written(database, statement)
    with pytest.raises(StartRefused, match=reason) as refused:
        async with open_database(f"sqlite:///{database}"):
            pass
    assert str(database) in str(refused.value)
    assert "Nothing in it was changed" in str(refused.value)
    assert content(database) == before


@pytest.mark.parametrize("words", ["tables", "text"])
async def test_a_file_of_another_program_is_refused_untouched(tmp_path: Path, words: str) -> None:
    path = tmp_path / "telemed.db"
    before = written(path, FOREIGN) if words == "tables" else text(path)
    with pytest.raises(StartRefused, match="cannot be used"):
        async with open_database(f"sqlite:///{path}"):
            pass
    assert content(path) == before


def test_the_command_says_so_in_two_languages_and_no_traceback(database: Path) -> None:
    before = written(database, NEWER)
    (database.parent / "demo.json").write_text(MARK)
    ended = start(database.parent)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr + ended.stdout
    assert "不能使用数据库" in ended.stderr
    assert "a newer program made it. Choose another data directory" in ended.stderr
    assert f"delete {database.parent} and the next start makes it anew" in ended.stderr
    assert "ready" not in ended.stdout
    assert content(database) == before


async def test_no_demonstration_is_made_on_real_data(database: Path) -> None:
    before = written(database, REAL)
    with pytest.raises(StartRefused, match="其中已有正式数据"):
        async with demonstration(database.parent, 0, 0, 0, None):
            pass
    assert content(database) == before
    assert {each.name.partition("-")[0] for each in database.parent.iterdir()} == {"telemed.db"}


@pytest.mark.parametrize("content", ["{", "[]", "\x00"])
async def test_a_damaged_mark_of_a_demonstration_is_said(tmp_path: Path, content: str) -> None:
    (tmp_path / "demo.json").write_text(content)
    with pytest.raises(StartRefused, match=r"demo\.json cannot be read"):
        async with demonstration(tmp_path, 0, 0, 0, None):
            pass


def test_a_demonstration_is_not_served_as_real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "demo.json").write_text(MARK)
    monkeypatch.setenv("TELEMED_DATA_DIR", str(tmp_path))
    with pytest.raises(StartRefused, match="其中是演示数据"):
        serving.serve()


def test_a_port_that_is_taken_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    telemed = str(Path(sys.executable).with_name("telemed"))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        command = [telemed, "demo", "--data-dir", str(tmp_path / "data"), "--http-port", port]
        command += ["--signal-port", "0", "--dimse-port", "0"]
        said = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert said.returncode == 1
    assert f"Port {port} cannot be used" in said.stderr
    assert "Traceback" not in said.stderr
    assert not (tmp_path / "data" / "telemed.db").exists()


def test_a_token_is_of_data_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match="--data-dir"):
        looking.token(user="expert", data_dir=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_an_interrupted_start_left_beside_other_files_is_not_removed(database: Path) -> None:
    (database.parent / "demo.json").write_text('{"began": "2026-03-02T01:00:00Z"}')
    assert "was interrupted, and other files were there" in start(database.parent).stderr
    assert database.exists()


def test_a_second_demonstration_on_the_same_data_is_refused(tmp_path: Path) -> None:
    with held(tmp_path):
        ended = start(tmp_path)
    assert "is running already" in ended.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["demo.lock"]
