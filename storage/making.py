"""How entities are made: without SQLAlchemy's note of each field that is set.

It notes what becomes of a field so that it can tell what to UPDATE. What is new is inserted as a whole, and the notes
of a perspective, its recommendation and its answer were a fifteenth of what a press costs.
"""

from dataclasses import MISSING, fields, is_dataclass
from inspect import signature
from typing import Any

from sqlalchemy.orm import Mapper


def plainly(mapper: Mapper[Any], cls: type[Any]) -> None:
    """Has a mapped dataclass take its fields as they are given; one with more to do when it is made stays as it was."""
    by_itself = mapper.class_manager.original_init
    if by_itself is None or not is_dataclass(cls) or hasattr(cls, "__post_init__"):
        return
    known, given_as = fields(cls), signature(by_itself).parameters
    always = {each.name: each.default for each in known if not each.init and each.default is not MISSING}
    # What stands for a field that is not given, and what makes it then.
    made = [
        (each.name, given_as[each.name].default if each.init else MISSING, each.default_factory)
        for each in known
        if each.default_factory is not MISSING
    ]

    def init(self: Any, *others: Any, **given: Any) -> None:
        """SQLAlchemy gives all fields by name, also those that were left out, but for what may be given without."""
        if others:
            by_itself(self, *others, **given)
            return
        values = self.__dict__
        values.update(always)
        values.update(given)
        for name, left_out, make in made:
            if values.get(name, MISSING) is left_out:
                values[name] = make()

    mapper.class_manager.original_init = init
