"""Front matter: the settings at the top of a Markdown file, in the format and with the keys of any program.

In: the text of a file. Out: its settings by our own keys, the start of its body, and the problems found.
Here belongs a module and a row for each format, and the tables of synonyms and of marks of drafts.
Not here: the meaning of a setting for a medium.
"""
