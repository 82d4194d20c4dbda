// A dark mug before a warm sweep: the handle leaves a hole through which the back is seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Backdrop = pigment { rgb <0.74, 0.55, 0.40> }
#declare Eye = <-6, 24, -58>;
#declare Look = <1.5, 4, 0>;
#include "studio.inc"
union {
  difference {
    cylinder { <0, 0, 0>, <0, 9.5, 0>, 4.2 }
    cylinder { <0, 0.6, 0>, <0, 10, 0>, 3.8 }
  }
  difference {
    torus { 2.7, 0.6 rotate 90 * x translate <4.6, 4.9, 0> }
    cylinder { <0, -1, 0>, <0, 11, 0>, 4.1 }
  }
  Glossy (pigment { rgb <0.06, 0.09, 0.16> }, 0.6)
}
