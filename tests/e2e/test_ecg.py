"""An electrocardiogram comes in with the upload and stands on paper, as an independent decoder reads it."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from pydicom import Dataset, dcmread
from pydicom.data import get_testdata_file
from pydicom.uid import generate_uid
from pydicom.waveforms.numpy_handler import multiplex_array

from tests.e2e.cases import a_case
from tests.e2e.conftest import Arrive, Person
from tests.e2e.every_way import LANGUAGES
from tests.e2e.folders import choose_folder, folder_of
from tests.e2e.looks import findings

ROW, GAIN = 20, 10  # millimetres: of a row of 12×1, and of a millivolt
BOX = "(lead) => { const b = document.querySelector(`[data-lead=${lead}] path`).getBBox(); return [b.y, b.width] }"


def ecg_of(case: dict[str, Any]) -> Dataset:
    path = get_testdata_file("waveform_ecg.dcm")
    assert isinstance(path, str)
    ds = dcmread(path)
    patient = case["patient"]
    ds.SpecificCharacterSet = "ISO_IR 192"
    ds.PatientName = f"={patient['name']}"
    ds.PatientID = next(
        each["value"] for each in patient["identifiers"] if each["issuer_hospital"] == case["branch_id"]
    )
    ds.PatientSex = {"male": "M", "female": "F"}[patient["sex"]]
    ds.PatientBirthDate = patient["birth_date"].replace("-", "")
    ds.StudyDescription = "静息心电图"
    ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.SOPInstanceUID = (generate_uid() for _ in range(3))
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    return ds


def test_it_is_uploaded_and_measured_on_paper(arrive: Arrive, tmp_path: Path) -> None:
    me = arrive("wuxi.radiographer")
    case = a_case(me)
    ecg = ecg_of(case)
    me.page.goto(f"/consultations/{case['id']}/upload")
    choose_folder(me.page, folder_of([ecg], tmp_path / "ECG"))
    expect(me.page.get_by_text("已登记到会诊申请")).to_be_visible()
    for language in LANGUAGES:
        path = f"/consultations/{case['id']}/images"
        measured(arrive("wuxi.doctor", path=path, language=language), ecg, language)


def measured(reader: Person, ecg: Dataset, language: str) -> None:
    page = reader.page
    page.get_by_role("button", name="ECG").last.click()
    paper = page.get_by_test_id("ecg")
    expect(paper).to_be_visible()
    reader.shot("ecg", language)
    page.get_by_role("button", name="12×1").click()
    drawn_as_decoded(page, ecg)
    page.get_by_role("button", name={"zh-CN": "放置卡尺", "en": "Place calipers"}[language]).click()
    page.get_by_role("slider").last.press("Shift+ArrowLeft")
    expect(page.get_by_text("800 ms")).to_contain_text("75")
    reader.shot("ecg_calipers", language)
    assert findings(page) == []


def drawn_as_decoded(page: Page, ecg: Dataset) -> None:
    """The highest point of lead II, and its ten seconds, to a fifth of a millimetre."""
    volts = multiplex_array(ecg, 0, as_raw=False)[:, 1] / 1000  # microvolts
    top, width = page.evaluate(BOX, "II")
    assert abs(top - (1.5 * ROW - volts.max() * GAIN)) < 0.2
    assert abs(width - 250) < 0.2
