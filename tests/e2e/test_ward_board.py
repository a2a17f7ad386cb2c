"""The board of a ward on the day of its round, in both languages and on paper, and all wards in one list."""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Arrive, Person, Product, copy_of
from tests.e2e.looks import findings, small_targets, squeezed
from tests.e2e.rounding import planned
from tests.e2e.still import settled


@pytest.fixture(scope="module")
def product(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Its own: what is planned stays so."""
    with copy_of(seeded, tmp_path_factory.mktemp("board") / "data") as running:
        yield running


def looked_at(person: Person, shot: str) -> None:
    settled(person.page)
    person.shot(shot)
    assert findings(person.page) == []
    assert small_targets(person.page) == []
    assert squeezed(person.page) == []


def test_the_ward_board_of_the_day_prints_on_one_sheet(arrive: Arrive, product: Product) -> None:
    coordinator = arrive("coordinator", path="/rounds?show=wards")
    planned(coordinator, product)
    ward = arrive("wuxi.doctor", path="/rounds")
    ward.page.get_by_role("link", name="查房板").first.click()
    ward.page.wait_for_url(re.compile("/wards/.*/board"))
    expect(ward.page.get_by_role("heading", name="5 病区 查房板")).to_be_visible()
    expect(ward.page.locator("tr[data-bed='07']")).to_contain_text("王北辰")
    looked_at(ward, "ward_board")
    assert len(pdfium.PdfDocument(ward.page.pdf(prefer_css_page_size=True))) == 1
    english = arrive("wuxi.doctor", path="/rounds", language="en")
    english.page.get_by_role("link", name="Ward board").first.click()
    expect(english.page.get_by_role("heading", name=re.compile("ward board"))).to_be_visible()
    english.shot("ward_board", "en")
    coordinator.page.reload()
    expect(coordinator.page.get_by_role("list", name="各病区")).to_contain_text("5 病区")
    looked_at(coordinator, "rounds_wards")
