"""Settings: what `series.yaml`, `practice.yaml` and the like may contain.

In: the text of a file. Out: its values with their places, and problems of those that cannot be used. YAML is written
here too, with its comments kept. Not here: front matter, which has formats of its own.
"""
