"""What `telemed init` must know, and how an answers file says it; each mistake is named by its key and line."""

import re
import ssl
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from telemed.errors import StartRefused
from telemed.setup.says import sentence

LONGEST_FILE: Final = 200_000
MOST_BRANCHES: Final = 200
LINE: Final = re.compile(r"""^\s*(?:\[\[?\s*(?P<table>[\w."' -]+?)\s*\]\]?|["']?(?P<key>[\w-]+)["']?\s*=)""")
LOCAL: Final = re.compile(r"^http://(127\.0\.0\.1|localhost)(:\d{1,5})?$")


def _text(pattern: str | None = None, longest: int = 80, shortest: int = 1) -> Any:
    return StringConstraints(strip_whitespace=True, min_length=shortest, max_length=longest, pattern=pattern)


def _wrong(word: str) -> PydanticCustomError:
    return PydanticCustomError("telemed", "{word}", {"word": word})


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise _wrong("zone")
    return name


def _address(url: str) -> str:
    if not re.fullmatch(r"https://[^/\s?#@]+", url) and not LOCAL.match(url):
        raise _wrong("address")
    return url


def _file(path: Path) -> Path:
    try:
        path.read_bytes()
    except OSError as failure:
        raise _wrong("file") from failure
    return path.resolve()


Code = Annotated[str, _text(r"^[a-z0-9-]{2,32}$", 32)]
Name = Annotated[str, _text(r"^[^\x00-\x1f$\"\\]+$")]  # may be quoted in a file of settings as it is
Number = Annotated[str, _text(r"^[0-9+() -]{3,30}$", 30)]
NumberOrNone = Annotated[str, _text(r"^[0-9+() -]{0,30}$", 30, 0)]
StaffNumber = Annotated[str, _text(longest=32)]
Zone = Annotated[str, _text(), AfterValidator(_zone)]
File = Annotated[Path, AfterValidator(_file)]
Port = Annotated[int, Field(ge=1, le=65535, strict=True)]
Url = Annotated[str, _text(), AfterValidator(_address)]
DatabaseUrl = Annotated[str, _text(r"^postgresql\+asyncpg://[^\s\"'$\\]+$", 500)]
Username = Annotated[str, _text(r"^[a-z0-9][a-z0-9._-]{1,39}$", 40)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Site(_Table):
    """What the product is called here, and whom its people call for help."""

    name: Name
    telephone: Number


class Address(_Table):
    """Under what address browsers find it, and who ends TLS there."""

    public_url: Url = "http://127.0.0.1:8760"
    signal_port: Port = 8761  # of the rooms' WebSocket
    proxy: bool = False
    certificate: File | None = None
    key: File | None = None


class Data(_Table):
    database_url: DatabaseUrl | None = None


class HospitalAnswer(_Table):
    code: Code
    name: Name
    name_en: Name
    licence_name: Name
    telephone: NumberOrNone = ""
    time_zone: Zone = "Asia/Shanghai"


class AdministratorAnswer(_Table):
    """The hub's first administrator; the hub is their home hospital."""

    username: Username
    name: Name
    name_en: Name
    number: StaffNumber
    phone: NumberOrNone = ""


class Answers(_Table):
    site: Site
    address: Address = Address()
    data: Data = Data()
    hub: HospitalAnswer
    branches: list[HospitalAnswer] = Field(default_factory=list, max_length=MOST_BRANCHES)
    administrator: AdministratorAnswer


def read(path: Path) -> Answers:
    """The answers of a file. Raises StartRefused with a line for each mistake."""
    try:
        data = path.read_bytes()
    except OSError as failure:
        why = failure.strerror or "?"
        raise StartRefused(f"不能读取答案文件 {path}（{why}）。", f"{path} cannot be read ({why}).") from failure
    try:
        text = data[:LONGEST_FILE].decode("utf-8-sig")
        found = tomllib.loads(text)
    except UnicodeDecodeError as failure:
        raise StartRefused(
            f"{path} 不是 UTF-8 编码，请另存为 UTF-8。", f"{path} is not UTF-8: save it as UTF-8."
        ) from failure
    except (tomllib.TOMLDecodeError, RecursionError) as failure:
        raise StartRefused(
            f"{path} 不是有效的 TOML：{failure}。什么都没有写入。",
            f"{path} is not valid TOML: {failure}. Nothing was written.",
        ) from failure
    return checked(found, f"{path.name}", lines(text))


def checked(found: dict[str, Any], file: str = "", at: "dict[str, int] | None" = None) -> Answers:
    """The answers, if nothing is wrong with them. Raises StartRefused with a line for each mistake."""
    try:
        answers = Answers.model_validate(found)
    except ValidationError as wrong:
        mistakes: list[tuple[str, str, Any]]
        mistakes = [(".".join(map(str, each["loc"])), word_of(each), each) for each in wrong.errors()]
    else:
        mistakes = [(key, word, {}) for key, word in _together(answers)]
        if not mistakes:
            return answers
    said = [_said(key, word, each, file, at or {}) for key, word, each in mistakes]
    raise StartRefused(
        "\n".join(["答案有误，什么都没有写入：", *(f"  {chinese}" for chinese, _ in said)]),
        "\n".join(["The answers are not right; nothing was written:", *(f"  {english}" for _, english in said)]),
    )


def lines(text: str) -> dict[str, int]:
    """In which line each key stands, by its path: "branches.0.name"."""
    at: dict[str, int] = {}
    table, arrays = "", dict[str, int]()
    for number, line in enumerate(text.splitlines(), start=1):
        found = LINE.match(line)
        if found is None:
            continue
        if found["table"]:
            table = found["table"]
            if line.lstrip().startswith("[["):
                arrays[table] = arrays.get(table, -1) + 1
                table = f"{table}.{arrays[table]}"
            at.setdefault(table, number)
        else:
            at.setdefault(f"{table}.{found['key']}" if table else found["key"], number)
    return at


def _together(answers: Answers) -> Iterator[tuple[str, str]]:
    """What is wrong between answers that are each right."""
    address, codes = answers.address, [answers.hub.code]
    for n, each in enumerate(answers.branches):
        if each.code in codes:
            yield f"branches.{n}.code", "twice"
        codes.append(each.code)
    if (address.certificate is None) is not (address.key is None):
        yield ("address.key" if address.key is None else "address.certificate"), "pair"
    elif address.certificate is not None and address.key is not None:
        if address.proxy:
            yield "address.proxy", "both"
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(address.certificate, address.key)
        except (ssl.SSLError, OSError):
            yield "address.certificate", "certificate"
    elif address.public_url.startswith("https://") and not address.proxy:
        yield "address.public_url", "tls"
    if address.public_url.startswith("http://") and (address.proxy or address.certificate):
        yield "address.public_url", "https"


def word_of(error: Any) -> str:
    if error["type"] == "telemed":
        return str(error["ctx"]["word"])
    return str(error["type"])


def _said(key: str, word: str, error: Any, file: str, at: dict[str, int]) -> tuple[str, str]:
    line = next((at[each] for each in _upwards(key) if each in at), 0)
    where = (f"{file} 第 {line} 行 ", f"{file} line {line}, ") if line else ("", "")
    chinese, english = sentence(word, error, _known(key), key)
    return f"{where[0]}{key}：{chinese}", f"{where[1]}{key}: {english}"


def _upwards(key: str) -> Iterator[str]:
    while key:
        yield key
        key = key.rpartition(".")[0]


def _known(key: str) -> str:
    """A key that was perhaps meant; else those that there are."""
    parts = [each for each in key.split(".") if not each.isdigit()]
    table: Any = Answers
    for each in parts[:-1]:
        table = {"hub": HospitalAnswer, "branches": HospitalAnswer, "administrator": AdministratorAnswer,
                 "site": Site, "address": Address, "data": Data}.get(each, Answers)  # fmt: skip
    names = list(table.model_fields)
    return ", ".join(get_close_matches(parts[-1], names, 1) or names) if parts else ", ".join(names)
