"""Why a page yields no report: each reason with its own code."""

from __future__ import annotations

import json
import re

from isnad.errors import InputError
from isnad.gather.page.blocks import Block
from isnad.gather.page.embedded import Embedded, nodes
from isnad.gather.page.markup import Source
from isnad.gather.page.words import phrases, plain

_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.S
)
_APP = re.compile(r"""id=["']?(?:__next|root|app|__nuxt|main-app)\b""", re.I)


def not_a_page(text: str, where: str) -> InputError | None:
    """A refusal for what is no web page: a feed, JSON, binary data."""
    feed = _FEED.match(text[:5000])
    if feed:
        return InputError("E141", f"is a feed or sitemap (<{feed[1]}>), no page", where)
    start = text[:200].lstrip("\ufeff \t\r\n")
    if start[:1] in ("{", "["):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            pass
        else:
            return InputError("E141", "is JSON, no page", where)
    odd = sum(c < " " and c not in "\t\n\r\f" for c in text[:20000])
    if odd > 0.02 * min(len(text), 20000) + 20:
        return InputError("E141", "is binary data, no page", where)
    return None


def why_nothing(source: Source, blocks: list[Block], where: str) -> InputError:
    """The refusal for a page without a report's text.

    Args:
        source: the page as it came.
        blocks: all its blocks, furniture too.
        where: what to name.
    """
    if not source.tags:
        return InputError("E141", "holds no markup: no page", where)
    hidden = [n.text_content() for n in source.root.iter("noscript")]
    words = f" {plain(' '.join(b.text for b in blocks)[:20000])} "
    kinds = {kind for kind in ("missing", "challenge", "paywall", "consent") if _says(words, kind)}
    if "missing" in kinds:
        return InputError(
            "E146", "is a site's error page (\"not found\" or a server's fault)", where
        )
    if "challenge" in kinds:
        return InputError("E145", "asks whether a person reads it; save it from a browser", where)
    if "paywall" in kinds:
        return InputError("E143", "is behind a paywall: no text of the report is in it", where)
    if "consent" in kinds and len(words) < 4000:
        return InputError(
            "E144", "is a consent notice; agree in a browser and save it there", where
        )
    scripted = _APP.search(source.text) is not None or any(
        _says(f" {plain(h[:2000])} ", "script") for h in hidden
    )
    if _says(words, "script") or (scripted and len(words) < 500):
        return InputError(
            "E142", "is built by scripts and holds no text itself; save it from a browser", where
        )
    if not blocks:
        return InputError("E140", "is empty: no text at all", where)
    return InputError("E147", "holds no report: only menus, links or other furniture", where)


def _says(words: str, kind: str) -> bool:
    return any(f" {phrase} " in words for phrase in phrases("reasons.csv", kind))


def walled(blocks: list[Block], data: list[Embedded]) -> bool:
    """Whether the page says that only its beginning is free."""
    for one in data:
        for node in nodes(one.value):
            if str(node.get("isAccessibleForFree")).lower() == "false":
                return True
    words = f" {plain(' '.join(b.text for b in blocks)[:50000])} "
    return _says(words, "paywall")
