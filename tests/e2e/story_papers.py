"""What the story's patient brings: the CT and reports of the demonstration's samples, the consent form photographed."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from telemed.demo import samples
from telemed.demo.samples import CHECKLIST, EXAMINATION, PATIENT, SLICES

__all__ = ["CHECKLIST", "EXAMINATION", "PATIENT", "SLICES", "checklist_report", "images", "photographed"]


def images(folder: Path) -> Path:
    return samples.images(folder, datetime.now(UTC), "story")


def checklist_report(kind: str, folder: Path) -> Path:
    return samples.paper(kind, folder, datetime.now(UTC))


def photographed(form: bytes, path: Path) -> Path:
    """The printed form as a telephone sees it."""
    picture = BytesIO()
    pypdfium2.PdfDocument(form)[0].render(scale=1.5).to_pil().convert("RGB").save(picture, "JPEG", quality=80)
    path.write_bytes(picture.getvalue())
    return path
