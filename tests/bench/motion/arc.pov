// A printed tin and a striped tube on a speckled sweep; the camera goes round them on an arc, eased at both ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Ease = clock * clock * (3 - 2 * clock);
#declare Turn = radians(-16 + 26 * Ease);
#declare Backdrop = pigment { granite scale 9 color_map { [0 rgb <0.62, 0.66, 0.70>] [1 rgb <0.82, 0.84, 0.86>] } }
#declare Eye = <58 * sin(Turn), 20 + 5 * sin(pi * clock), -58 * cos(Turn)>;
#declare Look = <1, 5, 0>;
#include "studio.inc"
union {
  cylinder {
    <0, 0, 0>, <0, 9, 0>, 4
    Glossy (pigment { gradient y scale 3 turbulence 0.4 color_map {
      [0 rgb <0.10, 0.30, 0.25>] [0.45 rgb <0.16, 0.42, 0.34>] [0.5 rgb <0.9, 0.85, 0.6>] [1 rgb <0.7, 0.5, 0.2>] } }, 0.3)
  }
  torus { 4, 0.25 translate 9 * y Glossy (pigment { rgb 0.7 }, 0.6) }
  translate <-4, 0, 1>
}
cone {
  <7, 0, -2>, 2.2, <7, 11, -2>, 0.6
  Matt (pigment { radial frequency 9 color_map { [0.5 rgb <0.85, 0.2, 0.25>] [0.5 rgb <0.95, 0.93, 0.9>] } translate <7, 0, -2> })
}
