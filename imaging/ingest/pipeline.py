"""One file's way from the spool into the archive, the same for every door it came through."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from imaging.errors import Refused
from imaging.index.database import Index
from imaging.index.record import Arrival, Kept, record
from imaging.ingest.jobs import Inspect
from imaging.ingest.sandbox import Sandbox
from imaging.outbox import Outbox, add_event
from imaging.store.objects import Objects, discard


@dataclass(frozen=True)
class Outcome:
    """What became of one file: kept (and how), or refused with a stable code and a sentence."""

    kept: Kept | None
    study_uid: str = ""
    series_uid: str = ""
    sop_uid: str = ""
    sop_class: str = ""
    code: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Pipeline:
    index: Index
    objects: Objects
    sandbox: Sandbox
    outbox: Outbox
    now: Callable[[], datetime]

    async def take(
        self, file: Path, hospital: str, *, name: str = "", by: str = "", only_study: str | None = None
    ) -> Outcome:
        """Archive a spooled file, or say why not; either way the spooled file is gone afterwards."""
        try:
            return await self._archive(file, hospital, only_study)
        except Refused as refused:
            outcome = Outcome(None, code=refused.code, sentence=refused.sentence, **refused.about)
            await self._tell_refusal(hospital, outcome, name, by)
            return outcome
        finally:
            discard(file)

    async def _archive(self, file: Path, hospital: str, only_study: str | None) -> Outcome:
        sidecar = self.objects.spooled()
        try:
            found = await self.sandbox.inspect(Inspect(str(file), str(sidecar)))
            about = found.about
            where = {
                "study_uid": about.study_uid,
                "series_uid": about.series_uid,
                "sop_uid": about.sop_uid,
                "sop_class": about.sop_class,
            }
            if only_study is not None and about.study_uid != only_study:
                raise Refused("other_study", "The file belongs to another study than the address says.", **where)
            await asyncio.to_thread(self.objects.adopt, file, sidecar if about.sidecar else None, found.sha256)
        finally:
            discard(sidecar)
        arrival = Arrival(hospital, found.sha256, found.bytes, about, self.now())
        kept = await self.index.write(lambda session: record(session, arrival))
        self.outbox.wake()
        return Outcome(kept, **where)

    async def _tell_refusal(self, hospital: str, outcome: Outcome, name: str, by: str) -> None:
        data: dict[str, object] = {
            "name": name,
            "by": by,
            "code": outcome.code,
            "sentence": outcome.sentence,
            "study_uid": outcome.study_uid,
        }
        await self.index.write(lambda session: add_event(session, "instance.refused", hospital, data, self.now()))
        self.outbox.wake()
