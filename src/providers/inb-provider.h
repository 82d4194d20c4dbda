/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-limits.h"
#include "core/inb-request.h"
#include "providers/inb-service.h"

G_BEGIN_DECLS

/* A provider file is not read beyond this. */
#define INB_PROVIDER_MAX_BYTES (64 * 1024)

typedef enum
{
  INB_PROVIDER_LOCAL,
  INB_PROVIDER_HOSTED,
} InbProviderKind;

typedef enum
{
  INB_CAPABILITY_NO,
  INB_CAPABILITY_IGNORED,
  INB_CAPABILITY_UNPROVEN,
  INB_CAPABILITY_YES,
} InbCapability;

typedef enum
{
  INB_FEATURE_LAST_FRAME,
  INB_FEATURE_GUIDANCE,
  INB_FEATURE_NEGATIVE,
  INB_FEATURE_ASPECT,
  INB_FEATURE_AUDIO,
} InbFeature;

#define INB_N_FEATURES (INB_FEATURE_AUDIO + 1)

/**
 * InbModel:
 * @id: word of the command line and the database
 * @name: for people
 * @released: (nullable): day, such as "2025-09-23"
 * @resolution: "1080p" or "720p"
 * @durations_s: (element-type guint): seconds that can be asked for
 * @prices: (element-type gint64): micro-dollars of a clip, one for each of @durations_s; −1 where
 * none is published
 * @price_source: (nullable): who says so
 * @takes_per_submit: clips one request makes, ≥ 1
 * @typical_s: seconds a clip takes; 0 unknown
 * @can: what it does with each #InbFeature
 * @variables: (nullable) (element-type utf8 utf8): values of the placeholders "model.NAME"
 * @reasons: (nullable): why not, for people
 */
typedef struct
{
  char *id;
  char *name;
  char *released;
  char *resolution;
  GArray *durations_s;
  GArray *prices;
  char *price_source;
  guint takes_per_submit;
  guint typical_s;
  InbCapability can[INB_N_FEATURES];
  char *reasons[INB_N_FEATURES];
  GHashTable *variables;
} InbModel;

/**
 * InbProvider:
 * @id: word of the command line and the database
 * @kind: how it is served
 * @name: for people
 * @site: (nullable): https address
 * @keys_page: (nullable): https address
 * @prompt_chars: most characters of a prompt; 0: not stated
 * @negative_chars: the same of a negative prompt
 * @limits: what it takes as a frame
 * @models: (element-type InbModel): at least one
 * @zero_data_retention: 1 yes, 0 no, −1 not stated
 * @no_training: the same
 * @note: (nullable): one sentence for people
 * @service: (nullable): how a hosted one is talked to
 * @own: whether it is a person's own file
 *
 * One provider file, read and checked. Immutable.
 */
typedef struct
{
  char *id;
  InbProviderKind kind;
  char *name;
  char *site;
  char *keys_page;
  guint prompt_chars;
  guint negative_chars;
  InbLimits limits;
  GPtrArray *models;
  int zero_data_retention;
  int no_training;
  char *note;
  InbService *service;
  gboolean own;
} InbProvider;

void inb_model_free (InbModel *self);
void inb_provider_free (InbProvider *self);
const char *inb_feature_to_string (InbFeature feature);
const char *inb_capability_to_string (InbCapability capability);
const char *inb_capability_get_words (InbCapability capability);
const char *inb_provider_get_name (const InbProvider *self);
const char *inb_model_get_name (const InbModel *self);
const InbModel *inb_provider_get_model (const InbProvider *self, const char *id, GError **error);
gint64 inb_model_get_price (const InbModel *self, guint duration_s);
gboolean inb_provider_check (const InbProvider *self, const InbRequest *request, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbModel, inb_model_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbProvider, inb_provider_free)

G_END_DECLS
