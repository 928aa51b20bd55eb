"""The analyst's marks: what they change at once and silently, that they hold, and what is corrected."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows import correcting, stages
from flows.comparing import compare_claims
from flows.delivering import digest, preview
from flows.desk import Desk
from flows.marks import take
from flows.setting import Settings
from news.article import CleanArticle, Precision
from news.errors import ConfigurationError
from news.finding import FindingKind
from news.mark import Word
from news.topic import Subscriber
from news.topic_file import load_topic
from tests.volteface.command import DAM
from warehouse import listings, marks
from warehouse.store import Warehouse

DAY = timedelta(days=1)
FIRST = datetime(2024, 3, 4, 9, tzinfo=UTC)
LOWMERE = "Professor {} of Lowmere University"
FILLS = "“Velmora is filling the Sarn reservoir,” {} said on Monday."
FILLS_NOT = "“Velmora is not filling the Sarn reservoir,” {} said on Monday."
SUSPENDED = "“Velmora has suspended the filling of the Sarn reservoir until summer,” {} said on Monday."
STORES = "“Velmora is storing water behind the Sarn dam again,” {} said on Monday."
STORY = (
    # Two spellings that meet in one holder, and two names that do not.
    FILLS_NOT.format(LOWMERE.format("Cho Myong-hyun")) + " The gates stood open all day.",
    FILLS.format(LOWMERE.format("Cho Myung Hyun")) + " Farmers downstream were worried by it.",
    FILLS.format(LOWMERE.format("Ada Nimm")) + " The river was low in the whole valley.",
    FILLS_NOT.format("Adelheid Nimmersdorf, a professor at Lowmere,") + " Nobody had asked her about it.",
    "HARROWGATE - " + FILLS_NOT.format("Water Minister Irja Tamm") + " She spoke in Harrowgate to reporters.",
    "HARROWGATE - " + FILLS.format("Water Minister Irja Tamm") + " She spoke on the shore of the river.",
)
CHO, CHO_TOO, ADA, ADELHEID, TAMM = "Cho Myong-hyun", "Cho Myung Hyun", "Ada Nimm", "Adelheid Nimmersdorf", "Irja Tamm"
NOW = FIRST + 50 * DAY


def file(desk, number, text, when):
    """Files and reads one article, as a round does."""
    page = CleanArticle(
        f"http://wire{number}.example/{number}",
        f"Dam {number}",
        text,
        when,
        published=when,
        published_precision=Precision.SECOND,
        lang="en",
        outlet=f"Wire {number}",
    )
    stages.file_batch(desk, [page], when)
    stages.read(desk, when)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A warehouse file with the story in it, a week an article, told to the desk by a digest each."""
    path = tmp_path_factory.mktemp("told") / "dam.duckdb"
    desk = open_desk(path)
    for number, text in enumerate(STORY):
        when = FIRST + 7 * number * DAY
        file(desk, number, text, when)
        compare_claims(desk, when)
        assert digest(desk, when + timedelta(hours=1))
    return path


def open_desk(path):
    """A desk as a process of its own has it."""
    topic = load_topic(DAM)
    readers = tuple(Subscriber(one, one, "file", str(path.parent), every=DAY) for one in ("desk", "late"))
    return Desk(replace(topic, subscribers=readers[:1]), Warehouse.open(path, topic.id, topic.path), Settings())


@pytest.fixture
def desk(told, tmp_path):
    """A desk over a copy of it."""
    path = tmp_path / "dam.duckdb"
    path.write_bytes(Path(told).read_bytes())
    return open_desk(path)


def rows(desk, view, **filters):
    with desk.warehouse.reading() as tx:
        return listings.listing(tx, view, filters)


def claim_of(desk, name, stance=None):
    """The id of the one claim of that name on the proposition."""
    found = [
        row["claim_id"]
        for row in rows(desk, "claims", holder=name)
        if row["propositions"] and stance in {None, row["propositions"][0]["stance"]}
    ]
    assert len(found) == 1, found
    return found[0]


def stands(desk, **filters):
    """Each holder's stance, with the number of claims that carry it."""
    return {row["holder"]: (row["stance"], len(row["claims"])) for row in rows(desk, "positions", **filters)}


def shifts(desk, **filters):
    """Who moved from what to what; the actor where nobody in particular did."""
    return [(row["holder"] or row["actor"], row["from"], row["to"]) for row in rows(desk, "shifts", **filters)]


def finding(desk, kind, holder=None):
    """The one finding of a kind and holder."""
    found = [row for row in rows(desk, "findings") if row["kind"] == kind and row["holder"] == holder]
    assert len(found) == 1, found
    return found[0]


def due(desk, when):
    """What the digest of that time tells the desk, by kind."""
    return [one.kind for each in digest(desk, when) for one in each.findings]


CHO_MOVES, TAMM_MOVES, VELMORA_MOVES = ((who, "denies", "affirms") for who in (CHO, TAMM, "velmora"))


def test_the_story_is_told_as_expected(desk):
    """The two spellings are one holder who moves; the two other names are two holders."""
    assert stands(desk) == {
        None: ("affirms", 1),
        TAMM: ("affirms", 1),
        CHO: ("affirms", 1),
        ADA: ("affirms", 1),
        ADELHEID: ("denies", 1),
    }
    assert shifts(desk) == [CHO_MOVES, VELMORA_MOVES, TAMM_MOVES]


def test_joined_names_are_one_holder_at_once(desk):
    """One position, moved by the claims of both names; lists find it under either name; and no digest tells of it."""
    take(desk, ADELHEID, Word.SAME_AS, NOW, other=ADA)
    assert ADELHEID not in stands(desk)
    assert stands(desk)[ADA] == ("denies", 1)
    assert (ADA, "affirms", "denies") in shifts(desk)
    assert {row["holder"] for row in rows(desk, "claims", holder="nimmersdorf")} == {ADA}
    assert len(rows(desk, "claims", holder="Ada Nimm")) == 2
    assert stands(desk, holder="Nimmersdorf") == {ADA: ("denies", 1)}
    assert shifts(desk, holder="Nimmersdorf") == [(ADA, "affirms", "denies")]
    # The first of them corroborated others, and still does; the second had corroborated under the other name.
    told = {(row["kind"], row["holder"]) for row in rows(desk, "findings") if row["holder"] in {ADA, ADELHEID}}
    assert told == {("shift", ADA), ("corroboration", ADA)}
    assert due(desk, NOW + DAY) == []


def test_what_was_known_before_the_mark_can_be_asked(desk):
    """As of a moment before the mark, names, positions, shifts and findings are as they were."""
    before = {view: rows(desk, view) for view in ("claims", "positions", "shifts", "findings")}
    take(desk, ADELHEID, Word.SAME_AS, NOW, other=ADA)
    assert {view: rows(desk, view, as_of=NOW - DAY) for view in before} == before
    assert rows(desk, "marks", as_of=NOW - DAY) == []
    assert rows(desk, "claims") != before["claims"]


def test_a_join_undone_leaves_no_trace(desk):
    """Joined and taken back, everything is as it was; so it is when the two are parted instead."""
    before = {view: rows(desk, view) for view in ("claims", "positions", "shifts", "findings")}
    for at, (word, other) in enumerate([(Word.UNDONE, None), (Word.APART_FROM, ADA)]):
        take(desk, ADELHEID, Word.SAME_AS, NOW + 2 * at * DAY, other=ADA)
        assert rows(desk, "positions") != before["positions"]
        take(desk, ADELHEID, word, NOW + (2 * at + 1) * DAY, other=other)
        assert {view: rows(desk, view) for view in before} == before, word
    assert [row["holds"] for row in rows(desk, "marks")] == [False, False, False, True]
    assert due(desk, NOW + 9 * DAY) == []


def test_parted_spellings_are_two_holders(desk):
    """Each has a position of his own, nobody moved, and whoever was told that somebody did gets a correction, once."""
    take(desk, CHO_TOO, Word.APART_FROM, NOW, other=CHO, because="another man")
    assert stands(desk)[CHO] == ("denies", 1)
    assert stands(desk)[CHO_TOO] == ("affirms", 1)
    assert shifts(desk) == [VELMORA_MOVES, TAMM_MOVES]
    correction = finding(desk, "correction", CHO)
    assert "(another man)" in correction["sentence"]
    assert [one.kind for one in preview(desk, NOW - DAY, NOW).findings] == [FindingKind.CORRECTION]
    assert due(desk, NOW + DAY) == [FindingKind.CORRECTION]
    assert due(desk, NOW + 3 * DAY) == []
    # Joined and parted once more, they have been told already.
    take(desk, CHO_TOO, Word.SAME_AS, NOW + 4 * DAY, other=CHO)
    assert CHO_MOVES in shifts(desk)
    take(desk, CHO_TOO, Word.APART_FROM, NOW + 5 * DAY, other=CHO)
    assert due(desk, NOW + 6 * DAY) == []


def test_names_stay_joined_and_parted_when_articles_are_read_again(desk, monkeypatch):
    """A new engine's claims, those of later articles, and spellings never met before mean whom the marks say."""
    take(desk, ADELHEID, Word.SAME_AS, NOW, other=ADA)
    take(desk, CHO_TOO, Word.APART_FROM, NOW, other=CHO)
    before = {view: rows(desk, view) for view in ("positions", "shifts")}
    monkeypatch.setattr(stages, "ENGINE", "a-later-one")
    assert stages.read(desk, NOW + DAY) > 0
    assert compare_claims(desk, NOW + DAY, silent=True) == 0
    assert {view: rows(desk, view) for view in before} == before
    later = STORES.format("Adelheid Nimmersdorff, a professor at Lowmere,") + " It was quiet at the gates."
    file(desk, 9, later, NOW + 2 * DAY)
    compare_claims(desk, NOW + 2 * DAY)
    assert stands(desk)[ADA] == ("affirms", 1)
    assert [row["holder"] for row in rows(desk, "claims", since=NOW - 3 * DAY)] == [ADA]


def test_a_joined_name_speaks_for_its_holders_actor(desk):
    """A name read as nobody's voice, joined to a minister's, moves the country; parted again it does not."""
    text = SUSPENDED.format("Una Quist, an engineer from Harrowgate,") + " It was quiet at the gates on that day."
    file(desk, 9, text, NOW)
    compare_claims(desk, NOW)
    assert due(desk, NOW + DAY)
    take(desk, "Una Quist", Word.SAME_AS, NOW + 2 * DAY, other=TAMM)
    assert (stands(desk)[TAMM], stands(desk)[None]) == (("denies", 1), ("denies", 1))
    assert {row["actor"] for row in rows(desk, "claims", holder="Quist")} == {"velmora"}
    assert due(desk, NOW + 3 * DAY) == []
    take(desk, "Una Quist", Word.UNDONE, NOW + 4 * DAY)
    assert (stands(desk)[TAMM], stands(desk)[None]) == (("affirms", 1), ("affirms", 1))


def test_a_wrong_claim_carries_nothing(desk):
    """It leaves lists, positions and shifts; what rested on it alone is corrected, for those who were told, once."""
    wrong = claim_of(desk, TAMM, "affirms")
    done = take(desk, wrong, Word.WRONG, NOW, because="she said the opposite")
    assert wrong not in {row["claim_id"] for row in rows(desk, "claims")}
    assert (stands(desk)[TAMM], stands(desk)[None]) == (("denies", 1), ("denies", 1))
    assert shifts(desk) == [CHO_MOVES]
    assert len(done.corrected) == 1  # the shift of the country; that of its minister was folded under it
    assert due(desk, NOW + DAY) == [FindingKind.CORRECTION]
    assert due(desk, NOW + 3 * DAY) == []
    take(desk, wrong, Word.UNDONE, NOW + 4 * DAY)
    assert shifts(desk) == [CHO_MOVES, VELMORA_MOVES, TAMM_MOVES]
    assert due(desk, NOW + 5 * DAY) == []


def test_what_rests_on_other_claims_too_stays(desk):
    """A second report of the same words on that day carries the shift when the first one is marked wrong."""
    when = FIRST + 35 * DAY + timedelta(hours=3)
    file(desk, 9, "LOWMERE - Velmora is filling the Sarn reservoir, Water Minister Irja Tamm said on Monday.", when)
    compare_claims(desk, when)
    first = shifts_of = rows(desk, "shifts", holder=TAMM)[0]
    done = take(desk, shifts_of["after"]["claim_id"], Word.WRONG, NOW)
    [left] = rows(desk, "shifts", holder=TAMM)
    assert left["finding_id"] == first["finding_id"]
    assert left["after"]["claim_id"] != first["after"]["claim_id"]
    assert done.corrected == ()
    assert due(desk, NOW + DAY) == []


def test_a_wrong_claim_stays_wrong_when_it_is_read_again(desk, monkeypatch):
    """Read by a new engine or in a new version of its page, under a new id, the same claim is still marked."""
    wrong = claim_of(desk, TAMM, "affirms")
    take(desk, wrong, Word.WRONG, NOW)
    before = rows(desk, "positions")
    monkeypatch.setattr(stages, "ENGINE", "a-later-one")
    stages.read(desk, NOW + DAY)
    file(desk, 5, STORY[5] + " Nobody else was there.", NOW + 2 * DAY)
    compare_claims(desk, NOW + 2 * DAY)
    with desk.warehouse.reading() as tx:
        ids = tx.rows("SELECT DISTINCT claim_id FROM claims WHERE holder = $name", {"name": TAMM})
    assert len(ids) == 3  # the denial, the wrong one, and the wrong one of the new version
    assert rows(desk, "positions") == before
    assert [row["kind"] for row in rows(desk, "revisions")] == ["extended"]
    assert rows(desk, "revisions")[0]["claims"] == []
    take(desk, wrong, Word.UNDONE, NOW + 4 * DAY)
    assert VELMORA_MOVES in shifts(desk)


def test_news_that_waits_is_told_all_the_same(desk):
    """A claim that was read but not yet compared when a mark is made is told when it is compared."""
    text = "HARROWGATE - " + SUSPENDED.format("Water Minister Irja Tamm") + " Nobody had expected it of her."
    file(desk, 9, text, NOW)
    take(desk, ADELHEID, Word.SAME_AS, NOW, other=ADA)
    take(desk, claim_of(desk, CHO, "denies"), Word.WRONG, NOW)
    assert compare_claims(desk, NOW) >= 2
    assert due(desk, NOW + DAY).count(FindingKind.SHIFT) == 1
    assert FindingKind.CORRECTION not in due(desk, NOW + DAY)


def test_a_finding_marked_wrong_is_corrected(desk):
    """It is listed no longer, and its readers are told once; taken back before they were, nothing is told."""
    one = finding(desk, "shift", CHO)["finding_id"]
    take(desk, one, Word.WRONG, NOW)
    assert shifts(desk) == [VELMORA_MOVES, TAMM_MOVES]
    take(desk, one, Word.UNDONE, NOW + timedelta(hours=1))
    assert CHO_MOVES in shifts(desk)
    assert due(desk, NOW + DAY) == []
    take(desk, one, Word.WRONG, NOW + 2 * DAY, because="not he")
    assert due(desk, NOW + 3 * DAY) == [FindingKind.CORRECTION]
    take(desk, one, Word.RIGHT, NOW + 4 * DAY)
    take(desk, one, Word.WRONG, NOW + 5 * DAY)
    assert due(desk, NOW + 6 * DAY) == []


def test_only_those_who_were_told_get_a_correction(desk):
    """A subscriber who came later hears nothing of it; a finding that nobody was told needs none."""
    late = replace(desk.topic.subscribers[0], id="late", name="Late")
    desk = replace_topic(desk, subscribers=(*desk.topic.subscribers, late))
    take(desk, finding(desk, "shift", CHO)["finding_id"], Word.WRONG, NOW)
    assert [(one.subscriber, len(one.findings)) for one in digest(desk, NOW + timedelta(hours=1))] == [("desk", 1)]
    untold = finding(desk, "shift", TAMM)["finding_id"]  # folded under its country's
    assert take(desk, untold, Word.WRONG, NOW + DAY).corrected == ()


def replace_topic(desk, **changes):
    """The same desk with another topic."""
    return Desk(replace(desk.topic, **changes), desk.warehouse, desk.settings)


@pytest.mark.parametrize("word", [Word.NOISE, Word.KNOWN, Word.WRONG])
def test_what_is_marked_before_the_digest_is_not_told(desk, word):
    """A finding that waits for its digest and is noise, known or wrong is left out; what else waits is told."""
    text = "HARROWGATE - " + SUSPENDED.format("Water Minister Irja Tamm") + " Nobody had expected it of her."
    file(desk, 9, text, NOW)
    compare_claims(desk, NOW)
    waiting = [row for row in rows(desk, "findings") if row["recorded_at"] == NOW]
    assert {row["kind"] for row in waiting} == {"shift"}
    whole = next(row["finding_id"] for row in waiting if row["holder"] is None)
    take(desk, whole, word, NOW + timedelta(hours=1))
    [one] = digest(desk, NOW + DAY)
    assert [(each.kind, each.holder) for each in one.findings] == [(FindingKind.SHIFT, TAMM)]


def test_the_precision_of_past_alerts(desk):
    """Right of those marked right or wrong, by kind; noise, known and unmarked apart; what a mark undid is wrong."""
    assert {row["precision"] for row in precision(desk).values()} == {None}
    take(desk, finding(desk, "shift", CHO)["finding_id"], Word.RIGHT, NOW)
    take(desk, finding(desk, "corroboration", ADA)["finding_id"], Word.NOISE, NOW)
    take(desk, claim_of(desk, TAMM, "affirms"), Word.WRONG, NOW)
    told = precision(desk)
    assert (told["shift"]["told"], told["shift"]["right"], told["shift"]["wrong"]) == (2, 1, 1)
    assert told["shift"]["precision"] == pytest.approx(0.5)
    assert (told["corroboration"]["noise"], told["corroboration"]["precision"]) == (1, None)
    assert told["corroboration"]["unmarked"] == told["corroboration"]["told"] - 1
    digest(desk, NOW + DAY)
    assert "correction" not in precision(desk)
    with desk.warehouse.reading() as tx:
        assert {row["unmarked"] - row["told"] for row in marks.precision(tx, NOW - DAY)} == {0}


def precision(desk):
    """The precision by kind."""
    with desk.warehouse.reading() as tx:
        return {row["kind"]: row for row in marks.precision(tx)}


def test_a_mark_cut_off_is_no_mark(desk, monkeypatch):
    """When anything fails on the way nothing has happened; made again, it is whole."""
    before = {view: rows(desk, view) for view in ("marks", "claims", "positions", "findings")}
    with monkeypatch.context() as broken:
        broken.setattr(correcting.marks, "withdrawn", iter_then_fail())
        with pytest.raises(OSError, match="cut off"):
            take(desk, CHO_TOO, Word.APART_FROM, NOW, other=CHO)
    assert {view: rows(desk, view) for view in before} == before
    take(desk, CHO_TOO, Word.APART_FROM, NOW, other=CHO)
    assert stands(desk)[CHO] == ("denies", 1)


def iter_then_fail():
    """`marks.withdrawn` that works once, at the beginning, and fails at the end."""
    known = iter([{}])

    def withdrawn(_tx):
        for one in known:
            return one
        raise OSError("cut off")

    return withdrawn


def test_said_twice_is_said_once(desk):
    """The same word again changes nothing, and is told to hold already; with another reason it is a word of its own."""
    first = take(desk, ADELHEID, Word.SAME_AS, NOW, other=ADA, because="married")
    again = take(desk, ADELHEID, Word.SAME_AS, NOW + DAY, other=ADA)
    assert (again.new, again.row) == (False, first.row)
    assert take(desk, ADELHEID, Word.SAME_AS, NOW + DAY, other=ADA, because="by letter").row["mark"] == 2
    turned = take(desk, ADA, Word.SAME_AS, NOW + 2 * DAY, other=ADELHEID)
    assert turned.new
    assert stands(desk)[ADELHEID] == ("denies", 1)


@pytest.mark.parametrize(
    ("given", "word", "other", "complaint"),
    [
        ("fnd_nothing", Word.WRONG, None, "no finding 'fnd_nothing'.*`volteface findings`"),
        ("clm_nothing", Word.WRONG, None, "no claim 'clm_nothing'.*`volteface claims`"),
        ("Ada Nim", Word.SAME_AS, ADELHEID, "no holder 'Ada Nim'.*do you mean 'Ada Nimm'"),
        (ADA, Word.SAME_AS, "Adelheid", "no holder 'Adelheid'.*'Adelheid Nimmersdorf'"),
        (ADA, Word.SAME_AS, ADA, "one name, not two"),
        (ADA, Word.WRONG, None, "'Ada Nimm' is a holder, and cannot be marked wrong.*--same-as, --apart-from"),
        (ADA, Word.UNDONE, None, "no mark on 'Ada Nimm' holds"),
    ],
)
def test_what_cannot_be_marked_is_named(desk, given, word, other, complaint):
    """Unknown ids and names are told with what is near, and a word is refused of what it cannot be said of."""
    with pytest.raises(ConfigurationError, match=complaint):
        take(desk, given, word, NOW, other=other)
    assert rows(desk, "marks") == []
