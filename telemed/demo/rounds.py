"""The demonstration's ward rounds: a series in ward 5 of Wuxi with rounds that were, and one that begins soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.cases import consents
from telemed.cases.model import Case, ConsentKind, Scope
from telemed.cases.schemas import ConsentIn
from telemed.db import Database
from telemed.demo import papers, screens
from telemed.demo.cart import register
from telemed.demo.foundation import Foundation
from telemed.demo.images.person import ZONE
from telemed.demo.patients import PATIENTS
from telemed.demo.places import HUB
from telemed.demo.round_texts import PAST, TODAY, BedText, InstructionText
from telemed.files import service as files
from telemed.files.model import FileKind
from telemed.files.store import FileStore
from telemed.kit.table import new_id
from telemed.people.chart_tables import Admission
from telemed.people.model import Ward
from telemed.rounds import acts, instructions, listing, notes, rules, sessions, sharing
from telemed.rounds.act_schemas import RoundActIn
from telemed.rounds.activity import ROUND
from telemed.rounds.bed_schemas import ExecutionIn
from telemed.rounds.consents import covering
from telemed.rounds.making import make
from telemed.rounds.model import Instruction, RoundItem, RoundSeries, RoundSession, activity
from telemed.rounds.note_schemas import NoteIn
from telemed.rounds.schemas import ItemIn
from telemed.rounds.series import plan
from telemed.rounds.series_schemas import SeriesIn
from telemed.rounds.words import ActKind, Identified
from telemed.scheduling.recurrence import DAYS

D, H, MIN = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
BEGINS: Final = 10 * MIN  # after the demonstration
MINUTES: Final = 40
WARD: Final = "5 病区"
PREPARED: Final = 3 * H  # before it begins: who is on it
WRITTEN: Final = 40 * MIN  # after it has ended


async def play_rounds(database: Database, store: FileStore, made: Foundation, now: datetime) -> None:
    """Each in one transaction: a round that was and is half played would be called off by the clock."""
    begins = (now + BEGINS).replace(second=0, microsecond=0)
    async with database.write() as db:
        series_id = (await Stage(db, store, made, now).plan(begins)).id
    for days, beds in sorted(PAST.items(), reverse=True):
        async with database.write() as db:
            await Stage(db, store, made, now).held(series_id, begins - days * D, beds)
    async with database.write() as db:
        await Stage(db, store, made, now).listed(series_id, begins, TODAY, begins - PREPARED)


@dataclass
class Stage:
    """Plays rounds: the right person takes each act at the right time, through the product's own use cases."""

    db: AsyncSession
    store: FileStore
    made: Foundation
    now: datetime

    def who(self, username: str) -> Actor:
        return self.made.actors[username]

    async def plan(self, begins: datetime) -> RoundSeries:
        """As often a week as there are rounds, at the time at which the next begins."""
        local = begins.astimezone(ZONE)
        days = {(local - each * D).weekday() for each in (0, *PAST)}
        ward = select(Ward.id).where(Ward.hospital_id == "wuxi", Ward.name == WARD)
        await screens.register(self.db, self.made, self.now)
        new = SeriesIn(
            branch_id="wuxi",
            ward_id=(await self.db.exec(ward)).one(),
            specialty="cardiology",
            rrule=f"FREQ=WEEKLY;BYDAY={','.join(DAYS.split('|')[each] for each in sorted(days))}",
            starts_on=(local - max(PAST) * D).date(),
            at=f"{local:%H:%M}",
            minutes=MINUTES,
            leads=[self.who("professor").id, self.who("expert").id],
            cadence_days=4,
            venue_id=self.made.venue(HUB, 1),
            cart_id=await register(self.db, self.made, self.now),
            accompanying_id=self.who("wuxi.bed").id,
        )
        series = await plan(self.db, self.who("coordinator"), new, self.now)
        next_one = await self._round(series.id, begins)
        next_one.list_opens_at = begins  # until it is played: the clock would open its list at once
        return series

    async def _round(self, series_id: UUID, begins: datetime) -> RoundSession:
        query = select(RoundSession).where(RoundSession.series_id == series_id, RoundSession.starts_at == begins)
        return (await self.db.exec(query)).one()

    async def held(self, series_id: UUID, begins: datetime, beds: Sequence[BedText]) -> None:
        """One that was: made from its series, from its list to its notes."""
        series, day = await self.db.get_one(RoundSeries, series_id), begins.astimezone(ZONE).date()
        await make(self.db, self.who("coordinator"), series, begins - 2 * D, until=day)
        round_id, items = await self.listed(series_id, begins, beds, begins - 20 * H)
        at = begins + MIN
        await self._act(round_id, "professor", ActKind.start, at)
        for bed in beds:
            at = await self._visit(round_id, items[bed.patient], bed, at + MIN)
        ended = at + MIN
        await self._act(round_id, "professor", ActKind.complete, ended)
        for bed in beds:
            await self._note(items[bed.patient], bed, ended + WRITTEN)
            for text, given in zip(bed.instructions, await self._given(items[bed.patient]), strict=True):
                if text.order or text.done:
                    await self._carry_out(given, text, ended + 2 * H)

    async def listed(
        self, series_id: UUID, begins: datetime, beds: Sequence[BedText], at: datetime
    ) -> tuple[UUID, dict[str, UUID]]:
        """Opens the list, puts these on it and locks it. Returns the round, and its items by patient."""
        row = await self._round(series_id, begins)
        row.list_opens_at = begins - rules.LIST_OPENS
        await sessions.open_list(self.db, None, row, row.list_opens_at)
        items = {bed.patient: await self._prepare(row.id, bed, at) for bed in beds}
        wanted = list(items.values())
        query = select(RoundItem.id).where(RoundItem.session_id == row.id, col(RoundItem.id).not_in(wanted))
        others = (await self.db.exec(query.order_by(col(RoundItem.place)))).all()
        await listing.order(self.db, self.who("wuxi.bed"), row.id, row.version, [*wanted, *others], at)
        await sessions.lock(self.db, None, row, row.locks_at)
        return row.id, items

    async def _prepare(self, round_id: UUID, bed: BedText, at: datetime) -> UUID:
        doctor, patient = self.who("wuxi.bed"), self.made.patients[bed.patient]
        query = select(RoundItem).where(RoundItem.session_id == round_id, RoundItem.patient_id == patient.id)
        item = (await self.db.exec(query)).one_or_none() or await listing.add(self.db, doctor, round_id, patient.id, at)
        stay = await self.db.get_one(Admission, item.admission_id)
        if await covering(self.db, stay, HUB) is None:
            await self._consent(item, stay, bed, at)
        text = ItemIn(summary=bed.summary, changes=bed.changes, question=bed.question, minutes=item.minutes)
        await listing.write(self.db, doctor, item.id, item.version, text, at)
        await listing.confirm(self.db, doctor, item.id, item.version, "", at)
        return item.id

    async def _consent(self, item: RoundItem, stay: Admission, bed: BedText, at: datetime) -> None:
        doctor, patient = self.who("wuxi.bed"), PATIENTS[bed.patient]
        case = await self.db.get_one(Case, await sharing.case_of(self.db, stay, at))
        new = ConsentIn(kind=ConsentKind.patient, scopes=[Scope.consult, Scope.imaging], given_by=patient.name)
        taken = await consents.create(self.db, doctor, case, activity(item.id), new, at, needed=ROUND.consent_scopes)
        received = await self.store.put(papers.consent(bed.summary, patient, doctor.name, taken.number, "查房", at))
        name = "知情同意书扫描件.pdf"
        file = files.add(self.db, received, FileKind.consent, doctor.hospital_id, doctor.id, at, name=name)
        await self.db.flush()
        await consents.file_paper(self.db, doctor, taken.id, file.id, at)

    async def _act(self, round_id: UUID, username: str, kind: ActKind, at: datetime, **more: Any) -> None:
        said = RoundActIn(id=new_id(), kind=kind, occurred_at=at, sent_at=at, **more)
        await acts.take(self.db, self.who(username), round_id, said, at)

    async def _visit(self, round_id: UUID, item_id: UUID, bed: BedText, at: datetime) -> datetime:
        """Returns when the bed was left."""
        await self._act(round_id, "professor", ActKind.present, at, item_id=item_id)
        band: dict[str, Any] = {"how": Identified.wristband, "number": PATIENTS[bed.patient].number}
        await self._act(round_id, "wuxi.nurse", ActKind.identify, at, item_id=item_id, **band)
        at += 3 * MIN
        await self._act(round_id, "wuxi.bed", ActKind.say, at, item_id=item_id, text=bed.said)
        for each in bed.instructions:
            due = max(self.now + each.due, at + H)
            said: dict[str, Any] = {"text": each.text, "instruction": each.kind, "due_at": due}
            await self._act(round_id, "professor", ActKind.instruct, at, item_id=item_id, **said)
            at += MIN
            last = (await self._given(item_id))[-1]
            await self._act(round_id, "wuxi.bed", ActKind.read_back, at, instruction_id=last, text=each.heard)
        return at + MIN

    async def _given(self, item_id: UUID) -> list[UUID]:
        query = select(Instruction.id).where(Instruction.item_id == item_id).order_by(col(Instruction.n))
        return list((await self.db.exec(query)).all())

    async def _note(self, item_id: UUID, bed: BedText, at: datetime) -> None:
        """Written and submitted at that time, and countersigned an hour later."""
        text = NoteIn(condition=bed.changes, assessment=bed.assessment, plan=bed.plan)
        await notes.save(self.db, self.who("wuxi.bed"), item_id, 0, text, at)
        await notes.submit(self.db, self.who("wuxi.bed"), item_id, 1, at)
        if bed.countersigned:
            await notes.countersign(self.db, self.who("professor"), item_id, 2, text, at + H, demo=True)

    async def _carry_out(self, id: UUID, text: InstructionText, at: datetime) -> None:
        how = ExecutionIn(order_number=text.order, words=text.done)
        given = await self.db.get_one(Instruction, id)
        await instructions.execute(self.db, self.who("wuxi.bed"), id, given.version, how, at)
