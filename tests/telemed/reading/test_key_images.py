"""关键影像 of a report: kept by its writer, part of what is issued, in print, SR and FHIR, and seen by the branch."""

import json
import shutil
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from fhir.resources.R4B.diagnosticreport import DiagnosticReport
from pydicom import dcmread
from sqlmodel import select

from telemed.files.model import File
from telemed.reading import key_images
from telemed.reading.model import Report
from telemed.studies.model import LinkState, StudyLink
from tests.telemed.conftest import Call, World, rows
from tests.telemed.reading import helpers
from tests.telemed.reading.helpers import STUDY, TEXT, act, another, claimed, key_image, no_errors, picture

MULTI = "1.2.840.10008.5.1.4.1.1.2.1"


async def save(call: Call, id: str, version: int, *images: Any, who: str = "reader") -> Any:
    headers = {"If-Match": f'"{version}"'}
    return await call(who, "PUT", f"/readings/{id}/report", json=TEXT | {"key_images": images}, headers=headers)


async def issued(call: Call, out: Any, version: int, *images: Any) -> Any:
    status, out = await act(call, "reader", out, "submit", report_version=version)
    assert status == 200, out
    status, out = await act(call, "chief_reader", out, "issue", **TEXT, key_images=list(images))
    assert status == 200, out
    return out


async def test_what_is_issued_covers_reference_and_picture_and_the_branch_sees_both(
    call: Call, world: World, study: UUID
) -> None:
    out = await claimed(call, study)
    first, second = await key_image(call), await key_image(call, "k2", shade=90)
    report = (await save(call, out["id"], 0, first))[1]
    status, report = await save(call, out["id"], report["version"], second, first)
    assert (status, [each["key"] for each in report["key_images"]]) == (200, ["k2", "k1"])
    out = await issued(call, out, report["version"], second, first)
    seen = (await call("doctor", "GET", f"/readings/{out['id']}"))[1]["report"]["key_images"]
    assert [(each["key"], each["instance_uid"], each["note"]) for each in seen] == [
        ("k2", f"{STUDY}.1.2", "图注 k2"),
        ("k1", f"{STUDY}.1.1", "图注 k1"),
    ]
    assert (await call("doctor", "GET", f"/files/{seen[1]['file_id']}/content"))[1] == picture()
    assert (await call("jiashan_doctor", "GET", f"/files/{seen[1]['file_id']}/content"))[0] == 404
    [stored] = await rows(world.db, Report)
    shown = json.loads(stored.canonical or "")["print"]["images"]
    assert [each["sha256"] for each in shown] == [sha256(picture(shade)).hexdigest() for shade in (90, 120)]
    assert (shown[0]["instance_uid"], shown[0]["window"]) == (f"{STUDY}.1.2", "窗宽 400　窗位 40")
    assert [(each.instance_uid, each.frame) for each in key_images.of(stored)] == [
        (f"{STUDY}.1.2", 1),
        (f"{STUDY}.1.1", 1),
    ]


async def test_the_reviewer_removes_one_and_what_the_author_handed_in_stays_known(call: Call, study: UUID) -> None:
    out = await claimed(call, study)
    first, second = await key_image(call), await key_image(call, "k2")
    report = (await save(call, out["id"], 0, first, second))[1]
    out = await issued(call, out, report["version"], second)
    assert [each["key"] for each in out["report"]["key_images"]] == ["k2"]
    assert [each["key"] for each in out["report"]["submitted"]["key_images"]] == ["k1", "k2"]


@pytest.mark.skipif(shutil.which("dciodvfy") is None, reason="dicom3tools is not installed")
async def test_the_sr_refers_to_each_image_and_has_no_error(call: Call, study: UUID, tmp_path: Path) -> None:
    out = await claimed(call, study)
    single = await key_image(call)
    framed = await key_image(call, "k2", study_uid=STUDY, sop_class_uid=MULTI, frame=3)
    report = (await save(call, out["id"], 0, single, framed))[1]
    out = await issued(call, out, report["version"], single, framed)
    status, data = await call("doctor", "GET", f"/reports/{out['report']['id']}/sr")
    assert status == 200
    no_errors(data, tmp_path / "report.dcm")
    sr = dcmread(BytesIO(data))
    keys = next(
        each
        for each in sr.ContentSequence
        if each.ValueType == "CONTAINER" and each.ConceptNameCodeSequence[0].CodeValue == "121180"
    )
    found = [each.ReferencedSOPSequence[0] for each in keys.ContentSequence if each.ValueType == "IMAGE"]
    assert [(each.ReferencedSOPInstanceUID, each.get("ReferencedFrameNumber")) for each in found] == [
        (f"{STUDY}.1.1", None),
        (f"{STUDY}.1.2", 3),
    ]
    assert [str(each.TextValue) for each in keys.ContentSequence if each.ValueType == "TEXT"] == [
        "图 1　图注 k1",
        "图 2　图注 k2",
    ]
    [of_study] = sr.CurrentRequestedProcedureEvidenceSequence
    [of_series] = of_study.ReferencedSeriesSequence
    assert [each.ReferencedSOPInstanceUID for each in of_series.ReferencedSOPSequence] == [
        f"{STUDY}.1.1",
        f"{STUDY}.1.2",
    ]


async def test_the_print_shows_them_and_fhir_lists_them_as_media(call: Call, study: UUID) -> None:
    out = await claimed(call, study)
    first = await key_image(call, note="最大径 𪚥")  # a character that no font has
    report = (await save(call, out["id"], 0, first))[1]
    out = await issued(call, out, report["version"], first)
    path = f"/reports/{out['report']['id']}"
    pdf = pdfium.PdfDocument((await call("doctor", "GET", f"{path}/record"))[1])
    said = "".join("".join(page.get_textpage().get_text_bounded() for page in pdf).split())
    for each in ("关键影像1幅", "图1胸部平扫", "序列2图像100/200", "窗宽400窗位40", "最大径"):
        assert each in said, said
    images = [each for page in pdf for each in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE])]
    assert len(images) == 1
    fhir = (await call("doctor", "GET", f"{path}/fhir"))[1]
    checked: Any = DiagnosticReport.model_validate(json.loads(fhir) if isinstance(fhir, bytes) else fhir)
    [media] = checked.media
    contained = next(each for each in checked.contained if f"#{each.id}" == media.link.reference)
    assert media.comment == "最大径 𪚥"
    assert contained.content.url == f"/api/files/{first['file_id']}/content"
    assert {each.value for each in contained.identifier} == {
        f"urn:oid:{STUDY}.1.1",
        f"urn:hash::sha256:{sha256(picture()).hexdigest()}",
    }


async def test_a_prior_of_the_patient_may_be_shown_and_another_patients_study_is_refused(
    call: Call, world: World, study: UUID
) -> None:
    prior = STUDY + ".9"
    await another(world, study, prior)
    await helpers.study(world, "1.2.826.0.1.3680043.8.499.1", name="王北辰")
    out = await claimed(call, study)
    status, report = await save(call, out["id"], 0, await key_image(call, study_uid=prior))
    assert status == 200, report
    foreign = await key_image(call, "k3", study_uid="1.2.826.0.1.3680043.8.499.1")
    status, refused = await save(call, out["id"], report["version"], foreign)
    assert (status, refused["reason"]) == (422, "other_study")
    elsewhere = await key_image(call, "k4", hospital_id="jiashan")
    status, refused = await save(call, out["id"], report["version"], elsewhere)
    assert (status, refused["reason"]) == (422, "other_study")


async def test_nothing_is_handed_in_or_issued_with_an_image_of_a_study_that_was_recalled(
    call: Call, world: World, study: UUID
) -> None:
    prior = STUDY + ".9"
    link = await another(world, study, prior)
    out = await claimed(call, study)
    images = [await key_image(call), await key_image(call, "k2", study_uid=prior)]
    report = (await save(call, out["id"], 0, *images))[1]

    async def becomes(state: LinkState) -> None:
        async with world.db.write() as db:
            (await db.get_one(StudyLink, link)).state = state

    await becomes(LinkState.proposed)
    status, refused = await act(call, "reader", out, "submit", report_version=report["version"])
    assert (status, refused["reason"], refused["images"]) == (409, "key_image_recalled", [2])
    await becomes(LinkState.confirmed)
    out = (await act(call, "reader", out, "submit", report_version=report["version"]))[1]
    await becomes(LinkState.rejected)
    status, refused = await act(call, "chief_reader", out, "issue", **TEXT, key_images=images)
    assert (status, refused["reason"], refused["images"]) == (409, "key_image_recalled", [2])
    assert (await act(call, "chief_reader", out, "issue", **TEXT, key_images=images[:1]))[0] == 200


async def test_anothers_file_a_pdf_and_an_image_without_its_class_are_refused(call: Call, study: UUID) -> None:
    out = await claimed(call, study)
    theirs = await key_image(call, who="reader2")
    assert (await save(call, out["id"], 0, theirs))[0] == 404
    status, made = await call("reader", "POST", "/files?kind=key_image", data=b"%PDF-1.7\n" + b"x" * 2000)
    pdf = await key_image(call) | {"file_id": made["id"]}
    status, refused = await save(call, out["id"], 0, pdf)
    assert (status, refused["reason"]) == (422, "wrong_file_kind")
    assert (await save(call, out["id"], 0, await key_image(call, sop_class_uid=None)))[0] == 422


async def test_a_report_of_two_tabs_keeps_the_images_of_the_one_that_was_first(
    call: Call, world: World, study: UUID
) -> None:
    out = await claimed(call, study)
    report = (await save(call, out["id"], 0, await key_image(call)))[1]
    status, stale = await save(call, out["id"], 0, await key_image(call, "k2"))
    assert (status, [each["key"] for each in stale["current"]["key_images"]]) == (412, ["k1"])
    async with world.db.read() as db:
        attached = (await db.exec(select(File).where(File.case_id != None))).all()  # noqa: E711  # SQL's NULL
    assert (report["version"], len(attached)) == (1, 1)
