"""Run Openhour on this machine, with the practices `demo` and `maple`, until Ctrl-C."""

import pkgutil
import sys

from infra.local.options import HOST, CannotStart, check_options, parse_options


def main() -> int:
    """Check the options at once, then import and serve; return 1 if the server can't start."""
    options = parse_options()
    try:
        check_options(options)
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    page = f" The demo's page will be at http://{HOST}:{options.port}/." if options.port else ""
    print(f"Starting. This takes a few seconds.{page}", flush=True)
    serve = pkgutil.resolve_name("infra.local.serve:serve")
    exit_code: int = serve(options)
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
