"""The standards and formats a release is described in, one module each; every one takes a `Staged` release."""
