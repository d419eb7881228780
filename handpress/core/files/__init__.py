"""Files: what a command reads and writes, within the workspace and the output folder.

In: a workspace and paths in it. Out: texts with the place of each character, pictures and fonts as bytes, files written
whole or not at all. Not here: what a text means (:mod:`handpress.series`).
"""
