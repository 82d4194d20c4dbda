/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"
#include "ui/inb-toast.h"

#define N_TOASTS 4

static GtkWidget *
find_toast (GtkWidget *overlay)
{
  for (GtkWidget *child = gtk_widget_get_first_child (overlay); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (gtk_widget_get_css_name (child), "toast"))
      return child;
  return NULL;
}

static void
count_cb (guint *n_gone)
{
  (*n_gone)++;
}

/* Each comes while the one before fades out, and goes at once: the order that is taken back as soon
 * as it is given. Without the wait in inb_toast_dismiss() freed memory is written. */
static void
test_toasts_may_come_and_go_at_once (void)
{
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *window = ui_test_show (overlay, 600, 300);
  guint n_gone = 0;

  for (guint i = 0; i < N_TOASTS; i++)
    {
      AdwToast *toast = adw_toast_new ("1 clip · $0.35");

      g_signal_connect_swapped (toast, "dismissed", G_CALLBACK (count_cb), &n_gone);
      adw_toast_set_timeout (toast, 0);
      adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
      inb_toast_add (ADW_TOAST_OVERLAY (overlay), toast);
      inb_toast_dismiss (toast);
      while (i % 2 == 0 && find_toast (overlay) == NULL)
        g_main_context_iteration (NULL, TRUE);
    }
  while (find_toast (overlay) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_gone, ==, N_TOASTS);
  ui_test_close (window);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/toast/come-and-go-at-once", test_toasts_may_come_and_go_at_once);
  return g_test_run ();
}
