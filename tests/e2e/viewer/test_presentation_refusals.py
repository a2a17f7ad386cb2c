"""Presentation states that the viewer cannot apply whole: refused, with the name and the reason."""

import pytest
from playwright.sync_api import expect
from pydicom import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import UID

from tests.e2e.viewer.kit import Open
from tests.e2e.viewer.site import Site
from tests.e2e.viewer.stating import HOST, figures, graphic, opened
from tests.imaging.presentations import WINDOW, area, image_of, item, softcopy_voi, state_of, voi
from tests.imaging.rule import Edit, every, having


def other_kind(ds: Dataset) -> None:
    ds.SOPClassUID = ds.file_meta.MediaStorageSOPClassUID = UID("1.2.840.10008.5.1.4.1.1.11.2")


def own_overlay(ds: Dataset) -> None:
    ds.add_new((0x6000, 0x3000), "OW", bytes(32))


def table_cut_short(ds: Dataset) -> None:
    table = Dataset()
    table.add_new(0x00283002, "US", [4096, 0, 12])
    table.add_new(0x00283006, "OW", bytes(64))
    softcopy_voi(voi(having(VOILUTSequence=Sequence([table]))))(ds)


def compound(ds: Dataset) -> None:
    ds.GraphicAnnotationSequence = Sequence([item(having(CompoundGraphicSequence=Sequence([Dataset()])))])


REFUSED: list[tuple[str, Edit]] = [
    ("kind", other_kind),
    ("mask", having(MaskSubtractionSequence=Sequence([Dataset()]))),
    ("shutter", having(ShutterShape="BITMAP")),
    ("overlay", own_overlay),
    ("table", having(PresentationLUTSequence=Sequence([Dataset()]))),
    ("size", having(DisplayedAreaSelectionSequence=Sequence([area((1, 1), (8, 8), "TRUE SIZE")]))),
    ("graphic", compound),
    ("damaged", table_cut_short),
    ("damaged", having(ImageRotation=45)),
    ("damaged", figures(graphic("SPIRAL", 1, 1, 2, 2))),
    ("damaged", figures(graphic("ELLIPSE", 1, 1, 2, 2))),
    ("damaged", figures(graphic("POLYLINE", 1, 1, 2, 2, units="MATRIX"))),
    ("damaged", having(ShutterShape="CIRCULAR")),
]


@pytest.mark.parametrize(("why", "spoil"), REFUSED, ids=[f"{n} {why}" for n, (why, _) in enumerate(REFUSED)])
def test_a_state_that_cannot_be_applied_whole_is_refused_by_name(
    next_page: Open, site: Site, why: str, spoil: Edit, request: pytest.FixtureRequest
) -> None:
    name = f"refused {request.node.callspec.id}"
    image = image_of(name)
    state = state_of([image], name, every(WINDOW, spoil))
    site.store(image, state)
    page = next_page()
    assert opened(page, state) == [[name, why]]
    page.evaluate("uid => it.viewer.present(uid)", str(state.SOPInstanceUID))
    expect(page.locator(HOST)).to_have_attribute("data-state", "failed")
    expect(page.locator(".vw-notice")).to_contain_text(f"无法应用：{name}：{why}")


def test_a_state_of_other_proportions_than_the_image_is_refused(next_page: Open, site: Site) -> None:
    image = image_of("aspect", having(PixelSpacing=[2, 1]))
    state = state_of([image], "aspect", WINDOW)
    site.store(image, state)
    page = next_page()
    assert opened(page, state) == [["aspect", None]]
    page.evaluate("uid => it.viewer.present(uid)", str(state.SOPInstanceUID))
    expect(page.locator(".vw-notice")).to_contain_text("无法应用：aspect：aspect")


def test_the_panel_lists_states_by_name_and_those_it_cannot_apply_with_the_reason(open_page: Open, site: Site) -> None:
    image = image_of("listed")
    good = state_of([image], "肺结节", WINDOW, figures(graphic("CIRCLE", 8, 8, 12, 8)))
    bad = state_of([image], "减影", WINDOW, having(MaskSubtractionSequence=Sequence([Dataset()])))
    bad.InstanceNumber = 2
    site.store(image, good, bad)
    page = open_page(f"panel.html?studies={image.StudyInstanceUID}", width=1100, height=640)
    viewer = page.get_by_test_id("viewport")
    expect(viewer).to_have_attribute("data-state", "painted")
    page.get_by_role("button", name="显示状态").click()
    expect(page.get_by_role("menuitem", name="减影")).to_contain_text("含有减影")
    expect(page.get_by_role("menuitem", name="减影")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("menuitem", name="肺结节").click()
    expect(page.locator(".vw-how")).to_contain_text("显示状态：肺结节")
    expect(page.get_by_role("button", name="显示状态")).to_contain_text("肺结节")
    page.get_by_role("button", name="关键影像").click()
    expect(page.get_by_text("已加入关键影像")).to_be_visible()
    page.get_by_role("button", name="显示状态").click()
    page.get_by_role("menuitem", name="按原图显示").click()
    expect(page.locator(".vw-how")).not_to_contain_text("显示状态")
