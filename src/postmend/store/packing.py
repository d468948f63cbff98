"""Findings, pairs and clusters as lists that JSON can hold, and back. Not pickled: a cache must not run code."""

from __future__ import annotations

from typing import Any

from postmend.model import Cluster, Edit, FieldChange, Finding, Fix, Fixability, Pair, Passage, Position, Span

# To be raised with any change of these values or of how they are packed.
VERSION = 1

Packed = list[Any]


def pack_finding(finding: Finding) -> Packed:
    """All of a finding, but for its path, and for its fingerprint, which is set when a report is put together."""
    return [
        finding.code,
        _position(finding.start),
        _position(finding.end),
        finding.message,
        finding.before,
        finding.after,
        finding.chain,
        _fix(finding.fix),
        finding.confidence,
        finding.other,
        finding.context,
        finding.detail,
    ]


def unpack_finding(path: str, packed: Packed) -> Finding:
    """The finding for the file at `path`. Raises ValueError, TypeError or KeyError for what was never packed."""
    code, start, end, message, before, after, chain, fix, confidence, other, context, detail = packed
    return Finding(
        code,
        path,
        Position(*start),
        Position(*end),
        message,
        before=before,
        after=after,
        chain=tuple(chain),
        fix=_unpacked_fix(fix),
        confidence=confidence,
        other=other,
        context=context,
        detail=detail,
    )


def _position(position: Position) -> Packed:
    return [position.line, position.column, position.offset]


def _fix(fix: Fix | None) -> Packed | None:
    if fix is None:
        return None
    return [[[edit.span.start, edit.span.end, edit.old, edit.new] for edit in fix.edits], fix.fixability.value]


def _unpacked_fix(packed: Packed | None) -> Fix | None:
    if packed is None:
        return None
    edits, fixability = packed
    return Fix(tuple(Edit(Span(start, end), old, new) for start, end, old, new in edits), Fixability(fixability))


_OF_PAIR = tuple(name for name in Pair.__slots__ if name not in ("passage", "fields"))


def pack_pair(pair: Pair) -> Packed:
    """All of a pair."""
    passage = pair.passage
    where = [passage.words, passage.left_lines, passage.right_lines, passage.excerpt] if passage else None
    fields = [[field.key, field.left, field.right] for field in pair.fields]
    return [[getattr(pair, name) for name in _OF_PAIR], where, fields]


def unpack_pair(packed: Packed) -> Pair:
    """The pair. Raises ValueError or TypeError for what was never packed."""
    values, where, changed = packed
    fields = tuple(FieldChange(*field) for field in changed)
    values = [tuple(value) if isinstance(value, list) else value for value in values]
    passage = Passage(where[0], tuple(where[1]), tuple(where[2]), where[3]) if where else None
    return Pair(**dict(zip(_OF_PAIR, values, strict=True)), passage=passage, fields=fields)


def pack_cluster(cluster: Cluster) -> Packed:
    """All of a cluster."""
    return [cluster.members, cluster.keep, cluster.code, cluster.reasons, cluster.objections]


def unpack_cluster(packed: Packed) -> Cluster:
    """The cluster. Raises ValueError or TypeError for what was never packed."""
    members, keep, code, reasons, objections = packed
    return Cluster(tuple(members), keep, code, tuple(reasons), tuple(objections))
