"""A provisional report: allowed by the administrator, issued by one radiologist out of hours, reviewed by a chief."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.claiming import claimed
from tests.e2e.conftest import Arrive, Person, Product, copy_of
from tests.e2e.emergency import ask
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.still import settled, sharp

WORKING_DAYS = 5


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Its own: what is issued stays so."""
    with copy_of(seeded, tmp_path_factory.mktemp("provisional") / "data") as running:
        yield running


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="阅片列表").get_by_role("button").filter(has_text=name)


def closed_now(admin: Person) -> None:
    """The hub works on one day of the week that is neither today nor tomorrow, whatever day this is."""
    today = datetime.now(ZoneInfo("Asia/Shanghai"))
    near = {today.weekday(), (today + timedelta(days=1)).weekday()}
    day = next(each for each in range(WORKING_DAYS) if each not in near)
    hours = ask(admin, "GET", f"/admin/calendar?year={today.year}")["hours"]
    week = ["08:00-17:30" if each == day else "" for each in range(7)]
    new = {"starts": hours["starts"], "ends": hours["ends"], "week": week}
    ask(admin, "PUT", "/admin/calendar/hours", new, hours["version"])


def test_it_is_allowed_issued_alone_and_reviewed(arrive: Arrive) -> None:
    admin = arrive("admin")
    closed_now(admin)
    admin.page.goto("/admin/calendar")
    admin.page.get_by_role("checkbox", name=re.compile("允许一名放射科医师签发")).check()
    settled(admin.page)
    admin.shot("single_signature")
    admin.page.get_by_role("button", name="保存工作时间").click()
    expect(admin.page.get_by_text("已保存工作时间。")).to_be_visible()

    desk = arrive("radiologist", path="/reading")
    page = desk.page
    row(page, "赵天枢").dblclick()
    claimed(page)
    page.get_by_label("影像所见").fill("左锁骨下动脉以远见内膜片。")
    page.get_by_label("诊断意见").fill("主动脉夹层（Stanford B 型）。")
    sharp(page)
    page.get_by_role("button", name="签发临时报告…").click()
    dialog = page.get_by_role("dialog", name="签发急诊临时报告")
    expect(dialog).to_contain_text("签发后不能再改")
    settled(page)
    desk.shot("report_provisional_ask")
    dialog.get_by_role("button", name="签发临时报告").click()
    expect(page.get_by_text("临时报告已签发，上级医师上班后审核。")).to_be_visible()
    expect(page.get_by_text("尚待上级医师审核", exact=False)).to_be_visible()
    settled(page)
    desk.shot("report_provisional")
    assert findings(page) == []
    assert small_targets(page) == []
    place = page.url[page.url.index("/reading/") :]

    theirs = arrive("wuxi.doctor", path=place).page
    expect(theirs.get_by_text("主动脉夹层（Stanford B 型）。").first).to_be_visible()
    expect(theirs.get_by_text("急诊临时报告", exact=False).first).to_be_visible()
    expect(theirs.get_by_role("link", name="打印报告")).to_be_visible()

    chief = arrive("radiologist2", path="/reading?show=to_review")
    page = chief.page
    expect(row(page, "赵天枢")).to_be_visible()
    page.goto(place)
    review = page.get_by_role("button", name="审核临时报告…")
    expect(review).to_be_in_viewport(ratio=1)  # with three downloads beside it
    report = page.get_by_role("region", name="影像诊断报告")
    assert report.evaluate("at => at.scrollWidth <= at.clientWidth")
    review.click()
    dialog = page.get_by_role("dialog", name="审核临时报告")
    dialog.get_by_role("radio", name="审核", exact=True).check()
    settled(page)
    chief.shot("report_provisional_review")
    dialog.get_by_role("button", name="发布").click()
    expect(page.get_by_text("经审核，同意临时报告。")).to_be_visible()
    expect(theirs.get_by_text("经审核，同意临时报告。")).to_be_visible()  # nobody has reloaded the page
    page.goto("/reading?show=to_review")
    expect(row(page, "赵天枢")).to_have_count(0)


def test_its_pages_in_english(arrive: Arrive) -> None:
    """After the one above, in the language of a guest."""
    admin = arrive("admin", path="/admin/calendar", language="en")
    settled(admin.page)
    admin.shot("single_signature", "en")
    assert findings(admin.page) == []
    chief = arrive("radiologist2", path="/reading?show=issued", language="en")
    page = chief.page
    page.get_by_role("button").filter(has_text="赵天枢").first.dblclick()
    page.wait_for_url(re.compile("/reading/"))
    expect(page.get_by_text("Review", exact=True).first).to_be_visible()
    settled(page)
    chief.shot("report_provisional_reviewed", "en")
    assert squeezed(page) == []
    assert findings(page) == []
