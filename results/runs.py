"""Replications kept in a folder, so that a run that was stopped or made longer plays only what is missing.

Each replication is a file of its own, written aside and renamed as soon as it has been played. The first line
says what was played and carries a checksum of the rest. What does not answer to both is never used.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from results.aside import write_aside
from results.packed import pack, unpack
from results.summary import Summary

FOLDER = "replications"
_OURS = re.compile(r"\d+\.json|\.\d+\.json\.\d+\.part")
_OUR_FOLDERS = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Key:
    """What two replications of one number must share to be the same; times in seconds.

    ``digest`` is that of the scenario, ``version`` that of the program, ``sources`` a hash of its files.
    """

    digest: str
    seed: int
    engine: str
    horizon: int
    warmup: int
    uncertainty: bool
    version: str
    sources: str

    @property
    def name(self) -> str:
        """A short name for a folder."""
        return hashlib.blake2b(_text(asdict(self)).encode(), digest_size=16).hexdigest()


class UntrustedError(ValueError):
    """A file in the place of a replication that is not the one it should be."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")


class Kept:
    """The replications of one scenario in the folder of a run, which may not exist yet."""

    def __init__(self, folder: Path, key: Key) -> None:
        self.folder = folder / FOLDER / key.name
        self._key = asdict(key)

    def read(self, replication: int, scenario: str) -> Summary | None:
        """A replication, called by the name of its ``scenario``; None if it isn't there.

        Raises
        ------
        UntrustedError
            If there is a file in its place that was damaged, or holds something else.
        """
        path = self._path(replication)
        try:
            head, _, body = path.read_bytes().partition(b"\n")
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as mistake:
            raise UntrustedError(path, (mistake.strerror or "can't be read").lower()) from None
        if head != self._head(replication, body):
            raise UntrustedError(path, "its checksum or key does not match")
        try:
            summary = unpack(Summary, json.loads(body))
        except (ValueError, RecursionError):
            raise UntrustedError(path, "can't be read by this version") from None
        return replace(summary, scenario=scenario)

    def write(self, summary: Summary) -> None:
        """Keep a replication."""
        body = _text(pack(summary)).encode()
        self.folder.mkdir(parents=True, exist_ok=True)
        whole = self._head(summary.replication, body) + b"\n" + body
        write_aside(self._path(summary.replication), whole.decode())

    def _path(self, replication: int) -> Path:
        return self.folder / f"{replication}.json"

    def _head(self, replication: int, body: bytes) -> bytes:
        told = {"key": self._key, "replication": replication, "sha256": hashlib.sha256(body).hexdigest()}
        return _text(told).encode()


def forget_others(folder: Path, keys: list[Key]) -> None:
    """Remove the replications that were kept in a run's folder under other keys, and nothing else."""
    named = {key.name for key in keys}
    for place in sorted((folder / FOLDER).glob("*")):
        if place.name in named or not _OUR_FOLDERS.fullmatch(place.name) or place.is_symlink():
            continue
        for path in sorted(place.glob("*")) + sorted(place.glob(".*")):
            if _OURS.fullmatch(path.name) and path.is_file():
                path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # not empty: somebody keeps other things there
            place.rmdir()


def _text(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
