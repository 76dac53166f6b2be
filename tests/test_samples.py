"""The sample articles are enough to brief, well formed, and our own words."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path, PurePosixPath

import pytest

import briefs

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
FOLDER = Path(briefs.__file__).parent / "samples"
SAMPLES = [json.loads(line) for line in FOLDER.joinpath("articles.jsonl").read_text("utf-8").splitlines()]
# The subjects, by a word that every article of one has and no other article.
SUBJECTS = ("Bakanov", "Oruna", "Brightwater", "Tidewell", "Norvale", "Calder")
RUN = 9  # words in a row that two independent texts hardly share


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def sentences(text: str) -> set[str]:
    return {" ".join(words(each)) for each in re.split(r"(?<=[.!?])\W*\s|\n", text) if len(words(each)) > 4}


def runs(text: str) -> set[tuple[str, ...]]:
    return set(zip(*(words(text)[place:] for place in range(RUN)), strict=False))


def test_there_are_enough_articles_by_enough_outlets_on_enough_stories():
    assert len(SAMPLES) >= 12
    assert len({sample["source"] for sample in SAMPLES}) >= 7
    told = [{subject for subject in SUBJECTS if subject in sample["text"]} for sample in SAMPLES]
    assert all(len(subjects) == 1 for subjects in told)
    assert {subject for subjects in told for subject in subjects} == set(SUBJECTS)


def test_every_article_is_complete_and_named_once():
    assert len({sample["id"] for sample in SAMPLES}) == len({sample["url"] for sample in SAMPLES}) == len(SAMPLES)
    for sample in SAMPLES:
        assert sample.keys() - {"image"} == {"id", "url", "source", "title", "text", "published_at"}
        assert re.match(r"https://[a-z]+\.example/", sample["url"])
        assert 4 <= len(sentences(sample["text"])) <= 16
        assert "\n\n" in sample["text"]


def test_the_pictures_are_small_stand_beside_the_articles_and_are_named_by_the_outlets_own_addresses():
    shown = [sample for sample in SAMPLES if "image" in sample]
    assert {PurePosixPath(sample["image"]).name for sample in shown} == {file.name for file in FOLDER.glob("*.png")}
    assert len(shown) == 2
    for sample in shown:
        assert sample["image"].split("/")[:3] == sample["url"].split("/")[:3]
        picture = FOLDER.joinpath(PurePosixPath(sample["image"]).name).read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) <= 40_000


def test_every_article_has_its_date_in_those_four_days():
    dates = [datetime.fromisoformat(sample["published_at"]) for sample in SAMPLES]
    assert min(dates) >= datetime(2025, 7, 30, tzinfo=UTC)
    assert max(dates) < datetime(2025, 8, 3, tzinfo=UTC)


def test_the_space_agencies_talks_are_told_by_many_with_a_disputed_place_and_an_update():
    told = [sample for sample in SAMPLES if "Bakanov" in sample["text"]]
    assert len({sample["source"] for sample in told}) >= 5
    for said in ("Kennedy Space Center", "NASA headquarters", "now scheduled for Friday", "lifted off", "Baikonur"):
        assert any(said in sample["text"] for sample in told), said


def test_one_text_is_a_copy_of_anothers_and_no_other_two_share_a_sentence():
    alike = [
        (one["id"], other["id"])
        for one, other in combinations(SAMPLES, 2)
        if sentences(one["text"]) & sentences(other["text"])
    ]
    assert alike == [("wire-space-talks", "ledger-space-talks")]


def test_no_words_are_taken_from_the_articles_the_project_is_tried_on():
    if not SEEDS.is_dir():
        pytest.skip("there is no ../shared/seeds beside this checkout to compare with")
    seeds = "\n".join(path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt")))
    for sample in SAMPLES:
        assert not sentences(sample["text"]) & sentences(seeds)
        assert not runs(sample["text"]) & runs(seeds)
