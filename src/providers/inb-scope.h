/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-reader.h"
#include "providers/inb-service.h"

G_BEGIN_DECLS

/* Which values a template may name; those of hosts, models and "uuid" may stand everywhere. */
typedef enum
{
  INB_SCOPE_KEYS = 1 << 0,    /* key:NAME */
  INB_SCOPE_JWT = 1 << 1,     /* jwt */
  INB_SCOPE_REQUEST = 1 << 2, /* what was asked for, and the frames */
  INB_SCOPE_JOB = 1 << 3,     /* job */
  INB_SCOPE_REMOTE = 1 << 4,  /* id, kept.NAME */
  INB_SCOPE_WINDOW = 1 << 5,  /* since, until, since_ms, until_ms */
  INB_SCOPE_UPLOAD = 1 << 6,  /* upload.NAME */
} InbScopeValues;

/**
 * InbScope:
 * @service: hosts, credentials and what is kept, as far as they were read
 * @variables: (element-type utf8): names that every model has a value for
 * @values: what else may be named
 * @with: (nullable): the only credentials that may be named
 *
 * What the templates in one place of a provider file may name. Borrowed.
 */
typedef struct
{
  const InbService *service;
  GHashTable *variables;
  InbScopeValues values;
  char **with;
} InbScope;

gboolean inb_scope_may_set (const InbScope *self, const char *name);
gboolean inb_scope_read_template (const InbScope *self, InbReader *reader, const char *name,
                                  JsonNode **template);
gboolean inb_scope_read_url (const InbScope *self, InbReader *reader, const char *name, char **url);
gboolean inb_scope_read_headers (const InbScope *self, InbReader *reader, const char *name,
                                 JsonNode **headers);
gboolean inb_scope_read_call (const InbScope *self, InbReader *reader, InbCall *call);
gboolean inb_scope_enter_call (const InbScope *self, InbReader *reader, InbReader *parent,
                               const char *name, InbCall **call);

G_END_DECLS
