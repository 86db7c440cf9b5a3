"""XLSX: one incident a row; text is typed as text, so that no cell is ever a formula."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from typing import Any, BinaryIO

from isnad.errors import IsnadError
from isnad.model import Incident
from isnad.publish.cells import LONGEST, fit, xml_text
from isnad.publish.facets import tell_dropped
from isnad.publish.flat import COLUMNS, EDITION, HOLDS, flat
from isnad.publish.frame import Context

ROWS = 1_048_576
"""Rows that a sheet holds, its header among them."""
_MADE = dt.datetime(2000, 1, 1)
_ZIPPED = (1980, 1, 1, 0, 0, 0)


class Xlsx:
    """The form."""

    name, suffix = "xlsx", ".xlsx"
    says = "one incident a row (Excel workbook), all columns"
    edition, holds = EDITION, HOLDS
    libraries: tuple[str, ...] = ("openpyxl",)

    def write(self, incidents: Iterable[Incident], out: BinaryIO, about: Context) -> int:
        """Write the workbook.

        Raises:
            IsnadError: E605 if there are more rows than a sheet holds.
        """
        from openpyxl import Workbook
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        book = Workbook(write_only=True)
        sheet = book.create_sheet("incidents")
        sheet.freeze_panes = "B2"
        for number, column in enumerate(COLUMNS, 1):
            wide = 36 if column.name in ("summary", "place") else 14
            sheet.column_dimensions[get_column_letter(number)].width = wide
        head = [_text(sheet, c.name) for c in COLUMNS]
        for cell in head:
            cell.font = Font(bold=True)
        sheet.append(head)
        try:
            count = self._fill(sheet, incidents, about)
        except BaseException:
            sheet.close()
            sheet._writer.cleanup()  # the library keeps rows in a file until it is saved
            raise
        whole = io.BytesIO()
        book.properties.creator = "isnad"
        book.properties.created = _MADE
        book.save(whole)
        _same_bytes(whole, out)
        return count

    def _fill(self, sheet: Any, incidents: Iterable[Incident], about: Context) -> int:
        count = 0
        for incident in incidents:
            tell_dropped(incident, self, about.losses)
            count += 1
            if count >= ROWS:
                what = f"a sheet holds {ROWS - 1:,} incidents; narrow the filter, or --as csv"
                raise IsnadError("E605", what)
            values = flat(incident)
            if values["coordinates_doubt"]:
                about.losses.flagged(incident.id, "lat", values["coordinates_doubt"])
            sheet.append([self._cell(sheet, k, v, incident, about) for k, v in values.items()])
        return count

    def _cell(self, sheet: Any, name: str, value: Any, incident: Incident, about: Context) -> Any:
        if isinstance(value, list):
            value = "; ".join(value)
        if not isinstance(value, str):
            return value
        text = fit(xml_text(value))
        if text != value:
            about.losses.narrowed(incident.id, name, f"cut to {LONGEST} units, or not in XML")
        return _text(sheet, text) if text else None


def _text(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # a value that begins with = would be a formula otherwise
    return cell


def _same_bytes(made: io.BytesIO, out: BinaryIO) -> None:
    """Pack the workbook anew without the clock: same incidents, same bytes."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _without_clock(data)
            entry = zipfile.ZipInfo(name, _ZIPPED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, data)


def _without_clock(core: bytes) -> bytes:
    from lxml import etree

    tree = etree.fromstring(core)
    for element in tree.iter("{http://purl.org/dc/terms/}modified"):
        element.text = _MADE.isoformat() + "Z"
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"))


FORM = Xlsx()
