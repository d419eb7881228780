"""Rules on plain language: sentences, words, readability.

In: a page. Out: the places that break a rule.
Here belong files with `RULES`, one for each subject.
Not here: anything that needs the press.
"""
