"""Bytes to text to document."""

from __future__ import annotations

import pickle

import pytest

from postmend.scanner.document import NotUtf8, decode, is_binary, read_document


def test_text_keeps_its_mark_and_line_endings() -> None:
    assert decode(b"\xef\xbb\xbfa\r\nb\rc") == "\ufeffa\r\nb\rc"


def test_the_first_wrong_byte_is_named() -> None:
    with pytest.raises(NotUtf8) as caught:
        decode("caf\u00e9".encode("latin-1"))
    assert (caught.value.offset, caught.value.byte) == (3, 0xE9)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.offset, again.byte, str(again)) == (3, 0xE9, "not UTF-8: byte 0xE9 at 3")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        bytes(range(256)),
        b"text with one \x00 in the middle of it",
    ],
)
def test_binary(data: bytes) -> None:
    assert is_binary(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_is_not_binary(encoding: str) -> None:
    assert not is_binary("# A caf\u00e9\n\nSome text, 12 words.\n".encode(encoding))
    assert not is_binary("".encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_wide_text_without_a_mark_is_not_binary(encoding: str) -> None:
    assert not is_binary("# A title\n\nSome text.\n".encode(encoding))


def test_the_body_follows_the_front_matter() -> None:
    document = read_document("a.md", "\ufeff---\ntitle: x\n---\nbody")
    assert document.body_text == "body"
    assert document.front_matter is not None
    assert read_document("a.md", "\ufeffbody").body_text == "body"
    assert read_document("a.md", "").body_text == ""
