/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "providers/inb-words.h"

/* xgettext reads no JSON: what data/motions says to people stands here once more, and a test holds
 * the two together. Prompts are not translated: services and engine read English. */
const char *const inb_motion_words[] = {
  /* Translators: a way for a product to move, on a small button */
  N_ ("Turntable"),
  N_ ("The product turns slowly, as on a stand."),
  /* Translators: a way for a product to move, on a small button */
  N_ ("Push in"),
  N_ ("The camera comes closer, slowly and straight."),
  /* Translators: a way for a product to move, on a small button */
  N_ ("Orbit"),
  N_ ("The camera walks around the product."),
  /* Translators: a way for a product to move, on a small button */
  N_ ("Light sweep"),
  N_ ("A band of light glides over the surface."),
  /* Translators: a way for a product to move, on a small button */
  N_ ("Hero reveal"),
  N_ ("From a close look to the whole product."),
  /* Translators: a way for a product to move, on a small button */
  N_ ("Seamless loop"),
  N_ ("Ends on the frame it begins with, for endless play."),
  /* Translators: a way for a product to move, on a small button */
  N_ ("Parallax"),
  N_ ("Foreground and background glide apart."),
  /* Translators: a way for a product to move, on a small button */
  N_ ("Liquid pour"),
  N_ ("Something flows, in slow motion."),
  /* Translators: a way for a product to move, on a small button */
  N_ ("Unbox"),
  N_ ("The package opens and the product comes out."),
  /* Translators: a way for a product to move, on a small button */
  N_ ("Steam"),
  N_ ("Warm steam rises and curls."),
  /* Translators: a way for a product to move, on a small button */
  N_ ("Fabric breeze"),
  N_ ("Cloth moves in a light wind."),
  /* Translators: a way for a product to move, on a small button */
  N_ ("Colourway morph"),
  N_ ("Turns into the last frame: another colour of the same product."),
  NULL,
};
