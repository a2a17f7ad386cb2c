"""Finds the rows that a request's path names, among those that the caller may see."""

from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web
from sqlalchemy import exists
from sqlmodel import Session, col, select

from imaging.actor import ACTOR
from imaging.archive import Archive
from imaging.errors import NotAllowed, NotFound
from imaging.index.access import View, find_instance, find_study, may_download, may_still_see
from imaging.index.model import Instance, InstanceDetail, Series, Study
from imaging.layout import Layout, decode
from imaging.pictures import middle_of
from imaging.reads import keep_one
from imaging.web import archive_of

T = TypeVar("T")
NUMBER_THEN_ARRIVAL = (col(Series.number), col(Series.id), col(Instance.number), col(Instance.id))


@dataclass(frozen=True)
class OneInstance:
    study: Study
    series: Series
    instance: Instance
    detail: InstanceDetail

    @property
    def layout(self) -> Layout:
        return decode(self.detail.layout)


def view_of(request: web.Request) -> View:
    return archive_of(request).view(request[ACTOR])


def study_in(session: Session, request: web.Request, view: View) -> Study:
    return find_study(session, view, request.match_info["study"], request.query.get("hospital"))


async def one_instance(request: web.Request) -> OneInstance:
    view, path = view_of(request), request.match_info
    uids = (path["study"], path["series"], path["instance"])
    hospital = request.query.get("hospital")
    found = await archive_of(request).index.read(
        lambda session: OneInstance(*find_instance(session, view, uids, hospital))
    )
    await keep_one(request, found.study)
    return found


async def instances_below(
    request: web.Request, *, to_download: bool = False
) -> tuple[Study, list[tuple[Series, Instance, bytes]]]:
    """The study, and every instance below the path with its metadata, ordered by series and number.

    `to_download`: raises NotAllowed for whom it is opened only to be looked at.
    """
    view = view_of(request)

    def work(session: Session) -> tuple[Study, list[tuple[Series, Instance, bytes]]]:
        study = study_in(session, request, view)
        if to_download and not may_download(session, view, study.id):
            raise NotAllowed("You may look at this study and not download it.", reason="only_to_look_at")
        query = (
            select(Series, Instance, InstanceDetail.dicom_json)
            .where(Instance.series == Series.id, InstanceDetail.instance == Instance.id)
            .where(Series.study == study.id)
            .order_by(*NUMBER_THEN_ARRIVAL)
        )
        if (series_uid := request.match_info.get("series")) is not None:
            query = query.where(Series.series_uid == series_uid)
        if (sop_uid := request.match_info.get("instance")) is not None:
            query = query.where(Instance.sop_uid == sop_uid)
        found = [(series, instance, text) for series, instance, text in session.exec(query)]
        if not found:
            raise NotFound
        return study, found

    study, below = await archive_of(request).index.read(work)
    await keep_one(request, study)
    return study, below


async def middle_instance(request: web.Request) -> OneInstance:
    """The instance that represents the path: itself, or the middle one with pixels of the series or study."""
    if "instance" in request.match_info:
        return await one_instance(request)
    view = view_of(request)

    def work(session: Session) -> OneInstance:
        study = study_in(session, request, view)
        query = (
            select(Series)
            .where(
                Series.study == study.id, exists().where(col(Instance.series) == Series.id, col(Instance.frames) > 0)
            )
            .order_by(col(Series.number), col(Series.id))
        )
        if (series_uid := request.match_info.get("series")) is not None:
            query = query.where(Series.series_uid == series_uid)
        series = session.exec(query.limit(1)).one_or_none()
        middle = None if series is None or series.id is None else middle_of(session, series.id)
        if series is None or middle is None:
            raise NotFound
        return OneInstance(study, series, middle, session.get_one(InstanceDetail, middle.id))

    found = await archive_of(request).index.read(work)
    await keep_one(request, found.study)
    return found


class Watch:
    """Stops a long answer at its next part if the reader has lost access meanwhile."""

    def __init__(self, archive: Archive, view: View, study: Study) -> None:
        self._archive = archive
        self._actor = view.actor
        self._study = study
        self._generation = archive.grants.generation

    async def still_allowed(self) -> bool:
        if self._archive.grants.generation == self._generation:
            return True
        self._generation = self._archive.grants.generation
        view = self._archive.view(self._actor)
        return await self._archive.index.read(lambda session: may_still_see(session, view, self._study.id))
