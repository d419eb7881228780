"""Formats: the problems of a check for people, editors and other programs.

In: problems. Out: text.
Here belongs one file for each format that a build does not have, and its row in `table`.
Not here: those of a build, in `core.problems.report`.
"""
