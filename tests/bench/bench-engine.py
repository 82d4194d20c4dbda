#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Speed and steadiness of the local engine beside ffmpeg's zoompan, in one run on one machine.

Needs ffmpeg and INBETWEEN_CLI; nothing else but Python's own library. README.md says how to read it.
"""

import argparse
import json
import math
import operator
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from peers import ffmpeg, say, time_command, time_in_turn

CLI = os.environ.get("INBETWEEN_CLI", "inbetween-cli")
WIDTH, HEIGHT = 1920, 1080
ZOOMPAN = "zoompan=z='1+0.22*on/{last}':x='iw/2-(iw/zoom/2)':y='ih/2-(ih/zoom/2)':d={n}:s=1920x1080:fps=30"
YUV = "scale=out_range=tv,format=yuv420p,"
N_CANCELS = 20
STEADY = "scale=8000:-1,"


def make_photo(path):
    """2572 × 1740: soft shapes with grain, so that the decoder has something to do."""
    noise = random.Random(1).randbytes(322 * 218 * 3)
    subprocess.run(ffmpeg("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "322x218", "-i", "-", "-vf",
                          "scale=2572:1740:flags=bicubic,noise=alls=6:all_seed=1", "-q:v", "3", path),
                   input=noise, check=True)


def make_product(path):
    """As large: a bottle of boxes on a light back with a soft shadow, for moves with depth."""
    boxes = [(1040, 560, 490, 860, "0x1E5C54"), (1160, 330, 230, 240, "0x242428"), (1040, 820, 490, 300, "0xD6A860"),
             (1200, 880, 170, 180, "0x1E5C54")]
    product = ",".join(f"drawbox={x}:{y}:{w}:{h}:{colour}:fill" for x, y, w, h, colour in boxes)
    subprocess.run(ffmpeg("-f", "lavfi", "-i", "color=0xDCDCDA:2572x1740,format=rgb24", "-frames:v", "1", "-vf",
                          f"drawbox=1300:1360:560:70:0x8C8C8A:fill,gblur=30,{product},noise=alls=4:all_seed=1",
                          "-q:v", "2", path), check=True)


# --- speed -----------------------------------------------------------------------------------------

def zoompan(photo, before, n):
    return ffmpeg("-i", photo, "-vf", before + ZOOMPAN.format(n=n, last=n - 1), "-f", "null", "-")


def render(photo, prompt, n, *more):
    return [CLI, "render", "--start", photo, "--prompt", prompt, "--ease", "linear", "--size",
            f"{WIDTH}x{HEIGHT}", "--fps", "30", "--frames", str(n), *more]


def measure_speed(folder, photo, product, n, rounds):
    clip = os.path.join(folder, "clip.mp4")
    commands = {
        "zoompan, photo as decoded": (zoompan(photo, "", n), n),
        "zoompan, yuv420p (its fast form)": (zoompan(photo, YUV, n), n),
        "zoompan, scale=8000 (its steady form)": (zoompan(photo, STEADY, n), n),
        "push in, 2 threads": (render(photo, "push in", n, "--threads", "2", "--output", "-"), n),
        "push in, 1 thread": (render(photo, "push in", n, "--threads", "1", "--output", "-"), n),
        "orbit, 2 threads": (render(photo, "orbit", n // 2, "--threads", "2", "--output", "-"), n // 2),
        "orbit with depth, 2 threads": (render(product, "orbit", n // 2, "--threads", "2", "--output", "-"), n // 2),
        "push in with depth, 2 threads": (render(product, "push in", n, "--threads", "2", "--output", "-"), n),
        "push in with a light sweep, 2 threads": (render(photo, "push in with a light sweep", n, "--threads", "2",
                                                         "--output", "-"), n),
        "push in, 5 s to mp4": (render(photo, "push in", 150, "--output", clip), 150),
    }
    best = time_in_turn(commands, rounds)
    print(f"Speed: 2572×1740 JPEG to 1920×1080, whole commands, best of {rounds} rounds in turn")
    print(f"  {'':40}{'wall s':>8}{'wall fps':>10}{'fps/core':>10}")
    rates = {}
    for name, (_command, frames) in commands.items():
        wall, cpu = best[name]
        rates[name] = (frames / wall, frames / cpu, wall)
        print(f"  {name:40}{wall:8.2f}{frames / wall:10.1f}{frames / cpu:10.1f}")
    return rates


def check_depth(product):
    """What is called a move with depth has to be one."""
    done = subprocess.run(render(product, "orbit", 1, "--explain"), capture_output=True, text=True, check=True)
    if json.loads(done.stdout)["layers"] != 2:
        sys.exit(f"no product was found in the photo: {done.stdout}")


def measure_cancel(folder, product):
    """Seconds from SIGTERM to the end, at moments from the start to the last frames; nothing may be left behind."""
    clip = os.path.join(folder, "cancelled.mp4")
    command = render(product, "orbit", 150, "--output", clip)
    whole, _ = time_command(command)
    os.unlink(clip)
    took = []
    for moment in range(N_CANCELS):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(whole * (moment + 0.5) / N_CANCELS)
        except subprocess.TimeoutExpired:
            told = time.monotonic()
            process.send_signal(signal.SIGTERM)
            process.wait()
            took.append(time.monotonic() - told)
        if process.returncode != 0 and [name for name in os.listdir(folder) if name.startswith("cancelled")]:
            sys.exit(f"cancelled after {moment} of {N_CANCELS} parts, it left a file")
        if os.path.exists(clip):
            os.unlink(clip)
    print(f"\nCancel: {len(took)} renders of {whole:.1f} s: median {statistics.median(took) * 1000:.0f} ms, "
          f"longest {max(took) * 1000:.0f} ms")
    return max(took)


# --- steadiness ------------------------------------------------------------------------------------

DOTS = [(1920 + dx, 1080 + dy) for dx in (-900, -300, 300, 900) for dy in (-450, 0, 450)]
SIGMA = 14.0
HALF = 40


def make_dots(path):
    width, height, reach = 3840, 2160, 70
    picture = bytearray([60]) * (width * height)
    for x, y in DOTS:
        for row in range(y - reach, y + reach + 1):
            for column in range(x - reach, x + reach + 1):
                square = (row - y) ** 2 + (column - x) ** 2
                picture[row * width + column] = round(60 + 170 * math.exp(-square / (2 * SIGMA * SIGMA)))
    subprocess.run(ffmpeg("-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{width}x{height}", "-i", "-",
                          "-pix_fmt", "rgb24", path), input=picture, check=True)


def find_dot(luma, x, y):
    """Middle of what is brighter than its surroundings, in a window of 81 × 81."""
    left, top = round(x) - HALF, round(y) - HALF
    rows = [luma[(top + i) * WIDTH + left:(top + i) * WIDTH + left + 2 * HALF + 1] for i in range(2 * HALF + 1)]
    ground = statistics.median(b"".join(rows[:4]))
    table = bytes(int(v - ground) if v - ground >= 8 else 0 for v in range(256))
    total = x_sum = y_sum = 0
    for i, row in enumerate(rows):
        row = row.translate(table)
        line = sum(row)
        total += line
        y_sum += line * i
        x_sum += sum(map(operator.mul, row, range(2 * HALF + 1)))
    return left + x_sum / total, top + y_sum / total


def rms(values):
    return math.sqrt(sum(v * v for v in values) / len(values))


def follow(frames, ideal):
    """Errors of place and of step, and second differences of the measured places, px."""
    places = [[find_dot(luma, *point) for point in ideal(i)] for i, luma in enumerate(frames)]
    errors, steps, seconds = [], [], []
    for dot in range(len(DOTS)):
        for axis in range(2):
            found = [frame[dot][axis] for frame in places]
            error = [p - ideal(i)[dot][axis] for i, p in enumerate(found)]
            mean = statistics.fmean(error)
            errors += [e - mean for e in error]
            steps += [b - a for a, b in zip(error, error[1:])]
            seconds += [a - 2 * b + c for a, b, c in zip(found, found[1:], found[2:])]
    return errors, steps, seconds


def zoompan_ideal(n, zoom, pan):
    def ideal(frame):
        z = zoom(frame)
        x0, y0 = pan(frame, z)
        return [((x + 0.5 - x0) * z / 2 - 0.5, (y + 0.5 - y0) * z / 2 - 0.5) for x, y in DOTS]
    return ideal


def read_frames(command, y4m):
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if y4m:
        process.stdout.readline()
    size = WIDTH * HEIGHT
    while True:
        if y4m and not process.stdout.readline():
            break
        luma = process.stdout.read(size)
        if len(luma) < size:
            break
        if y4m:
            process.stdout.read(size // 2)
        yield luma
    if process.wait() != 0:
        sys.exit(f"{command[0]} failed")


def measure_ours(folder, dots, prompt, n, ease):
    path = os.path.join(folder, "path.json")
    command = render(dots, prompt, n, "--path", path, "--output", "-")
    command[command.index("--ease") + 1] = ease
    frames = list(read_frames(command, True))
    with open(path, encoding="utf-8") as file:
        matrices = json.load(file)["frames"]

    def ideal(frame):
        m = matrices[frame]
        return [((m[0] * x + m[1] * y + m[2]) / (m[6] * x + m[7] * y + m[8]),
                 (m[3] * x + m[4] * y + m[5]) / (m[6] * x + m[7] * y + m[8])) for x, y in DOTS]
    return follow(frames, ideal)


def measure_zoompan(dots, before, n):
    def centre(_frame, z):
        return 1920 - 1920 / z, 1080 - 1080 / z
    command = ffmpeg("-i", dots, "-vf", before + ZOOMPAN.format(n=n, last=n - 1), "-f", "rawvideo", "-pix_fmt",
                     "gray", "-")
    return follow(read_frames(command, False), zoompan_ideal(n, lambda i: 1 + 0.22 * i / (n - 1), centre))


def measure_steadiness(folder, n):
    dots = os.path.join(folder, "dots.png")
    make_dots(dots)
    results = {
        "zoompan, RGB in": measure_zoompan(dots, "", n),
        "zoompan, yuv420p in": measure_zoompan(dots, YUV, n),
        "zoompan, scale=8000, RGB in": measure_zoompan(dots, STEADY, n),
        "push in, linear": measure_ours(folder, dots, "push in", n, "linear"),
        "push in, smooth": measure_ours(folder, dots, "push in", n, "smooth"),
        "slow pan left": measure_ours(folder, dots, "slow pan left", n, "linear"),
        "roll and push in": measure_ours(folder, dots, "roll and push in", n, "linear"),
    }
    print(f"\nSteadiness: 12 dots over {n} frames, px (rms / max)")
    print(f"  {'':32}{'place':>16}{'step':>16}{'2nd difference':>18}")
    for name, values in results.items():
        cells = [f"{rms(v):.4f} / {max(map(abs, v)):.3f}" for v in values]
        print(f"  {name:32}{cells[0]:>16}{cells[1]:>16}{cells[2]:>18}")
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=300)
    parser.add_argument("--dot-frames", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.2f} at the start")
    with tempfile.TemporaryDirectory() as folder:
        photo = os.path.join(folder, "photo.jpg")
        product = os.path.join(folder, "product.jpg")
        make_photo(photo)
        make_product(product)
        check_depth(product)
        speed = measure_speed(folder, photo, product, options.frames, options.rounds)
        cancelled = measure_cancel(folder, product)
        steady = measure_steadiness(folder, options.dot_frames)
    fast, eight = speed["zoompan, yuv420p (its fast form)"], speed["zoompan, scale=8000 (its steady form)"]
    push = speed["push in, 2 threads"]
    alone = speed["push in, 1 thread"]
    ours, theirs = steady["push in, linear"], steady["zoompan, RGB in"]
    print("\nClaims")
    say("push, 2 threads, wall fps, to zoompan yuv420p", f"{push[0] / fast[0]:.2f}x", "≥ 1.2x",
        push[0] >= 1.2 * fast[0])
    say("push, fps a core, to zoompan scale=8000", f"{alone[1] / eight[1]:.2f}x", "≥ 3x",
        alone[1] >= 3 * eight[1])
    say("push, step error rms", f"{rms(ours[1]):.4f}", "≤ 0.02", rms(ours[1]) <= 0.02)
    say("the same to zoompan's, RGB in", f"1/{rms(theirs[1]) / rms(ours[1]):.0f}", "≤ 1/10",
        rms(ours[1]) * 10 <= rms(theirs[1]))
    say("second difference to zoompan's", f"1/{rms(theirs[2]) / rms(ours[2]):.0f}", "≤ 1/10",
        rms(ours[2]) * 10 <= rms(theirs[2]))
    deep = speed["orbit with depth, 2 threads"]
    say("orbit with depth, 2 threads, wall fps", f"{deep[0]:.1f}", "≥ 30", deep[0] >= 30)
    say("the same to zoompan yuv420p, fps a core", f"{deep[1] / fast[1]:.2f}x", "", True)
    swept = speed["push in with a light sweep, 2 threads"]
    say("processor time of a push with a light sweep, to without", f"{push[1] / swept[1]:.2f}x", "≤ 1.3x",
        push[1] <= 1.3 * swept[1])
    wall = speed["push in, 5 s to mp4"][2]
    say("5 s of 1080p to mp4, seconds", f"{wall:.2f}", "≤ 5", wall <= 5)
    say("SIGTERM to the end, longest, milliseconds", f"{cancelled * 1000:.0f}", "≤ 100", cancelled <= 0.1)
    print(f"\nload {os.getloadavg()[0]:.2f} at the end")


if __name__ == "__main__":
    main()
