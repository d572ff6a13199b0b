"""Who does what is agreed in a 1:1, as each of the two is told it."""

from datetime import date

from cards.language import N_, Translator
from cards.layout import capital
from domain.agreement import Owner

OWNERS = {Owner.LEADER: N_("The leader"), Owner.CHIEF: N_("The chief"), Owner.TOGETHER: N_("Together")}
DONE_BY = {
    Owner.LEADER: N_("the leader does it"),
    Owner.CHIEF: N_("the chief does it"),
    Owner.TOGETHER: N_("the two do it together"),
}


def owner_and_due(_: Translator, owner: Owner, due: date, *, reader: Owner | None = None) -> str:
    """Lederen gør det · frist 12. juni 2026; or *Du gør det*, where the `reader` is the one."""
    return f"{who_does_it(_, owner, reader)} · {_('due %(day)s', day=_.date(due))}"


def who_does_it(_: Translator, owner: Owner, reader: Owner | None = None) -> str:
    is_theirs = owner is reader and owner is not Owner.TOGETHER
    return capital(_("you do it") if is_theirs else _(DONE_BY[owner]))


def as_one_of(*, is_chief: bool) -> Owner:
    """Which of the two a reader is."""
    return Owner.CHIEF if is_chief else Owner.LEADER
