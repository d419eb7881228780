"""Rules on health sheets: dates, people, care boxes, exercises, risks.

In: a page. Out: the places that break a rule.
Here belong files with `RULES`, one for each subject.
Not here: anything that needs the press.
"""
