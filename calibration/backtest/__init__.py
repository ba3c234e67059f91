"""A learnt base against days that it has not seen."""

from calibration.backtest.playing import Playing, plays
from calibration.backtest.report import Backtest
from calibration.backtest.thresholds import Thresholds
from calibration.backtest.whole import backtest

__all__ = ["Backtest", "Playing", "Thresholds", "backtest", "plays"]
