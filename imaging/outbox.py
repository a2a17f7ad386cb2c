"""The outbox: events in the index, published in order per study, and deleted once the subscriber has them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, func, select, update
from uuid_utils.compat import uuid7

from imaging.index.database import Index
from imaging.index.model import OWES_NEWS, Instance, Mark, OutboxRow, Sequence, Series, Study
from imaging.supervise import Trouble

log = logging.getLogger(__name__)

VERSION = 1
EVERYTHING = "*"
GROUP = 100
AWAY = 10
"""After so many failures in a row the subscriber is taken to be away, and the rest is not tried now."""


@dataclass(frozen=True)
class Event:
    """An event, in the envelope that all leaves share; `seq` rises by one per source and epoch."""

    id: UUID
    type: str
    v: int
    source: str
    epoch: str
    seq: int
    occurred_at: datetime
    data: dict[str, object]


Publish = Callable[[Event], Awaitable[None]]


def _next(session: Session, source: str) -> int:
    row = session.get(Sequence, source) or Sequence(source=source)
    row.value += 1
    session.add(row)
    session.flush()
    return row.value


def add_event(session: Session, kind: str, hospital: str, data: dict[str, object], now: datetime) -> None:
    """Adds an event, in the transaction of what happened."""
    source = f"archive/{hospital}"
    row = OutboxRow(
        position=_next(session, EVERYTHING),
        type=kind,
        source=source,
        seq=_next(session, source),
        occurred_at=now,
        data={"hospital": hospital, **data},
    )
    session.add(row)


def epoch_of(session: Session) -> str:
    """The id of this index: a new index numbers its events from one again, under another epoch."""
    mark = session.get(Mark, "epoch")
    if mark is None:
        mark = Mark(name="epoch", value=uuid7().hex)
        session.add(mark)
        session.flush()
    return mark.value


OWING: Final = select(Study.id).where(OWES_NEWS)


def tell_of_studies(session: Session, now: datetime) -> dict[int, Exception]:
    """Writes the events that are due for studies: received, grew, complete.

    Returns the failure of each study for which this failed, by its id; the others have their events.
    Events are derived from the studies' rows and not written per instance, so that two hundred slices that
    arrive together are one event, and a crash between a slice and its event loses neither.
    """
    owing = session.exec(OWING).all()
    failed: dict[int, Exception] = {}
    for key in owing:
        assert key is not None
        try:
            with session.begin_nested():
                _tell_of(session, session.get_one(Study, key), now)
        except OperationalError:
            raise  # disk full or index busy: SQLite may have rolled back the whole transaction
        except Exception as failure:
            failed[key] = failure
    return failed


def _tell_of(session: Session, study: Study, now: datetime) -> None:
    data = describe(session, study)
    newly_declared = study.told_declared != study.declared
    was_complete = study.declared is not None and not newly_declared and study.told_count >= study.declared
    completed = data["complete"] and not was_complete
    grew = study.told_count != study.received or study.told_mixed != study.mixed_patients
    # That images are missing is news too, though none has come.
    if grew or (newly_declared and not completed):
        add_event(session, "study.grew" if study.told_count else "study.received", study.hospital, data, now)
    if completed:
        add_event(session, "study.complete", study.hospital, data, now)
    study.told_count, study.told_mixed, study.told_declared = study.received, study.mixed_patients, study.declared


def describe(session: Session, study: Study) -> dict[str, object]:
    """The data of a study's events: header values under their DICOM keywords, the rest under names of ours.

    Without what the product made of it itself.
    """
    of_study = Series.study == study.id, col(Series.made).is_(False)
    modalities = session.exec(select(Series.modality).where(*of_study).distinct()).all()
    made = select(func.count()).select_from(Series).where(Series.study == study.id, col(Series.made))
    return {
        "study_uid": study.study_uid,
        "PatientName": study.patient_name,
        "PatientID": study.patient_id,
        "IssuerOfPatientID": study.issuer_of_patient_id,
        "PatientSex": study.patient_sex,
        "PatientBirthDate": study.patient_birth_date,
        "StudyDate": study.study_date,
        "StudyTime": study.study_time,
        "AccessionNumber": study.accession_number,
        "StudyDescription": study.description,
        "ModalitiesInStudy": sorted(modality for modality in modalities if modality),
        "Laterality": _laterality(session, study),
        "series_count": study.series_count - session.exec(made).one(),
        "instance_count": study.received,
        "declared_count": study.declared,
        "complete": study.declared is not None and study.received >= study.declared,
        "mixed_patients": study.mixed_patients,
        "text_reading": study.text_reading,
        "charset_label": study.charset_label,
        "hidden": study.hidden,
    }


def _laterality(session: Session, study: Study) -> str:
    """The side that its images name: R, L, or B for both, also where some name none; empty where none does."""
    of_study = Series.study == study.id, col(Series.made).is_(False)
    of_series = select(Series.laterality).where(*of_study)
    of_images = select(Instance.laterality).join(Series, col(Series.id) == Instance.series).where(*of_study)
    said = {*session.exec(of_series.distinct()), *session.exec(of_images.distinct())} & {"R", "L", "B"}
    return "B" if len(said) > 1 else "".join(said)


class Outbox:
    """Publishes the events when `wake` is called, and again after a failure.

    `settle`, `apart` and `retry` are seconds: from the first news to a look, between two looks, and after a failure.
    """

    def __init__(
        self,
        index: Index,
        publish: Publish,
        now: Callable[[], datetime],
        *,
        settle: float = 0.25,
        apart: float = 1.0,
        retry: float = 1.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._index = index
        self._publish = publish
        self._now = now
        self._settle = settle
        self._apart = apart
        self._retry = retry
        self._sleep = sleep
        self._news = asyncio.Event()
        self.trouble = Trouble()

    def wake(self) -> None:
        self._news.set()

    async def run(self) -> None:
        self._news.set()  # what an earlier process left
        epoch = await self._index.write(epoch_of)
        clock = asyncio.get_running_loop().time
        last = clock() - self._apart
        while True:
            await self._news.wait()
            # Slices that arrive together share an event. Each one makes every page that shows the study fetch again, so
            # of an upload that goes on for long one a second is enough.
            await self._sleep(max(self._settle, last + self._apart - clock()))
            self._news.clear()
            failed: dict[object, Exception] = {}
            try:
                studies = await self._index.write(lambda session: tell_of_studies(session, self._now()))
                failed |= {study: failure for study, failure in studies.items()}
                failed |= await self._send(epoch)
            except Exception as failure:
                failed["log"] = failure
            self._note(failed)
            last = clock()
            if failed:
                await self._sleep(self._retry)
                self._news.set()

    def _note(self, failed: Mapping[object, Exception]) -> None:
        for item, failure in failed.items():
            if self.trouble.failed(failure, item):
                what = "events could not be published; they stay in the log"
                if isinstance(item, int):
                    what = f"study {item} could not be told of; the others are"
                elif item != "log":
                    what = "an event is not taken; it waits with the later ones of its study"
                log.error("%s, and it is tried again", what, exc_info=failure)
        self.trouble.round(failed)

    async def _send(self, epoch: str) -> dict[object, Exception]:
        """Publishes all that waits, once. Returns the failure of each study whose event was not taken.

        The later events of that study wait behind it; other studies' do not.
        """
        failed: dict[object, Exception] = {}
        after = in_a_row = 0
        while rows := await self._next(after):
            for row in rows:
                after, study = row.position, _study_of(row)
                if study in failed:
                    continue
                event = Event(row.id, row.type, VERSION, row.source, epoch, row.seq, row.occurred_at, row.data)
                try:
                    await self._publish(event)
                except Exception as failure:
                    failed[study], in_a_row = failure, in_a_row + 1
                    if in_a_row == AWAY:
                        return failed
                    continue
                in_a_row = 0
                await self._index.write(lambda session, row=row: _forget(session, row.id))  # type: ignore[misc]
        return failed

    async def _next(self, after: int) -> list[OutboxRow]:
        try:
            return await self._index.read(lambda session: _next_rows(session, after))
        except ValueError:  # an unreadable row must not hold up the others
            await self._index.write(lambda session: _set_aside_unreadable(session, self._now()))
            return await self._index.read(lambda session: _next_rows(session, after))


def _study_of(row: OutboxRow) -> tuple[str, str]:
    return row.source, str(row.data.get("study_uid", ""))


def _next_rows(session: Session, after: int) -> list[OutboxRow]:
    waiting = col(OutboxRow.set_aside_at).is_(None), col(OutboxRow.position) > after
    return list(session.exec(select(OutboxRow).where(*waiting).order_by(col(OutboxRow.position)).limit(GROUP)))


def _set_aside_unreadable(session: Session, now: datetime) -> None:
    positions = session.exec(select(OutboxRow.position).where(col(OutboxRow.set_aside_at).is_(None))).all()
    for position in positions:
        try:
            session.exec(select(OutboxRow).where(OutboxRow.position == position)).one()
        except ValueError:
            log.error("event %d cannot be read; it is set aside", position)
            aside = update(OutboxRow).where(col(OutboxRow.position) == position)
            session.exec(aside.values(set_aside_at=now))


def _forget(session: Session, event: UUID) -> None:
    if (row := session.get(OutboxRow, event)) is not None:
        session.delete(row)
