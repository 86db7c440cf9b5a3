"""Telegram: posts of a channel or group in, one report a post out.

In: what Telegram Desktop exports (``result.json``, ``messages*.html``) and saved pages of public
channels (``t.me/s/NAME``). Out: reports whose outlet is the channel, with whom a forward copies.
Media are named and never opened. Touches nothing but the file that it is given.
"""

from __future__ import annotations

from collections.abc import Iterator

from isnad.errors import InputError
from isnad.gather.dispatch import peek
from isnad.gather.kinds import Source
from isnad.model import Report


def posts(source: Source) -> Iterator[Report | InputError]:
    """Reports of one export or page, in its order."""
    if peek(source.stream).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        from isnad.gather.telegram.pages import posts as of_page

        return of_page(source)
    from isnad.gather.telegram.export import posts as of_export

    return of_export(source)
