"""Files and folders: what a person points Debrief at, and the one sentence they get when it cannot be read."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest

from briefs.errors import InputError
from briefs.models import Entry
from briefs.sources.files import read_path


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def line(**record):
    return json.dumps(record) + "\n"


# ------------------------------------------------------------------------------------------------------------ what is read
def test_a_text_file_is_one_article_named_by_its_stem(tmp_path):
    path = write(tmp_path / "harbour.txt", "The harbour reopened.\r\nTwo ferries left.\r\n")
    assert read_path(path).entries == (Entry(guid="harbour", content="The harbour reopened.\nTwo ferries left.\n"),)


def test_a_folder_is_read_in_order_with_its_sub_folders_and_without_what_is_no_article(tmp_path):
    write(tmp_path / "b.txt", "Second.")
    write(tmp_path / "a.html", "<html><body><p>First.</p></body></html>")
    write(tmp_path / "world" / "b.txt", "Third.")
    write(tmp_path / ".hidden.txt", "Not this.")
    write(tmp_path / "picture.png", b"\x89PNG\r\n")
    batch = read_path(tmp_path)
    assert [(entry.guid, entry.content_type) for entry in batch.entries] == [
        ("a", "text/html"),
        ("b", "text/plain"),
        ("world/b", "text/plain"),
    ]
    assert batch.problems == ()


def test_files_that_differ_in_the_suffix_only_keep_it(tmp_path):
    write(tmp_path / "a.txt", "One.")
    write(tmp_path / "a.htm", "<p>Two.</p>")
    assert [entry.guid for entry in read_path(tmp_path).entries] == ["a.htm", "a.txt"]


def test_records_are_read_as_the_contract_says(tmp_path):
    text = "  Kept exactly,\u2028with every space.\r\n"
    full = {"id": "a1", "url": "https://x.example/1", "source": "AP", "title": "T", "text": text}
    path = write(
        tmp_path / "articles.jsonl",
        line(**full, published_at="2024-08-01T16:13:00+02:00")
        + line(id="a2", url=None, source=None, title=None, text="", published_at=None)
        + "\n"
        + line(id=3, text="No zone.", published_at="2024-08-01T16:13:00"),
    )
    batch = read_path(path)
    assert batch.problems == ()
    assert batch.entries == (
        Entry(
            guid="a1",
            content=text,
            url="https://x.example/1",
            title="T",
            outlet="AP",
            published_at=datetime(2024, 8, 1, 14, 13, tzinfo=UTC),
        ),
        Entry(guid="a2", content=""),
        Entry(guid="3", content="No zone.", published_at=datetime(2024, 8, 1, 16, 13, tzinfo=UTC)),
    )


def test_a_record_may_name_its_picture(tmp_path):
    address = "https://x.example/ferry.png"
    path = write(
        tmp_path / "articles.jsonl", line(id="a1", text="One.", image=address) + line(id="a2", text="Two.", image=5)
    )
    assert [entry.image for entry in read_path(path).entries] == [address, None]


def test_good_lines_count_and_each_bad_one_is_named(tmp_path):
    path = write(
        tmp_path / "articles.jsonl",
        line(id="a1", text="Good.")
        + '{"id": "a2", "text": \n'
        + line(id="a3")
        + "[1, 2]\n"
        + line(id="a4", text="Good too.", published_at="yesterday")
        + line(id="a1", text="Again."),
    )
    batch = read_path(path)
    assert [entry.guid for entry in batch.entries] == ["a1", "a4"]
    assert batch.problems == (
        "articles.jsonl line 2: not valid JSON (Expecting value); skipped.",
        'articles.jsonl line 3: no "text"; skipped.',
        "articles.jsonl line 4: not a JSON object; skipped.",
        "articles.jsonl line 5: \"published_at\" is not an ISO 8601 time ('yesterday'); read without a date.",
        'articles.jsonl: the id "a1" is used twice; only the first is read.',
    )


def test_the_same_id_in_two_files_is_a_problem(tmp_path):
    write(tmp_path / "one.jsonl", line(id="a1", text="One."))
    write(tmp_path / "two.jsonl", line(id="a1", text="Two."))
    batch = read_path(tmp_path)
    assert [entry.content for entry in batch.entries] == ["One."]
    assert batch.problems == ('two.jsonl: the id "a1" is used twice (first in one.jsonl); only the first is read.',)


def test_what_no_database_can_hold_is_replaced_one_for_one(tmp_path):
    path = write(tmp_path / "a.jsonl", '{"id": "a1", "text": "a\\u0000b\\ud800c"}\n')
    assert read_path(path).entries[0].content == "a\ufffdb\ufffdc"


def test_a_saved_feed_is_read_by_its_entries(tmp_path):
    path = write(
        tmp_path / "saved.xml",
        "<rss version='2.0'><channel><title>Coast</title><item><guid>1</guid><title>A</title>"
        "<description>The harbour reopened.</description></item></channel></rss>",
    )
    entry = read_path(path).entries[0]
    assert (entry.guid, entry.outlet, entry.content) == ("1", "Coast", "The harbour reopened.")


@pytest.mark.parametrize(
    "body",
    [
        "\ufeffDer Präsident kam.".encode(),
        "Der Präsident kam.".encode("utf-16"),
        "Der Präsident kam, und die Bürger von Köln grüßten ihn höflich.".encode("latin-1"),
    ],
)
def test_text_in_other_encodings_is_read(tmp_path, body):
    content = read_path(write(tmp_path / "a.txt", body)).entries[0].content
    assert content.startswith("Der Präsident kam")


def test_a_page_says_its_own_encoding(tmp_path):
    body = '<html><head><meta charset="windows-1251"></head><body><p>Гавань открыта.</p></body></html>'.encode("cp1251")
    assert "Гавань" in read_path(write(tmp_path / "a.html", body)).entries[0].content


@pytest.mark.parametrize(
    ("name", "body", "content_type"),
    [
        ("records", '{"id": "a", "text": "T"}', "text/plain"),
        ("page", "<!doctype html><html><p>T</p></html>", "text/html"),
        ("notes.md", "T", "text/plain"),
    ],
)
def test_a_file_of_unknown_suffix_is_read_by_what_it_begins_with(tmp_path, name, body, content_type):
    entry = read_path(write(tmp_path / name, body)).entries[0]
    assert entry.content_type == content_type
    assert "T" in entry.content


# ------------------------------------------------------------------------------------------------- one clear sentence
def failure(path):
    with pytest.raises(InputError) as caught:
        read_path(path)
    assert caught.value.source == str(path)
    return str(caught.value).replace(str(path), path.name)


GIVE = "Give a file or folder of articles (.txt, .html or .jsonl)."


def test_a_missing_path(tmp_path):
    assert failure(tmp_path / "nowhere") == f"nowhere does not exist. {GIVE}"


def test_an_empty_file(tmp_path):
    assert failure(write(tmp_path / "a.txt", " \n")) == f"a.txt is empty. {GIVE}"


@pytest.mark.parametrize("body", [b"\x89PNG\r\n\x1a\n\0\0", b"%PDF-1.7 stream", bytes(range(256)), b"PK\x03\x04docx"])
def test_a_binary_file(tmp_path, body):
    assert failure(write(tmp_path / "a.txt", body)) == f"a.txt is not a text file. {GIVE}"


def test_an_empty_folder(tmp_path):
    folder = tmp_path / "articles"
    write(folder / "picture.png", b"\x89PNG")
    assert failure(folder) == "articles holds no articles. Put .txt, .html or .jsonl files in it."


def test_a_folder_of_unreadable_files(tmp_path):
    folder = tmp_path / "articles"
    write(folder / "a.txt", b"\0\1\2")
    assert failure(folder) == f"articles holds no usable article: articles/a.txt is not a text file. {GIVE} Skipped."


def test_one_unreadable_file_does_not_spoil_a_folder(tmp_path):
    write(tmp_path / "a.txt", "")
    write(tmp_path / "b.txt", "Good.")
    batch = read_path(tmp_path)
    assert [entry.guid for entry in batch.entries] == ["b"]
    assert len(batch.problems) == 1


def test_records_without_one_good_line(tmp_path):
    message = failure(write(tmp_path / "a.jsonl", "not json\n"))
    assert message == (
        "a.jsonl holds no usable article: a.jsonl line 1: not valid JSON (Expecting value); skipped. "
        'A line is {"id": …, "text": …}.'
    )


def test_a_web_page_saved_as_a_feed(tmp_path):
    message = failure(write(tmp_path / "a.rss", "<html><body>Not found</body></html>"))
    assert message == (
        "a.rss is not a feed (it looks like a web page); give the address of its RSS, Atom or JSON feed."
    )


def test_json_files_are_feeds_lists_of_articles_or_one_article(tmp_path):
    article = {"id": "a1", "text": "One.", "author": "Ada Lund"}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Coast",
        "items": [{"id": "f1", "content_text": "Two."}],
    }
    for name, value in {"list": [article, article | {"id": "a2"}], "one": article, "feed": feed}.items():
        write(tmp_path / f"{name}.json", json.dumps(value, indent=2))
    assert [entry.guid for entry in read_path(tmp_path / "list.json").entries] == ["a1", "a2"]
    assert read_path(tmp_path / "one.json").entries[0].author == "Ada Lund"
    assert read_path(tmp_path / "feed.json").entries[0].outlet == "Coast"
    assert "is no JSON" in failure(write(tmp_path / "not.json", "{"))


def test_packed_feeds_are_unpacked(tmp_path):
    path = tmp_path / "feed.xml.gz"
    path.write_bytes(
        gzip.compress(b"<rss version='2.0'><channel><title>Coast</title><item><guid>g</guid></item></channel></rss>")
    )
    assert [entry.guid for entry in read_path(path).entries] == ["g"]
