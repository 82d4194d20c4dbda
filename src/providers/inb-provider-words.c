/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "providers/inb-words.h"

/* xgettext reads no JSON: what data/providers says to people in English stands here once more, and
 * a test holds the two together. Names of services and of their models are names, and stay. */
const char *const inb_provider_words[] = {
  N_ ("The service takes a value, but Kling documents no effect for this model."),
  N_ ("The start frame decides the shape of the clip."),
  N_ ("This model makes clips without sound."),
  N_ ("At most 100 new clips a minute and 10 at once per key. Photos are uploaded there first."),
  N_ ("The standard model has no field for a last frame. Choose the Pro model."),
  N_ ("Photos are uploaded there first. How long a clip is kept is a setting of the account."),
  N_ ("Highway API has no field for a last frame."),
  N_ ("First frame only. The clip stays there for an hour; it is fetched as soon as it is done. No "
      "price is published."),
  N_ ("Kling’s 2.x models take no guidance."),
  N_ ("Kling takes a last frame in its pro mode only. Choose the Pro model."),
  N_ ("Kling’s own service. Sign in with an API key, or with an access key and a secret key."),
  /* Translators: the provider that is this computer itself */
  N_ ("Local engine"),
  /* Translators: a model of the local engine */
  N_ ("Camera moves"),
  /* Translators: a model of the local engine */
  N_ ("Camera moves, faster"),
  N_ ("The local engine follows the words it knows exactly; there is nothing to guide."),
  N_ ("The local engine adds nothing to the photo, so there is nothing to keep out."),
  N_ ("The framing of the photo decides the shape of the clip."),
  N_ ("Clips have no sound."),
  N_ ("Animatic, free, offline: camera moves over your photos. It invents no new content."),
  N_ ("Novita AI has no field for a last frame."),
  N_ ("Whether Replicate takes guidance for this model is not published."),
  N_ ("Photos and clips are deleted there after an hour; the clip is fetched as soon as it is "
      "done. No price is published."),
  N_ ("Video is in beta for Pro, Enterprise and paying accounts. It is billed at Kling’s rates; no "
      "price is published."),
  N_ ("Failed clips are paid back. Uploaded photos and clips stay there for a week. A new key "
      "works after the first top-up."),
  /* Translators: kinds of keys, as the services call them */
  N_ ("API key"),
  N_ ("API token"),
  N_ ("Access key"),
  N_ ("Key ID"),
  N_ ("Key secret"),
  N_ ("Key, ID:SECRET"),
  N_ ("OIDC token"),
  N_ ("Secret key"),
  /* Translators: who says what a clip costs; stands in “Price as on %s” */
  N_ ("Kling’s price list for its API"),
  N_ ("WaveSpeedAI’s page of the model"),
  N_ ("eachlabs’ page of the model, updated 2026-04-06"),
  N_ ("fal.ai’s page of the model"),
  N_ ("runs on this computer"),
  NULL,
};
