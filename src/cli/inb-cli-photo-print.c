/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-photo.h"

#include <glib/gi18n.h>

static const char *
get_format (const InbPhotoEncoded *file)
{
  return file->format == INB_IMAGE_PNG ? "png" : file->format == INB_IMAGE_JPEG ? "jpeg" : "webp";
}

static void
begin (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

static void
add_string_or_null (JsonBuilder *builder, const char *name, const char *value)
{
  if (value != NULL)
    {
      inb_json_add_string (builder, name, value);
      return;
    }
  json_builder_set_member_name (builder, name);
  json_builder_add_null_value (builder);
}

static void
add_point (JsonBuilder *builder, const char *name, double x, double y)
{
  begin (builder, name);
  inb_json_add_double (builder, "x", x);
  inb_json_add_double (builder, "y", y);
  json_builder_end_object (builder);
}

static void
add_found (JsonBuilder *builder, const InbPhotoSource *source)
{
  const InbPhotoFacts *facts = &source->facts;
  InbPhotoFormat format = source->file->header.format;
  gboolean may_move = format == INB_PHOTO_FORMAT_GIF || format == INB_PHOTO_FORMAT_WEBP;

  begin (builder, "found");
  inb_json_add_string (builder, "format", inb_photo_format_to_string (format));
  inb_json_add_int (builder, "width", facts->width);
  inb_json_add_int (builder, "height", facts->height);
  inb_json_add_double (builder, "megapixels", (double) facts->width * facts->height / 1e6);
  inb_json_add_int (builder, "bytes", source->file->bytes);
  add_string_or_null (builder, "profile", facts->profile);
  inb_json_add_boolean (builder, "alpha", facts->alpha);
  inb_json_add_string (builder, "colour", facts->colour);
  inb_json_add_boolean (builder, "converted", facts->converted);
  inb_json_add_int (builder, "bits", facts->bits);
  inb_json_add_int (builder, "orientation", facts->orientation);
  inb_json_add_int (builder, "pages", facts->pages);
  inb_json_add_boolean (builder, "animated", may_move && facts->pages > 1);
  json_builder_end_object (builder);
}

static void
add_notes (JsonBuilder *builder, const InbPhotoSource *source)
{
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < source->notes->len; i++)
    {
      const InbPhotoNote *note = source->notes->pdata[i];

      json_builder_begin_object (builder);
      inb_json_add_string (builder, "code", note->code);
      inb_json_add_string (builder, "text", note->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_framing (JsonBuilder *builder, const InbPhotoFrame *frame)
{
  const InbRect *window = &frame->plan.window;

  inb_json_add_string (builder, "framing", inb_ratio_to_string (frame->framing.ratio));
  inb_json_add_string (builder, "fit", inb_fit_to_string (frame->framing.fit));
  begin (builder, "window");
  inb_json_add_double (builder, "x", window->x);
  inb_json_add_double (builder, "y", window->y);
  inb_json_add_double (builder, "width", window->width);
  inb_json_add_double (builder, "height", window->height);
  json_builder_end_object (builder);
  add_string_or_null (builder, "focus_from",
                      frame->focus == INB_PHOTO_FOCUS_ASKED       ? "asked"
                      : frame->focus == INB_PHOTO_FOCUS_ATTENTION ? "attention"
                                                                  : NULL);
  if (frame->focus != INB_PHOTO_FOCUS_NONE)
    add_point (builder, "focus", frame->framing.focus_x, frame->framing.focus_y);
  add_string_or_null (builder, "background",
                      frame->extended ? inb_backdrop_kind_to_string (frame->backdrop) : NULL);
}

static void
add_file (JsonBuilder *builder, const InbPhotoEncoded *file, const char *output)
{
  g_autofree char *name = g_filename_display_name (output);

  begin (builder, "output");
  inb_json_add_string (builder, "path", name);
  inb_json_add_string (builder, "format", get_format (file));
  inb_json_add_int (builder, "width", file->width);
  inb_json_add_int (builder, "height", file->height);
  inb_json_add_int (builder, "bytes", (gint64) g_bytes_get_size (file->bytes));
  inb_json_add_int (builder, "bits", file->bits);
  inb_json_add_boolean (builder, "alpha", file->alpha);
  inb_json_add_boolean (builder, "flattened", file->flattened);
  if (file->quality > 0)
    inb_json_add_int (builder, "quality", file->quality);
  else
    add_string_or_null (builder, "quality", NULL);
  json_builder_end_object (builder);
}

static void
print_words (const InbPhotoSource *source, const InbPhotoFrame *frame, const char *output)
{
  g_autofree char *name = g_filename_display_name (output);
  g_autofree char *format = g_ascii_strup (get_format (frame->file), -1);
  g_autofree char *size = g_format_size (g_bytes_get_size (frame->file->bytes));

  /* Translators: file name, width, height, kind of file (PNG), size in bytes; then the photo's
   * width and height. */
  g_print (_ ("%s: %u×%u px, %s, %s, from a photo of %u×%u px\n"), name, frame->file->width,
           frame->file->height, format, size, source->facts.width, source->facts.height);
  for (guint i = 0; i < source->notes->len; i++)
    g_print ("%s\n", ((const InbPhotoNote *) source->notes->pdata[i])->text);
}

/**
 * inb_cli_photo_print_frame:
 * @source: the photo
 * @frame: what was made of it
 * @output: where it is
 * @json: one document for programs, instead of words
 */
void
inb_cli_photo_print_frame (const InbPhotoSource *source, const InbPhotoFrame *frame,
                           const char *output, gboolean json)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!json)
    {
      print_words (source, frame, output);
      return;
    }
  json_builder_begin_object (builder);
  add_found (builder, source);
  begin (builder, "done");
  add_framing (builder, frame);
  json_builder_end_object (builder);
  add_file (builder, frame->file, output);
  add_notes (builder, source);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
}

static void
add_canvas (JsonBuilder *builder, const InbPhotoPreview *preview, guint i)
{
  const InbCanvas *canvas = &preview->canvases[i];
  gboolean extended = canvas->width > canvas->photo_width || canvas->height > canvas->photo_height;

  json_builder_begin_object (builder);
  inb_json_add_string (builder, "name", i == 0 ? "wide" : "tall");
  inb_json_add_int (builder, "offset", (gint64) preview->offsets[i]);
  inb_json_add_int (builder, "width", canvas->width);
  inb_json_add_int (builder, "height", canvas->height);
  inb_json_add_int (builder, "stride", canvas->width * 4);
  begin (builder, "photo");
  inb_json_add_int (builder, "x", canvas->photo_x);
  inb_json_add_int (builder, "y", canvas->photo_y);
  inb_json_add_int (builder, "width", canvas->photo_width);
  inb_json_add_int (builder, "height", canvas->photo_height);
  json_builder_end_object (builder);
  add_string_or_null (builder, "background",
                      extended ? inb_backdrop_kind_to_string (preview->kinds[i]) : NULL);
  json_builder_end_object (builder);
}

/**
 * inb_cli_photo_print_preview:
 * @source: the photo
 * @preview: its working copy
 * @output: where its pixels are
 *
 * Always JSON: nobody but the window reads pixels without a header.
 */
void
inb_cli_photo_print_preview (const InbPhotoSource *source, const InbPhotoPreview *preview,
                             const char *output)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *name = g_filename_display_name (output);

  json_builder_begin_object (builder);
  add_found (builder, source);
  inb_json_add_boolean (builder, "transparent", preview->transparent);
  add_point (builder, "attention", preview->attention_x, preview->attention_y);
  inb_json_add_string (builder, "path", name);
  inb_json_add_string (builder, "pixels", "b8g8r8a8-premultiplied");
  json_builder_set_member_name (builder, "canvases");
  json_builder_begin_array (builder);
  for (guint i = 0; i < INB_PHOTO_N_CANVASES; i++)
    add_canvas (builder, preview, i);
  json_builder_end_array (builder);
  add_notes (builder, source);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
}
