/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "render/inb-boxes.h"

/* The boxes of a clip that came from somewhere. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  int fd = memfd_create ("clip", MFD_CLOEXEC);
  g_autoptr (GError) walk = NULL;
  g_autoptr (GError) clear = NULL;
  InbBoxes boxes = { 0 };

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  lseek (fd, 0, SEEK_SET);
  if (!inb_boxes_walk (fd, "clip", &boxes, &walk))
    g_assert_nonnull (walk);
  else
    g_assert_cmpuint (boxes.n_boxes, <=, INB_BOXES_MAX);
  inb_boxes_clear_times (fd, "clip", &clear);
  g_assert_cmpint (lseek (fd, 0, SEEK_END), ==, (off_t) size);
  close (fd);
  return 0;
}
