"""From phrases to mentions: who each phrase means by its own words.

Rules 4 and 5 of the guidelines: a state as author of an armed act is its forces, an air raid its
air force's where the list has one; an adjective alone is enough; framing never decides the id.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from isnad.coding.actors.heads import DESCRIBED
from isnad.coding.actors.identity import Choice, Identity
from isnad.coding.actors.mention import ActorMention
from isnad.coding.actors.part import Part
from isnad.coding.actors.persons import ADULT, age_near
from isnad.coding.actors.scan import QUOTES, Scan
from isnad.knowledge.compiled import Knowledge
from isnad.knowledge.word_lists import word_list

_FOR_ALL = "named for the whole"
"""Of an alias: the name of a leader that outlets write for his party."""
OWN_COUNTRY = 0.5
"""The share from which a country is plainly the report's own."""
ARMS = frozenset({"air", "navy", "police", "gov", "forces"})


@dataclass(slots=True)
class Decided:
    """Who a phrase means, and what is carried along."""

    actor: str | None = None
    alt: str | None = None
    choice: Choice = field(default_factory=Choice)
    why: str = ""
    candidates: list[str] = field(default_factory=list)


class Resolver:
    """Turns phrases into mentions in one setting."""

    def __init__(self, k: Knowledge, scan: Scan, identity: Identity) -> None:
        self.k = k
        self.scan = scan
        self.identity = identity
        self.day = identity.day

    # Who ------------------------------------------------------------------------------------------

    def decide(self, part: Part) -> Decided:
        """Who the phrase means, by its own words only (no anaphora)."""
        if part.kind == "name":
            return self.name(part)
        if part.kind == "person":
            return self.owner(part)
        return self.headed(part)

    def name(self, part: Part) -> Decided:
        if part.states and not any(self.firm_forces(r) for r in part.rows):
            return self.state(part)
        choice = self.identity.choose(part.rows)
        if part.adjectives:
            turned = self.turned(part, choice)
            if turned is not None:
                return turned
        if part.link == "client" and part.inner is not None and part.lead is not None:
            patron = self.decide(part.inner)
            client = next((c for p in (patron.actor, patron.alt) if p
                           and (c := self.identity.client(p, part.word))), None)  # fmt: skip
            known = choice.actor not in (None, *self.k.actors.ancestors(client or ""))
            if known and choice.alias is not None and not choice.alias.weak:
                client = None  # «ميليشيا الحوثي المدعومة من إيران»
            if client and part.lead.cls in ("militia", "forces", "cells", "party"):
                return Decided(client, None, choice, f"client of {patron.actor}", [client])
        if choice.actor is None and part.inner is not None:
            inner = self.decide(part.inner)
            if inner.actor:
                why = f"unlisted, but part of or loyal to: {inner.why}"
                return Decided(inner.actor, inner.alt, inner.choice, why, inner.candidates)
        if choice.actor is None and any(len(self.k.actors.aliases[r].text) > 4 for r in part.rows):
            return Decided(None, None, choice, choice.why, choice.candidates)
        alt = self.other_reading(choice.actor)
        return Decided(choice.actor, alt, choice, choice.why, choice.candidates)

    def firm_forces(self, row: int) -> bool:
        alias = self.k.actors.aliases[row]
        return not alias.weak and self.k.actors[alias.actor].kind not in (
            "government",
            "person_office",
        )

    def state(self, part: Part) -> Decided:
        """«تركيا» as author: its forces, or its government; the frame decides (rule 5)."""
        country = self.k.states[part.states[0]].country
        forces = self.identity.of_country(country)
        government = None
        if forces.actor:
            gov = self.k.actors.arm(forces.actor, "gov", self.day)
            government = gov if gov != forces.actor else None
        if government is None and part.rows:
            government = self.identity.choose(part.rows).actor
        why = f"state name {country}: its forces if it acts in arms, else its government"
        ids = [x for x in (forces.actor, government) if x]
        return Decided(
            forces.actor or government, government if forces.actor else None, Choice(), why, ids
        )

    def turned(self, part: Part, choice: Choice) -> Decided | None:
        """An adjective that says which of several, or whose: «الحكومة» + «التركية»."""
        adjective = self.adjective(part)
        if adjective.actor is None:
            return None
        home = self.k.actors[adjective.actor].country
        actors, aliases = self.k.actors, self.k.actors.aliases
        same = tuple(r for r in part.rows if home and actors[aliases[r].actor].country == home)
        if same and choice.actor and actors[choice.actor].country == home:
            return None
        if same:
            narrowed = self.identity.choose(same)
            if narrowed.actor:
                return Decided(narrowed.actor, None, narrowed, narrowed.why, narrowed.candidates)
        last = self.scan.heads.get(part.found.last - 1, ())
        rows = [self.k.heads[f.entries[0].row] for f in last]
        heads = [
            h for h in rows if h.cls in ("side", "forces", "air", "militia", "police", "ministry")
        ]
        if not heads and part.head is not None:
            heads = [part.head]  # «خفر السواحل» + «الباكستاني»
        if not heads and choice.actor == "fighters":  # «تعزيزات عسكرية تركية»
            actor = self.forces(adjective.actor)
            return Decided(actor, None, adjective, f"of the country: {adjective.why}", [actor])
        if not heads:
            return None
        actor = self.arm(adjective.actor, heads[0].effect, heads[0].cls, part.word)
        why = f"head and adjective: {adjective.why}"
        return Decided(actor, self.other_reading(actor), adjective, why, adjective.candidates)

    def adjective(self, part: Part) -> Choice:
        """Who the first country adjective of the phrase means."""
        best = Choice(why="adjective of no known actor")
        for found in part.adjectives:
            choice = self.identity.choose(tuple(e.row for e in found.entries))
            if choice.actor:
                return choice
            best = choice
        return best

    def headed(self, part: Part) -> Decided:
        head = part.head
        assert head is not None
        if part.inner is not None:
            inner = self.decide(part.inner)
            leader = part.link in ("client", "member") and self.of_a_leader(part.inner)
            if (
                inner.actor is None
                and part.inner.kind == "name"
                and (part.link == "idafa" or leader)
            ):
                choice = self.identity.choose(part.inner.rows, lenient=True)
                inner = Decided(choice.actor, None, choice, choice.why, choice.candidates)
            who = inner.actor
            if who is None:
                return Decided(
                    None, None, inner.choice, f"{part.link}: {inner.why}", inner.candidates
                )
            if self.k.actors[who].kind == "person_office":
                leads = self.k.actors.parents(who, self.day)
                leader, who = leader or bool(leads), leads[0] if leads else who
            how = f"head «{part.word}», {part.link}: "
            if part.link == "client" and not leader:
                client = self.identity.client(who, part.word) or self.identity.client(
                    inner.alt or "", part.word
                )
                if client is None and self.at_home(who):
                    client = self.forces(who)
                if client:
                    return Decided(client, None, inner.choice, how + f"client of {who}", [client])
                return Decided(None, None, inner.choice, how + f"loyal to {who}, unlisted", [])
            effect = "" if head.cls == "side" and part.inner.states else head.effect
            if effect == "" and part.inner.states:
                return Decided(who, inner.alt, inner.choice, how + inner.why, inner.candidates)
            actor = self.arm(who, effect, head.cls, part.word)
            alt = inner.alt if head.cls not in ("ministry",) and inner.alt != actor else None
            return Decided(actor, alt, inner.choice, how + inner.why, inner.candidates)
        if part.adjectives:
            choice = self.adjective(part)
            if choice.actor is None:
                return Decided(None, None, choice, choice.why, choice.candidates)
            if head.cls == "party":  # «الحركة العراقية» is no army: left to what was named before
                return Decided(None, None, choice, f"«{part.word}» of {choice.actor}'s country", [])
            actor = self.arm(choice.actor, head.effect, head.cls, part.word)
            why = f"head «{part.word}» and adjective: {choice.why}"
            alt = self.other_reading(actor) if head.cls in ("side", "action") else None
            return Decided(actor, alt, choice, why, choice.candidates)
        if head.cls == "ministry" and part.shape:
            return self.ministry(part, head.effect)
        if self.some_armed(part) and "fighters" in self.k.actors:
            return Decided("fighters", why=f"«{part.word}», armed, whose is not said")
        return Decided(why=f"head «{part.word}» alone")

    def at_home(self, actor: str) -> bool:
        """Whether an actor is the government of the report's country: those loyal are its own."""
        top = self.identity.setting.countries[:1]
        it = self.k.actors[actor]
        return bool(top) and it.country == top[0][0] and it.kind in ("government", "state_forces")

    def of_a_leader(self, part: Part) -> bool:
        """Whether a name is that of a person who stands for his party: forces loyal to him."""
        aliases = self.k.actors.aliases
        return bool(part.rows) and all(_FOR_ALL in (aliases[r].note or "") for r in part.rows)

    def some_armed(self, part: Part) -> bool:
        """«مجموعات محلية مسلحة»: armed people of whom no more is said."""
        if part.definite or not part.general or part.head is None or part.shape:
            return False
        words = self.scan.tokens[part.found.first : part.last]
        return part.head.cls in DESCRIBED and any(t.text.startswith("مسلح") for t in words)

    def ministry(self, part: Part, effect: str) -> Decided:
        """A ministry or court without a country: the government of the report's country."""
        top = self.identity.setting.countries[:1]
        if not top or top[0][1] < OWN_COUNTRY:
            return Decided(why=f"«{part.word}»: the report does not say of which country")
        forces = self.identity.of_country(top[0][0])
        if forces.actor is None:
            return Decided(why=f"«{part.word}»: no government of {top[0][0]} in the list")
        actor = self.k.actors.arm(forces.actor, effect or "gov", self.day)
        return Decided(
            actor, None, Choice(), f"«{part.word}» of the report's country {top[0][0]}", [actor]
        )

    def owner(self, part: Part) -> Decided:
        """Whose a person is."""
        if part.inner is not None:
            inner = self.decide(part.inner)
            return Decided(
                inner.actor, inner.alt, inner.choice, "person of: " + inner.why, inner.candidates
            )
        if part.adjectives:
            choice = self.adjective(part)
            actor = choice.actor
            if actor and part.rank in ("office", "spokesman"):
                actor = self.k.actors.arm(actor, "gov", self.day)
            return Decided(
                actor, None, choice, "person, adjective: " + choice.why, choice.candidates
            )
        return Decided(why="a person, of nobody named")

    def arm(self, actor: str, effect: str, cls: str, word: str) -> str:
        """What the head noun makes of the id: air force, government, client…"""
        if effect in ARMS:
            return self.k.actors.arm(actor, effect, self.day)
        if effect == "client":
            state = self.k.actors[actor]
            if state.ucdp_kind == "state" or state.kind in ("government", "state_forces"):
                return self.identity.client(actor, word) or self.forces(actor)
            return actor
        return self.forces(actor) if cls not in ("ministry", "outlet", "monitor") else actor

    def forces(self, actor: str) -> str:
        """A government's forces; any other actor itself."""
        return self.k.actors.arm(actor, "forces", self.day)

    def other_reading(self, actor: str | None) -> str | None:
        """The forces of a government: «النظام» may be either."""
        if actor is None:
            return None
        if actor == "fighters" and "unidentified-gunmen" in self.k.actors:
            return "unidentified-gunmen"
        if self.k.actors[actor].kind != "government":
            return None
        forces = self.forces(actor)
        return forces if forces != actor else None

    # Mentions ----------------------------------------------------------------------------------

    def mention(self, part: Part) -> ActorMention | None:
        """The mention of a phrase, before anaphora; ``None`` if it names nobody by itself."""
        decided = self.decide(part)
        start, end = self.extent(part)
        first = self.scan.tokens[part.found.first]
        m = ActorMention(start, end, part.found.start, first.end, part.found.word_start)
        m.prefix, m.actor, m.alt = part.found.prefix, decided.actor, decided.alt
        m.candidates, m.why, m.head = list(decided.candidates), decided.why, part.word
        alias = decided.choice.alias
        if alias is not None and alias.stance:
            m.loaded = (alias.stance, alias.whose)
        flags = set()
        if part.head is not None:
            m.number, m.gender = _number(part.head.number), part.head.gender
            m.role = part.head.role or None
            m.category = part.head.cls
            flags.add(part.head.cls)
            if not part.definite and part.inner is None and not part.adjectives:
                flags.add("indefinite")
        if part.states:
            flags.add("capital" if part.capital else "state")
            m.gender = self.k.states[part.states[0]].gender
        if part.head is not None and part.adjectives and part.head.cls in ("action", "raid"):
            flags.add("adjective")
        if part.kind in ("outlet", "monitor"):
            m.kind, m.actor = part.kind, decided.actor
        elif part.kind == "person":
            self.person(m, part, decided)
        elif m.actor is not None:
            self.named(m, part, decided)
        if alias is not None and alias.weak:
            flags.add("weak")
        m.flags = frozenset(flags)
        return m

    def named(self, m: ActorMention, part: Part, decided: Decided) -> None:
        """Kind and category of a mention whose actor is known; number and role of groups."""
        assert m.actor is not None
        actor = self.k.actors[m.actor]
        m.category = actor.kind
        m.kind = "group" if actor.kind == "group" else "actor"
        alias = decided.choice.alias
        if alias is not None and part.kind == "name":
            m.number = _number(alias.noted("number")) or m.number
            m.gender = alias.noted("gender") or m.gender
            m.role = alias.noted("role") or m.role
        if not m.gender and part.kind == "name":
            first = self.scan.tokens[part.found.first].text
            m.gender = "f" if first.endswith(("ه", "ات")) or first in _FEMININE else "m"
        if m.actor == "civilians" and m.number == 1:
            age = age_near(self.scan.tokens, part.last)
            if age is not None and age < ADULT and "children" in self.k.actors:
                m.actor, m.why = "children", f"aged {age}, under {ADULT}"

    def person(self, m: ActorMention, part: Part, decided: Decided) -> None:
        m.kind, m.actor, m.group = "person", None, decided.actor
        m.role = part.role or None
        m.number = _number(self.k.ranks[part.found.entries[0].row].number)
        m.category = part.rank
        if part.rank == "named":
            m.why = "a person by name, not said to be armed"
            note = self.k.ranks[part.found.entries[0].row].note
            m.role = note if note == "titled" else m.role
            age = age_near(self.scan.tokens, part.last)
            m.actor = _NAMED.get(note, "civilians")
            if age is not None and age < ADULT:
                m.actor = "children"
            if m.actor not in self.k.actors:
                m.actor = None

    def extent(self, part: Part) -> tuple[int, int]:
        """Offsets of the phrase: a ``#`` or quote that opens it, and the quote that closes it."""
        tokens = self.scan.tokens
        start, end = part.found.start, max(tokens[part.last - 1].end, part.found.end)
        i = part.found.first - 1
        if i >= 0 and start == tokens[part.found.first].start and tokens[i].end == start:
            mark = tokens[i].text
            closing = part.last < len(tokens) and tokens[part.last].text in QUOTES
            if mark == "#":
                start = tokens[i].start
            elif mark in QUOTES and closing and tokens[part.last].start == end:
                start, end = tokens[i].start, tokens[part.last].end
        inside = [t.text for t in tokens[part.found.first : part.last] if t.text in QUOTES]
        if len(inside) % 2 and part.last < len(tokens) and tokens[part.last].text in QUOTES:
            end = tokens[part.last].end
        return start, end


_NAMED = {"child": "children", "woman": "women"}
_FEMININE = word_list("feminine_names")


def _number(value: str) -> int | str | None:
    return int(value) if value.isdigit() else value or None
