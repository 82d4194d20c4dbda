// A bottle slides to the left and nears the camera, evenly in space; nothing else moves.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Backdrop = pigment { rgb <0.55, 0.62, 0.70> }
#declare Eye = <0, 16, -62>;
#declare Look = <0, 6, 0>;
#include "studio.inc"
union {
  lathe { linear_spline 7 <0, 0>, <3, 0>, <3, 6>, <1.2, 8>, <1.2, 10>, <1.5, 10.4>, <0, 10.4>
  Glossy (pigment { marble turbulence 0.9 scale 2 color_map { [0 rgb <.3,.2,.08>] [0.5 rgb <.8,.5,.2>] [1 rgb 0.92] } }, 0.2) }
  text { internal 2 "OIL" 0.4, 0 scale <2, 2, 1> translate <-1.7, 2, -3.2> Matt (pigment { rgb 0.02 }) }
  translate <8 - 13 * clock, 0, 6 - 16 * clock>
}
