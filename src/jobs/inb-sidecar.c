/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-sidecar.h"

#include <string.h>

#include "core/inb-money.h"
#include "store/inb-files.h"
#include "store/inb-paths.h"

/**
 * inb_sidecar_add_request:
 * @builder: inside an object
 * @request: what was asked for
 *
 * Adds the members of a request; what was not asked for is null.
 */
void
inb_sidecar_add_request (JsonBuilder *builder, const InbRequest *request)
{
  inb_json_add_string (builder, "start_photo", request->start);
  inb_json_add_string (builder, "start_name", request->start_name);
  inb_json_add_string (builder, "last_photo", request->last);
  inb_json_add_string (builder, "last_name", request->last_name);
  inb_json_add_string (builder, "matte", request->matte);
  inb_json_add_string (builder, "prompt", request->prompt);
  inb_json_add_string (builder, "negative", request->negative);
  json_builder_set_member_name (builder, "guidance");
  if (request->guidance < 0.0)
    json_builder_add_null_value (builder);
  else
    json_builder_add_double_value (builder, request->guidance);
  inb_json_add_int (builder, "duration_s", request->duration_s);
  inb_json_add_string (builder, "framing", inb_ratio_to_string (request->framing.ratio));
  inb_json_add_string (builder, "fit", inb_fit_to_string (request->framing.fit));
  json_builder_set_member_name (builder, "focus");
  if (request->framing.focus_x < 0.0)
    json_builder_add_null_value (builder);
  else
    {
      json_builder_begin_array (builder);
      json_builder_add_double_value (builder, request->framing.focus_x);
      json_builder_add_double_value (builder, request->framing.focus_y);
      json_builder_end_array (builder);
    }
  inb_json_add_string (builder, "resolution", request->resolution);
  inb_json_add_string (builder, "provider", request->provider);
  inb_json_add_string (builder, "model", request->model);
  inb_json_add_int (builder, "seed", request->seed);
}

static void
add_clip (JsonBuilder *builder, const InbClip *clip)
{
  g_autofree char *name = g_path_get_basename (clip->path);

  json_builder_set_member_name (builder, "clip");
  json_builder_begin_object (builder);
  inb_json_add_string (builder, "file", name);
  inb_json_add_string (builder, "sha256", clip->sha256);
  inb_json_add_int (builder, "bytes", clip->size);
  inb_json_add_string (builder, "container", clip->container);
  inb_json_add_string (builder, "codec", clip->codec);
  inb_json_add_int (builder, "width", clip->width);
  inb_json_add_int (builder, "height", clip->height);
  inb_json_add_int (builder, "frames", clip->n_frames);
  inb_json_add_int (builder, "fps_n", clip->fps_n);
  inb_json_add_int (builder, "fps_d", clip->fps_d);
  inb_json_add_int (builder, "duration_ns", clip->duration_ns);
  json_builder_end_object (builder);
}

/* Everything a row says, but nothing that opens a door: there is no key in a row. */
static char *
print (const InbRow *row, const InbClip *clip)
{
  InbJob *job = row->job;
  const InbJobFacts *facts = inb_job_get_facts (job);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  inb_json_add_int (builder, "format", 1);
  inb_json_add_string (builder, "id", inb_job_get_id (job));
  inb_json_add_string (builder, "product_id", inb_job_get_product_id (job));
  inb_json_add_string (builder, "product", inb_job_get_product_name (job));
  inb_json_add_int (builder, "take", inb_job_get_take (job));
  inb_json_add_int (builder, "batch_index", row->batch_index);
  inb_json_add_int (builder, "created_us", inb_job_get_created (job));
  inb_sidecar_add_request (builder, inb_job_get_request (job));
  inb_json_add_string (builder, "remote_id", facts->remote_id);
  inb_json_add_int (builder, "estimate_micros", inb_job_get_estimate (job));
  json_builder_set_member_name (builder, "actual_micros");
  if (facts->actual_micros == INB_MICROS_UNKNOWN)
    json_builder_add_null_value (builder);
  else
    json_builder_add_int_value (builder, facts->actual_micros);
  add_clip (builder, clip);
  json_builder_end_object (builder);
  return inb_json_builder_print (builder, TRUE);
}

/**
 * inb_sidecar_write:
 * @root: the data folder
 * @row: a job
 * @clip: its clip, with the path it has or will have
 * @error: as inb_files_write()
 *
 * Writes the notes beside the clip: all that is known of the job, so that a lost database can be
 * made anew from them.
 *
 * Returns: %TRUE if they are on the disk
 */
gboolean
inb_sidecar_write (const char *root, const InbRow *row, const InbClip *clip, GError **error)
{
  const char *id = inb_job_get_id (row->job);
  g_autofree char *text = print (row, clip);
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  g_autofree char *path = inb_paths_dup_clip (root, inb_job_get_created (row->job), id, "json");
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("job-notes-%s.json", uuid);
  g_autofree char *temporary = inb_paths_dup_temporary (root, name);

  return inb_files_write (temporary, path, line, strlen (line), error);
}
