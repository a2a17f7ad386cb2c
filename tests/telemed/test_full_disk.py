"""A full disk: writes are refused in words, reads go on, readiness says so, and it heals by itself."""

from pathlib import Path
from typing import Any

from telemed.people.model import Patient
from tests.full import full_at
from tests.telemed.conftest import NEW_PATIENT, Call, World, rows


async def test_writes_are_refused_in_words_reads_go_on_and_what_was_acknowledged_stays(
    call: Call, world: World, tmp_path: Path
) -> None:
    async def create(number: int) -> tuple[int, Any]:
        return await call("doctor", "POST", "/patients", json=NEW_PATIENT | {"number": str(number)})

    id, *_ = [(await create(number))[1]["id"] for number in range(4)]
    with full_at(tmp_path / "test.db-wal", tmp_path / "test.db", more=0):
        answers: list[tuple[int, Any]] = []
        # 503: it was saved, and then there was no room to note who reads the answer.
        while not answers or answers[-1][0] in (201, 503):
            answers.append(await create(100 + len(answers)))
            assert len(answers) < 2000
        saved = 4 + len(answers) - 1
        *_, (status, problem) = answers
        assert {each["code"] for other, each in answers if other == 503} <= {"unaudited"}
        assert (status, problem["code"]) == (507, "no_space")
        assert "nothing was saved" in problem["detail"]
        assert (await call("doctor", "GET", f"/patients/{id}"))[0] == 200  # a search is noted, and so is a write
        assert world.db.no_space
    await world.db.look_for_space()
    assert not world.db.no_space
    assert (await create(5000))[0] == 201
    assert len(await rows(world.db, Patient)) == saved + 1
