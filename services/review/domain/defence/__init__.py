"""Defence days: places in time, orders and what they cost, the day and its changes.

Read `hours`, `puzzle`, `posing`, then `day`. Who may be where is checked by `checking`.
"""
