"""What the errors of database drivers mean. Their messages are never kept: they may quote a patient's data."""

import re
from typing import Final

from sqlalchemy.exc import DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from telemed.sources.faults import Failed
from telemed.sources.model import Fault

# SQLSTATEs (PostgreSQL, appendix A; ODBC, appendix A) and Oracle's numbers, by how they begin: the first that fits.
CODES: Final = {
    "28": Fault.refused,
    "42501": Fault.refused,
    "42": Fault.wrong,
    "3D": Fault.wrong,
    "3F": Fault.wrong,
    "57014": Fault.slow,
    "57": Fault.away,
    "HYT": Fault.slow,
    "08": Fault.away,
    "53": Fault.away,
    "22021": Fault.encoding,
    "22P05": Fault.encoding,
    "ORA-01017": Fault.refused,
    "ORA-28000": Fault.refused,
    "ORA-01031": Fault.refused,
    "ORA-00942": Fault.wrong,
    "ORA-00904": Fault.wrong,
    "ORA-12541": Fault.away,
    "DPY-4024": Fault.slow,
    "DPY-6005": Fault.away,
}
CODE: Final = re.compile(r"(ORA|DPY)-\d{4,5}\b|(?=[A-Z]*[0-9])[0-9A-Z]{5}(?![\w-])")


def fault_of(error: BaseException) -> Fault:
    """The first of the chain that is known; else the system answered what was not understood."""
    seen: BaseException | None = error
    while seen is not None:
        if (found := _one(seen)) is not None:
            return found
        seen = seen.orig if isinstance(seen, DBAPIError) else seen.__cause__ or seen.__context__
    return Fault.wrong


def answered(error: BaseException) -> bool:
    """Whether the database itself said so; otherwise the driver may have stopped in the middle of an answer."""
    return isinstance(error, DBAPIError) and not error.connection_invalidated and bool(_code(error.orig))


def _one(error: BaseException) -> Fault | None:
    match error:
        case Failed():
            return error.fault
        case UnicodeError():
            return Fault.encoding
        case TimeoutError() | PoolTimeout():
            return Fault.slow
        case ImportError() | NoSuchModuleError():
            return Fault.driver
        case OSError():
            return Fault.away
    code = _code(error)
    return next((known for start, known in CODES.items() if code.startswith(start)), None)


def _code(error: BaseException | None) -> str:
    """The SQLSTATE, or Oracle's number: pg8000 gives a dictionary of fields, pyodbc and oracledb words."""
    said = error.args[0] if error is not None and error.args else ""
    if isinstance(said, dict):
        return str(said.get("C", ""))
    found = CODE.match(str(said))
    return found[0] if found else ""
