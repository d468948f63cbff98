"""Our data classes behave as those of the standard library, side by side."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from operator import ge, gt, le, lt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmend import values

THEIRS, OURS = "theirs", "ours"
KINDS: dict[str, Any] = {THEIRS: dataclasses, OURS: values}


def made(kind: Any, **options: bool) -> Any:
    """A class with fields of every sort, made by one of the two."""

    @kind.dataclass(slots=True, **options)
    class Point:
        x: int
        y: float = 0.5
        names: list[str] = kind.field(default_factory=list, compare=False)
        note: str | None = kind.field(default=None, repr=False)

        def __post_init__(self) -> None:
            if self.x == 99:
                raise ValueError("99")

        @property
        def double(self) -> int:
            return self.x * 2

    return Point


def told(deed: Callable[[], Any]) -> object:
    """What comes of it: text, as values of two classes never are the same, or the error."""
    try:
        return repr(deed()).replace("<locals>.", "")
    except Exception as error:
        return type(error), str(error)


@given(
    st.lists(st.tuples(st.integers(-2, 2), st.sampled_from([0.5, 1.0]), st.sampled_from([None, "", "a"])), max_size=4)
)
@pytest.mark.parametrize("frozen", [True, False])
def test_compared_ordered_and_hashed_alike(frozen: bool, rows: list[tuple[int, float, str | None]]) -> None:
    def judged(kind: Any) -> list[object]:
        point = made(kind, frozen=frozen, order=True)
        points = [point(x, y, ["n"] * at, note) for at, (x, y, note) in enumerate(rows)]
        found: list[object] = [told(lambda p=p: hash(p)) for p in points] + [told(lambda p=p: p) for p in points]
        found += [(p == q, p != q) for p in points for q in points]
        return found + [
            told(lambda p=p, q=q, op=op: op(p, q)) for op in (lt, le, gt, ge) for p in points for q in points
        ]

    assert judged(values) == judged(dataclasses)


def forced(value: Any, name: str, new: object) -> None:
    setattr(value, name, new)


DEEDS: dict[str, Callable[[Any, Any], Any]] = {
    "no argument": lambda _, c: c(),
    "too many": lambda _, c: c(1, 2, [], None, 5),
    "unknown name": lambda _, c: c(1, z=2),
    "post init": lambda _, c: c(99),
    "lists of their own": lambda _, c: c(1).names is c(1).names,
    "keywords": lambda _, c: c(names=["a"], x=3),
    "property": lambda _, c: c(4).double,
    "another class": lambda _, c: (c(1) == 1, c(1) == (1, 0.5, None)),
    "not ordered": lambda _, c: c(1) < c(2),
    "replace": lambda k, c: k.replace(c(1, note="a"), y=7.0),
    "replace by theirs": lambda _, c: dataclasses.replace(c(1, note="a"), y=7.0),
    "replace what is not there": lambda k, c: k.replace(c(1), z=7.0),
    "as a dictionary": lambda _, c: dataclasses.asdict(c(1, names=["a"])),
    "fields": lambda _, c: [(f.name, f.type, f.default, f.repr, f.compare) for f in dataclasses.fields(c)[:2]],
    "fields of a value": lambda _, c: [f.name for f in dataclasses.fields(c(1))],
    "is one": lambda _, c: (dataclasses.is_dataclass(c), dataclasses.is_dataclass(c(1))),
    "matched": lambda _, c: c.__match_args__,
    "set": lambda _, c: forced(c(1), "x", 2),
    "delete": lambda _, c: delattr(c(1), "x"),
    "no dictionary": lambda _, c: c(1).__dict__,
    "copy": lambda _, c: (copy.copy(c(1, names=["a"])), copy.deepcopy(c(1, names=["a"]))),
    "name": lambda _, c: (c.__name__, c.__qualname__, c.__module__),
}


@pytest.mark.parametrize("options", [{"frozen": True}, {}, {"frozen": True, "eq": False}], ids=str)
@pytest.mark.parametrize("name", DEEDS)
def test_every_deed_comes_to_the_same(name: str, options: dict[str, bool]) -> None:
    ours, theirs = (told(lambda k=k: DEEDS[name](k, made(k, **options))) for k in (values, dataclasses))
    assert ours == theirs


@values.dataclass(frozen=True, slots=True)
class Kept:
    one: str
    more: tuple[int, ...] = ()


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickled(protocol: int) -> None:
    kept = Kept("a", (1, 2))
    assert pickle.loads(pickle.dumps(kept, protocol)) == kept


def test_pickled_before_one_was_made() -> None:
    """Another process reads the first value of a class before it makes one."""
    fresh = made(values, frozen=True)
    value = fresh.__new__(fresh)
    value.__setstate__([1, 2.0, [], "a"])
    assert value == fresh(1, 2.0, [], "a")


def test_base_classes_are_refused() -> None:
    with pytest.raises(AssertionError, match="base class"):

        @values.dataclass(frozen=True, slots=True)
        class Child(Kept):
            third: int = 0
