"""Batches of uploads: whether one still accepts an upload, and the counts that its end declares."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from imaging.errors import Conflict, NotFound
from imaging.index.model import Batch, Study, Upload, UploadState
from imaging.ingest.pipeline import Outcome

# Each is asked once for every file: written once, and sent past the unit of work.
BATCH: Final = select(Batch.hospital, Batch.owner, Batch.finished_at, Batch.abandoned).where(
    col(Batch.id) == bindparam("key")
)
SETTLE: Final = (
    update(Upload)
    .where(col(Upload.id) == bindparam("key"))
    .values(
        state=bindparam("is"),
        code=bindparam("why"),
        sentence=bindparam("said"),
        study_uid=bindparam("study"),
        sop_uid=bindparam("sop"),
    )
    .returning(col(Upload.batch))
)


def check_open(session: Session, key: UUID, upload: Upload) -> None:
    """Raises NotFound if the batch is not of the upload's owner, Conflict if it has ended."""
    batch = session.connection().execute(BATCH, {"key": key}).one_or_none()
    if batch is None or (batch.hospital, batch.owner) != (upload.hospital, upload.owner):
        raise NotFound
    if batch.finished_at is not None:
        raise Conflict("The batch is finished; begin another.")


def settle_with(key: UUID) -> Callable[[Session, Outcome], None]:
    """Writes an outcome into the upload's row, and what follows for its batch."""

    def settle(session: Session, outcome: Outcome) -> None:
        now = {
            "key": key,
            "is": outcome.kept or UploadState.REFUSED,
            "why": outcome.code,
            "said": outcome.sentence,
            "study": outcome.study_uid,
            "sop": outcome.sop_uid,
        }
        batch = session.connection().execute(SETTLE, now).scalar_one()
        if batch is not None:
            declare(session, batch)

    return settle


def declare(session: Session, key: UUID) -> None:
    """Once all files of a finished batch are processed, declares the number of files of each of its studies.

    A refused file that names its study counts too, so that the study is shown as incomplete.
    """
    batch = session.connection().execute(BATCH, {"key": key}).one()
    if batch.finished_at is None or batch.abandoned:
        return
    of_batch = select(Upload).where(Upload.batch == key)
    waiting = of_batch.where(col(Upload.state).in_((UploadState.RECEIVING, UploadState.RECEIVED)))
    if session.exec(waiting.limit(1)).first() is not None:
        return
    missing: dict[str, set[str]] = {}
    for upload in session.exec(of_batch.where(Upload.study_uid != "")):
        lost = missing.setdefault(upload.study_uid, set())
        if upload.state == UploadState.REFUSED:
            lost.add(upload.sop_uid)
    for study_uid, lost in missing.items():
        query = select(Study).where(Study.hospital == batch.hospital, Study.study_uid == study_uid)
        study = session.exec(query).one_or_none()
        if study is not None:
            study.declared = study.received + len(lost)
