"""Build: from a request to finished files.

In: a workspace, a request, the output folder with its records. Out: new and removed artefacts, and problems.
Here belong loading, the plan of recipes, the manifest, and the detection of what is out of date.
Not here: rendering, and the output on the terminal.
"""
