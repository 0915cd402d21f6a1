"""`python -m service` is `tilbudsvifte`."""

from service.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
