"""Evidence: the bytes as they came, kept by what they are, and a record of how they came.

In: bytes and how they were fetched. Out: :class:`RawCopy` records, and the names of files that are
missing or altered. Touches one folder, and never changes a file in it once it is whole.
"""

from isnad.gather.evidence.stamps import Stamp, stamp, stamps
from isnad.gather.evidence.store import Evidence, RawCopy
from isnad.gather.evidence.verify import Fault, verify_evidence

__all__ = [
    "Evidence", "Fault", "RawCopy", "Stamp", "stamp", "stamps", "verify_evidence",
]  # fmt: skip
