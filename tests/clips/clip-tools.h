/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "net/inb-json.h"
#include "render/inb-decoder.h"

G_BEGIN_DECLS

#define CLIP_WIDTH 320
#define CLIP_HEIGHT 180
#define CLIP_FPS 30

/* A folder of the test's own, gone at its end. */
typedef struct
{
  char *folder;
} ClipFixture;

#define CLIP_TEST(path, function) \
  g_test_add (path, ClipFixture, NULL, clip_set_up, function, clip_tear_down)

void clip_set_up (ClipFixture *fixture, gconstpointer data);
void clip_tear_down (ClipFixture *fixture, gconstpointer data);
char *clip_path (ClipFixture *fixture, const char *name);
guint clip_count_files (ClipFixture *fixture);

GBytes *clip_frame_new (guint width, guint height, guint number);
void clip_make (const char *path, const char *container, guint width, guint height, guint n_frames);
void clip_make_with_sound (const char *path, gboolean pictures);
void clip_cut (const char *from, const char *to, gsize length);
guint clip_read_number (GstSample *sample);

guint clip_set_rank (const char *factory, guint rank);

typedef struct
{
  int status;
  char *out;
  char *err;
} ClipRun;

void clip_set_variable (const char *name, const char *value);
void clip_run (ClipRun *run, const char *first, ...) G_GNUC_NULL_TERMINATED;
void clip_run_clear (ClipRun *run);
JsonObject *clip_parse (const char *text);
char *clip_probe (const char *path, const char *entries);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ClipRun, clip_run_clear)

G_END_DECLS
