"""`python -m postmend`."""

from postmend.cli import main

if __name__ == "__main__":  # a worker process imports this file, too
    main()
