"""Hospitals where the hurt were brought, lay or died: no scene, unless the hospital was hit.

In: a document and a place in it. Out: how sure it is that people were only treated there.
"""

from __future__ import annotations

from isnad.coding.document import Document
from isnad.coding.places import PlaceMention
from isnad.knowledge.word_lists import word_list

_HOSPITALS = word_list("hospitals")
_BEDSIDE = word_list("bedside")
_INTO = word_list("into_a_hospital")


def where_treated(doc: Document, place: PlaceMention) -> str:
    """``surely`` where words of treatment stand around a hospital («توفي في أحد مشافي الطبقة
    متأثرا بجراحه»), ``perhaps`` where people only were in it or came to it («وصلوا إلى مستشفى …»),
    else empty."""
    normal = doc.normal.text
    words = normal[place.start : place.end].split()
    named = bool(words) and words[0].removeprefix("ب").removeprefix("ال") in _HOSPITALS
    if place.kind == "hospital":
        around = normal[max(0, place.word_start - 60) : place.end + 40]
        if any(word in around for word in _BEDSIDE):
            return "surely"
    lead = normal[max(0, place.word_start - 8) : place.word_start].split()
    brought = (bool(lead) and lead[-1] in _INTO) or place.start > place.word_start
    return "perhaps" if named and brought else ""
