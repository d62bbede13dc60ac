"""The colours of a terminal, by their numbers among its 256: one for each meaning, the same in every command.

Each is about half as bright as white, to be read on a light ground as on a dark one; none says what the words
beside it do not.
"""

RED = 160  # a fault, what is late, blocked or gone
AMBER = 130  # a warning, what is due soon or in progress
GREEN = 28  # what is done or new
BLUE = 31  # a heading, a note
GREY = 243  # what is beside the point
