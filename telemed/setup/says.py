"""The sentences for what is wrong with an answer, in Chinese and English."""

from typing import Any, Final

SAYS: Final = {
    "missing": ("没有填写", "is missing"),
    "extra_forbidden": ("没有这一项；是否为 {known}？", "there is no such key; did you mean {known}?"),
    "string_type": ("应为文字，写在引号内", "must be text, in quotation marks"),
    "string_too_short": ("不能为空", "must not be empty"),
    "string_too_long": ("最多 {max_length} 个字", "may have {max_length} characters at most"),
    "bool_type": ("应为 true 或 false，不加引号", "must be true or false, without quotation marks"),
    "bool_parsing": ("应为 true 或 false，不加引号", "must be true or false, without quotation marks"),
    "model_type": ("应为一节，写成 [{key}]", "must be a section, written as [{key}]"),
    "model_attributes_type": ("应为一节，写成 [{key}]", "must be a section, written as [{key}]"),
    "list_type": ("每家分院应为一节，写成 [[branches]]", "each branch must be a section, written as [[branches]]"),
    "too_long": ("最多 {max_length} 家", "may be {max_length} at most"),
    "int_type": ("应为数字，不加引号", "must be a number, without quotation marks"),
    "greater_than_equal": ("不能小于 {ge}", "must not be smaller than {ge}"),
    "less_than_equal": ("不能大于 {le}", "must not be larger than {le}"),
    "path_type": ("应为文件路径，写在引号内", "must be the path of a file, in quotation marks"),
    "zone": ("不是时区名称，例如 Asia/Shanghai", "is not the name of a time zone such as Asia/Shanghai"),
    "address": (
        "应为 https:// 开头、不带路径的网址；只在本机试用时为 http://127.0.0.1:8760",
        "must be an address that begins with https:// and has no path; http://127.0.0.1:8760 for this machine alone",
    ),
    "file": ("文件不存在或不能读取", "there is no such file, or it cannot be read"),
    "twice": ("这个机构代码用了两次", "this code is used twice"),
    "pair": ("certificate 和 key 须同时填写", "certificate and key belong together"),
    "both": (
        "proxy 和 certificate 只能选一种：由前面的代理负责 TLS，或由本服务使用证书",
        "proxy and certificate exclude each other: either a proxy in front ends TLS, or this service has a certificate",
    ),
    "certificate": (
        "证书和私钥不能使用：不是 PEM 格式、彼此不配，或私钥有密码",
        "certificate and key cannot be used: not PEM, not of one pair, or the key has a password",
    ),
    "tls": (
        "https 网址需要 proxy = true（前面有代理负责 TLS），或 certificate 和 key",
        "an https address needs proxy = true (a proxy in front ends TLS), or certificate and key",
    ),
    "https": ("有代理或证书时，网址应以 https:// 开头", "with a proxy or a certificate it begins with https://"),
}
# What a text of each key must look like.
PATTERNS: Final = {
    "name": ("不能含引号、反斜杠、$ 和换行", "must not have quotation marks, backslashes, $ or line breaks"),
    "name_en": ("不能含引号、反斜杠、$ 和换行", "must not have quotation marks, backslashes, $ or line breaks"),
    "licence_name": ("不能含引号、反斜杠、$ 和换行", "must not have quotation marks, backslashes, $ or line breaks"),
    "code": ("应为 2 到 32 个小写字母、数字或连字符", "must be 2 to 32 small letters, digits or hyphens"),
    "username": (
        "应为 2 到 40 个小写字母、数字、点、下划线或连字符",
        "must be 2 to 40 small letters, digits, dots, underscores or hyphens",
    ),
    "telephone": ("应为电话号码", "must be a telephone number"),
    "phone": ("应为电话号码", "must be a telephone number"),
    "database_url": (
        "应以 postgresql+asyncpg:// 开头；不填则使用数据目录中的 SQLite",
        "must begin with postgresql+asyncpg://; leave it out for SQLite in the data directory",
    ),
}


def sentence(word: str, error: Any, known: str, key: str) -> tuple[str, str]:
    if word == "string_pattern_mismatch":
        return PATTERNS[key.rpartition(".")[2]]
    about = {"known": known, "key": key.partition(".")[0], **(error.get("ctx") or {})}
    chinese, english = SAYS.get(word, ("填写不正确", "is not right"))
    return chinese.format(**about), english.format(**about)
