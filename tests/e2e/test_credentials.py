"""The medical office renews a registration that ends and confirms a role; both wait on its home page until then."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Arrive, Person, Product
from tests.e2e.every_way import Reach, every_way, looks_right
from tests.e2e.still import settled


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


def ends_soon(admin: Person, name: str) -> None:
    """Brings forward the end of this person's registration at Wuxi, as an administrator who corrects it."""
    found = admin.context.request.get("/api/admin/staff", params={"q": name}).json()["items"][0]
    row = next(each for each in found["registrations"] if each["hospital_id"] == "wuxi")
    until = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
    kept = {key: row[key] for key in ("hospital_id", "number", "valid_from")}
    origin = {"Origin": admin.page.url.split("/admin")[0]}
    path = f"/api/admin/registrations/{found['id']}"
    answer = admin.context.request.put(path, data=kept | {"valid_until": until}, headers=origin)
    assert answer.ok, answer.text()


def test_the_medical_office_renews_a_registration_from_its_home_page(arrive: Arrive) -> None:
    ends_soon(arrive("admin", path="/admin/staff"), "梅大寒")
    office = arrive("wuxi.coordinator")
    page = office.page
    row = page.get_by_role("listitem").filter(has_text="梅大寒")
    expect(row).to_contain_text("无锡分院的多机构执业备案")
    row.get_by_role("button", name=re.compile("^续期：")).click()
    expect(page.get_by_role("heading", name="资质")).to_be_visible()
    settled(page)
    office.shot("credentials")
    page.get_by_role("button", name="续期… 梅大寒").click()
    page.get_by_label("截止日期").fill("2035-01-31")
    page.get_by_role("button", name="保存备案").click()
    expect(page.get_by_role("button", name="续期… 梅大寒")).to_have_count(0)
    page.goto(page.url.split("/credentials")[0])
    expect(page.get_by_role("heading", name="工作台")).to_be_attached()
    expect(page.get_by_text("无锡分院的多机构执业备案")).to_have_count(0)


def test_the_medical_office_confirms_a_role_that_an_administrator_has_proposed(arrive: Arrive) -> None:
    admin = arrive("wuxi.admin", path="/admin/staff")
    found = admin.context.request.get("/api/admin/staff", params={"q": "秦霜降"}).json()["items"][0]
    headers = {"Origin": admin.page.url.split("/admin")[0], "If-Match": f'"{found["version"]}"'}
    wanted = {"roles": [*found["roles"], "administrator"]}
    answer = admin.context.request.put(f"/api/admin/staff/{found['id']}", data=wanted, headers=headers)
    assert answer.ok, answer.text()
    office = arrive("wuxi.coordinator")
    page = office.page
    row = page.get_by_role("listitem").filter(has_text="秦霜降")
    expect(row).to_contain_text("系统管理员")
    row.get_by_role("button", name=re.compile("^去确认")).click()
    expect(page.get_by_text("魏清明")).to_be_visible()
    page.get_by_role("button", name="不同意：秦霜降").click()
    expect(page.get_by_text("没有待确认的任职。")).to_be_visible()


def show_all(office: Person, language: str) -> None:
    office.page.get_by_text("全部" if language == "zh-CN" else "All ", exact=False).last.click()


@pytest.mark.parametrize(("who", "reach"), [("wuxi.coordinator", show_all), ("admin", None), ("expert", None)])
def test_the_page_fits_and_is_accessible(arrive: Arrive, who: str, reach: Reach | None) -> None:
    person = arrive(who, path="/credentials")
    expect(person.page.get_by_role("heading", level=1)).to_be_visible()
    every_way(person, looks_right(f"credentials_{who}"), reach=reach)
