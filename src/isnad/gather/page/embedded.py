"""Data inside a page: JSON-LD, and the state that a script-built page carries as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from isnad.gather.page.markup import Source

ARTICLES = frozenset([
    "Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting",
    "AnalysisNewsArticle", "BackgroundNewsArticle", "SocialMediaPosting", "Report", "TechArticle",
    "WebPage",
])  # fmt: skip
_BODY_KEYS = frozenset(
    [
        "articlebody",
        "body",
        "content",
        "text",
        "html",
        "bodyhtml",
        "contenthtml",
        "fulltext",
        "rendered",
    ]
)
_PARTS = ("text", "html", "content", "value")
_LEAST = 150
_DEPTH = 60


@dataclass(frozen=True)
class Embedded:
    """One JSON value and where its script's content stands in the source (half-open offsets)."""

    value: Any
    start: int
    end: int
    linked_data: bool


def embedded(source: Source) -> list[Embedded]:
    """All JSON that the page's scripts hold; what is no JSON is passed over."""
    found = []
    for name, start, end in source.raw:
        if name != "script":
            continue
        tag = source.text[source.text.rfind("<", 0, start) : start].lower()
        content = source.text[start:end].strip()
        if "ld+json" not in tag and not ("json" in tag or "__next_data__" in tag):
            continue
        content = content.removeprefix("<!--").removesuffix("-->").strip()
        content = content.removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
        try:
            value = json.loads(content, strict=False)
        except (ValueError, RecursionError):
            continue
        found.append(Embedded(value, start, end, "ld+json" in tag))
    return found


def nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every object of a JSON value that is no comment or list of other articles."""
    if depth > _DEPTH:
        return
    if isinstance(value, dict):
        if "Comment" in types(value):
            return
        yield value
        for name, inner in value.items():
            if name not in ("comment", "comments", "itemListElement", "mentions", "related",
                            "isPartOf", "hasPart", "relatedLink", "citation"):  # fmt: skip
                yield from nodes(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value[:500]:
            yield from nodes(inner, depth + 1)


def types(node: dict[str, Any]) -> set[str]:
    """The types of a JSON-LD object."""
    named = node.get("@type")
    return {t for t in (named if isinstance(named, list) else [named]) if isinstance(t, str)}


def article(found: list[Embedded]) -> dict[str, Any]:
    """The JSON-LD object of the page's article: the first news article, else what comes nearest."""
    best: tuple[int, dict[str, Any]] = (0, {})
    for one in found:
        if not one.linked_data:
            continue
        for node in nodes(one.value):
            kinds = types(node) & ARTICLES
            rank = 0 if not kinds else 1 if kinds == {"WebPage"} else 2
            if rank > best[0]:
                best = rank, node
    return best[1]


def longest_body(found: list[Embedded]) -> tuple[str, Embedded] | None:
    """The longest text that stands as an article's body in the page's data."""
    best: tuple[str, Embedded] | None = None
    for one in found:
        for node in nodes(one.value):
            for name, value in node.items():
                plain = re.sub("[^a-z]", "", name.lower())
                if plain not in _BODY_KEYS:
                    continue
                text = "\n".join(_strings(value))
                if (
                    len(text) >= _LEAST
                    and " " in text
                    and (best is None or len(text) > len(best[0]))
                ):
                    best = text, one
    return best


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value[:2000]:
            if isinstance(inner, str):
                yield inner
            elif isinstance(inner, dict):
                yield from (inner[k] for k in _PARTS if isinstance(inner.get(k), str))


def name_of(value: Any) -> str | None:
    """The name in a JSON-LD value: a string, an object with a name, or the first of several."""
    if isinstance(value, str):
        return None if value.startswith(("http:", "https:")) else value.strip() or None
    if isinstance(value, dict):
        return name_of(value.get("name"))
    if isinstance(value, list):
        names = [n for n in map(name_of, value[:10]) if n]
        return "، ".join(names) if names else None
    return None
