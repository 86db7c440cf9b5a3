"""All names in one automaton, compiled once and cached by content.

In: the data files. Out: :class:`Knowledge`, from a file in the cache folder (``$ISNAD_CACHE`` or
the platform's) whose name is the hash of everything that went into it. The file is written beside
and moved into place, so two processes may build at once; a file that is cut short or altered is
seen by its checksum, logged and built anew. Without a writable folder all stays in memory.

File: magic, checksum (32 bytes), length of the tables (8 bytes), tables (marshal), automaton.
Marshal is read only after the checksum holds; the name of the file carries the Python version.
"""

from __future__ import annotations

import gc
import hashlib
import logging
import marshal
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from isnad.knowledge.actors import (
    RECORD,
    Actor,
    Actors,
    Alias,
    PackedAliases,
    pack,
    read_actors,
    read_aliases,
)
from isnad.knowledge.lexicon import Lexicon
from isnad.knowledge.tables import DATA, Dated
from isnad.knowledge.word_lists import word_list
from isnad.knowledge.words import (
    Client,
    Head,
    Rank,
    State,
    Weapon,
    defined,
    may_be_possessed,
    nisba,
    read_clients,
    read_heads,
    read_ranks,
    read_states,
    read_weapons,
    suffixed,
    with_accusative,
)
from isnad.language.arabic.normal import fold

log = logging.getLogger(__name__)
MAGIC = b"ISNADKN2"
KEPT = 4
"""Cache files kept; older ones are removed."""


class Entry(NamedTuple):
    """What a pattern stands for: ``kind`` and the row in its table.

    Kinds: ``a`` alias, ``d`` country adjective (an alias row), ``h`` head, ``p`` head with a
    pronoun (``extra``), ``r`` rank, ``s`` state name, ``c`` capital, ``w`` weapon (``extra``:
    1, 2, plural or empty).
    """

    kind: str
    row: int
    extra: str = ""


TABLES = {
    "a": "names", "s": "names", "c": "names", "d": "adjectives", "h": "heads", "p": "heads",
    "r": "ranks", "w": "weapons",
}  # fmt: skip


class Knowledge:
    """The tables and the automaton over all their names."""

    def __init__(
        self,
        actors: Actors,
        heads: list[Head],
        ranks: list[Rank],
        weapons: list[Weapon],
        clients: list[Client],
        states: list[State],
        lexicon: Lexicon,
    ) -> None:
        self.actors = actors
        self.heads = heads
        self.ranks = ranks
        self.weapons = weapons
        self.clients = clients
        self.states = states
        self.lexicon = lexicon
        self._entries: dict[int, tuple[Entry, ...]] = {}
        self._tables: dict[int, tuple[tuple[str, tuple[Entry, ...]], ...]] = {}
        self._first_words: dict[str, frozenset[str]] = {}

    def entries(self, pattern: int) -> tuple[Entry, ...]:
        """What the pattern stands for."""
        found = self._entries.get(pattern)
        if found is None:
            out = []
            for ref in self.lexicon.refs[pattern]:
                number, _, extra = ref[1:].partition(":")
                out.append(Entry(ref[0], int(number), extra))
            found = self._entries[pattern] = tuple(out)
        return found

    def tables(self, pattern: int) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """The same by table: names, adjectives, heads, ranks, weapons."""
        found = self._tables.get(pattern)
        if found is None:
            out: dict[str, tuple[Entry, ...]] = {}
            for e in self.entries(pattern):
                out[TABLES[e.kind]] = (*out.get(TABLES[e.kind], ()), e)
            found = self._tables[pattern] = tuple(out.items())
        return found

    @cached_property
    def pattern_of(self) -> dict[str, int]:
        """The number of each pattern (normal form)."""
        return {p: i for i, p in enumerate(self.lexicon.patterns)}

    def aliases_of(self, words: str) -> tuple[int, ...]:
        """The rows of the aliases written exactly so (normal form)."""
        number = self.pattern_of.get(words)
        return (
            tuple(e.row for e in self.entries(number) if e.kind == "a")
            if number is not None
            else ()
        )

    @cached_property
    def adjectives(self) -> dict[str, list[int]]:
        """Country (ISO3) → rows of its adjectives."""
        rows = {int(r[1:]) for refs in self.lexicon.refs for r in refs if r[0] == "d"}
        out: dict[str, list[int]] = {}
        for row in sorted(rows):
            country = self.actors[self.actors.aliases[row].actor].country
            out.setdefault(country, []).append(row)
        return out

    def first_words(self, actor: str) -> frozenset[str]:
        """First words of the actor's names (normal form, no article): what anaphora may say."""
        found = self._first_words.get(actor)
        if found is None:
            texts = [a.text for a in self.actors.names(actor) if a.lang == "ar"]
            texts.append(self.actors[actor].name_ar if actor in self.actors else "")
            first = {t.split()[0] for t in texts if t}
            found = frozenset(fold(w).removeprefix("ال") for w in first)
            self._first_words[actor] = found
        return found

    def family(self, word: str) -> frozenset[str]:
        """A head noun (normal form) with its other numbers and spellings."""
        return self._families.get(word) or frozenset({word})

    @cached_property
    def _families(self) -> dict[str, frozenset[str]]:
        out: dict[str, frozenset[str]] = {}
        militias = frozenset(
            fold(f) for h in self.heads if h.cls == "militia" for f in h.forms if "ليشي" in f
        )
        for head in self.heads:
            if head.cls == "side":
                continue
            forms = [fold(f) for f in head.forms]
            for form in forms:
                out[form] = militias if form in militias else frozenset(forms)
        return out


def patterns(
    aliases: Iterable[Alias],
    heads: Iterable[Head],
    ranks: Iterable[Rank],
    weapons: Iterable[Weapon],
    states: Iterable[State],
) -> Iterator[tuple[str, str]]:
    """Every ``(pattern, ref)`` of the automaton; see :class:`Entry` for the refs."""
    states = list(states)
    lands = {fold(name) for state in states for name in (*state.names, *state.capitals)}
    lands |= word_list("countries_in_ya")
    for i, alias in enumerate(aliases):
        if alias.lang == "adj":
            yield from ((form, f"d{i}") for form in nisba(alias.text))
            if fold(alias.text) + "ا" not in lands and not alias.stance:
                # «جنديا عراقيا»; «تركيا» is the country
                yield fold(alias.text) + "ا", f"d{i}"
            continue
        form = fold(alias.text)
        yield form, f"a{i}"
        if "ليشي" in form:  # ميليشيا and مليشيا, ميليشيات and مليشيات are written at will
            other = (
                form.replace("ميليشي", "مليشي")
                if "ميليشي" in form
                else form.replace("مليشي", "ميليشي")
            )
            yield other, f"a{i}"
        if "عبد ال" in form or "عبدال" in form:  # «عبد الله» and «عبدالله» are written at will
            joined = form.replace("عبد ال", "عبدال")
            yield joined.replace("عبدال", "عبد ال") if joined == form else joined, f"a{i}"
        if alias.lang == "ar" and alias.noted("number"):
            yield from ((f, f"a{i}") for f in with_accusative(form))
    for i, head in enumerate(heads):
        for raw in head.forms:
            form = fold(raw)
            if head.cls in ("adj", "link") and " " not in form:
                yield from ((f, f"h{i}") for f in nisba(form))
                continue
            for f in [form] if head.note == "construct" else with_accusative(form):
                yield f, f"h{i}"  # «درعا» is Daraa, and no shield
            if " " in form:
                yield defined(form), f"h{i}"
            elif may_be_possessed(head):
                yield from ((f, f"p{i}:{pronoun}") for f, pronoun in suffixed(form))
    for i, rank in enumerate(ranks):
        for raw in rank.forms:
            yield from ((f, f"r{i}") for f in with_accusative(fold(raw)))
    for i, weapon in enumerate(weapons):
        none = weapon.mass or weapon.kind == "model"
        numbered = ((weapon.singular, "1"), (weapon.dual, "2"), (weapon.plural, "plural"))
        for forms, number in numbered:
            for raw in forms:
                form = fold(raw)
                ref = f"w{i}:{'' if none else number}"
                yield from ((f, ref) for f in with_accusative(form))
                if " " in form and weapon.kind == "noun":
                    yield defined(form), ref
                    first, _, rest = form.partition(" ")
                    yield f"{first} {defined(rest)}", ref
    for i, state in enumerate(states):
        yield from ((fold(n), f"s{i}") for n in state.names)
        yield from ((fold(n), f"c{i}") for n in state.capitals)


def build(data: Path = DATA) -> Knowledge:
    """Read the data files and build the automaton."""
    actors = list(read_actors(data))
    aliases = list(read_aliases(data))
    known = {a.id for a in actors}
    written = {(a.actor, fold(a.text)) for a in aliases}
    aliases = [a for a in aliases if a.actor in known]
    for actor in actors:  # the names of the table itself are aliases too
        if actor.name_ar and (actor.id, fold(actor.name_ar)) not in written:
            aliases.append(Alias(actor.id, actor.name_ar, "ar", (), "", "", "", "", False, ""))
    heads, ranks = list(read_heads(data)), list(read_ranks(data))
    weapons, states = list(read_weapons(data)), list(read_states(data))
    lexicon = Lexicon(patterns(aliases, heads, ranks, weapons, states))
    table = Actors(actors, aliases)
    return Knowledge(table, heads, ranks, weapons, list(read_clients(data)), states, lexicon)


def cache_folder() -> Path:
    """``$ISNAD_CACHE``, or ``isnad`` in the platform's cache folder."""
    given = os.environ.get("ISNAD_CACHE")
    if given:
        return Path(given)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "isnad"


def content_key(data: Path = DATA) -> str:
    """Hash of everything that goes into the compiled file: data, code, Python and automaton."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr((sys.version_info[:3], sys.implementation.cache_tag, MAGIC)).encode())
    digest.update(_daachorse_version().encode())
    here = Path(__file__)
    code = [
        here,
        here.with_name("words.py"),
        here.with_name("lexicon.py"),
        here.with_name("actors.py"),
    ]
    tables = [*data.glob("actors/*.csv"), *data.glob("aliases/*.csv"), *data.glob("*.csv")]
    for path in [*code, *sorted(tables)]:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _daachorse_version() -> str:
    import daachorse

    where = Path(daachorse.__file__ or "").parent
    return ",".join(sorted(p.name for p in where.parent.glob("daachorse-*.dist-info")))


def to_bytes(knowledge: Knowledge) -> bytes:
    """The compiled file of ``knowledge``."""
    k = knowledge
    lists = (list(k.actors), k.heads, k.ranks, k.weapons, k.clients, k.states)
    tables: list[Any] = [_plain(rows) for rows in lists]
    tables[0] = [list(row) for row in tables[0]]
    tables.append(RECORD.join(map(pack, k.actors.aliases)))
    *names, automaton = k.lexicon.to_parts()
    tables.extend(names)
    body = marshal.dumps(tables)
    content = len(body).to_bytes(8, "little") + body + automaton
    return MAGIC + hashlib.blake2b(content, digest_size=32).digest() + content


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        kind = list if isinstance(value, list) else tuple
        return kind(_plain(v) for v in value)
    return value


def from_bytes(content: bytes) -> Knowledge:
    """The knowledge of a compiled file. Raises ValueError if it is cut short or altered."""
    head = len(MAGIC)
    if content[:head] != MAGIC or len(content) < head + 40:
        raise ValueError("not a compiled knowledge file")
    rest = memoryview(content)[head + 32 :]
    if hashlib.blake2b(rest, digest_size=32).digest() != content[head : head + 32]:
        raise ValueError("the checksum does not hold")
    size = int.from_bytes(rest[:8], "little")
    collecting = gc.isenabled()
    gc.disable()  # many small tuples, none of them garbage
    try:
        return _unpacked(marshal.loads(rest[8 : 8 + size]), bytes(rest[8 + size :]))
    finally:
        if collecting:
            gc.enable()


def _unpacked(raw: list[Any], automaton: bytes) -> Knowledge:
    actors, heads, ranks, weapons, clients, states, aliases, patterns, refs = raw
    for row in actors:
        row[7], row[8] = tuple(map(Dated._make, row[7])), tuple(map(Dated._make, row[8]))
    table = Actors(map(Actor._make, actors), PackedAliases(aliases))
    lexicon = Lexicon.from_parts(patterns, refs, automaton)
    return Knowledge(
        table, [*map(Head._make, heads)], [*map(Rank._make, ranks)], [*map(Weapon._make, weapons)],
        [*map(Client._make, clients)], [*map(State._make, states)], lexicon,
    )  # fmt: skip


def load(data: Path = DATA, cache: Path | None = None) -> Knowledge:
    """The knowledge of ``data``, from the cache if it holds this very content."""
    folder = cache_folder() if cache is None else cache
    path = folder / f"knowledge-{content_key(data)}.bin"
    try:
        return from_bytes(path.read_bytes())
    except FileNotFoundError:
        pass
    except (OSError, ValueError, EOFError, TypeError) as error:
        log.warning("compiled knowledge %s is unusable (%s); building it anew", path, error)
    knowledge = build(data)
    try:
        _write(path, to_bytes(knowledge))
    except OSError as error:
        log.info("compiled knowledge is not kept: %s", error)
    return knowledge


def _write(path: Path, content: bytes) -> None:
    """Write beside and move into place; then drop the oldest of the files that pile up."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".knowledge-", suffix=".tmp", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    stamped = []
    for old in path.parent.glob("knowledge-*.bin"):
        try:
            stamped.append((old.stat().st_mtime, old))
        except OSError:
            continue
    for _, old in sorted(stamped, reverse=True)[KEPT:]:
        if old != path:
            old.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The knowledge that comes with the program, loaded once in a process."""
    return load()
