#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How well the product is found in a photo, beside OpenCV's GrabCut, in one run on one machine.

bench-matte.py PROGRAM [--photos FILE…] [--keep FOLDER]. Needs povray, numpy and OpenCV (Debian:
povray, python3-opencv). README.md says how to read it.
"""

import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile
import time

try:
    import cv2
    import numpy
except ImportError:
    print("skipped: python3-opencv is not installed")
    sys.exit(77)

SCENES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "matte")
SIDE = 480
MARGIN = 0.06


def trace(scene, path, *more):
    width, height = 1280, 720
    command = ["povray", "-D", f"+I{scene}", f"+L{SCENES}", f"+O{path}", f"+W{width}", f"+H{height}", "+A0.3",
               "+R2", *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"povray failed:\n{done.stderr[-2000:]}")


def make_scene(folder, scene):
    """The photo, and how much of each px is product."""
    name = os.path.splitext(os.path.basename(scene))[0]
    photo, alone = (os.path.join(folder, name + end) for end in (".png", "-alone.png"))
    if not os.path.exists(photo) or not os.path.exists(alone):
        trace(scene, photo)
        trace(scene, alone, "+UA", "Declare=Alone=1")
    return name, photo, cv2.imread(alone, cv2.IMREAD_UNCHANGED)[:, :, 3] / 255.0


def find_ours(program, folder, photo):
    path = os.path.join(folder, "ours.pgm")
    done = subprocess.run([program, photo, path], capture_output=True, text=True, check=True)
    return cv2.imread(path, cv2.IMREAD_UNCHANGED) / 255.0, json.loads(done.stdout)


def find_grabcut(photo):
    """At the size we look at, from a box with a margin of 6 %; its answer enlarged again."""
    picture = cv2.imread(photo)
    height, width = picture.shape[:2]
    ratio = SIDE / max(width, height)
    small = cv2.resize(picture, (round(width * ratio), round(height * ratio)), interpolation=cv2.INTER_AREA)
    rows, columns = small.shape[:2]
    mask = numpy.zeros((rows, columns), numpy.uint8)
    box = (int(columns * MARGIN), int(rows * MARGIN), int(columns * (1 - 2 * MARGIN)), int(rows * (1 - 2 * MARGIN)))
    cv2.setRNGSeed(1)
    begin = time.monotonic()
    cv2.grabCut(small, mask, box, numpy.zeros((1, 65)), numpy.zeros((1, 65)), 5, cv2.GC_INIT_WITH_RECT)
    taken = time.monotonic() - begin
    found = ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(numpy.float32)
    return cv2.resize(found, (width, height), interpolation=cv2.INTER_LINEAR), taken


def get_overlap(found, truth):
    """Intersection over union of what is more product than back."""
    a, b = found >= 0.5, truth >= 0.5
    return (a & b).sum() / max(1, (a | b).sum())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--photos", nargs="*", default=[], help="photos without truth: only what is found")
    parser.add_argument("--keep", help="where pictures are kept, and taken from when they are there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        ours_sum = theirs_sum = 0.0
        scenes = sorted(glob.glob(os.path.join(SCENES, "*.pov")))
        print(f"{'scene':12}{'IoU':>8}{'GrabCut':>9}{'MAE':>8}{'GrabCut':>9}{'s':>8}{'GrabCut':>9}  {'truth':>6} found")
        for scene in scenes:
            name, photo, truth = make_scene(folder, scene)
            found, facts = find_ours(options.program, folder, photo)
            other, taken = find_grabcut(photo)
            ours, theirs = get_overlap(found, truth), get_overlap(other, truth)
            ours_sum += ours
            theirs_sum += theirs
            if options.keep:
                cv2.imwrite(os.path.join(folder, name + "-ours.png"), found * 255)
            print(f"{name:12}{ours:8.4f}{theirs:9.4f}{abs(found - truth).mean():8.4f}{abs(other - truth).mean():9.4f}"
                  f"{facts['find_s']:8.3f}{taken:9.3f}  {truth.mean():6.3f} {facts['area']:.3f} "
                  f"inliers {facts['inliers']:.2f} confidence {facts['confidence']:.2f}"
                  f"{'' if facts['accepted'] else ' REFUSED'}")
        n = len(scenes)
        print(f"{'mean':12}{ours_sum / n:8.4f}{theirs_sum / n:9.4f}")
        for photo in options.photos:
            found, facts = find_ours(options.program, folder, photo)
            print(f"{os.path.basename(photo)[:24]:26} {json.dumps(facts)}")
            if options.keep:
                name = os.path.splitext(os.path.basename(photo))[0]
                cv2.imwrite(os.path.join(folder, name + "-ours.png"), found * 255)


if __name__ == "__main__":
    main()
