// The camera rises and passes along a row of textured products at different depths, eased, with a little roll.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Ease = clock * clock * clock * (clock * (6 * clock - 15) + 10);
#declare Backdrop = pigment { wrinkles scale 6 color_map { [0 rgb <0.50, 0.52, 0.60>] [1 rgb <0.66, 0.68, 0.74>] } }
#declare Eye = <-7 + 14 * Ease, 13 + 6 * Ease * Ease, -54 + 5 * sin(pi * clock)>;
#declare Look = <-2 + 5 * Ease, 5, 0>;
#include "studio.inc"
#macro Flask (Place, Colour, Size)
  lathe {
    linear_spline 7 <0, 0>, <3, 0>, <3, 6>, <1.2, 8>, <1.2, 10>, <1.5, 10.4>, <0, 10.4>
    Glossy (pigment { marble turbulence 0.9 scale 2 color_map { [0 rgb Colour * 0.35] [0.5 rgb Colour] [1 rgb 0.92] } }, 0.2)
    scale Size translate Place
  }
#end
Flask (<-9, 0, 5>, <0.8, 0.5, 0.2>, 1)
Flask (<0, 0, -6>, <0.3, 0.6, 0.5>, 0.8)
Flask (<9, 0, 2>, <0.6, 0.3, 0.6>, 1.1)
box { <-5, 0, 8>, <4, 7, 12> Matt (pigment { brick rgb 0.85 rgb <0.55, 0.2, 0.16> brick_size <1.6, 0.7, 1> mortar 0.12 }) }
