"""Core: shared foundations for all other packages, independent of articles.

In: paths and bytes. Out: problems, sources with positions, assets, records, the table of media. `files` reads and
writes, `problems` words an author's mistakes, `caches` keeps results; the modules here are plain tables and limits.
Not here: code that parses, draws, lays out or renders.
"""
