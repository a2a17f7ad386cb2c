"""Tells the program that mounts us who reads which study, before the first byte; alone, nobody keeps it."""

from collections.abc import Collection, Iterable
from typing import Protocol

from aiohttp import web
from aiohttp.typedefs import Handler

from imaging.actor import ACTOR
from imaging.errors import NotAllowed, NotFound
from imaging.index.model import Study

Read = tuple[str, str]
"""A study: its hospital and its StudyInstanceUID."""


class Reads(Protocol):
    """Both return once it is on disk, and raise Unavailable if it cannot be kept."""

    async def read(self, request: web.Request, studies: Collection[Read]) -> None: ...

    async def refused(self, request: web.Request, study_uid: str, code: str) -> None: ...


READS = web.AppKey("imaging_reads", Reads)


async def keep(request: web.Request, studies: Iterable[Read]) -> None:
    if (reads := request.config_dict.get(READS)) is not None:
        await reads.read(request, {*studies})


async def keep_one(request: web.Request, study: Study) -> None:
    await keep(request, [(study.hospital, study.study_uid)])


@web.middleware
async def refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Of known callers only: many strangers must not reach the database."""
    try:
        return await handler(request)
    except (NotAllowed, NotFound) as refusal:
        reads, study_uid = request.config_dict.get(READS), request.match_info.get("study")  # WADO-URI writes it there
        if reads is not None and study_uid is not None and ACTOR in request and request.method == "GET":
            await reads.refused(request, study_uid, refusal.code)
        raise
