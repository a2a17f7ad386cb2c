"""A CT of 200 slices for a patient of the demonstration, as files in a folder."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydicom import dcmread

from telemed.demo.images.header import Study
from telemed.demo.images.phantom import Findings
from telemed.demo.images.studies import INSTITUTION
from telemed.demo.images.synthetic import ct
from telemed.demo.patients import PatientText

SLICES = 200


@dataclass(frozen=True)
class Stack:
    """A CT of 512 x 512 pixels, 16 bit, uncompressed: about 105 MB."""

    uid: str
    files: tuple[Path, ...]

    @property
    def series(self) -> str:
        return str(dcmread(self.files[0], stop_before_pixels=True).SeriesInstanceUID)

    @property
    def folder(self) -> Path:
        return self.files[0].parent


def stack(patient: PatientText, key: str, folder: Path) -> Stack:
    now = datetime.now(UTC)
    study = Study(f"bench-{key}", patient.hospital, INSTITUTION[patient.hospital], patient.person(), "CT", 
                  "胸部平扫 CT", "CHEST", timedelta(hours=2))  # fmt: skip
    made = ct(study, now, Findings(), slices=SLICES, step=1.5, series_name="薄层 1.5 mm")
    at = folder / key
    at.mkdir(parents=True)
    files = []
    for number, data in enumerate(made, start=1):
        path = at / f"IM{number:04d}"
        path.write_bytes(data)
        files.append(path)
    return Stack(str(study.study_uid), tuple(files))


def frame_addresses(instances: list[dict[str, Any]]) -> list[str]:
    """The first frame of each instance that a QIDO answer lists."""

    def first(row: dict[str, Any], tag: str) -> str:
        value: str = row[tag]["Value"][0]
        return value

    return [
        f"/dicomweb/studies/{first(row, '0020000D')}/series/{first(row, '0020000E')}"
        f"/instances/{first(row, '00080018')}/frames/1"
        for row in instances
    ]
