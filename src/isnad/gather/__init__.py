"""Gather: the world in, reports out.

In: files, folders, standard input, addresses. Out: :class:`isnad.model.Report` objects, streamed,
and a problem for each input that is refused. May import ``isnad.model``, ``isnad.errors`` and, for
dates and normal forms, ``isnad.language``.
"""

from isnad.gather.files import total_bytes
from isnad.gather.inputs import Gathered, Problem, gather, read_inputs

__all__ = ["Gathered", "Problem", "gather", "read_inputs", "total_bytes"]
