"""A municipality in the middle of everything: each kind of confidential words is there, of people who are all known."""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from domain.acknowledgement import Acknowledgement, FeedbackShare, Reply
from domain.agenda import AgendaItem
from domain.anonymisation import Anonymisation
from domain.board import BoardNote
from domain.cycle import PoliticalRound, RoundState
from domain.decision import Decision, DecisionKind
from domain.decision import What as Decided
from domain.dialogue import Addendum, Dialogue, DialogueState
from domain.facts import SourceKind, SourceRef
from domain.feedback import Curious, Described, Feedback, FeedbackAddendum
from domain.focus_area import FocusArea
from domain.focus_remark import FocusRemark
from domain.invitation import What, Whom
from domain.measure import Measure
from domain.name_words import Names
from domain.network import Answer, NetworkStatement
from domain.note import Note as Minutes
from domain.note import Remark
from domain.observation import Observation, ObservationState
from domain.one_on_one import NOTED, OneOnOne, OneOnOneState
from domain.organisation import AgeRange, Area, Institution, InstitutionType, Language, Person, Role, RoleAssignment
from domain.period import HalfYear
from domain.personal_note import PersonalNote
from domain.political_report import PoliticalReport, Printed
from domain.practice import Account, Practice
from domain.preparation import DataStep, Preparation, PreparationShare
from domain.printed import Line
from domain.rectification import Matter, Rectification
from domain.reflection import Reflection, Understanding
from domain.saved_summary import About, SavedSummary, SummaryRemark, SummaryState
from domain.saved_summary import Printed as PrintedLines
from domain.supervision import Section
from storage.cycle import cycle_in
from storage.demo import seed
from storage.political_content import content_for
from storage.roles import viewer_on
from storage.unit_of_work import UnitOfWork
from tests.town import COPENHAGEN, NOW

AGO = NOW - timedelta(days=3)


@dataclass
class Crowd:
    """Everybody by name, and the institutions by name."""

    people: dict[str, Person]
    places: dict[str, Institution]

    @classmethod
    def gather(cls, uow: UnitOfWork) -> "Crowd":
        seed(uow, NOW, COPENHAGEN)
        _come_from_afar(uow)
        people = {each.name: each for each in uow.session.scalars(select(Person).order_by(Person.email))}  # type: ignore[arg-type]
        places = {each.name: each for each in uow.session.scalars(select(Institution))}
        found = cls(people, places)
        found._observe(uow)
        found._remark(uow)
        found._meet(uow)
        found._develop(uow)
        found._sum_up(uow)
        found._take_leave(uow)
        uow.session.flush()
        return found

    def _observe(self, uow: UnitOfWork) -> None:
        """Drafts of an invitation and of a feedback, a feedback that is unread, and one that was read and shared."""
        own, rune = self.places["Elmeskolen"], self.people["Rune Solgård"]
        mette = self.people["Mette Elkjær"]
        done = uow.session.scalars(select(Observation)).all()
        visit = next(each for each in done if each.state is ObservationState.DONE)
        focus = next(iter(uow.session.scalars(select(FocusArea)).all()))

        def observation(host: str, place: str, observer: str, home: str, **more: Any) -> Observation:
            made = Observation(
                institution_id=self.places[place].id,
                host_id=self.people[host].id,
                guide_id=visit.guide_id,
                what=What(where="3.a", focus=f"Hvem taler der, når {observer} ser på?", points=(1,)),
                observer_id=self.people[observer].id,
                observer_institution_id=self.places[home].id,
                asked_at=AGO - timedelta(days=10),
                **{"state": ObservationState.DONE, "is_informed": True, "revision": 3} | more,
            )
            if made.state is not ObservationState.DRAFT:
                made.offered, made.starts_at = (AGO,), AGO
            if made.state is ObservationState.DONE:
                made.done_at = AGO + timedelta(hours=2)
            uow.add(made)
            uow.session.flush()
            return made

        draft = observation("Mette Elkjær", "Elmeskolen", "Rune Solgård", "Fyrreskolen", state=ObservationState.DRAFT)
        draft.observer_id = draft.observer_institution_id = draft.asked_at = None
        draft.whom, draft.written_at = Whom(observer_id=rune.id), AGO
        sofie = ("Sofie Rosenlund", "Børnehuset Åen")
        unread = observation("Mette Elkjær", "Elmeskolen", *sofie)
        read = observation("Mette Elkjær", "Elmeskolen", "Dorte Engvang", "Børnehuset Åen")
        coming = observation(
            "Anders Lyngby", "Fyrreskolen", "Jonas Bækgård", "Elmeskolen", state=ObservationState.AGREED
        )
        coming.starts_at = NOW + timedelta(days=4)
        coming.what = replace(coming.what, focus_area_id=focus.id)

        def feedback(about: Observation, submitted_at: datetime | None) -> Feedback:
            assert about.observer_id is not None
            assert about.observer_institution_id is not None
            made = Feedback(
                observation_id=about.id,
                institution_id=about.institution_id,
                home_id=about.observer_institution_id,
                author_id=about.observer_id,
                described=Described(saw="Fire børn talte, og otte så på.", supports="En voksen ventede længe."),
                curious=Curious(wonder="Hvad hvis kredsen var mindre?", home="Vi begynder to og to i morgen."),
                written_at=AGO + timedelta(hours=3),
                submitted_at=submitted_at,
            )
            uow.add(made)
            uow.session.flush()
            return made

        feedback(visit, None)
        feedback(unread, AGO + timedelta(hours=4))
        sent = feedback(read, AGO + timedelta(hours=4))
        at = AGO + timedelta(days=1)
        reply = Reply(bring="Vi tager kredsen op i samtalen.", comment="Det genkender vi godt hos os.")
        uow.add(
            FeedbackAddendum(feedback_id=sent.id, author_id=sent.author_id, written_at=at, text="Det var om morgenen."),
            Acknowledgement(feedback_id=sent.id, by_id=mette.id, at=at, reply=reply),
            FeedbackShare(
                feedback_id=sent.id, person_id=self.people["Sara Møllehave"].id, shared_by=mette.id, shared_at=at
            ),
        )
        assert own.id == visit.institution_id

    def _remark(self, uow: UnitOfWork) -> None:
        """What a chief remarks on a focus area of each institution."""
        chiefs = [each for each in uow.session.scalars(select(RoleAssignment)) if each.role is Role.CHIEF]
        for where in self.places.values():
            chief = next((each for each in chiefs if each.covers(where)), None)
            area = uow.session.scalars(select(FocusArea).filter_by(institution_id=where.id)).first()
            if chief is not None and area is not None:
                uow.add(FocusRemark.on(area, f"Jeg ser det også på {where.name}.", by=chief.person_id, now=AGO))

    def _meet(self, uow: UnitOfWork) -> None:
        """Private lines of both, a personal note of each, a remark, and the chief's own draft of a note."""
        kept = uow.session.scalars(select(OneOnOne)).all()
        noted = next(each for each in kept if each.state in NOTED)
        coming = next(each for each in kept if each.is_coming)
        for someone, text in ((coming.chief_id, "Chefens eget punkt"), (coming.leader_id, "Lederens eget punkt")):
            uow.add(
                AgendaItem(
                    one_on_one_id=coming.id, text=f"{text} om fravær", added_by=someone, added_at=AGO, is_private=True
                ),
                PersonalNote(one_on_one_id=coming.id, author_id=someone, text=f"{text}, forberedt", written_at=AGO),
            )
        for who in (coming.chief_id, coming.leader_id):
            uow.session.get_one(Person, who).keeps_notes = True
        anders, ole = self.people["Anders Lyngby"], self.people["Ole Strandby"]
        held = OneOnOne(
            chief_id=ole.id,
            leader_id=anders.id,
            institution_ids=(self.places["Fyrreskolen"].id,),
            starts_at=AGO,
            meets_on=AGO.date(),
            scheduled_at=AGO - timedelta(days=20),
            place="Fyrreskolen, kontoret",
            state=OneOnOneState.HELD,
            draft=Minutes(leading="Ledelsen har fået et fælles blik.", works="Makkerpar på hele årgangen."),
        )
        uow.add(held)
        uow.session.flush()
        uow.add(
            Remark(
                one_on_one_id=noted.id, author_id=noted.leader_id, text="Vi talte også om udeskole.", written_at=AGO
            ),
            AgendaItem(one_on_one_id=held.id, text="Overgangen fra børnehaven", added_by=anders.id, added_at=AGO),
            Rectification.ask(
                Matter.NOTE,
                noted.id,
                of=noted.chief_id,
                by=noted.leader_id,
                wanted="Det var mig, der foreslog makkerpar.",
                reason="Det er vigtigt for teamet.",
                now=AGO,
            ),
        )

    def _develop(self, uow: UnitOfWork) -> None:
        """A handed preparation, a reflection whose notes a colleague takes, drafts of a decision and of a practice."""
        own, mette = self.places["Elmeskolen"], self.people["Mette Elkjær"]
        dialogues = uow.session.scalars(select(Dialogue).order_by(Dialogue.starts_at)).all()  # type: ignore[arg-type]
        prepared = {each.dialogue_id: each for each in uow.session.scalars(select(Preparation))}
        reflected = {each.dialogue_id for each in uow.session.scalars(select(Reflection))}
        mine = [each for each in dialogues if each.institution_id == own.id]
        ahead = next(each for each in mine if each.starts_at > NOW)
        begun = next(each for each in reversed(mine) if each.starts_at <= NOW and each.id not in reflected)
        handed = prepared.get(ahead.id) or Preparation(dialogue_id=ahead.id)
        handed.data = DataStep(interpretation="Flere elever kommer til orde nu.", wonder="Hvem tier stadig i timen?")
        handed.written_by, handed.written_at, handed.handed_to = mette.id, AGO, self.people["Jonas Bækgård"].id
        uow.add(handed)
        uow.session.flush()
        begun.state = DialogueState.HELD
        uow.add(
            PreparationShare.of(handed, self.people["Sara Møllehave"].id, by=mette.id, now=AGO),
            Reflection(
                dialogue_id=begun.id,
                understanding=Understanding(interpretation="De tør mere, to og to.", analysis="Vi giver tid nok."),
                written_by=mette.id,
                written_at=AGO,
                note_taker=self.people["Sara Møllehave"].id,
            ),
            Decision(
                dialogue_id=begun.id,
                author_id=mette.id,
                what=Decided(kind=DecisionKind.MEASURE, text="Makkerpar på hele årgangen"),
                written_by=mette.id,
                written_at=AGO,
            ),
        )
        told = next(each for each in dialogues if each.id in reflected)
        where = uow.session.get_one(Institution, told.institution_id)
        leader = next(
            each.person_id
            for each in uow.session.scalars(select(RoleAssignment))
            if each.role is Role.LEADER and each.institution_id == where.id
        )
        uow.add(
            Addendum(dialogue_id=told.id, author_id=leader, written_at=AGO, text="Bestyrelsen er siden spurgt."),
            BoardNote(
                dialogue_id=told.id,
                author_id=leader,
                written_at=AGO,
                informed_on=AGO.date(),
                said="Bestyrelsen vil høre mere.",
            ),
        )
        shared = {each.focus_area_id for each in uow.session.scalars(select(Practice))}
        area = next(each for each in uow.session.scalars(select(FocusArea)) if each.id not in shared)
        uow.add(
            Practice(
                institution_id=area.institution_id,
                theme_id=area.theme_id,
                focus_area_id=area.id,
                title="En praksis i kladde",
                draft=Account(did="Vi har prøvet makkerpar.", why="Det giver tid at tænke."),
                written_by=leader,
                written_at=AGO,
            )
        )
        decided = next(each for each in uow.session.scalars(select(Decision)) if each.dialogue_id == told.id)
        uow.add(
            Measure(
                institution_id=where.id,
                decision_id=decided.id,
                text="Morgenmøder på hele årgangen",
                owner="Teamet på 5. årgang",
                due=NOW.date() + timedelta(days=20),
            )
        )
        year = max(each.year for each in uow.session.scalars(select(PoliticalRound))) + 1
        about = PoliticalRound(year=year, age_range=AgeRange.YOUNGER, state=RoundState.NETWORKS, networks_at=AGO)
        uow.add(about)
        uow.session.flush()
        for network, saved_at in ((InstitutionType.SCHOOL, None), (InstitutionType.DAYCARE, AGO)):
            uow.add(
                NetworkStatement(
                    round_id=about.id,
                    network=network,
                    answers=(Answer(tell="Vi genkender billedet hos os.", lacking="Vi mangler de små børns ord."),),
                    written_at=AGO,
                    saved_at=saved_at,
                )
            )
        uow.session.flush()
        self._report(uow, about)

    def _sum_up(self, uow: UnitOfWork) -> None:
        """A summary that a leader has remarked on, and one that its chief has not sent."""
        birgit, mette = self.people["Birgit Dalum"], self.people["Mette Elkjær"]
        present = HalfYear.of(NOW.date())
        for name, is_sent in (("Elmeskolen", True), ("Børnehuset Åen", False)):
            where = self.places[name]
            ref = SourceRef(kind=SourceKind.PLACE, id=where.id, institution_id=where.id, at=AGO)
            line = Line(section=Section.FOCUS_AREAS, lead="Flere er med", rest="På vej siden sidst", sources=(ref,))
            made = SavedSummary.of(
                About(institution_id=where.id, first=present, last=present),
                PrintedLines(scope=f"{name} i halvåret", lines=(line,), language=Language.DANISH),
                by=birgit.id,
                now=AGO,
                replaces=None,
            )
            uow.add(made)
            uow.session.flush()
            if is_sent:
                made.state, made.read_at, made.sent_at, made.sent_by = SummaryState.SENT, AGO, AGO, birgit.id
                told = "Det passer, som jeg ser det."
                uow.add(SummaryRemark(summary_id=made.id, author_id=mette.id, remark=told, written_at=AGO))

    def _take_leave(self, uow: UnitOfWork) -> None:
        """A proposal to anonymise somebody who has left, which nobody has answered yet."""
        someone = next(role for role in uow.session.scalars(select(RoleAssignment)) if role.role is Role.ADMINISTRATION)
        left = Person(
            name="Grethe Mark Lund", email="grethe@skovkoebing.example", ended_on=(AGO - timedelta(days=90)).date()
        )
        uow.add(left)
        uow.session.flush()
        by = uow.session.get_one(Person, someone.person_id)
        uow.add(Anonymisation.propose(person=left, case="Sag 2026-17", by=by, now=AGO))

    def _report(self, uow: UnitOfWork, about: PoliticalRound) -> None:
        """A draft of the political report on the round, with what a network has given in it."""
        someone = next(role for role in uow.session.scalars(select(RoleAssignment)) if role.role is Role.ADMINISTRATION)
        author = uow.session.get_one(Person, someone.person_id)
        cycle = cycle_in(uow, AgeRange.YOUNGER, HalfYear.of(NOW.date()))
        assert cycle is not None
        viewer = viewer_on(uow, author, NOW.date())
        content = content_for(uow, viewer, cycle, fewest=3, now=AGO, zone=COPENHAGEN)
        given = [each for each in uow.session.scalars(select(NetworkStatement)) if each.saved_at]
        printed = tuple(Printed.of(each, Names()) for each in given)
        uow.add(
            PoliticalReport(round_id=about.id, content=replace(content, statements=printed), drawn_by=someone.person_id)
        )


def _come_from_afar(uow: UnitOfWork) -> None:
    """A leader, an observer, a chief and a facilitator from another part of the municipality, and one with no role."""
    area = Area(name="Langtvæk")
    uow.add(area)
    uow.session.flush()
    place = Institution(name="Fjernskolen", type=InstitutionType.SCHOOL, age_range=AgeRange.OLDER, area_id=area.id)
    uow.add(place)
    uow.session.flush()
    reach: dict[Role | None, dict[str, UUID | InstitutionType]] = {
        Role.LEADER: {"institution_id": place.id},
        Role.OBSERVER: {"institution_id": place.id},
        Role.CHIEF: {"area_id": area.id},
        Role.FACILITATOR: {"network": InstitutionType.SCHOOL},
        None: {},
    }
    for role, where in reach.items():
        someone = Person(
            name=f"Fremmed {role}",
            email=f"{role}@example.dk",
            aad_object_id=str(uuid4()),
            language=Language.DANISH,
        )
        uow.add(someone)
        uow.session.flush()
        if role is not None:
            uow.add(RoleAssignment(person_id=someone.id, role=role, from_on=date(2020, 1, 1), **where))  # type: ignore[arg-type]
    uow.session.flush()


def unsettle(uow: UnitOfWork, someone: Person, by_chance: random.Random) -> None:
    """What may have happened to somebody before they press: a role that ended yesterday, or a task taken back."""
    match by_chance.randrange(6):
        case 0:
            held = uow.session.scalars(select(RoleAssignment).filter_by(person_id=someone.id)).all()
            for each in held[: by_chance.randint(1, 2)]:
                each.to_on = NOW.date() - timedelta(days=1)
        case 1:
            for handed in uow.session.scalars(select(Preparation).filter_by(handed_to=someone.id)):
                handed.handed_to = None
            for shared in uow.session.scalars(select(PreparationShare).filter_by(person_id=someone.id)):
                uow.session.delete(shared)
            for noted in uow.session.scalars(select(Reflection).filter_by(note_taker=someone.id)):
                noted.note_taker = None
    uow.session.flush()
