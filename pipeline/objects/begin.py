"""Beginning in object storage what was begun in a folder: its releases, oldest first, and its record of evidence."""

from __future__ import annotations

from pipeline.files import SUMS, sha256
from pipeline.objects.bucket import Bucket
from pipeline.objects.publish import look, publish_objects
from pipeline.place import is_remote
from pipeline.problems import PipelineError
from pipeline.project import Project
from pipeline.record import RECORD_FILE
from pipeline.stores import FolderStore
from pipeline.verify.sums import sum_faults


def upload(project: Project) -> list[str]:
    """Publish the checkout's own releases where WB6_OUTPUTS says, and tell which; those that are there already stay.

    Raises PipelineError where that holds other releases, or where one here is damaged; what was published before stands.
    """
    if not is_remote(project.outputs_at):
        raise PipelineError("WB6_OUTPUTS names no place in object storage; set it to s3://bucket/prefix")
    folder = project.root / "outputs"
    own, bucket, done = FolderStore(folder), Bucket(project.outputs_at), []
    have = own.versions()
    seen = look(bucket)
    there = seen.catalogue.releases if seen.catalogue else ()
    for version, one in zip(have, there, strict=False):
        if one.version != version or one.sums != sha256(own.folder(version) / SUMS):
            raise PipelineError(f"{bucket.url} holds other releases, {one.version} the first; name an empty place")
    for version in have[len(there) :]:
        wrong = sum_faults(own.folder(version))
        if wrong:
            raise PipelineError(
                f"outputs/releases/{version} is not as it was published; restore it:\n" + "\n".join(wrong)
            )
        publish_objects(bucket, own.folder(version), version, look(bucket))
        done.append(version)
    record = folder / RECORD_FILE
    if record.is_file() and bucket.read(RECORD_FILE) is None:
        bucket.write_if(RECORD_FILE, record.read_bytes(), None)
    return done
