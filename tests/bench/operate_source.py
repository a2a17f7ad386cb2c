"""How long a doctor waits for a hospital system that is silent, until the patient can be typed by hand."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter

from playwright.sync_api import Page, expect

from tests.bench.workshop import Measured, Workshop, browsers, sign_in
from tests.e2e.conftest import Product

HERE = "127.0.0.1"
TRIES, ANSWERS_WITHIN_MS = 3, 3_000


def dead_source_form_usable(shop: Workshop) -> Measured:
    """From Enter in the number's field, in the browser, until the page has said why and the name is typed by hand.

    The system takes the connection and never answers. Before each try it is set up anew, so that it is really asked.
    """
    tries = shop.often(TRIES)
    with _allowed(), _silent() as port, browsers(1) as [chromium], shop.product() as product:
        admin = sign_in(chromium, product, "wuxi.admin", "/admin/systems").page
        doctor = sign_in(chromium, product, "wuxi.doctor", "/requests/new").page
        took = [_once(product, admin, doctor, port, each) for each in range(tries)]
    return Measured(1000 * median(took), tries, waits=ANSWERS_WITHIN_MS)


def _once(product: Product, admin: Page, doctor: Page, port: int, version: int) -> float:
    system = {"kind": "views", "name": "HIS", "address": f"postgresql://{HERE}:{port}/his", "account": "telemed"}
    headers = {"If-Match": f'"{version}"', "Origin": product.origin}
    saved = admin.request.put("/api/admin/sources/system", data=system | {"secret": "secret"}, headers=headers)
    assert saved.ok, saved.text()
    doctor.goto("/requests/new")
    number = doctor.get_by_role("textbox", name="住院号 / 门诊号")
    number.fill("0026000000")
    began = perf_counter()
    number.press("Enter")
    expect(doctor.get_by_text(f"HIS没有在 {ANSWERS_WITHIN_MS // 1000} 秒内应答")).to_be_visible()
    doctor.get_by_role("button", name="手工登记患者").click()
    name = doctor.get_by_role("dialog").get_by_label("姓名")
    name.fill("吴松年")
    expect(name).to_have_value("吴松年")
    return perf_counter() - began


@contextmanager
def _silent() -> Iterator[int]:
    """A port that takes connections and never says anything."""
    with socket.create_server((HERE, 0), backlog=50) as listening:
        yield listening.getsockname()[1]


@contextmanager
def _allowed() -> Iterator[None]:
    """The demonstration may call this machine."""
    before = os.environ.get("TELEMED_SOURCE_ALLOW")
    os.environ["TELEMED_SOURCE_ALLOW"] = f'["{HERE}"]'
    try:
        yield
    finally:
        if before is None:
            del os.environ["TELEMED_SOURCE_ALLOW"]
        else:
            os.environ["TELEMED_SOURCE_ALLOW"] = before


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {"dead_source_form_usable": dead_source_form_usable}
