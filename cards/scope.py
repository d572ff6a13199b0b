"""What a question is about, on the card: read back in words, carried by the buttons, and narrowed down in a form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cards import form
from cards.form import Data
from cards.inputs import choices
from cards.kit import Card, card, press
from cards.language import N_, Translator
from cards.layout import capital
from cards.which import MANY, MOST_ROWS
from cards.words import theme_title
from domain.cycle import HALF_YEARS, Theme
from domain.indicator import Indicator
from domain.organisation import AgeRange, Area, Institution, InstitutionType
from domain.period import HalfYear
from domain.perspective import Group
from domain.scope import Bounds, Scope
from domain.slots import AskedStatus

PERIODS = 8
# Everything, and the several that it is narrowed down to already, which stay.
EVERY, THESE = "all", "these"
MOST_CLOSED = 3
MOST_NAMED = 4
TYPES = {
    InstitutionType.DAYCARE: N_("day-care institutions"),
    InstitutionType.SCHOOL: N_("schools"),
    InstitutionType.LEISURE: N_("leisure institutions"),
}


def scope_words(_: Translator, scope: Scope, when: str = "") -> str:
    """Dagtilbud i område Nord · forår 2026 · 2 tilbud; a few that were named are named again. `when` are other words
    for the half-years."""
    is_told = scope.is_one_place or (scope.is_named and len(scope.institutions) <= MOST_NAMED)
    if is_told:
        who = _.join(place_name(_, scope, where) for where in scope.institutions)
    else:
        who = _kinds(_, scope)
        if scope.areas:
            names = _.join(each.name for each in scope.areas)
            # Some municipalities call their areas so, and need not hear it twice in either language.
            says_so = all(each.name.casefold().startswith(("område", _("area"))) for each in scope.areas)
            line = N_("%(institutions)s in %(names)s") if says_so else N_("%(institutions)s in the area %(names)s")
            who = _(line, institutions=who, names=names)
    parts = [who, *([theme_title(_, scope.theme)] if scope.theme else []), when or period_words(_, scope)]
    if not is_told:
        number = len(scope.institutions)
        parts.append(_.ngettext("%(n)s institution", "%(n)s institutions", number))
        if 0 < len(scope.closed) <= MOST_CLOSED:
            parts.append(_("closed: %(names)s", names=_.join(where.name for where in scope.closed)))
        elif scope.closed:
            parts.append(_.ngettext("%(n)s of them closed", "%(n)s of them closed", len(scope.closed)))
    return capital(" · ".join(parts))


def place_name(_: Translator, scope: Scope, where: Institution) -> str:
    """Elmeskolen, or Elmeskolen (lukket 31. juli 2025)"""
    if not scope.has_closed(where) or where.ended_on is None:
        return where.name
    return _("%(name)s (closed %(day)s)", name=where.name, day=_.date(where.ended_on))


def period_words(_: Translator, scope: Scope) -> str:
    if scope.since:
        day = _.on_day_at(_.date(scope.since), _.clock(scope.since))
        return _("new since %(day)s", day=day)
    return half_years(_, scope.first, scope.last)


def half_years(_: Translator, first: HalfYear, last: HalfYear) -> str:
    """forår 2026, or efterår 2025 – forår 2026"""
    return _.half_year(first) if first == last else f"{_.half_year(first)} – {_.half_year(last)}"


def _kinds(_: Translator, scope: Scope) -> str:
    words = _.join(_(TYPES[each]) for each in scope.types) if scope.types else _("institutions")
    return f"{words} {_.age_range(scope.age_range)}" if scope.age_range else words


def carry(bounds: Bounds) -> dict[str, str]:
    """The bounds as a button carries them."""
    told = {
        "places": ",".join(str(each) for each in bounds.institution_ids),
        "areas": ",".join(str(each) for each in bounds.area_ids),
        "types": ",".join(bounds.types),
        "age": bounds.age_range or "",
        "theme": str(bounds.theme_id or ""),
        "indicator": bounds.indicator or "",
        "first": str(bounds.first or ""),
        "last": str(bounds.last or ""),
        "since": bounds.since.isoformat() if bounds.since else "",
        "groups": ",".join(bounds.groups),
        "status": bounds.status or "",
        "leaders": ",".join(str(each) for each in bounds.leader_ids),
        "dialogue": str(bounds.dialogue_no or ""),
        "latest": "true" if bounds.latest else "",
        "coming": "true" if bounds.coming else "",
        "short": "true" if bounds.is_short else "",
        "saved": str(bounds.saved_id or ""),
    }
    return {name: str(value) for name, value in told.items() if value}


def bounds_in(data: Data) -> Bounds:
    """The bounds that a card carries; what is none of ours narrows nothing."""
    return Bounds(
        institution_ids=form.ids(data, "places"),
        area_ids=form.ids(data, "areas"),
        types=form.choices(data, "types", InstitutionType),
        age_range=form.choice(data, "age", AgeRange),
        theme_id=form.optional_id(data, "theme"),
        indicator=form.choice(data, "indicator", Indicator),
        first=_half_year(data, "first"),
        last=_half_year(data, "last"),
        since=_moment(data, "since"),
        groups=form.choices(data, "groups", Group),
        status=form.choice(data, "status", AskedStatus),
        leader_ids=form.ids(data, "leaders"),
        dialogue_no=number if (number := form.number(data, "dialogue")) in range(1, HALF_YEARS + 1) else None,
        latest=form.is_on(data, "latest"),
        coming=form.is_on(data, "coming"),
        is_short=form.is_on(data, "short"),
        saved_id=form.optional_id(data, "saved"),
    )


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """A press that carries bounds, and whatever was chosen in *Afgræns*."""

    bounds: Bounds

    @classmethod
    def read(cls, data: Data) -> "Narrowing":
        before = bounds = bounds_in(data)
        if "to_period" in data:
            period = _half_year(data, "to_period")
            # What is chosen to begin with is the last half-year of several, and leaves them as they are.
            other = period if period != bounds.last else None
            bounds = replace(bounds, first=other or bounds.first, last=other or bounds.last, since=None)
        if data.get("to_type", THESE) != THESE:
            bounds = replace(bounds, types=form.choices(data, "to_type", InstitutionType))
        if data.get("to_area", THESE) != THESE:
            bounds = replace(bounds, area_ids=form.ids(data, "to_area"))
        if "to_theme" in data:
            bounds = replace(bounds, theme_id=form.optional_id(data, "to_theme"))
        if data.get("to_place", THESE) != THESE:
            place = form.optional_id(data, "to_place")
            # The one that stood there already gives way to another kind or area.
            stays = (bounds.types, bounds.area_ids) == (before.types, before.area_ids)
            if place and (stays or (place,) != before.institution_ids):
                bounds = replace(bounds, institution_ids=(place,), types=(), area_ids=())
            else:
                bounds = replace(bounds, institution_ids=())
            if bounds.institution_ids != before.institution_ids:
                bounds = replace(bounds, leader_ids=())
        return cls(bounds=bounds)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What can be chosen in *Afgræns*: the reader's institutions and areas, themes, and half-years, newest first.

    `places` are those that the bounds leave, whichever of them is chosen.
    """

    places: Sequence[Institution]
    areas: Sequence[Area]
    types: Sequence[InstitutionType]
    themes: Sequence[Theme]
    half_years: Sequence[HalfYear]


def narrow(_: Translator, title: str, scope: Scope, bounds: Bounds, found: Choices, verb: str, back: str) -> Card:
    """Five lists, each with what it is narrowed down to now; the first line of a list narrows nothing."""
    every = (EVERY, _("All"))
    carries = carry(replace(bounds, since=None))
    parts = []
    if len(found.types) > 1:
        options = [every, *((each.value, _(TYPES[each])) for each in found.types)]
        if len(bounds.types) > 1:
            options.insert(1, (THESE, capital(_.join(_(TYPES[each]) for each in bounds.types))))
        parts.append(choices("to_type", _("Type of institution"), options, chosen=_only(bounds.types), compact=True))
    if len(found.areas) > 1:
        options = [every, *((str(each.id), each.name) for each in found.areas)]
        if len(bounds.area_ids) > 1:
            options.insert(1, (THESE, _.join(each.name for each in scope.areas)))
        parts.append(choices("to_area", _("Area"), options, chosen=_only(bounds.area_ids), compact=True))
    if found.themes:
        options = [every, *((str(each.id), theme_title(_, each)) for each in found.themes)]
        parts.append(choices("to_theme", _("Theme"), options, chosen=str(bounds.theme_id or EVERY), compact=True))
    options = [(each.code, _.half_year(each)) for each in found.half_years]
    parts.append(choices("to_period", _("Half-year"), options, chosen=scope.last.code, compact=True))
    if len(found.places) > 1:
        options = [every, *((str(each.id), place_name(_, scope, each)) for each in found.places[:MOST_ROWS])]
        if len(bounds.institution_ids) > 1:
            number = len(bounds.institution_ids)
            options.insert(1, (THESE, _.ngettext("%(n)s institution", "%(n)s institutions", number)))
        chosen, many = _only(bounds.institution_ids), len(options) > MANY
        parts.append(
            choices("to_place", _("One institution"), options, chosen=chosen, compact=True, searchable=many)
        )  # fmt: skip
    return card(
        _,
        title,
        subtitle=scope_words(_, scope),
        seen_by=_("only you"),
        body=parts,
        actions=[
            press(_("Show"), verb, {**form.carried(), **carries}, primary=True),
            press(_("Back"), back, {**form.carried(), **carry(bounds)}, inputs="none"),
        ],
    )


def _only(chosen: Sequence[object]) -> str:
    """The one that is chosen; several are a line of their own, and *Alle* is where there is none."""
    return str(chosen[0]) if len(chosen) == 1 else THESE if chosen else EVERY


def _half_year(data: Data, name: str) -> HalfYear | None:
    try:
        return HalfYear.parse_asked(form.text(data, name))
    except ValueError:
        return None


def _moment(data: Data, name: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(form.text(data, name))
    except ValueError:
        return None
    # One at the end of time is none in another zone.
    return found if found.tzinfo and 2000 <= found.year < 2200 else None
