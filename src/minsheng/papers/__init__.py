"""Official papers: a value first, then the file made of it.

breakdown.py: the value · plan_breakdown.py: Plan → Breakdown · breakdown_xlsx.py: Breakdown → an Excel file
"""
