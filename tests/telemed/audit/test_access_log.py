"""The access log holds ids and no words; strangers are counted per address and minute (S35, S36)."""

import json
from pathlib import Path

from pytest_aiohttp import AiohttpClient
from sqlmodel import select

from telemed.audit.access_log import ACCESS_LOG, MOST, AccessLog
from telemed.audit.model import AuditEvent
from tests.telemed.conftest import NEW_PATIENT, FakeClock, World, app_of, rows


async def test_a_line_says_who_asked_what_and_nothing_of_a_patient(
    world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock
) -> None:
    path = tmp_path / "logs" / "access.log"
    access = AccessLog(path)
    client = await aiohttp_client(app_of(world, tmp_path, clock, access=access))
    doctor = {"Authorization": f"Bearer {world.tokens['doctor']}"}
    async with client.post("/api/patients", json={**NEW_PATIENT, "allergy": "none"}, headers=doctor) as answer:
        id = (await answer.json())["id"]
    paths = (
        f"/api/patients/{id}",
        "/api/patients?q=吴松年",
        "/api/patients/吴松年",
        "/吴松年/bed-77",
        "/api/files/bed-77",
    )
    for asked in paths:
        async with client.get(asked, headers=doctor):
            pass
    async with client.get(f"/api/patients/{id}"):
        pass
    access.close()
    text = path.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert "吴松年" not in text
    assert "bed-77" not in " ".join(each["path"] for each in lines)
    told = [(each["method"], each["path"], each["status"]) for each in lines]
    assert told[:3] == [
        ("POST", "/api/patients", 201),
        ("GET", f"/api/patients/{id}", 200),
        ("GET", "/api/patients", 200),
    ]
    assert told[4][1] == "unknown"
    assert [each["account"] for each in lines[:3]] == [str(world.ids["doctor"])] * 3
    assert lines[-1]["account"] == ""
    assert lines[-1]["status"] == 401


async def test_strangers_and_failed_sign_ins_are_counted_per_address_and_minute(
    world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock
) -> None:
    app = app_of(world, tmp_path, clock)
    client = await aiohttp_client(app)
    for _ in range(3):
        async with client.get("/api/home") as answer:
            assert answer.status == 401
    for _ in range(2):
        async with client.post("/api/session", json={"username": "nobody", "password": "x"}) as answer:
            assert answer.status == 401
    async with client.post("/api/devices/badge", json={"badge": "A-1000", "pin": "480259"}) as answer:
        assert answer.status == 401
    log = app[ACCESS_LOG]
    await log.write_counts(world.db, clock.now)
    assert not [each for each in await rows(world.db, AuditEvent) if each.outcome == "refused"], "the minute runs"
    clock.move(minutes=1)
    for _ in range(2):
        await log.write_counts(world.db, clock.now)
    async with world.db.read() as db:
        found = (await db.exec(select(AuditEvent).where(AuditEvent.outcome == "refused"))).all()
    assert {(each.action, each.times) for each in found} == {("stranger.refused", 3), ("sign_in.failed", 3)}
    assert {each.target for each in found} == {"127.0.0.1"}


async def test_a_flood_of_addresses_is_counted_together(world: World, clock: FakeClock) -> None:
    log = AccessLog()
    for n in range(MOST + 50):
        log._count(f"10.0.{n // 256}.{n % 256}", "stranger.refused", clock.now)
    clock.move(minutes=2)
    await log.write_counts(world.db, clock.now)
    found = {each.target: each.times for each in await rows(world.db, AuditEvent)}
    assert (len(found), found["others"]) == (MOST + 1, 50)
