"""Core: shared foundations for all other packages, independent of articles.

In: paths and bytes. Out: problems, sources with positions, assets, records, the table of media.
Included: files, problems, limits, caches and plain tables.
Not here: code that parses, draws, lays out or renders.
"""
