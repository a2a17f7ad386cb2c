"""What hands do on a page: keys that work at once, approvals taken back, targets large enough for a finger."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.cases import consultations, in_state
from tests.e2e.conftest import Arrive, Person, Product
from tests.e2e.looks import findings, small_targets
from tests.e2e.still import settled

WIDTHS = (1366, 1920, 1024)


def written(expert: Person, product: Product) -> str:
    """A case with images that this expert answers in writing."""
    for each in consultations(expert):
        shown = expert.context.request.get(f"/api/consultations/{each['id']}").json()
        images = any(study["link"] == "confirmed" and study["received"] > 0 for study in shown["studies"])
        if each["state"] == "accepted" and images and "to_written" in shown["actions"]:
            answer = expert.context.request.post(
                f"/api/consultations/{each['id']}/written",
                data={"reason": "书面答复"},
                headers={"Origin": product.origin, "If-Match": f'"{each["version"]}"'},
            )
            assert answer.ok, answer.text()
            return str(each["id"])
    raise AssertionError("the demonstration has no such case")


def test_an_opinion_is_written_beside_the_images_and_k_takes_one_at_once(arrive: Arrive, product: Product) -> None:
    expert = arrive("expert")
    page = expert.page
    page.goto(f"/consultations/{written(expert, product)}/opinion")
    expect(page.locator(".vw")).to_have_attribute("data-state", "painted")
    expect(page.get_by_role("application")).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("region", name="关键影像").locator("img")).to_have_count(1)
    page.get_by_label("病情分析").fill("k")  # in the text it is a letter
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(page.get_by_role("region", name="关键影像").locator("img")).to_have_count(1)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 768 if width < 1900 else 1080})
        settled(page)
        expert.shot(f"opinion_written_{width}")
        assert findings(page) == []
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{page.url}?lang=en")
    expect(page.locator(".vw")).to_have_attribute("data-state", "painted")
    settled(page)
    expert.shot("opinion_written_1366", "en")


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


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_request_on_a_phone_shows_its_whole_button_above_a_small_bar(arrive: Arrive, language: str) -> None:
    doctor = arrive("wuxi.doctor", width=360, height=640, language=language)
    page = doctor.page
    page.goto(f"/requests/{in_state(doctor, 'returned', 'draft')}")
    settled(page)
    doctor.shot("phone_request", language)
    foot = page.locator("footer")
    box = foot.bounding_box()
    assert box is not None
    assert box["height"] <= 0.2 * 640
    for button in foot.get_by_role("button").all():
        assert button.evaluate("each => each.scrollWidth <= each.clientWidth"), button.inner_text()
    assert findings(page) == []


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
