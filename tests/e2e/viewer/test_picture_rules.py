"""Each rule of the picture pipeline on the canvas, against pydicom: the same table as the archive's pictures."""

import numpy as np
import pytest
from playwright.sync_api import expect
from pydicom import Dataset
from pydicom.uid import UID

from tests.e2e.viewer.kit import Open
from tests.e2e.viewer.site import Site
from tests.imaging.made import uid
from tests.imaging.picture_rules import RULES
from tests.imaging.rule import TOLERANCE, Array, Edit, Rule, expected, file_of


def painted(open_page: Open, site: Site, rule: Rule) -> Array:
    """What is on the canvas: pixels x 3."""
    ds = file_of(rule)
    site.store(ds)
    page = open_page()
    page.evaluate(
        """async ([uid, at]) => {
            const study = {hospital: 'wuxi', uid, dicomweb: '/dicomweb', hospitalName: '无锡分院'}
            it.viewer.register([study])
            const [series] = await it.seriesOf(study)
            await it.viewer.show('wuxi', uid, series.uid)
            it.viewer.scrollTo(at)
        }""",
        [str(ds.StudyInstanceUID), rule.frame - 1],
    )
    expect(page.locator("#host")).to_have_attribute("data-frame", str(rule.frame))
    expect(page.locator("#host")).to_have_attribute("data-state", "painted")
    return np.asarray(page.evaluate("it.pixels()")).reshape(-1, 4)[:, :3]


def _short_table(ds: Dataset) -> None:
    ds.VOILUTSequence[0].LUTData = ds.VOILUTSequence[0].LUTData[:100]


def _damaged_palette(ds: Dataset) -> None:
    ds.SegmentedGreenPaletteColorLookupTableData = bytes(6)


def _short_overlay(ds: Dataset) -> None:
    ds[0x6000, 0x3000].value = bytes(8)


def _supplemental(ds: Dataset) -> None:
    ds.PixelPresentation = "MIXED"


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("VOI table", _short_table),
        ("segmented palette", _damaged_palette),
        ("an overlay", _short_overlay),
        ("linear window", _supplemental),
    ],
)
def test_a_picture_that_could_look_wrong_is_not_shown(open_page: Open, site: Site, name: str, spoil: Edit) -> None:
    ds = file_of(next(rule for rule in RULES if rule.name == name))
    spoil(ds)
    ds.StudyInstanceUID, ds.SeriesInstanceUID = uid("spoilt", name), uid("spoilt", name, "series")
    ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = UID(uid("spoilt", name, "1"))
    site.store(ds)
    page = open_page()
    page.evaluate(
        """async uid => {
            const study = {hospital: 'wuxi', uid, dicomweb: '/dicomweb', hospitalName: '无锡分院'}
            it.viewer.register([study])
            const [series] = await it.seriesOf(study)
            await it.viewer.show('wuxi', uid, series.uid)
        }""",
        str(ds.StudyInstanceUID),
    )
    expect(page.get_by_test_id("viewport")).to_have_attribute("data-state", "failed")
    expect(page.locator(".vw-notice")).to_contain_text("未予显示")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_canvas_shows_what_pydicom_gives(open_page: Open, site: Site, rule: Rule) -> None:
    want = expected(rule)
    want = np.repeat(want.reshape(-1, 1), 3, axis=1) if want.ndim == 2 else want.reshape(-1, 3)
    found = painted(open_page, site, rule)
    assert found.shape == want.shape
    assert np.abs(found - want).max() <= TOLERANCE
