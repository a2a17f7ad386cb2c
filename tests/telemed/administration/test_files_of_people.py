"""The paper of a registration and the picture of a signature: who may put, see and remove them, and what is kept."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]
import pytest
from PIL import Image
from sqlmodel import select

from telemed.audit.model import AuditEvent
from telemed.files import service as files
from telemed.files.model import File
from telemed.files.store import FileStore
from telemed.people.model import Registration, Staff
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.opinions.helpers import signed

PDF = b"%PDF-1.7\n" + b"x" * 5000


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (1200, 200), comment: bytes = b"", ink: int = 0) -> bytes:
    out = BytesIO()
    of = Image.new("RGB", size, "white")
    of.paste((ink, ink, ink), (100, 80, 900, 120))
    of.save(out, kind, **({"comment": comment} if kind == "JPEG" else {}))
    return out.getvalue()


async def sent(call: Call, who: str, data: bytes, name: str = "备案.pdf") -> str:
    status, made = await call(who, "POST", f"/files?kind=attachment&name={name}", data=data)
    assert status == 201, made
    return str(made["id"])


@pytest.fixture
async def path(world: World) -> str:
    """The file of the expert's registration at Wuxi."""
    async with world.db.read() as db:
        of = select(Registration).where(
            Registration.staff_id == world.ids["expert"], Registration.hospital_id == "wuxi"
        )
        row = (await db.exec(of)).one()
    return f"/admin/registrations/{row.staff_id}/{row.id}/file"


async def put(call: Call, who: str, path: str, data: bytes = PDF) -> tuple[int, Any]:
    return await call(who, "PUT", path, json={"file_id": await sent(call, who, data)})


async def change(world: World, action: str) -> list[Any]:
    return [each.change for each in await rows(world.db, AuditEvent) if each.action == action]


async def test_a_registrations_paper_is_for_both_ends_and_the_person(world: World, call: Call, path: str) -> None:
    for who in ("admin", "expert", "wuxi_admin"):
        assert (await call(who, "GET", path))[0] == 404, "there is none yet"
    status, row = await put(call, "admin", path)
    assert (status, row["file_id"] is not None) == (200, True)
    for who in ("admin", "expert", "wuxi_admin", "reviewer"):
        assert await call(who, "GET", path) == (200, PDF), who
    for who in ("jiashan_admin", "expert2", "doctor"):
        assert (await call(who, "GET", path))[0] == 404, who
    for who in ("expert", "doctor"):
        assert (await call(who, "DELETE", path))[0] == 403, "who has no office"
    assert (await call("jiashan_admin", "DELETE", path))[0] == 404
    assert (await call("expert", "GET", f"/files/{row['file_id']}"))[0] == 404, "it has no other way in"


async def test_a_registrations_paper_is_replaced_and_removed_with_what_was_before(
    world: World, call: Call, path: str
) -> None:
    await put(call, "admin", path)
    second = PDF + b"2"
    status, row = await call("reviewer", "PUT", path, json={"file_id": await sent(call, "reviewer", second, "新.pdf")})
    assert (status, await call("expert", "GET", path)) == (200, (200, second))
    assert [each.name for each in await rows(world.db, File)] == ["新.pdf"]
    status, row = await call("admin", "DELETE", path)
    assert (status, row["file_id"]) == (200, None)
    assert await change(world, "registration.changed") == [
        {"before": {"hospital_id": "wuxi", "file": None},
         "after": {"hospital_id": "wuxi", "file": "备案.pdf"}},
        {"before": {"hospital_id": "wuxi", "file": "备案.pdf"},
         "after": {"hospital_id": "wuxi", "file": "新.pdf"}},
        {"before": {"hospital_id": "wuxi", "file": "新.pdf"},
         "after": {"hospital_id": "wuxi", "file": None}},
    ]  # fmt: skip


async def test_what_is_attached_to_a_person_outlives_the_sweep_and_goes_with_its_registration(
    world: World, call: Call, tmp_path: Path, path: str
) -> None:
    await put(call, "admin", path)
    loose = await sent(call, "admin", PDF + b"loose")
    store = FileStore(tmp_path)
    assert await files.sweep(world.db, store, NOW + timedelta(days=3), disk_now=NOW - timedelta(days=3)) == {}
    assert loose not in {str(each.id) for each in await rows(world.db, File)}
    assert await call("admin", "GET", path) == (200, PDF)
    _, _, _, staff_id, id, _ = path.split("/")
    assert (await call("admin", "DELETE", f"/admin/staff/{staff_id}/registrations/{id}"))[0] == 200
    assert await rows(world.db, File) == []


async def test_only_ones_own_upload_of_a_fair_size_is_attached(
    world: World, call: Call, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await sent(call, "expert", PDF)
    assert (await call("admin", "PUT", path, json={"file_id": other}))[0] == 404
    monkeypatch.setattr("telemed.administration.registration_files.LARGEST", 1000)
    status, problem = await put(call, "admin", path)
    assert (status, problem["reason"]) == (413, "file_too_large")
    status, problem = await call("admin", "POST", "/files?kind=attachment", data=b"<html>%PDF-1.7" + b"x" * 5000)
    assert (status, problem["reason"]) == (422, "not_allowed_type")


def shown(pdf: bytes) -> int:
    """How many pictures the print shows."""
    document = pdfium.PdfDocument(pdf)
    return sum(len(list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))) for page in document)


async def test_a_signature_is_drawn_anew_for_the_person_and_their_administrators(world: World, call: Call) -> None:
    path = f"/admin/staff/{world.ids['expert']}/signature"
    data = picture(comment=b"taken at home by somebody")
    assert (await call("expert", "PUT", path, json={"file_id": await sent(call, "expert", data)}))[0] == 204
    status, found = await call("admin", "GET", path)
    with Image.open(BytesIO(found)) as drawn:
        assert (status, drawn.format, drawn.size, drawn.mode) == (200, "PNG", (900, 150), "RGB")
        assert (drawn.getpixel((300, 75)), drawn.getpixel((5, 5))) == ((0, 0, 0), (255, 255, 255))
    assert b"taken at home" not in found
    assert len(await rows(world.db, File)) == 1, "what was sent is not kept"
    for who in ("wuxi_admin", "expert2", "doctor", "reviewer"):
        assert (await call(who, "GET", path))[0] == 404, who
        mine = await sent(call, who, picture("PNG"))
        assert (await call(who, "PUT", path, json={"file_id": mine}))[0] == 404, who
        assert (await call(who, "DELETE", path))[0] == 404, who
    _, account = await call("expert", "GET", "/account")
    _, person = await call("admin", "GET", path.removesuffix("/signature"))
    assert account["signature_id"] == person["signature_id"] is not None
    assert (await call("admin", "DELETE", path))[0] == 204
    assert (await call("expert", "GET", path))[0] == 404
    (entered, removed) = await change(world, "staff.changed")
    assert entered["before"] == {"name": "expert", "signature": None}
    assert removed == {"before": entered["after"], "after": entered["before"]}


async def test_a_signature_that_shines_through_stands_on_white(world: World, call: Call) -> None:
    out = BytesIO()
    Image.new("RGBA", (300, 100), (0, 0, 0, 0)).save(out, "PNG")
    path = f"/admin/staff/{world.ids['expert']}/signature"
    await call("admin", "PUT", path, json={"file_id": await sent(call, "admin", out.getvalue())})
    with Image.open(BytesIO((await call("expert", "GET", path))[1])) as drawn:
        assert drawn.getpixel((50, 50)) == (255, 255, 255)


async def test_a_signature_is_a_small_picture(world: World, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/admin/staff/{world.ids['expert']}/signature"
    status, problem = await call("expert", "PUT", path, json={"file_id": await sent(call, "expert", PDF)})
    assert (status, problem["reason"]) == (422, "picture_only")
    monkeypatch.setattr("telemed.administration.signatures.LARGEST", 1000)
    status, problem = await call("expert", "PUT", path, json={"file_id": await sent(call, "expert", picture())})
    assert (status, problem["reason"]) == (413, "file_too_large")


async def test_a_picture_whose_metadata_lie_or_that_unpacks_to_much_is_refused_and_a_second_copy_kept_once(
    world: World, call: Call
) -> None:
    path = f"/admin/staff/{world.ids['expert']}/signature"
    lying, large = BytesIO(), BytesIO()
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "abc"
    Image.new("RGB", (64, 32), "white").save(lying, "JPEG", exif=notes)
    Image.new("1", (4000, 4000)).save(large, "PNG")
    without_number = lying.getvalue().replace(b"\x01\x0f\x00\x02", b"\x01\x01\x00\x02")  # its length is a word
    for data, refusal in ((without_number, (422, "damaged")), (large.getvalue(), (413, "too_many_pixels"))):
        status, problem = await call("expert", "PUT", path, json={"file_id": await sent(call, "expert", data)})
        assert (status, problem["reason"]) == refusal
    for _ in range(2):
        status, _ = await call("expert", "PUT", path, json={"file_id": await sent(call, "expert", picture())})
        assert status == 204
    assert len([each for each in await rows(world.db, File) if each.staff_id is not None]) == 1


async def test_a_signed_record_shows_the_signature_as_it_was_and_another_does_not_change_it(
    world: World, call: Call
) -> None:
    path = f"/admin/staff/{world.ids['expert']}/signature"
    await call("expert", "PUT", path, json={"file_id": await sent(call, "expert", picture())})
    (first,) = await rows(world.db, File)
    _, out = await signed(call, world)
    (version,) = out["signed"]
    _, before = await call("doctor", "GET", f"/opinions/{version['id']}/record")
    assert shown(before) == 1
    await call("expert", "PUT", path, json={"file_id": await sent(call, "expert", picture(ink=90))})
    assert (await call("doctor", "GET", f"/opinions/{version['id']}/record"))[1] == before
    assert first.id in {each.id for each in await rows(world.db, File)}, "what was signed with it keeps it"
    async with world.db.read() as db:
        assert (await db.get_one(Staff, world.ids["expert"])).signature_id != first.id


async def test_without_a_signature_the_record_shows_none(world: World, call: Call) -> None:
    _, out = await signed(call, world)
    _, pdf = await call("doctor", "GET", f"/opinions/{out['signed'][0]['id']}/record")
    assert shown(pdf) == 0
