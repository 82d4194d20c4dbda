// A wooden box swings through the picture on an arc and turns a little, before things that stand still; eased.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Ease = clock * clock * (3 - 2 * clock);
#declare Swing = radians(-24 + 48 * Ease);
#declare Backdrop = pigment { bozo scale 4 color_map { [0 rgb <0.80, 0.74, 0.66>] [1 rgb <0.70, 0.64, 0.57>] } }
#declare Eye = <0, 17, -62>;
#declare Look = <0, 7, 0>;
#include "studio.inc"
box {
  <-3, -2, -2>, <3, 2, 2>
  Matt (pigment { wood turbulence 0.12 scale 0.9 rotate <84, 8, 0> color_map {
    [0 rgb <0.62, 0.40, 0.20>] [0.6 rgb <0.50, 0.30, 0.14>] [1 rgb <0.34, 0.19, 0.08>] } })
  rotate <0, 20 + 16 * Ease, -9 + 18 * Ease>
  translate <20 * sin(Swing), 26 - 20 * cos(Swing), -6>
}
cylinder { <-12, 0, 6>, <-12, 12, 6>, 3 Matt (pigment { checker rgb <0.2, 0.35, 0.55> rgb <0.85, 0.87, 0.9> scale 1.5 }) }
sphere { <11, 3.5, 8>, 3.5 Matt (pigment { leopard scale 0.5 color_map { [0 rgb <0.25, 0.4, 0.2>] [1 rgb <0.9, 0.88, 0.5>] } }) }
