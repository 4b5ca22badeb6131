"""A year of delivery: what is broken down to whom, what is reported, and whether it can be so.

model.py: kinds of targets, stages of works, cadences, and the values the rules take.
"""
