"""`telemed init`: from an empty directory to a product that starts; a mistake is named by its key and line."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from telemed.access import one_time
from telemed.access.model import Account, AccountRole
from telemed.audit.model import AuditEvent
from telemed.cli.base import settings_in
from telemed.db import Database
from telemed.errors import StartRefused
from telemed.migrations import prepare
from telemed.people.model import Hospital, Staff
from telemed.setup import answers, ask, first, kept
from tests.telemed.conftest import NOW, rows

GOOD = """
[site]
name = "瑞金远程会诊"
telephone = "021-0000-0110"
[address]
public_url = "http://127.0.0.1:8760"
[hub]
code = "ruijin"
name = "瑞金医院"
name_en = "Ruijin Hospital"
licence_name = "瑞金医院"
[[branches]]
code = "wuxi"
name = "无锡分院"
name_en = "Wuxi Branch"
licence_name = "瑞金医院无锡分院"
telephone = "0510-0000-0120"
[administrator]
username = "admin"
name = "闻立春"
name_en = "Wen Lichun"
number = "10001"
"""


def said(tmp_path: Path, text: str) -> str:
    file = tmp_path / "answers.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StartRefused) as caught:
        answers.read(file)
    return str(caught.value)


def good(tmp_path: Path, text: str = GOOD) -> answers.Answers:
    file = tmp_path / "answers.toml"
    file.write_text(text, encoding="utf-8")
    return answers.read(file)


@pytest.mark.parametrize(
    ("was", "becomes", "chinese", "english"),
    [
        ('telephone = "021-0000-0110"', "telephone = 21", "第 4 行 site.telephone：应为文字", "line 4, site.telephone"),
        ('code = "ruijin"', 'cod = "ruijin"', "第 8 行 hub.cod：没有这一项；是否为 code？", "did you mean code?"),
        ('code = "ruijin"', 'code = "Ruijin"', "第 8 行 hub.code：应为 2 到 32 个小写字母", "small letters"),
        ('code = "wuxi"', 'code = "ruijin"', "第 13 行 branches.0.code：这个机构代码用了两次", "is used twice"),
        ('"http://127.0.0.1:8760"', '"https://a.example"', "第 6 行 address.public_url：https", "proxy = true"),
        ('"http://127.0.0.1:8760"', '"a.example"', "第 6 行 address.public_url：应为 https://", "must be an address"),
        ('[hub]', 'certificate = "/no.pem"\n[hub]', "第 7 行 address.certificate：文件不存在", "no such file"),
        ('[hub]', 'key = "answers.toml"\n[hub]', "address.", "address."),
        ('name = "闻立春"', 'name = "a$b"', "administrator.name：不能含", "must not have"),
        ('number = "10001"', "", "administrator.number：没有填写", "is missing"),
        ("[site]", "[site", "不是有效的 TOML", "at line 2"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_key_and_line(tmp_path: Path, was: str, becomes: str, chinese: str, english: str) -> None:
    told = said(tmp_path, GOOD.replace(was, becomes, 1))
    assert chinese in told
    assert english in told
    assert "Nothing was written" in told or "nothing was written" in told


def test_the_example_can_be_used_as_it_is(tmp_path: Path) -> None:
    telemed = str(Path(sys.executable).with_name("telemed"))
    text = subprocess.run([telemed, "init", "--example"], capture_output=True, text=True, check=True).stdout
    found = good(tmp_path, text)
    assert (found.hub.code, found.branches[0].code, found.address.proxy) == ("ruijin", "wuxi", True)


def test_what_is_asked_on_a_terminal_are_the_same_answers(tmp_path: Path) -> None:
    typed: Iterator[str] = iter(
        ["瑞金远程会诊", "phone?", "021-0000-0110", "", "", "ruijin", "瑞金医院", "Ruijin Hospital", "瑞金医院",
         "ruijin", "wuxi",
         "无锡分院", "Wuxi Branch", "瑞金医院无锡分院", "0510-0000-0120", "", "", "闻立春", "Wen Lichun", "10001", ""]
    )  # fmt: skip
    told: list[str] = []
    assert ask.ask(lambda _: next(typed), told.append) == good(tmp_path)
    assert any("应为电话号码" in each for each in told)
    assert any("这个机构代码用了两次" in each for each in told)
    assert told[-2:] == [
        "分院　Branch: wuxi · 无锡分院 · Wuxi Branch · 瑞金医院无锡分院 · 0510-0000-0120",
        "管理员　Administrator: admin · 闻立春 · Wen Lichun · 10001",
    ]


def test_who_says_that_the_answers_are_not_right_writes_nothing() -> None:
    typed = iter(
        ["瑞金远程会诊", "021-0000-0110", "", "", "ruijin", "瑞金医院", "Ruijin Hospital", "瑞金医院", "", "", "闻立春",
         "Wen Lichun", "10001", "no"]
    )  # fmt: skip
    with pytest.raises(StartRefused, match="Nothing was written"):
        ask.ask(lambda _: next(typed), lambda _: None)


async def test_it_makes_hospitals_and_the_first_administrator_once(tmp_path: Path, db: Database) -> None:
    given = good(tmp_path)
    password = await first.make(db, tmp_path, given, None, NOW)
    assert {(each.id, each.kind, each.coordinator_phone) for each in await rows(db, Hospital)} == {
        ("ruijin", "hub", "021-0000-0110"),
        ("wuxi", "branch", "0510-0000-0120"),
    }
    (account,) = await rows(db, Account)
    (person,) = await rows(db, Staff)
    assert (account.username, person.name, person.id) == ("admin", "闻立春", account.id)
    assert [each.role for each in await rows(db, AccountRole)] == ["administrator"]
    async with db.read() as session:
        assert await one_time.opens(session, account.id, password, NOW)
    audited = {(each.action, each.reason) for each in await rows(db, AuditEvent)}
    assert ("account.one_time_issued", "command_line") in audited
    with pytest.raises(StartRefused, match="已经初始化"):
        await first.make(db, tmp_path, given, None, NOW)
    assert len(await rows(db, Hospital)) == 2


async def test_a_postgres_that_is_not_there_is_said_in_a_sentence_without_its_password() -> None:
    database = Database("postgresql+asyncpg://telemed:its-word@127.0.0.1:1/telemed")
    try:
        with pytest.raises(StartRefused, match=r"127\.0\.0\.1:1/telemed") as refused:
            await prepare(database)
    finally:
        await database.close()
    assert "its-word" not in refused.value.english + str(refused.value)


async def test_serving_reads_what_it_wrote(tmp_path: Path, db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = GOOD.replace("http://127.0.0.1:8760", "https://t.example").replace("[hub]", "proxy = true\n[hub]", 1)
    await first.make(db, tmp_path, good(tmp_path, text), tmp_path / "dist", NOW)
    settings = settings_in(tmp_path)
    assert (settings.site_name, settings.origin, settings.behind_proxy) == ("瑞金远程会诊", "https://t.example", True)
    assert (settings.signaling_url, settings.web_dir) == ("wss://t.example/rooms", tmp_path / "dist")
    assert (tmp_path / "telemed.env").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("TELEMED_SITE_NAME", "另一个")
    assert settings_in(tmp_path).site_name == "另一个", "the environment wins"


def test_a_certificate_listens_for_everybody(tmp_path: Path) -> None:
    given = good(tmp_path)
    address = given.address.model_copy(
        update={"public_url": "https://t.example:8443", "certificate": Path("/c"), "key": Path("/k")}
    )
    found = kept.settings(given.model_copy(update={"address": address}), None)
    assert found["TELEMED_HOST"] == "0.0.0.0"
    assert (found["TELEMED_HTTP_PORT"], found["TELEMED_PUBLIC_SIGNAL_URL"]) == ("8443", "wss://t.example:8761")


def test_a_demonstration_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text("{}")
    with pytest.raises(StartRefused, match="其中的数据未作任何改动"):
        first.refuse_demonstration(tmp_path)


def test_a_wrong_answers_file_leaves_no_directory(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(GOOD.replace('code = "ruijin"', 'code = "R"'))
    telemed = str(Path(sys.executable).with_name("telemed"))
    command = [telemed, "init", "--data-dir", str(tmp_path / "data"), "--answers", str(file)]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert told.returncode == 1
    assert "answers.toml line 8, hub.code" in told.stderr
    assert not (tmp_path / "data").exists()


def test_a_used_directory_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(GOOD)
    command = [str(Path(sys.executable).with_name("telemed")), "init", "--data-dir", str(tmp_path / "data")]
    subprocess.run([*command, "--answers", str(file)], capture_output=True, check=True, cwd=tmp_path)
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, input="")
    assert (told.returncode, told.stdout) == (1, "")
    assert "已经初始化" in told.stderr
