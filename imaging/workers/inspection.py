"""Inspects one received file in a worker process: attributes, metadata and layout, in one pass."""

import hashlib
import mmap
import re
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice, product
from pathlib import Path
from typing import Any

import msgspec

from imaging import layout as layouts
from imaging.charset import TextReading
from imaging.dicom_json import ORIGINAL_ATTRIBUTES, JsonDataSet, JsonWriter, original_label
from imaging.errors import Refused
from imaging.frames import lay_out, number_of
from imaging.limits import Limits
from imaging.part10 import IDENTITY, Part10, read_part10
from imaging.workers.jobs import Inspected

HANZI = re.compile("[一-鿿]")
LABEL = 200  # characters; the most that is told of a wrong one

STUDY = {
    "patient_name": "00100010",
    "patient_id": "00100020",
    "issuer_of_patient_id": "00100021",
    "patient_birth_date": "00100030",
    "patient_sex": "00100040",
    "study_date": "00080020",
    "study_time": "00080030",
    "timezone_offset": "00080201",
    "accession_number": "00080050",
    "study_id": "00200010",
    "description": "00081030",
    "referring_physician": "00080090",
    "institution": "00080080",
}
SERIES = {
    "modality": "00080060",
    "description": "0008103E",
    "body_part": "00180015",
    "laterality": "00200060",
    "protocol": "00181030",
    "series_date": "00080021",
    "series_time": "00080031",
    "step_start_date": "00400244",
    "step_start_time": "00400245",
    "manufacturer": "00080070",
}


def inspect_file(path: Path, sidecar: Path, limits: Limits) -> Inspected:
    """Inspects a file. Raises Refused. Writes `sidecar` only if frames cannot be cut out of the original."""
    if path.stat().st_size == 0:
        raise Refused("empty", "The file is empty.")
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as buffer:
        try:
            received_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            return _inspect(read_part10(buffer, limits), received_at, sidecar, limits)
        except RecursionError as error:
            raise Refused("too_deep", "Sequences are nested too deep.") from error


def _inspect(file: Part10, received_at: datetime, sidecar: Path, limits: Limits) -> Inspected:
    if not all(file.text(tag) for name, tag in IDENTITY.items() if name != "sop_class"):
        raise Refused("no_uid", "The file does not name its study, series and instance (UIDs are missing).")
    about = file.identity()
    if not (about["study_uid"] and about["series_uid"] and about["sop_uid"]):
        raise Refused("bad_uid", "A UID of the file is not made of digits and dots, at most 64.")
    writer = JsonWriter(file)
    try:
        metadata = writer.data_set(file.elements)
        assert writer.charset is not None
        with sidecar.open("wb") as out:
            layout, frame_syntax, has_sidecar = lay_out(file, writer.bulk, out, limits)
    except Refused as refused:
        refused.about = about
        raise
    if not has_sidecar:
        sidecar.unlink()
    if layout.count:
        metadata["00083002"] = {"vr": "UI", "Value": [frame_syntax]}
    charset = writer.charset
    if charset.reading is not TextReading.as_labelled:
        before = metadata.get(ORIGINAL_ATTRIBUTES, {}).get("Value", [])
        said = original_label(charset.reading, charset.label, received_at)
        metadata[ORIGINAL_ATTRIBUTES] = {"vr": "SQ", "Value": [*before, said]}
    study = {name: _text(metadata, tag) for name, tag in STUDY.items()}
    return Inspected(
        **about,
        transfer_syntax=file.transfer_syntax,
        study=study,
        series={name: _text(metadata, tag) for name, tag in SERIES.items()},
        series_number=_whole(metadata, "00200011"),
        instance_number=_whole(metadata, "00200013"),
        laterality=_text(metadata, "00200062"),
        rows=number_of(file, 0x00280010),
        columns=number_of(file, 0x00280011),
        bits_allocated=number_of(file, 0x00280100),
        frames=layout.count,
        frame_syntax=frame_syntax if layout.count else "",
        sidecar=has_sidecar,
        repaired_text=writer.repaired,
        text_reading=charset.reading,
        charset_label=charset.label[:LABEL],
        name_forms=list(name_forms(study["patient_name"])),
        dicom_json=msgspec.json.encode(dict(sorted(metadata.items()))),
        layout=layouts.encode(layout),
    )


def _text(metadata: JsonDataSet, tag: str) -> str:
    """The first value as text; the groups of a person's name are joined by '='."""
    value: Any = (metadata.get(tag, {}).get("Value") or [""])[0]
    if isinstance(value, dict):
        groups = [value.get(group, "") for group in ("Alphabetic", "Ideographic", "Phonetic")]
        return "=".join(groups).rstrip("=")
    return "" if value is None else str(value)


def _whole(metadata: JsonDataSet, tag: str) -> int | None:
    try:
        number = int(_text(metadata, tag))
    except ValueError:
        return None
    return number if abs(number) < 1 << 31 else None


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@lru_cache(maxsize=256)
def name_forms(name: str) -> tuple[str, ...]:
    """The spellings by which a person can be found: as written, joined, pinyin with and without spaces, initials."""
    forms: dict[str, None] = {}
    for group in name.split("="):
        spaced = " ".join(group.replace("^", " ").split()).casefold()
        if not spaced:
            continue
        joined = spaced.replace(" ", "")
        forms[spaced] = forms[joined] = None
        if not HANZI.search(joined):
            continue
        for syllables in _readings(joined):
            forms[" ".join(syllables)] = forms["".join(syllables)] = None
            forms[" ".join((syllables[0], "".join(syllables[1:])))] = None
            forms["".join(syllable[0] for syllable in syllables)] = None
    return tuple(form for form in forms if form)


def _readings(text: str) -> list[tuple[str, ...]]:
    from pypinyin import Style, pinyin  # slow to import, and names are cached

    choices = pinyin(text, style=Style.NORMAL, heteronym=True)
    # From the last to the first, so that the family name, of which the rarer reading is often the right one, varies
    # first.
    return [reading[::-1] for reading in islice(product(*reversed(choices)), 8)]
