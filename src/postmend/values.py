"""Data classes that cost next to nothing to define: `dataclass`, `field`, `replace` for what every commit waits for.

Those of the standard library compile up to ten methods for each class, used or not, and import `inspect`. With the
classes that `postmend-hook` needs for one post, that took more time than the work itself. Here all classes share their
methods but for `__init__`, which is compiled when the first value is made.

What comes out is a data class with slots in every respect: it can be compared, hashed, pickled and matched alike, and
`dataclasses.fields`, `asdict` and `replace` take it. What postmend doesn't use is not there: base classes, ClassVar,
InitVar, `kw_only` and fields without `init`. Type checkers are shown the functions of the standard library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import Field, dataclass, field, replace

__all__ = ["dataclass", "field", "replace"]

_REQUIRED: Any = object()
_set = object.__setattr__


class _Field:
    """What `field` was told: one of `default` and `default_factory`, `repr`, `compare`."""

    __slots__ = ("told",)

    def __init__(self, **told: Any) -> None:
        self.told = told


class _Fields:
    """`__dataclass_fields__` of a class, made by the standard library when somebody asks for it."""

    __slots__ = ("defaults", "made")

    def __init__(self, defaults: Mapping[str, Any]) -> None:
        self.defaults = defaults
        self.made: dict[str, Field[Any]] | None = None

    def __get__(self, _: object, cls: type) -> dict[str, Field[Any]]:
        if self.made is None:
            import dataclasses

            body: dict[str, Any] = {"__module__": cls.__module__, "__annotations__": cls.__annotations__}
            for name, default in self.defaults.items():
                body[name] = dataclasses.field(**default.told) if isinstance(default, _Field) else default
            model: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(type(cls.__name__, (), body))
            self.made = model.__dataclass_fields__
        assert self.made is not None
        return self.made


def _dataclass(
    *, slots: bool, frozen: bool = False, eq: bool = True, order: bool = False
) -> Callable[[type[Any]], type[Any]]:
    """As `dataclasses.dataclass`. `slots` is there to be seen: it is always true."""
    assert slots, "without slots, take that of the standard library"
    return lambda cls: _made(cls, frozen, eq, order)


def _made(cls: type[Any], frozen: bool, eq: bool, order: bool) -> type[Any]:
    assert cls.__bases__ == (object,), f"{cls.__name__} has a base class: take the dataclass of the standard library"
    body = dict(cls.__dict__)
    names = tuple(cls.__annotations__)
    defaults = {name: body.pop(name) for name in names if name in body}
    told = {name: default.told for name, default in defaults.items() if isinstance(default, _Field)}
    for absent in ("__dict__", "__weakref__"):
        body.pop(absent, None)
    body |= {"__slots__": names, "__match_args__": names, "__dataclass_fields__": _Fields(defaults)}
    body.setdefault("__init__", _first_init(names, defaults))
    body.setdefault("__repr__", _repr([name for name in names if told.get(name, {}).get("repr", True)]))
    compared = _values([name for name in names if told.get(name, {}).get("compare", True)])
    if eq:
        body |= _comparisons(compared, frozen) | body
    if order:
        body |= _orders(compared)
    if frozen:
        body |= {"__setattr__": _refuse_set, "__delattr__": _refuse_delete}
        body |= {"__getstate__": _state, "__setstate__": _set_state}
    made: type[Any] = type(cls.__name__, (), body)
    made.__qualname__ = cls.__qualname__
    return made


def _first_init(names: tuple[str, ...], defaults: Mapping[str, Any]) -> Callable[..., None]:
    """An `__init__` that puts the true one in its place."""

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        cls: Any = type(self)
        cls.__init__ = _init(cls, names, defaults)
        cls.__init__(self, *args, **kwargs)

    return __init__


def _init(cls: type[Any], names: tuple[str, ...], defaults: Mapping[str, Any]) -> Callable[..., None]:
    known: dict[str, Any] = {"_set": _set, "_required": _REQUIRED, "__name__": cls.__module__}
    parameters, lines = ["self"], []
    for name in names:
        parameter, value = name, name
        if name in defaults:
            told = defaults[name].told if isinstance(defaults[name], _Field) else {"default": defaults[name]}
            if "default_factory" in told:
                known[f"_make_{name}"] = told["default_factory"]
                parameter, value = f"{name}=_required", f"_make_{name}() if {name} is _required else {name}"
            elif "default" in told:
                known[f"_default_{name}"] = told["default"]
                parameter = f"{name}=_default_{name}"
        parameters.append(parameter)
        lines.append(f" _set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines or [" pass"]), known)
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"  # told in the TypeError for a wrong argument
    return init


def _values(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What returns the values of these fields. `attrgetter` is fast, but makes a tuple only of two or more."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _repr(names: list[str]) -> Callable[[Any], str]:
    def __repr__(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _comparisons(values: Callable[[Any], tuple[Any, ...]], frozen: bool) -> dict[str, Any]:
    def __eq__(self: Any, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _orders(values: Callable[[Any], tuple[Any, ...]]) -> dict[str, Any]:
    def __lt__(self: Any, other: object) -> bool:
        return values(self) < values(other) if other.__class__ is self.__class__ else NotImplemented

    def __le__(self: Any, other: object) -> bool:
        return values(self) <= values(other) if other.__class__ is self.__class__ else NotImplemented

    def __gt__(self: Any, other: object) -> bool:
        return values(self) > values(other) if other.__class__ is self.__class__ else NotImplemented

    def __ge__(self: Any, other: object) -> bool:
        return values(self) >= values(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__lt__": __lt__, "__le__": __le__, "__gt__": __gt__, "__ge__": __ge__}


def _refuse_set(_self: Any, name: str, _value: object) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(_self: Any, name: str) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__match_args__]


def _set_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__match_args__, state, strict=True):
        _set(self, name, value)


def _replaced(value: Any, /, **changes: Any) -> Any:
    """As `dataclasses.replace`; takes data classes of either kind."""
    return type(value)(**{name: getattr(value, name) for name in value.__match_args__} | changes)


if not TYPE_CHECKING:
    dataclass, field, replace = _dataclass, _Field, _replaced
