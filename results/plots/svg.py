"""Figures as SVG text: to stand in a page, or in files of their own."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable

from matplotlib.axes import Axes

from results.plots.style import canvas, styled

Draw = Callable[[Axes], object]


def svg(draw: Draw, width: float, height: float) -> str:
    """A figure of ``width`` x ``height`` inches as an SVG document, the same bytes on every run."""
    with styled():
        figure, ax = canvas(width, height)
        draw(ax)
        written = io.StringIO()
        with warnings.catch_warnings():
            # A title in letters that the font lacks shows boxes; a warning of the plot library helps nobody.
            warnings.filterwarnings("ignore", message="Glyph")
            figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return written.getvalue()


def inline(document: str, name: str) -> str:
    """An SVG document made ready to stand in a page with others.

    The XML header goes, names get the figure's own so that they do not clash, no link leads outside, and
    the page's style sets the size.
    """
    body = document[document.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', body)
    body = re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", body)
    body = body.replace("xlink:href", "href")
    body = re.sub(r'\s(xmlns:xlink|xmlns|version)="[^"]*"', "", body)
    body = re.sub(r'(<svg[^>]*?)\swidth="[^"]*"', r"\1", body, count=1)
    body = re.sub(r'(<svg[^>]*?)\sheight="[^"]*"', r"\1", body, count=1)
    return body.replace("<svg", '<svg focusable="false"', 1).strip()
