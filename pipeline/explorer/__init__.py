"""explorer.html: a release as one page that opens from disk, without a server and without the network.

Belongs here: the page and what it is made from (`web/` is its code, `assets/` what make assets builds of it).
Does not belong here: anything that is not in the release's own files; the page is made from them alone.
"""
