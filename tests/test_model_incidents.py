"""The nouns of incidents refuse what cannot be."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from isnad.model import Claim, Incident, Link, Reason, Telling

TELLING = Telling(id="r1#0", report="r1", claim=Claim(type="shelling"))


def test_an_incident_has_a_telling() -> None:
    assert Incident(id="i", type="shelling", status="happened", tellings=(TELLING,)).links == ()
    with pytest.raises(ValidationError):
        Incident(id="i", type="shelling", status="happened", tellings=())


def test_a_score_is_a_probability() -> None:
    link = Link(one="a", other="b", score=0.5, reasons=(Reason(signal="day", weight=1.0),))
    assert Link.model_validate_json(link.model_dump_json()) == link
    with pytest.raises(ValidationError):
        Link(one="a", other="b", score=1.5)


def test_position_counts_from_nought() -> None:
    with pytest.raises(ValidationError):
        Telling(id="x", report="r", claim=Claim(type="aid"), position=-1)
