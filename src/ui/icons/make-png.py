#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures that the program carries out of the drawings beside this file: make-png.py

A drawing would bring the whole SVG library into the process with the first window: 5 MB and 10 ms. A picture whose name
ends in .symbolic.png is coloured by its alpha alone. Each drawing is made in the sizes it is shown in, and for
screens of double density.
"""
import os

import gi

gi.require_version('GdkPixbuf', '2.0')
from gi.repository import GdkPixbuf, GLib  # noqa: E402

SIZES = {'inbetween-stage-symbolic': [128], 'inbetween-swap-symbolic': [16], 'inbetween-code-symbolic': [16],
         'inbetween-working-symbolic': [16, 128], 'inbetween-accepted-symbolic': [16]}  # px

here = os.path.dirname(os.path.abspath(__file__))
for name, size, scale in ((name, size, scale) for name, sizes in SIZES.items() for size in sizes for scale in (1, 2)):
    drawn = GdkPixbuf.Pixbuf.new_from_file_at_size(os.path.join(here, name + '.svg'), size * scale, size * scale)
    pixels = bytearray(drawn.get_pixels())
    for i in range(len(pixels)):
        if i % 4 != 3:
            pixels[i] = 0
    made = GdkPixbuf.Pixbuf.new_from_bytes(GLib.Bytes.new(bytes(pixels)), GdkPixbuf.Colorspace.RGB, True, 8,
                                           drawn.get_width(), drawn.get_height(), drawn.get_rowstride())
    made.savev(os.path.join(here, f'{name}-{size}{"@2" if scale == 2 else ""}.png'), 'png', ['compression'], ['9'])
