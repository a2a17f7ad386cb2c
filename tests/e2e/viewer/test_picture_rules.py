"""Each rule of the picture pipeline on the canvas, against pydicom: the same table as the archive's pictures."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect
from pydicom import Dataset
from pydicom.uid import UID

from tests.e2e.viewer.kit import Open, painted
from tests.e2e.viewer.site import Site
from tests.imaging.left_to_archive import LEFT, REFUSED
from tests.imaging.made import uid
from tests.imaging.picture_rules import RULES
from tests.imaging.rule import (
    TOLERANCE,
    Edit,
    Rule,
    cut_off,
    expected,
    file_of,
    picture_of,
)


def _short_table(ds: Dataset) -> None:
    ds.VOILUTSequence[0].LUTData = ds.VOILUTSequence[0].LUTData[:100]


def _damaged_palette(ds: Dataset) -> None:
    ds.SegmentedGreenPaletteColorLookupTableData = bytes(6)


def _short_overlay(ds: Dataset) -> None:
    ds[0x6000, 0x3000].value = bytes(8)


def _bits_that_are_not_there(ds: Dataset) -> None:
    ds.HighBit = 16


def _supplemental(ds: Dataset) -> None:
    ds.PixelPresentation = "MIXED"


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("VOI table", _short_table),
        ("segmented palette", _damaged_palette),
        ("an overlay", _short_overlay),
        ("linear window", _supplemental),
        ("sigmoid window", _bits_that_are_not_there),
    ],
)
def test_a_picture_that_could_look_wrong_is_not_shown(next_page: Open, site: Site, name: str, spoil: Edit) -> None:
    ds = file_of(next(rule for rule in RULES if rule.name == name))
    spoil(ds)
    ds.StudyInstanceUID, ds.SeriesInstanceUID = uid("spoilt", name), uid("spoilt", name, "series")
    ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = UID(uid("spoilt", name, "1"))
    site.store(ds)
    page = next_page()
    assert painted(page, ds, 1) is None
    expect(page.get_by_test_id("viewport")).to_have_attribute("data-state", "failed")
    expect(page.locator(".vw-notice")).to_contain_text("未予显示")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_canvas_shows_what_pydicom_gives(next_page: Open, site: Site, rule: Rule) -> None:
    ds, want = file_of(rule), expected(rule)
    site.store(ds)
    found = painted(next_page(), ds, rule.frame)
    assert found is not None
    assert found.shape[:2] == want.shape[:2]
    assert np.abs(found - (want[..., None] if want.ndim == 2 else want)).max() <= TOLERANCE


@pytest.mark.parametrize("rule", LEFT, ids=lambda rule: rule.name)
def test_a_picture_that_only_the_archive_can_draw_is_shown_with_a_mark(next_page: Open, site: Site, rule: Rule) -> None:
    ds, want = file_of(rule), expected(rule)
    want = want[..., None] if want.ndim == 2 else want
    site.store(ds)
    page = next_page()
    found = painted(page, ds, 1)
    assert found is not None
    assert np.abs(found - want).max() <= TOLERANCE
    expect(page.locator(".vw-how")).to_contain_text("由影像归档绘制")
    expect(page.locator(".vw-summary")).to_contain_text("由影像归档绘制")
    page.evaluate("it.viewer.setVoi({center: 10, width: 5})")
    page.evaluate("it.viewer.scrollTo(0)")
    found = painted(page, ds, 1)
    assert found is not None
    assert np.abs(found - want).max() <= TOLERANCE, "no other window"


@pytest.mark.parametrize("name", REFUSED)
def test_colours_that_could_mean_anything_are_shown_by_nobody(next_page: Open, site: Site, name: str) -> None:
    ds = file_of(Rule(name, "C.7.6.3.1.2", REFUSED[name][1]))
    site.store(ds)
    page = next_page()
    assert painted(page, ds, 1) is None
    expect(page.locator(".vw-notice")).to_contain_text("未予显示")


def test_a_codestream_that_is_cut_off_is_shown_by_nobody(next_page: Open, site: Site) -> None:
    ds = cut_off()
    site.store(ds)
    page = next_page()
    assert site.rendered(ds, 1) is None
    assert painted(page, ds, 1) is None
    expect(page.locator(".vw-notice")).to_contain_text("未予显示")


def test_the_reader_can_hide_overlays_and_the_picture_says_so(next_page: Open, site: Site) -> None:
    rule = next(rule for rule in RULES if rule.name == "an overlay")
    ds, want = file_of(rule), expected(rule)
    plain = file_of(rule)
    del plain[0x6000, 0x3000], plain[0x6000, 0x0102]
    site.store(ds)
    page = next_page()
    for hidden in (False, True, False):
        found = painted(page, ds, 1)
        assert found is not None
        assert np.abs(found - (picture_of(plain, 1) if hidden else want)[..., None]).max() <= TOLERANCE
        assert ("叠加层已隐藏" in page.inner_text(".vw-how")) == hidden
        page.focus(".vw-stage")
        page.keyboard.press("o")
        expect(page.locator(".vw-how")).to_have_text(
            re.compile("^(?!.*叠加层)" if hidden else "叠加层已隐藏", re.DOTALL)
        )
