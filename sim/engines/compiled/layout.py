"""Where everything is kept in the one block of memory that the compiled engine works on.

The block is an int64 array ``a``, seen as float64 through ``f``: a header of counters and addresses, then
one segment after the other, each a table in row order. ``a[row + c.COLUMN]`` is a cell, where ``row`` is
the address that one of the ``..._at`` functions of ``memory`` gives. One block, because then a function
takes two arguments and not two hundred, and no slice of an array has to be counted.

Plain integers, because compiled code reads them as constants. A variate takes two columns (its mean's row
in the parameters, its shape's row), a wait three (its share's row, then its variate), a choice two (first
row and number in CHOICES and CUMULATIVE), a calendar two (first place and number of intervals in EDGES).
"""

from __future__ import annotations

from sim.engines.compiled.purposes import HALF, PURPOSES

# Rows of teams
TEAM_KEY = 0
TEAM_SEATS = 1
TEAM_ON_CALL = 2
TEAM_ABSENCE = 3
TEAM_POLICY = 4
TEAM_PREEMPTS = 5
TEAM_SWITCH_LOSS = 6
TEAM_FIRST_SEAT = 7
TEAM_SEAT_ROWS = 8
TEAM_FENCE = 9
TEAM_QUEUE_LENGTH = 10
TEAM_PLANNED_LENGTH = 11
TEAM_FREE = 12
TEAM_FREE_FENCED = 13
TEAM_FIRST_FREE = 14
"""No seat before this one is free; then the same of those ring-fenced."""
TEAM_TOP_SPEED = 16
"""Nobody in the team is faster."""
TEAM_COLUMNS = 17

# Rows of seats
SEAT_TEAM = 0
SEAT_NUMBER = 1
SEAT_KEY = 2
SEAT_SPEED = 3
SEAT_CALENDAR = 4
SEAT_HOLIDAYS = 6

# Rows of categories
CAT_ENTRY = 0
CAT_MISROUTING = 2
CAT_BOUNCE = 3
CAT_HANDOFF = 5
CAT_CONTEXT = 7
CAT_SECOND_TEAM = 8
CAT_SECOND_SHARE = 9
CAT_SWARMING = 10
CAT_SECOND_WORK = 11
CAT_REOPEN_SHARE = 13
CAT_REOPEN_WORK = 14
CAT_CLOSE_DELAY = 15
CAT_CLOSING = 16
CAT_MISROUTING_PRESSURE = 18
CAT_COLUMNS = 19

# Rows of stages, one for each category and team
STAGE_WORK = 0
STAGE_RESOLVES = 2
STAGE_NEXT = 3
STAGE_USER_WAIT = 5
STAGE_VENDOR_WAIT = 10
STAGE_ONWARD_WAIT = 15
STAGE_ONWARD_ASKS = 20
STAGE_WAITS = 21
"""1 if the user or a vendor may have to be waited for, at some time of the run."""
STAGE_COLUMNS = 22

# ... and of each wait in them
WAIT_TIME = 1
WAIT_CLOCK = 3

# Rows of incidents and Flat.requests
STREAM_SERVICE = 0
STREAM_CATEGORY = 1
INC_IMPACTS = 2
INC_MONITORED = 4
INC_MONITORING = 5
INC_REPORT = 7
INC_ERROR = 9
REQ_PRIORITY = 2
REQ_VALUE = 3
REQ_LEVEL = 4
REQ_AUTOMATION = 7
REQ_FAILURES = 8
REQ_TIME = 9
REQ_APPROVAL = 11
STREAM_COLUMNS = 16

# Rows of impacts
IMPACT_PRIORITY = 0
IMPACT_DEPTH = 1
IMPACT_EMPLOYEES = 2
IMPACT_CUSTOMERS = 3
IMPACT_COLUMNS = 4

# Rows of layers, one for each stream and layer of demand
LAYER_FLOW = 0
LAYER_STREAM = 1
LAYER_NUMBER = 2
LAYER_KEY = 3
LAYER_DEMAND = 4
LAYER_RATES = 5
LAYER_SHAPE = 6
LAYER_ORDINAL = 7
LAYER_HOUR = 8
LAYER_KEYS = 9
"""Keys of the next AHEAD tickets; the ticket of an ordinal stands at its remainder."""
LAYER_NEEDS = 17
"""float64: how much demand has to come up between each of them and the one before."""
AHEAD = 8
LAYER_CALM = LAYER_NEEDS + AHEAD
LAYER_LUCK = LAYER_CALM + 1
"""Of each purpose of the first half the first draw of each of them, then of each purpose the second one."""
LAYER_COLUMNS = LAYER_LUCK + 2 * HALF * AHEAD

# ... and what a seat does now
NOW_IN_SHIFT = 7
NOW_SHIFT_ROW = 8
NOW_ACTIVE = 9
NOW_HOLIDAY = 10
NOW_AWAY = 11
NOW_STATE = 12
NOW_SINCE = 13
NOW_ITEM = 14
NOW_STARTED = 15
NOW_FREE = 16
NOW_UNTIL = 17
NOW_FENCED = 18
NOW_VACANT = 19
NOW_HIRED = 20
SEAT_FULL_SPEED = 21
SEAT_COLUMNS = 22

# Rows of items; ticket t owns items 2t and 2t + 1 (a second team's), which are part of its row
ITEM_KIND = 0
ITEM_SWITCH_LOSS = 1
ITEM_REWORK = 2
ITEM_EFFORT = 3
ITEM_ENTERED = 4
ITEM_QUEUE_ROW = 5
ITEM_URGENT = 6
ITEM_ORDER = 7
ITEM_PLANNED = 8
ITEM_COLUMNS = 9

# Rows of tickets: what is known of a case besides its place in the record
T_PHASE = 0
T_VISITS = 1
T_CATEGORY = 2
T_STAGE_TEAM = 3
T_SPELL = 4
T_ROW = 5
T_EFFORT_LEFT = 6
T_VENDOR_WAIT = 7
T_HELPER = 8
T_HELP_EFFORT = 9
T_HELP_DONE = 10
T_SETTLES = 11
T_SENDER = 12
T_OWNER = 13
T_ASTRAY = 14
T_TO_HELPER = 15
T_CLOCK_LEFT = 16
T_WAIT_START = 17
T_WORK_KIND = 18
T_DEPTH = 19
T_HITS_EMPLOYEES = 20
T_HITS_CUSTOMERS = 21
T_WORTH = 22
T_EFFORT = 23
T_OVERDUE = 24
T_LEFT = 25
T_LINE_TIME = 26
T_BEHIND = 27
T_ITEMS = 28
T_LUCK = T_ITEMS + 2 * ITEM_COLUMNS
"""Of PURPOSES purposes the first draw, then of each of them the second one, as 53 bits."""
T_COLUMNS = T_LUCK + 2 * PURPOSES

# What a ticket waits for (T_PHASE)
DETECTING = 0
AUTOMATING = 1
APPROVING = 2
WORKING = 3
WORKING_FIRST_PART = 4
WAITING_FOR_USER = 5
WAITING_FOR_VENDOR = 6
WAITING_FOR_HELP = 7
ON_THE_WAY = 8
ON_THE_WRONG_WAY = 9
BOUNCING = 10
HELPED_IN_TURN = 11
HOLDING = 12
CLOSING = 13

# The header: counters, facts of the run, and where each segment begins
NOW = 0
TICKETS = 1
EVENTS = 2
ACTIVITIES = 3
SPELLS = 4
SEAT_ROWS = 5
ROWS = 29
"""Rows of tickets that are in use or were."""
FREE_ROW = 30
"""Address of a row that is free, 0 if there is none; each knows the next one (T_BEHIND)."""
NEXT_LEVER = 6
WHOLE = 26
"""1 if activities, spells and seat time are written down, 0 for cases alone."""
CENSUS_NUMBER = 80
CENSUS_AREA = 85
CENSUS_SINCE = 90
SEED = 14
REPLICATION = 15
WARMUP = 16
HORIZON = 17
TEAM_COUNT = 18
SEAT_COUNT = 19
LAYER_COUNT = 20
LEVER_COUNT = 21
DAYS = 22
HOURS = 23
BUCKET = 24
"""The present bucket of the calendar, of BUCKET_COUNT, each of 2**BUCKET_BITS seconds."""
BUCKET_BITS = 27
BUCKET_COUNT = 28
SOON = 31
"""Events in the heap of the present bucket."""
END = 162
"""The horizon, counted from the start of the warm-up."""
FREE_EVENT = 161
"""A row of EVENTS that is free; each knows the next one."""
CASES_READY = 25
"""Rows of the record of cases that are blank or filled in."""

PARAMETERS_AT = 32
SHAPES_AT = 33
PROBABILITIES_AT = 34
TABLE_VALUES_AT = 35
CUMULATIVE_AT = 36
IMPACT_CUMULATIVE_AT = 37
HOURLY_AT = 38
DAY_FACTORS_AT = 39
LEVER_VALUES_AT = 40
LAYER_SECONDS_AT = 41
SHAPE_KINDS_AT = 42
TEAMS_AT = 43
SEATS_AT = 44
EDGES_AT = 45
HOLIDAYS_AT = 46
CATEGORIES_AT = 47
STAGES_AT = 48
CHOICES_AT = 49
INCIDENTS_AT = 50
REQUESTS_AT = 51
IMPACTS_AT = 52
WEIGHTS_AT = 53
LEVELS_AT = 54
LAYERS_AT = 55
LEVERS_AT = 56
TICKETS_AT = 57
ROWS_AT = 58
"""Address of each ticket's row; those of closed tickets are used again."""
EVENTS_AT = 59
ACTIVITIES_AT = 60
SPELLS_AT = 61
SEAT_ROWS_AT = 62
QUEUES_AT = 63
CASES_AT = 64
DAILY_AT = 65
BLANK_CASE_AT = 66
LISTS_AT = 67
SOON_AT = 69
CALM_BELOW_AT = 68

TICKET_ROOM = 155
EVENT_ROOM = 156
ACTIVITY_ROOM = 157
SPELL_ROOM = 158
SEAT_ROW_ROOM = 159
QUEUE_ROOM = 160

# Addresses of the columns of the record of cases, in the order of sim.history.tables.Cases: the cell of a
# ticket is a[a[c.CASE_...] + ticket]
CASE_KEY = 168
CASE_FLOW = 169
CASE_STREAM = 170
CASE_LAYER = 171
CASE_ORDINAL = 172
CASE_SERVICE = 173
CASE_IMPACT = 174
CASE_PRIORITY = 175
CASE_PERCEIVED = 176
CASE_OCCURRED = 177
CASE_OPENED = 178
CASE_RESTORED = 179
CASE_CLOSED = 180
CASE_DUE = 181
CASE_USER_WAIT = 182
CASE_FIRST_CONTACT = 183
CASE_HANDOFFS = 184
CASE_MISROUTES = 185
CASE_REOPENS = 186
CASE_AUTOMATED = 187
CASE_TEAM = 188
CASE_CAUSE = 189
CASE_ORIGIN = 190
CASE_FAULT = 191
CASE_CHANGE_KIND = 192
CASE_FAILURES = 193
CASE_UNAUTHORISED = 194
CASE_COLUMNS = 27

HEADER = 200

EVENT_COLUMNS = 4
LIST_BITS = 11
LISTS = 1 << LIST_BITS
"""Lists of the calendar for buckets, and as many for blocks of them."""
EVENT_ROW_BITS = 24
"""Bits for the row of a pending event: 16 million at a time."""
ACTIVITY_COLUMNS = 5
SPELL_COLUMNS = 7
SEAT_ROW_COLUMNS = 9
SHAPE_COLUMNS = 5
LEVER_COLUMNS = 2
