"""``python -m parcels``."""

from parcels.cli import main

if __name__ == "__main__":
    main()
