"""Compose: a series for one medium.

In: a `Series` and a row of the table of media. Out: documents in reading order, numbered and filtered, in which
every address is resolved. Here belongs what differs between media in content and links.
Not here: templates, stylesheets, pages.
"""
