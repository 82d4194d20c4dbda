/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PHOTO MATTE: finds the product in a photo and writes where it is as a PGM of the photo's size,
 * accepted or not; one JSON line on standard output. See README.md. */
#include "config.h"

#include "photo/inb-photo-source.h"
#include "render/inb-cutout.h"
#include "render/inb-farm.h"
#include "render/inb-matte-finder.h"

static void
write_pgm (const InbPlane *alpha, const char *path)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_string_printf (text, "P5\n%d %d\n255\n", alpha->width, alpha->height);
  for (int y = 0; y < alpha->height; y++)
    for (int x = 0; x < alpha->width; x++)
      g_string_append_c (text, (char) (alpha->data[y * alpha->stride + x] * 255 / INB_ALPHA_ONE));
  if (!g_file_set_contents (path, text->str, (gssize) text->len, &error))
    g_error ("%s", error->message);
}

static void
clear (InbLayerPlanes *planes)
{
  for (guint i = 0; i < 3; i++)
    inb_plane_free (planes->colour[i]);
  g_clear_pointer (&planes->alpha, inb_plane_free);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbPhotoSource) source = NULL;
  g_autoptr (InbPixels) photo = NULL;
  g_autoptr (InbMatte) matte = NULL;
  InbPhotoPart part = { 0 };
  InbLayerPlanes product, back;
  gint64 begin, found, cut;

  if (argc != 3)
    g_error ("usage: bench-matte PHOTO MATTE");
  source = inb_photo_source_open (argv[1], NULL, &error);
  if (source != NULL)
    {
      part.width = part.out_width = source->facts.width;
      part.height = part.out_height = source->facts.height;
      photo = inb_photo_source_decode (source, &part, &error);
    }
  if (photo == NULL)
    g_error ("%s", error->message);

  begin = g_get_monotonic_time ();
  matte = inb_matte_find (photo, inb_farm_get_default_threads ());
  found = g_get_monotonic_time ();
  inb_cutout_make (photo, matte, 1.0, inb_farm_get_default_threads (), &product, &back);
  cut = g_get_monotonic_time ();
  write_pgm (product.alpha, argv[2]);
  g_print ("{\"area\": %.4f, \"inliers\": %.4f, \"confidence\": %.3f, \"accepted\": %s, "
           "\"find_s\": %.4f, \"cut_s\": %.4f}\n",
           matte->area, matte->inliers, matte->confidence, matte->accepted ? "true" : "false",
           (double) (found - begin) / G_USEC_PER_SEC, (double) (cut - found) / G_USEC_PER_SEC);
  clear (&product);
  clear (&back);
  return 0;
}
