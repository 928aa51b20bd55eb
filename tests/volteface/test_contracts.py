"""What the command line promises to programs: keys, streams, exactness, repeatability, past moments."""

import json

import pytest

from tests.volteface.command import ADMISSION, DENIAL, STORY, Command

KEYS = {
    "claims": (
        "claim_id article_id external_id url holder holder_kind actor source cue content modality quoted evidence"
        " start end spoken_on repeat_of propositions"
    ),
    "articles": (
        "article_id external_id url outlet title published published_precision seen lang relevance original_id"
        " copy_kind copy_score origin excluded"
    ),
    "positions": "proposition actor holder stance since claims",
    "shifts": "finding_id proposition actor holder kind from to at confidence single_origin before after",
    "disputes": "finding_id proposition between since claims",
    "figures": "finding_id line unit values",
}
SIDES = {"claim_id", "evidence", "url", "on"}
VALUES = {"value", "low", "high", "on", "holder", "url"}


@pytest.fixture(scope="module")
def listed(told):
    """The rows of every list that has promised keys."""
    return {name: told(name, "--json").rows for name in KEYS}


@pytest.mark.parametrize("name", KEYS)
def test_json_lines_have_exactly_the_promised_keys(listed, name):
    """Each row is one JSON object with the keys that stay stable, no more and no fewer."""
    assert listed[name], name
    for row in listed[name]:
        assert list(row) == KEYS[name].split()


def test_what_stands_inside_a_row_has_its_keys_too(listed):
    """Spans, stances, sides of a shift and values of a figure are as promised."""
    for claim in listed["claims"]:
        for spans in (claim["source"], claim["cue"], claim["content"]):
            assert all(len(span) == 2 for span in spans)
        assert all(set(one) == {"id", "stance", "score", "rule"} for one in claim["propositions"])
        assert all(0 <= one["score"] <= 1 for one in claim["propositions"])
    for shift in listed["shifts"]:
        assert set(shift["before"]) == set(shift["after"]) == SIDES
        assert 0 <= shift["confidence"] <= 1
        assert shift["kind"] == "reversal"
    for figure in listed["figures"]:
        assert all(set(one) == VALUES for one in figure["values"])
        assert [one["value"] for one in figure["values"]] == [1500, 4000]
    for dispute in listed["disputes"]:
        assert len(dispute["between"]) == 2


def test_a_series_is_told_with_whose_word_each_number_is(told):
    """`volteface figures` gives a line a series: what is counted, the latest number, and each with day and holder."""
    (line,) = told("figures").out.splitlines()
    named, latest, on, finding, series = line.split("\t")
    assert named == "ostrany-threatens-force/soldiers planned or possible"
    assert (latest, on, finding[:4]) == ("4,000", "2024-05-02", "fnd_")
    assert series == "2024-03-04 1,500 (Pellin Dray); 2024-05-02 4,000 (Pellin Dray)"


def test_a_second_topic_goes_all_the_way(listed):
    """Another topic's story gives its claims, positions, shift, dispute and figure, with no code touched."""
    assert {row["holder"] for row in listed["claims"]} >= {"Irja Tamm", "Pellin Dray"}
    stands = {(row["actor"], row["holder"], row["proposition"]): row["stance"] for row in listed["positions"]}
    assert stands["velmora", "Irja Tamm", "velmora-fills-reservoir"] == "affirms"
    assert stands["velmora", None, "velmora-fills-reservoir"] == "affirms"
    assert stands["ostrany", None, "ostrany-threatens-force"] == "affirms"
    moved = {(row["actor"], row["from"], row["to"], row["at"]) for row in listed["shifts"]}
    assert moved == {("velmora", "denies", "affirms", "2024-05-02")}
    assert [sorted(row["between"]) for row in listed["disputes"]] == [["ostrany", "velmora"]]


def test_no_claim_repeats_itself_or_a_later_one(listed):
    """What a claim repeats was said before it, by the order of the list."""
    order = [row["claim_id"] for row in listed["claims"]]
    for row in listed["claims"]:
        assert row["repeat_of"] != row["claim_id"]
        if row["repeat_of"]:
            assert row["repeat_of"] in order


def test_evidence_is_the_text_to_the_character(told, listed):
    """Each claim's evidence is its article's stored text from start to end; text given as text is stored as it is."""
    texts = {row["article_id"]: row["text"] for row in told("articles", "--json", "--text").rows}
    assert set(texts.values()) == {DENIAL, ADMISSION}
    for claim in listed["claims"]:
        text = texts[claim["article_id"]]
        assert claim["evidence"] == text[claim["start"] : claim["end"]]
        assert all(0 <= start < end <= len(text) for start, end in claim["content"])


def test_what_a_row_gives_comes_back(listed):
    """The id is echoed, as text; the dates are those given, in ISO 8601 and in milliseconds."""
    one, two = listed["articles"]
    assert (one["external_id"], two["external_id"]) == ("one", "2")
    assert (one["published"], one["seen"]) == (STORY[0]["published"], STORY[0]["seen"])
    assert (two["published"], two["seen"]) == ("2024-05-02T09:00:00Z", "2024-05-02T10:00:00Z")
    assert (one["title"], one["outlet"], one["url"]) == (STORY[0]["title"], "sarn-wire", STORY[0]["url"])
    assert {row["external_id"] for row in listed["claims"]} == {"one", "2"}


def test_stdout_holds_only_data(told):
    """Progress and counts go to stderr; with --json an import's counts are the one object on stdout."""
    assert told.imported.out == ""
    assert "2 given: 2 new articles" in told.imported.err


def test_importing_twice_changes_nothing(told, volteface):
    """The same file given again, or twice at once, leaves every list as it was."""
    story = volteface.write("story.jsonl", *STORY, *STORY)
    assert volteface("import", story).status == 0
    once = {name: volteface(name, "--json").out for name in ("claims", "positions", "findings")}
    done = volteface("import", story, "--json")
    assert (done.status, done.rows[0]["new"], done.rows[0]["claims"], done.rows[0]["findings"]) == (0, 0, 0, 0)
    assert {name: volteface(name, "--json").out for name in once} == once
    assert once["claims"] == told("claims", "--json").out
    assert once["positions"] == told("positions", "--json").out


def test_keys_are_renamed_as_mapped(volteface):
    """`--map` says which key of a row stands for which of ours, several at once or one by one."""
    row = {"link": STORY[0]["url"], "story_text": DENIAL, "headline": "Denial", "first_seen": 1709546400000}
    path = volteface.write("mapped.jsonl", row)
    mapping = ("--map", "url=link,text=story_text", "--map", "title=headline", "--map", "seen=first_seen")
    assert volteface("import", path, *mapping).status == 0
    (article,) = volteface("articles", "--json", "--text").rows
    assert (article["url"], article["text"], article["title"]) == (STORY[0]["url"], DENIAL, "Denial")
    assert article["seen"] == "2024-03-04T10:00:00Z"


def test_read_opens_no_warehouse(volteface):
    """`read FILE --json` prints the claims an import would file, with the same keys, and makes no file."""
    path = volteface.folder / "page.txt"
    text = f"Velmora admits it\n\n{ADMISSION}"
    path.write_bytes(text.encode())
    done = volteface("read", path, "--json")
    assert (done.status, done.err) == (0, "")
    assert [list(row) for row in done.rows] == [KEYS["claims"].split()] * len(done.rows)
    assert all(row["evidence"] == text[row["start"] : row["end"]] for row in done.rows)
    assert "Irja Tamm" in {row["holder"] for row in done.rows}
    assert [one.name for one in volteface.folder.iterdir()] == ["page.txt"]


def test_filters_choose(told):
    """Lists can be cut by time, holder, actor, proposition and words."""
    for words, ids in (
        (("--since", "2024-05-01"), {"2"}),
        (("--until", "2024-04-01"), {"one"}),
        (("--match", "secret"), {"one"}),
        (("--holder", "dray", "--since", "2024-04-01"), {"2"}),
        (("--actor", "velmora", "--until", "2024-04-01", "--proposition", "velmora-fills-reservoir"), {"one"}),
    ):
        assert {row["external_id"] for row in told("claims", "--json", *words).rows} == ids, words


def test_why_tells_claims_rules_and_origins(told, listed):
    """`why` names both sides of a shift with their sentences, addresses and the rules that read them."""
    shift = listed["shifts"][0]
    done = told("why", shift["finding_id"])
    assert (done.status, done.err) == (0, "")
    for side in (shift["before"], shift["after"]):
        assert side["evidence"] in done.out
        assert side["url"] in done.out
        assert side["claim_id"] in done.out


def test_a_digest_is_composed_and_nothing_sent(told):
    """`digest` shows what a digest would say, and leaves no message behind."""
    done = told("digest", "--since", "2024-01-01", "--format", "json")
    assert (done.status, done.err) == (0, "")
    assert "Velmora" in json.dumps(json.loads(done.out))
    assert told("deliveries", "--json").out == ""


@pytest.fixture(scope="module")
def replayed(tmp_path_factory):
    """The story replayed with the simulated clock."""
    command = Command(tmp_path_factory.mktemp("replayed"))
    command.replayed = command("replay", command.write("story.jsonl", *reversed(STORY)), "--by", "day", "--json")
    return command


def test_as_of_shows_what_was_known_then(replayed):
    """In a replay the clock is simulated: as of a day between the two articles, only the first is known."""
    assert replayed.replayed.status == 0, replayed.replayed.err
    between = ("--json", "--as-of", "2024-04-01")
    assert [row["external_id"] for row in replayed("articles", *between).rows] == ["one"]
    then = {row["holder"]: row["stance"] for row in replayed("positions", *between, "--actor", "velmora").rows}
    assert then == {None: "denies", "Irja Tamm": "denies"}
    assert replayed("shifts", *between).rows == []
    now = {row["holder"]: row["stance"] for row in replayed("positions", "--json", "--actor", "velmora").rows}
    assert now == {None: "affirms", "Irja Tamm": "affirms"}
    assert replayed("shifts", "--json").rows
    assert replayed("articles", "--json", "--as-of", "2024-03-03").rows == []


def test_a_replay_tells_files_and_nobody_else(replayed):
    """A replay's digests are written to the output folder, a day's each, whatever the topic's subscribers get."""
    sent = replayed("deliveries", "--json").rows
    assert {(row["channel"], row["state"]) for row in sent} == {("file", "sent")}
    assert len(sent) == 2
    assert len(list((replayed.folder / "out").glob("2024-*.eml"))) == 2
