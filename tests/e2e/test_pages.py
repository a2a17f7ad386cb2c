"""Every page in both languages: looked at by axe, never wider than the screen, light enough, and kept as a picture."""

import gzip
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Response, expect

from tests.e2e.cases import in_state
from tests.e2e.conftest import PASSWORD, Arrive, Person, Product
from tests.e2e.every_way import LANGUAGES, every_way
from tests.e2e.looks import findings, squeezed
from tests.e2e.pictures import keep_picture
from tests.e2e.still import settled

SCRIPT_LIMIT = 400 * 1024  # gzip, of a page that is not the viewer


def case(*states: str) -> Callable[[Person], str]:
    return lambda person: f"/consultations/{in_state(person, *states)}"


def at(path: str) -> Callable[[Person], str]:
    return lambda person: path


def of_case(page: str, *states: str) -> Callable[[Person], str]:
    return lambda person: f"/consultations/{in_state(person, *states)}/{page}"


PAGES: dict[str, list[tuple[str, Callable[[Person], str]]]] = {
    "expert": [
        ("home_expert", at("/")),
        ("case_booked", case("ready", "scheduled")),
        ("agenda", at("/calendar")),
        ("room_door", lambda person: f"/rooms/{in_state(person, 'ready', 'scheduled')}"),
        ("no_such_page", at("/no/such")),
    ],
    "wuxi.doctor": [
        ("home_doctor", at("/")),
        ("consultations", at("/consultations?show=all")),
        ("case_signed", case("signed")),
        ("case_executing", case("executing")),
        ("case_closed", case("closed")),
        ("request", lambda person: f"/requests/{in_state(person, 'returned', 'draft')}"),
    ],
    "coordinator": [
        ("home_coordinator", at("/")),
        ("calendar", at("/calendar")),
        ("booking", of_case("booking", "accepted", "scheduling", "scheduled", "ready")),
    ],
    "wuxi.radiographer": [
        ("home_radiographer", at("/")),
        ("image_check", at("/studies")),
        ("upload_begin", of_case("upload", "scheduled", "ready", "accepted")),
    ],
    "admin": [
        ("home_administrator", at("/")),
        ("settings", at("/settings")),
        ("told", at("/account/notices")),
        ("channels", at("/admin/notices")),
    ],
}


@pytest.mark.parametrize("username", PAGES)
def test_each_page_is_accessible_and_fits(arrive: Arrive, username: str) -> None:
    person = arrive(username)
    for name, path in PAGES[username]:

        def look(here: Person, language: str, width: int, name: str = name) -> None:
            here.shot(name, language)
            assert findings(here.page) == []

        person.page.goto(path(person))
        every_way(person, look, widths=(1366,))


@pytest.mark.parametrize("path", [at("/"), case("signed")], ids=["home", "case"])
def test_a_page_that_is_not_the_viewer_is_light(arrive: Arrive, path: Callable[[Person], str]) -> None:
    """With nothing in the browser's cache."""
    person = arrive("wuxi.doctor", path="/mark.svg")
    scripts: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if re.search(r"\.js(\?|$)", response.url) and response.ok:
            scripts[response.url] = len(gzip.compress(response.body(), 6))

    person.page.on("response", weigh)
    person.page.goto(path(person))
    settled(person.page)
    person.page.wait_for_load_state("networkidle")
    assert 0 < sum(scripts.values()) < SCRIPT_LIMIT


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("home", at("/")),
        ("list", at("/consultations?show=all")),
        ("case", case("signed")),
        ("calendar", at("/calendar")),
        ("agenda", at("/calendar?mine")),
    ],
)
def test_a_phone_shows_it_without_scrolling_sideways(arrive: Arrive, name: str, path: Callable[[Person], str]) -> None:
    def look(here: Person, language: str, width: int) -> None:
        here.shot(f"phone_{name}", language)
        assert findings(here.page) == []
        assert squeezed(here.page) == []

    person = arrive("wuxi.doctor", width=360, height=760)
    person.page.goto(path(person))
    every_way(person, look, widths=(360,), height=760)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sign_in_is_accessible_and_says_what_was_wrong(chromium: Browser, product: Product, language: str) -> None:
    context = chromium.new_context(base_url=product.origin, viewport={"width": 1366, "height": 768})
    try:
        page = context.new_page()
        page.goto(f"/?lang={language}")
        name, word = ("用户名", "密码") if language == "zh-CN" else ("User name", "Password")
        page.get_by_label(name, exact=True).fill("expert")
        page.get_by_label(word, exact=True).fill("not the password")
        settled(page)
        keep_picture(page, f"{language}/signin")
        assert findings(page) == []
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("密码不对" if language == "zh-CN" else "is wrong")
        page.get_by_label(word, exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("main h1")).to_be_attached()
    finally:
        context.close()


def test_a_session_that_ends_is_renewed_over_the_page(arrive: Arrive) -> None:
    """The text typed underneath is still there after signing in again."""
    person = arrive("wuxi.chief", path="/consultations?show=all")
    page = person.page
    settled(page)
    search = page.get_by_role("textbox")
    search.fill("zhao")
    person.context.clear_cookies()
    page.get_by_role("radiogroup").get_by_text("已办结").click()
    layer = page.get_by_role("dialog")
    expect(layer).to_contain_text("请重新登录")
    settled(page)
    person.shot("signin_again")
    layer.get_by_label("用户名", exact=True).fill("wuxi.chief")
    layer.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(layer).to_have_count(0)
    expect(search).to_have_value("zhao")


def test_the_language_changes_on_the_spot_and_stays_with_the_account(arrive: Arrive) -> None:
    page = arrive("quality").page
    page.get_by_role("button", name="切换到英文").click()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Consultations")).to_be_visible()
    page.goto("/consultations")
    expect(page.get_by_role("heading", name="Consultations")).to_be_visible()


def test_a_case_changes_on_other_screens_without_reloading(arrive: Arrive) -> None:
    """The senior doctor endorses with one click; the requesting doctor's page follows by itself."""
    doctor, chief = arrive("wuxi.doctor"), arrive("wuxi.chief")
    doctor.page.goto(case("submitted")(doctor))
    history = doctor.page.get_by_role("region", name="流转记录")
    expect(history).to_be_visible()
    expect(history.get_by_text("上级医师审签同意")).to_have_count(0)
    chief.page.get_by_role("button", name=re.compile("^同意：上级医师审签")).first.click()
    expect(chief.page.get_by_text("已签署同意")).to_be_visible()
    expect(history.get_by_text("上级医师审签同意")).to_be_visible()


def test_an_address_of_another_hospital_is_not_there(arrive: Arrive) -> None:
    theirs = case("submitted", "signed")(arrive("wuxi.doctor"))
    stranger = arrive("jiashan.doctor", path=theirs)
    expect(stranger.page.get_by_role("alert")).to_contain_text("找不到这份记录")
