"""The compiled engine: the process engine's sections in the same order, on one block of memory.

How something new gets in:

- *A table that is read*: its columns in ``layout`` (or ``plans``), a segment in ``flat``, an ``..._at``
  function in ``memory``.
- *A table that grows*: besides, a counter and a ``..._ROOM`` in the header, a line in ``memory.BY_ROW`` (or
  ``BY_COLUMN`` if a history takes it over), its first room in ``lay_out``, and its share in
  ``room_for_events``, which says how many events certainly find room. Rows are not empty to begin with:
  memory is used again, so whoever begins a row writes every cell of it.
- *A kind of event*: a number in ``sim.rules.order`` (below ``events.KINDS``), ``schedule`` where it is caused
  and a branch in ``run.work_off``, the frequent ones first. If all timers of a kind take the same time, they
  wait in a line (``schedule_in_line`` and, when one has come due, ``advance_line``), and only the first of
  them is on the calendar.
- *Something a ticket waits for*: a phase in ``layout``, set before ``schedule``, and a branch in
  ``resuming``.

Every function is ``@compiled`` and takes the block as ``a`` (and ``f``); those that Python calls are
``@entry`` and do no more than hand over ``bare`` arrays. See ``sim.kernel.parts``.
"""
