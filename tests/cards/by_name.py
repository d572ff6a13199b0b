"""The examples of a module by the names of its functions; one whose name begins with an underscore only helps."""

from collections.abc import Callable
from typing import Any, TypeAlias

from cards.kit import Card

Example: TypeAlias = Callable[..., Card]


def examples_in(module: dict[str, Any]) -> dict[str, Example]:
    """Those that the module itself defines, in their order; `module` is its `globals()`."""
    return {
        name: example
        for name, example in module.items()
        if callable(example) and getattr(example, "__module__", "") == module["__name__"] and not name.startswith("_")
    }
