"""At a ward's cart that waits in a round whoever signs in stands at the bed, and the call is the cart's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.at_a_device import SHOW, origin_of, session
from tests.e2e.at_the_bed import FIRST, done, instructed, item_at, ready
from tests.e2e.conftest import PASSWORD, PATIENCE, Arrive, Person, Product, copy_of
from tests.e2e.emergency import ask
from tests.e2e.in_room import KEEP_CONNECTIONS, decodes
from tests.e2e.pictures import keep_picture

pytestmark = pytest.mark.usefixtures("calling")

NURSE, DOCTOR, PIN = "0012-7788", "0012-9900", "480259"


@dataclass
class At:
    """A page of nobody."""

    page: Page


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Its own: what is done on a run-sheet stays."""
    with copy_of(seeded, tmp_path_factory.mktemp("round_device") / "data") as running:
        yield running


@pytest.fixture
def device(chromium: Browser, product: Product) -> Iterator[BrowserContext]:
    """The browser of a ward's cart."""
    context = chromium.new_context(base_url=product.origin, viewport={"width": 1366, "height": 768})
    context.set_default_timeout(PATIENCE)
    context.add_init_script(KEEP_CONNECTIONS)
    yield context
    context.close()


def cart_of_wuxi(arrive: Arrive, device: BrowserContext) -> tuple[Page, str]:
    """Its screen, and the device's id."""
    screen = device.new_page()
    screen.goto("/device")
    screen.get_by_role("button", name=SHOW["zh-CN"]).click()
    code = screen.get_by_role("status").first.inner_text()
    admin = arrive("wuxi.admin")
    venues = ask(admin, "GET", "/admin/devices")["venues"]  # that of the demonstration's cart has a round just now
    venue = next(each["id"] for each in venues if "CCU" in each["name"])
    new = {"code": code, "name": "5 病区查房车", "kind": "cart", "venue_id": venue}
    made = ask(admin, "POST", "/admin/devices", new)
    expect(screen.get_by_role("heading", name="5 病区查房车")).to_be_visible()
    return screen, made["id"]


def set_badge(person: Person, badge: str) -> None:
    mine = {"current": PASSWORD, "badge": badge, "pin": PIN}
    answer = person.context.request.put("/api/account/badge", data=mine, headers={"Origin": origin_of(person.page)})
    assert answer.ok, answer.text()


def read(pages: Any, keyboard: Page, badge: str) -> None:
    """A reader types where the keyboard is; the PIN is pressed."""
    expect(pages.get_by_label("工牌", exact=True)).to_be_focused()
    keyboard.keyboard.type(badge)
    keyboard.keyboard.press("Enter")
    expect(pages.get_by_label("6 位 PIN", exact=True)).to_be_focused()
    for digit in PIN:
        pages.get_by_role("button", name=digit, exact=True).click()


def test_at_the_wards_cart_a_badge_leads_to_the_bed_and_the_call_is_the_carts_own(
    arrive: Arrive, device: BrowserContext, product: Product
) -> None:
    screen, cart = cart_of_wuxi(arrive, device)
    nurse = arrive("wuxi.nurse")
    set_badge(nurse, NURSE)
    lead, ward, path, beds = ready(arrive, product, soon=timedelta(minutes=5), cart_id=cart)
    set_badge(ward, DOCTOR)
    id = path.rsplit("/", 1)[1]
    lead.page.goto(f"{path}/lead")
    screen.reload()
    decodes(lead, decodes(lead))  # the cart's picture, at which nobody has signed in

    screen.get_by_role("button", name="刷工牌登录").click()
    read(screen, screen, NURSE)
    pages = screen.frame_locator("iframe")
    expect(pages.get_by_role("main", name="床旁查房")).to_be_visible()
    item = item_at(lead, id, beds[0])
    done(lead, id, "present", item_id=item["id"])
    expect(pages.get_by_role("region", name="患者身份")).to_contain_text(item["patient"]["name"])
    expect(screen.get_by_role("region", name="会诊通话")).to_have_count(0)
    for label in ("打开麦克风", "打开摄像头"):
        lead.page.get_by_role("button", name=label).click()
    expect(pages.get_by_text("查房主持")).to_be_visible()
    expect(pages.get_by_role("figure", name="我的画面")).to_be_visible()
    decodes(At(screen), decodes(At(screen)))

    pages.get_by_label("扫腕带，或输入住院号后按回车").fill(item["patient"]["number"])
    pages.get_by_role("button", name="核对", exact=True).click()
    expect(pages.get_by_text(re.compile("扫腕带核对"))).to_be_visible()
    instructed(lead, id, item, FIRST)
    pages.get_by_role("button", name="管床医师复述：刷工牌或输 PIN").click()
    keep_picture(screen, "cart_device_read_back")
    read(pages, screen, DOCTOR)
    expect(pages.get_by_text(re.compile("已复述 .*叶夏至"))).to_be_visible()
    keep_picture(screen, "cart_device")
    assert session(device, product)["actor"]["username"] == "wuxi.nurse"

    screen.get_by_role("button", name="换人").click()
    expect(screen.get_by_role("button", name="刷工牌登录")).to_be_visible()
    expect(screen.get_by_text(item["patient"]["name"])).to_have_count(0)
    for each in (lead, At(screen)):
        decodes(each, decodes(each))
