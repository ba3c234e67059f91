"""Times: how they are written, found by evidence; and from text to wall-clock times of one zone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from calibration.exports.clock import clock_of
from calibration.exports.datewords import is_english, tidied
from calibration.exports.mapping import EPOCHS, Dates
from calibration.findings import Finding
from scenarios.errors import BadInput, shown

EARLIEST, LATEST = pd.Timestamp("1990-01-01"), pd.Timestamp("2100-01-01")
SAMPLE = 3000
"""Different values of a column that are looked at to find how dates are written."""

ODD = 0.02
"""Share of values against an order of day and month that is taken as slips of the export."""

CLOCK = (
    r"(?P<gap>, |,|T| )?(?P<time>\d{1,2}:\d{2})?(?P<seconds>:\d{2})?(?P<fraction>\.\d{1,9})?"
    r"(?P<half> ?[AaPp][Mm])?(?P<zone> ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?"
)
WRITTEN = re.compile(
    r"(?P<a>\d{1,4})(?P<mark>[-/. ])(?P<b>\d{1,2}|[A-Za-z]{3,9})(?P=mark)(?P<c>\d{2,4})" + CLOCK
)
NAMED = re.compile(r"(?P<b>[A-Za-z]{3,9}) (?P<a>\d{1,2})(?P<comma>,)? (?P<c>\d{4})" + CLOCK)
"""The month before the day, by its name: ``Jan 5, 2026 3:45 PM``."""

SINCE_1970 = re.compile(r"(?:[1-3]\d{9}|[7-9]\d{8}|[1-3]\d{12}|[7-9]\d{11})(?:\.\d{1,9})?")
"""Seconds or milliseconds, from 1992 to 2096."""

NUMBERS = re.compile(r"^(\d{1,2})[-/](\d{1,2})[-/]\d{2,4}\b")
OFFSET = r"\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$"


def pattern_of(value: str) -> tuple[str, bool] | None:
    """Pattern of a date as strptime writes it, day first, and whether it may be month first as well.

    Where it has words (``1. September 2025, 8:04 Uhr``), that of what ``tidied`` makes of it.
    """
    return plain_pattern(value) or plain_pattern(tidied(value))


def plain_pattern(value: str) -> tuple[str, bool] | None:
    """The same for a value as it stands."""
    if SINCE_1970.fullmatch(value):
        return ("epoch_ms" if len(value.partition(".")[0]) > 10 else "epoch"), False
    found = NAMED.fullmatch(value)
    if found is not None and is_english(found["b"]):
        month = "%b" if len(found["b"]) <= 3 else "%B"
        return f"{month} %d{found['comma'] or ''} %Y{clock_pattern(found)}", False
    found = WRITTEN.fullmatch(value)
    if found is None or (found["b"].isalpha() and not is_english(found["b"])):
        return None
    mark, month = found["mark"], "%b" if found["b"].isalpha() else "%m"
    if month == "%b" and len(found["b"]) > 3:
        month = "%B"
    either = False
    if len(found["a"]) == 4:
        day = f"%Y{mark}{month}{mark}%d"
    elif len(found["a"]) <= 2 and len(found["c"]) in (2, 4):
        day = f"%d{mark}{month}{mark}{'%Y' if len(found['c']) == 4 else '%y'}"
        either = month == "%m" and mark in "/-"
    else:
        return None
    if not found["time"]:
        return (day, either) if found.end() == found.end("c") else None
    return f"{day}{clock_pattern(found)}", either


def clock_pattern(found: re.Match[str]) -> str:
    """Pattern of the time of day behind a date; empty without one."""
    if not found["time"]:
        return ""
    clock = "%I:%M" if found["half"] else "%H:%M"
    seconds = (":%S" if found["seconds"] else "") + (".%f" if found["fraction"] else "")
    half = found["half"].replace(found["half"].strip(), "%p") if found["half"] else ""
    zone = "%z" if found["zone"] else ""
    return f"{found['gap'] or ''}{clock}{seconds}{half}{zone}"


def settled(name: str, dates: Dates, columns: dict[str, pd.Series]) -> tuple[Dates, list[Finding]]:
    """The patterns of the dates of an export, where the mapping leaves them to be recognised.

    Raises
    ------
    BadInput
        If nothing says whether the day or the month comes first.
    """
    if dates.formats:
        return dates, []
    seen: Counter[tuple[str, bool]] = Counter()
    levels = {column: pd.Series(pd.unique(text.dropna()), dtype=object) for column, text in columns.items()}
    for column, values in levels.items():
        some = [str(value) for value in values.iloc[:: max(1, len(values) // SAMPLE)]]
        seen.update(filter(None, map(pattern_of, some)))
        if any(plain_pattern(value) is None for value in some):
            levels[column] = values.astype(str).map(readable)
    if not seen:
        return dates, []
    month_first = False
    if any(either for _, either in seen):
        month_first = ordered(name, dates, levels)
    patterns = [
        exchanged(pattern) if either and month_first else pattern
        for (pattern, either), _ in seen.most_common()
    ]
    patterns = list(dict.fromkeys(patterns))
    order = ", the month before the day" if month_first else ""
    text = f"Dates were read as {' or '.join(patterns)}{order}, by what the values are like."
    return dates.model_copy(update={"formats": patterns}), [Finding("dates", text)]


def readable(value: str) -> str:
    """A date as a pattern reads it."""
    return value if plain_pattern(value) else tidied(value)


def exchanged(pattern: str) -> str:
    """A pattern with day and month exchanged."""
    return re.sub("%[dm]", lambda code: "%m" if code[0] == "%d" else "%d", pattern)


def ordered(name: str, dates: Dates, levels: dict[str, pd.Series]) -> bool:
    """Whether the month comes first."""
    if dates.order != "auto":
        return dates.order == "month_first"
    parts = pd.concat([values.astype(str).str.extract(NUMBERS).dropna() for values in levels.values()])
    first, second = (parts[column].astype(int) > 12 for column in (0, 1))
    if first.any() or second.any():
        fewer, more = sorted([first.sum(), second.sum()])
        if fewer <= ODD * more:
            return bool(second.sum() > first.sum())
    example = shown(
        next(value for values in levels.values() for value in values if NUMBERS.match(str(value))), 30
    )
    why = "some dates have a day above 12 first and some second" if first.any() else "no day is above 12"
    raise BadInput(
        f"{name}: dates such as '{example}' may begin with the day or the month ({why}); "
        "write dates: {order: day_first} or {order: month_first} in the mapping"
    )


def parsed_times(text: pd.Series, dates: Dates) -> pd.Series:
    """Times of a text column: each value by the first pattern that fits it; NaT where none does.

    Times with an offset become local ones of the zone; others are as written (``zones.localised`` goes on).
    """
    codes, values = pd.factorize(text)
    levels = pd.Series(values, dtype=object)
    times = pd.Series(pd.NaT, index=levels.index, dtype="datetime64[ns]")
    for written in (levels, None):
        unread = times.isna()
        words = written if written is not None else levels.where(~unread, levels[unread].map(tidied))
        for pattern in dates.formats:
            if not unread.any():
                break
            times[unread] = read(words[unread], pattern, dates).astype("datetime64[ns]")
            unread = times.isna()
    times = times.where((times >= EARLIEST) & (times < LATEST))
    found = np.append(times.to_numpy(dtype="datetime64[ns]"), np.datetime64("NaT", "ns"))[codes]
    return pd.Series(found, index=text.index)


def read(levels: pd.Series, pattern: str, dates: Dates) -> pd.Series:
    """Values by one pattern. With offsets: the wall clock of the zone, or as written without one."""
    if pattern in EPOCHS:
        counted = pd.to_numeric(levels.where(levels.astype(str).str.fullmatch(SINCE_1970)), errors="coerce")
        thousandths = (counted.astype(float) * (1000 if pattern == "epoch" else 1)).round()
        at = pd.to_datetime(thousandths, unit="ms", errors="coerce")
        zone = dates.written_in or dates.zone
        return at if zone is None else clock_of(zone).local(at)
    if not pattern.endswith("%z"):
        found = pd.to_datetime(levels, format=pattern, errors="coerce")
        return found.dt.tz_localize(None) if getattr(found.dt, "tz", None) is not None else found
    if dates.zone is not None and dates.written_in is None:
        plain = levels.astype(str).str.replace(r"\s*(?:UTC|GMT)$", "Z", regex=True)
        plain = plain.str.replace(r"\s+([+-]\d{2}:?\d{2})$", r"\1", regex=True)
        at = pd.to_datetime(plain.where(levels.notna()), format=pattern, errors="coerce", utc=True)
        return clock_of(dates.zone).local(at.dt.tz_localize(None))
    offset = levels.astype(str).str.contains(OFFSET)
    bare = levels.astype(str).str.replace(OFFSET, "", regex=True).where(offset)
    return pd.to_datetime(bare, format=pattern.removesuffix("%z").rstrip(), errors="coerce")


def zone_findings(dates: Dates, texts: Sequence[pd.Series]) -> list[Finding]:
    """What is made of offsets in the values."""
    if not dates.sure or dates.zone is not None:
        return []
    levels = pd.Series(np.concatenate([pd.unique(text.dropna()).astype(str) for text in texts]), dtype=object)
    offsets = levels.str.extract(r"(Z|UTC|GMT|[+-]\d{2}:?\d{2})$")[0].dropna().unique()
    utc = set(offsets) <= {"Z", "UTC", "GMT", "+00:00", "+0000"}
    text = (
        "Times are written in UTC and no zone is stated: hours of the day are those of UTC; write dates: "
        "{zone: ...} in the mapping to have the hours of the organisation."
        if utc
        else f"Times carry offsets ({', '.join(sorted(offsets)[:3])}) and no zone is stated: the wall "
        "clock was taken as written."
        + (" Spans from one offset to another are off by their difference." if len(offsets) > 1 else "")
        + " dates: {zone: ...} in the mapping names the zone of the organisation."
    )
    return [Finding("offsets", text)]
