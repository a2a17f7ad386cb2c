"""An administrator connects the hospital's own system; while it is silent, a doctor types by hand."""

import socket

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Arrive, Person, Product
from tests.e2e.every_way import every_way
from tests.e2e.looks import findings, small_targets
from tests.e2e.still import settled
from tests.fakes.outside import HERE


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


def test_a_system_is_connected_tried_and_silent_and_the_patient_is_typed_by_hand(arrive: Arrive) -> None:
    with socket.create_server((HERE, 0), backlog=50) as silent:
        page = arrive("wuxi.admin", path="/settings").page
        page.get_by_role("link", name="医院系统").click()
        expect(page.get_by_text("尚未连接医院系统")).to_be_visible()
        page.get_by_role("button", name="连接").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("名称").fill("无锡 HIS")
        dialog.get_by_label("地址").fill(f"postgresql://{HERE}:{silent.getsockname()[1]}/his")
        dialog.get_by_label("账号").fill("telemed")
        dialog.get_by_label("密码").fill("secret")
        dialog.get_by_role("button", name="保存").click()
        page.get_by_role("button", name="试一试").click()
        expect(page.get_by_text("没有读到：没有及时应答。")).to_be_visible()
        doctor = arrive("wuxi.doctor", path="/requests/new").page
        number = doctor.get_by_role("textbox", name="住院号 / 门诊号")
        number.fill("0026000000")
        number.press("Enter")
        expect(doctor.get_by_text("无锡 HIS没有在 3 秒内应答，请先手工填写患者信息")).to_be_visible()
        doctor.get_by_role("button", name="手工登记患者").click()
        doctor.get_by_role("dialog").get_by_label("姓名").fill("吴松年")
        doctor.close()
    page.get_by_label("AE 标题").fill("WUXI_MR")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("WUXI_MR")).to_be_visible()
    page.get_by_role("button", name="断开").click()
    page.get_by_role("dialog").get_by_role("button", name="断开").click()
    expect(page.get_by_text("尚未连接医院系统")).to_be_visible()


def test_the_page_fits_and_is_accessible(arrive: Arrive) -> None:
    def none(admin: Person, language: str, width: int) -> None:
        expect(admin.page.get_by_role("button", name="连接" if language == "zh-CN" else "Connect")).to_be_visible()
        admin.shot(f"systems_none_{width}", language)
        assert findings(admin.page) == []

    def tried(admin: Person, language: str) -> None:
        admin.page.get_by_role("button", name="试一试" if language == "zh-CN" else "Try it").click()

    def connected(admin: Person, language: str, width: int) -> None:
        page = admin.page
        expect(page.get_by_role("button", name="试一试" if language == "zh-CN" else "Try it")).to_be_visible()
        expect(page.get_by_role("listitem").filter(has_text="JIASHAN_MR")).to_be_visible()
        settled(page)
        admin.shot(f"systems_{width}", language)
        assert findings(page) == []
        assert small_targets(page) == []
        page.get_by_role("button", name="修改" if language == "zh-CN" else "Change").click()
        settled(page)
        admin.shot(f"systems_dialog_{width}", language)
        assert findings(page) == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)

    admin = arrive("jiashan.admin", path="/admin/systems")
    page = admin.page
    every_way(admin, none)
    headers = {"If-Match": '"0"', "Origin": page.url.partition("/admin")[0]}
    system = {"kind": "views", "name": "HIS", "address": "postgresql://10.20.0.5:5432/his", "account": "telemed"}
    assert page.request.put("/api/admin/sources/system", data=system | {"secret": "s"}, headers=headers).ok
    page.request.post("/api/admin/sources/ae-titles", data={"title": "JIASHAN_MR", "name": "MR"}, headers=headers)
    page.reload()
    every_way(admin, connected, reach=tried)
    gone = page.request.delete("/api/admin/sources/system", headers=headers | {"If-Match": '"1"'})
    assert gone.ok
