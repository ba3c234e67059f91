"""Event logs in XES: one row an event, attributes of the trace with ``case:`` before their name.

Source: IEEE Standard for eXtensible Event Stream (XES), IEEE 1849-2016.
"""

from __future__ import annotations

import io
from xml.etree.ElementTree import Element, ParseError, iterparse

import pandas as pd

from scenarios.errors import BadInput, shown

VALUES = {"string", "date", "int", "float", "boolean", "id"}


def events_of(data: bytes, name: str) -> pd.DataFrame:
    """Events as text cells, read as a stream; the index is the number of the event, from 1.

    Raises
    ------
    BadInput
        If it is no XES log, or holds no events.
    """
    columns: dict[str, list[str]] = {}
    count = 0
    try:
        for _, element in iterparse(io.BytesIO(data), events=("end",)):
            if local(element) != "trace":
                continue
            of_trace = {f"case:{key}": value for key, value in attributes(element).items()}
            for event in element:
                if local(event) == "event":
                    for key, value in (of_trace | attributes(event)).items():
                        column = columns.setdefault(key, [])
                        column += [""] * (count - len(column))
                        column.append(value)
                    count += 1
            element.clear()
    except ParseError as error:
        raise BadInput(f"{name}: is not a sound XES file: {shown(error)}") from None
    if not count:
        raise BadInput(f"{name}: is an XML file without traces and events; an XES log has them")
    index = pd.RangeIndex(1, count + 1)
    cells = {key: pd.Categorical(column + [""] * (count - len(column))) for key, column in columns.items()}
    return pd.DataFrame(cells, index=index)


def attributes(element: Element) -> dict[str, str]:
    """Plain attributes of a trace or an event."""
    return {
        child.get("key", ""): child.get("value", "").strip() for child in element if local(child) in VALUES
    }


def local(element: Element) -> str:
    """Name of an element without its namespace."""
    return element.tag.rpartition("}")[2]
