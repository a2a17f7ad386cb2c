"""Plays a vignette: the right person takes each action at the right time, through the features' services."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import attendance
from telemed.app import kinds
from telemed.cases import consents
from telemed.cases.model import ConsentKind, ItemKind, Scope
from telemed.cases.schemas import ConsentIn, PacketItemIn
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import NamedStudy
from telemed.consultations.schemas import Accept, AnswerIn, Book, BookedExpert, Cancel, Return
from telemed.consultations.words import Lacking, Mode, State
from telemed.demo import papers
from telemed.demo.foundation import Foundation
from telemed.demo.his import DOCTOR_PHONE
from telemed.demo.images.studies import study
from telemed.demo.patients import PATIENTS
from telemed.demo.story import Vignette
from telemed.files import service as files
from telemed.files.model import FileKind
from telemed.files.store import FileStore
from telemed.opinions.service import OpinionsOf
from telemed.people.model import Hospital
from telemed.requests import papers as request_papers
from telemed.requests import service as requests
from telemed.requests.schemas import NewRequest, RequestChange
from telemed.rooms import service as rooms
from telemed.rooms.schemas import DeviceTestIn

LONGEST_PAUSE = timedelta(minutes=20)
ACTIONS_BEFORE = 8  # create, submit, endorse, approve, accept, book, answer, and one to spare
SENIOR = {"wuxi": "wuxi.chief"}
REVIEWER = {"wuxi": "wuxi.coordinator", "jiashan": "jiashan.coordinator"}


@dataclass
class Player:
    """Plays one consultation; `at` is its clock, which starts in the past and never passes `now`."""

    db: AsyncSession
    store: FileStore
    made: Foundation
    vignette: Vignette
    now: datetime

    def __post_init__(self) -> None:
        self.at = self.now - self.vignette.created
        meeting = self.vignette.starts
        until = self.now if meeting is None or meeting > timedelta() else self.now + meeting
        self.pause = min((until - self.at) / ACTIONS_BEFORE, LONGEST_PAUSE)
        self.patient = PATIENTS[self.vignette.patient]
        self.requester = self.made.actors[self.vignette.requester]
        self.row: Consultation

    def actor(self, username: str) -> Actor:
        return self.made.actors[username]

    def tick(self) -> datetime:
        self.at += self.pause
        return self.at

    async def play(self) -> Consultation:
        """Plays up to the vignette's state, or until an opinion is needed."""
        await self._write()
        wanted = self.vignette.state
        if wanted is State.draft:
            return self.row
        await requests.submit(self.db, self.requester, self.row.id, self.row.version, self.tick())
        if wanted is State.cancelled:
            why = Cancel(code="resolved", reason="")
            await consultations.cancel(self.db, self.requester, self.row.id, self.row.version, why, self.tick())
        elif wanted is State.returned:
            missing = [Lacking(each) for each in self.vignette.missing]
            why_back = Return(missing=missing, reason=self.vignette.reason)
            who = self.actor(SENIOR[self.row.branch_id])
            await consultations.return_(self.db, who, self.row.id, self.row.version, why_back, self.tick())
        elif wanted is not State.submitted:
            await self._through_the_branch()
            await self._at_the_hub()
        return self.row

    # -- the branch

    async def _write(self) -> None:
        patient_id = self.made.patients[self.vignette.patient].id
        row = await requests.create(
            self.db, self.requester, NewRequest(urgency=self.vignette.urgency, patient_id=patient_id), self.at
        )
        self.row = row
        content = self.vignette.content(
            self.now,
            department=self.patient.department,
            ward=self.patient.ward,
            bed=self.patient.bed,
            attending=self.requester.name,
            phone=DOCTOR_PHONE[self.patient.hospital],
            studies=[self._named(key) for key in self.vignette.studies],
        )
        change = RequestChange(mode=self.vignette.mode, content=content)
        await requests.change(self.db, self.requester, row.id, row.version, change, self.at)
        if self.vignette.state is not State.draft:
            await self._file_papers()

    def _named(self, key: str) -> NamedStudy:
        made = study(key)
        return NamedStudy(uid=str(made.study_uid), description=made.description, taken_at=made.at(self.now))

    async def _file_papers(self) -> None:
        for kind, pdf in papers.reports(self.vignette, self.patient, self.now).items():
            file = await self._keep(pdf, FileKind.attachment, f"{papers.TITLES[kind]}.pdf")
            item = PacketItemIn(kind=ItemKind.file, checklist=kind, title=papers.TITLES[kind], file_id=file)
            await request_papers.add(self.db, self.requester, self.row.id, item, self.at)
        for kind, reason in self.vignette.not_done.items():
            item = PacketItemIn(kind=ItemKind.not_done, checklist=kind, reason=reason)
            await request_papers.add(self.db, self.requester, self.row.id, item, self.at)
        new = ConsentIn(kind=ConsentKind.patient, scopes=[Scope.consult, Scope.imaging], given_by=self.patient.name)
        recorded = await request_papers.consent(self.db, self.requester, self.row.id, new, self.at)
        diagnosis, number = self.vignette.record.diagnosis, recorded.number
        scan = papers.consent(diagnosis, self.patient, self.requester.name, number, "待编号", self.at)
        file = await self._keep(scan, FileKind.consent, "知情同意书扫描件.pdf")
        await consents.file_paper(self.db, self.requester, recorded.id, file, self.at)

    async def _keep(self, pdf: bytes, kind: FileKind, name: str) -> UUID:
        received = await self.store.put(pdf)
        row = files.add(self.db, received, kind, self.requester.hospital_id, self.requester.id, self.at, name=name)
        await self.db.flush()
        return row.id

    async def _through_the_branch(self) -> None:
        branch = await self.db.get_one(Hospital, self.row.branch_id)
        if branch.endorsement:
            who = self.actor(SENIOR[branch.id])
            await consultations.endorse(self.db, who, self.row.id, self.row.version, self.tick())
        reviewer = self.actor(REVIEWER[branch.id])
        await consultations.approve(self.db, reviewer, self.row.id, self.row.version, self.tick())

    # -- the hub

    async def _at_the_hub(self) -> None:
        if self.vignette.state is State.approved:
            return
        lead = self.actor(self.vignette.lead)
        coordinator = self.actor("coordinator")
        to = Accept(lead_id=lead.id)
        await consultations.accept(self.db, coordinator, self.row.id, self.row.version, to, self.tick())
        if self.vignette.state is State.accepted or self.vignette.mode is Mode.written:
            return
        await self._make_mdt(coordinator)
        await self._book(coordinator)
        if self.vignette.state is not State.scheduling:
            said = AnswerIn(answer="accepted")
            for who in (lead, *self._members()):
                await consultations.answer(self.db, who, self.row.id, self.row.version, said, self.tick())

    def _members(self) -> list[Actor]:
        return [self.actor(each) for each in self.vignette.sections]

    async def _make_mdt(self, coordinator: Actor) -> None:
        for each in self._members():
            await consultations.add_expert(self.db, coordinator, self.row.id, each.id, self.tick())
        if self.vignette.sections:
            recorder = self.actor(self.vignette.recorder).id
            await consultations.arrange_mdt(self.db, coordinator, self.row.id, recorder, self.tick())

    async def _book(self, coordinator: Actor) -> None:
        if self.vignette.starts is None:
            raise ValueError(f"{self.vignette.key} is booked, so it needs a time")
        starts = quarter(self.now + self.vignette.starts, self.vignette.starts)
        experts = [BookedExpert(staff_id=each.id) for each in self._members()]
        ends, venue = starts + self.vignette.lasts, self.made.venue()
        when = Book(starts_at=starts, ends_at=ends, venue_id=venue, experts=experts)
        await consultations.book(self.db, coordinator, self.row.id, self.row.version, when, OpinionsOf(), self.tick())

    # -- the consultation itself

    async def meet(self) -> None:
        """Plays the meeting: both sides test their devices, come, talk and leave. Not for written answers."""
        if self.row.mode is Mode.written:
            return
        if self.row.starts_at is None or self.row.ends_at is None:
            raise ValueError(f"{self.vignette.key} has not been booked")
        lead, starts = self.actor(self.vignette.lead), self.row.starts_at
        passed = DeviceTestIn(camera=True, microphone=True, network=True)
        for who in (lead, self.requester):
            await rooms.keep_test(self.db, who, passed, starts - timedelta(minutes=20))
        for who, minutes in ((self.requester, -2), (lead, 1), *((each, 1) for each in self._members())):
            await self._in_the_room("member.joined", who, starts + timedelta(minutes=minutes))
        self.at = self.row.ends_at - timedelta(minutes=8)
        await consultations.end(self.db, lead, self.row.id, self.row.version, self.at)
        for who in (lead, self.requester, *self._members()):
            await self._in_the_room("member.left", who, self.at)

    async def _in_the_room(self, kind: str, who: Actor, at: datetime) -> None:
        data = {"id": f"{who.id}/page", "sub": str(who.id)}
        await attendance.take_in(self.db, kinds(), self.row.id, kind, data, at, at)
        await self.db.flush()


def quarter(moment: datetime, distance: timedelta) -> datetime:
    """The quarter of an hour at that distance; not rounded if it begins soon."""
    if abs(distance) < timedelta(hours=1):
        return moment.replace(second=0, microsecond=0)
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
