#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""In-betweens of two photos beside ffmpeg's minterpolate, in one run on one machine.

Needs ffmpeg, numpy and INBETWEEN_CLI. README.md says how to read it and where the pictures come from.
"""

import argparse
import hashlib
import json
import math
import os
import subprocess
import sys
import tempfile

import numpy as np

from peers import ffmpeg, say, time_in_turn

CLI = os.environ.get("INBETWEEN_CLI", "inbetween-cli")
LIMITED = "zscale=matrix=709:range=limited:rangein=full,format=yuv420p"
BEST = "mi_mode=mci:mc_mode=aobmc:me_mode=bidir:vsbmc=1:scd=none"
DEFAULT = "mi_mode=mci:scd=none"
RATE = 10


def run(command, **options):
    process = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **options)
    if process.returncode != 0:
        sys.exit(f"{command[0]} failed: {process.stderr.decode(errors='replace')}")
    return process.stdout


def get_size(picture):
    said = run(["ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", picture])
    return tuple(int(part) for part in said.split(b",")[:2])


# --- pictures --------------------------------------------------------------------------------------

def read_luma(arguments, width, height):
    """Y' planes of what ffmpeg makes of its arguments, as bytes."""
    data = np.frombuffer(run(ffmpeg(*arguments, "-f", "rawvideo", "-pix_fmt", "yuv420p", "-")), np.uint8)
    frames = data.reshape(-1, width * height * 3 // 2)
    return frames[:, :width * height].reshape(-1, height, width)


def read_truth(folder, pattern, width, height):
    return read_luma(["-start_number", "0", "-i", os.path.join(folder, pattern), "-vf", LIMITED], width, height)


def read_y4m(data, width, height):
    """Y' planes of an uncompressed clip."""
    start = data.index(b"\n") + 1
    size = len(b"FRAME\n") + width * height * 3 // 2
    frames = np.frombuffer(data[start:], np.uint8).reshape(-1, size)
    return frames[:, 6:6 + width * height].reshape(-1, height, width)


def get_psnr(first, second):
    error = np.mean((first.astype(np.float64) - second) ** 2)
    return 10 * math.log10(255 ** 2 / max(error, 1e-9))


def blur(picture, kernel):
    """Gaussian window, the border mirrored."""
    reach = len(kernel) // 2
    padded = np.pad(picture, reach, mode="reflect")
    rows = sum(weight * padded[i:i + picture.shape[0], :] for i, weight in enumerate(kernel))
    return sum(weight * rows[:, i:i + picture.shape[1]] for i, weight in enumerate(kernel))


def get_ssim(first, second):
    """Wang et al. 2004: window 11 × 11, sigma 1.5."""
    kernel = np.exp(-(np.arange(11) - 5) ** 2 / (2 * 1.5 ** 2))
    kernel /= kernel.sum()
    a, b = first.astype(np.float64), second.astype(np.float64)
    mean_a, mean_b = blur(a, kernel), blur(b, kernel)
    var_a, var_b = blur(a * a, kernel) - mean_a ** 2, blur(b * b, kernel) - mean_b ** 2
    both = blur(a * b, kernel) - mean_a * mean_b
    score = ((2 * mean_a * mean_b + 6.5025) * (2 * both + 58.5225) /
             ((mean_a ** 2 + mean_b ** 2 + 6.5025) * (var_a + var_b + 58.5225)))
    return score.mean()


# --- own scenes ------------------------------------------------------------------------------------

HERE = os.path.dirname(os.path.abspath(__file__))
SCENES = {"arc": 4, "pass": 4, "swing": 4, "bag": 4, "dial": 4, "stack": 4}
N_TRACED = 25
# a product that goes far, evenly: only its first and last picture are keys
SLIDES = ("slide", "near", "card")
N_SLIDE = 9


def trace_scenes(folder):
    """motion/*.pov as sequences below folder; what is there already is not traced again."""
    for name, n_traced in [*((name, N_TRACED) for name in SCENES), *((name, N_SLIDE) for name in SLIDES)]:
        into = os.path.join(folder, name)
        os.makedirs(into, exist_ok=True)
        if os.path.exists(os.path.join(into, f"{n_traced - 1:03}.png")):
            continue
        with tempfile.TemporaryDirectory(dir=folder) as made:
            run(["povray", "-D", f"+I{os.path.join(HERE, 'motion', name)}.pov", f"+L{os.path.join(HERE, 'matte')}",
                 f"+O{made}/", "+W640", "+H360", "+A0.3", "+R2", "+KFI0", f"+KFF{n_traced - 1}", "+KI0", "+KF1"])
            for i, traced in enumerate(sorted(os.listdir(made))):
                os.rename(os.path.join(made, traced), os.path.join(into, f"{i:03}.png"))


def get_scene_pairs(folder):
    """Pictures of the same scene 4, 8 and 12 frames apart, and of different scenes."""
    def find(name, number):
        return [os.path.join(folder, name, f"{number:03}.png")]

    related = [find(name, first) + find(name, first + apart) for name in SCENES for apart in (4, 8, 12)
               for first in (0, 8)]
    unrelated = [find(name, i) + find(other, 24 - i) for name in SCENES for other in SCENES if name < other
                 for i in (0, 12)]
    return related, unrelated


# --- quality ---------------------------------------------------------------------------------------

def make_ours(pictures, gap, width, height):
    """In-betweens by number of the frame."""
    found = {}
    for key in range(0, len(pictures) - gap, gap):
        clip = run([CLI, "render", "--start", pictures[key], "--last", pictures[key + gap], "--prompt", "static",
                    "--ease", "linear", "--size", f"{width}x{height}", "--fps", "24", "--frames", str(gap + 1),
                    "--output", "-"])
        for i, luma in enumerate(read_y4m(clip, width, height)[1:gap], 1):
            found[key + i] = luma
    return found


def make_theirs(pictures, gap, mode, truth):
    """minterpolate's frames by number; its clip is laid over the keys where it fits them best."""
    height, width = truth.shape[1:]
    with tempfile.TemporaryDirectory() as folder:
        for i, key in enumerate(range(0, len(pictures), gap)):
            os.symlink(os.path.abspath(pictures[key]), os.path.join(folder, f"{i:03}.png"))
        made = read_luma(["-framerate", str(RATE), "-i", os.path.join(folder, "%03d.png"), "-vf",
                          f"{LIMITED},minterpolate=fps={RATE * gap}:{mode}"], width, height)
    keys = range(0, len(truth), gap)

    def fit(shift):
        pairs = [(key, key + shift) for key in keys if 0 <= key + shift < len(made)]
        if len(pairs) < len(keys) - 3:
            return -math.inf
        return np.mean([min(get_psnr(truth[key], made[at]), 60) for key, at in pairs])
    shift = max(range(-2 * gap, 2 * gap + 1), key=fit)
    return {i: made[i + shift] for i in range(len(truth)) if 0 <= i + shift < len(made)}


def make_crossfade(truth, gap):
    found = {}
    for key in range(0, len(truth) - gap, gap):
        for i in range(1, gap):
            mixed = truth[key] * (1 - i / gap) + truth[key + gap] * (i / gap)
            found[key + i] = np.rint(mixed).astype(np.uint8)
    return found


def score(truth, found, gap):
    """Means over the in-betweens of interior keys that are there."""
    n_keys = (len(truth) - 1) // gap + 1
    wanted = [i for i in range(gap, (n_keys - 2) * gap) if i % gap != 0 and i in found]
    return (np.mean([get_psnr(truth[i], found[i]) for i in wanted]),
            np.mean([get_ssim(truth[i], found[i]) for i in wanted]))


def measure_slides(folder):
    """All in-betweens of the first and the last picture; every slide has to be layered."""
    print("\nSlides: PSNR-Y dB / SSIM of all in-betweens of two photos")
    gains = []
    for name in SLIDES:
        pictures = [os.path.join(folder, name, f"{i:03}.png") for i in range(N_SLIDE)]
        width, height = get_size(pictures[0])
        truth = read_truth(os.path.join(folder, name), "%03d.png", width, height)
        row = []
        for found in (make_crossfade(truth, N_SLIDE - 1), make_ours(pictures, N_SLIDE - 1, width, height)):
            row.append((np.mean([get_psnr(truth[i], luma) for i, luma in found.items()]),
                        np.mean([get_ssim(truth[i], luma) for i, luma in found.items()])))
        gains.append(row[1][0] - row[0][0])
        print(f"  {name:24}" + "".join(f"{f'{psnr:.2f}/{ssim:.4f}':>15}" for psnr, ssim in row) +
              f"{gains[-1]:+8.2f}  {explain((pictures[0], pictures[-1]))['transition']}", flush=True)
    return gains


def measure_quality(sequences, cache):
    print("In-betweens: PSNR-Y dB / SSIM between interior keys")
    print(f"  {'sequence, gap':24}{'crossfade':>15}{'best':>15}{'default':>15}{'ours':>15}{'gain':>8}{'SSIM':>9}")
    gains, ssims = [], []
    for folder, gap in sequences:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".png"))
        names = names[:(len(names) - 1) // gap * gap + 1]
        pictures = [os.path.join(folder, name) for name in names]
        width, height = get_size(pictures[0])
        truth = read_truth(folder, "%03d.png", width, height)[:len(names)]
        kept = f"{os.path.abspath(folder)} {gap}"
        peers = cache.get(kept)
        if peers is None:
            peers = [score(truth, make_crossfade(truth, gap), gap),
                     score(truth, make_theirs(pictures, gap, BEST, truth), gap),
                     score(truth, make_theirs(pictures, gap, DEFAULT, truth), gap)]
            cache[kept] = peers
        ours = score(truth, make_ours(pictures, gap, width, height), gap)
        gains.append(ours[0] - max(peers[1][0], peers[2][0]))
        ssims.append(ours[1] - max(peers[1][1], peers[2][1]))
        cells = "".join(f"{f'{psnr:.2f}/{ssim:.4f}':>15}" for psnr, ssim in [*peers, ours])
        print(f"  {os.path.basename(folder) + f', {gap}':24}{cells}{gains[-1]:+8.2f}{ssims[-1]:+9.4f}", flush=True)
    return gains, ssims


# --- speed, threads, gate --------------------------------------------------------------------------

def measure_speed(pair, rounds):
    """Frames a second at 1920 × 1080: ours and minterpolate's, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        keys = []
        for i in range(5):
            keys.append(os.path.join(folder, f"k_{i}.png"))
            if i < 2:
                run(ffmpeg("-i", pair[i], "-vf", "scale=1920:1080:flags=lanczos", "-frames:v", "1", keys[i]))
            else:
                os.symlink(keys[i % 2], keys[i])
        peer = ["-framerate", "1", "-i", os.path.join(folder, "k_%d.png"), "-frames:v", "60", "-vf"]
        commands = {
            "minterpolate best": (ffmpeg(*peer, f"format=yuv420p,minterpolate=fps=24:{BEST}", "-f", "null", "-"), 60),
            "minterpolate default": (ffmpeg(*peer, f"format=yuv420p,minterpolate=fps=24:{DEFAULT}", "-f", "null",
                                            "-"), 60),
            "ours": ([CLI, "render", "--start", keys[0], "--last", keys[1], "--prompt", "static", "--size",
                      "1920x1080", "--fps", "24", "--frames", "120", "--output", "-"], 120),
        }
        best = time_in_turn(commands, rounds)
    print(f"\nSpeed: two 1920×1080 PNG, whole commands, best of {rounds} in turn")
    rates = {}
    for name, (_command, frames) in commands.items():
        rates[name] = frames / best[name][0]
        print(f"  {name:24}{best[name][0]:8.2f} s{rates[name]:8.2f} fps{frames / best[name][1]:8.2f} fps/core")
    return rates


def explain(pair):
    return json.loads(run([CLI, "render", "--explain", "--start", pair[0], "--last", pair[1], "--prompt", "static",
                           "--size", "960x540", "--fps", "24", "--frames", "10"]))


def measure_threads(pairs):
    equal = True
    for pair in pairs:
        for prompt in ("static", "slow push in"):
            sums = {hashlib.sha256(run([CLI, "render", "--start", pair[0], "--last", pair[1], "--prompt", prompt, "--size",
                                        "960x540", "--fps", "24", "--frames", "10", "--threads", str(n), "--output",
                                        "-"])).hexdigest() for n in (1, 2, 3, 8)}
            equal &= len(sums) == 1
    print(f"\nThreads: {2 * len(pairs)} clips with 1, 2, 3 and 8 threads: {'the same bytes' if equal else 'DIFFERENT'}")
    return equal


def measure_gate(related, unrelated):
    print("\nGate")
    counts = {}
    for name, pairs in (("related", related), ("unrelated", unrelated)):
        for pair in pairs:
            said = explain(pair)
            counts[name, said["transition"]] = counts.get((name, said["transition"]), 0) + 1
            print(f"  {name:10}{os.path.basename(pair[0])[:22]:24}{os.path.basename(pair[1])[:22]:24}"
                  f"{said['transition']:10}{said['consistency']:8.3f}{said['photometric']:7.3f}"
                  f"{said['displacement']:6.2f}{said['folded']:7.3f}{said['torn']:7.3f}{said['lost']:7.3f}")
    return counts


def read_list(path):
    with open(path, encoding="utf-8") as file:
        return [line.split() for line in file if line.strip()]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sequence", action="append", nargs=2, default=[], metavar=("FOLDER", "GAP"),
                        help="pictures 000.png, 001.png, …; every GAP-th is a key")
    parser.add_argument("--related", help="file with two pictures a line that show the same thing")
    parser.add_argument("--unrelated", help="the same, of different things")
    parser.add_argument("--scenes", metavar="FOLDER", help="own scenes too, traced into that folder by povray")
    parser.add_argument("--speed", nargs=2, metavar="PICTURE", help="a pair to time")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--cache", help="file to keep the peers' scores in while the engine is worked on")
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.2f} at the start")
    cache = {}
    if options.cache and os.path.exists(options.cache):
        with open(options.cache, encoding="utf-8") as file:
            cache = json.load(file)
    related = read_list(options.related) if options.related else []
    unrelated = read_list(options.unrelated) if options.unrelated else []
    if options.scenes:
        trace_scenes(options.scenes)
        options.sequence += [(os.path.join(options.scenes, name), gap) for name, gap in SCENES.items()]
        for pairs, more in zip((related, unrelated), get_scene_pairs(options.scenes)):
            pairs += more
    claims = []
    if options.sequence:
        gains, ssims = measure_quality([(folder, int(gap)) for folder, gap in options.sequence], cache)
        claims += [("mean PSNR-Y over the better minterpolate", f"{np.mean(gains):+.2f} dB", "≥ +1.0", np.mean(gains) >= 1),
                   ("the worst of them", f"{min(gains):+.2f} dB", "≥ −0.5", min(gains) >= -0.5),
                   ("SSIM to the better minterpolate, the worst", f"{min(ssims):+.4f}", "≥ −0.002", min(ssims) >= -0.002)]
    if options.scenes:
        gains = measure_slides(options.scenes)
        claims.append(("slides, over a crossfade, the worst", f"{min(gains):+.2f} dB", "≥ +1.0", min(gains) >= 1))
    if options.cache:
        with open(options.cache, "w", encoding="utf-8") as file:
            json.dump(cache, file)
    if options.speed:
        rates = measure_speed(options.speed, options.rounds)
        ratio = rates["ours"] / rates["minterpolate default"]
        claims.append(("1080p, wall fps, to minterpolate default", f"{ratio:.1f}x", "≥ 10x", ratio >= 10))
    if related or unrelated:
        counts = measure_gate(related, unrelated)
        claims += [("related pairs that morph", f"{counts.get(('related', 'morph'), 0)}/{len(related)}", "≥ 80 %",
                    counts.get(("related", "morph"), 0) >= 0.8 * len(related)),
                   ("unrelated pairs that morph", f"{counts.get(('unrelated', 'morph'), 0)}/{len(unrelated)}", "0",
                    counts.get(("unrelated", "morph"), 0) == 0),
                   ("unrelated pairs that blend", f"{counts.get(('unrelated', 'blend'), 0)}/{len(unrelated)}", "≤ 5 %",
                    counts.get(("unrelated", "blend"), 0) <= 0.05 * len(unrelated))]
        equal = measure_threads(related[:2] + unrelated[:1])
        claims.append(("the same bytes for 1, 2, 3 and 8 threads", "yes" if equal else "no", "yes", equal))
    print("\nClaims")
    for claim in claims:
        say(*claim)
    print(f"\nload {os.getloadavg()[0]:.2f} at the end")


if __name__ == "__main__":
    main()
