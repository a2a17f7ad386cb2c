"""What the story's patient brings: images, reports, the consent form photographed."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]


@dataclass(frozen=True)
class Papers:
    """Of one patient; `images` writes a CT into a folder, `report` a PDF for an item of the checklist."""

    number: str
    name: str
    examination: str
    slices: int
    checklist: tuple[str, ...]
    images: Callable[[Path], Path]
    report: Callable[[str, Path], Path]


def photographed(form: bytes, path: Path) -> Path:
    """The printed form as a telephone sees it."""
    picture = BytesIO()
    pypdfium2.PdfDocument(form)[0].render(scale=1.5).to_pil().convert("RGB").save(picture, "JPEG", quality=80)
    path.write_bytes(picture.getvalue())
    return path
