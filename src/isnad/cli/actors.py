"""``isnad actors`` (who is who) and ``isnad framing`` (who calls whom what)."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import click

from isnad.cli.common import Given, Refusals, day, input_options, reports
from isnad.coding.actors import ActorMention, find_mentions
from isnad.coding.document import Document
from isnad.coding.setting import Setting
from isnad.errors import UsageError
from isnad.knowledge.actors import Actor, Alias
from isnad.knowledge.compiled import Knowledge, knowledge
from isnad.language.arabic.normal import fold
from isnad.model import Report


@click.command()
@click.argument("words", metavar="[ID|NAME]", nargs=-1)
@click.option("--in", "inside", is_flag=True, help="Read the arguments (or lines of -) as texts.")
@click.option("--published", metavar="DATE", help="The day of publication, YYYY-MM-DD.")
@click.option("--country", metavar="ISO3", help="The country of the event.")
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True
)
def actors(
    words: tuple[str, ...], inside: bool, published: str | None, country: str | None, form: str
) -> None:
    """Look an actor up by id or name, or find the actors named in texts.

    \b
    isnad actors syr-sdf
    isnad actors "قوات النظام" --published 2025-02-01 --country SYR
    isnad actors --in "قصفت طائرات روسية مواقع لداعش" --country SYR
    """
    if not words:
        raise UsageError("E002", "give an id, a name, or --in and a text")
    when = day(published, "--published")
    if country is not None and not (len(country) == 3 and country.isalpha()):
        raise UsageError("E003", f"--country {country!r} is no ISO 3166 alpha-3 code, such as SYR")
    where = country.upper() if country else ""
    if inside:
        for text in _texts(words):
            report = Report(text=text, published=when)
            _tell(report, where, form)
        return
    k = knowledge()
    iso = when.isoformat() if when else ""
    for word in words:
        found = _look_up(k, word)
        if not found:
            raise UsageError("E004", f"no actor has the id or the name {word!r}; try --in")
        for actor in found:
            record = _record(k, actor, where, iso)
            if form == "jsonl":
                click.echo(json.dumps(record, ensure_ascii=False))
            else:
                _card(k, actor, record)


def _texts(words: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        if word == "-":
            for raw in sys.stdin.buffer:
                line = raw.decode("utf-8", errors="replace").rstrip("\r\n")
                if line.strip():
                    yield line
        else:
            yield word


def mentions_of(report: Report, country: str = "") -> tuple[Document, list[ActorMention]]:
    """The document of a report and its mentions; ``country`` stands in for its places."""
    from isnad.coding.places import country_votes

    doc = Document.of(report)
    votes = {country: 1.0} if country else country_votes(doc)
    return doc, find_mentions(doc, Setting.of(doc, votes))


def _tell(report: Report, country: str, form: str) -> None:
    doc, found = mentions_of(report, country)
    rows = [_mention(doc, m) for m in found]
    if form == "jsonl":
        click.echo(json.dumps({"text": report.text, "mentions": rows}, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("words", "actor", "kind", "loaded", "why")
    for row in rows:
        loaded = " by ".join(row["loaded"]) if row["loaded"] else ""
        who = row["actor"] or (f"({row['group']})" if row["group"] else "")
        table.add_row(row["as_written"], who, row["kind"], loaded, row["why"])
    Console().print(table)


def _mention(doc: Document, m: ActorMention) -> dict[str, Any]:
    span = doc.span(m.start, m.end)
    return {
        "span": list(span), "as_written": doc.report.quote(span), "actor": m.actor, "kind": m.kind,
        "loaded": list(m.loaded) if m.loaded else None, "why": m.why, "alt": m.alt,
        "group": m.group, "number": m.number, "role": m.role, "candidates": m.candidates,
    }  # fmt: skip


def _look_up(k: Knowledge, word: str) -> list[Actor]:
    if word in k.actors:
        return [k.actors[word]]
    key = fold(word)
    ids = [k.actors.aliases[r].actor for r in k.aliases_of(key)]
    ids += [a.id for a in k.actors if fold(a.name_en) == key or fold(a.name_ar) == key]
    return [k.actors[i] for i in dict.fromkeys(ids)]


def _record(k: Knowledge, actor: Actor, country: str, iso: str) -> dict[str, Any]:
    table = k.actors
    return {
        "id": actor.id, "name_en": actor.name_en, "name_ar": actor.name_ar, "kind": actor.kind,
        "country": actor.country or None, "valid_from": actor.valid_from or None,
        "valid_to": actor.valid_to or None,
        "part_of": [d._asdict() for d in actor.part_of],
        "acled": {"name": table.acled_name(actor.id, country, iso),
                  "inter": table.acled_inter(actor.id, country or actor.country, iso)},
        "ucdp": table.ucdp_kind(actor.id) or None, "plover": table.plover(actor.id) or None,
        "source": actor.source or None, "note": actor.note or None,
        "aliases": [_alias(a) for a in table.names(actor.id)],
    }  # fmt: skip


def _alias(a: Alias) -> dict[str, Any]:
    return {
        "alias": a.text, "lang": a.lang, "country": list(a.countries),
        "valid_from": a.valid_from or None, "valid_to": a.valid_to or None,
        "stance": a.stance or None, "whose": a.whose or None, "weak": a.weak,
    }  # fmt: skip


def _card(k: Knowledge, actor: Actor, record: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    console.print(f"[bold]{actor.id}[/]  {actor.name_en}  {actor.name_ar}")
    life = f"{actor.valid_from or '…'} – {actor.valid_to or '…'}"
    console.print(f"{actor.kind}, {actor.country or 'no country'}, {life}")
    for d in actor.part_of:
        console.print(
            f"part of {d.value}"
            + (f" ({d.start or '…'} – {d.end or '…'})" if d.start or d.end else "")
        )
    codes = record["acled"]
    console.print(
        f"ACLED {codes['name']} / {codes['inter'] or '–'} · UCDP {record['ucdp'] or '–'} · "
        f"PLOVER {record['plover'] or '–'}"
    )
    table = Table("alias", "lang", "where", "when", "whose")
    for a in k.actors.names(actor.id):
        when = f"{a.valid_from or '…'} – {a.valid_to or '…'}" if a.valid_from or a.valid_to else ""
        stance = f"{a.stance}: {a.whose}" if a.stance else ""
        table.add_row(
            a.text + (" (weak)" if a.weak else ""), a.lang, " ".join(a.countries), when, stance
        )
    console.print(table)


@click.command()
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@input_options
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True
)
def framing(inputs: tuple[str, ...], known: Given, form: str) -> None:
    """How each outlet names each party: words, counts, and whose wording it is."""
    refusals = Refusals()
    rows = frames(reports(inputs, refusals, known))
    if form == "jsonl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    else:
        from rich.console import Console
        from rich.table import Table

        table = Table("outlet", "party", "words", "times", "stance", "whose wording")
        for row in rows:
            cells = [row["outlet"] or "(unknown)", row["actor"], row["words"], str(row["times"])]
            table.add_row(*cells, row["stance"] or "", row["whose"] or "")
        Console().print(table)
    if refusals.count:
        raise click.exceptions.Exit(1)


def frames(given: Iterable[Report]) -> list[dict[str, Any]]:
    """For each outlet and party: the words it uses, how often, and what the knowledge says of them.

    Anaphora and groups of persons are left out: they name no party.
    """
    counts: Counter[tuple[str, str, str, str, str]] = Counter()
    spelled: dict[tuple[str, str, str, str, str], Counter[str]] = {}
    for report in given:
        doc, found = mentions_of(report)
        for m in found:
            if m.kind != "actor" or m.actor is None or "anaphor" in m.flags:
                continue
            words = report.quote(doc.span(m.start, m.end))
            stance, whose = m.loaded or ("", "")
            key = (report.publisher or "", m.actor, fold(words), stance, whose)
            counts[key] += 1
            spelled.setdefault(key, Counter())[words] += 1
    out = []
    for key, times in sorted(counts.items(), key=lambda x: (x[0][0], x[0][1], -x[1], x[0][2])):
        outlet, actor, _, stance, whose = key
        words = spelled[key].most_common(1)[0][0]
        out.append({"outlet": outlet or None, "actor": actor, "words": words, "times": times,
                    "stance": stance or None, "whose": whose or None})  # fmt: skip
    return out
