// Seen from above, a packet slides over a mottled table and turns by 12 degrees.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Backdrop = pigment { wrinkles scale 3 color_map { [0 rgb <0.62, 0.52, 0.42>] [1 rgb <0.72, 0.63, 0.52>] } }
#declare Eye = <0, 60, -12>;
#declare Look = <0, 0, 0>;
#include "studio.inc"
union {
  box { <-4, 0, -5>, <4, 2, 5> Matt (pigment { bozo scale 1 color_map { [0 rgb <0.1, 0.25, 0.5>] [1 rgb <0.25,0.5,0.75>] } }) }
  text { internal 2 "TEA" 0.2, 0 scale <3.2, 3.2, 1> rotate 90*x translate <-3.4, 2.05, -1> Matt (pigment { rgb 0.95 }) }
  rotate (-6 + 12*clock) * y translate <-8 + 15 * clock, 0, 3 - 5 * clock>
}
