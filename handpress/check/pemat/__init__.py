"""PEMAT-P: the scoresheet of AHRQ for printed materials, filled in as far as a machine can.

In: a workspace. Out: for each article, the answers to 24 items with their evidence, as text, HTML or CSV.
Here belong the items, their answers and the forms of the sheet.
Not here: rules; their findings are evidence.
"""
