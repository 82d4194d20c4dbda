// A quilted bag with a handle before a plastered wall; the camera comes nearer and pans at the same time, eased.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Ease = clock * clock * clock * (clock * (6 * clock - 15) + 10);
#declare Backdrop = pigment { bumps scale 2.2 color_map {
  [0 rgb <0.42, 0.47, 0.42>] [0.5 rgb <0.58, 0.62, 0.56>] [1 rgb <0.70, 0.73, 0.66>] } }
#declare Eye = <-4 + 7 * Ease, 12 - 2 * Ease, -70 + 20 * Ease>;
#declare Look = <-3 + 7 * Ease, 8, 0>;
#include "studio.inc"
#declare Quilt = pigment { quilted scale 1.2 rotate 45 * z color_map {
  [0 rgb <0.25, 0.06, 0.1>] [0.6 rgb <0.55, 0.14, 0.2>] [1 rgb <0.72, 0.26, 0.3>] } }
#declare Cord = pigment { spiral1 3 scale 0.8 color_map { [0 rgb <0.3, 0.18, 0.1>] [1 rgb <0.55, 0.36, 0.2>] } }
#declare Stone = pigment { granite scale 3 color_map { [0 rgb <0.2, 0.22, 0.26>] [1 rgb <0.8, 0.8, 0.76>] } }
#declare Spots = pigment { spotted scale 0.6 color_map { [0 rgb <0.9, 0.6, 0.2>] [1 rgb <0.4, 0.2, 0.1>] } }
box { <-60, 0, 18>, <60, 60, 19> Matt (Backdrop) }
union {
  difference {
    superellipsoid { <0.3, 0.25> scale <8, 6, 3.2> }
    box { <-9, 5, -4>, <9, 7, 4> }
    Matt (Quilt)
    translate 6 * y
  }
  torus { 5, 0.55 rotate 90 * x clipped_by { plane { -y, 0 } } translate 11 * y Matt (Cord) }
  box { <-1.2, 7, -3.6>, <1.2, 9, -3> Glossy (pigment { rgb <0.85, 0.7, 0.3> }, 0.5) }
  rotate 18 * y
}
cylinder { <13, 0, 9>, <13, 15, 9>, 2.5 Matt (Stone) }
sphere { <-13, 2.6, -3>, 2.6 Matt (Spots) }
