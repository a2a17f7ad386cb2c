"""Live hints reach those who may see what they are about, and nobody else; an ended sign-in closes its tab."""

from datetime import timedelta

from telemed.access.grants import end, give
from telemed.access.model import SignIn
from telemed.activities.events import AttendanceChanged
from telemed.cases.model import Case, ItemKind, PacketItem
from telemed.history.consumers import Consumer
from telemed.history.events import About
from telemed.history.service import emit, hint
from telemed.kit.activity import Activity
from telemed.kit.events import deliver
from telemed.kit.table import new_id
from telemed.notify.anew import Hint
from telemed.notify.live import GAP, HEARS, MOST_KEPT, SIGNED_OUT, Live, Tab
from telemed.people.model import Allergy, Patient, Sex
from telemed.rosters.events import RosterChanged
from telemed.studies.events import StudyGrew
from telemed.studies.model import LinkState
from telemed.work.events import NoticeSeen, WorkChanged
from telemed.work.model import Device
from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.consultations.conftest import Made, submitted
from tests.telemed.notify.conftest import is_due

__all__ = ["submitted"]


def _heard(tab: Tab) -> list[str | None]:
    out = []
    while not tab.queue.empty():
        hint = tab.queue.get_nowait()
        out.append(hint.said() if hint else None)
    return out


async def test_a_hint_goes_to_the_branch_and_to_whom_the_case_is_granted(world: World) -> None:
    live, case, id = Live(), new_id(), new_id()
    tabs = {who: Tab(world.actor(who)) for who in ("doctor", "coordinator", "expert", "jiashan_doctor", "admin")}
    live.tabs |= set(tabs.values())
    told = AttendanceChanged()
    about = About("wuxi", "ruijin", case_id=case, activity="consultation", activity_id=id)
    async with world.db.write() as db:
        await give(
            db,
            case_id=case,
            patient_id=new_id(),
            activity=Activity("consultation", new_id()),
            grantee="role:ruijin:coordinator",
            hospital_id="wuxi",
            allows=["read"],
            purpose="accept",
            by=None,
            now=NOW,
        )
        hint(db, told, about, NOW)
    await deliver(world.db, {"live": Consumer("live", HEARS, live.consume)}, NOW)
    expected = f'{{"topic": "consultation", "id": "{id}", "rev": 0}}'
    heard = {who: expected in _heard(tab) for who, tab in tabs.items()}
    assert heard == {"doctor": True, "coordinator": True, "expert": False, "jiashan_doctor": False, "admin": False}


async def test_a_hospitals_people_hear_that_its_roster_has_changed(world: World) -> None:
    live, id = Live(), new_id()
    tabs = {who: Tab(world.actor(who)) for who in ("expert", "coordinator", "doctor")}
    live.tabs |= set(tabs.values())
    async with world.db.write() as db:
        emit(db, RosterChanged(id=id, change="accepted"), About("ruijin"), NOW)
    await deliver(world.db, {"live": Consumer("live", HEARS, live.consume)}, NOW)
    hint = [f'{{"topic": "roster", "id": "{id}", "rev": 0}}']
    assert {who: _heard(tab) for who, tab in tabs.items()} == {"expert": hint, "coordinator": hint, "doctor": []}


async def test_that_somebody_has_seen_a_ringing_makes_no_page_read_its_activity_again(world: World) -> None:
    live, id, tab = Live(), new_id(), Tab(world.actor("doctor"))
    live.tabs.add(tab)
    seen = NoticeSeen(deadline_id=new_id(), kind="ring", person_id=world.ids["expert"], device=Device.phone)
    async with world.db.write() as db:
        emit(db, seen, About("wuxi", activity="consultation", activity_id=id), NOW)
    await deliver(world.db, {"live": Consumer("live", HEARS, live.consume)}, NOW)
    assert _heard(tab) == [f'{{"topic": "notice", "id": "{id}", "rev": 0}}']


async def test_that_somebody_has_seen_notices_makes_only_the_line_of_who_was_told_read_again_once_a_case(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    live = Live()
    id = await is_due(world, clock, call, submitted)
    clock.move(minutes=5)
    late = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"][0]["id"]
    assert (await call("coordinator", "POST", f"/home/exceptions/{late}/nudge"))[0] == 204  # told twice of one case
    await deliver(world.db, {"live": Consumer("live", HEARS, live.consume)}, clock())
    tabs = {who: Tab(world.actor(who)) for who in ("doctor", "expert", "jiashan_doctor")}
    live.tabs |= set(tabs.values())
    (last, *_), _ = (await call("coordinator", "GET", "/home/notices"))[1].values()
    assert (await call("coordinator", "POST", f"/home/notices/{last['id']}/seen", json={"device": "phone"}))[0] == 204
    await deliver(world.db, {"live": Consumer("live", HEARS, live.consume)}, clock())
    told = [f'{{"topic": "told", "id": "{id}", "rev": 0}}']
    assert {who: _heard(tab) for who, tab in tabs.items()} == {"doctor": told, "expert": [], "jiashan_doctor": []}


async def test_work_for_a_role_is_told_to_who_holds_it_there(world: World) -> None:
    live = Live()
    tabs = {who: Tab(world.actor(who)) for who in ("reviewer", "jiashan_reviewer", "doctor")}
    live.tabs |= set(tabs.values())
    async with world.db.write() as db:
        hint(db, WorkChanged(to="role:wuxi:reviewer", about_id=new_id()), About("wuxi"), NOW)
    await deliver(world.db, {"live": Consumer("live", HEARS, live.consume)}, NOW)
    assert {who: len(_heard(tab)) for who, tab in tabs.items()} == {"reviewer": 1, "jiashan_reviewer": 0, "doctor": 0}


async def test_a_page_hears_what_came_while_it_was_opening_and_nobody_else_hears_it_again(world: World) -> None:
    live, before = Live(), Tab(world.actor("reviewer"))
    live.tabs.add(before)
    about = new_id()
    async with world.db.write() as db:
        hint(db, WorkChanged(to="role:wuxi:reviewer", about_id=about), About("wuxi"), NOW)
    await deliver(world.db, {"live": Consumer("live", HEARS, live.consume)}, NOW)
    assert len(_heard(before)) == 1
    tabs = {who: Tab(world.actor(who)) for who in ("reviewer", "jiashan_reviewer")}
    live.tabs |= set(tabs.values())
    async with world.db.read() as db:
        for each in tabs.values():
            await live.catch_up(db, each, 60)
    expected = [f'{{"topic": "work", "id": "{about}", "rev": 0}}']
    assert {who: _heard(tab) for who, tab in tabs.items()} == {"reviewer": expected, "jiashan_reviewer": []}
    assert _heard(before) == []


async def test_a_page_that_missed_more_than_is_kept_reads_everything_again(world: World) -> None:
    live, tab = Live(), Tab(world.actor("reviewer"))
    async with world.db.write() as db:
        for _ in range(MOST_KEPT):
            hint(db, WorkChanged(to="role:wuxi:reviewer", about_id=new_id()), About("wuxi"), NOW)
    while await deliver(world.db, {"live": Consumer("live", HEARS, live.consume)}, NOW):
        pass
    async with world.db.read() as db:
        await live.catch_up(db, tab, 60)
    assert _heard(tab) == [GAP.said()]


async def test_a_tab_that_does_not_listen_is_closed_instead_of_growing(world: World) -> None:
    tab = Tab(world.actor("doctor"))
    for n in range(1000):
        tab.send(Hint("beat", str(n), 0))
    assert _heard(tab)[0] is None


async def test_an_ended_sign_in_closes_its_tabs(world: World) -> None:
    live, now = Live(), NOW
    async with world.db.write() as db:
        row = SignIn(
            token_sha256="x",
            account_id=world.ids["doctor"],
            created_at=now,
            seen_at=now,
            expires_at=now + timedelta(hours=1),
        )
        db.add(row)
    actor = world.actor("doctor")
    here, gone = Tab(actor.__class__(actor.id, row.id, "wuxi", "d", actor.roles)), Tab(actor)
    live.tabs |= {here, gone}
    await live.close_ended(world.db, now)
    assert (gone.code, _heard(gone), _heard(here)) == (SIGNED_OUT, [None], [])


async def test_the_hub_hears_of_a_study_of_a_shared_case_and_a_stranger_does_not(world: World) -> None:
    live, patient, about, links = Live(), new_id(), new_id(), (new_id(), new_id())
    tabs = {who: Tab(world.actor(who)) for who in ("doctor", "expert", "expert2", "jiashan_doctor", "admin")}
    live.tabs |= set(tabs.values())
    async with world.db.write() as db:
        db.add(Patient(id=patient, hospital_id="wuxi", name="陈远山", sex=Sex.male, allergy=Allergy.none))
        await db.flush()
        case = Case(hospital_id="wuxi", patient_id=patient, opened_at=NOW)
        db.add(case)
        await db.flush()
        item = PacketItem(
            case_id=case.id,
            activity="consultation",
            activity_id=about,
            version=1,
            kind=ItemKind.study,
            hospital_id="wuxi",
            study_uid="1.2.3",
            added_at=NOW,
        )
        db.add(item)
        for who, until in (("expert", None), ("expert2", NOW - timedelta(days=1))):
            await give(
                db,
                case_id=case.id,
                patient_id=patient,
                activity=Activity("consultation", about),
                grantee=str(world.ids[who]),
                hospital_id="wuxi",
                allows=["read"],
                purpose="take part",
                by=None,
                now=NOW - timedelta(days=2),
                until=until,
            )
        for id, uid in zip(links, ("1.2.3", "9.9.9"), strict=True):
            hint(db, StudyGrew(id=id, study_uid=uid, state=LinkState.confirmed, rev=7), About("wuxi"), NOW)
    await deliver(world.db, {"live": Consumer("live", HEARS, live.consume)}, NOW)
    said = {who: _heard(tab) for who, tab in tabs.items()}
    grew, other = (f'{{"topic": "study", "id": "{each}", "rev": 7}}' for each in links)
    assert {who: (grew in all, other in all) for who, all in said.items()} == {
        "doctor": (True, True),
        "expert": (True, False),
        "expert2": (False, False),
        "jiashan_doctor": (False, False),
        "admin": (False, False),
    }


async def test_whoever_gets_or_loses_a_case_is_told_so_that_their_page_reads_it_again(world: World) -> None:
    live, about = Live(), new_id()
    expert, other = Tab(world.actor("expert")), Tab(world.actor("expert2"))
    live.tabs |= {expert, other}
    async with world.db.write() as db:
        await give(
            db,
            case_id=new_id(),
            patient_id=new_id(),
            activity=Activity("consultation", about),
            grantee=str(world.ids["expert"]),
            hospital_id="wuxi",
            allows=["read"],
            purpose="lead",
            by=None,
            now=NOW,
        )
        await end(db, about, NOW)
    await deliver(world.db, {"live": Consumer("live", HEARS, live.consume)}, NOW)
    told = f'{{"topic": "consultation", "id": "{about}", "rev": 0}}'
    assert (_heard(expert), _heard(other)) == ([told, told], [])
