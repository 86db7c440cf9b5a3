"""What a page says of itself: title, outlet, byline, address, language."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from isnad.gather.page.blocks import Block, key
from isnad.gather.page.embedded import name_of
from isnad.gather.page.markup import Source
from isnad.gather.page.words import opens_with, phrases, plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SPACE = re.compile(r"[ \t\n\r\f]+")
_PARTS = re.compile(r"\s+[|\-–—·•»«:]+\s+|\s*[|»]\s*")
_LINE_START = re.compile(r"^\s*[-–—:|/*•]+\s*|\s*[-–—:|/*•]+\s*$")
_NO_NAME = frozenset(
    ["admin", "administrator", "editor", "webmaster", "root", "user", "ادمن", "المحرر"]
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_COPYRIGHT = re.compile(
    r"(?:حقوق[^|.\n]{0,25}?محفوظة|©|copyright)\s*(?:©|\(c\)|لـ?|ل\s|لموقع|لصالح)?[\s\-–:©]*(?:\d{4})?"
    r"[\s\-–:،,]*(?P<name>[^|.\n©\d]{3,50})",
    re.I,
)


def metas_of(root: HtmlElement) -> list[tuple[str, str]]:
    """Names (small letters) and contents of all ``<meta>``, in order."""
    found = []
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = meta.get("content")
        if name and content and content.strip():
            found.append((name.strip().lower(), _clean(content)))
    return found


def first(metas: list[tuple[str, str]], *names: str) -> str | None:
    """The first content under one of the names, the names in order of preference."""
    return next((c for n in names for name, c in metas if name == n), None)


def _clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ")


def title_of(
    source: Source, linked: dict[str, Any], metas: list[tuple[str, str]], blocks: list[Block]
) -> tuple[str | None, Block | None]:
    """The title, and the block of the page that holds it, if one does.

    The heading that the page shows comes before what its head says of it: it is what was printed.
    """
    if on_platform(metas):
        return None, None  # what the page calls its title is the account's name
    said = first(metas, "og:title", "twitter:title", "dc.title") or ""
    linked_title = name_of(linked.get("headline")) or ""
    element = source.root.find(".//title")
    whole = _clean(element.text or "") if element is not None else ""
    wanted = [key(html.unescape(t)) for t in (linked_title, said, whole)]
    heads = [b for b in blocks if _is_head(b)]
    best: tuple[float, Block] | None = None
    for number, block in enumerate(heads or blocks[:40]):
        k = key(block.text)
        if len(k) < 8:
            continue
        score = float(sum(bool(w) and (k == w) for w in wanted) * 2)
        score += sum(len(k) >= 12 and k in w for w in wanted if w)
        if score and heads:
            score += 0.5 * (block.element.tag == "h1")
        score -= number * 0.01
        if score > 0.5 and (best is None or score > best[0]):
            best = score, block
    if best is not None:
        return best[1].text, best[1]
    ones = [b for b in heads if b.element.tag == "h1" and b.link_share < 0.9 and len(b.text) > 8]
    if ones and not (linked_title or said):
        return ones[-1].text, ones[-1]
    if heads and not any(wanted) and len(heads[0].text) > 8 and heads[0].link_share < 0.5:
        return heads[0].text, heads[0]
    title = linked_title or said or whole
    return (_without_outlet(title, metas, linked) or None), None


def _is_head(block: Block) -> bool:
    tags = {str(block.element.tag), *(str(e.tag) for e in block.element.iterancestors())}
    return bool(tags & {"h1", "h2", "h3"}) or block.element.get("itemprop") == "headline"


def _without_outlet(title: str, metas: list[tuple[str, str]], linked: dict[str, Any]) -> str:
    parts = [p for p in _PARTS.split(title) if p.strip()]
    if len(parts) < 2:
        return title.strip()
    outlet = key(outlet_said(linked, metas) or "")
    if outlet and key(parts[-1]) == outlet:
        return title[: title.rindex(parts[-1])].rstrip(" |-–—·•»«:")
    if outlet and key(parts[0]) == outlet:
        return title[title.index(parts[1]) :].strip()
    return max(parts, key=len).strip() if "|" in title else title.strip()


def on_platform(metas: list[tuple[str, str]]) -> bool:
    """Whether a page is a network's, on which an account is the outlet."""
    return plain(first(metas, "og:site_name") or "") in phrases("furniture.csv", "platform")


def outlet_said(linked: dict[str, Any], metas: list[tuple[str, str]]) -> str | None:
    """The outlet that the page's data name."""
    return (
        name_of(linked.get("publisher"))
        or first(metas, "og:site_name", "application-name", "twitter:app:name:iphone",
                 "dc.publisher", "publisher", "copyright", "al:android:app_name")
    )  # fmt: skip


def outlet_of(
    source: Source, linked: dict[str, Any], metas: list[tuple[str, str]], title: str | None,
    footer: str,
) -> str | None:  # fmt: skip
    """The outlet: its data's, the title's other part, its logo's or its copyright line's name."""
    said = first(metas, "og:title") if on_platform(metas) else outlet_said(linked, metas)
    if said:
        return _bare(said)
    element = source.root.find(".//title")
    whole = _clean(element.text or "") if element is not None else ""
    parts = [p.strip() for p in _PARTS.split(whole) if p.strip()]
    rest = [p for p in parts if key(p) not in key(title or "")]
    logos = [key(n) for n in _logos(source.root)]
    for part in (*reversed(rest),):
        if key(part) in logos:
            return _bare(part)
    if title and len(parts) > 1 and len(rest) == 1 and len(rest[0].split()) <= 5:
        return _bare(rest[0])
    match = _COPYRIGHT.search(footer)
    if match and 1 <= len(match["name"].split()) <= 6:
        return _bare(match["name"].strip(" ،,-–"))
    names = [n for n in _logos(source.root) if len(n.split()) <= 5]
    return _bare(names[0]) if names else None


def _bare(name: str) -> str:
    return _LINE_START.sub("", _clean(html.unescape(name)))


def _logos(root: HtmlElement) -> list[str]:
    """What links to the site's front page say: their words or their pictures' texts."""
    found = []
    for link in root.iter("a"):
        path = urlsplit((link.get("href") or "x").strip()[:500]).path if link.get("href") else "x"
        if path not in ("", "/", "/ar", "/ar/", "index.html", "/index.html", "index.php"):
            continue
        if (link.get("href") or "").startswith("#"):
            continue
        names = [i.get("alt") or i.get("title") or "" for i in link.iter("img")]
        names += [link.get("title") or "", _clean(link.text_content())]
        found += [n for n in map(_clean, names) if 2 < len(n) < 50 and plain(n) not in _HOME]
    return found


_HOME = frozenset(["الرييسيه", "الصفحه الرييسيه", "home", "logo", "الشعار", "شعار", "شعار الموقع"])


def byline_of(
    linked: dict[str, Any], metas: list[tuple[str, str]], root: HtmlElement, head: list[Block]
) -> str | None:
    """Who signed the report, as written; not an account's name such as "admin"."""
    said = [name_of(linked.get("author")), first(metas, "author", "article:author", "dc.creator",
                                                 "parsely-author", "sailthru.author")]  # fmt: skip
    xpath = ("//*[@rel='author' or @itemprop='author'"
             " or contains(concat(' ',@class,' '),' author ')"
             " or contains(concat(' ',@class,' '),' fn ') "
             "or contains(@class,'author-name') or contains(@class,'byline')]")  # fmt: skip
    said += [_clean(e.text_content())[:120] for e in root.xpath(xpath)[:5]]
    said += [b.text for b in head if len(b.text) < 80 and _signs(b.text)]
    for name in said:
        if not name or name.startswith("http"):
            continue
        bare = _unsigned(name)
        if bare and plain(bare) not in _NO_NAME and len(bare) <= 100:
            return bare
    return None


def _signs(text: str) -> bool:
    return bool(opens_with(plain(text), "byline"))


def _unsigned(name: str) -> str:
    """The name without «بقلم:» or "By"."""
    phrase = opens_with(plain(name), "byline")
    words = name.split()
    if phrase and len(words) > phrase.count(" ") + 1:
        name = " ".join(words[phrase.count(" ") + 1 :])
    return _LINE_START.sub("", name).strip()


def canonical_of(
    root: HtmlElement, linked: dict[str, Any], metas: list[tuple[str, str]], url: str | None
) -> str | None:
    """The address that the page calls its own; only http and https, absolute."""
    links = [
        e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower()
    ]
    main = linked.get("mainEntityOfPage")
    main = main.get("@id") if isinstance(main, dict) else main
    for said in (*links, first(metas, "og:url"), main, linked.get("url")):
        if not isinstance(said, str) or not said.strip():
            continue
        try:
            whole = urljoin(url or "", said.strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc and len(whole) <= 2000:
            return whole
    return None


def language_of(
    root: HtmlElement, linked: dict[str, Any], metas: list[tuple[str, str]], text: str
) -> str | None:
    """The language: Arabic script that is Arabic shows itself, the rest is as the page says."""
    html_tag = root if root.tag == "html" else root.find(".//html")
    said = [html_tag.get("lang") if html_tag is not None else None,
            html_tag.get("xml:lang") if html_tag is not None else None,
            linked.get("inLanguage"),
            first(metas, "og:locale", "content-language", "language")]  # fmt: skip
    letters = [c for c in text[:5000] if c.isalpha()]
    arabic = sum("\u0600" <= c <= "\u06ff" for c in letters) > 0.5 * len(letters)
    for name in said:
        if isinstance(name, str) and _LANGUAGE.fullmatch(name.strip()):
            code = re.split("[-_]", name.strip())[0].lower()
            if arabic == (code in ("ar", "fa", "ur", "ckb", "ps", "ug", "sd")):
                return code
    if not arabic or not letters:
        return None
    return "ar" if sum(c in "پچژگکی" for c in letters) < 0.02 * len(letters) else None
