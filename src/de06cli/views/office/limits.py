"""How much de06 takes in of a file that came from elsewhere, and how long it works on it: all such limits.

A file beyond one of them is refused within ten seconds and 300 MB: a workbook that goes to all of them
takes six seconds of a processor. That of a plan of 5,000 models stays below.
"""

from __future__ import annotations

MIB = 1 << 20

# Workbooks ---------------------------------------------------------------------------------------

WORKBOOK_BYTES = 64 * MIB  # of the file itself
WORKBOOK_UNPACKED = 160 * MIB  # that its parts say they unpack to
PART_BYTES = 96 * MIB  # unpacked, of a sheet or any other part
STRINGS_BYTES = 48 * MIB  # unpacked, of the table of texts
STRINGS = 500_000  # texts in that table
PARTS = 2_000  # members of the archive
XML_DEPTH = 60  # elements within one another
XML_ELEMENTS = 3_000_000  # of all parts together
SHEETS = 100
SHEET_ROWS = 200_000  # that a sheet lists, empty ones too
SHEET_COLUMNS = 256  # the last one that may hold a cell: IV
CELLS = 1_000_000  # of all sheets together, empty ones too
MERGES = 20_000  # merged ranges of all sheets together
CHANGED_ROWS = 10_000  # rows that one import may change
STRAYS = 1_000  # places beside the cells to be filled in that are kept, to be named
LISTED = 100  # lines of cells that are printed

# Word templates ----------------------------------------------------------------------------------

TEMPLATE_BYTES = 32 * MIB  # of the file itself
TEMPLATE_UNPACKED = 64 * MIB  # that its parts say they unpack to
FILLING_SECONDS = 6.0  # for filling in, once its process has started
FILLING_SECONDS_A_TASK = 0.01  # more, for each entry of a list that is filled in
FILLING_MEMORY = 160 * MIB  # beyond what its libraries take
FILLING_MEMORY_A_TASK = 64 * 1024  # more, for each entry of a list that is filled in
