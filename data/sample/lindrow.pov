// A product photo for Inbetween: body oil, balm and carton of a brand that does not exist.
//
// SPDX-License-Identifier: GPL-3.0-or-later
//
// 1 unit = 1 cm, y is up, the camera looks towards +z. The only thing that moves is the camera,
// and all that it does is in the five lines under "The camera": see README.md.

#version 3.7;

// 0 for a quick look, 1 for the photos
#ifndef (Quality)
  #declare Quality = 1;
#end

global_settings {
  assumed_gamma 1.0
  max_trace_level (Quality ? 14 : 8)
  radiosity {
    pretrace_start 0.08
    pretrace_end (Quality ? 0.005 : 0.02)
    count (Quality ? 240 : 60)
    nearest_count (Quality ? 12 : 6)
    error_bound (Quality ? 0.4 : 0.8)
    low_error_factor 0.5
    recursion_limit (Quality ? 2 : 1)
    gray_threshold 0.3
    minimum_reuse 0.01
    brightness 1.0
  }
}

#default { finish { ambient 0 diffuse 0.9 } }

// ---- The camera: one straight line in angle and in distance, clock 0 to 1 ----

#declare Azimuth = -8 + 14 * clock;    // degrees about the vertical through Target, + to the right
#declare Elevation = 9;               // degrees above the horizon
#declare Distance = 96 - 8 * clock;    // cm from Target
#declare Target = <0.3, 7.0, 0>;
#declare View = 23.5;                  // degrees, full horizontal angle

camera {
  perspective
  location Target + Distance * <sin (radians (Azimuth)) * cos (radians (Elevation)),
                                sin (radians (Elevation)),
                                -cos (radians (Azimuth)) * cos (radians (Elevation))>
  right x * image_width / image_height
  up y
  angle View
  look_at Target
}

// ---- The studio: a white sweep, a key light, a strip on each side, a dark room ----

#declare Paper = texture {
  pigment { rgb <0.93, 0.93, 0.925> }
  finish { diffuse 0.92 }
};

union {
  box { <-400, -2, -300>, <400, 0, 70> }
  difference {
    box { <-400, -2, 70>, <400, 90, 162> }
    cylinder { <-401, 90, 70>, <401, 90, 70>, 90 }
  }
  box { <-400, 90, 160>, <400, 320, 162> }
  texture { Paper }
}

sky_sphere {
  pigment {
    gradient y
    color_map {
      [0.0 rgb 0.12]
      [0.5 rgb 0.16]
      [1.0 rgb 0.36]
    }
  }
}

#macro Area_Lamp (Where, Width, Height, Samples, Light)
  light_source {
    Where
    color Light
    area_light Width * x, Height * y, Samples, Samples
    adaptive 1
    jitter
    orient
    circular
  }
#end

Area_Lamp (<-85, 120, -80>, 58, 58, (Quality ? 9 : 5), rgb <0.575, 0.570, 0.558>)
Area_Lamp (<110, 95, -60>, 70, 70, (Quality ? 7 : 4), rgb <0.10, 0.103, 0.108>)

// the backdrop has its own lamp, high behind the products, which never reaches their fronts
light_source {
  <0, 170, 60>
  color rgb 0.20
  area_light 120 * x, 40 * z, (Quality ? 7 : 3), (Quality ? 7 : 3)
  adaptive 1
  jitter
}

// what glass, metal and lacquer see of the lamps: panels that light, but cast no shadow
#macro Panel (Centre, Width, Height, Turn, Light)
  box {
    <-Width / 2, -Height / 2, 0>, <Width / 2, Height / 2, 0.5>
    texture { pigment { rgb 0 } finish { diffuse 0 emission Light } }
    rotate Turn * y
    translate Centre
    no_shadow
    no_image
    no_radiosity
  }
#end

Panel (<-20, 19, -13>, 5.5, 37, -57, 18)
Panel (<20, 19, -2>, 2.5, 37, 84, 11)

// ---- Words and signs: drawn flat, wrapped round the label later ----

#declare Sans = 2;
#declare Serif = 1;

// a line of words, its middle at Where, Size high (em), letters Air em further apart, Bold cm fatter
#macro Words (String, Font, Size, Air, Bold, Where)
  #local Line = text {
    internal Font String 1, Air * x
    scale <Size, Size, 1>
  };
  #local Low = min_extent (Line);
  #local High = max_extent (Line);
  union {
    #local Step = 0;
    #while (Step < 8)
      object { Line translate Bold * <cos (Step * pi / 4), sin (Step * pi / 4), 0> }
      #local Step = Step + 1;
    #end
    translate <-(Low.x + High.x) / 2, -Low.y, 0>
    translate Where
  }
#end

// a pointed leaf, standing on the origin
#macro Leaf (Length, Breadth)
  #local Radius = (Length * Length + Breadth * Breadth) / (4 * Breadth);
  difference {
    intersection {
      cylinder { <Radius - Breadth / 2, Length / 2, 0>, <Radius - Breadth / 2, Length / 2, 1>, Radius }
      cylinder { <Breadth / 2 - Radius, Length / 2, 0>, <Breadth / 2 - Radius, Length / 2, 1>, Radius }
    }
    box { <-0.018 * Length, -1, -1>, <0.018 * Length, Length * 0.72, 2> }
  }
#end

#macro Emblem (Size)
  union {
    object { Leaf (1, 0.42) }
    object { Leaf (0.82, 0.34) rotate 52 * z translate <-0.05, 0, 0> }
    object { Leaf (0.82, 0.34) rotate -52 * z translate <0.05, 0, 0> }
    box { <-0.018, -0.36, 0>, <0.018, 0.05, 1> }
    scale <Size, Size, 1>
  }
#end

// lines round a rectangle, Line wide
#macro Frame (Low, High, Line)
  difference {
    box { <Low.u, Low.v, 0>, <High.u, High.v, 1> }
    box { <Low.u + Line, Low.v + Line, -1>, <High.u - Line, High.v - Line, 2> }
  }
#end

#declare Teal = srgb <0.045, 0.330, 0.350>;
#declare Cream = srgb <0.965, 0.930, 0.860>;
#declare Copper = srgb <0.850, 0.560, 0.360>;

// ---- The bottle: amber glass, oil, a ribbed cap, a wrapped label ----

#declare Body_Radius = 3.2;

#macro Line_Segment (A, B)
  A, A + (B - A) / 3, A + (B - A) * 2 / 3, B
#end

#declare Bottle_Outside = lathe {
  bezier_spline 24,
  <0, 0.32>, <0.8, 0.32>, <1.7, 0.28>, <2.3, 0.06>
  <2.3, 0.06>, <2.7, -0.08>, <3.2, 0.10>, <3.2, 0.85>
  Line_Segment (<3.2, 0.85>, <3.2, 10.2>)
  <3.2, 10.2>, <3.2, 12.2>, <1.45, 11.8>, <1.45, 13.2>
  Line_Segment (<1.45, 13.2>, <1.45, 14.7>)
  Line_Segment (<1.45, 14.7>, <0, 14.7>)
};

#declare Bottle_Inside = lathe {
  bezier_spline 20,
  <0, 0.80>, <0.9, 0.80>, <2.91, 0.45>, <2.91, 1.35>
  Line_Segment (<2.91, 1.35>, <2.91, 10.15>)
  <2.91, 10.15>, <2.91, 11.9>, <1.15, 11.6>, <1.15, 13.2>
  Line_Segment (<1.15, 13.2>, <1.15, 14.4>)
  Line_Segment (<1.15, 14.4>, <0, 14.4>)
};

#declare Amber = material {
  texture {
    pigment { rgbt <1, 1, 1, 1> }
    finish {
      diffuse 0
      reflection { 0.02, 0.9 fresnel on }
      conserve_energy
    }
  }
  interior {
    ior 1.51
    fade_distance 0.166
    fade_power 1001
    fade_color <0.863, 0.586, 0>
  }
};

#declare Oil = material {
  texture {
    pigment { rgbt <1, 1, 1, 1> }
    finish { diffuse 0 reflection { 0.01, 0.4 fresnel on } conserve_energy }
  }
  interior {
    ior 1.46
    fade_distance 6.3
    fade_power 1001
    fade_color <0.92, 0.686, 0>
  }
};

#declare Bakelite = texture {
  pigment { rgb <0.012, 0.012, 0.013> }
  finish {
    diffuse 0.8
    specular 0.25
    roughness 0.012
    reflection { 0.015, 0.35 fresnel on }
    conserve_energy
  }
};

#declare Cap = union {
  cylinder { <0, 13.45, 0>, <0, 15.75, 0>, 1.72 }
  cylinder { <0, 15.70, 0>, <0, 15.98, 0>, 1.50 }
  torus { 1.50, 0.23 translate 15.75 * y }
  torus { 1.70, 0.09 translate 13.52 * y }
  #local Rib = 0;
  #while (Rib < 72)
    cylinder { <1.74, 13.75, 0>, <1.74, 15.62, 0>, 0.055 rotate Rib * 5 * y }
    sphere { <1.74, 15.62, 0>, 0.055 rotate Rib * 5 * y }
    #local Rib = Rib + 1;
  #end
  texture { Bakelite }
  interior { ior 1.6 }
};

// flat drawing of the label: x along the label in cm, y up in cm, middle of the front at the origin
#declare Label_Width = 12.0;
#declare Label_Height = 7.6;
#declare Label_Ink = union {
  object { Frame (<-Label_Width / 2 + 0.22, 0.22>, <Label_Width / 2 - 0.22, Label_Height - 0.22>, 0.045) }
  object { Words ("LINDROW", Sans, 1.02, 0.10, 0.026, <0, 3.62, 0>) }
  object { Words ("BODY OIL", Sans, 0.46, 0.20, 0.006, <0, 2.62, 0>) }
  object { Words ("bergamot & cedar", Serif, 0.52, 0.02, 0, <0, 1.78, 0>) }
  object { Words ("250 ml", Sans, 0.34, 0.06, 0.003, <0, 0.62, 0>) }
};
#declare Label_Copper = union {
  object { Emblem (1.25) translate <0, 5.55, 0> }
  box { <-1.5, 3.28, 0>, <1.5, 3.325, 1> }
  box { <-0.55, 1.36, 0>, <0.55, 1.40, 1> }
};

#macro Wrapped (Drawing, Radius)
  object {
    Drawing
    scale <1 / (2 * pi * Radius), 1, 2000>
    translate <0.75, 0, -1000>
  }
#end

#declare Label_Bottom = 2.1;
#declare Label_Radius = Body_Radius + 0.012;
#declare Label_Angle = degrees (Label_Width / 2 / Label_Radius);

#declare Label = difference {
  cylinder { <0, Label_Bottom, 0>, <0, Label_Bottom + Label_Height, 0>, Label_Radius }
  cylinder { <0, 0, 0>, <0, 12, 0>, Body_Radius + 0.001 }
  // all that lies further than Label_Angle from the front
  intersection {
    plane { -x, 0 rotate -Label_Angle * y }
    plane { x, 0 rotate Label_Angle * y }
    plane { -z, 0 }
  }
  pigment {
    object {
      Wrapped (Label_Ink, Body_Radius)
      pigment {
        object {
          Wrapped (Label_Copper, Body_Radius)
          color Teal
          color Copper
        }
      }
      pigment { color Cream }
    }
    warp { cylindrical orientation z dist_exp 0 }
    translate Label_Bottom * y
  }
  finish {
    diffuse 0.9
    specular 0.08
    roughness 0.05
    reflection { 0.0, 0.10 fresnel on }
    conserve_energy
  }
  interior { ior 1.45 }
};

#declare Bottle = union {
  difference {
    object { Bottle_Outside }
    object { Bottle_Inside }
    material { Amber }
    no_radiosity
    no_shadow
  }
  intersection {
    object { Bottle_Inside scale <1.0004, 1, 1.0004> }
    plane { y, 11.05 }
    material { Oil }
    no_radiosity
    no_shadow
  }
  object { Cap }
  object { Label }
  // Light would have to be followed through both walls of two lathes for every sample of every lamp:
  // the shadow is cast by a plain amber body in their place, which nothing else sees.
  union {
    cylinder { <0, 0.5, 0>, <0, 10.2, 0>, Body_Radius - 0.02 }
    cone { <0, 0.08, 0>, 2.5, <0, 0.5, 0>, Body_Radius - 0.02 }
    cone { <0, 10.2, 0>, Body_Radius - 0.02, <0, 12.3, 0>, 1.8 }
    cylinder { <0, 12.3, 0>, <0, 13.5, 0>, 1.43 }
    pigment { rgbf <0.80, 0.57, 0.33, 1> }
    finish { diffuse 0 }
    no_image
    no_reflection
    no_radiosity
  }
};

// ---- The balm: an aluminium tin ----

#declare Aluminium = texture {
  pigment { rgb <0.70, 0.71, 0.72> }
  finish {
    diffuse 0.20
    specular 0.5
    roughness 0.02
    metallic
    reflection { 0.62, 0.75 metallic }
    conserve_energy
  }
};

#declare Tin_Radius = 3.3;
#declare Tin_Ink = union {
  #local Turn = -1;
  #while (Turn < 2)
    object { Words ("LINDROW", Sans, 0.62, 0.10, 0.012, <Turn * 2 * pi * Tin_Radius / 3, 0.18, 0>) }
    #local Turn = Turn + 1;
  #end
};
#declare Tin_Top_Ink = union {
  object { Words ("LINDROW", Sans, 0.86, 0.10, 0.02, <0, 0.25, 0>) }
  object { Words ("HAND BALM", Sans, 0.50, 0.18, 0.01, <0, -0.85, 0>) }
  difference {
    cylinder { 0, z, 2.72 }
    cylinder { -z, 2 * z, 2.63 }
  }
  object { Emblem (0.85) translate <0, 1.45, 0> }
  translate -0.5 * z
};

#declare Tin = union {
  lathe {
    linear_spline 9,
    <0, 0>, <3.0, 0>, <3.12, 0.05>, <3.18, 0.14>, <3.18, 0.98>, <3.3, 1.02>, <3.3, 1.05>, <3.1, 1.1>, <0, 1.1>
    texture { Aluminium }
  }
  // the lid, with a rolled lower edge and a soft shoulder
  lathe {
    bezier_spline 16,
    Line_Segment (<0, 2.42>, <2.95, 2.42>)
    <2.95, 2.42>, <3.20, 2.42>, <3.30, 2.32>, <3.30, 2.10>
    Line_Segment (<3.30, 2.10>, <3.30, 1.08>)
    Line_Segment (<3.30, 1.08>, <0, 1.08>)
    texture { Aluminium }
  }
  torus { 3.28, 0.06 translate 1.12 * y texture { Aluminium } }
  // printed band and top
  cylinder {
    <0, 1.24, 0>, <0, 2.06, 0>, Tin_Radius + 0.004
    open
    pigment {
      object {
        Wrapped (Tin_Ink, Tin_Radius)
        color Teal
        color Cream
      }
      warp { cylindrical orientation z dist_exp 0 }
      translate 1.24 * y
    }
    finish { diffuse 0.85 specular 0.3 roughness 0.02 reflection { 0.02, 0.4 fresnel on } conserve_energy }
    interior { ior 1.5 }
  }
  disc {
    <0, 0, 0>, z, 2.92
    pigment {
      object {
        Tin_Top_Ink
        color Teal
        color Cream
      }
    }
    finish { diffuse 0.85 specular 0.3 roughness 0.02 reflection { 0.02, 0.4 fresnel on } conserve_energy }
    interior { ior 1.5 }
    rotate 90 * x
    translate 2.425 * y
  }
};

// ---- The carton ----

#macro Soft_Box (Low, High, Radius)
  #local A = Low + Radius;
  #local B = High - Radius;
  union {
    box { <Low.x, A.y, A.z>, <High.x, B.y, B.z> }
    box { <A.x, Low.y, A.z>, <B.x, High.y, B.z> }
    box { <A.x, A.y, Low.z>, <B.x, B.y, High.z> }
    #local I = 0;
    #while (I < 4)
      #local U = mod (I, 2);
      #local V = floor (I / 2);
      cylinder { <A.x, (U ? A.y : B.y), (V ? A.z : B.z)>, <B.x, (U ? A.y : B.y), (V ? A.z : B.z)>, Radius }
      cylinder { <(U ? A.x : B.x), A.y, (V ? A.z : B.z)>, <(U ? A.x : B.x), B.y, (V ? A.z : B.z)>, Radius }
      cylinder { <(U ? A.x : B.x), (V ? A.y : B.y), A.z>, <(U ? A.x : B.x), (V ? A.y : B.y), B.z>, Radius }
      sphere { <(U ? A.x : B.x), (V ? A.y : B.y), A.z>, Radius }
      sphere { <(U ? A.x : B.x), (V ? A.y : B.y), B.z>, Radius }
      #local I = I + 1;
    #end
  }
#end

#declare Carton_Width = 7.0;
#declare Carton_Height = 14.2;

#declare Carton_Front = union {
  object { Frame (<-3.1, 0.4>, <3.1, Carton_Height - 0.4>, 0.05) }
  object { Words ("LINDROW", Sans, 0.98, 0.10, 0.025, <0, 7.9, 0>) }
  object { Words ("BODY OIL", Sans, 0.44, 0.20, 0.006, <0, 6.75, 0>) }
  object { Words ("bergamot & cedar", Serif, 0.50, 0.02, 0, <0, 5.85, 0>) }
  object { Words ("250 ml", Sans, 0.32, 0.06, 0.003, <0, 0.85, 0>) }
  translate -0.5 * z
};
#declare Carton_Foil = object { Emblem (1.9) translate <0, 10.2, -0.5> };

#declare Carton = object {
  Soft_Box (<-Carton_Width / 2, 0, 0>, <Carton_Width / 2, Carton_Height, Carton_Width>, 0.09)
  pigment {
    object {
      Carton_Front
      pigment {
        object {
          Carton_Foil
          color Teal
          color Copper
        }
      }
      pigment { color Cream }
    }
  }
  finish { diffuse 0.9 specular 0.05 roughness 0.08 }
};

// ---- On the table ----

object { Bottle }
object { Tin rotate 10 * y translate <7.4, 0, -4.0> }
object { Carton rotate 16 * y translate <-6.8, 0, 3.6> }
