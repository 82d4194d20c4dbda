/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-fix.h"
#include "jobs/inb-key-book.h"
#include "jobs/inb-photo-traits.h"
#include "jobs/inb-quote.h"

G_BEGIN_DECLS

typedef enum
{
  INB_RULE_PROVIDER_MISSING,
  INB_RULE_START_MISSING,
  INB_RULE_START_LOADING,
  INB_RULE_START_UNREADABLE,
  INB_RULE_LAST_LOADING,
  INB_RULE_LAST_UNREADABLE,
  INB_RULE_LAST_UNSUPPORTED,
  INB_RULE_FRAME_TOO_SMALL,
  INB_RULE_FRAME_SHAPE,
  INB_RULE_FRAMES_DIFFER,
  INB_RULE_PROMPT_EMPTY,
  INB_RULE_PROMPT_TOO_LONG,
  INB_RULE_NEGATIVE_TOO_LONG,
  INB_RULE_NEGATIVE_IGNORED,
  INB_RULE_GUIDANCE_IGNORED,
  INB_RULE_DURATION_MISSING,
  INB_RULE_RESOLUTION_MISSING,
  INB_RULE_KEY_MISSING,
  INB_RULE_KEY_LOCKED,
  INB_RULE_DISK_LOW,
  INB_RULE_OVER_DAY_CAP,
  INB_RULE_OVER_ORDER_CAP,
  INB_RULE_PRICE_UNPUBLISHED,
  INB_RULE_OTHERS_FOLLOW,
  INB_RULE_PHOTO_TOO_LARGE,
  INB_RULE_PHOTO_TRANSPARENT,
  INB_RULE_PHOTO_CONVERTED,
} InbRule;

#define INB_N_RULES (INB_RULE_PHOTO_CONVERTED + 1)
#define INB_MAX_FIXES 2

/**
 * InbCheckWeight:
 * @INB_CHECK_NOTE: good to know: nothing has to be done
 * @INB_CHECK_WARNING: it can be asked for, but may not be what was meant, or asks first
 * @INB_CHECK_WANTING: it cannot be asked for yet: something is still to be filled in, or being read
 * @INB_CHECK_BLOCKS: it cannot be asked for like this
 */
typedef enum
{
  INB_CHECK_NOTE,
  INB_CHECK_WARNING,
  INB_CHECK_WANTING,
  INB_CHECK_BLOCKS,
} InbCheckWeight;

/**
 * InbCheck:
 * @rule: which rule
 * @weight: how much it matters
 * @text: what is the matter, in one line
 * @why: (nullable): the longer story: whose rule it is, what is done about it
 * @fixes: what mends it, best first; %INB_FIX_NONE where nothing is left to press
 *
 * One finding about a request that is not sent yet.
 */
typedef struct
{
  InbRule rule;
  InbCheckWeight weight;
  char *text;
  char *why;
  InbFix fixes[INB_MAX_FIXES];
} InbCheck;

typedef enum
{
  INB_PHOTO_ABSENT,
  INB_PHOTO_LOADING,
  INB_PHOTO_UNREADABLE,
  INB_PHOTO_THERE,
} InbPhotoPresence;

/**
 * InbCheckedPhoto:
 * @presence: whether it is there
 * @problem: (nullable): why it could not be read
 * @traits: what is known of it; a size where it is there
 *
 * A photo as the checks see it. Borrowed.
 */
typedef struct
{
  InbPhotoPresence presence;
  const char *problem;
  InbPhotoTraits traits;
} InbCheckedPhoto;

/**
 * InbSituation:
 * @request: what the form asks for; need not be complete
 * @start: its start photo
 * @last: its last photo; the same one again for a loop
 * @budget: what is spent and allowed
 * @keys: (nullable) (element-type utf8 InbKeyPresence): id of a provider → whether there is a key;
 * one that is not in it is not known yet
 * @free_bytes: on the disk; −1: not known
 *
 * All that the checks look at. Borrowed.
 */
typedef struct
{
  const InbRequest *request;
  InbCheckedPhoto start;
  InbCheckedPhoto last;
  InbBudget budget;
  GHashTable *keys;
  gint64 free_bytes;
} InbSituation;

const char *inb_rule_to_string (InbRule rule);
const char *inb_check_weight_get_words (InbCheckWeight weight);
GPtrArray *inb_checks_run (const InbSituation *situation);
const InbCheck *inb_checks_get_obstacle (const GPtrArray *checks);
void inb_check_free (InbCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbCheck, inb_check_free)

G_END_DECLS
