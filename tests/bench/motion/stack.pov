// Three printed boxes stacked on a turning table, while the lamp beside them goes round and the wall stands still.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Ease = (1 - cos(pi * clock)) / 2;
#declare Lamp = radians(-50 + 40 * Ease);
#declare Backdrop = pigment { agate scale 7 color_map { [0 rgb <0.66, 0.60, 0.62>] [1 rgb <0.80, 0.76, 0.75>] } }
#declare Eye = <3, 19, -60>;
#declare Look = <0, 7.5, 0>;
#include "studio.inc"
light_source {
  <70 * sin(Lamp), 55, -70 * cos(Lamp)> rgb 0.35
  spotlight point_at <0, 6, 0> radius 14 falloff 24
}
#declare Rim = pigment { radial frequency 20 color_map { [0.5 rgb <0.35, 0.36, 0.4>] [0.5 rgb <0.55, 0.56, 0.6>] } }
#declare Combs = pigment { hexagon rgb <0.16, 0.32, 0.5> rgb <0.75, 0.8, 0.85> rgb <0.3, 0.55, 0.7> scale 0.9 }
#declare Amber = pigment { dents scale 1.4 color_map {
  [0 rgb <0.86, 0.72, 0.3>] [0.5 rgb <0.8, 0.5, 0.2>] [1 rgb <0.3, 0.16, 0.1>] } }
#declare Bands = pigment { gradient x + y scale 1.7 color_map {
  [0.4 rgb <0.7, 0.15, 0.2>] [0.4 rgb 0.92] [0.6 rgb 0.92] [0.6 rgb <0.25, 0.08, 0.12>] } }
union {
  cylinder { <0, 0, 0>, <0, 0.8, 0>, 9.5 Matt (Rim) }
  box { <-5.5, 0.8, -4>, <5.5, 5.8, 4> Matt (pigment { Combs rotate 90 * x }) }
  box { <-4, 0, -3.4>, <4, 4.2, 3.4> Matt (Amber) rotate 24 * y translate 5.8 * y }
  box { <-2.5, 0, -2.5>, <2.5, 3.6, 2.5> Glossy (Bands, 0.2) rotate -17 * y translate 10 * y }
  rotate (-14 + 34 * Ease) * y
}
