"""Dates of feeds: right or missing, whatever the form."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefs.sources.feeds.dates import Order, habit, read, reader

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # RFC 822, 1123 and 2822, with what people make of them
        ("Mon, 04 Mar 2024 16:13:00 +0100", at(2024, 3, 4, 15, 13)),
        ("Mon, 4 Mar 2024 16:13:00 GMT", at(2024, 3, 4, 16, 13)),
        ("Mon,4 Mar 2024 16:13 EST", at(2024, 3, 4, 21, 13)),
        ("Mon, 04 Mar 24 16:13:00 PDT", at(2024, 3, 4, 23, 13)),
        ("04 Mar 2024 16:13:00 Z", at(2024, 3, 4, 16, 13)),
        ("Tue, 04 Mar 2024 16:13:00 +0000", at(2024, 3, 4, 16, 13)),  # it was a Monday: the number is believed
        ("Monday, 04 March 2024 16:13:00 UTC", at(2024, 3, 4, 16, 13)),
        ("Mon, 04 Mar 2024 16:13:00 +0100 (CET)", at(2024, 3, 4, 15, 13)),
        ("Mon, 04 Mar 2024 16:13:00 XYZ", at(2024, 3, 4, 16, 13)),  # no known zone counts as none
        ("Mon, 04 Mar 2024 16:13:60 GMT", at(2024, 3, 4, 16, 13, 59)),  # a leap second
        ("Mon, 04 Mar 2024 24:00:00 GMT", at(2024, 3, 5)),
        ("Mon, 04 Mar 2024", at(2024, 3, 4)),
        ("Mon, 04 Mar 2024 4:13 PM", at(2024, 3, 4, 16, 13)),
        ("Mon, 04 Mar 2024 12:13 am", at(2024, 3, 4, 0, 13)),
        # RFC 850, asctime, date(1), a browser's
        ("Sunday, 06-Nov-94 08:49:37 GMT", at(1994, 11, 6, 8, 49, 37)),
        ("Sun Nov  6 08:49:37 1994", at(1994, 11, 6, 8, 49, 37)),
        ("Mon Mar  4 16:13:00 UTC 2024", at(2024, 3, 4, 16, 13)),
        ("Mon Mar 04 2024 16:13:00 GMT+0100 (Central European Standard Time)", at(2024, 3, 4, 15, 13)),
        # ISO 8601 and W3CDTF
        ("2024-03-04", at(2024, 3, 4)),
        ("2024-03-04T16:13Z", at(2024, 3, 4, 16, 13)),
        ("2024-03-04T16:13:00.123456789+01:00", at(2024, 3, 4, 15, 13)),
        ("2024-03-04T16:13:00-0500", at(2024, 3, 4, 21, 13)),
        ("2024-03-04 16:13:00 +01", at(2024, 3, 4, 15, 13)),
        ("2024-03-04T24:00:00Z", at(2024, 3, 5)),
        ("2024-03-04T16:13:00+01:00[Europe/Paris]", at(2024, 3, 4, 15, 13)),
        ("20240304", at(2024, 3, 4)),
        ("20240304T161300Z", at(2024, 3, 4, 16, 13)),
        ("20240304161300", at(2024, 3, 4, 16, 13)),
        ("2024-W10-1", at(2024, 3, 4)),
        ("2024-064", at(2024, 3, 4)),
        ("2024/3/4 16:13", at(2024, 3, 4, 16, 13)),
        # by people, in some languages
        ("March 4, 2024 4:13 PM", at(2024, 3, 4, 16, 13)),
        ("March 4th, 2024 at 4:13 p.m. ET", at(2024, 3, 4, 21, 13)),
        ("July 4, 2024 4:13 PM ET", at(2024, 7, 4, 20, 13)),
        ("4 March 2024", at(2024, 3, 4)),
        ("16:13 4 March 2024", at(2024, 3, 4, 16, 13)),
        ("4. März 2024 16:13 Uhr", at(2024, 3, 4, 16, 13)),
        ("lundi 4 mars 2024 à 16:13", at(2024, 3, 4, 16, 13)),
        ("4 de marzo de 2024", at(2024, 3, 4)),
        ("1 août 2024", at(2024, 8, 1)),
        # numbers whose order shows
        ("25/12/2024 16:13", at(2024, 12, 25, 16, 13)),
        ("12/25/2024", at(2024, 12, 25)),
        ("05.05.2024", at(2024, 5, 5)),
        ("1709568780", at(2024, 3, 4, 16, 13)),
        ("1709568780000", at(2024, 3, 4, 16, 13)),
    ],
)
def test_a_date_is_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            None,
            "",
            "   ",
            "last Tuesday",
            "yesterday",
            "N/A",
            "12:00",
            "16:13 GMT",
            "Mar 4",
            "Monday",
            "2024",
            "2024-03",
        ),
        *("03/04/2025", "3.4.2025", "04-03-2025", "10/12/24", "1-1-1", "-03"),  # which is the month?
        *(
            "31 Feb 2025",
            "2025-02-30",
            "2025-13-45",
            "2025-W60-1",
            "2025-366",
            "30/02/2025",
            "Tue, 00 Jan 2025 10:00:00 GMT",
        ),
        *(
            "Wed, 01 Jan 2025 25:00:00 GMT",
            "2025-03-04T10:60:00Z",
            "Wed, 01 Jan 2025 13:00 PM",
            "2025-03-04T10:00:00+25:00",
        ),
        *(
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "1970-01-01",
            "0",
            "0001-01-01T00:00:00Z",
            "1989-12-31",
            "9999-12-31",
            "30000101",
        ),
        *("Mon, 04 Mar 124 10:00:00 GMT", "4 or 5 March 2024", "March 2024", "4 March 2024 or so", "x" * 5_000),
    ],
)
def test_what_is_not_certain_is_no_date(text):
    assert read(text) is None


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["03/04/2025", "25/03/2025"], Order.DAY_FIRST),
        (["03/04/2025", "03/25/2025"], Order.MONTH_FIRST),
        (["03/04/2025", "25/03/2025", "03/25/2025"], None),  # both
        (["03/04/2025"], None),
        (["05/05/2025"], None),
        (["05/08/2025"], Order.MONTH_FIRST),  # the fifth of August is still to come
        (["01/07/2025"], Order.MONTH_FIRST),
        (["05/05/2025", "05/04/2025", "05/03/2025"], None),  # every order is a sequence
        (["01/05/2025", "12/04/2025", "10/04/2025", "02/04/2025"], Order.DAY_FIRST),
        (["04/12/2024 10:00", "03/12/2024 09:00", "01/12/2024 08:00", "30/11/2024 08:00"], Order.DAY_FIRST),
        (["2025-03-04", "Mon, 04 Mar 2024"], None),
        ([], None),
    ],
)
def test_a_feed_shows_its_habit(dates, expected):
    assert habit(dates, now=NOW) is expected


def test_an_ambiguous_date_is_read_by_the_habit_of_its_feed():
    day_first = reader(["03/04/2025 10:00", "25/03/2025 10:00"], now=NOW)
    assert day_first("03/04/2025 10:00") == at(2025, 4, 3, 10)
    month_first = reader(["03/04/2025", "03/25/2025"], now=NOW)
    assert month_first("03/04/2025") == at(2025, 3, 4)
    assert reader(["03/04/2025"], now=NOW)("03/04/2025") is None


def test_no_date_is_later_than_now():
    assert reader([], now=NOW)("2025-06-01T12:00:00Z") == NOW
    assert reader([], now=NOW)("2025-06-01T12:00:01Z") is None
    assert reader([], now=None)("2025-06-01T12:00:01Z") == at(2025, 6, 1, 12, 0, 1)
