"""Official papers: a value first, then the file made of it.

report_form.py: the report sheet · report_xlsx.py: to Excel · report_read.py: back · report_merge.py: many
breakdown.py: the value · plan_breakdown.py: Plan → Breakdown · breakdown_xlsx.py: Breakdown → an Excel file
"""
