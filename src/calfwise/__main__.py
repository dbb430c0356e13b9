"""`python -m calfwise`."""

from calfwise.cli import main

if __name__ == "__main__":
    main()
