"""How large a workbook may be. Without imports, because the process that reads workbooks shall start fast."""

from typing import Final

MOST_BYTES: Final = 10 * 1024 * 1024  # of a file
MOST_ROWS: Final = 20_000  # that are not blank
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 2000  # characters
MOST_CHARACTERS: Final = 20_000_000  # of all cells together
MEMORY: Final = 768 * 1024 * 1024  # address space of the process that reads, so that no zip bomb fills the machine's
SECONDS: Final = 20  # of its processor; twice as long by the clock
