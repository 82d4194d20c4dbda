#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How exact and how quick review is: steps, seeks and the seam of the loop, read from pixels.

usage: bench-review.py BENCH-REVIEW
Two clips of 1920×960 px, 30 frames a second, 150 frames, the number of each drawn into it: one with a single key
frame (the worst a service sends), one with nothing but key frames (as the review copies are). Beside it stands how long
ffmpeg takes to decode up to the same frames of the first.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

N_FRAMES, FPS, WIDTH, HEIGHT, BARS = 150, 30, 1920, 960, 9


def make(path, options):
    """Frames of nine bars, black or white, as a test reads them."""
    process = subprocess.Popen(['ffmpeg', '-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'gray', '-s', f'{BARS}x1',
                                '-r', str(FPS), '-i', '-', '-vf',
                                f'scale={WIDTH}:{HEIGHT}:flags=neighbor,format=yuv420p', '-c:v', 'libx264',
                                '-preset', 'veryfast', *options, path], stdin=subprocess.PIPE)
    for number in range(N_FRAMES):
        process.stdin.write(bytes(255 if number >> bar & 1 else 0 for bar in range(BARS)))
    process.stdin.close()
    if process.wait() != 0:
        sys.exit('ffmpeg could not make the clip')


def seek_with_ffmpeg(path, frame):
    start = time.monotonic()
    subprocess.run(['ffmpeg', '-v', 'error', '-ss', str((frame + 0.5) / FPS), '-i', path, '-frames:v', '1', '-f', 'null', '-'],
                   check=True)
    return (time.monotonic() - start) * 1000


def main():
    print('load', *os.getloadavg())
    with tempfile.TemporaryDirectory() as folder:
        one, every = os.path.join(folder, 'one.mp4'), os.path.join(folder, 'every.mp4')
        copy = os.path.join(folder, 'copy.mp4')
        make(one, ['-g', '250', '-bf', '2'])
        make(every, ['-g', '1', '-bf', '0'])
        make(copy, ['-g', '1', '-bf', '0', '-s', '960x480'])
        for name, path, more in (('one key frame', one, []), ('only key frames', every, []),
                                 ('one key frame, with its review copy', one, [copy])):
            print(f'== 1080p, {name}', flush=True)
            subprocess.run([sys.argv[1], path, str(N_FRAMES), str(FPS), str(WIDTH), str(HEIGHT), *more], check=True)
            took = [seek_with_ffmpeg(path, frame) for frame in (20, 60, 100, 140)]
            print(f'{"ffmpeg, any frame":<22} median {statistics.median(took):.1f} ms (a process each)')
    print('load', *os.getloadavg())


main()
