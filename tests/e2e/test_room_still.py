"""The room keeps still while lines come and go, and keeps the image when its page is enlarged."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.e2e.conftest import Arrive, Product, copy_of
from tests.e2e.in_room import at_home, go_in, other_tile, room
from tests.e2e.looks import findings
from tests.e2e.shared_view import complete, stage

pytestmark = pytest.mark.usefixtures("calling")

ENLARGED: ViewportSize = {"width": 911, "height": 512}  # 1366 × 768 at 150 %
DARK = "rgb(19, 27, 34)"


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Of its own: elsewhere this consultation has been held already."""
    with copy_of(seeded, tmp_path_factory.mktemp("still") / "data") as running:
        yield running


def test_a_line_that_goes_moves_nothing_and_an_enlarged_page_keeps_half_for_the_image(arrive: Arrive) -> None:
    lead = at_home(arrive, "expert2")
    page = lead.page
    go_in(lead)
    expect(room(page)).to_be_visible()
    awaited = page.get_by_text(re.compile("^尚未开始：等候"))
    expect(awaited).to_be_visible()
    complete(page)
    lead.shot("room_awaits")
    before = stage(page).bounding_box()

    doctor = at_home(arrive, "jiashan.doctor")
    go_in(doctor)
    expect(other_tile(page)).to_be_visible()
    expect(page.get_by_text(re.compile(r"^会诊中 \d"))).to_be_visible()
    expect(awaited).to_have_count(0)
    assert stage(page).bounding_box() == before
    expect(page.get_by_text("您正在演示")).to_be_visible()  # the lead expert, by themselves
    panel = page.get_by_role("tabpanel", name="意见")
    assert panel.evaluate("it => getComputedStyle(it.parentElement).backgroundColor") == DARK
    lead.shot("room_begun")

    page.set_viewport_size(ENLARGED)
    complete(page)
    box = stage(page).bounding_box()
    assert box is not None
    assert box["width"] >= ENLARGED["width"] / 2
    assert box["height"] >= ENLARGED["height"] * 0.5
    lead.shot("room_enlarged")
    assert findings(page) == []
