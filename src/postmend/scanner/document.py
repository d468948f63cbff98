"""Bytes to text, text to document."""

from __future__ import annotations

import re

from postmend.model import Document, Span
from postmend.scanner.frontmatter import find_front_matter

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
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_SAMPLE = 8192
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")

# Which bytes of four are NUL in ASCII text: UTF-16 LE and BE, UTF-32 LE and BE.
_WIDE_PATTERNS = (
    (False, True, False, True),
    (True, False, True, False),
    (False, True, True, True),
    (True, True, True, False),
)


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


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text: a known file type, or NULs that UTF-16 or UTF-32 don't explain."""
    if data.startswith(_MAGIC):
        return True
    if b"\x00" not in data or data.startswith(_WIDE_MARKS):
        return False
    return not (_is_wide_text(data[:_SAMPLE]) or has_stray_nuls(data))


def has_stray_nuls(data: bytes) -> bool:
    """Whether the bytes are UTF-8 text in which a NUL got lost here and there: at most one in a hundred bytes, and no
    other control characters, which binary files are full of."""
    if not 0 < data.count(0) <= len(data) // 100 or _CONTROLS.search(data):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def read_document(path: str, text: str) -> Document:
    """The document of a text: its front matter and its body, which ends with the text. Raises nothing."""
    front_matter = find_front_matter(text)
    if front_matter:
        start = front_matter.span.end
    else:
        start = 1 if text.startswith("\ufeff") else 0
    return Document(path, text, front_matter, Span(start, len(text)))


def _is_wide_text(sample: bytes) -> bool:
    """Whether the NULs are where UTF-16 or UTF-32 without a mark has them: text then has ASCII between them.

    A UTF-8 post with a stray NUL has them anywhere and few; it is not text that a generator reads.
    """
    length = len(sample) // 4 * 4
    if length < 4:
        return False
    nuls = [sample[k:length:4].count(0) / (length // 4) for k in range(4)]
    return any(
        all((share > 0.3) if wide else (share < 0.05) for share, wide in zip(nuls, pattern, strict=True))
        for pattern in _WIDE_PATTERNS
    )
