"""Whether pictures and names come out right: pydicom's files and those made for the rules, compared with pydicom.

A picture that is refused by name is not wrong, and neither is one that pydicom cannot decode (it is counted beside).
"""

import io
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from PIL import Image
from pydicom import Dataset, dcmread
from pydicom.uid import UID

from imaging.charset import TextReading
from tests.bench.workshop import Measured, Workshop, browsers
from tests.e2e.viewer.kit import painted
from tests.e2e.viewer.site import Site, build_page, running_site
from tests.imaging.corpus import bundled_files, coloured, frames_of, more_files, picture
from tests.imaging.labelled import BYTES, LABELS, read
from tests.imaging.left_to_archive import LEFT
from tests.imaging.made import uid
from tests.imaging.picture_rules import RULES
from tests.imaging.rule import TOLERANCE, Array, expected, file_of


@dataclass(frozen=True)
class Case:
    name: str
    ds: Dataset
    frame: int
    want: Array | None
    """None where pydicom cannot decode it."""


def wrong_pixels(shop: Workshop) -> Measured:
    """Pictures of the archive and of the canvas that are off by more than 2/255: of each file the first, the middle and
    the last frame. What could not be stored is refused."""
    pages = shop.folder / "pages"
    found: Counter[str] = Counter()
    wrong: list[str] = []
    with (
        warnings.catch_warnings(),
        running_site(shop.folder / "pixels", build_page(pages)) as site,
        browsers(1) as (browser,),
    ):
        warnings.simplefilter("ignore")  # of pydicom, about files that are wrong on purpose
        for case in chain(_corpus(), _made()):
            try:
                site.store(case.ds)
            except Exception:
                found["not stored"] += 1
                continue
            page = browser.new_page()
            page.goto(f"{site.url}/index.html")
            for place, picture in (("archive", _archive(site, case)), ("canvas", painted(page, case.ds, case.frame))):
                verdict = _verdict(picture, case.want)
                found[verdict] += 1
                if verdict == "wrong":
                    wrong.append(f"{place} {case.name} {case.frame}")
            page.close()
    print(*wrong, sep="\n")
    return Measured(found["wrong"], found.total(), ", ".join(f"{found[each]} {each}" for each in sorted(found)))


def _verdict(picture: Array | None, want: Array | None) -> str:
    if picture is None:
        return "refused"
    if want is None:
        return "shown that pydicom cannot decode"
    return "right" if picture.shape == want.shape and np.abs(picture - want).max() <= TOLERANCE else "wrong"


def _corpus() -> Iterator[Case]:
    for path in bundled_files() + more_files():
        for frame in frames_of(path):
            yield Case(
                path.name, _own(dcmread(path), f"{path.name} {path.parent.name} {frame}"), frame, picture(path, frame)
            )


def _own(ds: Dataset, key: str) -> Dataset:
    """A study of its own: several files are one instance in different transfer syntaxes."""
    ds.StudyInstanceUID, ds.SeriesInstanceUID = uid("corpus", key), uid("corpus", key, "series")
    ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = UID(uid("corpus", key, "1"))
    return ds


def _made() -> Iterator[Case]:
    for rule in (*RULES, *LEFT):
        yield Case(rule.name, file_of(rule), rule.frame, coloured(expected(rule)))


def _archive(site: Site, case: Case) -> Array | None:
    body = site.rendered(case.ds, case.frame)
    return None if body is None else np.asarray(Image.open(io.BytesIO(body)).convert("RGB"), float)


def names_wrong_unmarked(shop: Workshop) -> Measured:
    """Names that come out wrong and are not marked as repaired or not recognised, under each label."""
    wrong = right = 0
    for label in LABELS:
        for value, name, _ in BYTES.values():
            found, _, reading = read(label, name=value)
            right += found == name
            wrong += found != name and reading is TextReading.as_labelled
    return Measured(wrong, len(LABELS) * len(BYTES), f"{right} right")


MEASUREMENTS = {"wrong_pixels": wrong_pixels, "names_wrong_unmarked": names_wrong_unmarked}
