"""Pages: the bytes of a saved or fetched web page in, one report out.

In: HTML bytes, and the address and ``Content-Type`` if they are known. Out: a :class:`Page` (a
:class:`isnad.model.Report` whose text is copied from the page's own blocks, with a map back to the
bytes), or an :class:`isnad.errors.InputError` with the reason. May import ``isnad.model``,
``isnad.errors`` and ``isnad.language``; touches no network and no file but its own data.
"""

from isnad.gather.page.read import MAX_BYTES, Page, PageBlock, read_page

__all__ = ["MAX_BYTES", "Page", "PageBlock", "read_page"]
