"""Failures of object storage, told in one line: where, what, and how to mend it.

What the storage itself says is not repeated: it may hold the key that a request was signed with.
"""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from pipeline.problems import PipelineError

_CODES = {
    "NoSuchBucket": "there is no such bucket; make it, or correct its name",
    "NoSuchKey": "there is no such object; restore it",
    "404": "there is no such bucket or object; correct its name, or restore it",
    "InvalidAccessKeyId": "the server does not know the key; correct AWS_ACCESS_KEY_ID",
    "SignatureDoesNotMatch": "the secret is not that of the key; correct AWS_SECRET_ACCESS_KEY and AWS_REGION",
    "ExpiredToken": "the credentials have expired; renew AWS_SESSION_TOKEN and the key with it",
    "AuthorizationHeaderMalformed": "the bucket is in another region; correct AWS_REGION",
    "PermanentRedirect": "the bucket is in another region; correct AWS_REGION",
    "RequestTimeTooSkewed": "the clocks of this machine and the server differ; set this one right",
}
_DENIED = ("AccessDenied", "401", "403")
_MISSING = ("404", "NoSuchKey")
_UNSUPPORTED = ("NotImplemented", "501", "405", "MethodNotAllowed")


class ObjectError(PipelineError):
    """A request that object storage did not answer as it should; `code` is S3's own word for it, or HTTP's number."""

    def __init__(self, told: str, code: str) -> None:
        super().__init__(told)
        self.code = code

    @property
    def missing(self) -> bool:
        """Whether there is no such object, in a bucket that is there."""
        return self.code in _MISSING

    @property
    def unsupported(self) -> bool:
        """Whether the server knows no such request."""
        return self.code in _UNSUPPORTED


def failure(error: Exception, place: str, verb: str) -> ObjectError:
    """What to tell of an error of obstore's; `verb` is what was tried, as `read` or `written`."""
    text = str(error)
    code = _code(text)
    if code in _CODES:
        return ObjectError(f"{place} cannot be {verb}: {_CODES[code]}", code)
    if code in _DENIED:
        return ObjectError(f"{place} may not be {verb}: access is denied; have it granted to your key", code)
    if code:
        return ObjectError(f"{place} cannot be {verb}: the server answers {code}; try again, or ask who runs it", code)
    if "HTTP error" in text or "error sending request" in text:
        return ObjectError(
            f"{place} cannot be {verb}: no connection, or a broken one, to {_server()}; check AWS_ENDPOINT_URL and the "
            "network, and try again",
            "",
        )
    return ObjectError(f"{place} cannot be {verb}: {type(error).__name__} of the client; check the AWS_* variables", "")


def _code(text: str) -> str:
    found = re.search(r"<Code>(\w+)</Code>", text) or re.search(r"status code: (\d{3})", text)
    return found[1] if found else ""


def _server() -> str:
    """The host of the endpoint, without what else an address can hold."""
    endpoint = urlsplit(os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or "")
    try:
        port = f":{endpoint.port}" if endpoint.port else ""
    except ValueError:
        port = ""
    return f"{endpoint.hostname}{port}" if endpoint.hostname else "Amazon S3"
