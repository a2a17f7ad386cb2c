"""A signed version prints byte for byte as it was signed, whatever changes in the database afterwards."""

import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import inspect
from sqlmodel import select, update

from telemed.access.model import Account
from telemed.consultations.model import Consultation
from telemed.documents.canonical import dumped
from telemed.documents.record import Seal
from telemed.documents.render import set_type
from telemed.files.store import FileStore
from telemed.opinions.canonical import printed
from telemed.opinions.model import Method, Opinion
from telemed.opinions.ports import Proof
from telemed.opinions.preparing import pictures
from telemed.opinions.signers import local_signers
from telemed.people.model import Allergy, Patient, Sex
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.opinions.changes import Change, Somebody, consent, each_change, one_change
from tests.telemed.opinions.helpers import PASSWORD, board, key_image, opinion, save, sign, signed
from tests.telemed.opinions.sections import mdt, say, state_absent

PARTS = ("text", "signature", "print", "sections", "pages")
EVERYTHING, CHANGES = each_change(), one_change()


async def _record(call: Call, opinion_id: str, who: str = "expert") -> bytes:
    status, pdf = await call(who, "GET", f"/opinions/{opinion_id}/record")
    assert status == 200, pdf
    assert isinstance(pdf, bytes)
    return pdf


async def test_after_the_answer_and_a_corrected_identity_the_first_version_prints_as_it_was_signed(
    call: Call, world: World
) -> None:
    id, out = await signed(call, world)
    one = out["signed"][0]
    before = await _record(call, one["id"])
    body = {"answers": [{"advice_id": each["id"], "reply": "adopted"} for each in out["advice"]]}
    path = f"/consultations/{id}/acknowledgement"
    assert (await call("doctor", "POST", path, match=out["consultation_version"], json=body))[0] == 200
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        patient = await db.get_one(Patient, row.patient_id)
        patient.sex, patient.birth_date = Sex.female, date(1990, 2, 3)
        patient.allergy, patient.allergy_text = Allergy.none, ""
    assert [await _record(call, one["id"], who) for who in ("doctor", "expert")] == [before, before]


@dataclass
class Twice:
    """Two signed versions of an MDT's opinion: what each prints as, and the address in its QR code."""

    prints: dict[str, bytes]
    addresses: dict[str, str]


@pytest.fixture
async def twice(call: Call, world: World) -> Twice:
    id = await mdt(call, world)
    await say(call, world, id, "expert2", "心内科意见")
    await state_absent(call, world, id, "neurologist")
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        assert row.case_id is not None
        db.add(consent(row.case_id, row.id, world.ids["doctor"]))
    _, draft = await save(call, id, 0, opinion())
    assert (await sign(call, id, draft["version"]))[0] == 200
    _, draft = await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "补充关键影像"})
    _, draft = await save(call, id, draft["version"], opinion(key_images=[await key_image(call)]))
    status, out = await sign(call, id, draft["version"])
    assert status == 200, out
    prints = {each["id"]: await _record(call, each["id"]) for each in out["signed"]}
    return Twice(prints, {each["id"]: each["verify_url"] for each in out["signed"]})


async def _nothing_changed(call: Call, clock: FakeClock, twice: Twice, after: object) -> None:
    clock.move(minutes=1)  # who looks up codes is counted by the minute
    for id, before in twice.prints.items():
        assert await _record(call, id) == before, after
    for address in twice.addresses.values():
        _, found = await call(None, "GET", f"/verify/{address.rsplit('/', 1)[1]}")
        assert found["compared"] == [{"part": part, "matches": True} for part in PARTS[: len(found["compared"])]], after
        assert len(found["compared"]) >= 4


async def _change(world: World, change: Change) -> None:
    """Of the rows of a table one, so that what must differ between rows still can."""
    table, column, value = change
    key = inspect(table).primary_key[0]
    async with world.db.write() as db:
        first = (await db.exec(select(key).order_by(key))).first()
        assert first is not None, f"no {table.__name__} whose change would be noticed"
        if isinstance(value, Somebody):
            value = world.ids[value]
        await db.exec(update(table).where(key == first).values({column: value}))


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=EVERYTHING)
async def test_when_every_column_that_a_print_could_show_has_changed_a_signed_version_has_not(
    call: Call, world: World, clock: FakeClock, twice: Twice, changes: tuple[Change, ...]
) -> None:
    for table, each in groupby(changes, key=lambda change: change[0]):
        for change in each:
            await _change(world, change)
        await _nothing_changed(call, clock, twice, table)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=CHANGES)
async def test_no_change_of_what_a_print_shows_changes_a_signed_version(
    call: Call, world: World, clock: FakeClock, twice: Twice, change: Change
) -> None:
    """The changes accumulate from example to example."""
    await _change(world, change)
    await _nothing_changed(call, clock, twice, change)


async def test_the_print_is_set_from_the_signed_text_and_the_pictures_it_names_and_nothing_else(
    call: Call, world: World, twice: Twice, tmp_path: Path
) -> None:
    """A seal is added behind what was set, so the print begins with it."""
    store = FileStore(tmp_path)
    for each in await rows(world.db, Opinion):
        assert each.canonical is not None
        assert each.signed_at is not None
        seal = Seal(
            hash=sha256(each.canonical.encode()).hexdigest(),
            verify=twice.addresses[str(each.id)],
            method="password",
            at=each.signed_at.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%d %H:%M:%S"),
        )
        shown = printed(each.canonical, await pictures(store, json.loads(each.canonical)["key_images"]), seal)
        assert twice.prints[str(each.id)].startswith(set_type(shown, each.signed_at))


async def test_a_print_whose_bytes_were_changed_is_found_out_and_not_handed_on(
    call: Call, world: World, twice: Twice, tmp_path: Path
) -> None:
    _, newest = await rows(world.db, Opinion)
    (tmp_path / "files" / str(newest.print_sha256)).write_bytes(b"%PDF-1.7 another text")
    _, found = await call(None, "GET", f"/verify/{newest.verify_code}")
    assert (found["hash_matches"], found["compared"][2]) == (False, {"part": "print", "matches": False})
    status, problem = await call("expert", "GET", f"/opinions/{newest.id}/record")
    assert (status, problem["reason"]) == (409, "print_damaged")
    (tmp_path / "files" / str(newest.print_sha256)).unlink()
    assert (await call(None, "GET", f"/verify/{newest.verify_code}"))[1]["hash_matches"] is False


async def test_what_was_signed_before_is_said_to_have_the_older_text(call: Call, world: World, tmp_path: Path) -> None:
    id, _ = await signed(call, world)
    one = (await rows(world.db, Opinion))[0]
    signer = local_signers(tmp_path / "keys")[Method.password]
    told = json.loads(one.canonical or "") | {"format": 1}
    del told["record"]
    old = dumped(told)
    signature = (await signer.sign(old.encode(), Proof(await _account(world), PASSWORD))).signature
    async with world.db.write() as db:
        await (await db.connection()).exec_driver_sql("DROP TRIGGER opinion_signed_no_update")
        hashed = sha256(old.encode()).hexdigest()
        await db.exec(update(Opinion).values(canonical=old, sha256=hashed, signature=signature))
    _, found = await call(None, "GET", f"/verify/{one.verify_code}")
    assert (found["format"], found["hash_matches"], found["status"]) == (1, True, "valid")
    assert (await board(call, id))["signed"][0]["format"] == 1


async def _account(world: World) -> Account:
    async with world.db.read() as db:
        return await db.get_one(Account, world.ids["expert"])
