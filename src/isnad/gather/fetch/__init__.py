"""Fetching: an address in, its bytes out, or a refusal that says why.

In: an http(s) address. Out: :class:`Fetched`, the decoded bytes and how they were come by. May
touch the public network only: an address inside is refused, whatever its spelling.
"""

from isnad.gather.fetch.fetch import Fetched, Limits, fetch

__all__ = ["Fetched", "Limits", "fetch"]
