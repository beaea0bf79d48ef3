"""What the pages of a Parquet file unpack to, by the header of each: the footer at its end may say less.

A reader allocates what a page says of itself, so a file of some kilobytes could have gigabytes unpacked. The headers
are Thrift's compact protocol; of their fields two matter here, the others are passed over.
"""

from typing import Any, BinaryIO

LONGEST_HEADER = 65_536  # bytes; statistics of long texts stand in it
MOST_PAGES = 100_000
MOST_LEVELS = 8
UNPACKED, PACKED = 2, 3  # field ids of the two sizes in `PageHeader`
TRUE, FALSE, BYTE, DOUBLE, BINARY, LIST, SET, STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
INTEGERS = (4, 5, 6)


class PagesError(Exception):
    """The pages are not where the footer says, or too many."""


def unpacked_bytes(file: BinaryIO, metadata: Any, columns: set[str]) -> int:
    """Bytes that all pages of these columns unpack to. `metadata` : pyarrow's of this file. Raises PagesError."""
    total = pages = 0
    for group in range(metadata.num_row_groups):
        row_group = metadata.row_group(group)
        for index in range(row_group.num_columns):
            column = row_group.column(index)
            if column.path_in_schema not in columns:
                continue
            at = column.data_page_offset
            if column.has_dictionary_page and column.dictionary_page_offset:
                at = min(at, column.dictionary_page_offset)
            end = at + column.total_compressed_size
            while at < end:
                pages += 1
                if pages > MOST_PAGES:
                    raise PagesError
                unpacked, length = _page(file, at)
                total, at = total + unpacked, at + length
    return total


def _page(file: BinaryIO, at: int) -> tuple[int, int]:
    """Bytes that the page at an offset unpacks to, and its own length with its header."""
    if at < 0:
        raise PagesError
    file.seek(at)
    header = _Header(file.read(LONGEST_HEADER))
    try:
        found = header.integers()
        unpacked, packed = found[UNPACKED], found[PACKED]
    except (IndexError, KeyError, RecursionError) as error:
        raise PagesError from error
    if unpacked < 0 or packed < 0:
        raise PagesError
    return unpacked, header.at + packed


class _Header:
    """Thrift's compact protocol, as much of it as says where a structure ends."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def integers(self) -> dict[int, int]:
        """The integers of the outermost structure by field id; `at` is then past it."""
        found: dict[int, int] = {}
        self._struct(0, found)
        return found

    def _struct(self, level: int, found: dict[int, int] | None = None) -> None:
        field = 0
        while kind := self._byte():
            field = field + (kind >> 4) if kind >> 4 else self._zigzag()
            if kind & 15 in INTEGERS:
                value = self._zigzag()
                if found is not None:
                    found[field] = value
            else:
                self._value(kind & 15, level)

    def _value(self, kind: int, level: int) -> None:
        if level > MOST_LEVELS:
            raise IndexError
        if kind in (TRUE, FALSE):
            return
        if kind == BYTE:
            self._past(1)
        elif kind in INTEGERS:
            self._varint()
        elif kind == DOUBLE:
            self._past(8)
        elif kind == BINARY:
            self._past(self._varint())
        elif kind == STRUCT:
            self._struct(level + 1)
        elif kind in (LIST, SET):
            head = self._byte()
            for _ in range(self._varint() if head >> 4 == 15 else head >> 4):
                if head & 15 in (TRUE, FALSE):
                    self._past(1)
                else:
                    self._value(head & 15, level + 1)
        else:  # maps are in no page header
            raise IndexError

    def _byte(self) -> int:
        self.at += 1
        return self.content[self.at - 1]

    def _past(self, count: int) -> None:
        """Move past the bytes of a value that says nothing of sizes. Raises IndexError where the header ends before."""
        self.at += count
        if self.at > len(self.content):
            raise IndexError

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
            if shift > 63:
                raise IndexError

    def _zigzag(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)
