"""Bytes of a document to numbered lines. Start at ``reading.read_document``.

In the order of the work: ``signatures`` (known formats that are refused), ``decoding`` (bytes to text),
``plausibility`` (is it Chinese text), ``html_signs``, ``html_tree``, ``html_tables``,
``html_text`` and ``plain_text`` (text to lines); ``refusals`` holds every sentence that says no.
"""
