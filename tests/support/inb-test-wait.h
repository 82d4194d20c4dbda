/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_TEST_WATCHDOG_S 240

static inline gboolean
inb_test_bark_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until condition holds; fails after half a minute. */
#define wait_until(condition)                                                                \
  G_STMT_START                                                                               \
  {                                                                                          \
    gboolean barked = FALSE;                                                                 \
    guint watchdog = g_timeout_add_seconds (INB_TEST_WATCHDOG_S, inb_test_bark_cb, &barked); \
                                                                                             \
    while (!barked && !(condition))                                                          \
      g_main_context_iteration (NULL, TRUE);                                                 \
    if (barked)                                                                              \
      g_error ("waited %d s for %s", INB_TEST_WATCHDOG_S, #condition);                       \
    g_source_remove (watchdog);                                                              \
  }                                                                                          \
  G_STMT_END

G_END_DECLS
