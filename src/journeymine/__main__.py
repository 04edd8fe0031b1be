"""`python -m journeymine` is the `journeymine` command."""

from journeymine.cli import main

if __name__ == "__main__":
    main()
