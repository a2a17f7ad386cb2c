"""A screen on a ward becomes a device, shows its next meeting, lets people in and keeps nothing of them."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from tests.e2e.at_a_device import registered, session
from tests.e2e.conftest import PATIENCE, Arrive, Person, Product, copy_of
from tests.e2e.in_room import KEEP_CONNECTIONS, at_home, decodes, other_tile, past_the_door
from tests.e2e.looks import findings
from tests.e2e.pictures import keep_picture
from tests.e2e.still import options, settled

pytestmark = pytest.mark.usefixtures("calling")

WORDS = {
    "zh-CN": ("显示登记码", "登记设备", "登记码", "名称", "所在会诊室", "全部正常", "停用", "开始检查"),
    "en": ("Show a code", "Register a device", "Code", "Name", "Stands in", "Everything works", "Revoke", "Run check"),
}


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Of its own: a meeting is held."""
    with copy_of(seeded, tmp_path_factory.mktemp("devices") / "data") as running:
        yield running


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_screen_is_registered_by_its_code_and_revoked(
    arrive: Arrive, chromium: Browser, product: Product, language: str
) -> None:
    show, register, code_word, name_word, stands_in, works, revoke, run = WORDS[language]
    device = chromium.new_context(
        base_url=product.origin, viewport={"width": 1024, "height": 768}, permissions=["camera", "microphone"]
    )
    try:
        screen = device.new_page()
        screen.goto(f"/device?lang={language}")
        screen.get_by_role("button", name=show).click()
        code = screen.get_by_role("status").first.inner_text()
        settled(screen)
        assert findings(screen) == []
        keep_picture(screen, f"device_code_{language}")

        admin = arrive("admin", path="/admin/devices", language=language)
        page = admin.page
        page.get_by_role("button", name=register).click()
        name = f"1 {language}"
        page.get_by_label(code_word, exact=False).first.fill(code.lower())
        page.get_by_label(name_word, exact=False).first.fill(name)
        options(page, page.get_by_role("combobox", name=stands_in)).nth(1).click()
        settled(page)
        admin.shot("device_register", language)
        page.get_by_role("dialog").get_by_role("button", name=register).click()
        row = page.get_by_role("listitem").filter(has_text=name)
        expect(row).to_be_visible()

        expect(screen.get_by_role("heading", name=name)).to_be_visible()
        # Its own test waits while somebody meets soon, as in a new demonstration.
        screen.get_by_role("button", name=run).click()
        expect(screen.get_by_text(works)).to_be_visible()
        settled(screen)
        assert findings(screen) == []
        keep_picture(screen, f"device_{language}", full_page=True)
        screen.set_viewport_size({"width": 360, "height": 780})
        settled(screen)
        assert findings(screen) == []
        keep_picture(screen, f"device_360_{language}", full_page=True)

        page.reload()
        settled(page)
        assert findings(page) == []
        admin.shot("devices", language)
        page.route("**/revoke", busy, times=1)
        row.get_by_role("button", name=revoke).click()
        settled(page)
        page.get_by_role("dialog").get_by_role("button", name=revoke).click()
        expect(row.get_by_role("button", name=revoke)).to_have_count(0)
        screen.reload()
        expect(screen.get_by_role("button", name=show)).to_be_visible()
    finally:
        device.close()


def busy(route: Route) -> None:
    """As the server says when so much is written that it has changed nothing."""
    route.fulfill(status=503, json={"code": "busy"}, content_type="application/problem+json")


STAY = {
    "zh-CN": ("用手机确认登录", "确认登录", "登录人的页面", "换人"),
    "en": ("Confirm by telephone", "Sign in there", "Pages of whoever is signed in", "Change person"),
}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_telephone_signs_its_person_in_and_nothing_of_them_stays(
    arrive: Arrive, chromium: Browser, product: Product, language: str
) -> None:
    show, confirm, frame, change = STAY[language]
    device = chromium.new_context(base_url=product.origin, viewport={"width": 1366, "height": 768})
    device.set_default_timeout(PATIENCE)
    try:
        screen = registered(arrive, device, language, f"2 {language}")
        screen.get_by_role("button", name=show).click()
        digits = screen.locator("output").inner_text()
        settled(screen)
        assert findings(screen) == []
        keep_picture(screen, f"device_entry_{language}", full_page=True)

        phone = arrive(
            "expert",
            path=f"/device-code?code={digits.replace(' ', '')}",
            language=language,
            width=360,
            height=780,
            phone=True,
        )
        go = phone.page.get_by_role("button", name=confirm)
        expect(go).to_be_visible()
        settled(phone.page)
        assert findings(phone.page) == []
        phone.shot("device_confirm", language)
        go.click()

        pages = screen.frame_locator(f"iframe[title='{frame}']")
        expect(pages.get_by_role("navigation").first).to_be_visible()
        settled(screen, "true")
        keep_picture(screen, f"device_stay_{language}")
        assert session(device, product)["at_device"]
        assert len(screen.frames) == 2
        screen.get_by_role("button", name=change).click()
        expect(screen.get_by_role("button", name=show)).to_be_visible()
        assert len(screen.frames) == 1
        assert session(device, product)["actor"] is None
        assert session(phone.context, product)["actor"] is not None
    finally:
        device.close()


def test_the_call_stays_when_whoever_took_part_leaves_the_device(
    arrive: Arrive, chromium: Browser, product: Product
) -> None:
    device = chromium.new_context(base_url=product.origin, viewport={"width": 1366, "height": 768})
    device.set_default_timeout(PATIENCE)
    device.add_init_script(KEEP_CONNECTIONS)
    try:
        screen = registered(arrive, device, "zh-CN", "1 号会诊室电脑")
        admin, coordinator = arrive("admin"), arrive("coordinator")
        found = wait_in_a_room(admin, coordinator, device, product)
        expect(screen.get_by_text("已在会诊室等候")).to_be_visible()

        doctor = at_home(arrive, f"{found['branch_id']}.doctor")
        doctor.page.goto(f"/rooms/{found['id']}")
        past_the_door(doctor.page)
        screen.get_by_role("button", name="用手机确认登录").click()
        code = screen.locator("output").inner_text()
        lead = next(each for each in ("expert", "expert2") if name_of(arrive(each)) == found["lead"]["name"])
        phone = arrive(lead)
        sent = phone.context.request.post(
            "/api/device-codes/confirm", data={"code": code}, headers={"Origin": product.origin}
        )
        assert sent.ok, sent.text()
        pages = screen.frame_locator("iframe[title='登录人的页面']")
        pages.get_by_role("button", name="进入会诊").first.click()
        expect(pages.get_by_role("main", name="线上会诊室")).to_be_visible()
        expect(pages.get_by_text("声音和画面在本设备的通话里。")).to_be_visible()

        here = SimpleNamespace(page=screen)
        frames = decodes(here)
        expect(other_tile(doctor.page)).to_contain_text("会诊室")
        seen = decodes(doctor)
        settled(screen)
        keep_picture(screen, "device_call")
        doctor.shot("room_with_device")

        screen.get_by_role("button", name="换人").click()
        expect(screen.get_by_role("button", name="用手机确认登录")).to_be_visible()
        assert found["patient"]["name"] not in screen.content()
        assert (decodes(here, frames) > frames, decodes(doctor, seen) > seen) == (True, True)
        settled(screen)
        assert findings(screen) == []
        keep_picture(screen, "device_call_alone", full_page=True)

        office = at_home(arrive, f"{found['branch_id']}.coordinator")
        office.page.goto(f"/audit?patient={found['patient']['id']}")
        expect(office.page.get_by_text("1 号会诊室电脑").first).to_contain_text("在设备上：")
        settled(office.page)
        assert findings(office.page) == []
        office.shot("audit_device")

        revoke(admin, product, "1 号会诊室电脑")
        expect(doctor.page.get_by_label("会诊室的画面", exact=False)).to_have_count(0)
    finally:
        device.close()


def wait_in_a_room(admin: Person, coordinator: Person, device: BrowserContext, product: Product) -> Any:
    """Puts the device into a venue of a meeting that is on; returns that consultation."""
    items = admin.context.request.get("/api/admin/devices").json()
    row = next(each for each in items["items"] if each["name"] == "1 号会诊室电脑")
    for venue in items["venues"]:
        put = admin.context.request.put(
            f"/api/admin/devices/{row['id']}",
            data={"name": row["name"], "kind": "room", "venue_id": venue["id"]},
            headers={"Origin": product.origin, "If-Match": f'"{row["version"]}"'},
        )
        row = put.json()
        given = device.request.post(f"{product.origin}/api/devices/ticket", data={}, headers={"Origin": product.origin})
        if given.ok:
            return coordinator.context.request.get(f"/api/consultations/{given.json()['room']}").json()
    raise AssertionError("no meeting is on in a venue of the hub")


def revoke(admin: Person, product: Product, name: str) -> None:
    items = admin.context.request.get("/api/admin/devices").json()["items"]
    row = next(each for each in items if each["name"] == name)
    done = admin.context.request.post(
        f"/api/admin/devices/{row['id']}/revoke",
        headers={"Origin": product.origin, "If-Match": f'"{row["version"]}"'},
    )
    assert done.ok, done.text()


def name_of(person: Person) -> str:
    return str(person.context.request.get("/api/session").json()["actor"]["name"])
