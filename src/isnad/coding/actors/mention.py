"""What the finder hands on: one phrase that names an actor, a group, a person or an outlet."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class ActorMention:
    """A phrase that names who acts or is acted upon. Offsets are those of the normal form.

    Attributes:
        start, end: the whole phrase, as ``as_written`` goes: without و ب ل before it, with لل.
        head_start, head_end: its first word.
        word_start: where the first word begins with its proclitics.
        prefix: those proclitics (``و``, ``ل``, ``وب``…); ``لل`` is kept in the phrase
            and told here as ``ل``.
        actor: the actor's or group's id, ``None`` if unlisted or not decided.
        kind: ``actor``, ``group`` (persons: civilians, children…), ``person``, ``unknown`` (by head
            noun and shape only), ``outlet`` or ``monitor``.
        category: the actor's kind in the table; for others the class of the head noun.
        number: 1, 2, ``"plural"`` or ``None``, of the person or group noun.
        gender: ``m``, ``f`` or "" of the noun.
        role: ``commander``, ``officer``, ``soldier``, ``member``, ``fighter``, … or ``None``.
        alt: the other reading: the government where ``actor`` is a state's forces, or the reverse.
        group: for persons: the actor they belong to.
        loaded: (stance, whose) of a name that judges.
        candidates: every id that the words alone allow.
        why: the rule and the reason for the id.
        flags: ``anaphor``, ``state`` (a bare state name), ``capital``, ``both`` (the two sides),
            ``adjective`` (an act with an adjective: «قصف تركي»), ``indefinite``, ``weak``.
        head: the head noun in normal form, "" for a bare name.
        antecedent: index of the mention an anaphor leans on.
    """

    start: int
    end: int
    head_start: int
    head_end: int
    word_start: int
    prefix: str = ""
    actor: str | None = None
    kind: str = "unknown"
    category: str = ""
    number: int | str | None = None
    gender: str = ""
    role: str | None = None
    alt: str | None = None
    group: str | None = None
    loaded: tuple[str, str] | None = None
    candidates: list[str] = field(default_factory=list)
    why: str = ""
    flags: frozenset[str] = frozenset()
    head: str = ""
    antecedent: int | None = None

    @property
    def id(self) -> str | None:
        """The best id for a role: the actor's, or the group's that a person belongs to."""
        return self.actor or self.group
