"""What the viewer's tests do and see: open a study, read the screen, find a place on it."""

import base64
from collections.abc import Callable
from typing import Any

import numpy as np
from playwright.sync_api import Page, expect
from pydicom import Dataset

from tests.e2e.viewer.studies import SLICES, sop_uid, study_uid
from tests.imaging.rule import Array

Open = Callable[..., Page]


def show(page: Page, study: int = 1, *, expected: str = "painted", **more: Any) -> None:
    """Open the study's first series and wait for what becomes of it."""
    page.evaluate(
        """async ([uid, more]) => {
            const roots = {dicomweb: '/dicomweb', imaging: '/imaging'}
            const study = {hospital: 'wuxi', uid, ...roots, hospitalName: '无锡分院', ...more}
            it.viewer.register([study])
            const [series] = await it.seriesOf(study)
            await it.viewer.show('wuxi', uid, series.uid)
        }""",
        [study_uid(study), more],
    )
    expect(page.locator("#host")).to_have_attribute("data-state", expected)


def painted(page: Page, ds: Dataset, frame: int) -> Array | None:
    """The only image of a stored study as it stands on the canvas: rows x columns x 3; None where it is not shown."""
    found = page.evaluate(
        """async ([uid, at]) => {
            const study = {hospital: 'wuxi', uid, dicomweb: '/dicomweb', imaging: '/imaging', hospitalName: '无锡分院'}
            it.viewer.register([study])
            const [series] = await it.seriesOf(study)
            if (!series) return false
            await it.viewer.show('wuxi', uid, series.uid)
            it.viewer.scrollTo(await it.placeOfFrame(study, series.uid, at))
            return true
        }""",
        [str(ds.StudyInstanceUID), frame],
    )
    if not found:
        return None
    shown = f"#host[data-state=painted][data-frame='{frame}'][data-sop='{ds.SOPInstanceUID}']"
    expect(page.locator(f"{shown}, #host[data-state=failed], #host[data-state=empty]")).to_be_attached()
    if page.locator(shown).count() == 0:
        return None
    rows, columns, pixels = page.evaluate("it.pixels()")
    return np.frombuffer(base64.b64decode(pixels), np.uint8).reshape(rows, columns, 4)[..., :3].astype(float)


def sop_on(page: Page) -> str | None:
    return page.get_attribute("#host", "data-sop")


def index_on(page: Page) -> int:
    """Which of the synthetic slices is on the screen, from the feet."""
    return int((sop_on(page) or "").rsplit(".", 1)[1]) - 1


def scroll_to(page: Page, position: int) -> None:
    page.evaluate("n => it.viewer.scrollTo(n)", position)
    expect(page.locator("#host")).to_have_attribute("data-sop", sop_uid(SLICES - 1 - position))
    expect(page.locator("#host")).to_have_attribute("data-state", "painted")


def canvas_place(page: Page, column: float, row: float) -> tuple[float, float]:
    x, y = page.evaluate(
        """([column, row]) => {
            const {instance: {hospital, uid}, number} = it.viewer.current().frame
            return it.viewer.screen.pointOf({hospital, instance: uid, frame: number, column, row})
        }""",
        [column, row],
    )
    return x, y


def grey_on(page: Page, column: int, row: int) -> int:
    x, y = canvas_place(page, column, row)
    return int(page.evaluate("([x, y]) => it.grey(x, y)", [x, y]))


def text_of(page: Page, corner: str) -> str:
    return page.inner_text(f".vw-{corner}")
