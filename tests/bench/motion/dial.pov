// A watch lying half raised on a wooden table; the camera goes over it on an arc from flat to steep, eased.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Ease = clock * clock * (3 - 2 * clock);
#declare Around = radians(14 - 24 * Ease);
#declare Height = radians(34 + 16 * Ease);
#declare Backdrop = pigment { wood turbulence 0.06 octaves 4 scale 2.4 rotate <4, 12, 0> color_map {
  [0 rgb <0.46, 0.29, 0.16>] [0.5 rgb <0.40, 0.24, 0.13>] [1 rgb <0.27, 0.15, 0.08>] } }
#declare Eye = 48 * <sin(Around) * cos(Height), sin(Height), -cos(Around) * cos(Height)>;
#declare Look = <0, 1.5, 0>;
#include "studio.inc"
#declare Leather = pigment { crackle scale 0.5 color_map {
  [0 rgb <0.12, 0.09, 0.08>] [0.2 rgb <0.36, 0.22, 0.15>] [1 rgb <0.44, 0.27, 0.18>] } }
#declare Marks = pigment { radial frequency 12 color_map { [0.08 rgb 0.92] [0.08 rgb <0.07, 0.12, 0.25>] } }
#declare Face = pigment { onion scale 0.4 color_map { [0 rgb <0.10, 0.16, 0.32>] [1 rgb <0.16, 0.24, 0.42>] } }
union {
  cylinder { <0, -0.9, 0>, <0, 0.9, 0>, 5 Glossy (pigment { rgb <0.72, 0.73, 0.75> }, 0.7) }
  cylinder { <0, 0.9, 0>, <0, 0.95, 0>, 4.5 Matt (Marks) }
  cylinder { <0, 0.95, 0>, <0, 1, 0>, 3.3 Matt (Face) }
  box { <-0.2, 1, -0.4>, <0.2, 1.15, 2.4> Matt (pigment { rgb 0.95 }) rotate 55 * y }
  box { <-0.12, 1, -0.4>, <0.12, 1.2, 3.6> Matt (pigment { rgb <0.95, 0.5, 0.2> }) rotate -62 * y }
  torus { 4.75, 0.35 translate 0.95 * y Glossy (pigment { rgb <0.8, 0.78, 0.7> }, 0.6) }
  cylinder { <5, 0, 0>, <5.9, 0, 0>, 0.6 Glossy (pigment { rgb 0.6 }, 0.6) }
  box { <-2.4, -0.5, 4.4>, <2.4, 0.2, 12> Matt (Leather) }
  box { <-2.4, -0.5, -12>, <2.4, 0.2, -4.4> Matt (Leather) }
  rotate <-12, 28, 0>
  translate <0, 3.6, 0>
}
