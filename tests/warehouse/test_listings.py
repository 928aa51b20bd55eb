import json

import pytest

from news.article import Exclusion
from news.errors import ConfigurationError, WarehouseError
from news.finding import Evidence, Finding, FindingKind, Position
from news.topic import Stance
from tests.warehouse.records import T0, at, claim, page
from warehouse import articles, claims, console, findings, listings, positions

TEXT = "Share this\nMinister Oren said the dam would open in March, and nobody in the valley was surprised to hear it."
SAID = "Minister Oren said the dam would open in March"
ARTICLE_KEYS = (
    "article_id external_id url outlet title published published_precision seen lang relevance original_id copy_kind "
    "copy_score origin excluded"
)
CLAIM_KEYS = (
    "claim_id article_id external_id url holder holder_kind actor source cue content modality quoted evidence start "
    "end spoken_on repeat_of propositions"
)
SHIFT_KEYS = "finding_id proposition actor holder kind from to at confidence single_origin before after"


@pytest.fixture
def full(store, filed):
    """A warehouse with a row in most views."""
    filed(page("http://coastwire.example/1", TEXT, external_id="x", excluded=(Exclusion(0, 10, "share"),)))
    side = Evidence("clm_1", "Oren", SAID, "http://coastwire.example/1", "coastwire", T0.date())
    with store.transaction() as tx:
        (article,) = articles.unread(tx, "rules-1", 9, now=at(1))
        claims.record(tx, article, [claim(article, SAID, Stance.AFFIRMS, source=((11, 24),))], "rules-1", at(1))
        positions.replace(
            tx, ["dam-opens"], [Position("dam-opens", "affirms", T0.date(), ("clm_1",), "uplands")], at(1)
        )
        detail = {"kind": "reversal", "from": "denies", "to": "affirms"}
        more = {"proposition": "dam-opens", "actor": "uplands", "before": (side,), "after": (side,), "detail": detail}
        dispute = {"between": ["lowlands", "uplands"], "since": "2031-02-01", "claims": ["clm_1"]}
        figure = {"line": "gates", "unit": "gates", "values": [{"value": 14, "on": "2031-03-01"}]}
        findings.record(
            tx,
            [
                Finding("fnd_1", FindingKind.SHIFT, T0.date(), at(2), "It moved.", **more),
                Finding("fnd_2", FindingKind.DISPUTE, T0.date(), at(2), "At odds.", "dam-opens", detail=dispute),
                Finding("fnd_3", FindingKind.FIGURE, T0.date(), at(2), "14 gates.", detail=figure),
            ],
        )
    return store


def listed(store, view, *, text=False, **filters):
    """The rows of a view."""
    with store.reading() as tx:
        return listings.listing(tx, view, filters, text=text)


@pytest.mark.parametrize(
    ("view", "keys"),
    [
        ("articles", ARTICLE_KEYS),
        ("claims", CLAIM_KEYS),
        ("positions", "proposition actor holder stance since claims"),
        ("shifts", SHIFT_KEYS),
        ("disputes", "finding_id proposition between since claims"),
        ("figures", "finding_id line unit values"),
    ],
)
def test_lists_and_views_have_the_promised_keys(full, view, keys):
    """Each list row and each view has exactly the keys of the contract, in their order."""
    (row,) = listed(full, view)
    assert list(row) == keys.split()
    columns, _ = console.query(full.path, f"FROM v_{view}")
    assert columns == keys.split()


@pytest.mark.parametrize("view", sorted(listings.FILTERS))
def test_every_view_can_be_listed_by_all_its_filters(full, view):
    """Every filter a view has can be given, all at once."""
    given = {
        **dict.fromkeys(("since", "until", "as_of"), at(9)),
        "holder": "oren",
        "actor": "uplands",
        "proposition": "dam-opens",
        "match": "' OR 1=1 -- %",
    }
    assert listed(full, view, **{key: given[key] for key in listings.FILTERS[view]}) == []
    assert listed(full, "v_" + view) == listed(full, view)


def test_lists_are_narrowed(full):
    """Time, holder (part of the name), proposition and words narrow a list, without regard to case."""
    assert len(listed(full, "claims", since=T0.replace(hour=0), holder="minister", match="DAM WOULD")) == 1
    assert len(listed(full, "claims", proposition="dam-opens", actor="UPLANDS")) == 1
    for nothing in ({"proposition": "dam"}, {"since": at(48)}, {"until": at(-48)}, {"match": "50% off"}):
        assert listed(full, "claims", **nothing) == []


def test_a_list_as_of_the_past_has_what_was_known_then(full):
    """Facts recorded later are not in it."""
    assert listed(full, "claims", as_of=at(0.5)) == []
    assert listed(full, "shifts", as_of=at(1.5)) == []
    assert len(listed(full, "positions", as_of=at(1))) == 1


def test_json_columns_come_unpacked(full):
    """Spans, propositions, sides and ranges are lists and objects, ready to be printed as JSON."""
    (one,) = listed(full, "claims")
    assert one["source"] == [[11, 24]]
    assert one["propositions"] == [{"id": "dam-opens", "stance": "affirms", "score": 0.9, "rule": "verb"}]
    (shift,) = listed(full, "shifts")
    assert (shift["before"]["evidence"], shift["from"]) == (SAID, "denies")
    (article,) = listed(full, "articles", text=True)
    assert (article["excluded"], article["text"]) == ([{"start": 0, "end": 10, "why": "share"}], TEXT)
    assert one["evidence"] == article["text"][one["start"] : one["end"]]
    json.dumps([one, shift, article], default=str)


def test_what_cannot_be_listed_is_named(full):
    """An unknown view or filter is a usage error that says what there is."""
    with pytest.raises(ConfigurationError, match=r"nothing to list called 'dreams'.*articles"):
        listed(full, "dreams")
    with pytest.raises(ConfigurationError, match="rejects cannot be listed by 'holder'"):
        listed(full, "rejects", holder="x")


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM claims",
        "CREATE TABLE t (a INTEGER)",
        "COPY claims TO '/tmp/stolen.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "ATTACH '/tmp/other.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELECT * FROM nowhere",
        "SELEC 1",
        "",
    ],
)
def test_a_query_can_only_read_the_warehouse(full, sql):
    """Writing, other files, extensions and settings are refused with one clear line; so is what is no query."""
    with pytest.raises(ConfigurationError, match=r"query (cannot be run|is empty)"):
        console.query(full.path, sql)
    assert len(listed(full, "claims")) == 1


def test_a_query_gives_columns_and_rows(full):
    """Rows come as they are, under their column names."""
    assert console.query(full.path, "SELECT count(*) AS n, 'a' AS b FROM v_claims") == (["n", "b"], [(1, "a")])


def test_a_query_on_a_missing_warehouse_makes_none(tmp_path):
    """Asking a file that is not there says so, and leaves no file behind."""
    with pytest.raises(WarehouseError, match="no warehouse at"):
        console.query(tmp_path / "none.duckdb", "SELECT 1")
    assert list(tmp_path.iterdir()) == []
