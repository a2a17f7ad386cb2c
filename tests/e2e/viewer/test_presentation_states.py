"""Presentation states in the viewer, in a real browser from a real archive: the picture they ask for, or a refusal."""

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from pydicom import Dataset
from pydicom.sequence import Sequence

from tests.e2e.viewer.kit import Open, canvas_place
from tests.e2e.viewer.site import Site
from tests.e2e.viewer.stating import HOST, figures, graphic, opened, pixels, presented
from tests.imaging.presentations import (
    CASES,
    WINDOW,
    Case,
    area,
    expected,
    image_of,
    item,
    shown,
    softcopy_voi,
    state_of,
    voi,
)
from tests.imaging.rule import SIDE, TOLERANCE, having, windowed

DARK = softcopy_voi(voi(windowed(9000, 100)))
"""Everything is black, so that a drawing can be told from it."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_state_gives_the_picture_that_pydicom_gives(next_page: Open, site: Site, case: Case) -> None:
    image = image_of(case.name, case.image)
    state = state_of([image], case.name, case.state)
    site.store(image, state)
    page = next_page()
    assert opened(page, state) == [[case.name, None]]
    before, want = pixels(page), expected(case, image, state)
    presented(page, state)
    assert len(np.unique(want)) > 1, "an even picture proves nothing"
    assert np.abs(before - want[..., None]).max() > TOLERANCE, "nor does one that is the same without the state"
    assert np.abs(pixels(page) - want[..., None]).max() <= TOLERANCE
    page.evaluate("it.viewer.present(null)")
    expect(page.locator(".vw-how")).not_to_contain_text("显示状态")
    assert (pixels(page) == before).all()


@pytest.mark.parametrize("flip", ["N", "Y"])
@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_state_turns_flips_and_shows_its_part_of_the_image(
    next_page: Open, site: Site, degrees: int, flip: str
) -> None:
    name = f"turned {degrees} {flip}"
    image = image_of(name)
    turned = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)[2:12, 4:14]  # rows 3 to 12, columns 5 to 14
    turned = np.rot90(turned, -degrees // 90)
    turned = np.fliplr(turned) if flip == "Y" else turned
    corners = [(int(at % SIDE) + 1, int(at // SIDE) + 1) for at in (turned[0, 0], turned[-1, -1])]
    state = state_of(
        [image],
        name,
        WINDOW,
        having(ImageRotation=degrees, ImageHorizontalFlip=flip),
        having(DisplayedAreaSelectionSequence=Sequence([area(corners[0], corners[1])])),
    )
    site.store(image, state)
    page = next_page(width=500, height=500)
    opened(page, state)
    presented(page, state)
    width, height = page.evaluate("[it.viewer.current().size.width, it.viewer.current().size.height]")
    step = min(width, height) / 10
    left, top = (width - 10 * step) / 2, (height - 10 * step) / 2
    for row in range(10):
        for column in range(10):
            at = int(turned[row, column])
            x, y = canvas_place(page, at % SIDE, at // SIDE)
            assert abs(x - left - (column + 0.5) * step) < 0.01
            assert abs(y - top - (row + 0.5) * step) < 0.01
    badges = page.inner_text(".vw-size")
    over = flip == "Y" and degrees == 180  # mirrored and turned by half: upside down
    assert ("镜像" in badges, "已旋转" in badges) == (flip == "Y", degrees > 0 and not over)


def is_drawn(page: Page, column: float, row: float) -> bool:
    """Whether a line runs there: it is a pixel and a half wide."""
    x, y = canvas_place(page, column, row)
    return any(
        page.evaluate("([x, y]) => it.grey(x, y)", [x + dx, y + dy]) > 120 for dx in (-1, 0, 1) for dy in (-1, 0, 1)
    )


# What is drawn, where its line runs and where it does not, in pixels of the image from the middle of the first.
FIGURES = [
    (graphic("POLYLINE", 2, 2, 14, 2, 14, 8), [(1.5, 1.5), (7, 1.5), (13.5, 5)], [(5, 5), (1.5, 7)]),
    (graphic("CIRCLE", 8, 8, 12, 8), [(11.5, 7.5), (3.5, 7.5), (7.5, 3.5)], [(7.5, 7.5), (10.4, 10.9)]),
    (graphic("ELLIPSE", 2, 8, 14, 8, 8, 5, 8, 11), [(1.5, 7.5), (7.5, 4.5), (7.5, 10.5)], [(7.5, 7.5), (7.5, 2)]),
    (graphic("INTERPOLATED", 2, 8, 8, 4, 14, 8), [(1.5, 7.5), (7.5, 3.5), (13.5, 7.5)], [(7.5, 7.5)]),
    (graphic("POINT", 8, 8), [(7.5, 7.5)], [(9, 9)]),
    (graphic("POLYLINE", 4, 4, 12, 4, 12, 12, 4, 4, filled="Y"), [(10, 5)], [(5, 10)]),
    (graphic("POLYLINE", 0.25, 0.5, 0.75, 0.5, units="DISPLAY"), [(3.5, 7.5), (7.5, 7.5), (11.5, 7.5)], [(7.5, 4)]),
]


@pytest.mark.parametrize(("figure", "on", "beside"), FIGURES, ids=lambda one: getattr(one, "GraphicType", ""))
def test_graphics_are_drawn_where_the_state_says(
    next_page: Open,
    site: Site,
    figure: Dataset,
    on: list[tuple[float, float]],
    beside: list[tuple[float, float]],
) -> None:
    name = f"{figure.GraphicType} {figure.GraphicAnnotationUnits} {figure.GraphicFilled}"
    image = image_of(name)
    state = state_of([image], name, DARK, figures(figure))
    site.store(image, state)
    page = next_page(width=500, height=500)
    opened(page, state)
    presented(page, state)
    assert [is_drawn(page, *at) for at in on] == [True] * len(on)
    assert [is_drawn(page, *at) for at in beside] == [False] * len(beside)


def test_a_text_stands_in_its_box_with_a_line_to_what_it_means(next_page: Open, site: Site) -> None:
    image = image_of("a text")
    note = item(
        having(UnformattedTextValue="结节\n8 mm", BoundingBoxAnnotationUnits="PIXEL"),
        having(BoundingBoxTopLeftHandCorner=[9.0, 1.0], BoundingBoxBottomRightHandCorner=[15.0, 4.0]),
        having(BoundingBoxTextHorizontalJustification="LEFT"),
        having(AnchorPointAnnotationUnits="PIXEL", AnchorPoint=[3.0, 12.0], AnchorPointVisibility="Y"),
    )
    state = state_of([image], "a text", DARK, figures(texts=(note,)))
    site.store(image, state)
    page = next_page(width=500, height=500)
    opened(page, state)
    assert page.evaluate("it.colours()") > 2
    presented(page, state)
    x, y = canvas_place(page, 8.5, 0.5)
    lit = page.evaluate(
        """([x, y]) => Array.from({length: 60 * 40}, (_, i) => it.grey(x + i % 60, y + i / 60))
            .filter((grey) => grey > 200).length""",
        [x, y],
    )
    assert 60 < lit < 1500
    assert is_drawn(page, 2.5, 11.5), "the line begins at the anchor"
    assert is_drawn(page, 5.5, 7.5), "and runs to the nearest corner of the box"


def test_the_picture_says_with_which_state_it_is_shown_and_when_it_is_not(next_page: Open, site: Site) -> None:
    images = [image_of("two images", number=number) for number in (1, 2)]
    state = state_of(images[:1], "only the first", WINDOW)
    site.store(*images, state)
    page = next_page()
    opened(page, state)
    page.evaluate("it.viewer.scrollTo(0)")
    presented(page, state)
    assert page.evaluate("it.viewer.viewState().presentation") == str(state.SOPInstanceUID)
    expect(page.locator(".vw-summary")).to_contain_text("显示状态：only the first")
    page.evaluate("it.viewer.setVoi({center: 100, width: 50})")
    expect(page.locator(".vw-how")).to_contain_text("only the first（已改动）")
    page.evaluate("it.viewer.reset()")
    expect(page.locator(".vw-how")).not_to_contain_text("已改动")
    page.evaluate("it.viewer.scrollTo(1)")
    expect(page.locator(".vw-how")).to_contain_text("不涉及：only the first")
    alone = shown(images[1], state_of(images, "as the file says", softcopy_voi(voi(windowed(300, 200))),
                                      having(RescaleSlope=2, RescaleIntercept=-1000)))  # fmt: skip
    assert np.abs(pixels(page) - alone[..., None]).max() <= TOLERANCE


def test_a_state_may_say_another_brightness_of_each_image(next_page: Open, site: Site) -> None:
    images = [image_of("two parts", number=number) for number in (1, 2)]
    parts = [voi(windowed(center, 1000), on=[image]) for center, image in zip((1000, 3000), images, strict=True)]
    state = state_of(images, "two parts", softcopy_voi(*parts))
    site.store(*images, state)
    page = next_page()
    opened(page, state)
    presented(page, state)
    for number, image in enumerate(images):
        page.evaluate("n => it.viewer.scrollTo(n)", number)
        expect(page.locator(HOST)).to_have_attribute("data-sop", str(image.SOPInstanceUID))
        assert np.abs(pixels(page) - shown(image, state, number)[..., None]).max() <= TOLERANCE


def test_who_follows_sees_the_presenters_state_or_no_picture(open_page: Open, site: Site) -> None:
    image = image_of("followed")
    state = state_of([image], "followed", WINDOW, having(PresentationLUTShape="INVERSE"))
    site.store(image, state)
    presenter, follower = open_page(), open_page(width=400)
    opened(presenter, state)
    presented(presenter, state)
    view = presenter.evaluate("it.viewer.viewState()")
    opened(follower, state)
    follower.evaluate("it.viewer.presentations.offer([])")
    follower.evaluate("view => it.viewer.follow(view)", view)
    expect(follower.locator(HOST)).to_have_attribute("data-state", "failed")
    opened(follower, state)
    follower.evaluate("view => it.viewer.follow(view)", view)
    expect(follower.locator(".vw-how")).to_contain_text("显示状态：followed")
    expect(follower.locator(".vw-how")).not_to_contain_text("已改动")
    assert (pixels(follower) == pixels(presenter)).all()
