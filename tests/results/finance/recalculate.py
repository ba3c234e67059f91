"""A workbook calculated anew by LibreOffice, and its named cells read without any spreadsheet library."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def office() -> str:
    """The command, or a skip with the reason."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("needs LibreOffice (command soffice) to calculate a workbook anew")
    return found


def recalculated(path: Path, folder: Path) -> Path:
    """The same workbook, every formula calculated by LibreOffice."""
    command = office()
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    out = folder / "recalculated"
    subprocess.run(
        [
            command,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(out),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return out / path.name


class Workbook:
    """Values of named cells."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path)
        book = ET.fromstring(self.archive.read("xl/workbook.xml"))
        targets = {
            item.get("Id"): item.get("Target", "")
            for item in ET.fromstring(self.archive.read("xl/_rels/workbook.xml.rels"))
        }
        self.sheets = {
            sheet.get("name", ""): targets[sheet.get(REL)].lstrip("/").removeprefix("xl/")
            for sheet in book.iter(f"{MAIN}sheet")
        }
        self.names = {item.get("name", ""): item.text or "" for item in book.iter(f"{MAIN}definedName")}
        self.cells: dict[str, dict[str, str]] = {}

    def place(self, name: str) -> tuple[str, list[str]]:
        """Sheet and cells of a name."""
        sheet, _, cells = self.names[name].replace("$", "").rpartition("!")
        sheet = sheet.strip("'").replace("''", "'")
        first, _, last = cells.partition(":")
        if not last:
            return sheet, [first]
        row = re.sub(r"[A-Z]+", "", first)
        columns = range(ord(first[0]), ord(last[0]) + 1)  # names never reach beyond column Z
        return sheet, [f"{chr(column)}{row}" for column in columns]

    def values(self, name: str) -> list[float | str | None]:
        """What stands in the cells of a name; None for an empty text."""
        sheet, cells = self.place(name)
        known = self._sheet(sheet)
        return [known.get(cell) for cell in cells]

    def texts(self, sheet: str) -> dict[str, str]:
        """All cells of a sheet as they are stored."""
        return {cell: str(value) for cell, value in self._sheet(sheet).items() if value is not None}

    def _sheet(self, name: str) -> dict[str, float | str | None]:
        if name not in self.cells:
            found = {}
            shared = self._shared()
            for cell in ET.fromstring(self.archive.read(f"xl/{self.sheets[name]}")).iter(f"{MAIN}c"):
                value, kind = cell.find(f"{MAIN}v"), cell.get("t", "n")
                text = None if value is None or not value.text else value.text
                if kind == "s" and text is not None:
                    found[cell.get("r", "")] = shared[int(text)] or None
                elif text is not None:
                    found[cell.get("r", "")] = float(text) if kind == "n" else text
            self.cells[name] = found
        return self.cells[name]

    def _shared(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.archive.namelist():
            return []
        root = ET.fromstring(self.archive.read("xl/sharedStrings.xml"))
        return ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in root]


def typed(path: Path, into: Path, name: str, value: float) -> Path:
    """A copy of a workbook with a number typed into an empty cell, by its name or as sheet!cell."""
    book = Workbook(path)
    sheet, _, cell = name.rpartition("!")
    if not sheet:
        sheet, (cell,) = book.place(name)
    part = f"xl/{book.sheets[sheet]}"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            data = old.read(item)
            if item == part:
                text, count = re.subn(
                    rf'(<c r="{cell}"[^>]*)/>', rf"\1><v>{value!r}</v></c>", data.decode(), count=1
                )
                assert count == 1, f"{name} is no empty cell"
                data = text.encode()
            new.writestr(item, data)
    return into
