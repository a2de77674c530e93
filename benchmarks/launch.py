"""Run a command and write down what that took: seconds on the clock and of processors, megabytes.

    python -S -m benchmarks.launch RESULT COMMAND...

A new process is charged with the memory of the one that starts it, so a small one does that.
"""

import json
import os
import subprocess
import sys
import time


def main() -> int:
    """Run the command, write the result as JSON to the file, and pass on how the command ended."""
    result, *command = sys.argv[1:]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    unit = 2**20 if sys.platform == "darwin" else 2**10
    spent = wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit
    with open(result, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib takes memory
        json.dump(spent, file)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
