"""What readers see for every form of date."""

from __future__ import annotations

import pytest

from sitegen.dates import parse_date
from sitegen.dates.fuzzy_date import OPEN, UNKNOWN
from sitegen.dates.wording import words

WORDS = [
    # single dates
    ("2024-06-19", "19 June 2024"),
    ("2024-06-01", "1 June 2024"),
    ("2024-06", "June 2024"),
    ("2024", "2024"),
    ("0987", "AD 987"),
    ("0066-07", "July AD 66"),
    ("2024-01", "January 2024"),
    ("2024-12-31", "31 December 2024"),
    # seasons
    ("2024-21", "spring 2024"),
    ("2024-22", "summer 2024"),
    ("2024-23", "autumn 2024"),
    ("2024-24", "winter 2024–25"),
    ("2009-24", "winter 2009–10"),
    ("1999-24", "winter 1999–2000"),
    ("9999-24", "winter 9999"),
    # marks of doubt on the whole date
    ("2024-06~", "about June 2024"),
    ("2024-06?", "possibly June 2024"),
    ("2024-06%", "possibly about June 2024"),
    ("2024-06-19~", "about 19 June 2024"),
    ("2024-06-19?", "possibly 19 June 2024"),
    ("2024-06-19%", "possibly about 19 June 2024"),
    ("2024~", "about 2024"),
    ("2024?", "possibly 2024"),
    ("2024-21~", "about spring 2024"),
    ("2024-24?", "possibly winter 2024–25"),
    # marks on a component
    ("2024-06-~19", "about 19 June 2024"),
    ("2024-06-?19", "possibly 19 June 2024"),
    ("2024-~06", "about June 2024"),
    ("~2024", "about 2024"),
    ("2024?-06-19", "19 June 2024 (year uncertain)"),
    ("?2024-06-19", "19 June 2024 (year uncertain)"),
    ("2024?-06", "June 2024 (year uncertain)"),
    ("2024-~06-19", "19 June 2024 (month approximate)"),
    ("2024-%06-19", "19 June 2024 (month uncertain and approximate)"),
    ("2024-06~-19", "19 June 2024 (year and month approximate)"),
    ("2024?-06-~19", "19 June 2024 (year uncertain, day approximate)"),
    # unspecified digits
    ("2024-06-XX", "some day in June 2024"),
    ("2024-XX", "some month in 2024"),
    ("2024-XX-XX", "some day in 2024"),
    ("2024-06-XX~", "about some day in June 2024"),
    ("202X", "the 2020s"),
    ("202X~", "about the 2020s"),
    ("199X?", "possibly the 1990s"),
    ("200X", "the 2000s"),
    ("006X", "between AD 60 and AD 69"),
    ("20XX", "between 2000 and 2099"),
    ("2024-06-1X", "between 10 and 19 June 2024"),
    ("2024-06-1X?", "between 10 and 19 June 2024 (uncertain)"),
    ("2024-1X-XX", "between 1 October and 31 December 2024"),
    ("156X-12-25", "between 25 December 1560 and 25 December 1569"),
    # intervals
    ("2024-10/2024-11", "October – November 2024"),
    ("2024-10/2025-01", "October 2024 – January 2025"),
    ("2024-11-09/2024-11-11", "9 – 11 November 2024"),
    ("2024-06-18/2024-12-04", "18 June – 4 December 2024"),
    ("2024-12-30/2025-01-02", "30 December 2024 – 2 January 2025"),
    ("2023-06-18/2024-06-18", "18 June 2023 – 18 June 2024"),
    ("2022/2024", "2022 – 2024"),
    ("2024-06-18/2024-12", "18 June 2024 – December 2024"),
    ("2024/2025-03", "2024 – March 2025"),
    ("2024-06/2024-06", "June 2024"),
    ("2024-06-19/2024-06-19", "19 June 2024"),
    ("2024-21/2024-22", "spring – summer 2024"),
    ("2024-24/2025-21", "winter 2024–25 – spring 2025"),
    ("2024-24/2024-24", "winter 2024–25"),
    # intervals in doubt
    ("2024-10~/2024-11", "from about October 2024 to November 2024"),
    ("2024-10/2024-11?", "from October 2024 to possibly November 2024"),
    ("2024-10~/2024-11~", "about October – November 2024"),
    ("2024-~10/2024-11", "from about October 2024 to November 2024"),
    ("2024-10%/2025", "from possibly about October 2024 to 2025"),
    ("202X/203X", "from the 2020s to the 2030s"),
    ("2024-06-XX/2024-07-04", "from some day in June 2024 to 4 July 2024"),
    # open and unknown ends
    ("2025-08/..", "from August 2025"),
    ("2025-08-01/..", "from 1 August 2025"),
    ("2025-08~/..", "from about August 2025"),
    ("202X/..", "from the 2020s"),
    ("../2025-08", "until August 2025"),
    ("../2025-08?", "until possibly August 2025"),
    ("2025-08/", "from August 2025 until an unknown date"),
    ("/2025-08", "from an unknown date until August 2025"),
    # one of several
    ("[2024-06-18..2024-06-19]", "between 18 and 19 June 2024"),
    ("[2024-06-30..2024-07-02]", "between 30 June and 2 July 2024"),
    ("[2024-12..2025-02]", "between December 2024 and February 2025"),
    ("[2024-06-18..2024-06-18]", "18 June 2024"),
    ("[2024-06-~18..2024-06-20]", "between about 18 June 2024 and 20 June 2024"),
    ("[2024-06-18,2024-06-19]", "18 or 19 June 2024"),
    ("[2024-06-17,2024-06-18,2024-06-20]", "17, 18 or 20 June 2024"),
    ("[2024-06-18,2024-12-04]", "18 June or 4 December 2024"),
    ("[2024-06-18,2025-06-18]", "18 June 2024 or 18 June 2025"),
    ("[2024-06,2024-07]", "June or July 2024"),
    ("[2024,2025]", "2024 or 2025"),
    ("[2024,2024-06-18~]", "2024 or about 18 June 2024"),
    ("[2024-06-18]", "18 June 2024"),
    ("[2024-06-18,2024-06-20..2024-06-22]", "18 June 2024 or between 20 and 22 June 2024"),
    ("[..2024-06]", "June 2024 or earlier"),
    ("[2024-06..]", "June 2024 or later"),
    # all of several
    ("{2024-06-18,2024-06-19}", "18 and 19 June 2024"),
    ("{2024-06,2024-08,2024-10}", "June, August and October 2024"),
    ("{2024..2026}", "2024 – 2026"),
    ("{2024-06-18,2024-06-20..2024-06-22}", "18 June 2024 and 20 – 22 June 2024"),
    ("{..2024-06}", "until June 2024"),
    ("{2024-06..}", "from June 2024"),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_readers_see_words(text: str, expected: str) -> None:
    """A date reads as English that says what the EDTF says, no more and no less."""
    assert words(parse_date(text)) == expected


@pytest.mark.parametrize("end", [OPEN, UNKNOWN])
def test_a_bare_end_has_words_too(end: object) -> None:
    """The end of an interval, looked at alone, is an unknown date."""
    assert words(end) == "an unknown date"  # type: ignore[arg-type]
