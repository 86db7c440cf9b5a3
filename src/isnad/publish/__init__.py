"""Publish: incidents written in the forms that others read, with what each form cannot say.

In: incidents (from an archive's snapshot or from tellings). Out: files, each with a manifest and a
loss report; files of others read back to compare. May import ``archive`` and the rooms below it;
touches only the files it is given.
"""

from isnad.publish.frame import Form, Snapshot, form, form_names
from isnad.publish.losses import Loss, Losses
from isnad.publish.safety import Public, public
from isnad.publish.write import Job, Written, export

__all__ = [
    "Form", "Job", "Loss", "Losses", "Public", "Snapshot", "Written", "export", "form",
    "form_names", "public",
]  # fmt: skip
