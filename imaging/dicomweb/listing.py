"""The metadata of the instances below a path as one list, and that of a whole series, zipped."""

import gzip
from collections.abc import Mapping, Sequence

from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from imaging.archive import Archive
from imaging.index.access import LocatedSeries
from imaging.index.model import Instance, InstanceDetail
from imaging.listings import Key

PLACEHOLDER = b'"BulkDataURI":"~/'
LEVEL = 1  # metadata of one series repeats itself: more takes six times as long and saves a fifth
Row = tuple[str, str, bytes]
"""The UIDs of its series and its own, and the metadata."""


async def series_zipped(archive: Archive, series: LocatedSeries, suffix: str) -> bytes:
    """Of all instances of a series that the caller may see; BulkDataURIs are relative to its metadata's address."""
    key = Key(series.id, series.instances, suffix)
    found = archive.listings.get(key)
    if found is None:
        rows = await archive.index.read(lambda session: _rows(session, series))
        where = {"study": series.study_uid, "series": series.series_uid}
        found = await archive.disk.read(joined, rows, where, suffix, True)
        archive.listings.keep(key, found)
    return found


def _rows(session: Session, series: LocatedSeries) -> list[Row]:
    query = (
        sql_select(col(Instance.sop_uid), col(InstanceDetail.dicom_json))
        .join(InstanceDetail, col(InstanceDetail.instance) == Instance.id)
        .where(col(Instance.series) == series.id)
        .order_by(col(Instance.number), col(Instance.id))
    )
    return [(series.series_uid, sop_uid, text) for sop_uid, text in session.execute(query)]


def joined(rows: Sequence[Row], given: Mapping[str, str], suffix: str, zipped: bool) -> bytes:
    body = b"[" + b",".join(located(row, given, suffix) for row in rows) + b"]"
    return gzip.compress(body, LEVEL, mtime=0) if zipped else body


def located(row: Row, given: Mapping[str, str], suffix: str) -> bytes:
    """Metadata of an instance, its BulkDataURIs relative to the URL of the metadata below the UIDs in `given`."""
    series_uid, sop_uid, text = row
    where = "" if "instance" in given else f"instances/{sop_uid}/"
    if "series" not in given:
        where = f"series/{series_uid}/{where}"
    if suffix:
        return _with_suffix(text, where, suffix)
    return text.replace(PLACEHOLDER, f'"BulkDataURI":"{where}'.encode())


def _with_suffix(text: bytes, where: str, suffix: str) -> bytes:
    """Adds the hospital to the BulkDataURIs of another hospital's copy."""
    first, *rest = text.split(PLACEHOLDER)
    located = [first]
    for piece in rest:
        path, _, after = piece.partition(b'"')
        located.append(f'"BulkDataURI":"{where}'.encode() + path + suffix.encode() + b'"' + after)
    return b"".join(located)
