"""Real files of every transfer syntax, painted."""

import pytest
from playwright.sync_api import expect

from tests.e2e.viewer.kit import Open, show, sop_on
from tests.e2e.viewer.site import Site
from tests.e2e.viewer.studies import sample, sop_uid

SAMPLES = (
    "MR_small_RLE.dcm",
    "MR_small_jp2klossless.dcm",
    "MR_small_jpeg_ls_lossless.dcm",
    "693_J2KR.dcm",
    "JPEG-LL.dcm",
    "JPGExtended.dcm",
    "emri_small_jpeg_2k_lossless.dcm",
    "examples_ybr_color.dcm",
    "examples_palette.dcm",
    "examples_jpeg2k.dcm",
    "SC_rgb_rle_16bit.dcm",
    "SC_ybr_full_422_uncompressed.dcm",
    "MR_small_bigendian.dcm",
    "image_dfl.dcm",
)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_real_file_of_each_transfer_syntax_is_painted(next_page: Open, site: Site, name: str) -> None:
    study = 100 + SAMPLES.index(name)
    site.store(sample(name, study))
    page = next_page()
    show(page, study)
    assert sop_on(page) == sop_uid(0, study)
    assert page.evaluate("it.colours()") > 20


def test_a_multiframe_cine_scrolls_through_its_frames(next_page: Open, site: Site) -> None:
    site.store(sample("examples_ybr_color.dcm", 51))
    page = next_page()
    show(page, 51)
    page.focus(".vw-stage")
    page.keyboard.press("End")
    expect(page.locator("#host")).to_have_attribute("data-frame", "30")
    expect(page.locator("#host")).to_have_attribute("data-state", "painted")
