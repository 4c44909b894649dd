"""What the frozen application starts with: the program, or what a process of its own was given to do by the program."""

import sys

from desktop.__main__ import main

if __name__ == "__main__":
    if {"--multiprocessing-fork", "-c"} & set(sys.argv[1:]):
        import multiprocessing

        import pyi_rth_multiprocessing  # noqa: F401 - PyInstaller's: freeze_support is of it then

        multiprocessing.freeze_support()
    sys.exit(main())
