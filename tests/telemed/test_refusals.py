"""Every reason a refusal gives to a page has a sentence there, in both languages."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from imaging import errors as imaging_errors
from telemed import errors
from telemed.sources.model import Fault, SystemKind

ROOT = Path(__file__).resolve().parents[2]
ERRORS = {
    name
    for module, base in ((errors, errors.TelemedError), (imaging_errors, imaging_errors.ImagingError))
    for name, each in vars(module).items()
    if isinstance(each, type) and issubclass(each, base)
}
# What no page can bring about: it sends JSON that it made itself, and sends images in pieces, not by STOW.
NEVER_ON_A_PAGE = {
    "not_json": "the client serialises what it sends",
    "too_deep": "no form is nested",
    "too_many_parts": "an answer to STOW, which no page sends",
    "is_live": "the guard of an action that only the system takes",
    "is_ready": "the guard of an action that only the system takes",
}
# Where a reason is computed; all the words it may be are then the string constants that stand there.
COMPUTED = {
    "telemed/consultations/rules/table.py": [("telemed/consultations/rules/guards.py", re.compile(r"return .*"))],
    "telemed/cases/rules.py": [("telemed/cases/rules.py", re.compile(r"word = \{.*"))],
    "telemed/administration/place_handlers.py": [
        ("telemed/administration/place_handlers.py", re.compile(r"refuse_known\(saved.*")),
        ("telemed/administration/staff_handlers.py", re.compile(r"refuse_known\(saved.*")),
    ],
}
# Where a reason is a fixed beginning and a word of an enumeration.
PREFIXED = {
    "telemed/sources/rules.py": {f"source_address_{each}" for each in SystemKind},
    "telemed/sources/systems.py": {f"source_{each}" for each in Fault},
}
# The code of a file that is not taken; its words are those of the list of files sent.
REFUSED = {"imaging/dicomweb/frames.py", "imaging/dicomweb/rendered.py", "imaging/dicomweb/wado.py"}
WORD = re.compile(r'"([a-z_]+)"')


def given() -> Iterator[tuple[str, ast.expr]]:
    for path in (each for folder in ("telemed", "imaging") for each in sorted((ROOT / folder).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                for each in node.keywords:
                    if each.arg == "reason":
                        yield path.relative_to(ROOT).as_posix(), each.value


def reasons() -> set[str]:
    found = {each.value for _, each in given() if isinstance(each, ast.Constant)}
    for place, lines in (each for places in COMPUTED.values() for each in places):
        for line in lines.findall((ROOT / place).read_text(encoding="utf-8")):
            found |= set(WORD.findall(line))
    found |= {each for some in PREFIXED.values() for each in some}
    return {str(each) for each in found}


def words(language: str, page: str, block: str) -> set[str]:
    text = (ROOT / "web/src/i18n" / language / page).read_text(encoding="utf-8")
    inside = re.search(rf"^( *)(?:export const )?{block}(?::| =) \{{\n(.*?)^\1\}}", text, re.MULTILINE | re.DOTALL)
    assert inside, f"{block} is no longer in {page}"
    return set(re.findall(r"^ +(\w+):", inside[2], re.MULTILINE))


def test_every_reason_has_its_sentence() -> None:
    wanted = reasons()
    assert len(wanted) > 60
    for language in ("zh-CN", "en"):
        said = words(language, "problem.ts", "problem") | words(language, "adminProblem.ts", "admin_problem")
        said |= words(language, "desk.ts", "admin_problem") | words(language, "critical.ts", "admin_problem")
        said |= words(language, "roundsPart.ts", "admin_problem") | words(language, "mdtPart.ts", "admin_problem")
        said |= words(language, "schedulingPart.ts", "admin_problem")
        silent = wanted - NEVER_ON_A_PAGE.keys() - said
        assert not silent, f"say these in web/src/i18n/{language}/problem.ts, and what to do: {sorted(silent)}"
    assert wanted >= NEVER_ON_A_PAGE.keys(), "nothing says these any more"


def test_a_reason_is_computed_only_where_its_words_are_known() -> None:
    assert {path for path, each in given() if not isinstance(each, ast.Constant)} == (
        COMPUTED.keys() | PREFIXED.keys() | REFUSED
    )


def turned_away() -> set[str]:
    """Codes with which the room's server closes a socket: given with a close code, or to `_cannot_keep`."""
    found: set[str] = set()
    for path in sorted((ROOT / "signaling").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Refused"), args=args, keywords=more):
                    ends = len(args) > 3 or any(each.arg == "close" for each in more)
                    found |= _codes(args) if ends else set()
                case ast.FunctionDef(name=name) if "_cannot_keep(" in ast.unparse(node) and name != "_cannot_keep":
                    found |= _codes([node])
    return found


def _codes(within: Iterable[ast.AST]) -> set[str]:
    nodes = [node for each in within for node in ast.walk(each) if isinstance(node, ast.Attribute)]
    return {each.attr for each in nodes if ast.unparse(each.value) == "Code"}


def test_whoever_is_turned_away_from_a_room_is_told_why() -> None:
    """The words of each ending are kept by the compiler; what is tried again says what it waits for."""
    table = (ROOT / "web/src/call/ending.ts").read_text(encoding="utf-8")
    ends = dict(re.findall(r"^  (\w+): '(\w+)',$", table, re.MULTILINE))
    assert turned_away() == ends.keys()
    for language in ("zh-CN", "en"):
        assert set(ends.values()) - {"again"} <= words(language, "room.ts", "left")
    waits = (ROOT / "web/src/features/room/visit/waitsFor.ts").read_text(encoding="utf-8")
    silent = {code for code, end in ends.items() if end == "again" and f"{code}: " not in waits}
    assert silent == {"rate_limited", "resume_expired"}, "over in a moment, and nothing is to be waited for"


def test_every_file_that_is_not_taken_is_told_why() -> None:
    """What `codec` refuses is a picture of a file that was taken, and the viewer says so."""
    files = (each for each in (ROOT / "imaging").rglob("*.py") if each.parent.name != "codec")
    source = "".join(each.read_text(encoding="utf-8") for each in files)
    codes = set(re.findall(r'Refused\(\s*"([a-z_]+)"', source))
    assert len(codes) > 15
    for language in ("zh-CN", "en"):
        assert codes <= words(language, "studies.ts", "refused")
