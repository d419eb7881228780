"""The desk: pages on which a practitioner finds, fills in and prints handouts.

In: a workspace, and what is typed on the pages. Out: PDF files in memory, `desk.yaml` and `practice.yaml`.
Not here: layout, and the texts of clients on paper. A client's data is in a request and its response, nowhere else.
"""
