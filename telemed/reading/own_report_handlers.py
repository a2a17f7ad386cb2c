"""The routes of a branch's own reports. The study is always one of the actor's own hospital."""

from aiohttp import web

from telemed.access.policy import ACTOR, role
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.reading import own_lists, own_reports, rules
from telemed.reading.own_report_schemas import (
    OwnReportFilter,
    OwnReportIn,
    OwnReportList,
    OwnReportOut,
    OwnReportPage,
    StudyUid,
)

routes = Routes("", tag="own reports")
readers = role(*rules.READERS)


@routes.get("/own-reports", policy=readers, reads="list")
async def find(request: web.Request, query: OwnReportFilter) -> OwnReportList:
    """The studies of one's own hospital, and how far their reports are."""
    return await own_lists.find(request[DB], request[ACTOR], query, now(request))


@routes.get("/own-reports/{study_uid}", policy=readers)
async def one(request: web.Request, study_uid: StudyUid) -> OwnReportPage:
    """A study of one's own hospital and its own report."""
    return await own_reports.page(request[DB], request[ACTOR], study_uid, now(request))


@routes.post("/own-reports/{study_uid}/claim", policy=readers)
async def claim(request: web.Request, study_uid: StudyUid) -> OwnReportPage:
    """Begin to write it, go on with what a colleague has left, or keep one's draft."""
    await own_reports.claim(request[DB], request[ACTOR], study_uid, now(request))
    return await own_reports.page(request[DB], request[ACTOR], study_uid, now(request))


@routes.put("/own-reports/{study_uid}", policy=readers)
async def save(request: web.Request, study_uid: StudyUid, if_match: int, body: OwnReportIn) -> OwnReportOut:
    """Save the draft as typed."""
    return await own_reports.save(request[DB], request[ACTOR], study_uid, if_match, body, now(request))


@routes.post("/own-reports/{study_uid}/release", policy=readers)
async def release(request: web.Request, study_uid: StudyUid) -> OwnReportPage:
    """Leave one's draft to a colleague."""
    await own_reports.release(request[DB], request[ACTOR], study_uid, now(request))
    return await own_reports.page(request[DB], request[ACTOR], study_uid, now(request))


@routes.post("/own-reports/{study_uid}/sign", policy=readers)
async def sign(request: web.Request, study_uid: StudyUid, if_match: int) -> OwnReportPage:
    """Sign it; over-reads of the study are given it."""
    await own_reports.sign(request[DB], request[ACTOR], study_uid, if_match, now(request))
    return await own_reports.page(request[DB], request[ACTOR], study_uid, now(request))
