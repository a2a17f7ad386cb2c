"""Thousands at once: what is planned and written together is what becomes of each by itself."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from telemed.access.model import Account, AccountPolicy, AccountRole, Actor, SignIn
from telemed.administration import staff_writing, staffing
from telemed.administration.model import RoleProposal
from telemed.administration.staff_book import StaffBook
from telemed.administration.staff_schemas import StaffIn
from telemed.audit.model import AuditEvent
from telemed.errors import TelemedError
from telemed.imports import every, kinds, running
from telemed.imports.sheet import read
from telemed.imports.table import table
from telemed.people.model import Registration, Staff
from telemed.scheduling.model import Resource, ResourceKind
from telemed.work.outgoing import NoticeChoice
from tests.telemed.conftest import NOW, World, rows
from tests.telemed.imports.books import workbook
from tests.telemed.imports.importing import Rows, run

PERSON = st.fixed_dictionaries(
    {"number": st.sampled_from(["N1", "N2", "N3"])},
    optional={
        "name": st.sampled_from(["甲乙", "丙丁", ""]),
        "title": st.sampled_from(["attending", "chief"]),
        "phone": st.sampled_from(["139 0000 0001", "139", ""]),
        "licence": st.sampled_from(["L1", "L2", ""]),
        "username": st.sampled_from(["one.name", "wuxi.n2"]),
        "email": st.sampled_from(["a@b.example", "nobody", ""]),
        "roles": st.lists(st.sampled_from(["administrator", "expert", "bed_doctor"]), max_size=3),
    },
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PERSON, min_size=1, max_size=6), st.booleans())
async def test_the_plan_of_many_is_what_becomes_of_each(
    world: World, people: list[dict[str, Any]], alone: bool
) -> None:
    """The book says of each person, one after the other, what the use case of one does."""
    by = None if alone else world.actor("wuxi_admin")

    with contextlib.suppress(_TakenBack):
        async with world.db.write() as db:
            for given in people:
                new = StaffIn.model_validate(given)
                planned = told((await StaffBook.load(db, by, ["wuxi"])).plan, "wuxi", new)
                try:
                    async with db.begin_nested():
                        saved = await staffing.save(db, by, "wuxi", new, NOW)
                        became: Any = (saved.result, saved.before, saved.after)
                except TelemedError as refusal:
                    became = refusal.extra.get("reason")
                assert planned == became, given
            raise _TakenBack


class _TakenBack(Exception):
    pass


CHANGED: Rows = [
    ["工号", "姓名", "职称", "任职", "手机", "邮箱", "用户名", "执业证书编号", "备案机构", "备案起始", "备案截止"],
    ["doctor", "叶夏至", "主任医师", "申请、管床", "139 0000 0001", "", "", "L1", "", "", ""],
    ["doctor2", "", "", "", "", "two@wuxi.example", "wuxi.two", "", "jiashan", "2026-01-01", "2028-12-31"],
    ["chief", "", "", "上级医师、系统管理员", "", "", "", "L2", "", "", ""],
    ["nurse", "", "", "责任护士", "-", "", "", "", "", "", ""],
    ["W9001", "季小暑", "主治医师", "申请", "", "ji@wuxi.example", "", "", "jiashan", "2026-01-01", "2028-12-31"],
    ["duty", "", "", "", "", "", "", "", "", "", ""],
]


async def test_many_are_changed_as_one_by_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is written, the audit with before and after too, is what the use case of one writes."""
    by = world.actor("wuxi_admin")
    async with world.db.write() as db:
        db.add(Resource(id=world.ids["doctor"], kind=ResourceKind.person, hospital_id="wuxi", name="x", name_en="x"))
    at_once = await left_by(world, by, CHANGED)

    async def refused(*_: object) -> bool:
        return False

    monkeypatch.setattr(staff_writing, "are_as_loaded", refused)
    assert at_once == await left_by(world, by, CHANGED)
    assert at_once["RoleProposal"], "the chief's second role waits"
    assert [each["change"] for each in at_once["AuditEvent"] if each["target"] == str(world.ids["nurse"])] == [
        {
            "before": {"name": "nurse", "roles": ["charge_nurse", "primary_nurse"]},
            "after": {"name": "nurse", "roles": ["primary_nurse"]},
        }
    ]


async def left_by(world: World, by: Actor, given: Rows) -> dict[str, list[dict[str, Any]]]:
    """What the database holds after this import, which is taken back; ids of what is new left out."""
    kind = every.kind_named("staff")
    found = table(await read(workbook(given)), kind.columns, kind.identity)
    left: dict[str, list[dict[str, Any]]] = {}

    with contextlib.suppress(_TakenBack):
        async with world.db.write() as db:
            target = await kinds.opened(kind, db, by, "wuxi", NOW)
            assert isinstance(target, kinds.Planning)
            columns = {each.key: each for each in kind.columns}
            checked = await running._planned(db, target, kind, columns, found.rows)
            assert [each.state.value for each in checked] == ["changed"] * 4 + ["new", "same"]
            await db.flush()
            new = {each.id for each in (await db.exec(select(Staff).where(Staff.number == "W9001"))).all()}
            for model in (Staff, Account, AccountRole, NoticeChoice, RoleProposal, Registration, Resource, AuditEvent):
                held = (await db.exec(select(model))).all()
                left[model.__name__] = sorted(
                    (_plain(each.model_dump(mode="json"), new) for each in held),
                    key=lambda each: json.dumps(each, sort_keys=True),
                )
            raise _TakenBack
    return left


def _plain(row: dict[str, Any], new: set[Any]) -> dict[str, Any]:
    ids = {str(each) for each in new}
    return {
        name: "new" if str(value) in ids else value for name, value in row.items() if name not in ("id", "seq", "n")
    }


def told(plan: Any, *about: Any) -> Any:
    try:
        saved = plan(*about)
    except TelemedError as refusal:
        return refusal.extra.get("reason")
    return saved.result, saved.before, saved.after


async def test_a_role_from_a_workbook_that_asks_for_a_second_factor_ends_sign_ins(world: World) -> None:
    async with world.db.write() as db:
        await db.merge(AccountPolicy(hospital_id="wuxi", second_factor_roles=["senior_doctor"]))
    given: Rows = [["工号", "任职"], ["nurse", "责任护士、上级医师"], ["doctor2", "申请、管床"]]
    await run(world, "staff", given)
    signed_in = {each.account_id for each in await rows(world.db, SignIn)}
    assert world.ids["nurse"] not in signed_in
    assert world.ids["doctor2"] in signed_in
