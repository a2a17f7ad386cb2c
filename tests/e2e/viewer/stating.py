"""What the tests of presentation states do and see, and drawings for them."""

import base64

import numpy as np
from playwright.sync_api import Page, expect
from pydicom import Dataset
from pydicom.sequence import Sequence

from tests.imaging.presentations import item
from tests.imaging.rule import Array, Edit, having

HOST = "#host"


def opened(page: Page, state: Dataset) -> list[list[str | None]]:
    """Shows the study of the state, and says what states there are."""
    found: list[list[str | None]] = page.evaluate(
        """async ([uid, states]) => {
            const study = {hospital: 'wuxi', uid, dicomweb: '/dicomweb', hospitalName: '无锡分院'}
            it.viewer.register([study])
            const series = (await it.seriesOf(study)).find((one) => one.hasPixels)
            await it.viewer.show('wuxi', uid, series.uid)
            return it.offer(study, states)
        }""",
        [str(state.StudyInstanceUID), str(state.SeriesInstanceUID)],
    )
    expect(page.locator(HOST)).to_have_attribute("data-state", "painted")
    return found


def presented(page: Page, state: Dataset) -> None:
    page.evaluate("uid => it.viewer.present(uid)", str(state.SOPInstanceUID))
    expect(page.locator(".vw-how")).to_contain_text(f"显示状态：{state.ContentDescription}")


def pixels(page: Page) -> Array:
    rows, columns, found = page.evaluate("it.pixels()")
    return np.frombuffer(base64.b64decode(found), np.uint8).reshape(rows, columns, 4)[..., :3].astype(float)


def figures(*graphics: Dataset, texts: tuple[Dataset, ...] = (), on: Edit = lambda _: None) -> Edit:
    part = item(having(GraphicLayer="DRAWN"), on)
    if graphics:
        part.GraphicObjectSequence = Sequence(graphics)
    if texts:
        part.TextObjectSequence = Sequence(texts)
    return having(GraphicAnnotationSequence=Sequence([part]))


def graphic(kind: str, *data: float, units: str = "PIXEL", filled: str = "N") -> Dataset:
    return item(
        having(GraphicAnnotationUnits=units, GraphicDimensions=2, NumberOfGraphicPoints=len(data) // 2),
        having(GraphicData=list(data), GraphicType=kind, GraphicFilled=filled),
    )
