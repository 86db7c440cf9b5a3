"""``python -m isnad``: the command line."""

from isnad.cli import main

if __name__ == "__main__":
    main()
