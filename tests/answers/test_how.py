"""How: by what means and in what manner something is done, how it went, and how tall or strong it is."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from briefs.answers.replying import Inquiry
from briefs.language import pipeline
from briefs.newsroom import Newsroom

NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)
CASES = [
    (
        "The thieves entered the museum of Arden by cutting a hole in the roof, police said.",
        "how did the thieves enter the museum of Arden?",
        "by cutting a hole in the roof",
    ),
    (
        "Norvik bought the shipyard in Corby through a broker in Tarn.",
        "how did Norvik buy the Corby shipyard",
        "through a broker in Tarn",
    ),
    (
        "Rescuers lifted the bus from the Lisk river with a crane on Friday.",
        "how was the bus lifted from the Lisk river?",
        "with a crane on Friday",
    ),
    (
        "The wind tower at Brindle is 140 metres tall and was built last year.",
        "how tall is the wind tower at Brindle?",
        "140 metres",
    ),
    (
        "The appeal of Jon Berg failed in the high court on Monday.",
        "how did the appeal of Jon Berg go?",
        "failed in the high court on Monday",
    ),
]


@pytest.fixture(scope="module")
def manners(tmp_path_factory):
    """The candidates for a how-question over the texts, best first, told or not."""
    path = tmp_path_factory.mktemp("how") / "articles.jsonl"
    records = (
        {"id": f"a{k}", "source": "Outlet A", "title": None, "text": t, "published_at": "2024-05-17T10:00:00Z"}
        for k, (t, _, _) in enumerate(CASES)
    )
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    desk = Newsroom.in_memory()
    desk.load(path, now=NOW)
    ids = [f"a{k}" for k in range(len(CASES))]
    articles, readings, nlp = desk.store.articles(ids), desk.store.readings(ids), pipeline.load()

    def found(question: str):
        inquiry = Inquiry(question, nlp=nlp, now=NOW, articles=articles, readings=readings, considered=len(ids))
        return inquiry.found(inquiry.question.asks[0])

    return found


@pytest.mark.parametrize(("question", "told"), [case[1:] for case in CASES])
def test_the_manner_stands_first(manners, question, told):
    assert manners(question)[0].text == told


def test_what_is_no_manner_fits_less(manners):
    best, *rest = manners("how did the thieves enter the museum of Arden?")
    assert all(c.fit <= best.fit for c in rest)
    assert not any(c.fit > 0.5 for c in rest if "museum" in c.text)
