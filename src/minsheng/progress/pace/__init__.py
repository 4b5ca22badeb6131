"""Pace: what should be done by now, what is, and the light that says so.

A fold over periods: the Standing of a node follows from its facts of this period and its Standing of the
period before, so closing a month reads two months, never a year.

model.py: the values · curves.py: what is asked for by a period's end · milestones.py: curves read from a
notice rules.py, presets.py: what makes a light · judging.py: the fold · rolling.py: parts to a whole
sentences.py: a light in words · forecast.py: to the year's end · ranking.py: places · trial.py: other
rules, same months
"""
