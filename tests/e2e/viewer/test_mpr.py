"""The planes of a volume, painted by the graphics processor and without it: the same pixels in the right places."""

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, Playwright
from pydicom import Dataset

from tests.e2e.browsers import FLAGS, HEADLESS
from tests.e2e.viewer.site import Site
from tests.e2e.viewer.studies import ct_stack, study_uid

STUDY = 54
COLUMNS, ROWS, SLICES = 64, 48, 40
CENTER, RADIUS = (40, 20, 25), 6
"""Column, row and slice of a bright ball; its radius is in millimetres, pixels are 1 mm, slices 1.5 mm apart."""
STEP = 1.5
INSIDE, OUTSIDE = 200, -100
WINDOW = {"center": 50, "width": 400}


def ball_stack(study: int = STUDY) -> list[Dataset]:
    column, row = np.meshgrid(np.arange(COLUMNS), np.arange(ROWS))
    stack = ct_stack(study, slices=SLICES)
    for index, ds in enumerate(stack):
        distance = np.sqrt((column - CENTER[0]) ** 2 + (row - CENTER[1]) ** 2 + ((index - CENTER[2]) * STEP) ** 2)
        values = np.where(distance <= RADIUS, INSIDE, OUTSIDE)
        ds.Rows, ds.Columns, ds.PixelSpacing = ROWS, COLUMNS, [1, 1]
        ds.ImagePositionPatient = [-30, -20, -100 + STEP * index]
        ds.PixelData = (values + 1024).astype("<u2").tobytes()
    return stack


def grey_of(value: float) -> int:
    return round(min(1.0, max(0.0, (value - 49.5) / 399 + 0.5)) * 255)


@pytest.fixture(scope="module")
def balls(site: Site) -> Site:
    site.store(*ball_stack())
    return site


@pytest.fixture(scope="module", params=["gpu", "cpu"])
def planes(request: pytest.FixtureRequest, playwright: Playwright, balls: Site) -> Iterator[Page]:
    without = ["--disable-3d-apis"] if request.param == "cpu" else []
    browser: Browser = playwright.chromium.launch(executable_path=HEADLESS, args=[*FLAGS, *without])
    page = browser.new_page(viewport={"width": 920, "height": 320})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.goto(f"{balls.url}/mpr.html")
    assert page.evaluate("uid => it.open(uid)", study_uid(STUDY)) == request.param, complaints
    yield page
    browser.close()
    assert complaints == []


def paint(page: Page, cursor: tuple[int, int, int], slab: float = 0, projection: str = "max") -> None:
    page.evaluate("([c, s, p, w]) => it.paint(c, s, p, w)", [cursor, slab, projection, WINDOW])


def grey(page: Page, direction: str, voxel: tuple[float, float, float]) -> int:
    return int(page.evaluate("([d, v]) => it.grey(d, v)", [direction, voxel]))


def test_each_plane_shows_the_ball_where_it_is(planes: Page) -> None:
    paint(planes, CENTER)
    bright, dark = grey_of(INSIDE), grey_of(OUTSIDE)
    x, y, z = CENTER
    for direction in ("axial", "coronal", "sagittal"):
        assert abs(grey(planes, direction, CENTER) - bright) <= 3, direction
    edges = {
        "axial": ((1, 0, 0), (0, 1, 0)),
        "coronal": ((1, 0, 0), (0, 0, 1)),
        "sagittal": ((0, 1, 0), (0, 0, 1)),
    }
    for direction, ways in edges.items():
        for dx, dy, dz in ways:
            for sign in (-1, 1):
                # Two voxels inside its edge and two outside, where nothing of the other is mixed in.
                reach = 4 if dz else 6
                inside = (x + sign * dx * (reach - 2), y + sign * dy * (reach - 2), z + sign * dz * (reach - 2))
                outside = (x + sign * dx * (reach + 2), y + sign * dy * (reach + 2), z + sign * dz * (reach + 2))
                assert abs(grey(planes, direction, inside) - bright) <= 3, (direction, inside)
                assert abs(grey(planes, direction, outside) - dark) <= 3, (direction, outside)


def test_a_thick_slab_shows_the_ball_from_where_it_is_not(planes: Page) -> None:
    beside = (CENTER[0], CENTER[1] + 14, CENTER[2])
    paint(planes, beside)
    assert abs(grey(planes, "coronal", CENTER) - grey_of(OUTSIDE)) <= 3
    paint(planes, beside, 30, "max")
    assert abs(grey(planes, "coronal", CENTER) - grey_of(INSIDE)) <= 3
    paint(planes, beside, 30, "min")
    assert abs(grey(planes, "coronal", CENTER) - grey_of(OUTSIDE)) <= 3
    paint(planes, CENTER, 10, "min")
    assert abs(grey(planes, "coronal", CENTER) - grey_of(INSIDE)) <= 3
    # A slab that reaches beyond the ball to both sides: the mean of 13 bright and 8 dark slices.
    paint(planes, CENTER, 20, "mean")
    mean = (13 * INSIDE + 8 * OUTSIDE) / 21
    assert abs(grey(planes, "coronal", CENTER) - grey_of(mean)) <= 8


def test_a_slab_reaches_no_farther_than_it_says(planes: Page) -> None:
    """The ball ends 6 mm behind its middle; a slab of 14 mm around 14 mm away reaches 7 mm, so it does not meet it."""
    paint(planes, (CENTER[0], CENTER[1] + 14, CENTER[2]), 14, "max")
    assert abs(grey(planes, "coronal", CENTER) - grey_of(OUTSIDE)) <= 3
