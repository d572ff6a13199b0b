"""What a preparation looks like when it is not being filled in: receipts, what others read, and the ways aside."""

from collections.abc import Mapping, Sequence

from cards import draft, given, heard, overview, priority, refusal
from cards import problems as wrong
from cards.colleague import which_colleague
from cards.focus_area import WRITE_STATUS
from cards.focus_area_story import Story, status_state
from cards.form import carried
from cards.inputs import choices, long_input
from cards.kit import Card, again, card, press, toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import State, bullets, facts, hint, names_hint, note, said, section, text
from cards.preparation import (
    ADD,
    BEGIN,
    BODIES,
    CORRECT,
    HAND,
    LABELS,
    MOVE_DIALOGUE,
    REFLECT,
    SHARE,
    SHARED,
    TAKE_BACK,
    Form,
    Shares,
    Sheet,
    considered_line,
    label,
    with_whom,
)
from cards.words import SOURCES, dialogue_line, dialogue_name, dialogue_state, figure_line, signed
from domain.dialogue import Dialogue, DialogueState
from domain.errors import Expired, NotAllowed, Problems
from domain.organisation import Institution, Person
from domain.preparation import DataStep, FocusStep, PerspectiveStep, StepContent
from domain.status import Status

# Whoever reads along, the chief too, is not the one who was asked.
AS_READ = {
    "wishes": N_("Would like to discuss"),
    "support": N_("Needs from the administration"),
}


def saved(_: Translator, sheet: Sheet) -> Card:
    """The draft is kept; it opens again where it was left."""
    return draft.saved(
        _,
        dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=with_whom(_, sheet),
        go_on=press(_("Continue"), BEGIN, carried(sheet.dialogue.id), primary=True),
        body=_moved(_, sheet),
    )


def receipt(_: Translator, sheet: Sheet, *, addendum: str = "", problems: Problems | None = None) -> Card:
    """What was made ready, with *Ret* as long as the dialogue has not begun; after closing, what was added."""
    dialogue, is_closed = sheet.dialogue, sheet.dialogue.state is DialogueState.CLOSED
    added: list[Element] = []
    for each, author in sheet.addenda:
        added.append(said(each.text, by=signed(_, author, each.written_at), spacing="Small"))
    if is_closed and sheet.leads:
        added.append(
            long_input(
                "addendum",
                _("Add a remark"),
                value=addendum,
                placeholder=_("It is signed with your name and the date"),
                problem=wrong.at(_, problems, "addendum"),
                spacing="Large",
            )
        )
        added.append(names_hint(_))
    is_over = not dialogue.can_be_prepared
    asks = sheet.leads and not is_over
    needy = next((each for each in sheet.stories if _has_no_next_step(each)), None) if asks else None
    next_step = (
        _("The dialogue is closed, so nothing here can be changed. You can add a signed remark.")
        if is_closed
        else _("The dialogue has been held.")
        if is_over
        else _("The dialogue has begun. If it did not take place, move it or cancel it.")
        if sheet.can_move and not sheet.can_correct
        else _(
            "Next step: the other participants can read it two working days before. You all meet on %(moment)s.",
            moment=_.moment(dialogue.starts_at),
        )
    )
    return card(
        _,
        _("The preparation is ready") if sheet.preparation.is_ready and not is_closed else _("The preparation"),
        subtitle=dialogue_line(_, dialogue, sheet.institution),
        state=dialogue_state(_, dialogue.state)
        if is_closed
        else State(_("Ready"), "good")
        if sheet.preparation.is_ready
        else None,
        seen_by=_remarks_seen_by(_, sheet) if is_closed else _seen_by(_, sheet),
        body=[
            *_moved(_, sheet),
            note(next_step, sign="Info" if is_closed or is_over else "ArrowRight"),
            *([note(_needs_attention(_, needy), sign="Info")] if needy else []),
            toggle_more(_("Show what you wrote"), "written", *_content(_, sheet)),
            *([section(_("Added later"))] if sheet.addenda else []),
            *added,
        ],
        actions=[
            press(_("Add the remark"), ADD, carried(dialogue.id), primary=True) if is_closed and sheet.leads else None,
            press(_("Write the next step"), WRITE_STATUS, carried(needy.area.id), primary=not is_closed, inputs="none")
            if needy
            else None,
            press(_("Correct"), CORRECT, carried(dialogue.id), inputs="none") if sheet.can_correct else None,
            press(_("Share with colleagues"), SHARE, carried(dialogue.id), inputs="none", hidden=bool(needy))
            if asks
            else None,
            press(_("Move the dialogue"), MOVE_DIALOGUE, carried(dialogue.id), inputs="none", hidden=True)
            if sheet.can_move
            else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        refresh=None if is_closed else again(BEGIN, carried(dialogue.id)),
        summary=_("Ready: %(dialogue)s", dialogue=dialogue_name(_, dialogue))
        if sheet.preparation.is_ready
        else _("The preparation"),
    )


def read_only(_: Translator, sheet: Sheet) -> Card:
    """What the other participants read two working days before."""
    return card(
        _,
        _("Read before the dialogue"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        state=State(_("Ready"), "good"),
        seen_by=_("the participants, the chief for the institution and %(who)s", who=_.join(_team(sheet)))
        if sheet.shared_with
        else _("the participants, and the chief for the institution"),
        minutes=2,
        body=[
            text(
                _(
                    "The preparation for the learning dialogue is ready. "
                    "You decide nothing yet: you reflect on it together first."
                ),
                spacing="Medium",
            ),
            *_content(_, sheet, asked=AS_READ),
        ],
        actions=[press(_("My overview"), overview.OPEN, carried(), inputs="none")],
        summary=_("The preparation is ready: %(dialogue)s", dialogue=dialogue_name(_, sheet.dialogue)),
    )


def agenda(_: Translator, sheet: Sheet) -> Card:
    """On the day itself: where, when, and what to talk about, in the order of the learning circle."""
    dialogue, preparation = sheet.dialogue, sheet.preparation
    chosen = [each.indicator for each in sheet.figures if each.id in preparation.data.figures]
    chosen += [_(SOURCES[each]) for each in preparation.data.sources]
    wishes = [preparation.focus.wishes] if preparation.focus.wishes else []
    return card(
        _,
        _("Agenda for today"),
        subtitle=dialogue_line(_, dialogue, sheet.institution),
        seen_by=_seen_by(_, sheet),
        body=[
            *([facts([(_("Place"), dialogue.place)], spacing="Medium")] if dialogue.place else []),
            section(_("Short agenda, along the learning circle")),
            bullets(
                [
                    _("Look at the data together: %(data)s", data=" · ".join(chosen))
                    if chosen
                    else _("Look at the data together"),
                    _("Interpret: how do you understand it?"),
                    _("Analyse: what explains what you see?"),
                    _("Only then decide: focus areas, measures, who and when"),
                ],
                spacing="Small",
            ),
            *([section(label(_, "wishes")), *[said(each, spacing="Small") for each in wishes]] if wishes else []),
        ],
        actions=[
            press(_("See the preparation"), BEGIN, carried(dialogue.id)),
            press(_("Write the reflection"), REFLECT, carried(dialogue.id)),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        summary=_("Agenda for today: %(dialogue)s", dialogue=dialogue_name(_, dialogue)),
    )


def choose_colleague(
    _: Translator, sheet: Sheet, colleagues: Sequence[Person], *, problems: Problems | None = None
) -> Card:
    """Which colleague at the institution fills in the rest."""
    about = carried(sheet.dialogue.id)
    return which_colleague(
        _,
        _("Ask a colleague to fill it in"),
        _("Who should fill it in?"),
        where=sheet.institution,
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        explained=_(
            "Your draft is saved. The colleague sees it and goes on from there. The colleague also sees the key "
            "figures, your local priority, your focus areas with their history, perspectives and recommendations from "
            "children, young people, parents and staff, and what colleagues have brought home from observations."
        ),
        colleagues=colleagues,
        ask=press(_("Ask the colleague"), HAND, about, primary=True),
        more=press(_("Share with several"), SHARE, about, inputs="none"),
        back=press(_("Back"), BEGIN, about, inputs="none"),
        problems=problems,
    )


def share(
    _: Translator,
    sheet: Sheet,
    colleagues: Sequence[Person],
    *,
    typed: Shares | None = None,
    problems: Problems | None = None,
) -> Card:
    """R-05: which colleagues see it; a tick that is taken away ends it for that one."""
    now = [each.id for each in sheet.shared_with]
    listed = {each.id: each.name for each in (*colleagues, *sheet.shared_with)}
    # Drawn again, it is still compared with what stood in the card.
    was = typed.was if typed else now
    about = carried(sheet.dialogue.id, shared=",".join(str(each) for each in was))
    nobody = _("Nobody else at %(institution)s is on my list yet.", institution=sheet.institution.name)
    return card(
        _,
        _("Share the preparation"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=_seen_by(_, sheet),
        body=[
            text(
                _(
                    "Whoever you tick sees the preparation and can write in it until it is ready; after that they "
                    "can read it. They also see the key figures, your local priority, your focus areas with their "
                    "history, perspectives and recommendations, and what colleagues have brought home from "
                    "observations."
                )
                if listed
                else nobody,
                spacing="Medium",
            ),
            choices(
                "colleagues",
                _("Who should it be shared with?"),
                [(str(each), name) for each, name in listed.items()],
                chosen=[str(each) for each in (typed.chosen if typed else now)],
                many=True,
                problem=wrong.at(_, problems, "colleagues"),
            )
            if listed
            else None,
            hint(_("Take a tick away to stop sharing. What the colleague has written stays.")) if now else None,
        ],
        actions=[
            press(_("Save"), SHARED, about, primary=True) if listed else None,
            press(_("Back"), BEGIN, about, inputs="none"),
        ],
    )


def shared(_: Translator, sheet: Sheet) -> Card:
    """Whom it is shared with now."""
    names = _.join(_team(sheet))
    words = (
        _("Shared with %(who)s. Whoever is new to it gets a message from me.", who=names)
        if names
        else _("It is shared with nobody now.")
    )
    return card(
        _,
        _("Sharing is saved"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=_seen_by(_, sheet),
        body=[note(words, sign="People")],
        actions=[
            press(_("Continue"), BEGIN, carried(sheet.dialogue.id), primary=True, inputs="none"),
            press(_("Change it"), SHARE, carried(sheet.dialogue.id), inputs="none"),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        refresh=again(BEGIN, carried(sheet.dialogue.id)),
    )


def handed(_: Translator, sheet: Sheet) -> Card:
    """The leader's card while a colleague fills it in."""
    who = sheet.handed_to.name if sheet.handed_to else ""
    everybody = _.join([_("you"), *sheet.others])
    return card(
        _,
        _("A colleague is filling it in"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        state=State(_("With a colleague"), "accent", "People"),
        seen_by=everybody,
        body=[
            note(
                _("Next step: the preparation – %(who)s. You can both see what is written.", who=who), sign="ArrowRight"
            )
        ],
        actions=[
            press(_("Fill it in myself"), TAKE_BACK, carried(sheet.dialogue.id)),
            press(_("Share with colleagues"), SHARE, carried(sheet.dialogue.id), inputs="none"),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        refresh=again(BEGIN, carried(sheet.dialogue.id)),
    )


def expired(
    _: Translator,
    dialogue: Dialogue,
    where: Institution,
    why: Expired,
    *,
    typed: Form | None = None,
    following: Dialogue | None = None,
) -> Card:
    """What became of the dialogue, the way to the next one, and everything that was typed, to be copied."""
    reason = {
        "dialogue_cancelled": _("The card is out of date, because the dialogue has been cancelled."),
        "dialogue_begun": _("The dialogue has begun, so the preparation stays as the participants have read it."),
    }.get(why.code, _("The card is out of date, because the dialogue has been held."))
    return card(
        _,
        _("The card is out of date"),
        subtitle=dialogue_line(_, dialogue, where),
        seen_by=_("only you"),
        body=[
            text(reason, spacing="Medium"),
            *(draft.given_back(_, _typed(_, typed.content)) if typed else []),
        ],
        actions=[
            press(_("To the next dialogue"), BEGIN, carried(following.id), primary=True, inputs="none")
            if following
            else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def refused(_: Translator, *, typed: Form) -> Card:
    """For somebody who may not write in it: their own words, and nothing of the preparation."""
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, _typed(_, typed.content)))


def remark_refused(_: Translator, words: str) -> Card:
    """For somebody who may not add a remark: their own words, and nothing of the dialogue."""
    return refusal.show(_, NotAllowed(), written=draft.given_back(_, [said(words)] if words else []))


def nothing_to_prepare(_: Translator, *, leads: bool) -> Card:
    words = (
        _("No learning dialogue is planned for you yet. You will hear from me three weeks before the next one.")
        if leads
        else _("You have no learning dialogue to prepare. Leaders prepare them, or ask a colleague to.")
    )
    return card(
        _,
        _("Nothing to prepare"),
        seen_by=_("only you"),
        body=[text(words, spacing="Medium")],
        actions=[press(_("My overview"), overview.OPEN, carried())],
    )


def _seen_by(_: Translator, sheet: Sheet) -> str:
    if not sheet.preparation.is_ready:
        return with_whom(_, sheet)
    if sheet.others:
        return _("you, the participants, your chief and %(who)s", who=_.join(sheet.others))
    return _("you, the participants and your chief")


def _team(sheet: Sheet) -> list[str]:
    return [each.name for each in sheet.shared_with]


def _remarks_seen_by(_: Translator, sheet: Sheet) -> str:
    """A remark stands with the reflection and the decisions, and is seen by more than the preparation is."""
    who = (
        _("the leaders of the institution, its chief, the administration and the municipality's journal")
        if sheet.is_journal_on
        else _("the leaders of the institution, its chief and the administration")
    )
    return _("%(readers)s. Remarks are seen by %(who)s", readers=_seen_by(_, sheet), who=who)


def _moved(_: Translator, sheet: Sheet) -> list[Element]:
    if not sheet.was_moved:
        return []
    return [note(_("The dialogue has been moved. Here is the new time – your text has moved with it."))]


def _content(_: Translator, sheet: Sheet, *, asked: Mapping[str, str] = LABELS) -> list[Element]:
    """All three steps, quantitative and qualitative data side by side under one heading."""
    preparation = sheet.preparation
    data, perspectives, focus = preparation.data, preparation.perspectives, preparation.focus
    chosen = [figure_line(_, each) for each in sheet.figures if each.id in data.figures]
    chosen += [_(SOURCES[each]) for each in data.sources]
    parts: list[Element] = [section(_("The data"))]
    parts += [bullets(chosen, spacing="Small")] if chosen else [text(_("None chosen yet."), subtle=True)]
    parts += priority.as_data(_, sheet.priority, data.sources)
    parts += given.as_data(_, sheet.received)
    parts += given.taken_home(_, sheet.brought_home)
    parts += _answers(_, [("interpretation", data.interpretation), ("wonder", data.wonder)])
    voices = _perspective_answers(_, perspectives)
    if voices:
        parts += [section(_("Perspectives")), *voices]
    parts += heard.as_section(_, sheet.heard, perspectives.chosen)
    if perspectives.bodies:
        parts.append(
            facts([(label(_, "bodies"), " · ".join(_(BODIES[each]) for each in perspectives.bodies))], spacing="Small")
        )
    areas = [line for story in sheet.stories if (line := _where_it_is(_, sheet, story))]
    if areas:
        parts += [section(_("The focus areas")), bullets(areas, spacing="Small")]
    considered = [considered_line(_, sheet, each) for each in focus.considered]
    if considered:
        parts += [section(_("Focus areas being considered")), bullets(considered, spacing="Small")]
    return parts + _answers(_, [("wishes", focus.wishes), ("support", focus.support)], asked)


def _has_no_next_step(story: Story) -> bool:
    """Whether it needs attention by the one word of a preparation, which asks for no next step and no 1:1."""
    last = story.last
    return last is not None and last.is_short and last.status is Status.NEEDS_ATTENTION


def _needs_attention(_: Translator, story: Story) -> str:
    return _(
        "“%(title)s” needs attention. Write the next step, and choose whether to bring it to your next 1:1.",
        title=story.area.title,
    )


def _where_it_is(_: Translator, sheet: Sheet, story: Story) -> str:
    """Flere stemmer: På vej, as the preparation says it; what it says nothing of stands only before the dialogue."""
    told = sheet.preparation.focus.told(story.area.id)
    if told is None and not sheet.dialogue.can_be_prepared:
        return ""
    status = told.status if told else story.last.status if story.last else None
    return f"{story.area.title}: {status_state(_, status).word}"


def _perspective_answers(_: Translator, step: PerspectiveStep) -> list[Element]:
    rows = []
    for name, words, by in (
        ("children", step.children, step.children_by),
        ("parents", step.parents, step.parents_by),
        ("staff", step.staff, None),
    ):
        dated = _("We will ask by %(day)s.", day=_.date(by)) if by else ""
        rows.append((name, "\n".join(filter(None, (words, dated)))))
    return _answers(_, rows)


def _answers(_: Translator, rows: Sequence[tuple[str, str]], asked: Mapping[str, str] = LABELS) -> list[Element]:
    parts: list[Element] = []
    for name, words in rows:
        if words:
            parts += [
                text(_(asked[name]), small=True, subtle=True, spacing="Medium"),
                said(words, spacing="ExtraSmall"),
            ]
    return parts


def _typed(_: Translator, content: StepContent) -> list[Element]:
    match content:
        case DataStep():
            return _answers(_, [("interpretation", content.interpretation), ("wonder", content.wonder)])
        case PerspectiveStep():
            return _perspective_answers(_, content)
        case FocusStep():
            titles = "\n".join(each.title for each in content.considered)
            return _answers(_, [("considered", titles), ("wishes", content.wishes), ("support", content.support)])
