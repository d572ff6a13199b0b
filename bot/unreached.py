"""Who cannot be reached, why, and what the one who runs the bot can do about it; whether Graph lets it help."""

from collections.abc import Sequence
from datetime import datetime

from bot.graph import Graph
from bot.settings import Settings
from domain.reach import Hindrance
from scheduler.directory import Busy, Missing, Refused
from storage.reach import Unreached, unreached
from storage.unit_of_work import UnitOfWork

MOST_NAMED = 10

ADVICE = {
    Hindrance.NO_ACCOUNT: "no account has this e-mail or id: correct people.csv, or have the account made in Entra",
    Hindrance.NOT_IN_GROUP: "not in the group of LAERINGSBOT_DIRECTORY: add them to it in Entra",
    Hindrance.SEVERAL_ACCOUNTS: "several accounts have this e-mail: write the id of theirs into people.csv",
    Hindrance.OTHER_ACCOUNT: "the account of this e-mail has another id than the list: write its id into people.csv",
    Hindrance.GUEST: "a guest, for whom Teams installs no app: give them an account of the municipality's own",
    Hindrance.DISABLED: "the account is disabled: take them off people.csv if they have left, else enable it in Entra",
    Hindrance.REFUSED: "Teams refuses to install the app for them: allow it in the app permission policy",
    Hindrance.BLOCKED: "they, or an administrator, have blocked the app: only they can unblock it, in Teams",
    Hindrance.REMOVED: "the app was removed: ask them to add it again in Teams; what they wrote is kept",
    Hindrance.NOT_INSTALLED: "the app is not installed for them: install it by a setup policy, ask them to open it, or "
    "set LAERINGSBOT_TEAMS_APP_ID",
}


def told(uow: UnitOfWork, settings: Settings, now: datetime) -> list[tuple[str, str]]:
    """Who cannot be written to, and what to do about it: said once for all for whom it is the same."""
    alike: dict[tuple[Hindrance, str], list[Unreached]] = {}
    for each in unreached(uow, now, now.astimezone(settings.timezone).date()):
        alike.setdefault((each.hindrance, _advice(each, settings)), []).append(each)
    return [(_who(hindrance, people), _and_names(advice, people)) for (hindrance, advice), people in alike.items()]


async def graph_problem(graph: Graph) -> str:
    """What keeps Graph from helping, and the permission that it takes; empty when nothing does."""
    if not graph.looks_up:
        return ""
    try:
        if graph.is_group:
            async for _page in graph.members():
                break
        else:
            await graph.accounts([], ["laeringsbot.doctor@invalid.example"])
    except Missing as why:
        return f"there is no such group ({why.reason}): correct LAERINGSBOT_DIRECTORY"
    except Refused as why:
        needed = "GroupMember.Read.All and User.Read.All" if graph.is_group else "User.Read.All"
        return f"Graph refuses ({why.reason}): grant the application permission {needed}, and consent to it"
    except Busy as why:
        return f"Graph does not answer ({why.reason}): see whether the machine can reach it, and try again later"
    return ""


def _who(hindrance: Hindrance, people: Sequence[Unreached]) -> str:
    who = _name(people[0]) if len(people) == 1 else f"{len(people)} people"
    return f"{who} cannot be reached: {hindrance.value}"


def _and_names(advice: str, people: Sequence[Unreached]) -> str:
    """The advice and whom it is about, where the line above only counts them; of very many the first."""
    if len(people) == 1:
        return advice
    more = len(people) - MOST_NAMED
    return "\n".join([advice, *map(_name, people[:MOST_NAMED]), *([f"and {more} more"] if more > 0 else [])])


def _name(each: Unreached) -> str:
    return f"{each.person.name} <{each.person.email}>"


def _advice(each: Unreached, settings: Settings) -> str:
    is_missing = each.hindrance is Hindrance.NOT_INSTALLED
    # Whoever opens the app is known by that id alone.
    if is_missing and each.person.aad_object_id is None and (settings.teams_app_id or not settings.directory):
        return "nobody knows which account is theirs: set LAERINGSBOT_DIRECTORY, or write the id into people.csv"
    if is_missing and settings.teams_app_id:
        last = f"; the last attempt ended with {each.reason}" if each.reason else ""
        return f"the bot is about to install the app for them{last}"
    said = f" ({each.reason})" if each.reason else ""
    return ADVICE[each.hindrance] + said
