"""Bodies of requests: what is not in them is refused."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from isnad.model import DecisionKind


def _kept(text: str) -> str:
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise ValueError("holds characters that no archive can keep")
    return text


Text = Annotated[str, Field(max_length=2000), AfterValidator(_kept)]
Words = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_kept)]
Id = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_kept)]
Address = Annotated[str, Field(max_length=4000), AfterValidator(_kept)]
Password = Annotated[str, Field(max_length=1000)]
Units = Annotated[list[int], Field(min_length=2, max_length=2)]


class Body(BaseModel):
    """What all of them share."""

    model_config = ConfigDict(extra="forbid")


class NewDecision(Body):
    """A decision; ``seen`` holds each claim's version."""

    kind: DecisionKind
    claims: list[Id] = Field(default_factory=list, max_length=2)
    slot: Id | None = None
    value: Any = None
    why: Text = ""
    undoes: Id | None = None
    seen: dict[Id, Id] = Field(default_factory=dict, max_length=4)


class Preview(Body):
    """Many claims at once: those of a filter."""

    query: Address
    kind: Literal["accept", "reject", "unsure"]


class Bulk(Body):
    """What a preview promised."""

    token: Id
    why: Text = ""


class BulkUndo(Body):
    """Decisions to take back together."""

    decisions: list[Id] = Field(min_length=1, max_length=2000)
    why: Text = ""


class WordsOf(Body):
    """Words of a report that are to become a value."""

    report: Id
    slot: Id
    utf16: Units


class Coding(Body):
    """What a second coder says of a claim."""

    claim: Id
    verdict: Literal["accept", "reject", "unsure"]
    values: dict[Id, Any] = Field(default_factory=dict, max_length=20)
    why: Text = ""
    seen: Id


class Settle(Body):
    """What an adjudicator takes of each: ``first``, ``second``, or a value of their own."""

    choose: dict[Id, Any] = Field(max_length=20)
    why: Text = ""


class Assign(Body):
    """Claims for somebody to look at."""

    to: Words
    stage: Literal["first", "second"] = "first"
    claims: list[Id] = Field(default_factory=list, max_length=2000)
    query: Address | None = None
    count: int = Field(default=50, ge=1, le=2000)
    note: Text = ""
    due: dt.date | None = None


class Take(Body):
    """How many claims a second coder wants to have before them, and of which filter."""

    query: Address = ""
    count: int = Field(default=10, ge=1, le=200)


class NewComment(Body):
    """A comment on ``incident:ID``, ``report:ID`` or ``claim:ID``."""

    about: Id
    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    reply_to: Id | None = None


class EditComment(Body):
    """Another text of one's own comment; ``version`` is the one seen."""

    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    version: int = Field(ge=1, le=1 << 30)


class NewSearch(Body):
    """A search to keep."""

    name: Words
    query: Address
    alert: bool = True


class EditSearch(Body):
    """What changes of a kept search."""

    name: Words | None = None
    query: Address | None = None
    alert: bool | None = None


class NewSnapshot(Body):
    """What is to be frozen."""

    title: Words
    query: Address = ""
    note: Text = ""


class Invite(Body):
    """An invitation by a link."""

    role: Id
    note: Text = ""


class Accept(Body):
    """What somebody invited calls themselves."""

    name: Words
    password: Password


class NewPassword(Body):
    """A password by a reset's link."""

    password: Password


class ChangePassword(Body):
    """One's own password."""

    old: Password
    new: Password


class EditAccount(Body):
    """What an admin changes of an account."""

    role: Id | None = None
    disabled: bool | None = None


class NewToken(Body):
    """A token for a program."""

    label: Words
