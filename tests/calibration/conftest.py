"""Logs that several tests read."""

from pathlib import Path

import pytest

from calibration.exports.log import TicketLog, read_log
from calibration.exports.mapping import Mapping, load_mapping
from calibration.fit.organisation import Organisation, learn
from tests.calibration.synthetic import synthetic_log, write_log


@pytest.fixture(scope="session")
def servicenow() -> Mapping:
    return load_mapping("servicenow")


@pytest.fixture(scope="session")
def plain_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_log(tmp_path_factory.mktemp("plain"), synthetic_log(per_day=30))


@pytest.fixture(scope="session")
def plain_log(plain_path: Path, servicenow: Mapping) -> TicketLog:
    return read_log(plain_path, servicenow)


@pytest.fixture(scope="session")
def plain(plain_log: TicketLog) -> Organisation:
    return learn(plain_log)
