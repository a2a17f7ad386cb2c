"""Uploads over HTTP: what is taken, what is refused, who may look, and what survives."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from struct import pack
from typing import Any
from uuid import UUID
from zlib import crc32

import pytest
from PIL import Image

from telemed.access.grants import give
from telemed.audit.model import AuditEvent
from telemed.errors import Invalid, NotFound
from telemed.files import rules, service
from telemed.files.model import File, FileKind
from telemed.files.store import FileStore
from telemed.kit.activity import Activity
from telemed.kit.table import new_id
from tests.telemed.conftest import NOW, Call, World, rows

ABOUT = Activity("consultation", new_id())
PDF = b"%PDF-1.7\n" + b"x" * 5000


def jpeg() -> bytes:
    out = BytesIO()
    Image.new("L", (40, 30), 90).save(out, "JPEG")
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """The header of a picture of this size; the bomb's body need not be there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))

    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + b"\0" * 2000


async def test_a_stranger_is_asked_to_sign_in(call: Call) -> None:
    assert (await call(None, "POST", "/files?kind=attachment", data=PDF))[0] == 401


@pytest.mark.parametrize("query", ["", "?kind=print", "?kind=attachment&hospital=wuxi"])
async def test_an_upload_says_what_it_is_and_nothing_else(call: Call, query: str) -> None:
    assert (await call("doctor", "POST", f"/files{query}", data=PDF))[0] == 422


async def test_what_was_sent_comes_back_as_an_attachment_and_the_reading_is_audited(call: Call, world: World) -> None:
    status, made = await call("doctor", "POST", "/files?kind=attachment&name=心电图.pdf", data=PDF)
    assert (status, made["media_type"], made["sha256"]) == (201, "application/pdf", sha256(PDF).hexdigest())
    assert await call("doctor", "GET", f"/files/{made['id']}/content") == (200, PDF)
    assert ("read", made["id"]) in [(each.action, each.target) for each in await rows(world.db, AuditEvent)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"plain text named scan.pdf", "not_allowed_type"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 2000, "heic"),
        (b"<html><script>alert(1)</script></html>" * 100, "not_allowed_type"),
        (b"\xff\xd8\xff" + b"\x00" * 3000, "damaged"),
        (jpeg()[:200], "damaged"),
    ],
)
async def test_a_file_of_another_kind_is_refused_with_the_reason(
    call: Call, world: World, tmp_path: Path, data: bytes, reason: str
) -> None:
    status, problem = await call("doctor", "POST", "/files?kind=attachment", data=data)
    assert (status, problem["reason"]) == (422, reason)
    assert await rows(world.db, File) == []
    assert list((tmp_path / "spool").iterdir()) == []


async def test_a_file_that_is_too_large_is_refused(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rules.LARGEST, "application/pdf", 1000)
    status, problem = await call("doctor", "POST", "/files?kind=attachment", data=PDF)
    assert (status, problem["reason"]) == (413, "file_too_large")


@pytest.mark.parametrize("side", [8_000, 12_000, 30_000])  # refused by us, warned of by Pillow, refused by Pillow
async def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(call: Call, side: int) -> None:
    status, problem = await call("doctor", "POST", "/files?kind=attachment", data=png_of(side, side))
    assert (status, problem["reason"]) == (413, "too_many_pixels")


async def test_a_repeated_upload_is_the_same_file(call: Call, world: World) -> None:
    key = {"Idempotency-Key": "one-upload"}
    _, first = await call("doctor", "POST", "/files?kind=attachment", data=PDF, headers=key)
    assert (await call("doctor", "POST", "/files?kind=attachment", data=PDF, headers=key)) == (201, first)
    assert len(await rows(world.db, File)) == 1
    status, problem = await call("doctor", "POST", "/files?kind=attachment", data=jpeg(), headers=key)
    assert (status, problem["reason"]) == (409, "key_reused")


async def test_an_unattached_file_is_its_uploaders_alone(call: Call) -> None:
    _, made = await call("doctor", "POST", "/files?kind=attachment", data=PDF)
    for who in ("doctor2", "jiashan_doctor", "expert", "admin"):
        assert (await call(who, "GET", f"/files/{made['id']}/content"))[0] == 404


async def test_an_attached_file_follows_the_case(call: Call, world: World) -> None:
    _, made = await call("doctor", "POST", "/files?kind=attachment", data=PDF)
    case, patient, id = new_id(), new_id(), UUID(made["id"])
    async with world.db.write() as db:
        await service.attach(
            db,
            world.actor("doctor"),
            id,
            FileKind.attachment,
            activity=Activity("consultation", new_id()),
            case_id=case,
            patient_id=patient,
            hospital_id="wuxi",
        )
    assert (await call("doctor2", "GET", f"/files/{id}"))[0] == 200
    assert (await call("expert", "GET", f"/files/{id}"))[0] == 404
    async with world.db.write() as db:
        await give(
            db,
            case_id=case,
            patient_id=patient,
            activity=Activity("consultation", new_id()),
            grantee=str(world.ids["expert"]),
            hospital_id="wuxi",
            allows=["read"],
            purpose="test",
            by=None,
            now=NOW,
        )
    assert (await call("expert", "GET", f"/files/{id}/content")) == (200, PDF)
    for who in ("jiashan_doctor", "admin", "expert2"):
        assert (await call(who, "GET", f"/files/{id}/content"))[0] == 404


async def test_nobody_attaches_anothers_file_or_one_sent_as_something_else(call: Call, world: World) -> None:
    _, made = await call("doctor", "POST", "/files?kind=attachment", data=PDF)
    more: dict[str, Any] = {"case_id": new_id(), "patient_id": None, "hospital_id": "wuxi", "activity": ABOUT}
    async with world.db.write() as db:
        with pytest.raises(NotFound):
            await service.attach(db, world.actor("doctor2"), UUID(made["id"]), FileKind.attachment, **more)
        with pytest.raises(Invalid, match="consent"):
            await service.attach(db, world.actor("doctor"), UUID(made["id"]), FileKind.consent, **more)


async def test_a_broken_connection_leaves_nothing_behind(world: World, tmp_path: Path) -> None:
    async def half() -> AsyncIterator[bytes]:
        yield PDF[:2000]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        async with FileStore(tmp_path).receive(half()):
            raise AssertionError("it was not whole")
    assert list((tmp_path / "spool").iterdir()) == []
    assert list((tmp_path / "files").iterdir()) == []


async def test_the_sweep_removes_what_nobody_attached_and_bytes_without_a_row(
    call: Call, world: World, tmp_path: Path
) -> None:
    _, loose = await call("doctor", "POST", "/files?kind=attachment", data=PDF)
    _, kept = await call("doctor", "POST", "/files?kind=attachment", data=jpeg())
    more: dict[str, Any] = {"case_id": new_id(), "patient_id": None, "hospital_id": "wuxi", "activity": ABOUT}
    async with world.db.write() as db:
        await service.attach(db, world.actor("doctor"), UUID(kept["id"]), FileKind.attachment, **more)
    store = FileStore(tmp_path)
    await store.put(b"%PDF-bytes whose row was never written")
    assert await service.sweep(world.db, store, NOW) == {}
    assert len(list((tmp_path / "files").iterdir())) == 3
    assert await service.sweep(world.db, store, datetime.now(UTC) + timedelta(days=2)) == {}
    assert [each.id for each in await rows(world.db, File)] == [UUID(kept["id"])]
    assert [each.name for each in (tmp_path / "files").iterdir()] == [kept["sha256"]]
    assert loose["id"] != kept["id"]


async def test_a_clock_that_runs_ahead_does_not_age_bytes_that_just_came(world: World, tmp_path: Path) -> None:
    store, real = FileStore(tmp_path), datetime.now(UTC)
    kept = await store.put(b"%PDF-whose row is about to be written")
    half = tmp_path / "spool" / "half-received"
    half.write_bytes(b"%PDF-")
    assert await service.sweep(world.db, store, real + timedelta(days=2), real) == {}
    assert half.exists()
    assert (tmp_path / "files" / kept.sha256).exists()


async def test_what_does_not_belong_there_keeps_nothing_from_being_swept(world: World, tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    orphan = await store.put(b"%PDF-bytes whose row was never written")
    for folder in ("spool", "files"):
        (tmp_path / folder / "0 a folder").mkdir()
        (tmp_path / folder / "1 a link to nothing").symlink_to(tmp_path / "nothing")
        (tmp_path / folder / os.fsdecode(b"2 \xff")).touch()
        (tmp_path / folder / "3 a % name").touch()
    half = tmp_path / "spool" / "half-received"
    half.write_bytes(b"%PDF-")
    failed = await service.sweep(world.db, store, datetime.now(UTC) + timedelta(days=2))
    assert not half.exists()
    assert not (tmp_path / "files" / orphan.sha256).exists()
    assert {"spool/0 a folder", "files/0 a folder"} <= set(failed)
    left = {f"{folder}/{each.name}" for folder in ("spool", "files") for each in (tmp_path / folder).iterdir()}
    assert left == set(failed)


async def test_a_spool_file_that_goes_while_they_are_looked_through_is_no_failure(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, scandir = FileStore(tmp_path), os.scandir

    def then_gone(folder: Path) -> list[os.DirEntry[str]]:
        found = list(scandir(folder))
        for each in found:
            os.unlink(each.path)
        return found

    (tmp_path / "spool" / "half-received").write_bytes(b"%PDF-")
    monkeypatch.setattr(os, "scandir", then_gone)
    assert await service.sweep(world.db, store, datetime.now(UTC) + timedelta(days=2)) == {}


async def test_a_page_with_a_pdf_inside_is_no_pdf(call: Call) -> None:
    mixed = b"<html><script>alert(1)</script>" + PDF
    status, problem = await call("doctor", "POST", "/files?kind=attachment", data=mixed)
    assert (status, problem["reason"]) == (422, "not_allowed_type")
    marked = b"\xef\xbb\xbf\r\n" + PDF
    assert (await call("doctor", "POST", "/files?kind=attachment", data=marked))[0] == 201
