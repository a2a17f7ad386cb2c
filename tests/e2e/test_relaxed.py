"""A time at which somebody is taken: the calendar says who, and one press moves the consultation there without them."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Arrive, Person, Product
from tests.e2e.emergency import ask
from tests.e2e.looks import findings, squeezed
from tests.e2e.own_case import accepted
from tests.e2e.still import settled

SHANGHAI = ZoneInfo("Asia/Shanghai")
EXPERT = "钟清明"


@pytest.fixture(scope="module")
def product(common: Product) -> Product:
    return common


def free(coordinator: Person, row: Any, expert: str) -> list[dict[str, str]]:
    """When everybody and a room are free tomorrow, as a booking takes it."""
    now = datetime.fromisoformat(ask(coordinator, "GET", "/session")["server_time"])
    day = now.astimezone(SHANGHAI) + timedelta(days=1)
    window = {
        "starts_at": day.replace(hour=8, minute=0, second=0, microsecond=0).isoformat(),
        "ends_at": day.replace(hour=20, minute=0, second=0, microsecond=0).isoformat(),
    }
    people = [row["lead"]["id"], row["accompanying"]["id"], expert]
    lines: list[dict[str, Any]] = [{"key": f"p{n}", "people": [each]} for n, each in enumerate(people)]
    lines.append({"key": "room", "venues_of": "ruijin"})
    asked = {"lines": lines, "minutes": 30, "windows": [window], "after_hours": True}
    found = ask(coordinator, "POST", "/scheduling/find", asked)["found"]
    assert len(found) > 1
    return [
        {"starts_at": each["starts_at"], "ends_at": each["ends_at"], "venue_id": each["who"][-1]["resources"][0]}
        for each in found
    ]


def test_a_consultation_is_moved_without_whom_is_taken_by_one_press(arrive: Arrive, product: Product) -> None:
    coordinator = arrive("coordinator")
    page = coordinator.page
    row = ask(coordinator, "GET", f"/consultations/{accepted(product, '路改期')}")
    experts = ask(coordinator, "GET", "/staff?hospital_id=ruijin&role=expert&limit=200")["items"]
    expert = next(each["id"] for each in experts if each["name"] == EXPERT)
    first, *_, last = free(coordinator, row, expert)
    experts = [{"staff_id": expert, "required": True}]
    ask(coordinator, "POST", f"/consultations/{row['id']}/booking", first | {"experts": experts}, row["version"])
    taken = {"starts_at": last["starts_at"], "ends_at": last["ends_at"]}
    ask(coordinator, "POST", "/calendar/busy", taken | {"resource_id": expert, "kind": "surgery", "title": "手术"})
    begins, ends = (datetime.fromisoformat(each).astimezone(SHANGHAI) for each in taken.values())

    page.goto("/calendar")
    page.get_by_text("日", exact=True).click()
    page.get_by_role("button", name="后一天").click()
    blocks = page.get_by_role("region", name="人员与会诊场所的日程").get_by_role("button")
    blocks.filter(has_text=row["patient"]["name"]).first.focus()
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("开始").fill(f"{begins:%H:%M}")
    expect(dialog).to_contain_text(f"{EXPERT} {begins:%H:%M}–{ends:%H:%M} 手术")
    helps = dialog.get_by_role("region", name="仍用此时间，可以")
    expect(helps).to_be_visible()
    settled(page)
    assert findings(page) == []
    assert squeezed(page) == []
    helps.get_by_role("button", name=f"不请 {EXPERT}").click()
    expect(page.get_by_text("已改时间")).to_be_visible()
    after = ask(coordinator, "GET", f"/consultations/{row['id']}")
    assert datetime.fromisoformat(after["starts_at"]) == begins
    assert EXPERT not in {each["person"]["name"] for each in after["participants"]}
    assert after["number"] == row["number"]
