"""PDFs written by hand, byte by byte: each code of a font stands for the letters that a map names."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

A5 = (420, 595)


def pdf(pages: Iterable[Iterable[list[str]]], *, mapped: bool = True, packed: bytes | None = None,
        title: str = "", extra: str = "",
    form: int = 0) -> bytes:  # fmt: skip
    """A PDF; a page is lines, a line its glyphs from left to right, a glyph one or more letters.

    Args:
        pages: the pages.
        mapped: whether the font says which letters its glyphs are.
        packed: the drawing of every page, packed, in place of the lines.
        title: of the document.
        extra: more of the trailer.
        form: for one page, whose lines a form draws; from 2 on the form draws itself as well, so
            often, so that it never ends.
    """
    pages = [list(page) for page in pages]
    glyphs = sorted({glyph for page in pages for line in page for glyph in line})
    code = {glyph: number + 33 for number, glyph in enumerate(glyphs)}
    rows = "".join(f"<{n:02x}> <{g.encode('utf-16-be').hex()}>\n" for g, n in code.items())
    cmap = f"/CIDInit /ProcSet findresource begin begincmap\n{len(code)} beginbfchar\n{rows}endbfchar endcmap end"
    widths = " ".join("500" for _ in range(33, 256))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * i} 0 R' for i in range(len(pages)))}] >>".encode(),
        f"<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 33 /LastChar 255 /Widths [{widths}] {'/ToUnicode 4 0 R' if mapped else ''} >>".encode(),
        stream(cmap.encode()),
    ]
    for page in pages:
        drawing = b"BT /F1 12 Tf 14 TL 40 560 Td\n"
        for line in page:
            drawing += b"<" + "".join(f"{code[g]:02x}" for g in line).encode() + b"> Tj T*\n"
        number = len(objects)
        if form:
            inner = drawing + b"ET" + b" /X Do" * (form if form > 1 else 0)
            own = f"/XObject << /X {number + 3} 0 R >>"
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /Resources << {own} >> /Contents {number + 2} 0 R >>".encode()
            )
            objects.append(stream(b"/X Do"))
            head = f"<< /Type /XObject /Subtype /Form /Matrix [1 0 0 1 0 0] /Resources << /Font << /F1 3 0 R >> {own} >>"
            objects.append(
                f"{head} /Length {len(inner)} >>\nstream\n".encode() + inner + b"\nendstream"
            )
            continue
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A5[0]} {A5[1]}] /Resources << /Font << /F1 3 0 R >> >> /Contents {number + 2} 0 R >>".encode()
        )
        objects.append(
            stream(drawing + b"ET")
            if packed is None
            else b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream"
            % (len(packed), packed)
        )
    objects.append(f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>".encode())
    out, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R {extra} >>\nstartxref\n{table}\n%%EOF".encode()
    return bytes(out)


def stream(data: bytes) -> bytes:
    """A stream object."""
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def glyphs(line: str, *ligatures: str) -> list[str]:
    """A line set from right to left: its glyphs from left to right; digits keep their order."""
    found: list[str] = []
    at = 0
    while at < len(line):
        one = next((x for x in ligatures if line.startswith(x, at)), line[at])
        while one.isdigit() and at + len(one) < len(line) and line[at + len(one)].isdigit():
            one += line[at + len(one)]
        found.append(one)
        at += len(one)
    out: list[str] = []
    for one in reversed(found):
        out += list(one) if one.isdigit() else [one]
    return out


def bomb() -> bytes:
    """A drawing of a few hundred kilobytes that unpacks to hundreds of megabytes."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * (1 << 20)) for _ in range(200)) + packer.flush()
