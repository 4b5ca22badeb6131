"""The grammar of official notices: numerals, units, comparators, list markers, regions, agencies.

Nothing here knows a document; every table is vocabulary of the field, not phrases of one notice.
"""
