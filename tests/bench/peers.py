# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benchmarks of the local engine share: ffmpeg as the peer, one command's time, one line of a claim."""
import math
import os
import subprocess
import sys
import time


def ffmpeg(*arguments):
    return ["ffmpeg", "-nostdin", "-loglevel", "error", "-y", *arguments]


def time_command(command):
    """Wall and processor seconds of one command; what it prints is thrown away."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command[0]} failed: {said.decode(errors='replace')}")
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime


def time_in_turn(commands, rounds):
    """The best wall and processor seconds of each {name: (command, …)}: what else runs only ever adds."""
    best = {name: (math.inf, math.inf) for name in commands}
    for _ in range(rounds):
        for name, (command, *_) in commands.items():
            wall, cpu = time_command(command)
            best[name] = (min(best[name][0], wall), min(best[name][1], cpu))
    return best


def say(claim, value, threshold, holds):
    print(f"  {claim:58}{value:>10}  {threshold:10}{'yes' if holds else 'NO'}")
