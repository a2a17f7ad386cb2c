"""`telemed deadlines` prints what is due, and no patient."""

import json
from datetime import datetime, timedelta

import pytest

from telemed.db import Database
from telemed.kit.table import new_id
from telemed.work.model import Deadline
from telemed.work.print import print_due
from tests.telemed.conftest import NOW


def _deadline(hours: int, done_at: datetime | None = None) -> Deadline:
    at = NOW + timedelta(hours=hours)
    return Deadline(
        activity="consultation",
        activity_id=new_id(),
        kind="state",
        ladder="approval",
        hospital_id="wuxi",
        hub_id="ruijin",
        began_at=NOW,
        due_at=at,
        at=at,
        done_at=done_at,
    )


async def test_what_is_due_is_printed_the_longest_first(db: Database, capsys: pytest.CaptureFixture[str]) -> None:
    made = [_deadline(-1), _deadline(-2), _deadline(1), _deadline(-3, NOW)]
    async with db.write() as session:
        session.add_all(made)
    await print_due(str(db.writer.url), NOW, as_json=True)
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["id"] for each in found] == [str(made[1].id), str(made[0].id)]
    assert found[0]["ladder"] == "approval"
    await print_due(str(db.writer.url), NOW, as_json=False)
    assert "approval" in capsys.readouterr().out
