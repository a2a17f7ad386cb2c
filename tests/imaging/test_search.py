"""QIDO-RS: what is found by which key, and how much of it is told."""

import warnings
from typing import Any

import pytest
from pydicom import Dataset
from pydicom.sequence import Sequence

from imaging.index.matching import LONGEST, parts
from imaging.index.qido import MOST, parse
from tests.imaging.conftest import Asker
from tests.imaging.made import element, file_with, made, named, uid

FOUND_BY: list[tuple[str, set[str]]] = [
    ("", {"one", "two", "three"}),
    ("PatientName=王*", {"one"}),
    ("PatientName=王^小明", {"one"}),
    ("PatientName=王小明", {"one"}),
    ("PatientName=wang*", {"one"}),
    ("PatientName=WANG^XIAOMING", {"one"}),
    ("PatientName=张三", {"two"}),
    ("PatientName=zhangsan", {"two"}),
    ("PatientName=zhang san", {"two"}),
    ("PatientName=zs", {"two"}),
    ("PatientName=张%3F", {"two"}),
    ("PatientName=三", set()),
    ("PatientName=*三", {"two"}),
    ("PatientName=*小*", {"one"}),
    ("PatientName=%3F小明", {"one"}),
    ("PatientName=*小%3F", {"one"}),
    ("PatientName=*小", set()),
    ("PatientName=*xiao*", {"one"}),
    ("PatientName=王*明", {"one"}),
    ("PatientName=*", {"one", "two", "three"}),
    ("PatientName=*%25*", set()),
    ("PatientName=三&fuzzymatching=true", {"two"}),
    ("PatientName=john smi&fuzzymatching=true", {"three"}),
    ("PatientName=%25", set()),
    ("00100020=T0003", {"three"}),
    ("PatientID=T000*", {"one", "two", "three"}),
    ("PatientID=t0003", {"three"}),
    ("PatientID=t000%3F", {"one", "two", "three"}),
    ("PatientID=*3", {"three"}),
    ("PatientID=T00", set()),
    ("PatientID=T00_3", set()),
    ("StudyDate=20260301-20260304", {"one"}),
    ("StudyDate=20260302-", {"two"}),
    ("StudyDate=-20260301", {"one"}),
    ("StudyDate=20260305", {"two"}),
    ("StudyTime=08-09&StudyDate=20260301", {"one"}),
    ("ModalitiesInStudy=MR", {"two"}),
    ("ModalitiesInStudy=CR,MR", {"two", "three"}),
    ("ModalitiesInStudy=C%3F", {"one", "three"}),
    ("ModalitiesInStudy=*R,CT", {"one", "two", "three"}),
    ("ModalitiesInStudy=", {"one", "two", "three"}),
    ("StudyDescription=*100%25", {"two"}),
    ("AccessionNumber=A-one", {"one"}),
    ("NumberOfStudyRelatedInstances=2", {"three"}),
]


@pytest.fixture
async def three(wuxi: Asker) -> Asker:
    await wuxi.store(
        made("one", name="Wang^Xiaoming=王^小明", StudyDate="20260301", StudyTime="081500"),
        made("two", name="张三", StudyDate="20260305", Modality="MR", PatientID="T0002", StudyDescription="头颅 100%"),
        made("three", name="Smith^John", StudyDate="", PatientID="T0003"),
        made(
            "three",
            name="Smith^John",
            series="scout",
            StudyDate="",  # as the other image of the study: whichever is kept first speaks for both
            Modality="CR",
            SeriesNumber=2,
            PatientID="T0003",
            BodyPartExamined="CHEST",
        ),
    )
    return wuxi


async def found(who: Asker, query: str, level: str = "studies") -> set[str]:
    status, body, _ = await who.get(f"/dicomweb/{level}?{query}")
    if status == 204:
        assert body == b""
        return set()
    names = {uid(name): name for name in ("one", "two", "three")}
    return {names[one["0020000D"]["Value"][0]] for one in await who.json(f"/dicomweb/{level}?{query}")}


async def test_studies_are_found_by_every_key(three: Asker) -> None:
    answers = [(query, await found(three, query)) for query, _ in FOUND_BY]
    assert answers == FOUND_BY


BOTH_HALVES = [
    "赵天枢",
    "赵^天枢",
    "赵*",
    "*天枢",
    "赵%3F枢",
    "Zhao^Tianshu",
    "ZHAO^TIAN*",
    "zhaotianshu",
    "zhao tian shu",
    "zts",
    "Zhao^Tianshu=赵^天枢",
    "zhao*=赵*",
    "=赵*",
    "Zhao*==",
    "天枢&fuzzymatching=true",
    "tianshu zhao&fuzzymatching=true",
    "Zhao=枢&fuzzymatching=true",
]


@pytest.mark.parametrize(
    ("label", "codec"), [("GB18030", "gb18030"), ("ISO_IR 6", "gb18030"), ("ISO_IR 100", "utf-8"), ("GBK", "utf-8")]
)
async def test_a_name_is_found_in_both_halves_however_it_was_labelled(wuxi: Asker, label: str, codec: str) -> None:
    name = "Zhao^Tianshu=赵^天枢".encode(codec)
    text = [(0x00080005, b"CS", label.encode()), (0x00100010, b"PN", name)]
    even = [(tag, vr, value + b" " * (len(value) % 2)) for tag, vr, value in text]
    await wuxi.store(file_with(b"".join((named(), *(element(*each) for each in even)))))
    for query in BOTH_HALVES:
        assert await wuxi.status(f"/dicomweb/studies?PatientName={query}") == 200, query
    for query in ("zhao*=王*", "wang*=赵*", "天枢", "tianshu", "王&fuzzymatching=true"):
        assert await wuxi.status(f"/dicomweb/studies?PatientName={query}") == 204, query
    assert await wuxi.status("/dicomweb/studies?PatientName=a=b=c=d") == 400
    assert await wuxi.status("/dicomweb/studies?PatientName=^") == 200, "an empty name asks for any"


async def test_of_a_name_that_is_a_text_only_the_beginning_is_found_in_pieces(wuxi: Asker) -> None:
    text = "王" + "".join(chr(0x4E00 + n) for n in range(5_000))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydicom knows that it is no name
        file = made("one", name=text)
    await wuxi.store(file)
    assert await found(wuxi, f"PatientName=*{text[1:9]}*") == {"one"}
    kept = parts([text])
    assert (len(kept), max(map(len, kept))) == (LONGEST, LONGEST)


async def test_uids_can_be_listed(three: Asker) -> None:
    assert await found(three, f"StudyInstanceUID={uid('one')},{uid('two')}") == {"one", "two"}


async def test_series_and_instances_are_found_with_their_study(three: Asker) -> None:
    assert await found(three, "Modality=CR", "series") == {"three"}
    assert await found(three, "PatientName=zhang*", "instances") == {"two"}
    below = await three.json(f"/dicomweb/studies/{uid('three')}/series")
    assert [one["00200011"]["Value"] for one in below] == [[1], [2]]
    below = await three.json(f"/dicomweb/studies/{uid('three')}/series/{uid('three', 'scout')}/instances")
    assert [one["00080018"]["Value"] for one in below] == [[uid("three", "scout", "1")]]
    assert len(await three.json(f"/dicomweb/studies/{uid('three')}/instances")) == 2


async def test_answers_come_in_pages(three: Asker) -> None:
    pages = [await found(three, f"limit=1&offset={offset}") for offset in range(4)]
    assert sorted(map(len, pages)) == [0, 1, 1, 1]
    assert set.union(*pages) == {"one", "two", "three"}
    _, _, headers = await three.get("/dicomweb/studies?limit=1")
    assert "may be more" in headers["Warning"]
    assert parse("studies", [("limit", "5000")]).limit == MOST
    assert await three.status("/dicomweb/studies?limit=-1") == 400
    assert await three.status("/dicomweb/studies?offset=99999999999") == 400


async def test_includefield_brings_what_is_not_told_otherwise(three: Asker) -> None:
    def first(answers: Any) -> Any:
        return answers[0]

    plain = first(await three.json("/dicomweb/instances?limit=1"))
    assert "00280101" not in plain
    for asked in ("BitsStored", "00280101", "all"):
        told = first(await three.json(f"/dicomweb/instances?limit=1&includefield={asked}"))
        assert told["00280101"] == {"vr": "US", "Value": [12]}
    assert "00080080" in first(await three.json("/dicomweb/studies?includefield=InstitutionName"))


async def test_attributes_without_a_column_come_from_the_image_that_came_first(wuxi: Asker) -> None:
    step = Dataset()
    step.ScheduledProcedureStepID, step.RequestedProcedureID = "S7", "R7"
    await wuxi.store(made("one", 1, RequestAttributesSequence=Sequence([step]), KVP="120"))
    await wuxi.store(made("one", 2, KVP="100"))
    [study] = await wuxi.json("/dicomweb/studies?includefield=KVP,00080070")
    assert study["00180060"]["Value"] == [120]
    [series] = await wuxi.json("/dicomweb/series")
    assert series["00400275"]["Value"][0]["00401001"]["Value"] == ["R7"]
    assert "00180060" not in series
    for level in ("studies", "series", "instances"):
        for one in await wuxi.json(f"/dicomweb/{level}"):
            assert one["00080056"] == {"vr": "CS", "Value": ["ONLINE"]}


async def test_what_includefield_names_in_vain_is_said(three: Asker) -> None:
    async def warned(query: str) -> str:
        _, _, headers = await three.get(f"/dicomweb/studies?{query}")
        return headers.get("Warning", "")

    assert await warned("includefield=PatientName,KVP,00180060,all,00091001") == ""
    assert "Colour" in await warned("includefield=Colour")
    assert "\n" not in await warned("includefield=Col%0Aour%22%E5%BD%B1")


async def test_an_unknown_key_is_an_error_not_everything(three: Asker) -> None:
    assert await three.status("/dicomweb/studies?Modality=CT") == 400
    assert await three.status("/dicomweb/studies?Colour=red") == 400
    for number in ("9" * 30, "²", "1e3", ""):
        expected = 400 if number else 200
        assert await three.status(f"/dicomweb/instances?InstanceNumber={number}") == expected
    assert await three.status("/dicomweb/studies", "text/html") == 406


async def test_retrieve_urls_hold_behind_a_prefix(three: Asker) -> None:
    for prefix in ("/dicomweb", "/dicomweb/s/abcdefgh"):
        one = (await three.json(f"{prefix}/studies?limit=1"))[0]
        assert one["00081190"]["Value"][0].startswith(f"{prefix}/studies/")


async def test_a_name_of_more_words_than_any_has_is_refused(three: Asker) -> None:
    assert await three.status("/dicomweb/studies?fuzzymatching=true&PatientName=" + "a+" * 2000) == 400
