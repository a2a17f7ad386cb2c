"""The way of one file from the spool into the archive, for all entrances."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from imaging.disk import Disk
from imaging.errors import Refused
from imaging.index.database import Index
from imaging.ingest.record import Arrival, Kept, record
from imaging.outbox import Outbox, add_event
from imaging.packing import Packing
from imaging.pictures import Pictures
from imaging.store.objects import Objects, discard
from imaging.workers.jobs import Inspect
from imaging.workers.sandbox import Sandbox


@dataclass(frozen=True)
class Outcome:
    """The outcome for one file: stored (and how), or refused with a stable code and a sentence."""

    kept: Kept | None
    study_uid: str = ""
    series_uid: str = ""
    sop_uid: str = ""
    sop_class: str = ""
    code: str = ""
    sentence: str = ""


Also = Callable[[Session, Outcome], None]


@dataclass(frozen=True)
class Pipeline:
    index: Index
    disk: Disk
    objects: Objects
    sandbox: Sandbox
    outbox: Outbox
    pictures: Pictures
    packing: Packing
    now: Callable[[], datetime]

    async def take(
        self,
        file: Path,
        hospital: str,
        *,
        name: str = "",
        by: str = "",
        only_study: str | None = None,
        also: Also | None = None,
        synced: bool = False,
        made: bool = False,
    ) -> Outcome:
        """Archives a received file, or says why not; afterwards the spool file is gone.

        `also`: writes what depends on the outcome, in the same transaction. `synced`: the file's bytes are on the disk
        already. `made`: the product made it itself.
        """
        also = also or _nothing
        try:
            outcome = await self._archive(file, hospital, only_study, also, synced, made)
        except Refused as refused:
            outcome = Outcome(None, code=refused.code, sentence=refused.sentence, **refused.about)
            await self.refuse(hospital, outcome, name, by, also)
        self.outbox.wake()
        if outcome.kept is Kept.STORED:
            self.pictures.grew(hospital, outcome.series_uid)
            self.packing.grew()
            discard(file)  # only a second name of the object's file
        else:
            await self.disk.read(discard, file)
        return outcome

    async def _archive(
        self, file: Path, hospital: str, only_study: str | None, also: Also, synced: bool, made: bool
    ) -> Outcome:
        sidecar = self.objects.spooled()
        try:
            found = await self.sandbox.inspect(Inspect(str(file), str(sidecar)), hospital)
            about = found.about
            where = {
                "study_uid": about.study_uid,
                "series_uid": about.series_uid,
                "sop_uid": about.sop_uid,
                "sop_class": about.sop_class,
            }
            if only_study is not None and about.study_uid != only_study:
                raise Refused("other_study", "The file belongs to another study than the address says.", **where)
            beside = sidecar if about.sidecar else None
            await self.disk.write(hospital, self.objects.adopt, file, beside, found.sha256, synced)
        finally:
            discard(sidecar)
        arrival = Arrival(hospital, found.sha256, found.bytes, about, self.now(), made)

        def write(session: Session) -> Outcome:
            outcome = Outcome(record(session, arrival), **where)
            also(session, outcome)
            return outcome

        return await self.index.write(write)

    async def refuse(
        self, hospital: str, outcome: Outcome, name: str = "", by: str = "", also: Also | None = None
    ) -> None:
        """Records that a file was refused, and in the same transaction what depends on it (`also`)."""
        also = also or _nothing
        data: dict[str, object] = {
            "name": name,
            "by": by,
            "code": outcome.code,
            "sentence": outcome.sentence,
            "study_uid": outcome.study_uid,
        }

        def write(session: Session) -> None:
            add_event(session, "instance.refused", hospital, data, self.now())
            also(session, outcome)

        await self.index.write(write)


def _nothing(_session: Session, _outcome: Outcome) -> None:
    """The default of `also`."""
