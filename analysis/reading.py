"""Reading an article: sentences → attributions → holders → claims with a stance on each proposition.

open page ──▶ sentences ──▶ attributions ──▶ holders ──▶ drafts ──▶ judged ──▶ claims
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.attribution import find_attributions, introduced_speaker
from analysis.citing import Citations
from analysis.comparison import MOVES_AT
from analysis.context import Addressed, Context, Surroundings
from analysis.counted import Counting
from analysis.drafts import ACTS, Draft, join, state, write_claim
from analysis.falsehood import FALSEHOOD
from analysis.floor import CONTINUING, Floor, Speaking, is_person
from analysis.holders import Holders
from analysis.judging import Judge, is_reference
from analysis.page import Page, open_page
from analysis.roster import OFFICIAL_RANK, Holder, Roster
from analysis.units import Attribution, Unit
from news.article import Article
from news.claim import Claim, HolderKind, PropositionStance, Span
from news.cues import ATTITUDES, CueKind
from news.sentences import Sentence
from news.topic import Stance, Topic

_OPAQUE = frozenset(
    [CueKind.SAY, CueKind.THINK, CueKind.PREDICT, CueKind.ALLEGE, CueKind.WARN, CueKind.VOW, CueKind.CALL]
)

_SAID_OF = re.compile(
    r"\b(?:of|about|on) (?:\w+ ){0,3}?(?:reports?|claims?|allegations?|accusations?|rumou?rs|talk|suggestions?"
    r"|statements?)\s*$"
)
_UNDOING = frozenset([CueKind.DENY, CueKind.DOUBT, CueKind.REFUSE])
_CONTINUING = CONTINUING | {"quotation-continues"}
_BARE = 8  # words: a longer sentence says by itself what is denied in it
_BESIDE = 160  # characters
_PLAINLY = 0.7  # what nobody is said to have said must speak of a proposition by itself


class Reader:
    """Reads articles for one topic; compiles the topic's names and patterns once, keeps nothing between articles."""

    def __init__(self, topic: Topic) -> None:
        self._topic = topic
        self._roster = Roster(topic)
        self._judge = Judge(topic)
        self._citations = Citations(topic)
        self._counting = Counting(topic)

    def read(self, article: Article) -> list[Claim]:
        """Every claim of the article in order. Nothing in its excluded ranges is read, nor its title."""
        reading = _Reading(open_page(article, self._roster.name_words), self._topic, self._roster, self._judge)
        claims = map(self._counting.link, reading.claims())
        return [replace(one, cited=self._citations.cited(one.evidence, article.outlet)) for one in claims]


class _Reading:
    """One reading of one page."""

    def __init__(self, page: Page, topic: Topic, roster: Roster, judge: Judge) -> None:
        article = page.article
        self._page = page
        self._judge = judge
        day = article.published.date() if article.published else None
        self._outlet = _outlet_holder(article, topic)
        quotations = [(one.start, one.end) for one in page.quotations if one.speech]
        self._holders = Holders(roster, page.doc, day, page.dateline, self._outlet.actor, quotations=quotations)
        self._context = Context(page, judge)
        self._floor = Floor(page)
        self._respondent: Holder | None = None

    def claims(self) -> list[Claim]:
        """The page's claims, sentence by sentence."""
        found: list[Claim] = []
        for place, sentence in enumerate(self._page.sentences):
            for one in self._sentence(place, sentence):
                before = self._goes_on(found, one, place) if one.rule in _CONTINUING else None
                joined = join(found[before], one, self._page) if before is not None else None
                if before is not None and joined is not None:
                    found[before] = joined
                else:
                    found.append(one)
        return found

    def _goes_on(self, found: Sequence[Claim], more: Claim, place: int) -> int | None:
        """The place of the claim that this one goes on, where both are one speech of one paragraph."""
        sentences = self._page.sentences
        if sentences[place].paragraph != sentences[place - 1].paragraph:
            return None
        rest = self._page.leveled[more.start : more.content[0][0]] + self._page.leveled[more.content[-1][1] : more.end]
        if any(char.isalnum() for char in rest):
            return None
        for at in range(len(found) - 1, -1, -1):
            before = found[at]
            if before.end != sentences[place - 1].end:
                return None
            turn = more.rule in CONTINUING and before.rule in (*CONTINUING, "label")
            spoken = before.quoted and before.rule.startswith(("said-", "quotation"))
            if before.holder == more.holder and (turn or (more.rule not in CONTINUING and spoken)):
                return at
        return None

    def _sentence(self, place: int, sentence: Sentence) -> list[Claim]:
        unit = self._page.unit(sentence)
        attributions = find_attributions(unit)
        introduced = introduced_speaker(unit)
        drafts = self._drafts(sentence, unit, attributions, introduced)
        # What somebody said of whom nobody can tell who it was is not the outlet's own word for that.
        unheld = not drafts and any(one.lemma not in ATTITUDES for one in attributions)
        unheld = unheld or introduced is not None
        words = self._page.leveled[sentence.start : sentence.end]
        addressed = self._context.speak_of(place, words)
        drafts = [draft for draft in drafts if not _is_undone(draft, drafts)]
        claims = [self._judged(draft, drafts, place, addressed) for draft in drafts]
        taken = {one.proposition for claim in claims for one in claim.propositions}
        if all(draft.cue_rule in ATTITUDES for draft in drafts) and not taken and not unheld:
            claims += self._own(sentence)
        for claim in claims:
            if claim.propositions:
                self._context.took(place, claim.holder)
        warm = {one.proposition for claim in claims for one in claim.propositions if _is_inverse(one)}
        firm = {one.proposition for claim in claims for one in claim.propositions if one.score >= MOVES_AT}
        self._context.note(place, words, addressed, firm - warm, self._speakers(drafts))
        return claims

    def _speakers(self, drafts: Sequence[Draft]) -> list[str]:
        said = [one for one in drafts if one.content]
        return [one.holder.name if self._page.quoted(one.content) else "" for one in said]

    def _drafts(
        self, sentence: Sentence, unit: Unit, attributions: Sequence[Attribution], introduced: Attribution | None
    ) -> list[Draft]:
        speaking = self._speaking(sentence)
        self._holders.floor = speaking.holders[0] if speaking else self._outlet
        found = [draft for one in attributions for draft in self._attributed(one, sentence)]
        if introduced is not None and self._introduce(introduced, sentence):
            return [draft for draft in found if introduced.source not in draft.source]
        if speaking is not None and self._is_told(attributions, found, speaking):
            self._floor.close()
            speaking = self._speaking(sentence)
        if speaking is not None and not self._page.asks(sentence):
            found = [*self._outer(sentence, speaking, found), *found]
        if found:
            first = [draft for draft in found if draft.kind is not CueKind.DENY] or found
            self._context.spoke(first[0].holder, sentence)
            return found
        return [] if introduced is not None else self._continued(sentence, unit)

    def _speaking(self, sentence: Sentence) -> Speaking | None:
        """Whose words a sentence is without a cue of its own: an answer's, a statement's, an item's."""
        if self._floor.asked is not None and self._respondent is None:
            self._respondent = self._holders.presented(self._floor.asked, self._page.article.title)
        return self._floor.answers(self._respondent, sentence) or self._floor.holds(sentence)

    def _is_told(self, attributions: Sequence[Attribution], found: Sequence[Draft], speaking: Speaking) -> bool:
        """Whether a sentence tells of those whose words it would be: they would not call themselves by their names."""
        own = {one.source for one in attributions if not one.pronoun}
        return any(draft.holder in speaking.holders and own & set(draft.source) for draft in found)

    def _introduce(self, introduced: Attribution, sentence: Sentence) -> bool:
        """Gives the floor to whom a sentence introduces; whether what follows is not in quotation marks."""
        holders = self._resolve(introduced, sentence)
        for holder in holders:
            self._context.spoke(holder, sentence)
        return self._floor.introduce(introduced, holders, sentence)

    def _outer(self, sentence: Sentence, speaking: Speaking, inner: Sequence[Draft]) -> list[Draft]:
        """The claims of those whose turn it is, but for what they have a cue of their own for ("we deny that …")."""
        if speaking.rule == "item" and inner:
            return []  # in a list of reactions each item is its own speaker's
        whole = ((sentence.start, sentence.end),)
        return [
            Draft(
                sentence,
                each,
                speaking.kind,
                speaking.cue_rule,
                speaking.rule,
                content=whole,
                occasion=speaking.occasion,
            )
            for each in speaking.holders
            if not any(each == one.holder for one in inner)
        ]

    def _resolve(self, one: Attribution, sentence: Sentence) -> list[Holder]:
        leveled = self._page.leveled
        # What stands between a speaker and the cue is said beside the name, however the tree has hung it.
        near = one.cue[0] if 0 < one.cue[0] - one.source[1] < _BESIDE else one.wide[1]
        phrase, beside = leveled[slice(*one.source)], leveled[one.source[0] : max(one.wide[1], near)]
        return self._holders.resolve(phrase, beside, one.source[0], sentence.start, one.content)

    def _attributed(self, one: Attribution, sentence: Sentence) -> list[Draft]:
        if one.rule == "label":
            return self._labelled(one, sentence)
        holders = self._resolve(one, sentence)
        cue_rule = one.rule.rpartition(":")[2]
        return [
            Draft(
                sentence,
                holder,
                one.kind,
                cue_rule,
                one.rule,
                (one.source,),
                (one.cue,),
                one.content,
                one.background,
                one.future,
            )
            for holder in holders
        ]

    def _labelled(self, one: Attribution, sentence: Sentence) -> list[Draft]:
        """“X: …” of a transcript or a heading: the rest of the paragraph goes on with a person's words."""
        if self._page.asks(self._page.ending(sentence)):
            return []
        holders = self._resolve(one, sentence)
        if not self._page.finished(sentence) and not all(holder.actor for holder in holders):
            return []  # a line that does not end as a sentence does is a headline only where a known party speaks
        if is_person(holders):
            self._floor.label(holders[0], sentence)
        return [
            Draft(
                sentence,
                each,
                one.kind,
                "label",
                "label",
                (one.source,),
                (one.cue,),
                one.content,
                future=one.future,
                occasion=self._floor.occasion(sentence.start),
            )
            for each in holders
        ]

    def _continued(self, sentence: Sentence, unit: Unit) -> list[Draft]:
        """A quotation standing alone, or in the midst of the last speaker's paragraph, is the last speaker's."""
        if not unit.quotations:
            return []
        quoted = unit.quoted()
        alone = not any(token.i not in quoted and token.text[0].isalnum() for token in unit.tokens)
        speaker = self._context.continued(sentence, alone=alone)
        if not unit.quotations[-1].closed:
            speaker = self._closer(sentence) or speaker
        if speaker is None:
            return []
        self._context.spoke(speaker, sentence)
        content = tuple((one.start, min(one.end, sentence.end)) for one in unit.quotations)
        return [Draft(sentence, speaker, CueKind.SAY, "say", "quotation-continues", content=content)]

    def _closer(self, sentence: Sentence) -> Holder | None:
        """Who closes a quotation left open at a paragraph's end: the speaker of the paragraph that goes on with it."""
        following = [
            one for one in self._page.sentences if sentence.paragraph < one.paragraph <= sentence.paragraph + 3
        ]
        for one in following:
            unit = self._page.unit(one)
            if not unit.quotations:
                return None
            found = [holder for each in find_attributions(unit) for holder in self._resolve(each, one)]
            if found or unit.quotations[-1].closed:
                return found[0] if found else None
        return None

    def _judged(self, draft: Draft, drafts: Sequence[Draft], place: int, addressed: Addressed) -> Claim:
        beside = self._page.outside(draft.sentence, draft.content)
        around = self._context.surround(place, beside, draft.holder, () if draft.content else addressed)
        if (
            not draft.content
            and not (addressed or around.asked)
            and draft.kind in _UNDOING
            and len(beside.split()) > _BARE
        ):
            around = (
                Surroundings()
            )  # "…, a charge the minister rejected": the charge is this sentence's, whatever it is
        before = self._context.before(place)
        attitude = draft.cue_rule in ATTITUDES
        statement = state(draft, self._page, before, around.referred, self._hidden(draft, drafts))
        remark = self._remark(draft)
        if remark:
            spoken = self._judge.addressed(statement.content) or around.referred
            statement = replace(statement, content=remark, referred=spoken)
            around = Surroundings(spoken, asked=True)
        words = f"{draft.holder.name} {self._page.words(draft.cue)} {statement.content}"
        statement = replace(
            statement,
            attitude=attitude,
            acting=words if attitude or draft.kind in ACTS else "",
            asked=around.asked,
            far=around.far,
            lately=self._context.lately(place),
            spoken=self._context.spoken(place) | {proposition for proposition, _ in around.referred},
        )
        return write_claim(draft, self._page, self._judge.judge(statement))

    def _remark(self, draft: Draft) -> str:
        """“Z,” X said of reports that …: Z is what is said, the reports are what it is said of. Empty for others."""
        if not draft.content or not draft.source:
            return ""
        opening = min(draft.source[0][0], draft.cue[0][0] if draft.cue else draft.source[0][0])
        leveled, start = self._page.leveled, draft.sentence.start
        return leveled[start:opening] if _SAID_OF.search(leveled[opening : draft.content[0][0]]) else ""

    def _hidden(self, draft: Draft, drafts: Sequence[Draft]) -> list[Span]:
        """What another speaker says inside this content: it is that speaker's claim, not this one's."""
        if draft.kind not in _OPAQUE or FALSEHOOD.search(self._page.words(draft.content)):
            return []
        return [
            span
            for other in drafts
            if other.cue_rule not in ATTITUDES
            and self._another(draft.holder, other.holder)
            and other.source
            and not other.rule.startswith("noun:")
            for span in other.content
            if _holds(draft.content, other.cue[0]) and _holds(draft.content, span)
        ]

    @staticmethod
    def _another(holder: Holder, other: Holder) -> bool:
        """Whether the other speaks for somebody else: a spokesman's "my government denies" is his own word too."""
        return other != holder and (holder.actor is None or other.actor != holder.actor)

    def _is_quoted(self, sentence: Sentence) -> bool:
        """Whether most of a sentence stands in quotation marks: then it is somebody's, though nobody is named."""
        inside = sum(
            max(0, min(one.end, sentence.end) - max(one.start, sentence.start))
            for one in self._page.quotations
            if one.speech and one.start < sentence.end and sentence.start < one.end
        )
        return inside > (sentence.end - sentence.start) / 2

    def _own(self, sentence: Sentence) -> list[Claim]:
        """The outlet's own claim, only where it speaks of a proposition."""
        asked = self._page.asks(sentence) or self._page.is_turn(sentence)
        if asked or not self._page.finished(sentence) or self._is_quoted(sentence):
            return []
        content = ((sentence.start, sentence.end),)
        draft = Draft(sentence, self._outlet, CueKind.SAY, "say", "own-voice", content=content)
        # An outlet's "it" and its unnamed agents are other people's: only what stands in the sentence counts.
        stances = self._judge.judge(replace(state(draft, self._page, "", (), ()), actor=None))
        stances = tuple(one for one in stances if one.score >= _PLAINLY and not is_reference(one))
        return [write_claim(draft, self._page, stances)] if stances else []


def _holds(content: Sequence[Span], one: Span) -> bool:
    """Whether a span lies in one of the spans of a content."""
    return any(start <= one[0] and one[1] <= end for start, end in content)


def _is_inverse(one: PropositionStance) -> bool:
    """Whether plain words went against a proposition, with nothing in them denied: "it" is no report of it."""
    return one.stance is Stance.DENIES and one.rule.endswith("content")


def _is_undone(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether an attitude is told only inside what somebody denies or doubts: "denied that it wants to …"."""
    if draft.cue_rule not in ATTITUDES or not draft.cue:
        return False
    at = draft.cue[0][0]
    return any(start <= at < end for one in drafts if one.kind in _UNDOING for start, end in one.content)


def _outlet_holder(article: Article, topic: Topic) -> Holder:
    """The outlet as a holder: a state organ speaks for its state at the rank of an unnamed official."""
    outlet = topic.outlet(article.outlet)
    voice = outlet.voice if outlet else None
    return Holder(outlet.name if outlet else article.outlet, HolderKind.OUTLET, voice, OFFICIAL_RANK if voice else None)
