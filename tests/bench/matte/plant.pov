// A pot with thin leaves before a bluish wall: fine parts, and holes between them.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Backdrop = pigment { rgb <0.62, 0.70, 0.80> }
#declare Eye = <0, 20, -78>;
#declare Look = <0, 11, 0>;
#include "studio.inc"
union {
  cone { <0, 0, 0>, 3.6, <0, 7, 0>, 4.8 Matt (pigment { rgb <0.78, 0.74, 0.70> }) }
  #declare Turn = seed (5);
  #for (I, 0, 21)
    #local Tip = 5 + 6 * rand (Turn);
    sphere { <0, 0, 0>, 1 scale <0.55, 6.2, 0.14> translate 5.6 * y rotate <0, 0, -20 - Tip * 4> translate <0, 6.6, 0> rotate I * 137.5 * y
      Matt (pigment { rgb <0.16 + 0.1 * rand (Turn), 0.38 + 0.14 * rand (Turn), 0.16> }) }
  #end
}
