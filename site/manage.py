#!/usr/bin/env python
"""Django's command line for the reference site; a wrong setting is a sentence, not a traceback."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goedwerk_site.settings")
    from django.core.management import execute_from_command_line

    from goedwerk_site.start import explain

    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if sentence := explain(error):
            sys.exit(sentence)
        raise


if __name__ == "__main__":
    main()
