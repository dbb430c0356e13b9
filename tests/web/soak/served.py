"""`calfwise serve`, but for the pauses between starts: what is killed every second need not wait for half a minute."""

import sys

from calfwise.cli import run
from calfwise_web.serve import supervisor

if __name__ == "__main__":
    supervisor._LONGEST_PAUSE_S = 0.1
    sys.exit(run(["serve", *sys.argv[1:]]))
