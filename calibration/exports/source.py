"""The file as it is: bytes to a table of text, with clear words for what is not a table."""

from __future__ import annotations

import bz2
import csv
import gzip
import hashlib
import io
import lzma
import re
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from pandas.api.types import union_categoricals

from calibration.exports.xes import events_of
from scenarios.errors import BadInput, nearest, shown

DELIMITERS = (",", ";", "\t", "|")
NOT_TEXT = {
    b"PK\x03\x04": "an Excel workbook or a zip file; save it as CSV",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook; save it as CSV",
    b"%PDF": "a PDF document; export the tickets as CSV",
    b"PAR1": "a Parquet file; save it as CSV",
    b"SQLite": "a database; export the tickets as CSV",
}
PACKED = {
    b"\x1f\x8b": ("gzip", gzip.decompress),
    b"BZh": ("bzip2", bz2.decompress),
    b"\xfd7zXZ": ("xz", lzma.decompress),
}
XML = (b"<?xml", b"<log")
SEPARATOR = re.compile(r'"?sep=(.)"?')
HEAD, MOST_LINES = 65_536, 40
"""Letters and lines at the start in which the header is looked for."""

FEWEST_COLUMNS = 3
"""Fewest columns of a header that does not stand first."""

CHUNK = 100_000
"""Rows that are held as text at a time."""


@dataclass(frozen=True, slots=True)
class Source:
    """An export as text cells, all columns, as categories.

    The index is the row number of a spreadsheet (header = 1), or of the event in an XES file.
    ``ragged`` lists rows that have more cells than the header; they are not in ``cells``. ``before`` is how
    many lines stand before the header.
    """

    name: str
    sha256: str
    encoding: str
    cells: pd.DataFrame
    ragged: tuple[int, ...]
    before: int = 0


def read_source(path: Path, delimiter: str = "auto") -> Source:
    """Read a CSV or XES file, compressed (gzip, bzip2, xz) or not.

    Raises
    ------
    BadInput
        If it can't be opened, is empty, is something else than a CSV, or has no rows.
    """
    raw = read_bytes(path)
    name = path.name
    data = unpacked(raw, name)
    if not data.strip():
        raise BadInput(
            f"{name}: is empty; a ticket export has a header line and one line per ticket or update"
        )
    digest = hashlib.sha256(raw).hexdigest()
    del raw
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:5].startswith(XML):
        return Source(name, digest, "UTF-8", events_of(data, name), ())
    text, encoding = decode(data, name)
    del data
    before = lines_before(text, delimiter)
    cells, ragged = table(text, delimiter, name, before)
    return Source(name, digest, encoding, cells, ragged, before)


def read_bytes(path: Path) -> bytes:
    """Bytes of a file, or the reason why there are none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        siblings = [item.name for item in path.parent.iterdir()] if path.parent.is_dir() else []
        raise BadInput(f"{path}: no such file{nearest(path.name, siblings)}") from None
    except IsADirectoryError:
        raise BadInput(f"{path}: is a folder; name the export in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"{shown(path, 200)}: cannot be opened: {reason}") from None


def unpacked(raw: bytes, name: str) -> bytes:
    """What a compressed file holds; other files as they are."""
    for start, (kind, opened) in PACKED.items():
        if raw.startswith(start):
            try:
                return opened(raw)
            except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
                raise BadInput(f"{name}: is a damaged or cut {kind} file; export or copy it again") from None
    return raw


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and its encoding: UTF-8, UTF-16 with its mark, else Windows-1252."""
    for start, what in NOT_TEXT.items():
        if data.lstrip()[: len(start)] == start:
            raise BadInput(f"{name}: is {what}")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError:
            raise BadInput(f"{name}: is not text; save it as CSV (UTF-8)") from None
    if b"\0" in data:
        raise BadInput(f"{name}: is not text; save it as CSV (UTF-8)")
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def table(text: str, delimiter: str, name: str, before: int = 0) -> tuple[pd.DataFrame, tuple[int, ...]]:
    """Cells by column, indexed by row number, and the numbers of rows that have too many cells.

    So many lines stand ``before`` the header.
    """
    text = text.split("\n", before)[-1] if before else text
    header_line = text.lstrip("\r\n").split("\n", 1)[0]
    mark = sniffed(header_line) if delimiter == "auto" else delimiter
    if mark is None or mark not in header_line:
        raise BadInput(
            f"{name}: is not a CSV: the first line holds one column only ('{shown(header_line, 60)}'); "
            "expected names separated by comma, semicolon, tab or |"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            with pd.read_csv(
                io.StringIO(text),
                sep=mark,
                dtype=str,
                keep_default_na=False,
                index_col=False,
                skip_blank_lines=False,
                chunksize=CHUNK,
            ) as parts:
                cells = together([categories(part) for part in parts])
        cells.index = pd.RangeIndex(2 + before, len(cells) + 2 + before)
        ragged: tuple[int, ...] = ()
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError, ValueError):
        cells, ragged = careful(text, mark, name, before)
    if cells.empty:
        raise BadInput(f"{name}: has a header but no rows" + (" that fit it" if ragged else ""))
    cells.columns = pd.Index(unique([str(column).strip() for column in cells.columns]))
    return cells, ragged


def categories(cells: pd.DataFrame) -> pd.DataFrame:
    """Cells as categories of text, without gaps: values repeat, and a million rows must fit into memory."""
    found = {}
    for column in cells.columns:
        codes, levels = pd.factorize(cells[column].fillna(""))
        found[column] = pd.Categorical.from_codes(codes, pd.Index(levels, dtype=object))
    return pd.DataFrame(found, index=cells.index)


def together(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Parts of a table as one; ValueError if there are none."""
    if not parts:
        raise ValueError("no rows")
    return pd.DataFrame(
        {column: union_categoricals([part[column] for part in parts]) for column in parts[0].columns}
    )


def sniffed(header_line: str) -> str | None:
    """The delimiter that splits the header into most columns."""
    widths = {mark: len(next(csv.reader([header_line], delimiter=mark), [])) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: widths[mark])
    return best if widths[best] > 1 else None


def lines_before(text: str, delimiter: str) -> int:
    """Lines before the header: a title or the day of the report, or ``sep=;`` as spreadsheets write it.

    They have at most half as many cells as the lines below, the header has as many.
    """
    lines = text[:HEAD].splitlines()[:MOST_LINES]
    if lines and SEPARATOR.fullmatch(lines[0].strip()):
        return 1
    widths = [width(line, delimiter) for line in lines]
    usual = sorted(widths)[len(widths) // 2] if widths else 0
    if usual < FEWEST_COLUMNS or widths[0] > usual / 2:
        return 0
    number = next(number for number, cells in enumerate(widths) if cells > usual / 2)
    return number if widths[number] >= usual else 0


def width(line: str, delimiter: str) -> int:
    """Cells of a line, without empty ones at its end."""
    mark = sniffed(line) if delimiter == "auto" else delimiter
    return 1 if mark is None else len(trimmed(next(csv.reader([line], delimiter=mark), []), 1))


def careful(text: str, mark: str, name: str, before: int = 0) -> tuple[pd.DataFrame, tuple[int, ...]]:
    """Row by row, for files on which the fast reader gives up; so many lines stood before the header."""
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error as error:
        raise BadInput(f"{name}: is not a CSV: {error}") from None
    header = unique(next(iter(lines), []))
    numbered = [(number, trimmed(line, len(header))) for number, line in enumerate(lines[1:], 2 + before)]
    fitting = [(number, line) for number, line in numbered if 0 < len(line) <= len(header)]
    ragged = tuple(number for number, line in numbered if len(line) > len(header))
    rows = [line + [""] * (len(header) - len(line)) for _, line in fitting]
    cells = pd.DataFrame(rows, columns=header, index=[number for number, _ in fitting], dtype=object)
    return categories(cells), ragged


def trimmed(line: list[str], width: int) -> list[str]:
    """A row without empty cells beyond the header: some exports end every row with a delimiter."""
    while len(line) > width and not line[-1].strip():
        line = line[:-1]
    return line


def unique(header: list[str]) -> list[str]:
    """Column names with repeats numbered: ``a, a`` gives ``a, a.1``."""
    seen: dict[str, int] = {}
    names = []
    for column in header:
        count = seen.get(column, 0)
        seen[column] = count + 1
        names.append(f"{column}.{count}" if count else column)
    return names
