"""Opening a study for a viewer in one answer: its series, how to show them, and the first slice, small."""

from typing import Any, NamedTuple

import msgspec
from aiohttp import web
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from imaging.dicomweb.accept import JSON, MULTIPART, parse
from imaging.dicomweb.listing import series_zipped
from imaging.dicomweb.multipart import Writer
from imaging.dicomweb.wado import accept_of
from imaging.index.access import LocatedSeries
from imaging.index.model import Instance, Series, Study
from imaging.lookup import opened_pack, study_in, view_of
from imaging.outbox import describe
from imaging.pictures import middle_frame
from imaging.reads import keep
from imaging.store.packs import frames_of
from imaging.syntaxes import HTJ2K_LOSSLESS_RPCL
from imaging.web import archive_of, json_body

SMALL = f"image/jphc; transfer-syntax={HTJ2K_LOSSLESS_RPCL}"


class Listed(NamedTuple):
    """What is told of an instance: its columns as they come, because a study has hundreds."""

    series: int
    sop_uid: str
    sop_class: str
    sha256: str
    frames: int
    bytes: int
    conflicting: bool
    laterality: str
    rows: int | None
    columns: int | None
    frame_syntax: str


LISTED = tuple(getattr(Instance, name) for name in Listed._fields)


class First(NamedTuple):
    """The picture to be shown first."""

    series: LocatedSeries
    instance: Listed


async def open_study(request: web.Request) -> web.Response:
    """The study and its series with display hints, saving a viewer three round trips.

    To who accepts multipart/related also the metadata (zipped) of the series that is asked for, or of the first one
    with pictures; and behind that its middle slice with a quarter of the rows and columns, if the series is packed, and
    where that is in the pack, so that the rest of it can be asked for at once.
    """
    view = view_of(request)

    def work(session: Session) -> tuple[dict[str, Any], First | None]:
        study = study_in(session, request, view)
        by_series = _by_series(session, study)
        shown = {
            "hospital": study.hospital,
            **describe(session, study),
            "InstitutionName": study.institution,
            "TimezoneOffsetFromUTC": study.timezone_offset,
            "received_at": study.received_at.isoformat(),
            "series": [_series(study, series, instances) for series, instances in by_series],
        }
        return shown, _first(study, by_series, request.query.get("series"))

    shown, first = await archive_of(request).index.read(work)
    await keep(request, [(shown["hospital"], request.match_info["study"])])
    if first is None or not any(one.media_type == MULTIPART for one in parse(accept_of(request))):
        return json_body(shown)
    return await _with_first(request, shown, first)


def _by_series(session: Session, study: Study) -> list[tuple[Series, list[Listed]]]:
    """The study's series by their numbers; a series that has no image yet is not among them."""
    by_number = col(Series.number).is_(None), col(Series.number), col(Series.id)
    found = session.exec(select(Series).where(Series.study == study.id).order_by(*by_number)).all()
    instances: dict[int | None, list[Listed]] = {each.id: [] for each in found}
    query = (
        sql_select(*LISTED).where(col(Instance.series).in_(instances)).order_by(col(Instance.number), col(Instance.id))
    )
    for row in session.execute(query):
        one = Listed._make(row)
        instances[one.series].append(one)
    return [(each, listed) for each in found if (listed := instances[each.id])]


async def _with_first(request: web.Request, shown: dict[str, Any], first: First) -> web.Response:
    archive, series, instance = archive_of(request), first.series, first.instance
    number = middle_frame(instance.frames)
    opened = await opened_pack(archive, series.id, series.pack)
    rows = opened.of(instance.sha256) if opened else []
    frame = rows[number - 1] if number <= len(rows) else None
    body, place = b"", None
    if opened is not None and frame is not None and frame.length:
        body = bytes(await archive.frames.read(frames_of(series.pack), [(frame.offset, frame.quarter)]))
        place = {"version": series.pack, "position": opened.frames.index(frame), "length": frame.length}
    suffix = f"?hospital={own}" if (own := request.query.get("hospital")) else ""
    shown["first"] = {
        "SeriesInstanceUID": series.series_uid,
        "SOPInstanceUID": instance.sop_uid,
        "frame": number,
        "preview": len(body),
        "pack": place,
    }
    writer, text = Writer("application/json"), msgspec.json.encode(shown)
    parts = writer.head("application/json", len(text)) + text + b"\r\n"
    listed = await series_zipped(archive, series, suffix)
    parts += writer.head(JSON, len(listed), encoding="gzip") + listed + b"\r\n"
    if body:
        parts += writer.head(SMALL, len(body)) + body + b"\r\n"
    return web.Response(body=parts + writer.end(), headers={"Content-Type": writer.content_type, "Vary": "Accept"})


def _first(study: Study, by_series: list[tuple[Series, list[Listed]]], wanted: str | None) -> First | None:
    for series, instances in by_series:
        middle = _middle(instances)
        if middle is not None and wanted in (None, series.series_uid):
            assert study.id is not None
            assert series.id is not None
            whose = study.id, study.hospital, study.study_uid
            located = LocatedSeries(*whose, series.id, series.series_uid, series.instance_count, series.pack)
            return First(located, middle)
    return None


def _middle(instances: list[Listed]) -> Listed | None:
    pictures = [one for one in instances if one.frames]
    return pictures[len(pictures) // 2] if pictures else None


def _series(study: Study, series: Series, instances: list[Listed]) -> dict[str, Any]:
    middle = _middle(instances)
    return {
        "SeriesInstanceUID": series.series_uid,
        "Modality": series.modality,
        "SeriesNumber": series.number,
        "SeriesDescription": series.description,
        "BodyPartExamined": series.body_part,
        "Laterality": series.laterality or (middle.laterality if middle else ""),
        "ProtocolName": series.protocol,
        "SeriesDate": series.series_date or study.study_date,
        "SeriesTime": series.series_time or study.study_time,
        "instance_count": len(instances),
        "frame_count": sum(one.frames for one in instances),
        "conflicts": sum(one.conflicting for one in instances),
        "pack": series.pack,
        "bytes": sum(one.bytes for one in instances),
        "middle": middle
        and {
            "SOPInstanceUID": middle.sop_uid,
            "SOPClassUID": middle.sop_class,
            "frame": middle_frame(middle.frames),
            "Rows": middle.rows,
            "Columns": middle.columns,
            "NumberOfFrames": middle.frames,
            "TransferSyntaxUID": middle.frame_syntax,
        },
    }
