"""One request open in two tabs: the one does not offer what the other is still writing."""

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.conftest import Arrive, Product
from tests.e2e.lying import NOTHING_LIES, ONE_LIES, offer, opened
from tests.e2e.own_case import drafted
from tests.e2e.still import settled
from tests.e2e.until import until

TYPED = "第一个标签页里写的"
WAITS = "async () => (await navigator.locks.query()).pending.length === 1"  # for the other tab to go


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


def takes_nothing(route: Route) -> None:
    if route.request.method == "PATCH":
        route.abort()
    else:
        route.continue_()


def test_what_another_tab_is_still_writing_is_offered_once_that_tab_is_gone(arrive: Arrive, product: Product) -> None:
    doctor = arrive("wuxi.doctor")
    id = drafted(product, "路两页")
    first = doctor.page
    first.goto(f"/requests/{id}")
    settled(first)
    first.route(f"**/api/requests/{id}", takes_nothing)
    first.get_by_role("textbox", name="会诊目的").fill(TYPED)
    expect(first.get_by_text("已加密暂存在这台电脑").first).to_be_visible()
    second = opened(doctor, f"/requests/{id}")
    expect(second.get_by_role("textbox", name="会诊目的")).not_to_have_value(TYPED)
    until(second, ONE_LIES)
    until(second, WAITS)
    expect(offer(second)).to_have_count(0)
    first.close(run_before_unload=False)
    expect(offer(second)).to_contain_text("会诊目的")
    offer(second).get_by_role("button", name="不要").click()
    until(second, NOTHING_LIES)
