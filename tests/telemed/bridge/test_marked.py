"""Saved marks as DICOM objects in the archive of the study."""

import re
import shutil
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pydicom import Dataset, dcmread
from sqlmodel import select

from imaging.archive import Archive
from imaging.index.model import Study as StudyRow
from imaging.outbox import describe
from telemed.bridge.marked import StoredMarks
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import Orders
from telemed.demo.images.phantom import Findings
from telemed.demo.images.studies import study
from telemed.demo.images.synthetic import ct
from telemed.kit.table import new_id
from telemed.marks.model import MarkKind, StudyMark
from tests.telemed.conftest import NOW, FakeClock, World
from tests.telemed.reading.helpers import no_errors

OF = study("aorta")
UID = str(OF.study_uid)
TEXTS = ("LO", "LT", "PN", "SH", "ST", "UT")


@pytest.fixture
async def slices(archive: Archive, tmp_path: Path) -> list[Dataset]:
    """A CT of three slices in Wuxi's archive."""
    files = list(ct(OF, NOW, Findings(), slices=3, step=5.0, series_name="轴位"))
    for each in files:
        path = archive.objects.spooled()
        path.write_bytes(each)
        await archive.pipeline.take(path, "wuxi")
    return [dcmread(BytesIO(each)) for each in files]


@pytest.fixture
def stored(world: World, archive: Archive, clock: FakeClock) -> StoredMarks:
    return StoredMarks(world.db, Orders(world.db, clock), archive)


async def draw(world: World, image: Dataset, kind: MarkKind, *points: list[float], text: str = "") -> StudyMark:
    row = StudyMark(
        id=new_id(),
        hospital_id="wuxi",
        study_uid=UID,
        instance_uid=str(image.SOPInstanceUID),
        frame=1,
        kind=kind,
        points=list(points),
        text=text,
        author_id=world.ids["expert"],
        saved_at=NOW,
    )
    async with world.db.write() as db:
        db.add(row)
    return row


async def carry_out(stored: StoredMarks, world: World) -> None:
    order = LeafOrder(kind="study.marks", target=f"wuxi/{UID}/{world.ids['expert']}", rev=1, created_at=NOW, data={})
    await stored.leaves["study.marks"](order)


async def made(archive: Archive, modality: str) -> list[Dataset]:
    found = [Dataset.from_json(each) for each in await archive.headers("wuxi", UID)]
    return [each for each in found if each.Modality == modality]


async def test_what_is_drawn_is_an_sr_and_a_presentation_state_of_the_study(
    world: World, archive: Archive, stored: StoredMarks, slices: list[Dataset], tmp_path: Path
) -> None:
    await draw(world, slices[0], MarkKind.length, [10, 10], [40, 50])
    await draw(world, slices[1], MarkKind.arrow, [5, 5], [20, 20], text="破口")
    await carry_out(stored, world)
    (report,) = await made(archive, "SR")
    (state,) = await made(archive, "PR")
    assert report.SOPClassUID.name == "Comprehensive SR Storage"
    assert str(report.PatientName) == str(state.PatientName) == str(slices[0].PatientName)
    groups = [each for each in walk(report) if concept(each) == "Measurement Group"]
    assert [tracked(each) for each in groups] == ["长度", "箭头 破口"]
    (length,) = [each for each in walk(report) if concept(each) == "Length"]
    value = length.MeasuredValueSequence[0]
    expected = 50 * float(slices[0].PixelSpacing[0])
    assert float(value.NumericValue) == pytest.approx(expected, abs=0.001)
    assert value.MeasurementUnitsCodeSequence[0].CodeValue == "mm"
    (line,) = [each for each in walk(length) if each.ValueType == "SCOORD"]
    assert list(line.GraphicData) == [10.5, 10.5, 40.5, 50.5]
    used = [each.ReferencedImageSequence[0].ReferencedSOPInstanceUID for each in state.GraphicAnnotationSequence]
    assert used == [each.SOPInstanceUID for each in slices[:2]]
    said = [each.TextObjectSequence[0].UnformattedTextValue for each in state.GraphicAnnotationSequence]
    assert said == [f"{expected:.1f} mm", "破口"]


async def test_they_are_no_news_of_images_and_come_once(
    world: World, archive: Archive, stored: StoredMarks, slices: list[Dataset]
) -> None:
    await draw(world, slices[0], MarkKind.probe, [10, 10])
    await carry_out(stored, world)
    await carry_out(stored, world)
    assert len(await archive.headers("wuxi", UID)) == 2

    def told(session: object) -> tuple[dict[str, object], int]:
        row = session.exec(select(StudyRow)).one()  # type: ignore[attr-defined]
        return describe(session, row), row.instance_count  # type: ignore[arg-type]

    data, all_of_it = await archive.index.read(told)
    assert (data["instance_count"], data["series_count"], data["ModalitiesInStudy"]) == (3, 1, ["CT"])
    assert all_of_it == 5


async def test_a_change_is_a_new_version_and_taking_all_away_too(
    world: World, archive: Archive, stored: StoredMarks, slices: list[Dataset]
) -> None:
    row = await draw(world, slices[0], MarkKind.rectangle, [10, 10], [20, 30])
    await carry_out(stored, world)
    async with world.db.write() as db:
        row.points, row.saved_at = [[10, 10], [30, 30]], NOW + timedelta(minutes=1)
        await db.merge(row)
    await carry_out(stored, world)
    first, second = await made(archive, "SR")
    before = second.PredecessorDocumentsSequence[0].ReferencedSeriesSequence[0].ReferencedSOPSequence[0]
    assert before.ReferencedSOPInstanceUID == first.SOPInstanceUID
    assert (first.InstanceNumber, second.InstanceNumber) == (1, 2)
    async with world.db.write() as db:
        row.deleted_at = NOW + timedelta(minutes=2)
        await db.merge(row)
    await carry_out(stored, world)
    report, state = (await made(archive, "SR"))[-1], (await made(archive, "PR"))[-1]
    assert [each for each in walk(report) if concept(each) == "Measurement Group"] == []
    assert "GraphicAnnotationSequence" not in state


async def test_of_images_that_are_not_there_nothing_is_made(
    world: World, archive: Archive, stored: StoredMarks, slices: list[Dataset]
) -> None:
    other = Dataset()
    other.SOPInstanceUID = "1.2.3.4"
    await draw(world, other, MarkKind.probe, [10, 10])
    await carry_out(stored, world)
    assert await archive.headers("wuxi", UID) == []


@pytest.mark.skipif(shutil.which("dciodvfy") is None, reason="dicom3tools is not installed")
async def test_dciodvfy_finds_no_error(
    world: World, archive: Archive, stored: StoredMarks, slices: list[Dataset], tmp_path: Path
) -> None:
    own = await of_every_kind(world, archive, stored, slices)
    for modality, path in own.items():
        no_errors(path.read_bytes(), tmp_path / f"{modality}.dcm")


async def test_dcmtk_reads_what_was_drawn(
    world: World, archive: Archive, stored: StoredMarks, slices: list[Dataset]
) -> None:
    """An outside client: the report as text, and the presentation state by its checker."""
    own = await of_every_kind(world, archive, stored, slices)
    said = told("dsrdump", own["SR"])
    assert "Comprehensive SR" in said
    assert said.count("Tracking Identifier") == 8
    assert re.search(r'NUM:\(,,"Length"\)="[0-9.]+" \(mm,UCUM', said), said
    checked = told("dcmpschk", "-v", own["PR"])
    assert "Pass 2" in checked
    errors = re.findall(r"Error: (.*)\n.*Affected attribute: .*, Type (\w+)", checked)
    assert len(errors) == checked.count("Error: "), checked
    # It knows no character set, and finds that Chinese does not conform.
    assert {why for why, kind in errors if kind not in TEXTS} == set(), checked


def told(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout + done.stderr


async def of_every_kind(world: World, archive: Archive, stored: StoredMarks, slices: list[Dataset]) -> dict[str, Path]:
    """The stored files of a report and a state with a mark of each kind, by modality."""
    two = [10.0, 10.0], [40.0, 50.0]
    for kind in (MarkKind.length, MarkKind.ellipse, MarkKind.rectangle, MarkKind.arrow):
        await draw(world, slices[0], kind, *two)
    await draw(world, slices[1], MarkKind.probe, two[0])
    await draw(world, slices[1], MarkKind.polygon, *two, [10.0, 50.0])
    await draw(world, slices[1], MarkKind.angle, *two, [10.0, 50.0])
    await draw(world, slices[2], MarkKind.cobb, *two, [10.0, 80.0], [60.0, 90.0])
    await carry_out(stored, world)
    files = [path for path in archive.objects.root.glob("objects/*/*") if path.is_file()]
    found = {str(dcmread(each, stop_before_pixels=True, force=True).get("Modality")): each for each in files}
    return {modality: found[modality] for modality in ("SR", "PR")}


def walk(item: Dataset) -> list[Dataset]:
    below = list(item.get("ContentSequence") or [])
    return below + [each for one in below for each in walk(one)]


def concept(item: Dataset) -> str:
    found = item.get("ConceptNameCodeSequence")
    return str(found[0].CodeMeaning) if found else ""


def tracked(group: Dataset) -> str:
    return next(str(each.TextValue) for each in walk(group) if concept(each) == "Tracking Identifier")


async def test_the_archive_says_which_images_a_study_does_not_have(archive: Archive, slices: list[Dataset]) -> None:
    there = (str(slices[0].SOPInstanceUID), 1)
    beyond, other = (there[0], 2), ("1.2.3.404", 1)
    assert await archive.lacking("wuxi", UID, [there, beyond, other]) == {beyond, other}
    assert await archive.lacking("jiashan", UID, [there]) == {there}
    assert await archive.lacking("wuxi", "1.2.3", [there]) == {there}
