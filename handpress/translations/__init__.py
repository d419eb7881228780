"""Translations: the words of a series to files for translators, and back into Markdown.

In: an original, and what is translated of it. Out: files in XLIFF or PO, translated articles, and a list of what is
missing or older than its original. Here belong units of text, the two formats and the record of translations.
Not here: which folders are translations (`series.translations`), and the published editions.
"""
