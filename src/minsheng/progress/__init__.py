"""A year of delivery: what is broken down to whom, what is reported, and whether it can be so.

model.py: kinds of targets, stages of works, cadences, and the values the rules take.
kinds.py: the kind a target's words suggest · periods.py: the periods of a year · typed.py: what people type
figures.py: carried on, needed, rolled up · entry.py: the checks of a line, one a file in entry_checks/
freeze.py: a snapshot's digits
"""
