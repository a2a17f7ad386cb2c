"""A consumer ends with the same result in whatever order, and however often, it hears its events.

The database is in its final state before they are heard, as after `telemed quarantine retry` or a late commit. `live`
stores nothing, and `grants` is compared with the table of grants in `test_grants.py`.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any, cast
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlmodel import Session, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from imaging.archive import Archive
from imaging.index.model import OutboxRow
from imaging.index.model import Study as StudyRow
from imaging.index.table import Table as ImagingTable
from imaging.outbox import tell_of_studies
from signaling import Commands
from signaling import Event as RoomEvent
from telemed.access import grants
from telemed.access.model import CaseGrant
from telemed.activities.events import ParticipantAdded, ParticipantRemoved
from telemed.activities.model import Participant
from telemed.app import kinds
from telemed.bridge import packets, reminders
from telemed.bridge.commands import RoomCommands
from telemed.bridge.consumers import HEARS
from telemed.bridge.images import HiddenStudies
from telemed.bridge.marked import StoredMarks
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import Orders
from telemed.bridge.reported import StoredReports
from telemed.bridge.rooms import RoomReports
from telemed.cases.events import ConsentRecorded, ConsentWithdrawn
from telemed.cases.model import PacketItem
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.consultations.words import ParticipantRole, State
from telemed.db import Database
from telemed.files.store import FileStore
from telemed.history.consumers import Consumer, Handle
from telemed.history.events import NEWS
from telemed.history.service import emit, hint
from telemed.interop import invitations
from telemed.kit.events import Outbox, once
from telemed.kit.table import new_id
from telemed.marks.events import MarksSaved
from telemed.opinions.model import OpinionPage
from telemed.opinions.service import OpinionsOf
from telemed.people.events import SessionEnded
from telemed.reading import hearing
from telemed.reading.events import ReportIssued
from telemed.reading.model import Reading
from telemed.reading.words import ReadingState, Urgency
from telemed.requests import completing
from telemed.rounds import hearing as rounds
from telemed.rounds import stays
from telemed.rounds.model import RoundItem
from telemed.studies import intake
from telemed.studies.model import StudyLink, StudyView
from telemed.work.model import WorkItem
from telemed.work.outgoing import Delivery
from tests.telemed.bridge.of_calendar import invited_and_cancelled
from tests.telemed.bridge.of_consultation import give_again, reading_of
from tests.telemed.bridge.of_round import moved_in_mid_round, put_on_a_list
from tests.telemed.bridge.replay import FEW, Replay, ends_alike, in_any_order, replayed
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.conftest import consent_of
from tests.telemed.opinions.helpers import OTHER, STUDY, booked, consultation, two_studies


async def _story(call: Call, world: World) -> None:
    """A signed opinion, and all that may be decided about its studies, people and consents, back and forth."""
    id = UUID((await two_studies(call, world))[0])
    for study, decisions in ((STUDY, ("reject", "confirm")), (OTHER, ("reject", "confirm", "reject"))):
        for decision in decisions:
            (link,) = [each for each in await rows(world.db, StudyLink) if each.study_uid == study]
            said = {"reason": "核对"} | ({"patient_id": str(link.patient_id)} if decision == "confirm" else {})
            path = f"/studies/{link.id}/{decision}"
            assert (await call("radiographer", "POST", path, match=link.version, json=said))[0] == 200
    await booked(world, str(id), "expert2", "neurologist")
    for version, on in enumerate((True, False), 1):
        settings = {"endorsement": on, "review": not on, "coordinator_phone": ""}
        answer = await call("wuxi_admin", "PUT", "/hospitals/wuxi/settings", match=version, json=settings)
        assert answer[0] == 200, answer
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        about = consultations.about(row)
        for study, hidden in ((STUDY, (True, False, True)), (OTHER, (True, False))):
            view = await db.get_one(StudyView, ("wuxi", study))
            for on in hidden:
                intake.set_hidden(db, view, on, NOW)
        for who in ("expert2", "neurologist"):
            emit(db, ParticipantAdded(staff_id=world.ids[who], role=ParticipantRole.expert, name=who), about, NOW)
        gone = ParticipantRemoved(staff_id=world.ids["neurologist"], role=ParticipantRole.expert, name="neurologist")
        emit(db, gone, about, NOW)
        theirs = select(Participant).where(Participant.staff_id == world.ids["neurologist"])
        await db.delete((await db.exec(theirs)).one())
        hint(db, SessionEnded(sid=new_id()), about, NOW)
        for author in ("expert", "expert2", "expert"):
            emit(db, MarksSaved(id=STUDY, author_id=world.ids[author], put=1, deleted=1), about, NOW)
        issued = ReportIssued(target=ReadingState.issued, urgency=Urgency.routine, reviewer_id=world.ids["expert"])
        emit(db, issued, about, NOW)
        emit(db, issued, about, NOW)
        await grants.end(db, id, NOW)
        await give_again(db, row, world.ids["expert"])
        await invited_and_cancelled(db, world, row)
        for withdrawn in (True, False):
            consent = consent_of(row)
            consent.number, consent.withdrawn_at = f"ZQ-{withdrawn}", NOW if withdrawn else None
            db.add(consent)
            emit(db, ConsentRecorded(id=consent.id, number=consent.number, kind=consent.kind), about, NOW)
            if withdrawn:
                await db.flush()
                db.add(await reading_of(db, row, consent.id))
                stay = await put_on_a_list(db, row, consent.id)
                await moved_in_mid_round(db, row, stay)
                gone_too = ConsentWithdrawn(
                    id=consent.id, number=consent.number, kind=consent.kind, reason="拒绝", still_consented=False
                )
                emit(db, gone_too, about, NOW)


async def _came_to(db: AsyncSession) -> dict[str, list[str]]:
    """All that consumers write, without when."""
    await db.flush()
    ordered = (await db.exec(select(LeafOrder))).all()
    held = (await db.exec(select(PacketItem).where(col(PacketItem.withdrawn_version).is_(None)))).all()
    waits = (await db.exec(select(WorkItem).where(col(WorkItem.done_at).is_(None)))).all()
    open_ = (await db.exec(select(CaseGrant).where(col(CaseGrant.ended_at).is_(None)))).all()
    said = (await db.exec(select(OpinionPage))).all()
    readings = (await db.exec(select(Reading))).all()
    mails = (await db.exec(select(Delivery))).all()
    found: dict[str, list[Any]] = {
        "orders": [(each.kind, each.target, each.data) for each in ordered],
        "packets": [(each.activity_id, each.study_uid) for each in held],
        "work": [(each.kind, each.about_id, each.staff_id, each.role, each.note) for each in waits],
        "grants": [(each.activity_id, each.grantee, each.allows) for each in open_],
        "readings": [(each.state, each.consent_id) for each in readings],
        "mails": [(each.deadline_id, each.to_id) for each in mails if each.for_calendar],
        "rounds": [(each.state, each.bed, each.consent_id) for each in (await db.exec(select(RoundItem))).all()],
        "pages": [(each.opinion_id, each.kind, each.about) for each in said],
    }
    return {name: sorted(map(str, each)) for name, each in found.items()}


def _consumers(database: Database) -> dict[str, Consumer]:
    clock = FakeClock()
    orders = Orders(database, clock)
    handles: dict[str, Handle] = {
        "commands": RoomCommands(database, orders, cast("Commands", None), kinds(), clock).consume,
        "hidden_studies": HiddenStudies(orders, cast("Archive", None)).consume,
        "stored_marks": StoredMarks(database, orders, cast("Archive", None)).consume,
        "stored_reports": StoredReports(
            database, orders, cast("Archive", None), cast("FileStore", None), clock
        ).consume,
        "packets": packets.consume,
        "reminders": reminders.consume,
        "invitations": invitations.consume,
        "consents": partial(consultations.consents_changed, opinions=OpinionsOf()),
        "reading_consents": hearing.consent_withdrawn,
        "round_consents": rounds.consents_changed,
        "round_stays": stays.stay_changed,
        "completing": completing.added,
        "settings": consultations.settings_changed,
    }
    assert {*handles, "live", "grants"} == set(HEARS)
    return {name: Consumer(name, HEARS[name], handle) for name, handle in handles.items()}


async def test_the_products_consumers(call: Call, world: World) -> None:
    await _story(call, world)
    outbox = sorted(await rows(world.db, Outbox), key=lambda each: each.id)
    moved = set[str]()

    def check(replay: Replay) -> None:
        for name, consumer in _consumers(replay.database).items():
            heard = [each for each in outbox if each.type in NEWS and issubclass(NEWS[each.type], consumer.hears)]
            if ends_alike(replay, partial(_deliver, consumer), heard):
                moved.add(name)

    await replayed(world, check)
    assert moved == {
        "commands",
        "hidden_studies",
        "stored_marks",
        "stored_reports",
        "packets",
        "reminders",
        "consents",
        "reading_consents",
        "invitations",
        "round_consents",
        "round_stays",
    }


async def _deliver(consumer: Consumer, db: AsyncSession, events: Sequence[Outbox]) -> dict[str, list[str]]:
    for each in events:
        await consumer(db, each)
    return await _came_to(db)


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["doctor", "expert", "coordinator"]),
        st.sampled_from(["joined", "left", "waiting"]),
        st.sampled_from(["page", "phone"]),
    ),
    min_size=1,
    max_size=8,
)


async def test_who_is_in_a_room(world: World) -> None:
    room = await consultation(world, State.in_progress)

    def reported(n: int, who: str, what: str, device: str) -> RoomEvent:
        sub, at = str(world.ids[who]), NOW + timedelta(seconds=n)
        data = {"id": f"{sub}/{device}", "sub": sub, "reason": ""}
        return RoomEvent(
            id=str(new_id()),
            type=f"member.{what}",
            source=f"room/{room}",
            epoch=1,
            seq=n,
            occurred_at=at,
            data=data,
        )

    async def hear(db: AsyncSession, events: Sequence[RoomEvent]) -> list[object]:
        reports = RoomReports(world.db, kinds(), FakeClock())
        for each in events:
            if await once(db, "rooms", UUID(each.id)):
                await reports.apply(db, each)
        there = (await db.exec(select(Participant).order_by(col(Participant.staff_id)))).all()
        return [(each.staff_id, each.present, each.waiting, each.joined_at, each.left_at) for each in there]

    def check(replay: Replay) -> None:
        @FEW
        @given(st.data(), MOVES)
        def any_order(data: st.DataObject, moves: list[tuple[str, str, str]]) -> None:
            events = [reported(n, *move) for n, move in enumerate(moves, 1)]
            assert replay(hear, data.draw(in_any_order(events))) == replay(hear, events)

        any_order()

    await replayed(world, check)


STEPS = st.lists(
    st.sampled_from(["arrives", "declared", "declared with files missing", "another patient's"]), min_size=1, max_size=8
)


def _told_of(steps: list[str]) -> list[OutboxRow]:
    """What imaging tells of a study that grows like this."""
    engine = create_engine("sqlite://")
    ImagingTable.metadata.create_all(engine)
    with Session(engine) as session:
        study = StudyRow(hospital="wuxi", study_uid="1.2.3", received_at=NOW, changed_at=NOW, instance_count=1)
        study.patient_id, study.patient_name, study.patient_sex = "0026118842", "陈^远山", "M"
        study.patient_birth_date = "19680412"
        session.add(study)
        for step in ["", *steps]:
            study.instance_count += step in ("arrives", "another patient's")
            study.mixed_patients = study.mixed_patients or step == "another patient's"
            if step.startswith("declared"):
                study.declared = study.instance_count + 2 * step.endswith("missing")
            tell_of_studies(session, NOW)
        told = list(session.exec(select(OutboxRow).order_by(col(OutboxRow.position))))
    engine.dispose()
    return told


async def test_what_imaging_tells_of_a_study(call: Call, world: World) -> None:
    assert (await call("doctor", "POST", "/patients/admitted", json={"number": "0026118842"}))[0] == 200

    async def hear(db: AsyncSession, events: Sequence[OutboxRow]) -> dict[str, Any]:
        for each in events:
            await intake.happened(db, each.type, each.data, NOW, NOW)
        link, view = (await db.exec(select(StudyLink))).one(), (await db.exec(select(StudyView))).one()
        return view.model_dump(exclude={"rev"}) | {"link": link.state, "patient": link.patient_id}

    def check(replay: Replay) -> None:
        @FEW
        @given(st.data(), STEPS)
        def any_order(data: st.DataObject, steps: list[str]) -> None:
            events = _told_of(steps)
            assert replay(hear, data.draw(in_any_order(events))) == replay(hear, events)

        any_order()

    await replayed(world, check)
