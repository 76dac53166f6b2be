"""``debrief connections``: who met, sued, bought or visited whom, for people and for programs."""

from __future__ import annotations

import json

import pytest

pytest_plugins = ["commandline"]
pytestmark = pytest.mark.usefixtures("outside")

SENTENCE = "Mayor Ines Moreau met Captain Olaf Brandt in Velmouth on Thursday."
ARTICLE = {"id": "bell", "source": "The Bell", "text": SENTENCE, "published_at": "2025-08-01T16:00:00Z"}


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps(ARTICLE), encoding="utf-8")
    return str(path)


def test_people_see_who_met_whom_when_and_the_words_themselves(debrief, articles):
    status, told, _ = debrief("connections", "--input", articles, "--now", "2025-08-02T09:00:00Z")
    shown = " ".join(told.split())
    assert status == 0
    assert "Ines Moreau met Olaf Brandt 2025-07-31 · 1 source" in shown
    assert f"“{SENTENCE}” The Bell, 1 August 2025" in shown


def test_programs_get_a_record_of_each_link(debrief, articles):
    _, told, _ = debrief("connections", "--input", articles, "--json", "brandt")
    (record,) = map(json.loads, told.splitlines())
    assert (record["agent"], record["relation"], record["patient"]) == ("Ines Moreau", "met", "Olaf Brandt")
    assert (record["kind"], record["mutual"], record["modality"], record["time"]) == (
        "meet",
        True,
        "happened",
        "2025-07-31",
    )
    assert record["evidence"] == [{"article": "bell", "text": SENTENCE, "start": 0, "end": len(SENTENCE)}]


def test_a_name_without_connections_is_told_so(debrief, articles):
    status, told, _ = debrief("connections", "--input", articles, "Quentin Zweig")
    assert (status, told.strip()) == (0, "1 article searched: no connections of Quentin Zweig found.")
