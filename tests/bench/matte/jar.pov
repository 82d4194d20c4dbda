// A dark glossy jar on a dark sweep lit from behind: a gradient, and a product hardly brighter.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Backdrop = pigment { spherical color_map { [0 rgb <0.05, 0.06, 0.08>][1 rgb <0.34, 0.38, 0.45>] } scale <150, 120, 150> translate <10, 40, 110> }
#declare Eye = <0, 18, -60>;
#declare Look = <0, 4.5, 0>;
#include "studio.inc"
union {
  cylinder { <0, 0, 0>, <0, 6, 0>, 5.2 Glossy (pigment { rgb <0.40, 0.20, 0.08> }, 0.5) }
  cylinder { <0, 6.05, 0>, <0, 9, 0>, 5.35 Glossy (pigment { rgb <0.72, 0.58, 0.30> }, 0.6) }
  torus { 5.0, 0.35 translate 9 * y Glossy (pigment { rgb <0.72, 0.58, 0.30> }, 0.6) }
  translate 3 * x
}
