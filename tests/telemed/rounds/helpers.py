"""What the tests of rounds share: a ward of Wuxi with its patients, a series of rounds from the hub, acts."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import select

from telemed.activities.model import Answer, Participant
from telemed.cases.events import ConsentWithdrawn
from telemed.cases.model import Case, Consent, ConsentKind, Scope
from telemed.devices import bookable
from telemed.devices.model import Device, DeviceKind
from telemed.history.consumers import Heard
from telemed.history.events import About
from telemed.kit.table import new_id
from telemed.people.chart_tables import Admission
from telemed.people.model import Agreement, Allergy, Bed, IdentifierKind, Patient, PatientIdentifier, Sex, Ward
from telemed.rounds import hearing
from telemed.rounds.making import make_all, see_to_lists
from telemed.rounds.model import RoundSession
from telemed.scheduling.model import Resource, ResourceKind
from tests.telemed.conftest import NOW, Call, FakeClock, World

BEDS = {"01": "卫长庚", "02": "朱亢宿", "03": "王北辰", "04": "秦氐宿"}
RULE = "FREQ=WEEKLY;BYDAY=TU"


async def ward(world: World) -> None:
    """Ward 5 of Wuxi with four patients."""
    await place(world)
    for bed, name in BEDS.items():
        await admit(world, name, bed)


async def place(world: World) -> None:
    """An empty ward of Wuxi, its cart, a venue at the hub, and an agreement that covers rounds."""
    async with world.db.write() as db:
        for agreement in (await db.exec(select(Agreement))).all():
            agreement.services = ["consultation", "reading", "round"]
        five = Ward(
            hospital_id="wuxi",
            department_id=world.departments["wuxi", "cardiology"],
            code="5",
            name="5 病区",
            name_en="Ward 5",
        )
        venue = Resource(kind=ResourceKind.venue, hospital_id="ruijin", name="会诊一室", name_en="Room 1")
        stand = Resource(kind=ResourceKind.venue, hospital_id="wuxi", name="5 病区查房车", name_en="Cart of ward 5")
        db.add_all([five, venue, stand])
        await db.flush()
        cart = Device(
            hospital_id="wuxi",
            kind=DeviceKind.cart,
            name="5 病区查房车",
            venue_id=stand.id,
            secret_sha256="0" * 64,
            registered_at=NOW,
            registered_by=world.ids["wuxi_admin"],
        )
        db.add(cart)
        await db.flush()
        await bookable.follow(db, cart, NOW)
        world.ids |= {"ward": five.id, "venue": venue.id, "stand": stand.id, "cart": cart.id}


async def admit(world: World, name: str, bed: str, *, days: float = 5) -> UUID:
    """Somebody lies in the ward since so many days; `world.ids` knows them by their bed."""
    async with world.db.write() as db:
        row = Patient(
            id=new_id(), hospital_id="wuxi", name=name, sex=Sex.female, estimated_age=60, allergy=Allergy.none
        )
        db.add(row)
        await db.flush()
        kind = IdentifierKind.admission
        db.add(PatientIdentifier(patient_id=row.id, issuer_hospital="wuxi", kind=kind, value=f"W26{bed}"))
    await lay(world, row.id, bed, days=days)
    return row.id


async def lay(world: World, patient_id: UUID, bed: str, *, days: float = 5) -> None:
    """A patient who is known lies in the ward since so many days."""
    world.ids[bed] = patient_id
    async with world.db.write() as db:
        db.add(Bed(ward_id=world.ids["ward"], name=bed))
        db.add(
            Admission(
                hospital_id="wuxi",
                patient_id=patient_id,
                number=f"W26{bed}",
                department="cardiology",
                ward="5 病区",
                bed=bed,
                ward_id=world.ids["ward"],
                source="typed",
                admitted_at=NOW - timedelta(days=days),
            )
        )


async def consent(world: World, bed: str, *scopes: Scope, days: float = 1) -> UUID:
    """This patient has agreed on paper, so many days ago."""
    async with world.db.write() as db:
        case = Case(hospital_id="wuxi", patient_id=world.ids[bed], opened_at=NOW - timedelta(days=days))
        db.add(case)
        await db.flush()
        row = Consent(
            number=f"TY-{bed}-{len(scopes)}-{days}",
            case_id=case.id,
            activity="consultation",
            activity_id=new_id(),
            kind=ConsentKind.patient,
            needed=["consult"],
            scopes=[str(each) for each in scopes or (Scope.consult, Scope.imaging)],
            given_by="本人",
            file_id=new_id(),
            at=NOW - timedelta(days=days),
            recorded_by=world.ids["doctor"],
        )
        db.add(row)
        return row.id


def series_of(world: World, **more: Any) -> dict[str, Any]:
    """Every Tuesday at half past eight, led by one of two experts."""
    return {
        "branch_id": "wuxi",
        "ward_id": str(world.ids["ward"]),
        "specialty": "cardiology",
        "rrule": RULE,
        "starts_on": "2026-03-02",
        "at": "08:30",
        "minutes": 60,
        "leads": [str(world.ids["expert"]), str(world.ids["expert2"])],
        "cadence_days": 7,
        "venue_id": str(world.ids["venue"]),
        "cart_id": str(world.ids["cart"]),
        "accompanying_id": str(world.ids["doctor"]),
    } | more


async def planned(call: Call, world: World, **more: Any) -> Any:
    status, made = await call("coordinator", "POST", "/rounds/series", json=series_of(world, **more))
    assert status == 201, made
    return made


async def sessions(call: Call, who: str = "coordinator", show: str = "ahead") -> list[Any]:
    status, found = await call(who, "GET", f"/rounds/sessions?show={show}")
    assert status == 200, found
    items: list[Any] = found["items"]
    return items


async def first(call: Call, who: str = "coordinator") -> Any:
    return await shown(call, (await sessions(call, who))[0]["id"], who)


async def shown(call: Call, id: str, who: str = "doctor") -> Any:
    status, out = await call(who, "GET", f"/rounds/sessions/{id}")
    assert status == 200, out
    return out


async def sweep(world: World, clock: FakeClock) -> None:
    """What the clock does by itself."""
    assert await make_all(world.db, clock()) == {}
    assert await see_to_lists(world.db, clock()) == {}


async def listed(call: Call, world: World, clock: FakeClock) -> Any:
    """The first round of a series with its list open: it is half an hour before the list is locked."""
    await planned(call, world)
    clock.now = NOW + timedelta(hours=21)  # six on Tuesday morning in Shanghai
    await sweep(world, clock)
    return await first(call, "doctor")


def item_of(session: Any, bed: str) -> Any:
    return next(each for each in session["items"] if each["bed"] == bed)


async def confirm(call: Call, session: Any, bed: str, who: str = "doctor", **more: str) -> Any:
    item = item_of(session, bed)
    path = f"/rounds/items/{item['id']}/confirm"
    status, out = await call(who, "POST", path, json=more, match=item["version"])
    assert status == 200, out
    return out


async def live(call: Call, world: World, clock: FakeClock, *beds: str) -> Any:
    """A round that its lead has begun; all four patients have agreed and are confirmed."""
    session = await listed(call, world, clock)
    for bed in beds or BEDS:
        await consent(world, bed)
        session = await confirm(call, session, bed)
    clock.now = NOW + timedelta(hours=23, minutes=30)  # half past eight
    await sweep(world, clock)
    status, out = await act(call, clock, session["id"], "expert", "start")
    assert status == 200, out
    return await shown(call, session["id"], "expert")


async def act(
    call: Call,
    clock: FakeClock,
    session_id: str,
    who: str,
    kind: str,
    item: Any = None,
    /,
    *,
    ago: float = 0,
    **more: Any,
) -> tuple[int, Any]:
    """An act that was done so many seconds ago by a clock that is right."""
    body = {
        "id": str(new_id()),
        "kind": kind,
        "occurred_at": (clock() - timedelta(seconds=ago)).isoformat(),
        "sent_at": clock().isoformat(),
        "item_id": item["id"] if item else None,
    } | more
    return await call(who, "POST", f"/rounds/sessions/{session_id}/acts", json=body)


async def done(
    call: Call, clock: FakeClock, session_id: str, who: str, kind: str, item: Any = None, /, **more: Any
) -> Any:
    status, out = await act(call, clock, session_id, who, kind, item, **more)
    assert (status, out.get("outcome")) == (200, "done"), out
    return out


async def at_bed(call: Call, clock: FakeClock, session: Any, bed: str) -> Any:
    """The round is at this bed, and its patient was identified."""
    item = item_of(session, bed)
    await done(call, clock, session["id"], "expert", "present", item)
    await done(call, clock, session["id"], "nurse", "identify", item, how="wristband", number=f"W26{bed}")
    return item


async def bed_of(call: Call, session: Any, item: Any, who: str = "doctor") -> Any:
    status, out = await call(who, "GET", f"/rounds/items/{item['id']}")
    assert status == 200, out
    return out


async def instructed(call: Call, clock: FakeClock, session: Any, item: Any, **more: Any) -> Any:
    said = {
        "instruction": "medicine",
        "text": "呋塞米改为口服 40 mg",
        "due_at": (clock() + timedelta(hours=4)).isoformat(),
    }
    out = await done(call, clock, session["id"], "expert", "instruct", item, **said | more)
    bed = await bed_of(call, session, item)
    return next(each for each in bed["instructions"] if each["id"] == out["instruction_id"])


async def answer_of(world: World, session_id: str, who: str) -> Answer | None:
    async with world.db.read() as db:
        query = select(Participant).where(Participant.activity_id == UUID(session_id))
        found = (await db.exec(query.where(Participant.staff_id == world.ids[who]))).one_or_none()
    return found.answer if found else None


async def row(world: World, id: str) -> RoundSession:
    async with world.db.read() as db:
        return await db.get_one(RoundSession, UUID(id))


async def leaves(world: World, bed: str, *, to_ward: UUID | None = None) -> None:
    """The patient is discharged, or moved to another ward."""
    async with world.db.write() as db:
        query = select(Admission).where(Admission.patient_id == world.ids[bed])
        stay = (await db.exec(query)).one()
        if to_ward is None:
            stay.discharged_at = NOW
        stay.ward_id = to_ward or stay.ward_id


async def withdraw(world: World, clock: FakeClock, consent_id: UUID) -> None:
    """The patient withdraws a consent, and rounds hear of it twice."""
    async with world.db.write() as db:
        paper = await db.get_one(Consent, consent_id)
        paper.withdrawn_at = clock()
        case = await db.get_one(Case, paper.case_id)
        news = ConsentWithdrawn(
            id=paper.id, number=paper.number, kind=paper.kind, reason="不再同意", still_consented=False
        )
        about = About("wuxi", case_id=case.id, patient_id=case.patient_id, activity_id=paper.activity_id)
    for _ in range(2):
        async with world.db.write() as db:
            await hearing.consents_changed(db, Heard(new_id(), news, about, clock(), clock()))


async def covered_until(world: World, day: date) -> None:
    async with world.db.write() as db:
        for each in (await db.exec(select(Agreement))).all():
            each.valid_until = day
