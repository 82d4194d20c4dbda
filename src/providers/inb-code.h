/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-provider.h"

G_BEGIN_DECLS

typedef enum
{
  INB_CODE_CURL,       /* POSIX sh with curl and jq */
  INB_CODE_JAVASCRIPT, /* node 18 or newer, nothing but its fetch; the AI SDK for the AI Gateway */
  INB_CODE_PYTHON,     /* Python 3.8 or newer, its standard library */
  INB_CODE_COMMAND,    /* our own command line */
} InbCodeLanguage;

#define INB_N_CODE_LANGUAGES (INB_CODE_COMMAND + 1)

/**
 * InbCodePhoto:
 * @file: name of the file that the program reads, as it is to be written into it
 * @url: (nullable): an address of the same picture that a service may be given instead
 * @media: its media type, such as "image/jpeg"; see inb_code_guess_media()
 * @prepared: whether the file is a frame of ours: upright, framed, within the service's limits
 *
 * A picture of a request, for a program that is written. Borrowed for a call.
 */
typedef struct
{
  const char *file;
  const char *url;
  const char *media;
  gboolean prepared;
} InbCodePhoto;

/**
 * InbCodeOrder:
 * @request: what is asked for
 * @start: the start frame
 * @last: (nullable): the last frame, if the request has one
 * @sign_in: (nullable): the way to sign in; %NULL: the service's first
 * @home: (nullable): origin a person set instead of the service's
 * @clip: (nullable): file the clip is written to; %NULL: named after the start frame
 * @product: (nullable): name of the product, for %INB_CODE_COMMAND
 * @matte: (nullable): file in which the product is marked, likewise
 *
 * What a program is written of. Borrowed for a call.
 */
typedef struct
{
  const InbRequest *request;
  const InbCodePhoto *start;
  const InbCodePhoto *last;
  const InbSignIn *sign_in;
  const char *home;
  const char *clip;
  const char *product;
  const char *matte;
} InbCodeOrder;

char *inb_code_write (const InbCodeOrder *order, InbCodeLanguage language, GError **error);
char *inb_code_dup_cost (const InbRequest *request);
const char *inb_code_language_to_string (InbCodeLanguage language);
gboolean inb_code_language_from_string (const char *text, InbCodeLanguage *language);
const char *inb_code_guess_media (const char *file);

G_END_DECLS
