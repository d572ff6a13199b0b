"""The first card, and who sees what."""

from cards import my_data, overview
from cards.form import carried
from cards.kit import Card, card, press, toggle_more
from cards.language import N_, Translator
from cards.language_choice import switch
from cards.layout import Element
from cards.parts import bullets, facts, section, text
from domain.municipality import Facts
from domain.organisation import Person

WHO_SEES = "welcome.who_sees"
RIGHTS = N_(
    "You can see your data, have what is wrong corrected, in some cases have data deleted or their use restricted, and "
    "object. You can complain to Datatilsynet, the Danish data protection authority (datatilsynet.dk)."
)


def welcome(_: Translator, person: Person, owed: Facts, *, is_quiet: bool = True) -> Card:
    """What the bot does and never does, with the facts everyone is owed behind a button.

    `is_quiet` says that it keeps to working days, and to one message a day.
    """
    return card(
        _,
        _("Welcome to Læringsbot"),
        subtitle=person.first_name,
        summary=_("Welcome to Læringsbot"),
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "I help you with learning dialogues, focus areas, learning-environment observations and 1:1 "
                    "follow-up. I only read what you write to me. I do not rate you or your institution, and I make "
                    "no rankings."
                ),
                spacing="Medium",
            ),
            text(
                _(
                    "I write when something is near or waits for you, on working days, at most once a day. "
                    "You can always write to me, for instance “my overview” or “help”."
                )
                if is_quiet
                else _(
                    "I write when something is near or waits for you. "
                    "You can always write to me, for instance “my overview” or “help”."
                ),
                spacing="Small",
            ),
            toggle_more(_("About your data"), "facts", facts(responsible(_, owed)), spacing="Medium"),
        ],
        actions=[
            press(_("Show my overview"), overview.OPEN, carried(), primary=True),
            press(_("Who can see what?"), WHO_SEES, carried()),
            switch(_),
        ],
    )


def who_sees_what(_: Translator, owed: Facts, *, observes: bool = False) -> Card:
    """The rules of sight in words, the same for everyone; first what an observer writes, for who only `observes`."""
    return card(
        _,
        _("Who can see what?"),
        seen_by=_("only you"),
        body=[
            text(
                _("Every card says on its second line who can see it. These are the rules behind it:"), spacing="Medium"
            ),
            *(_of_observing(_) if observes else ()),
            section(_("While you write")),
            bullets(
                [
                    _("A draft is seen by the leaders of the institution and the colleagues they share it with."),
                    _("The chief sees a word for how far it is, such as “being prepared”. Never what is written."),
                ],
                spacing="Small",
            ),
            section(_("When you press “Ready for the dialogue”")),
            bullets(
                [
                    _("The participants and the chief for your institution can read the preparation."),
                    _("If you correct it, it is a draft again until you press once more."),
                ],
                spacing="Small",
            ),
            section(_("When you save the shared reflection")),
            bullets([_("The chief for your institution and the administration can read it.")], spacing="Small"),
            section(_("Decisions, focus areas, perspectives and local priorities")),
            bullets(
                [
                    _("When you save them, the chief for your institution and the administration can read them."),
                    _("The leaders choose and word the focus areas; the chief can remark on one, and never edit it."),
                    _("The leader alone decides whether a focus area goes on the agenda of the next 1:1."),
                    _(
                        "The leader alone decides what goes to the board. "
                        "What the board said is read with the decisions."
                    ),
                    _(
                        "“Save as perspective” on a message in Teams gives me that one message. "
                        "Nothing of it is kept until you save, and never who wrote it."
                    ),
                ],
                spacing="Small",
            ),
            section(_("Never")),
            bullets(
                [
                    _("No points, no rankings and no automatic verdicts: the professional judgement is yours."),
                    _(
                        "Leaders of other institutions do not see your key figures, "
                        "your preparation or your reflection."
                    ),
                    _("I do not read chats, files or calendars. Only what is sent to me."),
                ],
                spacing="Small",
            ),
            text(_("Whoever changes position loses access the same day."), spacing="Medium"),
            toggle_more(_("Show the other rules"), "rules", *_other_rules(_, observes=observes), spacing="Medium"),
            toggle_more(_("About your data"), "facts", facts(responsible(_, owed)), spacing="Medium"),
        ],
        actions=[press(_("My overview"), overview.OPEN, carried()), press(_("My data"), my_data.OPEN, carried())],
    )


def _of_observing(_: Translator) -> list[Element]:
    return [
        section(_("When you observe, or are observed")),
        bullets(
            [
                _("Your notes and your draft are yours alone. Your notes are deleted when you send the feedback."),
                _(
                    "The leaders of the host read the feedback, and those they share it with. Their chief and the "
                    "administration that takes part there read it when they have acknowledged it, or after 14 days; "
                    "before that, only a word for how far it is."
                ),
                _("Nobody is told why you decline, and you are not asked."),
                _("Every time somebody reads feedback it is written down: “who has seen it” shows you."),
            ],
            spacing="Small",
        ),
    ]


def _other_rules(_: Translator, *, observes: bool) -> list[Element]:
    """What comes up now and then: sharing, observing, 1:1s, and a change of leader."""
    return [
        section(_("When you share practice"), spacing="Medium"),
        bullets(
            [
                _(
                    "Before you press “Share practice”, only the leaders of your institution see it. Then all "
                    "leaders, observers, network facilitators, chiefs and the administration can read it."
                ),
                _("Your name is shown only if others may contact you. You can withdraw it at any time."),
            ],
            spacing="Small",
        ),
        section(_("Across institutions")),
        bullets(
            [
                _(
                    "The evidence base has no names, and no number from few institutions. "
                    "Leaders, chiefs, the administration and the leader networks can see it."
                ),
                _("A network's draft is seen by its facilitators, and by everybody above when they save it."),
                _(
                    "The political report has no names either. Chiefs, the administration and the leader networks see "
                    "the draft. When it is final, everybody who uses the bot can read it."
                ),
            ],
            spacing="Small",
        ),
        *(() if observes else _of_observing(_)),
        section(_("1:1 between leader and chief")),
        bullets(
            [
                _("The agenda, the note and the remarks are seen by the two of them and by nobody else."),
                _(
                    "The leader sees the note as soon as it is shared. Every time somebody other than its "
                    "author reads it, I write it down: ask “who has seen it”."
                ),
                _(
                    "Agreements can also be seen by the chief that the institution has later. "
                    "The note stays with the two of them."
                ),
                _("The chief sees whether I can write to the leader, and if not, why."),
            ],
            spacing="Small",
        ),
        section(_("Who has read what")),
        bullets(
            [_("The data protection officer can see who has read what of whom, and nothing of what was read.")],
            spacing="Small",
        ),
        section(_("When an institution gets a new leader")),
        bullets(
            [
                _("The new leader sees what belongs to the institution, also a preparation that has been begun."),
                _("An agreement continues only if the chief passes it on. Notes and your own drafts never do."),
            ],
            spacing="Small",
        ),
    ]


def responsible(_: Translator, owed: Facts) -> list[tuple[str, str]]:
    """ "Controller, purpose, basis, recipients, storage time, rights, DPO link (GDPR art. 13)", and whom to ask."""
    return [
        (_("Responsible for your data"), owed.controller),
        (_("Purpose"), owed.purpose),
        (_("Legal basis"), owed.basis),
        (_("Who receives your data"), owed.recipients),
        (_("Kept for"), owed.storage),
        (_("Your rights"), _(RIGHTS)),
        (_("Questions and your rights"), owed.contact),
        (_("Data protection officer"), owed.protection_officer),
    ]
