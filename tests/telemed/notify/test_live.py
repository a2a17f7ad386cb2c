"""Live hints reach those who may see what they are about, and nobody else; an ended sign-in closes its tab."""

from datetime import timedelta

from telemed.access.grants import give
from telemed.access.model import Activity, SignIn
from telemed.kit.events import deliver, publish
from telemed.kit.table import new_id
from telemed.notify.live import SIGNED_OUT, Live, Tab
from tests.telemed.conftest import NOW, World


def _heard(tab: Tab) -> list[str | None]:
    out = []
    while not tab.queue.empty():
        out.append(tab.queue.get_nowait())
    return out


async def test_a_hint_goes_to_the_branch_and_to_whom_the_case_is_granted(world: World) -> None:
    live, case = Live(), new_id()
    tabs = {who: Tab(world.actor(who)) for who in ("doctor", "coordinator", "expert", "jiashan_doctor", "admin")}
    live.tabs |= set(tabs.values())
    data = {"id": "c1", "case_id": str(case), "branch_id": "wuxi", "hub_id": "ruijin", "rev": 3}
    async with world.db.write() as db:
        await give(
            db,
            case_id=case,
            patient_id=new_id(),
            activity=Activity.consultation,
            activity_id=new_id(),
            grantee="role:ruijin:coordinator",
            hospital_id="wuxi",
            actions=["read"],
            purpose="accept",
            by=None,
            now=NOW,
        )
        publish(db, "consultation.approved", data, NOW)
    await deliver(world.db, {"live": live.consume}, NOW)
    hint = '{"topic": "consultation", "id": "c1", "rev": 3}'
    heard = {who: hint in _heard(tab) for who, tab in tabs.items()}
    assert heard == {"doctor": True, "coordinator": True, "expert": False, "jiashan_doctor": False, "admin": False}


async def test_work_for_a_role_is_told_to_who_holds_it_there(world: World) -> None:
    live = Live()
    tabs = {who: Tab(world.actor(who)) for who in ("reviewer", "jiashan_reviewer", "doctor")}
    live.tabs |= set(tabs.values())
    async with world.db.write() as db:
        publish(db, "work.changed", {"to": "role:wuxi:reviewer", "subject": "s"}, NOW)
    await deliver(world.db, {"live": live.consume}, NOW)
    assert {who: len(_heard(tab)) for who, tab in tabs.items()} == {"reviewer": 1, "jiashan_reviewer": 0, "doctor": 0}


async def test_a_tab_that_does_not_listen_is_closed_instead_of_growing(world: World) -> None:
    tab = Tab(world.actor("doctor"))
    for n in range(1000):
        tab.tell(str(n))
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
