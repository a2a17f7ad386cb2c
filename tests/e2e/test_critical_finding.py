"""A critical finding: raised beside the images, read back on the third rung, acted on, closed, and in the register."""

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import demonstration
from tests.e2e.looks import small_targets, squeezed
from tests.e2e.still import option, settled
from tests.e2e.story_side import Side, sitting_at

RAISED = "主动脉夹层"


@pytest.fixture
def data_dir(seeded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(seeded, tmp_path / "data")


@contextmanager
def sides(chromium: Browser, data_dir: Path, *usernames: str, ahead: str = "0m") -> Iterator[list[Side]]:
    """These people, so long after the seeding; what their browsers complain of fails the test."""
    with demonstration(data_dir, "--ahead", ahead) as product, ExitStack() as stack:
        found = [stack.enter_context(sitting_at(chromium, product.origin)) for _ in usernames]
        for side, username in zip(found, usernames, strict=True):
            side.sign_in(username)
        yield found
        assert [each for side in found for each in (*side.complaints, *side.findings)] == []


def band(page: Page) -> Locator:
    return page.get_by_role("region", name="危急值", exact=True).filter(has_text=RAISED)


def register_with(side: Side) -> str:
    """The path of the register that has the finding on the page: of the day it was found, which may be yesterday."""
    found_at = datetime.fromisoformat(side.get(f"/api{urlsplit(side.page.url).path}")["found_at"])
    return f"/critical-findings?day={found_at.astimezone(ZoneInfo('Asia/Shanghai')).date()}"


def test_it_is_read_back_on_the_third_rung_acted_on_and_closed(chromium: Browser, data_dir: Path) -> None:
    with sides(chromium, data_dir, "radiologist", "wuxi.doctor", "wuxi.duty", "jiashan.doctor") as people:
        _raised(*people)
    with sides(chromium, data_dir, "wuxi.duty", "wuxi.chief", ahead="6m") as (duty, chief):
        expect(band(duty.page)).to_contain_text("待复述")
        expect(band(chief.page)).to_have_count(0)
    with sides(chromium, data_dir, "wuxi.chief", "radiologist", "wuxi.nurse", ahead="12m") as people:
        _read_back_acted_on_and_closed(*people)


def _raised(reader: Side, doctor: Side, duty: Side, stranger: Side) -> None:
    readings = reader.get("/api/readings?show=to_read")["items"]
    id = next(each["id"] for each in readings if each["modality"] == "CT" and "主动脉" in each["examination"])
    page = reader.page
    page.goto(f"/reading/{id}")
    page.get_by_role("button", name="报危急值…").click()
    dialog = page.get_by_role("dialog", name="报危急值")
    box = dialog.get_by_role("combobox", name="危急值项目")
    box.click()
    box.fill("主动脉夹层")
    option(page, RAISED).click()
    dialog.get_by_role("radio", name="A 型").check()
    _seen(reader, "critical_raise")
    dialog.get_by_role("button", name="立即报出").click()
    expect(page.get_by_text("已报出，正在通知申请医院。")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(RAISED)).first).to_contain_text("待复述")
    _seen(reader, "critical_reading")
    expect(band(doctor.page)).to_contain_text("类型 A 型")  # nobody has reloaded the page
    expect(band(duty.page)).to_have_count(0)
    expect(band(stranger.page)).to_have_count(0)
    doctor.picture("critical_band")
    assert squeezed(doctor.page) == []


def _seen(reader: Side, name: str) -> None:
    """A picture of a page that fills the window: there is no switch of languages on it."""
    reader.settled()
    reader.shot(name)


def _read_back_acted_on_and_closed(chief: Side, reader: Side, nurse: Side) -> None:
    page = chief.page
    expect(band(page)).to_contain_text("待复述")
    band(page).get_by_role("button", name="复述").click()
    dialog = page.get_by_role("dialog", name="复述")
    dialog.get_by_role("radio", name="B 型").check()
    dialog.get_by_role("button", name="复述").click()
    expect(dialog.get_by_role("alert")).to_contain_text("不一致")
    chief.picture("critical_read_back")
    dialog.get_by_role("radio", name="A 型").check()
    dialog.get_by_role("button", name="复述").click()
    expect(page.get_by_text("复述一致，已记录。")).to_be_visible()
    expect(band(reader.page)).to_contain_text("已复述，待处置")
    band(page).get_by_role("link", name="查看").click()
    page.get_by_role("button", name="登记处置…").click()
    dialog = page.get_by_role("dialog", name="登记处置")
    dialog.get_by_role("textbox", name=re.compile("^处置")).first.fill("已联系心外科，转运至瑞金医院手术。")
    chief.picture("critical_act")
    dialog.get_by_role("button", name="登记").click()
    expect(page.get_by_text("处置已登记。")).to_be_visible()
    chief.picture("critical_one")
    register = register_with(chief)
    assert small_targets(page) == []
    page.get_by_role("button", name="关闭", exact=True).click()
    expect(page.get_by_text("已关闭。")).to_be_visible()
    for each in (chief, reader, nurse):
        expect(band(each.page)).to_have_count(0)
    page = nurse.page
    page.goto(register)
    expect(page.get_by_role("row").filter(has_text=RAISED)).to_contain_text("已关闭")
    nurse.picture("critical_register")
    assert squeezed(page) == []
    href = page.get_by_role("link", name="打印登记表").get_attribute("href")
    pdf = nurse.context.request.get(f"{nurse.origin}{href}")
    assert pdf.body().startswith(b"%PDF")
    Path("build/screens").mkdir(parents=True, exist_ok=True)
    Path("build/screens/critical_register.pdf").write_bytes(pdf.body())
    reader.language = "en"
    reader.sign_in("radiologist", register)
    row = reader.page.get_by_role("row").filter(has_text="Aortic dissection")
    expect(row).to_contain_text("closed")
    settled(reader.page)
    row.get_by_role("link").click()
    expect(reader.page.get_by_text("read back type B: not the same")).to_be_visible()
    reader.page.get_by_role("link", name="Open the reading").click()
    reader.page.get_by_role("button", name="Raise a critical finding…").click()
    _seen(reader, "critical_raise")


def test_a_mistake_is_withdrawn_and_who_was_told_learns_it(chromium: Browser, data_dir: Path) -> None:
    with sides(chromium, data_dir, "radiologist", "wuxi.doctor", "wuxi.duty", "jiashan.doctor") as people:
        _raised(*people)
        reader, doctor, *_ = people
        page = reader.page
        page.get_by_role("link", name=re.compile(RAISED)).first.click()
        page.get_by_role("button", name="撤回…").click()
        dialog = page.get_by_role("dialog", name="撤回")
        expect(dialog.get_by_role("button", name="撤回")).to_be_disabled()
        dialog.get_by_role("textbox", name=re.compile("^撤回原因")).fill("看错患者，已重新核对")
        reader.picture("critical_withdraw")
        dialog.get_by_role("button", name="撤回").click()
        expect(page.locator("del").filter(has_text=RAISED).first).to_be_visible()
        expect(page.get_by_role("button", name="撤回…")).to_have_count(0)
        reader.picture("critical_withdrawn")
        register = register_with(reader)
        expect(band(doctor.page)).to_have_count(0)  # nobody has reloaded the page
        doctor.page.get_by_role("button", name="通知").click()
        told = doctor.page.get_by_role("dialog", name="通知")
        expect(told.get_by_text("危急值已撤回：报出有误，请勿据此处置")).to_be_visible()
        doctor.picture("critical_withdrawn_notice")
        doctor.page.goto(register)
        row = doctor.page.get_by_role("row").filter(has_text=RAISED)
        expect(row).to_contain_text("看错患者，已重新核对")
        expect(row.locator("del").first).to_be_visible()
        doctor.picture("critical_register_struck")
