"""The routes under /imaging, and opening a study for a viewer in one answer."""

from typing import Any

from aiohttp import web
from sqlmodel import Session, col, select

from imaging.index.model import Instance, Series, Study
from imaging.lookup import NUMBER_THEN_ARRIVAL, study_in, view_of
from imaging.native.batches import add_batch_routes
from imaging.native.tus import add_tus_routes
from imaging.outbox import describe
from imaging.pictures import middle_frame
from imaging.reads import keep
from imaging.web import archive_of, json_body


async def open_study(request: web.Request) -> web.Response:
    """The study and its series with display hints, saving a viewer three round trips."""
    view = view_of(request)

    def work(session: Session) -> dict[str, Any]:
        study = study_in(session, request, view)
        query = (
            select(Series, Instance)
            .where(Instance.series == Series.id, Series.study == study.id)
            .order_by(col(Series.number).is_(None), *NUMBER_THEN_ARRIVAL)
        )
        by_series: dict[int | None, tuple[Series, list[Instance]]] = {}
        for series, instance in session.exec(query):
            by_series.setdefault(series.id, (series, []))[1].append(instance)
        return {
            "hospital": study.hospital,
            **describe(session, study),
            "InstitutionName": study.institution,
            "TimezoneOffsetFromUTC": study.timezone_offset,
            "received_at": study.received_at.isoformat(),
            "series": [_series(study, series, instances) for series, instances in by_series.values()],
        }

    shown = await archive_of(request).index.read(work)
    await keep(request, [(shown["hospital"], request.match_info["study"])])
    return json_body(shown)


def _series(study: Study, series: Series, instances: list[Instance]) -> dict[str, Any]:
    pictures = [one for one in instances if one.frames]
    middle = pictures[len(pictures) // 2] if pictures else None
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


def add_native_routes(app: web.Application) -> None:
    for prefix in ("", "/s/{signin:[A-Za-z0-9_-]{8,128}}"):
        add_tus_routes(app, prefix)
        add_batch_routes(app, prefix)
        app.router.add_get(prefix + "/open/{study:[0-9.]{1,64}}", open_study)
