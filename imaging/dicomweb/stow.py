"""STOW-RS (PS3.18 §10.5): parts are spooled as they come, each is judged alone, and the answer lists every one."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, BinaryIO

from aiohttp import web

from imaging.actor import storing_actor
from imaging.dicomweb.multipart import PartBegins, PartData, Splitter, parameters
from imaging.errors import Invalid, TooLarge, UnsupportedMediaType
from imaging.ingest.pipeline import Outcome
from imaging.ingest.record import Kept
from imaging.store.objects import CHUNK, discard
from imaging.web import archive_of, json_body

EMPTY = Outcome(None, code="empty", sentence="The file is empty.")
"""The outcome of an empty part, which costs no file, worker or row."""
AT_ONCE = 16
"""Parts between reception and index: bounds the spool, and lets their commits share a disk sync."""

# Failure and warning reasons (PS3.18 table I.2-2, PS3.4 §GG.4).
CANNOT_UNDERSTAND, NOT_OF_STUDY, UNSUPPORTED, NO_RESOURCES = 0xC000, 0xA900, 0x0122, 0xA700
COERCED = 0xB000
REASONS = {"other_study": NOT_OF_STUDY, "unsupported": UNSUPPORTED, "too_large": NO_RESOURCES}


async def store(request: web.Request) -> web.Response:
    actor = storing_actor(request)
    archive = archive_of(request)
    only = request.match_info.get("study")
    room = asyncio.Semaphore(AT_ONCE)
    outcomes: list[asyncio.Task[Outcome] | Outcome] = []

    async def take(path: Path) -> Outcome:
        try:
            return await archive.pipeline.take(path, actor.hospital, by=actor.id, only_study=only)
        finally:
            discard(path)
            room.release()

    broken: Exception | None = None
    async with asyncio.TaskGroup() as group:
        try:
            async for path in _spooled_parts(request):
                if path is None:
                    outcomes.append(EMPTY)
                    continue
                await room.acquire()
                outcomes.append(group.create_task(take(path)))
        except Exception as error:
            broken = error  # the parts that were complete before it are kept
    if broken is not None:
        raise broken
    return _answer(request, [each if isinstance(each, Outcome) else each.result() for each in outcomes])


async def _spooled_parts(request: web.Request) -> AsyncIterator[Path | None]:
    """The path of each received part, once it is complete; None for an empty part."""
    archive = archive_of(request)
    media_type, values = parameters(request.headers.get("Content-Type", ""))
    if media_type == "application/dicom":
        path = archive.objects.spooled()
        with path.open("wb") as out:
            async for block in request.content.iter_chunked(CHUNK):
                _bounded_write(out, block, archive.limits.file_bytes)
        yield path
        return
    if media_type != "multipart/related" or values.get("type", "application/dicom") != "application/dicom":
        raise UnsupportedMediaType("Send multipart/related; type=application/dicom.")
    splitter = Splitter(values.get("boundary", ""))
    receiving: tuple[Path, BinaryIO] | None = None
    limit, count = archive.limits.request_parts, 0
    try:
        async for block in request.content.iter_any():
            for piece in splitter.feed(block):
                if isinstance(piece, PartBegins):
                    count += 1
                    if count > limit:
                        raise TooLarge(
                            f"The request has more than {limit} parts; send several requests.",
                            reason="too_many_parts",
                            largest=limit,
                        )
                elif isinstance(piece, PartData):
                    if receiving is None:
                        path = archive.objects.spooled()
                        receiving = path, path.open("wb")
                    _bounded_write(receiving[1], piece.data, archive.limits.file_bytes)
                elif receiving is None:
                    yield None
                else:
                    receiving[1].close()
                    path, receiving = receiving[0], None
                    yield path
        splitter.close()
        if not count:
            raise Invalid("The request holds no part.")
    finally:
        if receiving is not None:
            receiving[1].close()
            receiving[0].unlink(missing_ok=True)


def _bounded_write(out: BinaryIO, data: bytes, limit: int) -> None:
    if out.tell() + len(data) > limit:
        raise TooLarge("A file of the request is larger than a file may be.")
    out.write(data)


def _answer(request: web.Request, outcomes: list[Outcome]) -> web.Response:
    base = request.path.partition("/studies")[0]
    stored = [_stored(base, one) for one in outcomes if one.kept]
    failed = [_failed(one) for one in outcomes if not one.kept and one.sop_uid]
    unknown = [_failed(one) for one in outcomes if not one.kept and not one.sop_uid]
    body: dict[str, Any] = {}
    studies = {one.study_uid for one in outcomes if one.kept}
    if len(studies) == 1:
        body["00081190"] = {"vr": "UR", "Value": [f"{base}/studies/{studies.pop()}"]}
    for tag, items in (("00081198", failed), ("00081199", stored), ("0008119A", unknown)):
        if items:
            body[tag] = {"vr": "SQ", "Value": items}
    warned = any(one.kept is Kept.CONFLICT for one in outcomes)
    status = 409 if not stored else 202 if failed or unknown or warned else 200
    response = json_body(body, status=status, media_type="application/dicom+json")
    if warned:
        response.headers["Warning"] = '299 telemed "Other bytes exist under a SOP Instance UID of the request."'
    return response


def _named(outcome: Outcome) -> dict[str, Any]:
    item: dict[str, Any] = {}
    if outcome.sop_class:
        item["00081150"] = {"vr": "UI", "Value": [outcome.sop_class]}
    if outcome.sop_uid:
        item["00081155"] = {"vr": "UI", "Value": [outcome.sop_uid]}
    return item


def _stored(base: str, outcome: Outcome) -> dict[str, Any]:
    url = f"{base}/studies/{outcome.study_uid}/series/{outcome.series_uid}/instances/{outcome.sop_uid}"
    item = {**_named(outcome), "00081190": {"vr": "UR", "Value": [url]}}
    if outcome.kept is Kept.CONFLICT:
        item["00081196"] = {"vr": "US", "Value": [COERCED]}
        item["00000902"] = {"vr": "LO", "Value": ["conflict: other bytes are stored under this UID; both are kept"]}
    return item


def _failed(outcome: Outcome) -> dict[str, Any]:
    return {
        **_named(outcome),
        "00000902": {"vr": "LO", "Value": [f"{outcome.code}: {outcome.sentence}"]},
        "00081197": {"vr": "US", "Value": [REASONS.get(outcome.code, CANNOT_UNDERSTAND)]},
    }
