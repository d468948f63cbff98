"""YAML front matter as fields with exact spans.

The parser's events are read one by one instead of composing a tree: an alias is then never expanded, nothing
recurses, and the offsets of every scalar are at hand. Imported only when there is YAML to read, as PyYAML
costs more to load than the rest of the scanner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from postmend.model import Field, Span, SyntaxProblem
from postmend.scanner.fields import MAX_DEPTH, TWICE, BadFrontMatter, NotAMapping, Scalar, dotted, too_deep
from postmend.scanner.lines import with_line_feeds
from postmend.values import dataclass, field

_Loader: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What PyYAML refuses as "special characters", and what YAML 1.1 takes for a line break although no editor
# does. Mojibake is full of both: `Å` read as Latin-1 is `Ã` + U+0085, `Á` is `Ã` + U+0081.
_UNWELCOME = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# In their places stand private characters, of a plane that the text doesn't use itself.
_PLANE_16 = re.compile("[\U00100000-\U0010ffff]")
_PLANE_15 = re.compile("[\U000f0000-\U000fffff]")

# No number or date is longer; `1:59:59:59...` is a number to YAML 1.1, at quadratic cost.
_LONGEST_NUMBER = 100


@dataclass(slots=True)
class _Level:
    """A list or map being read. `key` leads to the next value; None in a map when a key comes next."""

    is_map: bool
    ignored: bool  # below a key that came before
    key: str | int | None
    known: set[str] = field(default_factory=set)

    def end_value(self) -> None:
        """Goes on to the next key or item."""
        if isinstance(self.key, str):
            self.known.add(self.key)
        self.key = self.key + 1 if isinstance(self.key, int) else None


def read_yaml(text: str, content: Span) -> tuple[tuple[Field, ...], SyntaxProblem | None]:
    """The scalars in the YAML at `content`, in order, and the first thing in it that other readers refuse.

    Raises NotAMapping when it holds a list or plain text, BadFrontMatter when it can't be parsed.
    """
    reader = _Reader(content.of(text), content.start)
    try:
        return tuple(reader.fields()), reader.refused
    except yaml.MarkedYAMLError as error:
        raise _explained(error, content.of(text), content.start) from None
    except yaml.YAMLError as error:
        raise BadFrontMatter(f"not valid YAML: {error}", content.start) from None
    finally:
        reader.loader.dispose()


class _Reader:
    """One pass over the events of one YAML document."""

    def __init__(self, source: str, base: int) -> None:
        self.stand_ins = _PLANE_15 if _PLANE_16.search(source) else _PLANE_16
        self.plane = 0xF0000 if self.stand_ins is _PLANE_15 else 0x100000
        accepted = _UNWELCOME.sub(lambda match: chr(self.plane + ord(match[0])), source)
        self.is_changed = accepted != source
        self.loader = _Loader(accepted)
        self.base = base
        self.levels: list[_Level] = []
        self.anchors: dict[str, Scalar] = {}
        self.collections: set[str] = set()
        self.refused: SyntaxProblem | None = None

    def fields(self) -> Iterator[Field]:
        """The fields in the order in which they are written."""
        while (event := self.loader.get_event()) is not None:
            if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
                yield from self._leaf(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._enter(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._leave()

    def _leaf(self, event: yaml.ScalarEvent | yaml.AliasEvent) -> Iterator[Field]:
        """A key, or a value that is no list and no map."""
        if not self.levels:
            if isinstance(event, yaml.ScalarEvent) and not event.value and event.implicit[0]:
                return
            raise NotAMapping("text instead of `key: value` lines", self._span(event).start)
        level = self.levels[-1]
        if level.key is None:
            level.key = str(event.anchor if isinstance(event, yaml.AliasEvent) else self._restored(event.value))
            if level.key in level.known and not level.ignored:
                self._refuse(f"the key `{level.key}` {TWICE}", self._span(event).start)
            return
        yield from self._value(event, level)
        level.end_value()

    def _value(self, event: yaml.ScalarEvent | yaml.AliasEvent, level: _Level) -> Iterator[Field]:
        """The field of a scalar; nothing for an alias of a list or map, which could stand for gigabytes."""
        if isinstance(event, yaml.AliasEvent):
            if event.anchor in self.collections:
                return
            if event.anchor not in self.anchors:
                raise BadFrontMatter(
                    f'a value can\'t begin with `*`; put it in quotes: `{level.key}: "*{event.anchor}"`',
                    self._span(event).start,
                )
            value = self.anchors[event.anchor]
        else:
            value = self._scalar(event)
            if event.anchor:
                self.anchors[event.anchor] = value
        if not level.ignored and level.key not in level.known:
            path = dotted(each.key for each in self.levels if each.key is not None)
            yield Field(path, value, self._span(event))

    def _span(self, event: yaml.Event) -> Span:
        """Where an event is written in the document."""
        start, end = event.start_mark, event.end_mark
        return Span(self.base + (start.index if start else 0), self.base + (end.index if end else 0))

    def _enter(self, event: yaml.CollectionStartEvent) -> None:
        """Goes down into a list or map."""
        offset = self._span(event).start
        is_map = isinstance(event, yaml.MappingStartEvent)
        if len(self.levels) >= MAX_DEPTH:
            raise too_deep(offset)
        if not self.levels and not is_map:
            raise NotAMapping("a list instead of `key: value` lines", offset)
        parent = self.levels[-1] if self.levels else None
        if parent and parent.key is None:
            raise BadFrontMatter("a list or map as a key; a template such as `{{ x }}` needs quotes", offset)
        if event.anchor:
            self.collections.add(event.anchor)
        ignored = parent is not None and (parent.ignored or parent.key in parent.known)
        self.levels.append(_Level(is_map, ignored, None if is_map else 0))

    def _leave(self) -> None:
        """Comes back up from a list or map."""
        self.levels.pop()
        if self.levels:
            self.levels[-1].end_value()

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        """The value as YAML 1.1 reads it, dates as ISO strings."""
        written = self._restored(event.value)
        if not event.implicit[0] and event.tag is None:
            return written
        if len(written) > _LONGEST_NUMBER:
            return written
        tag = event.tag or self.loader.resolve(  # type: ignore[no-untyped-call]
            yaml.ScalarNode, event.value, event.implicit
        )
        construct = _CONSTRUCTORS.get(tag)
        if construct is None:
            return written
        node = yaml.ScalarNode(tag, event.value)
        try:
            value: Any = construct(self.loader, node)
        except (ValueError, KeyError, IndexError, AttributeError, TypeError):
            if tag.endswith("timestamp"):
                self._refuse(f"`{written}` has the form of a date, but no calendar has it", self._span(event).start)
            return written
        plain: Scalar = value.isoformat() if hasattr(value, "isoformat") else value
        return plain

    def _refuse(self, reason: str, offset: int) -> None:
        """Notes what most generators would not take."""
        self.refused = self.refused or SyntaxProblem(reason, offset)

    def _restored(self, value: str) -> str:
        """The value with the characters for which others had to stand in."""
        if not self.is_changed:
            return value
        return self.stand_ins.sub(lambda match: chr(ord(match[0]) - self.plane), value)


_CONSTRUCTORS = {
    f"tag:yaml.org,2002:{name}": getattr(yaml.SafeLoader, f"construct_yaml_{name}")
    for name in ("null", "bool", "int", "float", "timestamp")
}


def _explained(error: yaml.MarkedYAMLError, source: str, base: int) -> BadFrontMatter:
    """What PyYAML says, in words that help an author, and the place at which to look."""
    from postmend.scanner.yaml_reasons import Trouble, explain  # which only broken front matter needs

    at, since = (mark.index if mark else 0 for mark in (error.problem_mark or error.context_mark, error.context_mark))
    trouble = Trouble(with_line_feeds(source), str(error.problem or ""), at, str(error.context or ""), since)
    reason, offset = explain(trouble)
    return BadFrontMatter(reason, base + offset)
