"""Dates with words in them (months and days by name, `Uhr`, `à`, `a. m.`), written as patterns read them."""

from __future__ import annotations

import re

from calibration.exports.synonyms import unaccented

MONTHS = {
    "Jan": "january janvier januar janner enero janeiro",
    "Feb": "february fevrier fevr fev februar febrero fevereiro",
    "Mar": "march mars marz mrz marzo marco",
    "Apr": "april avril avr abril abr",
    "May": "may mai mayo maio",
    "Jun": "june juin juni junio junho",
    "Jul": "july juillet juil juli julio julho",
    "Aug": "august aout agosto ago",
    "Sep": "september sept septembre septiembre setembro set",
    "Oct": "october octobre oktober okt octubre outubro out",
    "Nov": "november novembre noviembre novembro",
    "Dec": "december decembre dezember dez diciembre dic dezembro",
}
"""Months as English abbreviations, and what they are called in the languages that are read."""

ENGLISH = {name for month, words in MONTHS.items() for name in (month.casefold(), words.split()[0])}
DAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun|"
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mer|jeu|ven|sam|dim|"
    "lunes|martes|miercoles|jueves|viernes|sabado|domingo|"
    "segunda-feira|terca-feira|quarta-feira|quinta-feira|sexta-feira"
)
_MONTH = {word: month for month, words in MONTHS.items() for word in (month.casefold(), *words.split())}
COMPACT = re.compile(
    r"^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])t?([01]\d|2[0-3])([0-5]\d)([0-5]\d)(z?)$"
)
_STEPS = [
    (re.compile(r"\b1er\b"), "1"),
    (re.compile(rf"^(?:{DAYS})\.?,?\s+(?=\w)"), ""),
    (re.compile(r"^([a-z]{3}) (\d{1,2}) ([\d:]+) (?:[a-z]{2,5} )?(\d{4})$"), r"\2 \1 \4 \3"),
    (re.compile(r"(?<=\d)\s*,?\s+(?:a|at|um|as|a las|-)\s+(?=\d{1,2}\s?[:h])"), " "),
    (re.compile(r"(?<=\d)\.?\s+(?:de\s+)?([a-z]{3,10})\.?,?\s+(?:de\s+)?(?=\d{4})"), r" \1 "),
    (re.compile(r"\s*\buhr$"), ""),
    (re.compile(r"(?<=\s\d)\s?h\s?(?=[0-5]\d\b)|(?<=\s\d\d)\s?h\s?(?=[0-5]\d\b)"), ":"),
    (re.compile(r"\s*\b([ap])\.?\s?m\.?$"), r" \1m"),
    (re.compile(r"(?<=\d{4}), (?=\d{1,2}:)"), " "),
    (COMPACT, r"\1-\2-\3 \4:\5:\6\7"),
    (re.compile(r"\s+"), " "),
]
"""What is written otherwise, in this order, in small letters without accents."""


def is_english(month: str) -> bool:
    """Whether a word is an English month, as patterns read them."""
    return month.casefold() in ENGLISH


def tidied(value: str) -> str:
    """A date without words but an English month in front of which the day stands: ``1 Sep 2025 08:04``."""
    text = " ".join(unaccented(value).split())
    for pattern, plain in _STEPS:
        text = pattern.sub(plain, text)
    words = [_MONTH.get(word.strip(".,"), word) for word in text.split(" ")]
    text = " ".join(words).strip()
    return re.sub(r"(?<=\d)(z|utc|gmt)$|\b(am|pm|z|utc|gmt)$", lambda found: found[0].upper(), text)
