"""Places: what a text says about where, as points with a radius and how the text says it.

In: a Document (and hints of the caller). Out: PlaceMentions in text order. Touches no file but the
gazetteer's.
"""

from isnad.coding.places.chains import heads
from isnad.coding.places.find import country_votes, find_places
from isnad.coding.places.geometry import Combined, combine
from isnad.coding.places.precision import Precision, precision_of
from isnad.coding.places.types import PlaceHints, PlaceMention

__all__ = [
    "Combined", "PlaceHints", "PlaceMention", "Precision", "combine", "country_votes",
    "find_places", "heads", "precision_of",
]  # fmt: skip
