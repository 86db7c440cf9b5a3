"""Who an alias means at the report's day and country: one choice among its rows, with the reason.

The order of reasons: the day (an alias or actor that was not yet, or no longer), the country, what
else the report names (itself or its kin), and for reports without a day the era that the other
names show. Where these do not decide, nobody is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from isnad.knowledge.actors import Alias
from isnad.knowledge.compiled import Knowledge
from isnad.language.arabic.normal import fold
from isnad.language.arabic.nouns import noun as lookup_noun

if TYPE_CHECKING:
    from isnad.coding.setting import Setting

GENERAL = 0.35
"""Weight of an alias that may stand in any country; one of a country has its share + LOCAL."""
LOCAL = 0.2
PRESENT = 0.5
KIN = 0.08
WEAK = 0.6
WEAK_SHARE = 0.4
"""A weak alias is believed where its country has at least this share of the report."""
EQUAL = 0.02
LEAST = 0.1
"""A country with a smaller share of the report does not let its own aliases in."""
_FORCES = ("state_forces", "external_forces")
OPEN_START, OPEN_END = "2000-01-01", "2030-01-01"


def _days(start: str, end: str) -> tuple[int, int]:
    """Days as numbers; open ends stand for the years that reports are about."""
    return (
        date.fromisoformat(start or OPEN_START).toordinal(),
        date.fromisoformat(end or OPEN_END).toordinal(),
    )


def _of_a_nation(adjective: str) -> bool:
    known = lookup_noun(fold(adjective))
    return known is not None and known.category == "national"


@dataclass(slots=True)
class Choice:
    """Who, by which alias, why; and whom the words alone allow."""

    actor: str | None = None
    alias: Alias | None = None
    why: str = ""
    candidates: list[str] = field(default_factory=list)


class Identity:
    """Chooses among alias rows in one setting."""

    def __init__(self, k: Knowledge, setting: Setting) -> None:
        self.k = k
        self.setting = setting
        self.day = setting.iso_day
        self.present: dict[str, int] = {}
        self.windows: list[tuple[str, str]] = []
        self._observed: dict[tuple[int, ...], list[Alias]] = {}
        self.lenient = False
        self._kept: dict[tuple[tuple[int, ...], bool], Choice] = {}

    @cached_property
    def publisher_side(self) -> frozenset[str]:
        """The actors whose outlet the publisher is: itself and what it is part of."""
        publisher = self.setting.publisher
        out: set[str] = set()
        if publisher:
            for hit in self.k.lexicon.find(fold(publisher)):
                for e in self.k.entries(hit.pattern):
                    alias = self.k.actors.aliases[e.row] if e.kind == "a" else None
                    if alias is not None and not alias.weak:
                        out.update(self.k.actors.ancestors(alias.actor))
        return frozenset(a for a in out if a in self.k.actors)

    def observe(self, rows: tuple[int, ...]) -> None:
        """Take note of a name that can mean one actor only: evidence for the others."""
        one = self._observed.get(rows)
        if one is None:
            aliases = [self.k.actors.aliases[r] for r in rows]
            firm = bool(aliases) and not any(a.weak for a in aliases)
            fit = [a for a in aliases if a.holds(self.day) and self.fits(a)] if firm else []
            one = self._observed[rows] = fit[:1] if len({a.actor for a in fit}) == 1 else []
        for alias in one:
            self.present[alias.actor] = self.present.get(alias.actor, 0) + 1
            self.windows.append(self.window(alias))

    def fits(self, alias: Alias) -> bool:
        """Whether the country allows the alias."""
        if not alias.countries or not self.setting.countries:
            return not alias.countries
        return any(self.setting.share(c) >= LEAST for c in alias.countries)

    def window(self, alias: Alias) -> tuple[str, str]:
        """When the alias can mean its actor."""
        a = self.k.actors[alias.actor]
        start = max(alias.valid_from, a.valid_from)
        ends = [e for e in (alias.valid_to, a.valid_to) if e]
        return start, min(ends) if ends else ""

    def weigh(self, alias: Alias) -> float:
        """How well the alias fits the setting; 0 if it does not."""
        if not alias.holds(self.day):
            return 0.0
        actor = self.k.actors[alias.actor]
        if self.day and actor.valid_from and actor.valid_from > self.day:
            return 0.0
        if alias.countries:
            share = max(self.setting.share(c) for c in alias.countries)
            if share < LEAST and self.setting.countries:
                return 0.0
            weight = LOCAL + share
        else:
            share = self.setting.share(actor.country) if actor.country else 0.0
            weight = GENERAL
        if self.day and actor.valid_to and actor.valid_to < self.day:
            weight *= 0.7
        kin = 0.0
        if self.present:
            if alias.actor in self.present:
                kin = PRESENT
            elif any(self.k.actors.related(alias.actor, p) for p in self.present):
                kin = KIN
        if alias.weak and alias.actor in self.publisher_side:
            weight += LOCAL
        elif alias.weak:
            if share < WEAK_SHARE and not kin and not self.lenient and actor.kind != "group":
                return 0.0
            weight *= WEAK
        return weight + kin

    def choose(self, rows: tuple[int, ...], *, lenient: bool = False) -> Choice:
        """The choice among alias rows; ``lenient`` where a head noun bears a weak alias out."""
        kept = self._kept.get((rows, lenient))
        if kept is None:
            self.lenient = lenient
            kept = self._kept[rows, lenient] = self._choose(rows)
            self.lenient = False
        return kept

    def _choose(self, rows: tuple[int, ...]) -> Choice:
        aliases = [self.k.actors.aliases[r] for r in rows]
        candidates = list(dict.fromkeys(a.actor for a in aliases))
        best: dict[str, tuple[float, Alias]] = {}
        for alias in aliases:
            weight = self.weigh(alias)
            if weight > best.get(alias.actor, (0.0, alias))[0]:
                best[alias.actor] = (weight, alias)
        firm = any(not a.weak for _, a in best.values())
        if (
            firm and len(best) > 1
        ):  # one side's wording yields to a firm name, but in its own outlets
            best = {
                actor: x for actor, x in best.items()
                if not (x[1].weak and (x[1].stance or "outlet" in x[1].note))
                or actor in self.publisher_side
            }  # fmt: skip
        if not best:
            return self._last_resort(aliases, candidates)
        ranked = sorted(best.items(), key=lambda x: -x[1][0])
        top = [r for r in ranked if ranked[0][1][0] - r[1][0] < EQUAL]
        if len(top) == 1:
            actor, (_, alias) = top[0]
            return Choice(actor, alias, self._reason(alias, len(candidates)), candidates)
        return self._tie([(a, x[1]) for a, x in top], candidates)

    def _reason(self, alias: Alias, many: int) -> str:
        reasons = [f"«{alias.text}»"]
        if alias.countries:
            reasons.append("in " + "/".join(alias.countries))
        if self.day and (alias.valid_from or alias.valid_to):
            reasons.append(f"on {self.day} ({alias.valid_from or '…'}–{alias.valid_to or '…'})")
        if many == 1:
            reasons.append("the only one so named")
        if alias.weak:
            reasons.append("weak, with evidence")
        return "alias: " + ", ".join(reasons)

    def _last_resort(self, aliases: list[Alias], candidates: list[str]) -> Choice:
        """Nothing fits day and country: a name of several words that means one actor still does.

        Not where the report plainly stands in other countries than the alias.
        """
        firm = [
            a for a in aliases
            if not a.weak and " " in a.text
            and (not a.countries or not self.setting.countries or self.fits(a))
        ]  # fmt: skip
        if len(candidates) == 1 and firm:
            why = (
                f"alias: «{firm[0].text}», outside its time or country, but nobody else is so named"
            )
            return Choice(candidates[0], firm[0], why, candidates)
        return Choice(None, None, "no alias fits the day and country", candidates)

    def _tie(self, top: list[tuple[str, Alias]], candidates: list[str]) -> Choice:
        seen = [(self.present.get(a, 0), a, alias) for a, alias in top]
        most = max(s[0] for s in seen)
        first = [s for s in seen if s[0] == most]
        if most and len(first) == 1:
            return Choice(
                first[0][1], first[0][2], "alias: named elsewhere in the report", candidates
            )
        if not self.day and self.windows:
            eras = [(self._era(alias), a, alias) for a, alias in top]
            eras.sort(key=lambda e: -e[0])
            if eras[0][0] > eras[1][0] + EQUAL:
                why = "alias: no date, but the era that the other names show"
                return Choice(eras[0][1], eras[0][2], why, candidates)
        shares = sorted(
            ((self.setting.share(self.k.actors[a].country), a, alias) for a, alias in top),
            key=lambda x: -x[0],
        )
        if shares[0][0] > shares[1][0] + EQUAL:
            return Choice(
                shares[0][1], shares[0][2], "alias: the country of the report", candidates
            )
        for one, alias in top:
            if all(one in self.k.actors.ancestors(other, self.day) for other, _ in top):
                return Choice(one, alias, "alias: what the others are part of", candidates)
        if all(self.k.actors[a].kind == "group" for a, _ in top):
            return Choice(top[0][0], top[0][1], "alias: the first of several groups", candidates)
        return Choice(None, None, "several so named, and the report does not decide", candidates)

    def _era(self, alias: Alias) -> float:
        """How much of the time of the report's other names lies in the alias's."""
        start, end = _days(*self.window(alias))
        score = 0.0
        for window in self.windows:
            s, e = _days(*window)
            if window == ("", ""):
                continue
            common = min(e, end) - max(s, start)
            score += common / (e - s) if common > 0 and e > s else -1
        return score

    def of_country(self, country: str) -> Choice:
        """The forces of the country's state on the day: those that «حكومي» names there (note
        ``state``), else those of the nation's adjective; a faction's adjective names no state."""
        rows = tuple(self.k.adjectives.get(country, ()))
        aliases = self.k.actors.aliases
        own = tuple(r for r in rows if aliases[r].note == "state")
        choice = self.choose(own) if own else Choice()
        if choice.actor is not None:
            return choice
        actors = self.k.actors
        state = tuple(
            r
            for r in rows
            if _of_a_nation(aliases[r].text)
            and not aliases[r].stance
            and actors[aliases[r].actor].kind in _FORCES
            and not actors[aliases[r].actor].part_of
        )
        return self.choose(state) if state else Choice(why="no forces in the list")

    def client(self, patron: str, word: str = "") -> str | None:
        """Who is meant by the militias of ``patron`` here and now."""
        for c in self.k.clients:
            if (
                (c.patron == patron)
                and (not c.country or self.setting.share(c.country) >= LEAST
                     or not self.setting.countries)
                and (not c.words or word in c.words)
                and (not self.day or ((not c.valid_from or c.valid_from <= self.day)
                                      and (not c.valid_to or self.day <= c.valid_to)))
                and c.client in self.k.actors
            ):  # fmt: skip
                return c.client
        return None
