"""Names that lean on others: «التنظيم», «تلك الميليشيات», «عناصرها», «العدو», «قواتنا».

Each is given to an antecedent of a fitting class: first one that the report called by the same head
noun, then one whose names begin with it, the nearest before, then (from a title) the first after.
Where nothing fits, nobody is chosen.
"""

from __future__ import annotations

from isnad.coding.actors import heads as H
from isnad.coding.actors.identity import Identity
from isnad.coding.actors.mention import ActorMention
from isnad.coding.actors.part import Part
from isnad.coding.actors.resolve import OWN_COUNTRY
from isnad.coding.actors.scan import Scan
from isnad.knowledge.compiled import Knowledge
from isnad.knowledge.word_lists import word_list

_FORCES = frozenset({"state_forces", "external_forces", "police"})
_ARMED = frozenset({"state_forces", "external_forces", "police", "pro_government_militia", "rebel",
                    "identity_militia", "de_facto_authority", "tribe", "government"})  # fmt: skip
_SAYS = word_list("own_saying")
_MILITARY = word_list("soldiers")
_OWN = tuple(sorted(word_list("own_forces")))
"""Heads (their beginnings) that every state has: a report on one country means its own."""
_OPPOSED = word_list("opponents")
_OF_ANY = word_list("members_of_any")
_FIGHTING = tuple(sorted(word_list("fighting_men")))
_OWN_FIGHTERS = tuple(sorted(word_list("own_fighters")))
_MOURNING = word_list("mourning")
_LOSSES = word_list("losses_told")
_ABUSED = tuple(sorted(word_list("abused")))
_RANKS = word_list("ranks_of_the_country")


def part_of_every_state(word: str) -> bool:
    """«الجيش», «الدفاعات الجوية»: not given to whoever stands nearest."""
    return word.startswith(_OWN) and word != "جيش"


def _core(part: Part) -> Part:
    """The innermost phrase: «التنظيم» of «مسلحو التنظيم»."""
    while part.inner is not None:
        part = part.inner
    return part


def _may_lean(part: Part) -> bool:
    core = _core(part)
    return core.head is not None and core.head.cls in ("party", "militia") and core.definite


_NISBA = 4  # letters of the shortest adjective of a nation


class Anaphora:
    """Resolves leaning names, in the order of the text."""

    def __init__(self, k: Knowledge, scan: Scan, identity: Identity) -> None:
        self.k = k
        self.scan = scan
        self.identity = identity
        self.pairs: list[tuple[Part, ActorMention]] = []
        self._speaker: tuple[str | None, str] | None = None

    def resolve(self, pairs: list[tuple[Part, ActorMention]]) -> None:
        """Fill in the mentions that lean on others."""
        self.pairs = pairs
        for at, (part, m) in enumerate(pairs):
            if m.kind in ("outlet", "monitor"):
                continue
            if part.pronoun:
                self.pronoun(at, part, m)
            elif (side := self.own_losses(at, part)) is not None:
                self.take(m, side, "whose losses the party tells of")
            elif part.kind == "person":
                self.person(at, part, m)
            elif part.enemy and not part.adjectives and part.inner is None:
                self.sided(at, m, "عدو")
            elif self.some_soldiers(part, m):
                self.soldiers(m, part)
            elif part.head is not None and part.head.cls == "both":
                self.both(at, m)
            elif self.leans(part, m):
                self.leaning(at, part, m)
            elif part.inner is not None and (m.actor is None or _may_lean(part)):
                self.inner(at, part, m)

    def own_losses(self, at: int, part: Part) -> int | None:
        """The party that tells of its own dead: «أقر X بمقتل ضابطين», «نعى Y مقاتلين»."""
        bare = not (part.inner or part.adjectives or part.definite or part.pronoun)
        head = self.scan.tokens[part.found.first].text.removesuffix("ا")
        if not at or not bare or not self.armed(at - 1):
            return None
        state = self.k.actors[self.pairs[at - 1][1].id or ""].ucdp_kind == "state"
        if head not in _MILITARY if state else not head.startswith(_OWN_FIGHTERS):
            return None
        teller = self.pairs[at - 1][0]
        tokens = self.scan.tokens
        gap = [t for t in tokens[teller.last : part.first] if t.kind == "word"]
        before = tokens[teller.first - 1].text.lstrip("وف") if teller.first else ""
        if not gap:
            return at - 1 if before in _MOURNING else None
        told = gap[0].text if gap[0].text not in ("عن", "في") or len(gap) < 2 else gap[1].text
        if before in _SAYS and len(gap) <= 4 and told.removeprefix("ب") in _LOSSES:
            return at - 1
        return None

    def some_soldiers(self, part: Part, m: ActorMention) -> bool:
        """«جندي», «خمسة مجندين», «شرطيان»: soldiers or police of whom no more is said."""
        if part.inner is not None or part.adjectives or part.definite or part.kind == "person":
            return False
        after = self.scan.tokens[part.last].text if part.last < len(self.scan.tokens) else ""
        if after.endswith("ي") and not after.startswith("ال") and len(after) > _NISBA:
            return False  # «جندي إيرلندي»: of a nation that no table knows
        word = self.scan.tokens[part.found.first].text
        return m.actor in (None, "fighters") and m.kind != "person" and (
            m.head in _MILITARY or word.removesuffix("ا") in _MILITARY or self.policemen(part)
        )  # fmt: skip

    def policemen(self, part: Part) -> bool:
        """«شرطيان», «رجال الشرطة»."""
        role = part.head or part.lead
        return (role is not None and role.role == "police") or self.scan.tokens[
            part.found.first
        ].text.startswith("شرطي")

    def soldiers(self, m: ActorMention, part: Part) -> None:
        """The forces of the report's country, where it is plain and named by one of its actors."""
        top = self.identity.setting.countries[:1]
        if not top or top[0][1] < OWN_COUNTRY or top[0][0] in ("PSE",):
            return
        choice = self.identity.of_country(top[0][0])
        forces = {p.actor for _, p in self.pairs if p.actor and p.category in _FORCES}
        home = self.k.actors[choice.actor].country if choice.actor else ""
        if choice.actor is None or any(self.k.actors[a].country != home for a in forces):
            return  # another state's soldiers are about
        named = {m.id for _, m in self.pairs if m.id}
        if not any(self.k.actors[a].country == home for a in named):
            return  # a place alone is too little
        police = self.policemen(part)
        m.actor = self.k.actors.arm(
            choice.actor, "police" if police else "forces", self.identity.day
        )
        self.settle(m, f"soldiers of the report's country {top[0][0]}: {choice.why}")
        m.flags = m.flags | {"soldiers"}

    def leans(self, part: Part, m: ActorMention) -> bool:
        head = part.head
        if part.word.startswith(_ABUSED):
            return False  # «الإرهابي» is no man of whoever was named before
        if head is None or head.cls not in H.ALONE or part.inner or part.shape:
            return False
        if part.adjectives:
            return head.cls == "party" and part.definite and m.actor is None
        if m.kind == "group":
            return part.definite and (
                head.cls == "militia" or part.word in _MILITARY or part.word in _OF_ANY
            )
        return part.definite and (
            m.actor is None
            or "weak" in m.flags
            or part.word in _OPPOSED
            or head.cls in ("party", "militia")
        )

    def inner(self, at: int, part: Part, m: ActorMention) -> None:
        """«مسلحو التنظيم», «مسلحاً من الطرفين»: the inner phrase leans."""
        core = _core(part)
        if core.head is None:
            return
        if core.head.cls == "both":
            self.both(at, m)
        elif self.leans(core, m):
            self.leaning(at, core, m)
            if m.actor and part.head is not None:
                effect = part.head.effect if part.head.effect in ("air", "navy") else "forces"
                m.actor = self.k.actors.arm(m.actor, effect, self.identity.day)
        elif core.pronoun:
            self.pronoun(at, core, m)
        if m.kind == "person" or part.kind == "person":
            m.kind, m.group, m.actor = "person", m.actor, None

    def before(self, at: int) -> list[int]:
        """The actors named before, the nearest first."""
        return [i for i in range(at - 1, -1, -1) if self.armed(i)]

    def after(self, at: int) -> list[int]:
        return [i for i in range(at + 1, len(self.pairs)) if self.armed(i)]

    def armed(self, i: int) -> bool:
        m = self.pairs[i][1]
        actor = m.id
        return (
            actor is not None
            and m.kind in ("actor", "person")
            and (self.k.actors[actor].kind in _ARMED)
        )

    def category(self, i: int) -> str:
        return self.k.actors[self.pairs[i][1].id or ""].kind

    def take(self, m: ActorMention, i: int, why: str) -> None:
        """Give ``m`` the actor of mention ``i``."""
        other = self.pairs[i][1]
        m.actor, m.antecedent = other.id, i
        self.settle(m, why)

    def settle(self, m: ActorMention, why: str) -> None:
        m.kind, m.why = "actor", why
        m.flags = m.flags | {"anaphor"}
        if m.actor:
            m.category = self.k.actors[m.actor].kind
            if m.actor not in m.candidates:
                m.candidates.append(m.actor)

    def leaning(self, at: int, part: Part, m: ActorMention) -> None:
        assert part.head is not None
        word, cls = part.word, part.head.cls
        if cls == "last":
            m.flags = m.flags | {"anaphor"}
            self.latter(at, m)
            return
        if word in _OPPOSED:
            self.sided(at, m, word)
            return
        family = self.k.family(word)
        for i in self.before(at):
            other = self.pairs[i][1]
            if other.head and other.head in family and "anaphor" not in other.flags:
                if cls == "militia" and m.number == "plural" and not self.umbrella(i):
                    continue  # «الميليشيات» are rather «ميليشيات إيران» than «ميليشيات لواء X»
                self.take(m, i, f"anaphora: «{word}», so called before")
                if (
                    i + 1 < at
                    and self.pairs[i + 1][0].found.prefix == "و"
                    and (
                        self.pairs[i + 1][0].first == self.pairs[i][0].last
                        and m.number == "plural"
                        and self.armed(i + 1)
                    )
                ):
                    m.candidates = [x for x in (m.actor, self.pairs[i + 1][1].actor) if x]
                    m.flags = m.flags | {"both"}
                return
        if m.kind == "actor" and m.actor is not None and "weak" not in m.flags:
            return  # the alias of the country stands
        fit = [
            i for i in self.before(at) if self.fits(self.pairs[i][1].id or "", family, cls, word)
        ]
        if fit:
            self.take(m, fit[0], f"anaphora: «{word}», the nearest before that is one")
            return
        if m.actor is not None:
            return
        later = [i for i in self.after(at) if self.pairs[i][1].head in family
                 or self.called(self.pairs[i][1].id or "", family)]  # fmt: skip
        if later and cls in ("party", "militia", "forces", "unit"):
            self.take(m, later[0], f"anaphora: «{word}», the first after that is one")
            return
        self.by_country(part, m)

    def by_country(self, part: Part, m: ActorMention) -> None:
        """«الجيش», «الشرطة» with nothing before: the country's own, where one country is plain."""
        assert part.head is not None
        top = self.identity.setting.countries[:1]
        state = (
            part.word.startswith(_OWN)
            or part.head.cls in ("air", "police")
            or (part.head.effect in ("police", "navy"))
        )
        if not state or not top or top[0][1] < OWN_COUNTRY:
            m.why = m.why or "anaphora: nothing before that fits"
            return
        choice = self.identity.of_country(top[0][0])
        if choice.actor:
            m.actor = self.k.actors.arm(
                choice.actor, part.head.effect or "forces", self.identity.day
            )
            self.settle(m, f"«{part.word}» of the report's country {top[0][0]}: {choice.why}")

    def umbrella(self, i: int) -> bool:
        """Whether mention ``i`` is of many militias: a plural head, or an actor that has parts."""
        m = self.pairs[i][1]
        plural = m.head.endswith("ات")
        return plural and bool(m.actor) and bool(self.k.actors.children(m.actor or ""))

    def called(self, actor: str, family: frozenset[str]) -> bool:
        return actor in self.k.actors and bool(self.k.first_words(actor) & family)

    def fits(self, actor: str, family: frozenset[str], cls: str, word: str) -> bool:
        """Whether the actor may be called so."""
        kind = self.k.actors[actor].kind
        if cls == "persons":
            if word in _MILITARY:
                return kind in _FORCES
            return kind in _ARMED and (kind not in _FORCES or word in ("عناصر", "افراد", "عنصر"))
        if cls == "forces":
            return (kind in _FORCES and (word not in ("جيش",) or self.called(actor, family))) or (
                word == "قوات" and self.called(actor, family)
            )
        if cls in ("air", "police") or part_of_every_state(word):
            return False
        if cls == "patrol":
            return kind in _ARMED
        if cls == "militia":
            return kind not in _FORCES and kind != "government" and self.called(actor, family)
        return self.called(actor, family)

    def latter(self, at: int, m: ActorMention) -> None:
        """«الأخيرة»: the nearest before; not the adjective of «الأيام الأخيرة»."""
        first = self.scan.tokens.index(self._token(at))
        before = self.scan.tokens[first - 1].text if first else ""
        if before.startswith(("ال", "لل")) or before.endswith(("ات", "ه")):
            m.flags = m.flags | {"dropped"}
            return
        found = self.before(at)
        if found:
            self.take(m, found[0], "anaphora: the last named")
        else:
            m.flags = m.flags | {"dropped"}

    def _token(self, at: int):  # type: ignore[no-untyped-def]
        return self.scan.tokens[self.pairs[at][0].found.first]

    def sided(self, at: int, m: ActorMention, word: str) -> None:
        """«العدو», «الاحتلال»: whom the report calls so in full; else the alias of the country."""
        full = [i for i in (*self.before(at), *self.after(at)) if self.in_full(i, word)]
        if full:
            self.take(m, full[0], f"anaphora: «{word}», so called in full in the report")
            return
        if m.actor is not None:
            return
        if word == "عدو":
            for i in (*self.before(at), *self.after(at)):
                p = self.pairs[i][0]
                last = self.scan.tokens[p.found.last - 1].text
                if p.word in ("احتلال", "عدوان", "محتل") or (p.kind == "name" and "حتلال" in last):
                    self.take(m, i, "anaphora: the enemy, called occupier in the report")
                    return
        rows = self.k.aliases_of("ال" + word)
        if rows:
            choice = self.identity.choose(rows)
            if choice.actor:
                m.actor = choice.actor
                self.settle(m, choice.why)
                return
        m.why = f"«{word}»: the report does not say whose"

    def in_full(self, i: int, word: str) -> bool:
        """Whether mention ``i`` has «ال» + ``word`` with a country: «جيش الاحتلال التركي»."""
        part = self.pairs[i][0]
        return any(
            self.scan.tokens[j].text.endswith(("ال" + word, "لل" + word))
            and j + 1 in self.scan.adjectives
            for j in range(part.first, part.last - 1)
        )

    def both(self, at: int, m: ActorMention) -> None:
        """«الطرفان»: the last two named; two ids, so none of them alone."""
        ids: list[str] = []
        for i in self.before(at):
            actor = self.pairs[i][1].id
            if actor and actor not in ids:
                ids.append(actor)
        m.candidates = ids[:2]
        m.flags = m.flags | {"both", "anaphor"}
        m.why = "the two sides: " + ", ".join(ids[:2]) if ids else "two sides, not named before"

    def pronoun(self, at: int, part: Part, m: ActorMention) -> None:
        """«عناصرها», «مرتزقته», «الفصائل الموالية لها», «قواتنا»."""
        m.flags = m.flags | {"anaphor"}
        if part.word.startswith(("جثث", "جثام", "جثه", "جثمان")):
            m.flags = m.flags | {"dropped"}  # «عثر على جثثهم»: of whoever was told of
            return
        if part.pronoun == "نا":
            actor, why = self.speaker()
            m.actor = actor
            if actor:
                self.settle(m, f"«{part.word}نا»: {why}")
            else:
                m.why = why
            return
        client = part.link == "client" or (
            part.link != "member" and part.head is not None and part.head.cls == "militia"
        )
        gender = {"ها": "f", "ه": "m"}.get(part.pronoun, "")
        found = self.before(at)
        if client:
            for i in found:
                patron = self.pairs[i][1]
                for one in (patron.actor, patron.alt):
                    to = self.identity.client(one or "", part.word)
                    if to:
                        m.actor, m.antecedent = to, i
                        self.settle(m, f"anaphora: client of {one}, named before")
                        return
            m.why = "loyal to somebody named before, client unlisted"
            return
        fitting = [i for i in found if self.pairs[i][1].gender in (gender, "") or not gender]
        state = part.word in _MILITARY
        if state or part.word.startswith(_FIGHTING):
            kinds = [i for i in found if (self.category(i) in _FORCES) == state]
            both = [i for i in kinds if i in fitting]
            fitting = both or kinds or fitting
        said = self.sayer(at, fitting or found)
        pick = [said] if said is not None else fitting or found
        if pick:
            arm = self.pairs[pick[0]][1].id or ""
            self.take(m, pick[0], f"anaphora: pronoun, the nearest before that agrees: {arm}")
            head = part.head
            if head is not None and m.actor:
                m.actor = self.k.actors.arm(m.actor, head.effect or "forces", self.identity.day)

    def sayer(self, at: int, among: list[int]) -> int | None:
        """Who is said to speak earlier in the sentence: «أعلنت X … أن مقاتليها»."""
        here = self.pairs[at][0].first
        for i in among:
            part = self.pairs[i][0]
            between = self.scan.tokens[part.first : here]
            if len(between) > 40 or any(t.text in (".", "\n") for t in between):
                return None
            before = {
                t.text.lstrip("و") for t in self.scan.tokens[max(0, part.first - 2) : part.first]
            }
            if before & _SAYS:
                return i
        return None

    def person(self, at: int, part: Part, m: ActorMention) -> None:
        """A rank alone («ضابط», «القيادي») next to an actor: whose is left to the frame."""
        if m.group is not None:
            return
        found = self.before(at)
        if part.rank == "party" and part.definite and found:
            m.antecedent = found[0]
        if part.word in _RANKS and not part.shape:
            top = self.identity.setting.countries[:1]
            if top and top[0][1] >= OWN_COUNTRY:
                choice = self.identity.of_country(top[0][0])
                m.group = choice.actor
                m.why = f"a soldier in the report's country {top[0][0]}: {choice.why}"

    def speaker(self) -> tuple[str | None, str]:
        """Whose «our forces» are: the publisher's side, or the party whose statement is told."""
        if self._speaker is None:
            self._speaker = self._find_speaker()
        return self._speaker

    def _find_speaker(self) -> tuple[str | None, str]:
        actors = self.k.actors
        sides = [a for a in self.identity.publisher_side if actors[a].kind in _ARMED]
        if sides:
            deepest = max(sides, key=lambda a: (len(actors.ancestors(a)), a))
            return deepest, f"the publisher's side ({self.identity.setting.publisher})"
        for part, m in self.pairs:
            if m.id and m.kind in ("actor", "person") and actors[m.id].kind in _ARMED:
                near = {t.text for t in self.scan.tokens[max(0, part.first - 4) : part.first]}
                near |= {t.text for t in self.scan.tokens[part.last : part.last + 2]}
                if near & _SAYS or "command" in m.flags or m.role == "spokesman":
                    return m.id, "the party whose statement is told"
        top = self.identity.setting.countries[:1]
        for part, m in self.pairs:
            if m.kind != "actor" or not m.actor or part.kind != "name" or "state" in m.flags:
                continue
            actor, hostile = actors[m.actor], m.loaded is not None and m.loaded[0] == "hostile"
            if actor.kind in _ARMED and not hostile and top and actor.country == top[0][0]:
                return m.actor, "the country's first named whom the report does not call names"
        return None, "our side: neither publisher nor speaker is known"
