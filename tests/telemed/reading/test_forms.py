"""An issued report as DICOM SR and as FHIR: made once, of the issued text, for both hospitals."""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fhir.resources.R4B.diagnosticreport import DiagnosticReport
from pydicom import Dataset, dcmread
from sqlmodel import select

from telemed.files.model import File
from telemed.people.model import Patient
from telemed.reading.model import Reading, Report
from telemed.studies.model import StudyView
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.opinions.helpers import text_of
from tests.telemed.reading.helpers import STUDY, TEXT, act, issued, no_errors, requested


async def downloaded(call: Call, report: Any, form: str, who: str = "doctor") -> bytes:
    status, body = await call(who, "GET", f"/reports/{report['id']}/{form}")
    assert status == 200, body
    return bytes(body) if isinstance(body, bytes) else json.dumps(body).encode()


def texts(of: Dataset) -> Iterator[str]:
    for each in of.get("ContentSequence", ()):
        if "TextValue" in each:
            yield str(each.TextValue)
        yield from texts(each)


@pytest.mark.skipif(shutil.which("dciodvfy") is None, reason="dicom3tools is not installed")
async def test_the_sr_says_what_was_issued_and_has_no_error(call: Call, study: UUID, tmp_path: Path) -> None:
    out = await issued(call, await requested(call, study))
    data = await downloaded(call, out["report"], "sr")
    no_errors(data, tmp_path / "report.dcm")
    sr = dcmread(BytesIO(data))
    assert set(TEXT.values()) <= set(texts(sr))
    assert (sr.StudyInstanceUID, sr.Modality, sr.VerificationFlag) == (out["study"]["study_uid"], "SR", "VERIFIED")
    assert str(sr.PatientName) == "=陈远山^"
    assert [str(each.VerifyingObserverName) for each in sr.VerifyingObserverSequence] == ["=chief_reader^"]
    assert await downloaded(call, out["report"], "sr", "reader") == data
    _, added = await act(call, "chief_reader", out, "addendum", kind="correction", text="右肺上叶结节。")
    [addendum] = added["report"]["addenda"]
    more = await downloaded(call, addendum, "sr")
    no_errors(more, tmp_path / "addendum.dcm")
    assert "右肺上叶结节。" in set(texts(dcmread(BytesIO(more))))
    assert dcmread(BytesIO(more)).SOPInstanceUID != sr.SOPInstanceUID


async def test_the_fhir_resource_is_valid_and_names_both_doctors(call: Call, study: UUID) -> None:
    out = await issued(call, await requested(call, study))
    said = json.loads(await downloaded(call, out["report"], "fhir"))
    checked: Any = DiagnosticReport.model_validate(said)
    assert (checked.status, checked.conclusion, checked.subject.display) == ("final", TEXT["impression"], "陈远山")
    assert TEXT["findings"] in checked.text.div
    assert {each.name[0].text for each in checked.contained if each.id in ("author", "reviewer")} == {
        "reader",
        "chief_reader",
    }
    assert checked.presentedForm[0].url == f"/api/reports/{out['report']['id']}/record"
    assert f"urn:hash::sha256:{out['report']['sha256']}" in {each.value for each in checked.identifier}
    _, added = await act(call, "chief_reader", out, "addendum", kind="addition", text="<b>&建议随访。")
    [addendum] = added["report"]["addenda"]
    more = json.loads(await downloaded(call, addendum, "fhir"))
    assert (more["status"], more["conclusion"]) == ("appended", "<b>&建议随访。")
    assert "&lt;b&gt;&amp;建议随访。" in more["text"]["div"]


@pytest.mark.parametrize(
    ("number", "in_sr"), [("CT2603020007", "CT2603020007"), ("", ""), ("无锡二院CT检查20260302第0007号", "")]
)
async def test_the_accession_number_is_in_every_form_and_never_cut(
    call: Call, world: World, study: UUID, number: str, in_sr: str
) -> None:
    async with world.db.write() as db:
        (await db.get_one(StudyView, ("wuxi", STUDY))).accession_number = number
    out = await issued(call, await requested(call, study))
    _, added = await act(call, "chief_reader", out, "addendum", kind="addition", text="建议随访。")
    for report in (out["report"], added["report"]["addenda"][0]):
        assert dcmread(BytesIO(await downloaded(call, report, "sr"))).AccessionNumber == in_sr
        fhir: Any = DiagnosticReport.model_validate_json(await downloaded(call, report, "fhir"))
        [kept] = [each for each in fhir.contained if each.id == "study"]
        assert [each.value for each in kept.identifier[1:]] == ([number] if number else [])
        assert [each.identifier.value for each in fhir.basedOn or []] == ([number] if number else [])
        printed = "".join(text_of(await downloaded(call, report, "record")).split())
        assert ("检查号" in printed) is bool(number)
        assert number in printed


@pytest.mark.parametrize("form", ["record", "sr", "fhir"])
async def test_each_is_made_once_and_of_the_issued_text(call: Call, world: World, study: UUID, form: str) -> None:
    out = await issued(call, await requested(call, study))
    first = await downloaded(call, out["report"], form)
    async with world.db.write() as db:
        (await db.exec(select(Reading))).one().examination = "另一项检查"
        (await db.exec(select(Report))).one().findings = "后来改的文字"
    assert await downloaded(call, out["report"], form) == first
    assert len([each for each in await rows(world.db, File) if each.name.startswith("影像诊断报告")]) == 1


async def test_what_changes_between_issuing_and_the_first_download_is_not_in_it(
    call: Call, world: World, study: UUID
) -> None:
    async with world.db.write() as db:
        (await db.exec(select(StudyView))).one().taken_at = NOW
        patient = (await db.exec(select(Patient))).one()
        patient.name = "陈=远^山\\b"
    out = await issued(call, await requested(call, study))
    async with world.db.write() as db:
        (await db.exec(select(StudyView))).one().taken_at = NOW + timedelta(days=9)
        (await db.exec(select(Patient))).one().name = "王北辰"
    sr = dcmread(BytesIO(await downloaded(call, out["report"], "sr")))
    assert (sr.StudyDate, sr.StudyTime, str(sr.PatientName)) == ("20260302", "0900", "=陈 远 山 b^")
    fhir = json.loads(await downloaded(call, out["report"], "fhir"))
    assert (fhir["effectiveDateTime"], fhir["subject"]["display"]) == ("2026-03-02T09:00:00+08:00", "陈=远^山\\b")


@pytest.mark.parametrize("form", ["record", "sr", "fhir"])
async def test_what_was_not_issued_or_is_damaged_or_anothers_is_not_given(
    call: Call, world: World, study: UUID, form: str
) -> None:
    out = await issued(call, await requested(call, study))
    path = f"/reports/{out['report']['id']}/{form}"
    assert (await call("jiashan_doctor", "GET", path))[0] == 404
    async with world.db.write() as db:
        stored: Any = (await db.exec(select(Report))).one()
        stored.canonical = stored.canonical.replace("结节", "肿块")
    status, refused = await call("doctor", "GET", path)
    assert (status, refused["reason"]) == (409, "report_damaged")
    async with world.db.write() as db:
        (await db.exec(select(Report))).one().canonical = None
    assert (await call("doctor", "GET", path))[0] == 404
