"""A drawer in which something was typed asks before it is left; whoever uses the keyboard only is asked alike."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Arrive, Person
from tests.e2e.every_way import every_way
from tests.e2e.looks import findings, small_targets
from tests.e2e.still import settled

ASKS = {"zh-CN": "还有未保存的改动", "en": "Some changes are not saved"}
LEAVES = {"zh-CN": "不保存并离开", "en": "Leave without saving"}
MOBILE = {"zh-CN": "手机", "en": "Mobile"}
PEOPLE = {"zh-CN": "人员列表", "en": "List of people"}
TYPED = "139 0000 0999"
# The browser's own frame has the focus once a round; nothing behind the question ever has.
INSIDE = """() => document.activeElement === document.body || Boolean(document.activeElement.closest('.ant-modal'))"""


def typing(admin: Person, language: str) -> Page:
    """Somebody has typed a telephone in a person's drawer."""
    page = admin.page
    page.get_by_role("list", name=PEOPLE[language]).get_by_role("button").first.click()
    settled(page)
    page.get_by_label(MOBILE[language]).fill(TYPED)
    return page


def focused(page: Page) -> str:
    found: str = page.evaluate("() => document.activeElement.innerText.trim()")
    return found


def escape_asks_and_the_keyboard_answers(admin: Person, language: str, width: int) -> None:
    page = typing(admin, language)
    mobile = page.get_by_label(MOBILE[language])
    question = page.get_by_role("dialog", name=ASKS[language])
    page.keyboard.press("Escape")
    expect(question).to_be_visible()
    settled(page)
    admin.shot(f"leaving_{width}", language)
    assert findings(page) == []
    assert small_targets(page) == []
    for _ in range(5):
        page.keyboard.press("Tab")
        assert page.evaluate(INSIDE)
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(mobile).to_be_focused()
    expect(mobile).to_have_value(TYPED)
    page.keyboard.press("Escape")
    expect(question).to_be_visible()
    settled(page)
    for _ in range(4):
        if focused(page) == LEAVES[language]:
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("list", name=PEOPLE[language]).get_by_role("button").first).to_be_focused()
    page.get_by_role("list", name=PEOPLE[language]).get_by_role("button").first.click()
    expect(mobile).not_to_have_value(TYPED)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_escape_asks_and_the_keyboard_answers(arrive: Arrive) -> None:
    every_way(arrive("admin", path="/admin/staff?q=易立秋"), escape_asks_and_the_keyboard_answers)
