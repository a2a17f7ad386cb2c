"""The site board in a browser: a cart whose round begins soon is red until it has tested itself and answers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Arrive, Person, Product, copy_of
from tests.e2e.every_way import every_way
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.still import settled

pytestmark = pytest.mark.usefixtures("calling")

AGAIN = 45_000  # ms: the board asks again after 20 s
CART = "5 病区查房车"  # named beside the place where it stands


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Its own: a cart tests itself."""
    with copy_of(seeded, tmp_path_factory.mktemp("sites") / "data") as running:
        yield running


def looked_at(person: Person, shot: str, language: str) -> None:
    settled(person.page)
    person.shot(shot, language)
    assert findings(person.page) == []
    assert small_targets(person.page) == []
    assert squeezed(person.page) == []


def test_the_board_is_read_on_a_wide_screen_and_on_a_phone(arrive: Arrive) -> None:
    def wide(person: Person, language: str, width: int) -> None:
        link = person.page.get_by_role("link", name="运行看板" if language == "zh-CN" else "Sites", exact=True)
        expect(link).to_have_attribute("aria-current", "page")
        looked_at(person, "sites", language)

    coordinator = arrive("coordinator", path="/")
    coordinator.page.get_by_role("link", name="运行看板", exact=True).click()
    expect(coordinator.page.locator("li[data-state]")).not_to_have_count(0)
    every_way(coordinator, wide, widths=(1366,))
    admin = arrive("admin", path="/sites", width=360, height=760)
    expect(admin.page.locator("li[data-state]")).not_to_have_count(0)
    every_way(admin, lambda who, language, width: looked_at(who, "sites_360", language), widths=(360,), height=760)


def test_a_red_cart_is_ready_once_it_has_tested_itself(arrive: Arrive, chromium: Browser, product: Product) -> None:
    coordinator = arrive("coordinator", path="/sites")
    row = coordinator.page.locator("li[data-state]").filter(has_text=CART)
    expect(row).to_have_attribute("data-state", "red")
    expect(coordinator.page.locator("li[data-state]").first).to_contain_text(CART)
    expect(row).to_contain_text("尚未自检")
    link = next(found[0] for line in product.lines if (found := re.search(r"\S+/device#take=\S+", line)))
    device = chromium.new_context(viewport={"width": 1024, "height": 768}, permissions=["camera", "microphone"])
    try:
        screen = device.new_page()
        screen.goto(link)
        screen.get_by_role("button", name="开始检查").click()
        expect(screen.get_by_text("全部正常")).to_be_visible()
        expect(row).to_have_attribute("data-state", "ready", timeout=AGAIN)
        expect(row).to_contain_text("在线")
        looked_at(coordinator, "sites_ready", "zh-CN")
        coordinator.page.get_by_role("button", name="全部重测").click()
        expect(row).to_contain_text("会议后重测")  # its round begins in less than a quarter of an hour
        looked_at(coordinator, "sites_retested", "zh-CN")
    finally:
        device.close()
