"""Commands of ``minsheng`` that need the web part; the table of all commands is in minsheng.cli."""
