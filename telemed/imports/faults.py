"""What the use cases refuse, in sentences for the cell of a workbook."""

from typing import Any, Final

from pydantic import ValidationError

from telemed.errors import NotFound, TelemedError
from telemed.imports.columns import Column, Fault

# By the refusal's reason; {name}, {digits} … are its extras, {cell} what the cell says.
SAYS: Final = {
    "telephone": ("手机号应为 11 位，现为 {digits} 位", "a mobile number has 11 digits, this one has {digits}"),
    "email": ("「{cell}」不是邮箱地址", "“{cell}” is no mail address"),
    "missing": ("新增的这一行没有填写", "a new row needs it"),
    "username_taken": (
        "用户名「{username}」已有人使用，请在「用户名」列另填一个",
        "somebody signs in as “{username}” already: give another user name",
    ),
    "username_unfit": (
        "由工号生成的用户名「{username}」含有不能用的字符，请在「用户名」列填写一个（小写字母、数字、. _ @ -）",
        "the staff number makes “{username}”, which nobody can sign in by: give a user name of letters, digits, "
        ". _ @ -",
    ),
    "username_in_file": (
        "用户名「{username}」与第 {line} 行（{name}）相同，请在「用户名」列另填一个",
        "line {line} ({name}) signs in as “{username}” too: give another user name",
    ),
    "licence_in_file": (
        "执业证书编号与第 {line} 行（{name}）相同，一人只有一个账号",
        "line {line} ({name}) has this licence too: one person has one account",
    ),
    "licence_taken": ("执业证书编号已属于 {name}", "this licence is {name}'s"),
    "staff_number_taken": ("编号已被使用", "this number is taken"),
    "unknown_code": ("诊疗科目名录中没有代码「{cell}」", "the national catalogue has no code “{cell}”"),
    "unknown_specialty": ("没有「{cell}」这个专业", "there is no specialty “{cell}”"),
    "code_contradicts_specialty": (
        "代码 {code_said} 是「{by_code}」，专业却是「{by_specialty}」：请改为一致，或只填其中一项",
        "code {code_said} is {by_code_en}, but the specialty {by_specialty_en}: make them agree, or give only one",
    ),
    "bed_twice": ("有重复的床号", "a bed is named twice"),
    "bed_in_use": ("要去掉的床上有患者：{beds}", "patients lie or lay in a bed that would go: {beds}"),
    "ends_before_it_begins": ("截止早于开始", "it ends before it begins"),
    "hub_and_branch": ("协议须在一家中心医院和一家分院之间", "an agreement is between a hub and a branch"),
    "own_hospital": ("在本院执业不需要备案", "nobody needs a registration at their own hospital"),
    "own_roles": ("不能更改自己的任职", "nobody changes their own roles"),
    "own_administrator": ("只有该机构自己的管理员可以更改", "only that hospital's own administrator changes this"),
    "hub_administrator": ("只有中心医院的管理员可以更改", "only the hub's administrator changes this"),
    "last_administrator": (
        "这是该机构最后一位系统管理员，任职中须保留「系统管理员」",
        "they are the hospital's last administrator and must stay one",
    ),
    "days_changed": ("刚才有人改了这一天，请重新核对", "somebody else has just changed this day: check again"),
}
NOT_YOURS: Final = ("没有这家机构，或它不归您管理", "there is no such hospital, or you do not administer it")
NOBODY: Final = {"zh": "他人", "en": "somebody"}
FIELDS: Final = {"department_id": "department", "valid_until": "valid_until", "hospital_id": "hospital"}


def of_use_case(refusal: TelemedError, columns: dict[str, Column], texts: dict[str, str]) -> list[Fault]:
    """A fault for each field that the refusal names, or one of the row."""
    reason = str(refusal.extra.get("reason", ""))
    named = refusal.extra.get("fields")
    fields = [FIELDS.get(str(each), str(each)) for each in named] if isinstance(named, list) else []
    return [_said(reason, refusal, each, columns, texts) for each in fields or [""]]


def _said(reason: str, refusal: TelemedError, key: str, columns: dict[str, Column], texts: dict[str, str]) -> Fault:
    other = NOT_YOURS if isinstance(refusal, NotFound) else ("不能导入：{detail}", "{detail}")
    chinese, english = SAYS.get(reason, other)
    about: dict[str, Any] = {"detail": refusal.detail, "digits": "?", "beds": "", "cell": texts.get(key, "")}
    beds = refusal.extra.get("beds")
    about |= {name: each for name, each in refusal.extra.items() if isinstance(each, str | int)}
    about |= {"beds": "、".join(map(str, beds))} if isinstance(beds, list) else {}
    fault = Fault(
        chinese.format(**{"name": NOBODY["zh"]} | about), english.format(**{"name": NOBODY["en"]} | about), column=key
    )
    if reason == "missing" and key in columns:  # the column may not be in the file, so it says which
        fault.chinese = f"新增的这一行没有填写「{columns[key].chinese}」"
        fault.english = f"a new row needs “{columns[key].english}”"
    return fault


def of_schema(wrong: ValidationError, columns: dict[str, Column]) -> list[Fault]:
    """A value that the use case's schema does not take, though its column read it."""
    found = []
    for each in wrong.errors():
        key = FIELDS.get(str(each["loc"][0]), str(each["loc"][0])) if each["loc"] else ""
        name = columns[key].chinese if key in columns else key
        found.append(Fault(f"「{name}」的格式不正确", str(each["msg"]), column=key))
    return found
