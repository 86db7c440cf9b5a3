"""Archive: reports with their versions, claims, decisions and the journal, in one database.

In: readings and people's decisions. Out: reports, tellings, search, by snapshot. May import the
rooms below it; touches the archive it is given (a file, a server) and nothing else.
"""

from isnad.archive.adding import Added, Codes, Incoming
from isnad.archive.coder import coder_version
from isnad.archive.filters import Filter
from isnad.archive.reads import Found, Kept
from isnad.archive.recoding import Recoded
from isnad.archive.rows import Raw
from isnad.archive.store import Archive

__all__ = [
    "Added", "Archive", "Codes", "Filter", "Found", "Incoming", "Kept", "Raw", "Recoded",
    "coder_version",
]  # fmt: skip
