"""Somebody leaves a device: by signing out in their pages, and with what they have opened from them."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Route, expect

from tests.e2e.at_a_device import by_password, registered, session
from tests.e2e.conftest import PATIENCE, Arrive, Product

PRINT = "a form with a name on it"


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


def test_signing_out_in_the_pages_leads_back_to_the_device(arrive: Arrive, chromium: Browser, product: Product) -> None:
    device = chromium.new_context(base_url=product.origin, viewport={"width": 1366, "height": 768})
    device.set_default_timeout(PATIENCE)
    try:
        screen = registered(arrive, device, "zh-CN", "3 zh")
        pages = by_password(screen, "expert")
        assert session(device, product)["at_device"]
        pages.locator("button[aria-haspopup=menu]").last.click()
        pages.get_by_role("menuitem", name=re.compile("退出登录|Sign out")).click()
        expect(screen.get_by_role("button", name=re.compile("用手机确认登录|Confirm by telephone"))).to_be_visible()
        assert session(device, product)["actor"] is None
    finally:
        device.close()


def test_a_print_that_was_opened_goes_with_whoever_opened_it(
    arrive: Arrive, chromium: Browser, product: Product
) -> None:
    device = chromium.new_context(base_url=product.origin, viewport={"width": 1366, "height": 768})
    device.set_default_timeout(PATIENCE)
    # The browser of the tests downloads a PDF instead of showing it.
    device.route("**/api/consents/*/form", as_text)
    try:
        screen = registered(arrive, device, "zh-CN", "4 zh")
        pages = by_password(screen, "wuxi.doctor")
        go(pages, f"/requests/{new_request(device, product)}")
        pages.get_by_role("button", name="新建知情同意").click()
        with device.expect_page() as saved:
            pages.get_by_role("dialog").get_by_role("button", name="保存并打印同意书").click()
        expect(saved.value.get_by_text(PRINT)).to_be_visible()
        printing = pages.get_by_role("link", name="打印", exact=True)
        for button in ("left", "middle"):
            screen.bring_to_front()
            with device.expect_page() as opened:
                printing.click(button=button)
            expect(opened.value.get_by_text(PRINT)).to_be_visible()
        assert len(device.pages) == 4
        screen.bring_to_front()
        screen.get_by_role("button", name="换人").click()
        expect(screen.get_by_role("button", name="用手机确认登录")).to_be_visible()
        assert device.pages == [screen]
    finally:
        device.close()


def as_text(route: Route) -> None:
    """With the headers that the server gives."""
    given = route.fetch()
    assert given.headers["content-type"].startswith("application/pdf")
    headers = {key: value for key, value in given.headers.items() if key != "content-disposition"}
    route.fulfill(status=given.status, headers=headers | {"content-type": "text/plain"}, body=PRINT)


def go(pages: FrameLocator, path: str) -> None:
    pages.locator("body").evaluate("(_, path) => location.assign(path)", path)


def new_request(device: BrowserContext, product: Product) -> str:
    """A draft of whoever is signed in at the device."""
    headers = {"Origin": product.origin}
    unknown = {"number": None, "name": "无名氏 打印", "sex": "male", "estimated_age": 60, "temporary": True}
    patient = device.request.post(f"{product.origin}/api/patients", data=unknown, headers=headers).json()
    made = device.request.post(f"{product.origin}/api/requests", data={"patient_id": patient["id"]}, headers=headers)
    return str(made.json()["id"])
