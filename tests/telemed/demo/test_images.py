"""The demonstration's images are valid DICOM, belong to whom they should, and keep nothing of their origin."""

import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from pydicom import Dataset, dcmread

from telemed.demo.images.copies import shipped
from telemed.demo.images.phantom import Findings, Thorax
from telemed.demo.images.studies import EXAMINATIONS, files, study
from telemed.demo.patients import PATIENTS

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
FEW = 2


def first(key: str) -> list[Dataset]:
    return [dcmread(BytesIO(data)) for data in islice(files(key, NOW), FEW)]


@pytest.mark.parametrize("key", EXAMINATIONS)
def test_images_name_the_patient_and_nobody_else(key: str) -> None:
    made = EXAMINATIONS[key]
    person = study(key).person
    for image in first(key):
        assert str(image.PatientName) == person.dicom_name
        assert image.PatientID == PATIENTS[made.patient].number
        assert image.PatientBirthDate == f"{person.born:%Y%m%d}"
        assert image.pixel_array.size > 0
        names = [str(each.value) for each in image.iterall() if each.VR == "PN" and str(each.value)]
        assert names == [person.dicom_name]
        assert not any(each.tag.is_private for each in image.iterall())


@pytest.mark.parametrize("key", EXAMINATIONS)
def test_the_same_start_makes_the_same_files(key: str) -> None:
    once, again = islice(files(key, NOW), 1), islice(files(key, NOW), 1)
    assert next(once) == next(again)


def test_a_copy_keeps_the_pixels_and_nothing_of_its_origin() -> None:
    original, (copy, *_) = dcmread(shipped("693_J2KR.dcm")), first("head")
    assert np.array_equal(original.pixel_array, copy.pixel_array)
    assert copy.StudyInstanceUID != original.StudyInstanceUID
    assert str(original.PatientName) not in copy.to_json()
    assert str(original.SOPInstanceUID) not in copy.to_json()


def test_one_study_disagrees_with_its_patient_on_purpose() -> None:
    wrong = [key for key, made in EXAMINATIONS.items() if study(key).person != PATIENTS[made.patient].person()]
    assert wrong == ["disagreeing"]


def test_uids_are_unique_across_all_studies() -> None:
    images = [image for key in EXAMINATIONS for image in first(key)]
    assert len({image.SOPInstanceUID for image in images}) == len(images)
    assert len({image.StudyInstanceUID for image in images}) == len(EXAMINATIONS)


def test_slices_of_the_aorta_are_in_place() -> None:
    one, two = first("aorta")
    assert one.ImagePositionPatient[2] - two.ImagePositionPatient[2] == pytest.approx(1.25)
    assert one.SliceThickness == 1.25
    assert sum(1 for _ in EXAMINATIONS) > 10


def test_the_flap_parts_two_lumens_of_the_descending_aorta_only() -> None:
    thorax = Thorax(Findings(contrast=True, dissection=True), seed=1)
    image, middle = thorax.slice(-20.0), (thorax.size - 1) / 2
    row, column = round(42 / thorax.spacing + middle), round(30 / thorax.spacing + middle)
    reach = round(18 / thorax.spacing)
    along = image[row, column - reach : column + reach]
    assert along.max() > 290
    assert 150 < np.median(along[-8:]) < 260
    ascending = image[round(-24 / thorax.spacing + middle), round(-16 / thorax.spacing + middle)]
    assert ascending > 250


@pytest.mark.skipif(shutil.which("dciodvfy") is None, reason="dicom3tools is not installed")
@pytest.mark.parametrize("key", EXAMINATIONS)
def test_dciodvfy_finds_no_error(key: str, tmp_path: Path) -> None:
    path = tmp_path / "image.dcm"
    path.write_bytes(next(islice(files(key, NOW), 1)))
    said = subprocess.run(["dciodvfy", path], capture_output=True, text=True, errors="replace")
    errors = [line for line in (said.stdout + said.stderr).splitlines() if line.startswith("Error")]
    assert not errors
