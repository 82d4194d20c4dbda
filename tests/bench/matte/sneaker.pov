// A low shape of many colours before white, wide in its frame, with a hard shadow on one side.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Backdrop = pigment { rgb <0.93, 0.93, 0.94> }
#declare Eye = <14, 17, -66>;
#declare Look = <0, 4.2, 0>;
#declare Lens = 32;
#include "studio.inc"
light_source { <-140, 160, -40> rgb 0.35 }
union {
  box { <-11, 0, -3.6>, <11, 1.6, 3.6> Matt (pigment { rgb <0.96, 0.95, 0.92> }) }
  blob {
    threshold 0.5
    cylinder { <-8, 3.4, 0>, <8, 2.4, 0>, 4.4, 1 }
    sphere { <-8, 6, 0>, 5.2, 1 }
    sphere { <-9, 9, 0>, 3.4, 0.9 }
    Matt (pigment { gradient x color_map { [0.3 rgb <0.16, 0.30, 0.62>][0.5 rgb <0.80, 0.20, 0.30>][0.7 rgb <0.95, 0.66, 0.15>] } scale 24 translate -12 * x })
  }
  #for (I, 0, 4)
    cylinder { <I * 1.7 - 3, 5.2 - I * 0.35, -2.4>, <I * 1.7 - 2, 5.2 - I * 0.35, 2.4>, 0.32 Matt (pigment { rgb 0.95 }) }
  #end
}
