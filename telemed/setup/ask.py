"""Asks on a terminal what an answers file would say; a wrong answer is said at once and asked for again."""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter, ValidationError

from telemed.errors import StartRefused
from telemed.setup import answers
from telemed.setup.answers import Answers
from telemed.setup.says import SAYS, sentence

Ask = Callable[[str], str]


class Question(NamedTuple):
    key: str
    kind: Any
    chinese: str
    english: str
    default: str | None = None  # None: it must be answered; "": it may be left out


SITE: Final = (
    Question("name", answers.Name, "站点名称（登录页上显示）", "Name of this site, on the sign-in page"),
    Question("telephone", answers.Number, "求助电话", "Telephone for help"),
)
URL: Final = Question(
    "public_url", answers.Url, "浏览器访问的网址", "Address for browsers", "http://127.0.0.1:8760"
)  # fmt: skip
PROXY: Final = Question(
    "proxy", bool, "前面有代理负责 TLS 吗（yes 或 no）", "Does a proxy in front end TLS (yes or no)", "yes"
)
FILES: Final = (
    Question("certificate", answers.File, "证书文件（PEM）", "Certificate file (PEM)"),
    Question("key", answers.File, "私钥文件（PEM）", "Key file (PEM)"),
)
DATABASE: Final = Question(
    "database_url", answers.DatabaseUrl, "PostgreSQL 地址（不填用 SQLite）", "PostgreSQL address (empty: SQLite)", ""
)
HOSPITAL: Final = (
    Question("name", answers.Name, "简称", "Short name, in Chinese"),
    Question("name_en", answers.Name, "英文名", "Name in English"),
    Question("licence_name", answers.Name, "执业许可证上的全称", "Full name, as on its licence"),
)
CODE: Final = Question(
    "code", answers.Code, "机构代码（小写字母和数字，以后不能改）", "Code (small letters, never changes)"
)
BRANCH: Final = Question(
    "code", answers.Code, "下一家分院的代码（没有了就直接回车）", "Code of the next branch (none: Enter)", ""
)
PHONE: Final = Question("telephone", answers.NumberOrNone, "电话", "Telephone", "")
ADMINISTRATOR: Final = (
    Question("username", answers.Username, "第一位管理员的用户名", "User name of the first administrator", "admin"),
    Question("name", answers.Name, "姓名", "Name"),
    Question("name_en", answers.Name, "姓名拼音", "Name in letters"),
    Question("number", answers.StaffNumber, "工号", "Staff number"),
)
RIGHT: Final = Question(
    "right", bool, "以上都对吗？机构代码以后不能改（yes 或 no）", "Is this right? Codes never change (yes or no)", "yes"
)  # fmt: skip
NOT_RIGHT: Final = (
    "什么都没有写入。请重新运行，或把答案写在文件里：telemed init --example 给出样例。",
    "Nothing was written. Run it again, or write the answers in a file: telemed init --example prints one.",
)


def ask(read: Ask, say: Callable[[str], None]) -> Answers:
    """All answers; `read` asks for a line, `say` prints one. Raises StartRefused if they are not right in the end."""

    def one(question: Question) -> Any:
        return _one(question, read, say)

    def all_of(questions: tuple[Question, ...]) -> dict[str, Any]:
        return {each.key: one(each) for each in questions}

    found: dict[str, Any] = {"site": all_of(SITE)}
    found["address"] = {"public_url": one(URL)}
    if found["address"]["public_url"].startswith("https://"):
        found["address"]["proxy"] = one(PROXY)
        if not found["address"]["proxy"]:
            found["address"] |= all_of(FILES)
    if url := one(DATABASE):
        found["data"] = {"database_url": url}
    say("中心医院　The hub")
    found["hub"] = all_of((CODE, *HOSPITAL))
    found["branches"] = []
    while code := one(BRANCH):
        if code in {found["hub"]["code"], *(each["code"] for each in found["branches"])}:
            say("  " + "　".join(SAYS["twice"]))
        else:
            found["branches"].append({"code": code} | all_of((*HOSPITAL, PHONE)))
    found["administrator"] = all_of(ADMINISTRATOR)
    made = answers.checked(found)
    for line in _summary(made):
        say(line)
    if not one(RIGHT):
        raise StartRefused(*NOT_RIGHT)
    return made


def _summary(made: Answers) -> Iterator[str]:
    yield f"站点　Site: {made.site.name} · {made.site.telephone} · {made.address.public_url}"
    yield f"中心医院　Hub: {made.hub.code} · {made.hub.name} · {made.hub.name_en} · {made.hub.licence_name}"
    for each in made.branches:
        said = (each.code, each.name, each.name_en, each.licence_name, each.telephone)
        yield "分院　Branch: " + " · ".join(filter(None, said))
    by = made.administrator
    yield f"管理员　Administrator: {by.username} · {by.name} · {by.name_en} · {by.number}"


def _one(question: Question, read: Ask, say: Callable[[str], None]) -> Any:
    hint = f" [{question.default}]" if question.default else ""
    while True:
        typed = read(f"{question.chinese}　{question.english}{hint}: ").strip()
        if not typed and question.default is not None:
            if not question.default:
                return ""
            typed = question.default
        try:
            return TypeAdapter(question.kind).validate_python(typed)
        except ValidationError as wrong:
            error = wrong.errors()[0]
            say("  " + "　".join(sentence(answers.word_of(error), error, "", question.key)))
