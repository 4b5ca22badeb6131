"""Pace: what should be done by now, what is, and the light that says so.

A fold over periods: the Standing of a node follows from its facts of this period and its Standing of the
period before, so closing a month reads two months, never a year.

model.py: the values · curves.py: what is asked for by a period's end
milestones.py: curves read from a notice
rules.py, rules_check.py, presets.py: what makes a light · aspects.py: one rule after the other
measuring.py: one line as facts · rolling.py: parts to a whole · judging.py: the fold
forecast.py: to the year's end · sentences.py: a light in words (telling, clauses, bands) · ranking.py: places
trial.py: other rules over past months
"""
