"""Each rule of the grey pipeline in the archive's pictures, against pydicom."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from pydicom import DataElement, Dataset, config

from tests.imaging.conftest import Asker
from tests.imaging.left_to_archive import LEFT, REFUSED
from tests.imaging.made import as_bytes, made, uid
from tests.imaging.picture_rules import RULES
from tests.imaging.rule import SIDE, TOLERANCE, Array, Rule, cut_off, expected, file_of, having

INSTANCE = f"/dicomweb/studies/{uid('study')}/series/{uid('study', 'series')}/instances/{uid('study', 'series', '1')}"


async def picture(wuxi: Asker, path: str) -> Array:
    status, body, _ = await wuxi.get(path, "image/png")
    assert status == 200, body
    return np.asarray(Image.open(BytesIO(body))).astype(int)


def path_of(rule: Rule) -> str:
    ds = file_of(rule)
    return (
        f"/dicomweb/studies/{ds.StudyInstanceUID}/series/{ds.SeriesInstanceUID}/instances/{ds.SOPInstanceUID}"
        f"/frames/{rule.frame}/rendered"
    )


async def test_every_rule_gives_the_picture_that_pydicom_gives(wuxi: Asker) -> None:
    rules = (*RULES, *LEFT)
    assert (await wuxi.store(*(as_bytes(file_of(rule)) for rule in rules)))[0] == 200
    wrong = {}
    for rule in rules:
        want = expected(rule)
        assert len(np.unique(want)) > 1, f"{rule.name}: an even picture proves nothing"
        found = await picture(wuxi, path_of(rule))
        if found.shape != want.shape or np.abs(found - want).max() > TOLERANCE:
            wrong[rule.name] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("asked", "function"),
    [("linear", "LINEAR"), ("linear-exact", "LINEAR_EXACT"), ("SIGMOID", "SIGMOID"), ("sigmoid", "SIGMOID")],
)
async def test_a_window_is_drawn_by_the_function_that_is_asked_for(wuxi: Asker, asked: str, function: str) -> None:
    stored = (np.arange(SIDE * SIDE) // 16).astype("<u2").tobytes()

    def edit(ds: Dataset) -> None:
        ds.WindowCenter, ds.WindowWidth, ds.VOILUTFunction, ds.PixelData = 4, 6, function, stored

    await wuxi.store(made(PixelData=stored))
    found = await picture(wuxi, f"{INSTANCE}/rendered?window=4,6,{asked}")
    assert np.abs(found - expected(Rule(asked, "C.11.2.1.3", edit))).max() <= TOLERANCE


async def test_a_window_without_function_has_that_of_the_file(wuxi: Asker) -> None:
    await wuxi.store(made(WindowCenter=10, WindowWidth=20, VOILUTFunction="SIGMOID"))
    own = await picture(wuxi, f"{INSTANCE}/rendered?window=2000,900")
    assert (own == await picture(wuxi, f"{INSTANCE}/rendered?window=2000,900,sigmoid")).all()
    assert (own != await picture(wuxi, f"{INSTANCE}/rendered?window=2000,900,linear")).any()


@pytest.mark.parametrize(
    "query",
    [
        "window=wide",
        "window=40",
        "window=40,",
        "window=nan,400",
        "window=1_0,400",
        "window=40,1e999",
        "window=40,0,sigmoid",
        "window=40,0.5",
        "window=40,0.5,linear",
        "window=40,400,cubic",
        "window=40,400,linear,1",
        "viewport=64",
        "viewport=64,64,0,0,8,8",
        "annotation=patient",
        "presentationUID=1.2.3",
    ],
)
async def test_what_is_not_applied_is_refused_with_the_reason(wuxi: Asker, query: str) -> None:
    await wuxi.store(made())
    status, body, _ = await wuxi.get(f"{INSTANCE}/rendered?{query}", "image/png")
    assert status == 400
    assert query.partition("=")[0].encode() in body


def named(name: str) -> Rule:
    return next(rule for rule in RULES if rule.name == name)


async def refusal(wuxi: Asker, rule: Rule, ds: Dataset) -> bytes:
    await wuxi.store(as_bytes(ds))
    status, body, _ = await wuxi.get(path_of(rule), "image/png")
    assert status == 422
    return body


async def test_a_table_that_is_too_short_is_refused_by_name(wuxi: Asker) -> None:
    ds = file_of(named("VOI table"))
    ds.VOILUTSequence[0].LUTData = ds.VOILUTSequence[0].LUTData[:100]
    body = await refusal(wuxi, named("VOI table"), ds)
    assert b"malformed_lut" in body
    assert b"shorter than it says" in body


@pytest.mark.parametrize(
    "words", [[0, 3, 1, 2, 3], [1, 256, 5], [2, 1, 0, 0], [0, 0, 0], [0, 1, 7, 2, 1, 0xFFFF, 0xFFFF]]
)
async def test_a_damaged_palette_is_refused_by_name_and_not_painted_grey(wuxi: Asker, words: list[int]) -> None:
    ds = file_of(named("segmented palette"))
    ds.SegmentedGreenPaletteColorLookupTableData = np.array(words, "<u2").tobytes()
    assert b"malformed_palette" in await refusal(wuxi, named("segmented palette"), ds)


async def test_an_overlay_cut_short_is_refused_by_name(wuxi: Asker) -> None:
    ds = file_of(named("an overlay"))
    ds[0x6000, 0x3000].value = ds[0x6000, 0x3000].value[:8]
    assert b"malformed_overlay" in await refusal(wuxi, named("an overlay"), ds)


async def test_stored_bits_that_are_not_there_are_refused_by_name(wuxi: Asker) -> None:
    ds = file_of(named("linear window"))
    ds.HighBit = 16
    assert b"malformed_pixels" in await refusal(wuxi, named("linear window"), ds)


async def test_a_codestream_that_is_cut_off_is_refused_and_not_made_up(wuxi: Asker) -> None:
    ds = cut_off()
    assert b"undecodable" in await refusal(wuxi, Rule("a codestream cut off", "PS3.5 A.4.12", lambda _: None), ds)


async def test_colours_over_grey_are_refused_by_name(wuxi: Asker) -> None:
    ds = file_of(named("linear window"))
    ds.PixelPresentation = "MIXED"
    assert b"supplemental_palette" in await refusal(wuxi, named("linear window"), ds)


async def test_a_palette_that_is_missing_is_refused_by_name(wuxi: Asker) -> None:
    ds = file_of(named("palette"))
    del ds.BluePaletteColorLookupTableData
    assert b"malformed_palette" in await refusal(wuxi, named("palette"), ds)


@pytest.mark.parametrize("name", REFUSED)
async def test_colours_that_could_mean_anything_are_refused_by_name(wuxi: Asker, name: str) -> None:
    reason, edit = REFUSED[name]
    rule = Rule(name, "C.7.6.3.1.2", edit)
    assert reason.encode() in await refusal(wuxi, rule, file_of(rule))


async def test_a_picture_in_a_viewport_has_the_proportions_of_its_pixels(wuxi: Asker) -> None:
    """Without one it has a pixel for each that is stored."""
    rule = Rule("twice as tall as wide", "C.7.6.3.1.7", having(PixelAspectRatio=[2, 1]))
    await wuxi.store(as_bytes(file_of(rule)))
    path = path_of(rule)
    assert (await picture(wuxi, path)).shape == (SIDE, SIDE)
    assert (await picture(wuxi, f"{path}?viewport=32,32")).shape == (32, 16)
    assert (await picture(wuxi, f"{path.removesuffix('rendered')}thumbnail?viewport=64,40")).shape == (40, 20)
    spaced = Rule("half as tall as wide", "10.7", having(PixelSpacing=[0.5, 1], PixelAspectRatio=[2, 1]))
    await wuxi.store(as_bytes(file_of(spaced)))
    assert (await picture(wuxi, f"{path_of(spaced)}?viewport=32,32")).shape == (16, 32)


async def test_attributes_of_unknown_representation_are_known_by_their_dictionary(wuxi: Asker) -> None:
    ds = file_of(named("known attributes of unknown representation"))
    await wuxi.store(as_bytes(ds))
    [study] = await wuxi.json(f"/dicomweb/studies?StudyInstanceUID={ds.StudyInstanceUID}")
    assert study["00100010"]["Value"] == [{"Alphabetic": "Ceshi^Yi"}]
    assert study["00080061"]["Value"] == ["OT"]
    [metadata] = await wuxi.json(f"/dicomweb/studies/{ds.StudyInstanceUID}/metadata")
    assert metadata["00280010"] == {"vr": "US", "Value": [SIDE]}
    assert metadata["00281050"] == {"vr": "DS", "Value": [1500]}


async def test_an_unknown_sequence_that_is_none_stays_as_it_is(wuxi: Asker) -> None:
    """What another attribute's value is made of does not cost the file."""
    ds = file_of(named("linear window"))
    replaced, config.replace_un_with_known_vr = config.replace_un_with_known_vr, False
    ds[0x00081140] = DataElement(0x00081140, "UN", b"no sequence at all")
    config.replace_un_with_known_vr = replaced
    await wuxi.store(as_bytes(ds))
    [metadata] = await wuxi.json(f"/dicomweb/studies/{ds.StudyInstanceUID}/metadata")
    assert metadata["00081140"]["vr"] == "UN"
