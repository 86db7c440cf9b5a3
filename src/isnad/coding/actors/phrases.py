"""The grammar of noun phrases that name actors, over tokens and the hits of the scan.

A phrase is a name; a head noun with a name («عناصر داعش», «قوات "قسد"»), with a country adjective
(«القوات التركية», «قصف تركي»), linked to a name («خلايا تابعة لتنظيم داعش», «عناصر من …»), with
a name known only by its shape («كتيبة أحرار الجنوب»); or a head alone («التنظيم»). It says what the
words are; who they mean is decided in :mod:`isnad.coding.actors.resolve`.
"""

from __future__ import annotations

from functools import cached_property

from isnad.coding.actors import heads as H
from isnad.coding.actors.part import Part
from isnad.coding.actors.ranked import ranked
from isnad.coding.actors.scan import CLOSERS, OPENERS, QUOTES, Found, Scan
from isnad.coding.actors.shapes import ministry, outlet, place, shaped
from isnad.knowledge.compiled import Knowledge
from isnad.knowledge.word_lists import word_list
from isnad.language.arabic.nouns import noun as lookup_noun

DEEPEST = 6
_DEICTICS = word_list("deictics")
_FLYING = word_list("fighters_or_aircraft")
_SIDES = word_list("side_nouns")
_BEFORE_SIDES = word_list("before_side_nouns")
_BANNERS = word_list("banners")


class Grammar:
    """Parses phrases at tokens of one scan."""

    def __init__(self, scan: Scan, k: Knowledge) -> None:
        self.s = scan
        self.k = k
        self.tokens = scan.tokens
        self.size = len(scan.tokens)

    # Small steps ------------------------------------------------------------------------------

    def word(self, i: int) -> str:
        return self.tokens[i].text if i < self.size else ""

    def opened(self, i: int) -> int:
        """The token after quotes, ``#`` and ``_`` at ``i``."""
        while i < self.size and self.tokens[i].text in OPENERS:
            i += 1
        return i

    def closed(self, i: int, opened: bool) -> int:
        """The token after closing quotes and brackets at ``i``, if one was opened."""
        while (
            opened
            and i < self.size
            and (self.tokens[i].text in CLOSERS or self.tokens[i].text == ")")
        ):
            i += 1
        return i

    def name_at(self, i: int) -> Found | None:
        """The longest name at ``i`` that is not two: «X ومرتزقته» is X and another."""
        for found in self.s.names.get(i, ()):
            if found.last - found.first > 2 and any(
                f.prefix == "و" and f.entries[0].kind == "p"
                for f in self.s.heads.get(found.last - 1, ())
            ):
                continue
            if found.last - found.first == 1 and self.is_no_name(found):
                continue
            return found
        return None

    def is_no_name(self, found: Found) -> bool:
        """One word that is an adjective here («المجلس المدني», «الشمال السوري»), or mis-split."""
        if "ك" in found.prefix and not found.article:
            return True  # «كامل» is not «كـ» + أمل
        aliases = self.k.actors.aliases
        rows = [aliases[e.row] for e in found.entries if e.kind == "a"]
        pattern = self.k.lexicon.patterns[found.pattern]
        if (
            found.article
            and not pattern.startswith(("ال", "لل"))
            and any(e.kind in "sc" for e in found.entries)
        ):
            return True  # «السورية» is no «سورية»
        if pattern in H.STOP and all(a.weak for a in rows):
            return True  # «فتح» the verb
        if not rows or any(self.k.actors[a.actor].kind != "group" for a in rows):
            return False
        if (
            found.article
            and not pattern.startswith("ال")
            and rows[0].text.endswith(("ه", "ها", "هم"))
        ):
            return True  # «الأبنية» is not «ال» + ابنيه
        if pattern.endswith(("ين", "ون", "ان", "ات")):
            return False
        i = found.first
        if i in self.s.adjectives:
            return True
        if pattern.startswith("مجهول") and self.of_a_thing(i):
            return True
        before = self.word(i - 1)
        adjectival = any(
            self.k.heads[e.row].cls == "adj" for f in self.s.heads.get(i, ()) for e in f.entries
        )
        if adjectival and all(a.weak for a in rows):
            return True
        definite = before.startswith(("ال", "وال", "بال", "لل")) and len(before) > 4
        return found.article and definite and not found.prefix and pattern.endswith(("ي", "يه"))

    def of_a_thing(self, i: int) -> bool:
        """«حريق مجهول المصدر», «طيران مجهول»: a thing of unknown origin, and nobody."""
        if self.word(i + 1) in ("المصدر", "السبب", "الاسباب", "المنشا", "الجهه"):
            return True
        if self.word(i + 1) == "الهويه" and (i - 1 in self.s.names or i - 1 in self.s.heads):
            return True  # «جثة شاب مجهول الهوية»
        heads = (self.k.heads[e.row].cls for f in self.s.heads.get(i - 1, ()) for e in f.entries)
        return any(cls in (*H.ACTS, "air", "drone") for cls in heads)

    def adjective_at(self, i: int, definite: bool | None) -> Found | None:
        """A country adjective at ``i`` that agrees in definiteness (``None``: any)."""
        accusative = self.word(i).endswith("يا")  # «جنديا عراقيا», not «خطف مسلحون هنديا»
        if accusative and not self.word(i - 1).endswith("ا"):
            return None
        for found in self.s.adjectives.get(i, ()):
            if not found.prefix and (definite is None or found.article == definite):
                return found
        return None

    def general_at(self, i: int, definite: bool) -> Found | None:
        """Another adjective («المسلحة», «الحربي») at ``i``."""
        for found in self.s.heads.get(i, ()):
            if found.prefix or found.article != definite:
                continue
            for e in found.entries:
                if self.k.heads[e.row].cls == "adj" and e.kind == "h":
                    return found._replace(entries=(e,))
        return None

    # Phrases ------------------------------------------------------------------------------------

    def phrase(self, i: int, depth: int = 0) -> Part | None:
        """The phrase that begins at token ``i``, if there is one."""
        if depth > DEEPEST or i >= self.size:
            return None
        ranks = self.s.ranks.get(i, ())
        name = self.name_at(i)
        head = self.noun_head(i)
        best: Part | None = None
        turns = name is not None and self.is_head_word(name)
        if head is not None and (name is None or head.last >= name.last or turns):
            best = self.headed(head, depth)
            flown = best is not None and best.word in _FLYING
            if best and name and not flown and not self.says_more(best, name):
                best = None
        if best is None and ranks and (name is None or ranks[0].last >= name.last):
            best = ranked(self, ranks[0], depth)
        if best is None and name is not None:
            best = self.named(name, depth)
        return best

    def noun_head(self, i: int) -> Found | None:
        for found in self.s.heads.get(i, ()):
            for e in found.entries:
                if e.kind == "p" and found.article:
                    continue  # «المقاومة» is not «ال» + «مقاومه»: a pronoun takes no article
                if self.k.heads[e.row].cls not in ("adj", "link"):
                    return found._replace(entries=(e,)) if len(found.entries) > 1 else found
        return None

    def is_head_word(self, name: Found) -> bool:
        """Whether a longer name ends in a word that an adjective may turn: «جيش الاحتلال»."""
        last = self.s.heads.get(name.last - 1, ())
        turning = ("side", "forces", "air", "militia", "adj")
        return name.last - name.first <= 3 and any(
            self.k.heads[e.row].cls in turning for f in last for e in f.entries
        )

    def says_more(self, part: Part, name: Found) -> bool:
        """Whether the head's reading uses more words than the name, or better ones."""
        if part.found.last < name.last:  # only an adjective turns a longer name
            inner = part.inner
            longer = inner and inner.found.first < name.last < inner.found.last
            return bool(
                part.adjectives or longer
                or (inner and inner.adjectives and part.last > name.last)
            )  # fmt: skip
        if part.last > name.last:
            return bool(part.adjectives or part.inner or part.shape or part.kind != "head"
                        or part.pronoun or part.general)  # fmt: skip
        return part.kind in ("place", "outlet", "monitor") and part.last >= name.last

    def named(self, name: Found, depth: int) -> Part:
        rows = tuple(e.row for e in name.entries if e.kind == "a")
        states = tuple(e.row for e in name.entries if e.kind in "sc")
        part = Part(name, name.last, "name", rows=rows, states=states, definite=name.article)
        part.capital = any(e.kind == "c" for e in name.entries)
        noun = self.noun_head(name.first)
        if noun is not None:
            part.word = self.k.lexicon.patterns[noun.pattern].removeprefix("ال")
            part.lead = self.k.heads[noun.entries[0].row]
            if noun.last == name.last:
                part.head = self.k.heads[noun.entries[0].row]
                if noun.entries[0].kind == "p":
                    part.pronoun = noun.entries[0].extra
                    part.word = self.bare(part.word, part.pronoun)
        indefinite = self.indefinite(part, name)
        agrees = None if name.last - name.first == 1 and not name.article else not indefinite
        self.adjectives(part, name.last, agrees)
        self.apposition(part)
        if not states:
            self.linked(part, depth)
        return part

    def indefinite(self, part: Part, name: Found) -> bool:
        """Whether a name of several words is a noun for people without article or a name in it:
        «تعزيزات عسكرية», which «تركية» may follow."""
        words = [self.word(i) for i in range(name.first, name.last)]
        return self.is_group(part) and not any(w.startswith("ال") for w in (*words, *name.prefix))

    def headed(self, found: Found, depth: int) -> Part | None:
        entry = found.entries[0]
        head = self.k.heads[entry.row]
        word = self.k.lexicon.patterns[found.pattern].removeprefix("ال")
        part = Part(found, found.last, "head", head=head, word=word, definite=found.article)
        if entry.kind == "p":
            part.pronoun = entry.extra
            part.word = self.bare(part.word, entry.extra)
            part.definite = True
            self.adjectives(part, part.last, True)
            return part
        if head.cls == "place":
            return place(self, part)
        if word in _SIDES and not found.article and self.word(found.first - 1) in _BEFORE_SIDES:
            return None  # «من جانب الطائرات الإسرائيلية»: by them, and no party of its own
        if head.cls in ("outlet", "monitor"):
            return outlet(self, part)
        part.demonstrative = self.word(found.first - 1) in _DEICTICS
        turned = self.adjective_at(part.last, found.article) or self.general_at(
            part.last, found.article
        )
        if not found.article and head.cls in H.IDAFA and turned is None and not self.closes(found):
            self.construct(part, depth)
        if part.inner is None:
            self.adjectives(part, part.last, found.article)
            if not part.adjectives and head.cls in H.NAMED | {"forces"}:
                self.quoted_name(part, depth)
        if part.inner is None or part.link == "idafa":
            self.linked(part, depth)
        if part.word in _FLYING and self.flies(part):
            part.head = self.k.heads[self.aircraft]
        if part.inner is None and not part.adjectives and not part.shape:
            if head.cls in H.NAMED:
                shaped(self, part)
            elif head.cls == "ministry" and not found.article:
                ministry(self, part)
        return part

    def flies(self, part: Part) -> bool:
        """Whether «مقاتلات» are aircraft: no party without a state owns them («مقاتلات تركية»);
        «مقاتلة» alone is a woman."""
        inner = part.inner
        owners = {e.row for a in part.adjectives for e in a.entries}
        if inner is not None and inner.kind == "name":
            owners |= set(inner.rows)
        table = self.k.actors
        own = {table[table.aliases[r].actor] for r in owners}
        alone = part.word.endswith("ه") and not own
        return not alone and part.link != "of" and all(a.ucdp_kind != "nonstate" for a in own)

    @cached_property
    def aircraft(self) -> int:
        """The row of aircraft among the head nouns."""
        return next(i for i, h in enumerate(self.k.heads) if h.cls == "air" and h.effect == "air")

    def closes(self, found: Found) -> bool:
        """Whether a head of two words ends in its adjective («طائرة مسيرة»): after it stands no
        name in construct, but the next part of the clause («استهدفت طائرة مسيرة قوات X»)."""
        last = self.s.heads.get(found.last - 1, ()) if found.last - found.first > 1 else ()
        own = (self.k.heads[e.row].cls for f in last for e in f.entries)
        return "adj" in own or self.word(found.last - 1) in ("مسيره", "طيار")

    @staticmethod
    def bare(word: str, pronoun: str) -> str:
        """The noun without its pronoun: مرتزقته → مرتزقه, قواتنا → قوات."""
        stem = word.removesuffix(pronoun)
        return stem[:-1] + "ه" if stem.endswith("ت") and not stem.endswith("ات") else stem

    def construct(self, part: Part, depth: int) -> None:
        """A name in construct, or in quotes, after the head: «عناصر داعش», «قوات "قسد"»."""
        assert part.head is not None
        i = self.opened(part.last)
        if self.word(i) in _DEICTICS and self.word(i + 1).startswith("ال"):
            i += 1  # «عناصر هذه القوات»
        names, nouns = self.s.names.get(i, ()), self.s.heads.get(i, ())
        ranks = self.s.ranks.get(i, ())
        if not (names and not names[0].prefix) and not (nouns and not nouns[0].prefix):
            return
        inner = self.phrase(i, depth + 1)
        if inner is None or inner.found.prefix or inner.kind in ("place", "outlet", "monitor"):
            return
        if inner.kind == "person" or (ranks and not names and not nouns):
            return
        full = part.head.cls == "persons" and part.word.endswith(("ين", "ون", "ان"))
        nation = lookup_noun(self.word(i))
        people = self.is_group(inner) and (nation is None or nation.category != "national")
        if full and (inner.kind == "head" or people):
            return  # the ن of «ثلاثة انتحاريين ثكنة», «مسلحون مهندسا» stands in no construct
        if inner.kind == "head":
            assert inner.head is not None
            if inner.head.cls in H.ACTS or inner.head.cls in ("adj", "link", "both", "last"):
                return
            if inner.head.cls == "ministry" and not (inner.adjectives or inner.inner):
                return
            if not (inner.rows or inner.inner or inner.adjectives or inner.shape or inner.definite):
                return
        if part.head.cls in H.ACTS and inner.kind == "name" and self.is_group(inner):
            return  # «استهداف المدنيين»: the target, not the author
        part.inner, part.link = inner, "idafa"
        part.last = self.closed(inner.last, i > part.last)

    def is_group(self, part: Part) -> bool:
        """Whether the name is a noun for persons (civilians, children…)."""
        aliases = self.k.actors.aliases
        return any(self.k.actors[aliases[r].actor].kind == "group" for r in part.rows)

    def adjectives(self, part: Part, i: int, definite: bool | None) -> None:
        """Adjectives after the phrase: countries are kept, others passed over."""
        while i < self.size:
            j = self.opened(i) if self.word(i) == "#" else i
            if part.adjectives and self.word(i) in ("-", "–", "/"):
                j = i + 1
            country = self.adjective_at(j, definite)
            ends = self.word(j)[-2:], self.word(j - 1)[-2:]
            if country and (ends == ("ين", "ون") or (ends[0][1] == "ا" != ends[1][-1:])):
                break  # «هاجم مستوطنون فلسطينيين», «خطف مسلحون هنديا»: the object
            general = self.general_at(j, bool(definite)) if country is None else None
            if country is not None:
                part.adjectives.append(country)
                i = country.last
            elif general is not None:
                part.enemy |= self.k.heads[general.entries[0].row].effect == "enemy"
                part.general = True
                i = general.last
            else:
                break
            part.last = i

    def apposition(self, part: Part) -> None:
        """A second name of the same in brackets or quotes: «قوات سوريا الديمقراطية (قسد)»."""
        i = self.opened(part.last)
        if i == part.last:
            return
        for found in self.s.names.get(i, ()):
            rows = tuple(e.row for e in found.entries if e.kind == "a")
            aliases = self.k.actors.aliases
            ours = {aliases[r].actor for r in part.rows}
            if ours & {aliases[r].actor for r in rows}:
                part.last = self.closed(found.last, True)
                return

    def quoted_name(self, part: Part, depth: int) -> None:
        """A known name in quotes after a definite head or an adjective: «الفصيل "X"»."""
        if part.last < self.size and self.tokens[part.last].text in QUOTES:
            i = self.opened(part.last)
            names = self.s.names.get(i, ())
            if names and not names[0].prefix:
                part.inner, part.link = self.named(names[0], depth + 1), "idafa"
                part.last = self.closed(part.inner.last, True)

    def linked(self, part: Part, depth: int) -> None:
        """«من X», «لـ X», «التابعة لـ X», «الموالية لـ X» after a phrase."""
        i = part.last
        for found in self.s.heads.get(i, ()):
            for e in found.entries:
                if self.k.heads[e.row].cls == "link" and e.kind == "h":
                    self.attach(
                        part, found.last, self.k.heads[e.row].effect, depth, any_prefix=True
                    )
                    return
        cls = part.head.cls if part.head else ""
        if part.inner is not None or cls not in H.MEMBERS or part.adjectives:
            return
        word = self.word(i)
        if word == "من" and cls in (
            "persons",
            "cells",
            "patrol",
            "forces",
            "militia",
            "unit",
            "gear",
        ):
            self.attach(part, i + 1, "of", depth, any_prefix=False)
        elif word == "في" and cls in ("persons", "cells", "forces", "unit", "command", "police"):
            self.within(part, i + 1, depth)
        elif cls != "party" and (word == "ل" or word.startswith("ل")) and not part.definite:
            self.attach(part, i, "of", depth, any_prefix=True, wanted="ل")

    def within(self, part: Part, i: int, depth: int) -> None:
        """«وحدات الهندسة في الجيش التركي», «عناصر في X»: a body, not where they are."""
        inner = self.phrase(i, depth + 1)
        if part.definite or inner is None or inner.states or inner.found.prefix:
            return
        named = inner.kind == "name" and not self.is_group(inner)
        body = inner.kind == "head" and inner.head is not None and (
            inner.head.cls in ("forces", "ministry", "police", "side")
            and bool(inner.inner or inner.adjectives or inner.definite)
        )  # fmt: skip
        if named or body:
            self.attach(part, i, "of", depth, any_prefix=False)

    def titled(self, i: int, depth: int) -> Part | None:
        """The name after a rank and its adjectives: «للمشير خليفة حفتر», «للرئيس السابق X»."""
        ranks = self.s.ranks.get(i, ())
        j = ranks[0].last if ranks else i
        while j < self.size and j - i < 5 and self.word(j).startswith("ال"):
            if j in self.s.names:
                break
            j += 1
        name = self.name_at(j) if j > i else None
        return None if name is None or name.prefix else self.named(name, depth + 1)

    def attach(
        self, part: Part, i: int, how: str, depth: int, *, any_prefix: bool, wanted: str = ""
    ) -> None:
        """Hang the phrase at ``i`` (past a preposition) on ``part``."""
        j = self.opened(i)
        if self.word(j) in H.LINK_WORDS and j + 1 < self.size:
            j = self.opened(j + 1)
        if self.word(j - 1) == "تحت" and self.word(j) in _BANNERS:
            j = self.opened(j + 1)  # «المنضوي تحت لواء الحشد»: the banner is no brigade
        if self.word(j) in ("لها", "له", "لهم", "اليها", "اليه") and how in ("client", "member"):
            part.link, part.pronoun, part.last = how, self.word(j)[1:].removeprefix("لي"), j + 1
            return
        inner = self.phrase(j, depth + 1)
        if inner is not None and inner.kind == "person" and how in ("client", "member"):
            inner = self.titled(j, depth) or inner.inner or inner
        if inner is None or inner.kind in ("place", "outlet", "monitor", "person"):
            return
        if inner.found.prefix and not any_prefix:
            return
        if wanted and inner.found.prefix[-1:] not in ("", wanted):
            return
        if wanted and not inner.found.prefix and j == i:
            return
        if inner.kind == "head" and inner.head is not None and inner.head.cls in H.ACTS:
            return
        if inner.kind == "name" and self.is_group(inner):
            return
        if inner.kind == "head" and not (
            inner.rows or inner.inner or inner.adjectives or inner.shape or inner.definite
        ):
            return
        if part.inner is not None:
            # «اللواء الثامن التابع للفيلق»: the first name stands, the second is what it belongs to
            part.inner = part.inner if part.link == "idafa" else inner
        else:
            part.inner, part.link = inner, how
        part.last = self.closed(inner.last, j > i)
