// A white bottle with a label before light grey: bright on bright.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Backdrop = pigment { rgb <0.80, 0.80, 0.79> }
#declare Eye = <2, 13, -75>;
#declare Look = <1, 9.5, 0>;
#include "studio.inc"
union {
  lathe {
    cubic_spline 10,
    <0, -0.5>, <3.6, 0>, <3.9, 0.5>, <3.9, 12>, <3.6, 13.6>, <1.6, 15.2>, <1.4, 15.8>, <1.4, 16.6>, <0, 16.6>, <-1, 16.6>
    Glossy (pigment { rgb <0.93, 0.92, 0.90> }, 0.4)
  }
  cylinder { <0, 16.2, 0>, <0, 19.4, 0>, 1.7 Glossy (pigment { rgb <0.10, 0.10, 0.11> }, 0.5) }
  cylinder { <0, 3.5, 0>, <0, 9.5, 0>, 3.93 open
    Matt (pigment { gradient y color_map { [0.2 rgb <0.15, 0.34, 0.30>][0.2 rgb <0.85, 0.78, 0.60>][0.24 rgb <0.85, 0.78, 0.60>][0.24 rgb <0.15, 0.34, 0.30>] } scale 6 translate 3.5 * y }) }
}
