"""Batches: the files that a person sends together, the outcome of each, and the end, which counts them."""

from typing import Any, TypeVar
from uuid import UUID

import msgspec
from aiohttp import web
from sqlmodel import Session, col, select

from imaging.actor import storing_actor
from imaging.errors import Conflict, Invalid, NotAllowed, NotFound
from imaging.index.model import Batch, Study, Upload, UploadState
from imaging.ingest.batch import declare
from imaging.web import archive_of, json_body

T = TypeVar("T")
DONE = (UploadState.STORED, UploadState.DUPLICATE, UploadState.CONFLICT)


class NewBatch(msgspec.Struct, forbid_unknown_fields=True):
    expected_files: int | None = None
    study_hint: str = ""


class Finish(msgspec.Struct, forbid_unknown_fields=True):
    abandon: bool = False
    """Ends the batch although files are missing: declares no counts."""


async def create(request: web.Request) -> web.Response:
    actor, archive = storing_actor(request), archive_of(request)
    given = await _body(request, NewBatch)
    if given.expected_files is not None and not 0 <= given.expected_files <= 1_000_000:
        raise Invalid("expected_files makes no sense.")
    if "\0" in given.study_hint:
        raise Invalid("A text holds a NUL character.")
    batch = Batch(
        hospital=actor.hospital,
        owner=actor.id,
        expected_files=given.expected_files,
        study_hint=given.study_hint[:200],
        created_at=archive.now(),
    )
    key = batch.id
    await archive.index.write(lambda session: session.add(batch))
    return json_body(await archive.index.read(lambda session: _show(session, _find(session, key, actor.hospital))))


async def show(request: web.Request) -> web.Response:
    actor = storing_actor(request)
    key = _key(request)
    return json_body(
        await archive_of(request).index.read(lambda session: _show(session, _find(session, key, actor.hospital)))
    )


async def finish(request: web.Request) -> web.Response:
    """Ends the batch: no more files follow, and each of its studies gets the number of files sent."""
    actor, archive = storing_actor(request), archive_of(request)
    key, given = _key(request), await _body(request, Finish)

    def work(session: Session) -> dict[str, Any]:
        batch = _find(session, key, actor.hospital)
        if batch.owner != actor.id:
            raise NotAllowed("Only who began to send these files can say that they are all.")
        if batch.finished_at is not None:
            return _show(session, batch)
        sent = session.exec(select(Upload).where(Upload.batch == key, col(Upload.parent).is_(None))).all()
        underway = [upload for upload in sent if upload.state == UploadState.RECEIVING]
        missing = len(underway) + max(0, (batch.expected_files or 0) - len(sent))
        if missing and not given.abandon:
            raise Conflict(f"{missing} files have not arrived yet.", missing=missing)
        batch.finished_at = archive.now()
        batch.abandoned = missing > 0
        for upload in underway:
            upload.state, upload.code = UploadState.REFUSED, "abandoned"
            upload.sentence = "The upload was never finished."
        session.flush()
        declare(session, key)
        return _show(session, batch)

    shown = await archive.index.write(work)
    archive.outbox.wake()
    return json_body(shown)


async def _body(request: web.Request, kind: type[T]) -> T:
    raw = await request.read()
    try:
        return msgspec.json.decode(raw or b"{}", type=kind)
    except msgspec.DecodeError as error:
        raise Invalid(f"The request cannot be read: {error}") from None


def _key(request: web.Request) -> UUID:
    try:
        return UUID(request.match_info["batch"])
    except ValueError:
        raise NotFound from None


def _find(session: Session, key: UUID, hospital: str) -> Batch:
    batch = session.get(Batch, key)
    if batch is None or batch.hospital != hospital:
        raise NotFound
    return batch


def _show(session: Session, batch: Batch) -> dict[str, Any]:
    uploads = session.exec(select(Upload).where(Upload.batch == batch.id).order_by(col(Upload.id))).all()
    states = [upload.state for upload in uploads if upload.state != UploadState.UNPACKED]
    return {
        "id": str(batch.id),
        "expected_files": batch.expected_files,
        "study_hint": batch.study_hint,
        "created_at": batch.created_at.isoformat(),
        "finished_at": batch.finished_at and batch.finished_at.isoformat(),
        "settled": batch.finished_at is not None
        and not any(state in (UploadState.RECEIVING, UploadState.RECEIVED) for state in states),
        "counts": {state.value: states.count(state) for state in UploadState if state != UploadState.UNPACKED},
        "files": [_file(upload) for upload in uploads],
        "studies": _studies(session, batch, list(uploads)),
    }


def _file(upload: Upload) -> dict[str, Any]:
    return {
        "id": str(upload.id),
        "zip": upload.parent and str(upload.parent),
        "name": upload.name,
        "length": upload.length,
        "state": upload.state,
        "code": upload.code,
        "sentence": upload.sentence,
        "study_uid": upload.study_uid,
        "sop_uid": upload.sop_uid,
    }


def _studies(session: Session, batch: Batch, uploads: list[Upload]) -> list[dict[str, Any]]:
    shown = []
    for study_uid in dict.fromkeys(upload.study_uid for upload in uploads if upload.study_uid):
        of_study = [upload for upload in uploads if upload.study_uid == study_uid]
        study = session.exec(
            select(Study).where(Study.hospital == batch.hospital, Study.study_uid == study_uid)
        ).one_or_none()
        shown.append(
            {
                "study_uid": study_uid,
                "files": len(of_study),
                "stored": sum(upload.state in DONE for upload in of_study),
                "refused": sum(upload.state == UploadState.REFUSED for upload in of_study),
                "instance_count": study.received if study else 0,
                "declared_count": study.declared if study else None,
                "PatientName": study.patient_name if study else "",
                "PatientID": study.patient_id if study else "",
                "StudyDescription": study.description if study else "",
                "StudyDate": study.study_date if study else "",
            }
        )
    return shown


def add_batch_routes(app: web.Application, prefix: str) -> None:
    app.router.add_post(prefix + "/batches", create)
    app.router.add_get(prefix + "/batches/{batch}", show)
    app.router.add_post(prefix + "/batches/{batch}/finish", finish)
