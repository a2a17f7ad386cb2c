"""Folders of images for the upload page."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from pydicom import Dataset

from tests.e2e.viewer.studies import ct_stack

SLICES = 6


def images_of(case: dict[str, Any], study: int, **other: str) -> list[Dataset]:
    """A small CT whose header says what the record says, save for `other`."""
    patient = case["patient"]
    number = next(each["value"] for each in patient["identifiers"] if each["issuer_hospital"] == case["branch_id"])
    stack = ct_stack(study, patient=patient["name"], number=number, slices=SLICES)
    for ds in stack:
        ds.PatientSex = {"male": "M", "female": "F"}[patient["sex"]]
        ds.PatientBirthDate = patient["birth_date"].replace("-", "")
        ds.PatientName = f"={patient['name']}"
        for keyword, value in other.items():
            setattr(ds, keyword, value)
    return stack


def folder_of(stack: list[Dataset], folder: Path) -> Path:
    folder.mkdir(parents=True)
    for index, ds in enumerate(stack):
        ds.save_as(folder / f"IM{index:04d}", enforce_file_format=True)
    return folder


def choose_folder(page: Page, folder: Path) -> None:
    page.get_by_label("选择文件夹", exact=True).and_(page.locator("input")).set_input_files(folder)
