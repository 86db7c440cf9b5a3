"""Reader of Parquet: one report a row. Only the columns that are wanted are read, a few rows at a
time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from isnad.errors import InputError
from isnad.gather.kinds import Source
from isnad.gather.tables.headings import mapping, row_made
from isnad.gather.tables.xlsx import as_text
from isnad.model import Report

MAX_BYTES = 64 << 30
_GROUP = 1 << 30  # bytes that the wanted columns of one group of rows may unpack to
_ROWS = 64


def rows(source: Source) -> Iterator[Report | InputError]:
    """Reports of one table."""
    with source.seekable(MAX_BYTES) as stream:
        yield from _rows(stream, source)


def _rows(stream: IO[bytes], source: Source) -> Iterator[Report | InputError]:
    import pyarrow as pa  # heavy: only where needed
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(stream)
        names = file.schema_arrow.names
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(error, source.where) from error
    found = mapping(source.settings.get("columns"), names, source.where)
    wanted = sorted(set(found.values()))
    columns = {field: wanted.index(i) for field, i in found.items()}
    try:
        _check(file, {names[i] for i in wanted}, source.where)
    except (pa.ArrowException, OSError, UnicodeError) as error:
        raise _damaged(error, source.where) from error
    number = 0
    try:
        for batch in file.iter_batches(_ROWS, columns=[names[i] for i in wanted]):
            for row in range(batch.num_rows):
                number += 1
                at = f"{source.where}#{number}"
                try:
                    cells = [_cell(batch.column(names[i])[row]) for i in wanted]
                except (UnicodeDecodeError, OverflowError, ValueError) as error:
                    yield InputError("E106", f"a cell of the row cannot be read: {error}", at)
                    continue
                yield from row_made(cells, columns, f"{source.ident}#{number}", at)
    except (pa.ArrowException, OSError, UnicodeError) as error:
        raise _damaged(error, f"{source.where}#{number + 1}") from error
    if not number:
        raise InputError("E110", "the table has no rows", source.where)


def _check(file: Any, names: set[str], where: str) -> None:
    """Refuse groups of rows that would not fit into memory.

    Raises:
        InputError: E105.
    """
    for group in range(file.metadata.num_row_groups):
        told = file.metadata.row_group(group)
        chunks = (told.column(i) for i in range(told.num_columns))
        size = sum(c.total_uncompressed_size for c in chunks if c.path_in_schema in names)
        if size > _GROUP:
            why = f"group {group} of its rows unpacks to {size >> 20:,} MiB; write smaller groups"
            raise InputError("E105", why, where)


def _cell(scalar: Any) -> str | None:
    value = scalar.as_py()
    return value.decode("utf-8") if isinstance(value, bytes) else as_text(value)


def _damaged(error: Exception, where: str) -> InputError:
    return InputError("E137", f"is no sound Parquet file: {' '.join(str(error).split())}", where)
