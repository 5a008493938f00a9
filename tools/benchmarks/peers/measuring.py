"""What every peer does: load its inputs, repeat the timed work, print one JSON line. Each has a process of its own."""
import array
import json
import os
import resource
import statistics
import sys
import time

REPETITIONS = 3
MISSING = 3  # the exit status that says: this peer is not installed


def column(folder, name, kind):
    values = array.array(kind)
    path = os.path.join(folder, name)
    with open(path, "rb") as file:
        values.fromfile(file, os.path.getsize(path) // values.itemsize)
    return values


def cpu_seconds():
    """User and system, of this process and of those it has waited for."""
    usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def measure(work):
    """Median CPU and wall seconds of three repetitions, and the last one's result."""
    cpu, wall = [], []
    for _ in range(REPETITIONS):
        begun, clock = cpu_seconds(), time.monotonic()
        result = work()
        cpu.append(cpu_seconds() - begun)
        wall.append(time.monotonic() - clock)
    return {"cpu": statistics.median(cpu), "wall": statistics.median(wall)}, result


def report(peers):
    """Measures the peer that the command line names: <peer> <folder> <case>.

    `peers` maps a name to a function of (folder, case arguments) that prepares the inputs, and returns the peer's
    version, the work to time, a function from its result to the check, and, where the work is a sample, how many times
    as much the whole case is.
    """
    name, folder, case = sys.argv[1], sys.argv[2], sys.argv[3:]
    try:
        version, work, check, *scale = peers[name](folder, *case)
    except ImportError as error:
        print(error, file=sys.stderr)
        sys.exit(MISSING)
    figures, result = measure(work)
    figures = {key: seconds * (scale[0] if scale else 1) for key, seconds in figures.items()}
    print(json.dumps({"version": version, **figures, "check": check(result)}))
