"""`telemed verify-audit`: its exit code says whether the log is intact, broken, or could not be checked."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from telemed.audit import heads
from telemed.audit.sealer import seal
from telemed.audit.service import record
from telemed.cli.audit import verify_audit
from telemed.serve import open_database
from tests.telemed.conftest import NOW

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def data_dir(data_folder: Path) -> Path:
    """Five sealed rows, and a file with the signed head."""

    async def make() -> None:
        async with open_database(f"sqlite:///{data_folder}/telemed.db") as db:
            async with db.write() as session:
                for n in range(5):
                    record(session, None, "done", str(n), NOW)
            await seal(db)
            head = await heads.current(db, heads.HeadKey.open(data_folder / "keys"), NOW)
            assert head is not None
            heads.append(data_folder / "heads", head)

    asyncio.run(make())
    return data_folder


def _tamper(data_dir: Path, *statements: str) -> None:
    with closing(sqlite3.connect(data_dir / "telemed.db")) as db:
        for name in ("auditevent_no_update", "auditevent_sealed_once", "auditevent_no_delete"):
            db.execute(f"DROP TRIGGER {name}")
        for each in statements:
            db.execute(each)
        db.commit()


def _code(data_dir: Path, head: Path | None = None) -> int:
    try:
        verify_audit(head=head, data_dir=data_dir)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_an_intact_log_says_so(data_dir: Path, capsys: Printed) -> None:
    assert _code(data_dir) == 0
    assert _code(data_dir, data_dir / "heads") == 0
    assert capsys.readouterr().out.count("intact: 5 rows") == 2


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE auditevent SET target = 'x' WHERE number = 3", "broken at number 3"),
        ("DELETE FROM auditevent WHERE number = 2", "broken at number 2"),
        ("DELETE FROM auditevent WHERE number = 5", "broken at number 5"),
    ],
)
def test_a_broken_log_names_the_number(data_dir: Path, capsys: Printed, statement: str, said: str) -> None:
    _tamper(data_dir, statement)
    assert _code(data_dir, data_dir / "heads") == 1
    assert said in capsys.readouterr().out


def test_a_line_that_was_torn_spoils_no_other(data_dir: Path, capsys: Printed) -> None:
    path = data_dir / "heads"
    [line] = path.read_bytes().splitlines()
    path.write_bytes(line[:40])
    key = heads.HeadKey.open(data_dir / "keys")
    heads.append(path, msgspec.json.decode(line, type=heads.Head))
    assert path.read_bytes().splitlines() == [line[:40], line]
    assert len(heads.read(path, key)) == 1
    assert _code(data_dir, path) == 0
    assert "intact: 5 rows" in capsys.readouterr().out


def test_what_cannot_be_checked_is_not_called_intact(data_dir: Path, capsys: Printed) -> None:
    (data_dir / "forged").write_text((data_dir / "heads").read_text().replace('"number":5', '"number":4'))
    assert _code(data_dir, data_dir / "forged") == 2
    assert _code(data_dir, data_dir / "nowhere") == 2
    assert _code(data_dir / "empty") == 2
    (data_dir / "telemed.db").write_bytes(b"nothing of the kind" * 100)
    assert _code(data_dir) == 2
    out, said = capsys.readouterr()
    assert out == ""
    assert said.count("not checked: ") == 4
