"""Local servers: the pages that a command opens in the browser, on this machine only unless asked otherwise.

In: the routes of an application. Out: a server that lets in its own pages and nobody else's.
Here belongs all that such servers share: address, token, headers, limits, base template and stylesheet.
Not here: content. `watch` and `desk` have their own routes, templates and scripts.
"""
