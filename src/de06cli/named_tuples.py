"""``NamedTuple`` as typing has it, made in less than half the time.

typing's own compiles each annotation of a class and checks it, when the class is made; no command ever
asks for that, and a short one makes fifty such classes. Type checkers see typing's own.
"""

from __future__ import annotations

import sys
from collections import namedtuple
from typing import TYPE_CHECKING

if TYPE_CHECKING or sys.version_info >= (3, 14):  # which keeps annotations until they are asked for
    from typing import NamedTuple
else:

    class _Maker(type):
        """Makes a named tuple out of a class body: its annotations are the fields, in their order."""

        def __new__(cls, name: str, _bases: tuple[type, ...], body: dict[str, object]) -> type:
            fields = body.pop("__annotations__", {})
            defaults = [body.pop(field) for field in fields if field in body]
            module = body.pop("__module__")
            made = namedtuple(name, fields, defaults=defaults, module=module)  # noqa: PYI024
            made.__annotations__ = fields
            for key, value in body.items():
                setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})

__all__ = ["NamedTuple"]
