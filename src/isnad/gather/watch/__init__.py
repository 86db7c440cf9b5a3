"""Watch: sources looked at again and again, what is new handed on once, whatever fails meanwhile.

In: a configuration. Out: reports with their raw copies, handed to who adds them. May touch the
public network, the folder of evidence, the folders that are watched, and its own journal.
"""

from isnad.gather.watch.config import Config, Source, read_config
from isnad.gather.watch.journal import Journal
from isnad.gather.watch.run import Ears, Watch

__all__ = ["Config", "Ears", "Journal", "Source", "Watch", "read_config"]
