"""What an anonymisation does to each place that names somebody: the numbers, each place, and what is left to do."""

from collections.abc import Collection, Sequence

from cards import problems as wrong
from cards.kinds import KINDS
from cards.kit import toggle_more
from cards.language import N_, Translator
from cards.layout import Element, group
from cards.parts import facts, hint, note, said, section, text
from domain.anonymisation import Counts, Place, Survey, Treatment, referred_to
from domain.errors import Problems
from domain.kept import Kind

SHOWN, EXCERPTS = 12, 2
TREATMENTS = {
    Treatment.RENAMED: N_("The name is left out"),
    Treatment.EMPTIED: N_("The words are deleted"),
    Treatment.FIXED: N_("Final: the records office must look at it"),
    Treatment.UNSURE: N_("Perhaps somebody else: look at it yourself"),
}

# A reference that stays as it is in the municipality's journal, by where it stands.
REFERENCES = {
    "anonymisation": N_("the case of a proposal to anonymise from %(date)s"),
    "rectification": N_("the case of a request for a correction from %(date)s"),
    "export_event": N_("the case of an answer to a request for access from %(date)s"),
    "legal_hold": N_("the case of a hold from %(date)s"),
    "retention_rule": N_("the authority for a rule of deletion from %(date)s"),
    "deletion": N_("the authority for a deletion from %(date)s"),
    "journal_entry": N_("the journal's own reference from %(date)s"),
}


def survey_of(_: Translator, survey: Survey, readable: Collection[Kind]) -> list[Element]:
    """How much of what, then each place: its words only where the reader may read them."""
    found: list[Element] = [section(_("What happens")), facts(counted(_, survey.counts), spacing="Small")]
    by_hand = [*(each.name for each in survey.of(Treatment.FIXED)), *survey.copies]
    if by_hand:
        found.append(note(for_the_records_office(_, list(dict.fromkeys(by_hand))), sign="Warning"))
    places = [each for each in survey.places if each.treatment in TREATMENTS]
    if not places:
        return found
    rows = [_place(_, each, readable) for each in places[:SHOWN]]
    if len(places) > SHOWN:
        rows.append(
            hint(
                _.ngettext(
                    "There is %(n)s more place. All of them: laeringsbot anonymise with --dry-run.",
                    "There are %(n)s more places. All of them: laeringsbot anonymise with --dry-run.",
                    len(places) - SHOWN,
                )
            )
        )
    found.append(toggle_more(_("See each place"), "places", *rows))
    if not all(each.kind in readable or referred_to(each.name) for each in places):
        found.append(
            hint(
                _("You see where the name stands. The words are shown only where you may read them."), sign="LockClosed"
            )
        )
    return found


def for_the_records_office(_: Translator, names: Sequence[str]) -> str:
    return _(
        "The name can stand in what is final, or was handed over to the journal, and is not changed here: %(which)s. "
        "The records office must look at it.",
        which=_.join([_called(_, each) for each in names]),
    )


def _called(_: Translator, name: str) -> str:
    """A final record by its number or its file; a reference by where it stands, as its own words name somebody."""
    found = referred_to(name)
    if found is None:
        return name
    table, day = found
    return _(REFERENCES[table], date=_.date(day))


def _place(_: Translator, place: Place, readable: Collection[Kind]) -> Element:
    when = _.date(place.at) if place.at else ""
    line = " · ".join(filter(None, (_(KINDS[place.kind]), place.institution, when, place.name)))
    is_reference = referred_to(place.name) is not None
    if is_reference:
        line = _called(_, place.name)
        line = line[:1].upper() + line[1:]
    times = _.ngettext("%(n)s time", "%(n)s times", place.times)
    # The administration writes the references itself.
    shown = place.words[:EXCERPTS] if place.kind in readable or is_reference else ()
    return group(
        text(line, strong=True),
        text(f"{_(TREATMENTS[place.treatment])} · {times}", small=True, subtle=True, spacing="None"),
        *[said(each, spacing="Small") for each in shown],
        spacing="Medium",
    )


def counted(_: Translator, counts: Counts) -> list[tuple[str, str]]:
    """Only what there is; that nothing is found is told, too."""
    rows = [
        (_("The name is left out"), _.ngettext("in %(n)s record", "in %(n)s records", counts.renamed), counts.renamed),
        (
            _("The words are deleted"),
            _.ngettext("in %(n)s record", "in %(n)s records", counts.emptied),
            counts.emptied,
        ),
        (
            _("Deleted altogether"),
            _.ngettext("%(n)s row about reaching them", "%(n)s rows about reaching them", counts.forgotten),
            counts.forgotten,
        ),
        (
            _("Cards replaced"),
            _.ngettext("%(n)s card in chats", "%(n)s cards in chats", counts.cards),
            counts.cards,
        ),
        (
            _("Cards not reached"),
            _.ngettext("%(n)s card", "%(n)s cards", counts.unreached),
            counts.unreached,
        ),
        (
            _("Final, not changed"),
            _.ngettext("%(n)s record for the records office", "%(n)s records for the records office", counts.fixed),
            counts.fixed,
        ),
        (
            _("Perhaps somebody else"),
            _.ngettext("%(n)s record to look at", "%(n)s records to look at", counts.unsure),
            counts.unsure,
        ),
    ]
    found = [(name, words) for name, words, count in rows if count]
    return found or [(_("The name is left out"), _("nowhere: it stands in no text"))]


def what_stays(_: Translator, *, is_person: bool) -> str:
    if not is_person:
        return _("The name is replaced by “[navn fjernet]” in the record. Everything else in it stays.")
    return _(
        "Name, e-mail and account are deleted, and the person is called for example “A former leader”. What the "
        "institutions have decided and learned stays. Notes from the person's own 1:1s lose their words."
    )


def at_the_top(_: Translator, problems: Problems | None) -> list[Element]:
    """What is in the way as a whole, and belongs to no field."""
    found = [wrong.at(_, problems, name) for name in ("person", "by", "approve", "name", "record")]
    return [note(each, sign="Warning") for each in found if each]
