"""Purposes of random draws, so that no two decisions ever share a number.

Plain integers, not an Enum: compiled code reads them. Numbers are never reused for another purpose,
because that would change the luck of every saved scenario.
"""

from __future__ import annotations

# What an entity is to its parent (``keyed.child``).
KIN_TICKET = 1
KIN_LAYER = 2
KIN_FAULT = 3
KIN_BIRTH = 4
KIN_PROBLEM = 5
KIN_CHANGE = 6
KIN_FAILURE = 7
KIN_FINDING = 8
KIN_OVERLOAD = 9

# What is drawn. "By visit" means that the draw number counts the visits of a ticket to teams.
ARRIVAL = 1
DAY_FACTOR = 2
DEMAND = 3
IMPACT = 4
PRIORITY = 5
DETECTION = 6
AUTOMATION = 7
APPROVAL = 8
ENTRY = 9
ROUTE = 10
WORK = 11
WAITS = 12
MISROUTE = 13
HAND_OFF = 14
SECOND_TEAM = 15
REOPEN = 16
ABSENCE = 17
ASSUMPTION = 18
FAULT_RATE = 19
STRIKE = 20
BIRTH = 21
PROBLEM = 22
INVESTIGATION = 23
CHANGE = 24
CHANGE_WORK = 25
FAILURE = 26
LEAVING = 27
VACANCY = 28
FINDING = 29
EMERGENCY = 30
