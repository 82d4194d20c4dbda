/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-json.h"

G_BEGIN_DECLS

/**
 * InbReader:
 * @file: name of the file, for messages
 * @path: where we are: "models[0].price"
 * @object: what is being read
 * @seen: members that were asked for
 * @error: the first fault
 *
 * Walks one object of a provider file: strict, and every fault is named by file, path and reason.
 * On the stack; made by inb_reader_begin() or inb_reader_enter(), ended by inb_reader_end().
 */
typedef struct
{
  const char *file;
  char *path;
  JsonObject *object;
  GHashTable *seen;
  GError **error;
} InbReader;

void inb_reader_begin (InbReader *self, const char *file, JsonObject *object, GError **error);
gboolean inb_reader_enter (InbReader *self, InbReader *parent, const char *name);
gboolean inb_reader_enter_element (InbReader *self, InbReader *parent, const char *name,
                                   JsonArray *array, guint index);
gboolean inb_reader_end (InbReader *self);
gboolean inb_reader_refuse (InbReader *self, const char *name, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

JsonNode *inb_reader_get (InbReader *self, const char *name);
gboolean inb_reader_is_null (InbReader *self, const char *name);
gboolean inb_reader_string (InbReader *self, const char *name, const char **value);
gboolean inb_reader_string_or_null (InbReader *self, const char *name, const char **value);
gboolean inb_reader_int (InbReader *self, const char *name, gint64 min, gint64 max, gint64 *value);
gboolean inb_reader_int_or_null (InbReader *self, const char *name, gint64 max, gint64 *value);
gboolean inb_reader_boolean (InbReader *self, const char *name, gboolean *value);
gboolean inb_reader_array (InbReader *self, const char *name, JsonArray **value);
gboolean inb_reader_word (InbReader *self, const char *name, const char *const *words,
                          guint n_words, guint *index);

gboolean inb_reader_dup_text (InbReader *self, const char *name, guint max_chars, char **text);
gboolean inb_reader_dup_path (InbReader *self, const char *name, char **path);
gboolean inb_reader_dup_path_or_null (InbReader *self, const char *name, char **path);
gboolean inb_reader_dup_texts (InbReader *self, const char *name, guint max, char ***texts);
gboolean inb_reader_dup_words (InbReader *self, const char *name, char ***words);
gboolean inb_reader_dup_paths (InbReader *self, const char *name, gboolean headers, char ***paths);
gboolean inb_reader_dup_values (InbReader *self, const char *name, char ***values);
gboolean inb_reader_ints (InbReader *self, const char *name, guint min, guint max, GArray *values);

G_END_DECLS
