"""The version, on its own so that what stands below the coder can name it."""

__version__ = "0.1.0"
