"""Sources and releases in object storage that speaks S3, over HTTP.

Belongs here: the bucket and its failures, the list of releases, copies of what is stored, and moving a release in.
Does not belong here: what a release is, or whether it is true; that is told from its copy as from any other folder.
"""
