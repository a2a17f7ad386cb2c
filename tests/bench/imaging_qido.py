"""QIDO-RS over HTTP in an archive of 100,000 studies, of which the caller sees the own third and 2,000 granted ones."""

import asyncio
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from time import perf_counter

import aiohttp
from sqlalchemy import insert
from sqlmodel import Session

from imaging.index.database import open_index
from imaging.index.matching import parts
from imaging.index.model import Grant, NameForm, NamePart, Series, Study
from imaging.index.table import Table
from imaging.workers.inspection import name_forms
from tests.bench.workshop import Measured, Workshop, p95

STUDIES, GRANTED, OWN, PAGE, TRIES = 100_000, 2_000, 0.3, 25, 40
HOSPITAL, BRANCHES, WHO = "ruijin", ("wuxi", "jiashan", "wuzhen", "taizhou", "nantong"), "dev"
FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂天枢松年远山知遥文博建国志海玉华"
MODALITIES = ("CT", "CT", "CR", "MR", "US", "DX")
FIRST, DAYS = datetime(2023, 12, 1), 1_090
SURNAME = "surname by pinyin"  # of one of forty: a fortieth of the archive each
QUERIES: Mapping[str, Sequence[str]] = {
    "PatientID": [f"PatientID=P{n:07}" for n in range(100, 60_000, 1_500)],
    "name by characters": [f"PatientName={each}" for each in ("王*", "*伟*", "*天枢", "张^秀*", "*秀英*")],
    "name by pinyin": [f"PatientName={each}" for each in ("zhangwei", "li xiu*")],
    SURNAME: [f"PatientName={each}" for each in ("wang*", "chen*")],
    "date and modality": [
        f"StudyDate=2026{month:02}01-2026{month + 2:02}31&ModalitiesInStudy={modality}"
        for month, modality in zip((1, 3, 5, 7), MODALITIES[1:], strict=False)
    ],
    "AccessionNumber": [f"AccessionNumber=A{n:08}" for n in range(500, 99_000, 2_500)],
}


@dataclass(frozen=True)
class Running:
    origin: str
    ticket: str


def _took(shop: Workshop) -> dict[str, float]:
    folder = shop.folder / "archive"
    folder.mkdir()
    asyncio.run(_fill(folder / "index.db"))
    with _archive(folder) as running:
        return asyncio.run(_ask(running, shop.often(TRIES)))


def qido_studies_100k_p95(shop: Workshop) -> Measured:
    """The worst of the queries but surnames by pinyin, each of its first page and page 20."""
    took = {query: time for query, time in shop.once(_took).items() if not query.startswith(SURNAME)}
    worst = max(took, key=lambda each: took[each])
    return Measured(took[worst], shop.often(TRIES) * len(took), f"the worst: {worst}")


def qido_surname_100k_p95(shop: Workshop) -> Measured:
    took = shop.once(_took)
    return Measured(took[f"{SURNAME}, page 20"], shop.often(TRIES), f"page 1 {took[f'{SURNAME}, page 1']:.1f} ms")


async def _fill(path: Path) -> None:
    async with open_index(path) as index:
        await index.write(_studies)


def _studies(session: Session) -> None:
    rng, now = random.Random(1), datetime.now(UTC)
    rows: dict[type[Table], list[dict[str, object]]] = {each: [] for each in (Study, NameForm, NamePart, Series, Grant)}
    of_others: list[tuple[str, str]] = []
    for n in range(1, STUDIES + 1):
        hospital = HOSPITAL if rng.random() < OWN else rng.choice(BRANCHES)
        name = f"{rng.choice(FAMILY)}^{''.join(rng.choices(GIVEN, k=rng.choice((1, 2, 2))))}"
        when, uid = FIRST + timedelta(minutes=rng.randrange(DAYS * 24 * 60)), f"1.2.3.{n}"
        study = Study(
            id=n,
            hospital=hospital,
            study_uid=uid,
            patient_name=name,
            patient_id=f"P{rng.randrange(STUDIES * 2 // 3):07}",
            study_date=f"{when:%Y%m%d}",
            study_time=f"{when:%H%M%S}",
            accession_number=f"A{n:08}",
            instance_count=1,
            told_count=1,
            received_at=now,
            changed_at=now,
        )
        rows[Study].append(study.model_dump())
        forms = name_forms(name)
        rows[NameForm] += [{"study": n, "form": each} for each in forms]
        rows[NamePart] += [{"study": n, "part": each} for each in parts(forms)]
        for number in range(rng.choice((1, 2, 3))):
            made = Series(study=n, series_uid=f"{uid}.{number}", modality=rng.choice(MODALITIES), number=number)
            rows[Series].append(made.model_dump(exclude={"id"}))
        if hospital != HOSPITAL:
            of_others.append((hospital, uid))
    for hospital, uid in rng.sample(of_others, GRANTED):
        until = now + timedelta(days=30)
        grant = Grant(id=uid, subject=WHO, hospital=hospital, study_uid=uid, actions="read", until=until, rev=1)
        rows[Grant].append(grant.model_dump())
    for table, made_of in rows.items():
        session.connection().execute(insert(table), made_of)


@contextmanager
def _archive(folder: Path) -> Iterator[Running]:
    """`python -m imaging` in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "imaging",
        "--dev",
        "--hospital",
        HOSPITAL,
        "--port",
        "0",
        "--data-dir",
        str(folder),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            ticket, origin = (process.stdout.readline().split()[1] for _ in range(2))
            yield Running(origin, ticket)
        finally:
            process.terminate()


async def _ask(running: Running, tries: int) -> dict[str, float]:
    took: dict[str, float] = {}
    headers = {"Authorization": f"Bearer {running.ticket}"}
    async with aiohttp.ClientSession(running.origin, headers=headers) as client:
        for name, queries in QUERIES.items():
            for page in (1, 20):
                times = []
                for query, _ in zip(cycle(queries), range(tries + len(queries)), strict=False):
                    path = f"/dicomweb/studies?{query}&limit={PAGE}&offset={PAGE * (page - 1)}"
                    began = perf_counter()
                    async with client.get(path) as answer:
                        await answer.read()
                        assert answer.status in (200, 204), (path, answer.status)
                    times.append((perf_counter() - began) * 1000)
                took[f"{name}, page {page}"] = p95(times[len(queries) :])  # each once before, as in an archive at work
    return took


MEASUREMENTS = {
    "qido_studies_100k_p95": qido_studies_100k_p95,
    "qido_surname_100k_p95": qido_surname_100k_p95,
}

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    with _archive(folder) as shown:
        for each, time in asyncio.run(_ask(shown, TRIES)).items():
            print(f"{each:32} {time:7.1f} ms")
