"""Whom and what an operator names at the terminal, or the sentence that says that there is none."""

from bot.terminal import Unknown
from domain.organisation import Institution, Person
from storage.organisation import institution_named, person_with_email
from storage.unit_of_work import UnitOfWork


def person_named(uow: UnitOfWork, email: str, *, option: str = "") -> Person:
    """The person with this e-mail; raises `Unknown` for nobody, with the `option` that the e-mail was given by."""
    found = person_with_email(uow, email)
    if found is None:
        raise Unknown(f"Nobody with {f'the e-mail of {option}' if option else 'that e-mail'} is on the list.")
    return found


def place_named(uow: UnitOfWork, name: str) -> Institution:
    """The institution of this name; raises `Unknown` for none."""
    found = institution_named(uow, name)
    if found is None:
        raise Unknown("There is no institution of that name.")
    return found
