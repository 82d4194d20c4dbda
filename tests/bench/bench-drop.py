#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How soon a photo is seen where it was dropped, for the photos that designers drop.

usage: bench-drop.py BENCH-DROP WITH-DISPLAY START-PHOTO [--rounds N]
"""
import argparse
import os
import subprocess
import tempfile

# name, scale, what ImageMagick is told
PHOTOS = (
    ('12-megapixels.jpg', '4000x3000!', ['-quality', '92', '-sampling-factor', '4:2:0', '-interlace', 'none']),
    ('3000-square.png', '3000x3000!', ['-quality', '35']),
    ('50-megapixels-progressive.jpg', '8660x5774!', ['-quality', '92', '-interlace', 'JPEG']),
    ('12-megapixels.webp', '4000x3000!', ['-quality', '90', '-define', 'webp:method=1']),
    ('12-megapixels-16-bit.tif', '4000x3000!', ['-depth', '16', '-compress', 'LZW']),
)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('program')
    parser.add_argument('with_display')
    parser.add_argument('photo')
    parser.add_argument('--rounds', type=int, default=20)
    options = parser.parse_args()
    print('load', *os.getloadavg(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, scale, how in PHOTOS:
            path = os.path.join(folder, name)
            # a little noise: a smooth picture would be an easy one
            subprocess.run(['convert', options.photo, '-resize', scale, '-attenuate', '.15', '+noise', 'Gaussian',
                            *how, path], check=True)
            paths.append(path)
        subprocess.run([options.with_display, options.program, str(options.rounds), *paths], check=True)
    print('load', *os.getloadavg())


main()
