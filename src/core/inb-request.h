/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-framing.h"

G_BEGIN_DECLS

#define INB_MAX_TAKES 4
/* seed 001 and 003: the prompt has at most 2500 characters; no provider of this model takes more */
#define INB_MAX_PROMPT_CHARS 2500
/* of a product, and of a photo's file name as it is kept */
#define INB_MAX_NAME_BYTES 255

/**
 * InbRequest:
 * @start: sha256 (64 hex digits) of the start photo's bytes in the data folder's photos/
 * @start_name: the file name it came with, for people
 * @last: (nullable): the same of the last photo
 * @last_name: (nullable): the same
 * @matte: (nullable): the same of a picture of the start photo's shape, white where it shows the
 * product: marked by hand, for the local engine
 * @prompt: how it should move, UTF-8, 1 to 2500 characters
 * @negative: (nullable): what should not be
 * @guidance: 0…1; −1: not asked for
 * @duration_s: 5 or 10
 * @framing: for both frames
 * @resolution: (nullable): "1080p" or "720p"; %NULL: the provider's own
 * @takes: 1 to 4, each a job
 * @provider: id of a provider, "local" for the engine
 * @route: (nullable): ids of providers to try after it where it accepted nothing, separated by
 * commas
 * @model: (nullable): id of one of its models; %NULL: its first
 * @seed: of the first take; the others count up from it
 *
 * Everything that was asked for. Filled in once by whoever asks, then never changed.
 */
typedef struct
{
  char *start;
  char *start_name;
  char *last;
  char *last_name;
  char *matte;
  char *prompt;
  char *negative;
  double guidance;
  guint duration_s;
  InbFraming framing;
  char *resolution;
  guint takes;
  char *provider;
  char *route;
  char *model;
  guint32 seed;
} InbRequest;

InbRequest *inb_request_new (void);
InbRequest *inb_request_copy (const InbRequest *self);
void inb_request_free (InbRequest *self);
gboolean inb_request_validate (const InbRequest *self, GError **error);
GStrv inb_request_dup_route (const InbRequest *self);
char *inb_request_fit_name (const char *name);
char *inb_request_dup_product_name (const char *file_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbRequest, inb_request_free)

G_END_DECLS
