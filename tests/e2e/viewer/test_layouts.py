"""Several pictures at once in a real browser: the layouts, and the line where one slice cuts another."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.pictures import keep_picture
from tests.e2e.viewer.kit import Open
from tests.e2e.viewer.site import Site
from tests.e2e.viewer.studies import (
    COLUMNS,
    CORONAL_ROWS,
    CORONAL_STEP,
    SLICES,
    SPACING,
    coronal,
    ct_stack,
    study_uid,
)

STUDY, MANY = 71, 72


@pytest.fixture(scope="module")
def stored(site: Site) -> Site:
    site.store(*ct_stack(STUDY), *coronal(STUDY))
    site.store(*ct_stack(MANY), *(each for series in range(2, 10) for each in coronal(MANY, series)))
    return site


def opened(open_page: Open, study: int) -> Page:
    page = open_page(f"panel.html?alone&hanging&studies={study_uid(study)}", width=1366, height=768)
    expect(page.locator(".vw")).to_have_attribute("data-state", "painted")
    page.locator(".vw-stage").focus()
    return page


def index_of(view: Locator) -> int:
    """Which of its series the picture is, from the feet or from the front."""
    return int((view.get_attribute("data-sop") or "").rsplit(".", 1)[1]) - 1


def line_in(view: Locator) -> tuple[float, float, float, float, float]:
    """The ends of its reference line, and the height of the stage; all in pixels of the screen."""
    line = view.locator(".vw-reference")
    expect(line).to_have_count(1)
    x1, y1, x2, y2 = (float(line.get_attribute(each) or "nan") for each in ("x1", "y1", "x2", "y2"))
    return (*sorted((x1, x2)), y1, y2, view.locator(".vw-stage").evaluate("e => e.clientHeight"))


def test_a_line_says_where_the_slice_beside_it_cuts(open_page: Open, stored: Site) -> None:
    page = opened(open_page, STUDY)
    page.keyboard.press("d")
    views = page.locator(".vw")
    expect(views).to_have_count(2)
    for each in (0, 1):
        expect(views.nth(each)).to_have_attribute("data-state", "painted")
    axial, beside = views.nth(0), views.nth(1)
    expect(axial.locator(".vw-reference")).to_have_count(0)
    for _ in range(2):
        left, right, y1, y2, height = line_in(beside)
        assert abs(y1 - y2) < 0.01, "the patient lies straight"
        mm = (right - left) / (COLUMNS * SPACING)  # the line goes from edge to edge
        row = (SLICES - 1 - index_of(axial)) * 5 / CORONAL_STEP
        expected = height / 2 + (row + 0.5 - CORONAL_ROWS / 2) * CORONAL_STEP * mm
        assert abs(y1 - expected) < 1.5, "the picture stands in the middle of its place"
        before = axial.get_attribute("data-sop") or ""
        axial.locator(".vw-stage").focus()
        for _ in range(4):
            page.keyboard.press("ArrowDown")
        expect(axial).not_to_have_attribute("data-sop", before)
        expect(axial).to_have_attribute("data-state", "painted")
        page.wait_for_function("y => document.querySelector('.vw-reference')?.getAttribute('y1') !== y", arg=str(y1))
    keep_picture(page, "zh-CN/viewer_reference")

    # Whichever is used is where the others are cut from.
    beside.locator(".vw-stage").click()
    expect(beside.locator(".vw-reference")).to_have_count(0)
    left, right, y1, y2, _ = line_in(axial)
    assert abs(y1 - y2) < 0.01
    assert right - left > 100


def test_the_layouts_go_up_to_nine_each_with_a_series_of_its_own(open_page: Open, stored: Site) -> None:
    page = opened(open_page, MANY)
    views = page.locator(".vw")
    for shape, count in {"1×2": 2, "2×2": 4, "2×3": 6, "3×3": 9}.items():
        page.keyboard.press("d")
        expect(page.get_by_role("button", name=re.compile(f"布局 {shape}"))).to_be_visible()
        expect(views).to_have_count(count)
        for each in range(count):
            expect(views.nth(each)).to_have_attribute("data-state", "painted")
        shown = [(views.nth(each).get_attribute("data-sop") or "").rsplit(".", 1)[0] for each in range(count)]
        assert len(set(shown)) == count, shape
        boxes = [views.nth(each).bounding_box() for each in range(count)]
        rows, columns = map(int, shape.split("×"))
        assert len({round(box["y"]) for box in boxes if box}) == rows
        assert len({round(box["x"]) for box in boxes if box}) == columns
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    keep_picture(page, "zh-CN/viewer_nine")
    page.keyboard.press("d")
    expect(views).to_have_count(1)
    expect(page.locator(".vw-stage")).to_be_focused()
    page.get_by_role("button", name=re.compile("布局 1×1")).click()
    page.get_by_role("menuitem", name="3×3").click()
    expect(views).to_have_count(9)
