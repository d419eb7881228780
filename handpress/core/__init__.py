"""Core: what every other package may use, and nothing about articles.

In: paths and bytes. Out: problems, sources with positions, assets, records, the table of media.
Here belong files, problems, limits, caches and tables without logic.
Not here: anything that parses, draws, lays out or renders.
"""
