"""Finds the rows that a request's path names, among those that the caller may see."""

from collections.abc import Sequence
from typing import Any, TypeVar

from aiohttp import web
from sqlalchemy import exists
from sqlalchemy import select as sql_select
from sqlmodel import Session, col

from imaging.actor import ACTOR
from imaging.archive import Archive
from imaging.errors import NotAllowed, NotFound
from imaging.index.access import (
    LOCATING,
    Located,
    LocatedSeries,
    View,
    find_study,
    locate,
    locate_series,
    may_download,
    may_still_see,
)
from imaging.index.model import Instance, InstanceDetail, Series, Study
from imaging.pictures import middle_of
from imaging.reads import keep, keep_one
from imaging.store.packs import Damaged, Opened
from imaging.web import archive_of

T = TypeVar("T")
NUMBER_THEN_ARRIVAL = (col(Series.number), col(Series.id), col(Instance.number), col(Instance.id))


def view_of(request: web.Request) -> View:
    return archive_of(request).view(request[ACTOR])


def study_in(session: Session, request: web.Request, view: View) -> Study:
    return find_study(session, view, request.match_info["study"], request.query.get("hospital"))


async def one_instance(request: web.Request) -> Located:
    path, archive = request.match_info, archive_of(request)
    uids = (path["study"], path["series"], path["instance"])
    found = locate(archive.index, view_of(request), uids, request.query.get("hospital"))
    await keep(request, [(found.hospital, found.study_uid)])
    return found


async def opened_pack(archive: Archive, series: int, pack: str) -> Opened | None:
    """None: there is none, or it cannot be read and will be made anew; then frames are read as they are stored."""
    if not pack:
        archive.packing.wanted(series)
        return None
    try:
        return await archive.packs.open(pack)
    except Damaged:
        await archive.packing.damaged(series, pack)
        return None


async def to_download(request: web.Request) -> tuple[Study, list[Instance]]:
    """The study, and every instance below the path, ordered by series and number.

    Raises NotAllowed for whom the study is opened only to be looked at.
    """
    study, rows = await _below(request, (Instance,), to_download=True)
    return study, [row[0] for row in rows]


async def one_series(request: web.Request) -> LocatedSeries:
    path, archive = request.match_info, archive_of(request)
    uids = path["study"], path["series"]
    found = locate_series(archive.index, view_of(request), uids, request.query.get("hospital"))
    await keep(request, [(found.hospital, found.study_uid)])
    return found


async def metadata_below(request: web.Request) -> list[tuple[str, str, bytes]]:
    """The metadata of every instance below the path, with the UIDs of its series and its own, in the same order."""
    _, rows = await _below(request, (Series.series_uid, Instance.sop_uid, InstanceDetail.dicom_json))
    return [(series_uid, sop_uid, text) for series_uid, sop_uid, text in rows]


async def _below(
    request: web.Request, columns: tuple[Any, ...], *, to_download: bool = False
) -> tuple[Study, Sequence[Any]]:
    view = view_of(request)

    def work(session: Session) -> tuple[Study, Sequence[Any]]:
        study = study_in(session, request, view)
        if to_download and not may_download(session, view, study.id):
            raise NotAllowed("You may look at this study and not download it.", reason="only_to_look_at")
        query = (
            sql_select(*columns)
            .where(col(Instance.series) == Series.id, col(InstanceDetail.instance) == Instance.id)
            .where(col(Series.study) == study.id)
            .order_by(*NUMBER_THEN_ARRIVAL)
        )
        if (series_uid := request.match_info.get("series")) is not None:
            query = query.where(col(Series.series_uid) == series_uid)
        if (sop_uid := request.match_info.get("instance")) is not None:
            query = query.where(col(Instance.sop_uid) == sop_uid)
        found = session.execute(query).all()
        if not found:
            raise NotFound
        return study, found

    study, below = await archive_of(request).index.read(work)
    await keep_one(request, study)
    return study, below


async def middle_instance(request: web.Request) -> Located:
    """The instance that represents the path: itself, or the middle one with pixels of the series or study."""
    if "instance" in request.match_info:
        return await one_instance(request)
    view = view_of(request)

    def work(session: Session) -> Located:
        study = study_in(session, request, view)
        query = (
            sql_select(col(Series.id))
            .where(
                col(Series.study) == study.id,
                exists().where(col(Instance.series) == Series.id, col(Instance.frames) > 0),
            )
            .order_by(col(Series.number), col(Series.id))
        )
        if (series_uid := request.match_info.get("series")) is not None:
            query = query.where(col(Series.series_uid) == series_uid)
        series = session.scalar(query.limit(1))
        middle = None if series is None else middle_of(session, series)
        if middle is None:
            raise NotFound
        return Located.of(*session.execute(LOCATING.where(col(Instance.id) == middle.id)).one())

    found = await archive_of(request).index.read(work)
    await keep(request, [(found.hospital, found.study_uid)])
    return found


class Watch:
    """Stops a long answer at its next part if the reader has lost access meanwhile."""

    def __init__(self, archive: Archive, view: View, study: int | None) -> None:
        self._archive = archive
        self._actor = view.actor
        self._study = study
        self._generation = archive.grants.generation

    async def still_allowed(self) -> bool:
        if self._archive.grants.generation == self._generation:
            return True
        self._generation = self._archive.grants.generation
        view = self._archive.view(self._actor)
        return await self._archive.index.read(lambda session: may_still_see(session, view, self._study))
