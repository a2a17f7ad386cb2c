"""What hands do on a page: menus by keyboard, approvals taken back, targets large enough for a finger."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.cases import in_state
from tests.e2e.conftest import Arrive, Person
from tests.e2e.every_way import every_way
from tests.e2e.looks import findings, small_targets
from tests.e2e.still import settled


def test_an_approval_is_taken_back_and_is_sent_when_the_page_is_left(arrive: Arrive) -> None:
    """What is sent is refused here, because other tests need the request as it is."""
    chief = arrive("wuxi.chief", path="/mark.svg")
    sent: list[str] = []

    def refuse(route: Route) -> None:
        sent.append(route.request.url)
        route.fulfill(status=409, json={"code": "conflict"})

    chief.context.route("**/api/consultations/*/endorse", refuse)
    page = chief.page
    page.goto("/")
    give = page.get_by_role("button", name=re.compile("^同意：上级医师审签"))
    take_back = page.get_by_role("button", name=re.compile("^撤销：上级医师审签"))
    give.press("Enter")
    expect(page.get_by_text(re.compile(r"^\d+ 秒后提交$"))).to_be_visible()
    expect(take_back).to_be_focused()
    settled(page)
    chief.shot("home_taken_back")
    assert findings(page) == []
    take_back.press("Enter")
    expect(give).to_be_focused()
    give.press("Enter")
    expect(take_back).to_be_visible()
    assert sent == []
    with page.expect_request("**/endorse"):
        page.get_by_role("link", name="会诊", exact=True).click()


def test_the_menu_of_a_case_is_used_with_the_arrow_keys(arrive: Arrive) -> None:
    coordinator = arrive("coordinator")
    page = coordinator.page
    page.goto(f"/consultations/{in_state(coordinator, 'scheduled', 'ready', 'accepted')}")
    page.get_by_role("button", name="更多").press("Enter")
    items = page.get_by_role("menuitem")
    expect(items.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="更多")).to_be_focused()


def test_a_request_on_a_phone_shows_its_whole_button_above_a_small_bar(arrive: Arrive) -> None:
    def look(doctor: Person, language: str, width: int) -> None:
        doctor.shot("phone_request", language)
        foot = doctor.page.locator("footer")
        box = foot.bounding_box()
        assert box is not None
        assert box["height"] <= 0.2 * 640
        for button in foot.get_by_role("button").all():
            assert button.evaluate("each => each.scrollWidth <= each.clientWidth"), button.inner_text()
        assert findings(doctor.page) == []

    doctor = arrive("wuxi.doctor", width=360, height=640)
    doctor.page.goto(f"/requests/{in_state(doctor, 'returned', 'draft')}")
    every_way(doctor, look, widths=(360,), height=640)


PAGES = {
    "expert": ["/", "/consultations?show=all", "/calendar"],
    "wuxi.doctor": ["/", "/requests/new"],
}


@pytest.mark.parametrize("username", PAGES)
def test_what_is_pressed_is_large_enough(arrive: Arrive, username: str) -> None:
    """WCAG 2.2, 2.5.8."""
    person = arrive(username)
    paths = [*PAGES[username], f"/consultations/{in_state(person, 'signed', 'executing', 'scheduled', 'ready')}"]
    if username == "wuxi.doctor":
        paths.append(f"/requests/{in_state(person, 'returned', 'draft')}")
    found = {}
    for path in paths:
        person.page.goto(path)
        settled(person.page)
        if small := small_targets(person.page):
            found[path] = small
    assert found == {}
