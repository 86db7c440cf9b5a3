"""Archive: reports with their versions, claims, decisions and the journal, in one database.

In: readings and people's decisions. Out: reports, tellings, search, by snapshot. May import the
rooms below it; touches the archive it is given (a file, a server) and nothing else.

Who keeps incidents in memory asks :meth:`Archive.index` for them: restored from the kept view.
"""

from isnad.archive.adding import Added, Codes, Incoming
from isnad.archive.coder import coder_version
from isnad.archive.filters import Filter
from isnad.archive.paging import Page
from isnad.archive.reads import Kept
from isnad.archive.recoding import Recoded
from isnad.archive.rows import Raw
from isnad.archive.searching import FACETS, Counts, Facet, Found
from isnad.archive.store import Archive
from isnad.archive.telling import KeptClaim
from isnad.archive.view.ask import Wanted

__all__ = [
    "FACETS", "Added", "Archive", "Codes", "Counts", "Facet", "Filter", "Found", "Incoming",
    "Kept", "KeptClaim", "Page", "Raw", "Recoded", "Wanted", "coder_version",
]  # fmt: skip
