"""What happened and what is planned, on the command line."""

from __future__ import annotations

import json

import pytest

pytest_plugins = ["commandline"]
pytestmark = pytest.mark.usefixtures("outside")

ARTICLES = [
    {
        "id": "bell",
        "source": "The Bell",
        "title": "Mayor opens the rebuilt harbour",
        "text": "Mayor Ines Moreau met Captain Olaf Brandt in Velmouth on Thursday. "
        "The harbour will open to ships on 5 September, the mayor said.",
        "published_at": "2025-08-01T16:00:00Z",
    },
    {
        "id": "tide",
        "source": "Tide Weekly",
        "title": "Moreau and Brandt meet at the harbour",
        "text": "Ines Moreau met Olaf Brandt at the rebuilt harbour of Velmouth on 31 July. The works took two years.",
        "published_at": "2025-08-01T18:00:00Z",
    },
]
NOW = ("--now", "2025-08-02T09:00:00Z")


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(json.dumps(article) for article in ARTICLES), encoding="utf-8")
    return str(path)


def test_timeline_gives_a_record_for_each_moment_with_its_tellers(debrief, articles):
    status, out, err = debrief("timeline", "--input", articles, *NOW, "--json", "Moreau")
    record, plan = map(json.loads, out.splitlines())
    assert plan["modality"] == "planned"  # which she told
    assert (status, err, record["time"], record["modality"]) == (0, "", "2025-07-31", "happened")
    assert (record["sources"], record["independent"]) == (2, 2)
    texts = {article["id"]: article["text"] for article in ARTICLES}
    assert {e["article"] for e in record["evidence"]} == {"bell", "tide"}
    assert all(texts[e["article"]][e["start"] : e["end"]] == e["text"] for e in record["evidence"])


def test_timeline_of_an_article_is_its_storys_as_a_table(debrief, articles):
    status, out, _ = debrief("timeline", "--input", articles, *NOW, "tide")
    assert status == 0
    assert "Thursday 31 July 2025" in out
    assert out.index("Thursday 31 July 2025") < out.index("Friday 5 September 2025")
    assert "planned" in out


def test_upcoming_gives_a_record_for_each_plan(debrief, articles):
    status, out, err = debrief("upcoming", "--input", articles, *NOW, "--json")
    (record,) = map(json.loads, out.splitlines())
    assert (status, err) == (0, "")
    assert record["what"] == "The harbour will open to ships on 5 September"
    assert (record["time"], record["modality"], record["others"]) == ("2025-09-05", "planned", [])


def test_what_nobody_tells_of_is_said_in_a_sentence(debrief, articles):
    assert "2 articles searched: none says what happened about Otto Lind." in debrief("timeline", "--input", articles, *NOW, "Otto Lind")[1]  # fmt: skip
    assert "2 articles searched: none says what is planned about Brandt." in _flat(debrief("upcoming", "--input", articles, *NOW, "Brandt")[1]).replace("Olaf Brandt", "Brandt")  # fmt: skip


def _flat(text):
    return " ".join(text.split())
