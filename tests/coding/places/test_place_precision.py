"""The codes of other datasets, as the codebooks' facts tell."""

import pytest

from isnad.coding.document import Document
from isnad.coding.places import find_places, precision_of
from isnad.coding.places.precision import Precision
from isnad.knowledge.gazetteer.store import open_gazetteer
from isnad.model import Report


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("مدينة حلب", Precision(1, 1, 4, None)),
        ("قرية معارة النعسان", Precision(1, 1, 4, "Locality")),
        ("سجن صيدنايا", Precision(1, 1, 5, "Locality")),
        ("قرب مدينة حلب", Precision(2, 2, 4, None)),
        ("ناحية تل تمر", Precision(2, 3, 3, None)),
        ("محافظة إدلب", Precision(3, 4, 2, None)),
        ("طريق تدمر دير الزور", Precision(3, 5, 3, None)),
        ("سوريا", Precision(None, 6, 1, None)),
        ("خليج عدن", Precision(3, 7, 1, None)),
        ("قرية الخيالية", Precision(None, None, None, None)),
    ],
)
def test_codes(text: str, want: Precision) -> None:
    mention = find_places(Document.of(Report(text=text)), gazetteer=open_gazetteer())[0]
    assert precision_of(mention) == want
