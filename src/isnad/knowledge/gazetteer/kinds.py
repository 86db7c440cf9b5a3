"""Kinds of places: how far off a point may be, how large a thing it is, which kinds are alike.

Radii in kilometres follow the contract (``docs/contract.md``, rule "Radius"): village 2, town 4,
city 8, district 25, governorate 75, desert or region 120, building or site 2, country 300.
Levels: 0 building or site, 1 neighbourhood or camp, 2 settlement, 3 district, 4 governorate or
region, 5 country.
"""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """What a kind implies. ``group`` names the kinds that may be one place."""

    radius_km: float
    level: int
    group: str


KINDS: dict[str, Kind] = {
    "country": Kind(300, 5, "country"),
    "region": Kind(120, 4, "region"),
    "governorate": Kind(75, 4, "admin1"),
    "canton": Kind(50, 4, "region"),
    "district": Kind(25, 3, "admin2"),
    "subdistrict": Kind(25, 3, "admin2"),
    "city": Kind(8, 2, "settlement"),
    "town": Kind(4, 2, "settlement"),
    "village": Kind(2, 2, "settlement"),
    "suburb": Kind(4, 2, "settlement"),
    "neighbourhood": Kind(2, 1, "quarter"),
    "camp": Kind(2, 1, "camp"),
    "area": Kind(8, 2, "region"),
    "frontline": Kind(4, 2, "frontline"),
    "road": Kind(25, 3, "road"),
    "river": Kind(120, 4, "water"),
    "lake": Kind(5, 2, "water"),
    "sea": Kind(120, 4, "sea"),
    "island": Kind(8, 2, "island"),
    "desert": Kind(120, 4, "region"),
    "mountain": Kind(25, 3, "land"),
    "valley": Kind(8, 2, "land"),
    "plain": Kind(25, 3, "land"),
    "oilfield": Kind(4, 1, "site"),
    "gasfield": Kind(4, 1, "site"),
}
SITES = frozenset(
    {
        "crossing", "airport", "airbase", "base", "dam", "prison", "hospital", "university",
        "market", "square", "mosque", "bridge", "port", "industrial", "factory", "silo", "school",
        "church", "street", "checkpoint", "building", "station", "junction", "site",
    }
)  # fmt: skip
_SITE = Kind(2, 0, "site")


def kind_of(name: str) -> Kind:
    """What ``name`` implies; unknown kinds are sites."""
    return KINDS.get(name, _SITE)


def known(name: str) -> bool:
    """Whether ``name`` is a kind of the contract of the place files."""
    return name in KINDS or name in SITES
