"""Bytes to text, text to document."""

from __future__ import annotations

import re

from postmend.model import Document, Span
from postmend.scanner.frontmatter import find_front_matter
from postmend.scanner.wide import wide_encoding

_MAGIC = (
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"%PDF-",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"7z\xbc\xaf\x27\x1c",
    b"\x28\xb5\x2f\xfd",
    b"Rar!\x1a\x07",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"wOFF",
    b"wOF2",
    b"OggS",
    b"ID3",
    b"SQLite format 3\x00",
)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")


HEAD = 4096  # bytes that a declaration stands in
SAYS_ASCII = re.compile(b"(?i)utf-?7|hz-gb")  # other encodings made of ASCII bytes
_NOT_UTF8 = re.compile("[\0\udc80-\udcff]")


class NotUtf8(ValueError):
    """Bytes that are not UTF-8: the offset of the first wrong one, and its value."""

    def __init__(self, offset: int, byte: int) -> None:
        super().__init__(f"not UTF-8: byte 0x{byte:02X} at {offset}")
        self.offset = offset
        self.byte = byte

    def __reduce__(self) -> tuple[type[NotUtf8], tuple[int, int]]:
        # The default would call NotUtf8(message) when a process pool hands the error over.
        return NotUtf8, (self.offset, self.byte)


def decode(data: bytes) -> str:
    """The text of UTF-8 bytes, BOM and line endings kept. Raises NotUtf8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotUtf8(error.start, data[error.start]) from None


def plain_utf8(data: bytes) -> str | None:
    """The text of a file that can be nothing but UTF-8, a stray NUL included; None where that takes a closer look."""
    if b"\x1b$" in data or _says_ascii(data[:HEAD].lower()):
        return None
    if b"\0" in data and not has_stray_nuls(data):
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _says_ascii(head: bytes) -> bool:
    """Whether SAYS_ASCII finds anything in lower-case bytes, which it takes thirty times as long to deny."""
    return b"utf7" in head or b"utf-7" in head or b"hz-gb" in head


def decode_escaped(data: bytes) -> str:
    """The text of any bytes: what is not UTF-8 stands there as one lone surrogate a byte (U+DC80 to U+DCFF, as Python's
    `surrogateescape` has it). `encode_escaped` gives the same bytes again."""
    return data.decode("utf-8", "surrogateescape")


def encode_escaped(text: str) -> bytes:
    """UTF-8, and the bytes that `decode_escaped` could not read. Raises UnicodeEncodeError for other surrogates."""
    return text.encode("utf-8", "surrogateescape")


def is_utf8(text: str) -> bool:
    """Whether escaped text stands for UTF-8, and not for UTF-16 or UTF-32, which have NULs."""
    return not _NOT_UTF8.search(text)


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text: a known file type, or NULs that UTF-16 or UTF-32 don't explain."""
    return data.startswith(_MAGIC) or (b"\x00" in data and wide_encoding(data) is None and not has_stray_nuls(data))


def has_stray_nuls(data: bytes) -> bool:
    """Whether the bytes are text in which a NUL got lost here and there: at most one in a hundred bytes, and no other
    control characters, which binary files are full of."""
    return 0 < data.count(0) <= len(data) // 100 and not _CONTROLS.search(data)


def read_document(path: str, text: str) -> Document:
    """The document of a text: its front matter and its body, which ends with the text. Raises nothing."""
    front_matter = find_front_matter(text)
    if front_matter:
        start = front_matter.span.end
    else:
        start = 1 if text.startswith("\ufeff") else 0
    return Document(path, text, front_matter, Span(start, len(text)))
