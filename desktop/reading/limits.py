"""How much is read before a person is told that it is too much; past these a file is broken, no report, or an attack.

Each bound is several times what the largest real reports need, so that nobody who imports reports meets one.
"""

from __future__ import annotations

MB = 1024 * 1024

SOURCE_BYTES = 256 * MB  # one source: a file, or a file inside an archive
CHARACTERS = 2_000_000  # of the text of one source; a report has some ten thousand
PAGES = 1_000  # of one source
SCANNED_PAGES = 200  # of one source, which recognition takes seconds for, each

MEMBERS = 20_000  # files inside one archive
UNPACKED_BYTES = 4096 * MB  # all files inside one archive, those of archives inside it too
NESTING = 3  # archives inside archives inside archives
RATIO = 200  # how many times its packed size a file may unpack to ...
RATIO_FREE_BYTES = 8 * MB  # ... once it is larger than this; deflate cannot do more than 1032

PART_BYTES = 32 * MB  # one XML part of a document that is itself a zip (.docx, .ofd)
DEPTH = 200  # elements inside elements of a part or a web page: tables inside tables, and then some
ELEMENTS = 1_000_000  # of a part or a web page
TABLES = 30  # inside one another on a web page
