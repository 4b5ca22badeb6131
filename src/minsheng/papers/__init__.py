"""Official papers: a value first, then the file made of it.

breakdown.py: Plan → Breakdown · breakdown_xlsx.py: Breakdown → the bytes of an Excel file
"""
