/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-house.h"

#include <gst/gst.h>

#include "inb-test-clip.h"
#include "inb-test-wait.h"
#include "store/inb-paths.h"
#include "store/inb-store.h"
#include "ui/inb-preferences.h"

/* Takes of one product, one in each state that a person can meet. */
static const struct
{
  const char *state;
  const char *more;
} takes[] = {
  { "DONE", "provider = 'local'" },
  { "RUNNING", "provider = 'wavespeed', progress = 0.4, started_us = created_us" },
  { "FAILED_REMOTE",
    "provider = 'wavespeed', charged = 'no', error_class = 'REMOTE',"
    " error_message = '[1.5] (⟦WaveSpeed⟧) 3 ≠ 4; ⟦the picture was refused⟧', remote_id = '9b1c'" },
  { "UNKNOWN", "provider = 'fal', charged = 'maybe'" },
  { "QUEUED", "provider = 'novita', started_us = created_us" },
  { "CANCELLED_REMOTE", "provider = 'eachlabs', charged = 'yes'" },
  { "READY", "provider = 'kling', paused = 1" },
  { "DONE", "provider = 'wavespeed', actual_micros = 350000, estimate_micros = 350000,"
            " charged = 'yes'" },
};

static void
run (InbStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;

  inb_database_run (inb_store_get_database (store), sql, &error);
  g_assert_no_error (error);
}

static void
add_take (InbStore *store, guint i, const InbClip *clip)
{
  g_autoptr (InbRequest) request = inb_request_new ();
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;
  const char *id;

  request->start = g_strnfill (64, 'a');
  request->start_name = g_strdup ("10442");
  request->prompt = g_strdup ("⟦slow push in, soft light⟧");
  /* names that a person gave are not translated: brackets say so to the test of words */
  ids = inb_store_add (store, request, "mug", "⟦Blue mug⟧", &(InbTerms){ .estimate_micros = 0 },
                       &error);
  g_assert_no_error (error);
  id = g_ptr_array_index (ids, 0);
  sql = g_strdup_printf (
      "UPDATE jobs SET state = '%s', created_us = created_us + %u, %s WHERE id = '%s'",
      takes[i].state, i, takes[i].more, id);
  run (store, sql);
  if (strcmp (takes[i].state, "DONE") == 0)
    {
      g_autofree char *done =
          g_strdup_printf ("UPDATE jobs SET clip = 'clips/made.mkv', proxy = 'clips/made.mkv', "
                           "width = %u, height = %u,"
                           " n_frames = %u, fps_n = %u, fps_d = %u, duration_ns = 5000000000, size "
                           "= 1, sha256 = '0',"
                           " finished_us = created_us + 9 WHERE id = '%s'",
                           clip->width, clip->height, clip->n_frames, clip->fps_n, clip->fps_d, id);

      run (store, done);
    }
}

static void
fill (const char *root)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (root, "clips", NULL);
  g_autoptr (InbClip) clip = NULL;
  InbStore *store;

  inb_paths_make (root, &error);
  g_assert_no_error (error);
  store = inb_store_open (root, INB_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  gst_init (NULL, NULL);
  clip = inb_test_clip_new (folder, "made.mkv", 50, 10, 1, INB_TEST_CLIP_INTRA);
  for (guint i = 0; i < G_N_ELEMENTS (takes); i++)
    add_take (store, i, clip);
  inb_store_close (store);
}

UiHouse *
ui_house_new (gboolean empty)
{
  UiHouse *self = g_new0 (UiHouse, 1);
  g_autoptr (GError) error = NULL;

  self->root = ui_test_make_root ();
  if (!empty)
    fill (self->root);
  self->application = ui_test_get_application ();
  self->queue = inb_queue_open (self->root, INB_QUEUE_FOLLOW, &error);
  g_assert_no_error (error);
  self->window = INB_WINDOW (inb_window_new (self->application, self->root));
  inb_window_set_queue (self->window, self->queue);
  if (!empty)
    {
      g_autoptr (InbPreview) photo = ui_test_preview ("10442", 400, 300);

      inb_photo_slot_take_preview (inb_draft_get_start (self->window->draft), photo);
    }
  return self;
}

void
ui_house_free (UiHouse *self)
{
  ui_test_close (GTK_WIDGET (self->window));
  inb_queue_close (self->queue);
  g_clear_object (&self->queue);
  ui_test_run_idle ();
  ui_test_remove_root (self->root);
  g_free (self->root);
  g_free (self);
}

static GtkWidget *
open_start (UiHouse *self)
{
  return GTK_WIDGET (self->window);
}

static GtkWidget *
open_framing (UiHouse *self)
{
  g_autoptr (InbPreview) photo = ui_test_preview ("10442", 400, 300);

  inb_photo_slot_take_preview (inb_draft_get_start (self->window->draft), photo);
  inb_photo_slot_take_preview (inb_draft_get_last (self->window->draft), photo);
  inb_draft_set_prompt (self->window->draft, "⟦slow push in⟧");
  return GTK_WIDGET (self->window);
}

static gboolean
has_take_selected (InbWindow *window)
{
  return inb_takes_get_selected (window->takes) != NULL;
}

static GtkWidget *
open_take (UiHouse *self)
{
  wait_until (has_take_selected (self->window));
  return GTK_WIDGET (self->window);
}

static GtkWidget *
open_details (UiHouse *self)
{
  open_take (self);
  inb_takes_show_details (self->window->takes, inb_takes_get_selected (self->window->takes));
  return GTK_WIDGET (self->window);
}

/* The window that was opened last over ours. */
static GtkWidget *
find_transient (UiHouse *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) == GTK_WINDOW (self->window))
        return GTK_WIDGET (window);
    }
  g_assert_not_reached ();
}

static GtkWidget *
open_by_action (UiHouse *self, const char *action)
{
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), action, NULL));
  return find_transient (self);
}

static GtkWidget *
open_help (UiHouse *self)
{
  return open_by_action (self, "win.help");
}

static GtkWidget *
open_shortcuts (UiHouse *self)
{
  return open_by_action (self, "win.shortcuts");
}

/* A page beside the work; NULL as long as there is none of that name. */
static GtkWidget *
open_page (UiHouse *self, const char *name)
{
  inb_window_show_page (self->window, name);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->window->pages), name) != 0)
    return NULL;
  return GTK_WIDGET (self->window);
}

static GtkWidget *
open_history (UiHouse *self)
{
  return open_page (self, "history");
}

static GtkWidget *
open_providers (UiHouse *self)
{
  return open_page (self, "providers");
}

static GtkWidget *
open_products (UiHouse *self)
{
  return open_page (self, "products");
}

static GtkWidget *
open_preferences (UiHouse *self)
{
  gtk_window_present (GTK_WINDOW (self->window));
  inb_preferences_show (GTK_WINDOW (self->window), self->queue);
  return find_transient (self);
}

static GtkWidget *
open_code (UiHouse *self)
{
  open_framing (self);
  return open_by_action (self, "win.show-code");
}

static GtkWidget *
open_jobs (UiHouse *self)
{
  gtk_window_present (GTK_WINDOW (self->window));
  ui_test_paint (GTK_WIDGET (self->window));
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.show-jobs", NULL);
  return GTK_WIDGET (self->window);
}

const UiRoom ui_rooms[] = {
  { "start", TRUE, open_start },
  { "framing", TRUE, open_framing },
  { "take", FALSE, open_take },
  { "details", FALSE, open_details },
  { "history", FALSE, open_history },
  { "history-empty", TRUE, open_history },
  { "providers", TRUE, open_providers },
  { "products", FALSE, open_products },
  { "preferences", TRUE, open_preferences },
  { "code", TRUE, open_code },
  { "jobs", FALSE, open_jobs },
  { "help", TRUE, open_help },
  { "shortcuts", TRUE, open_shortcuts },
  { NULL, FALSE, NULL },
};

/* One test a room, "/name/room". @part: "2/3": every third room, from the second on; NULL: all. */
void
ui_house_add_tests (const char *name, GTestDataFunc test, const char *part)
{
  guint first = 1, step = 1;

  if (part != NULL)
    g_assert_cmpint (sscanf (part, "%u/%u", &first, &step), ==, 2);
  for (guint i = 0; ui_rooms[i].name != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("/%s/%s", name, ui_rooms[i].name);

      if (i % step == first - 1)
        g_test_add_data_func (path, &ui_rooms[i], test);
    }
}

/* Opens the room in a window of that size, laid out and painted. */
GtkWidget *
ui_house_open (UiHouse *self, const UiRoom *room, int width, int height)
{
  GtkWidget *window;

  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  window = room->open (self);
  if (window == NULL)
    return NULL;
  return ui_test_show (window, width, height);
}

/* Buttons that the platform puts into a header bar by itself; libadwaita 1.4 has one for "back". */
gboolean
ui_house_is_window_button (GtkWidget *widget)
{
  return GTK_IS_WINDOW_CONTROLS (widget) ||
         g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwBackButton");
}

/* Everything that is to be seen, parents before their children. What belongs to the platform alone,
 * the window's own buttons and the tooltip of where the pointer happens to be, is left out. */
void
ui_house_walk (GtkWidget *from, UiVisit visit, gpointer user_data)
{
  if (!gtk_widget_get_mapped (from) || ui_house_is_window_button (from) ||
      (GTK_IS_NATIVE (from) && !GTK_IS_WINDOW (from) && !GTK_IS_POPOVER (from)))
    return;
  visit (from, user_data);
  if (ADW_IS_FLAP (from) && adw_flap_get_folded (ADW_FLAP (from)) &&
      adw_flap_get_reveal_flap (ADW_FLAP (from)))
    {
      ui_house_walk (adw_flap_get_flap (ADW_FLAP (from)), visit, user_data);
      return; /* it covers the rest */
    }
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ui_house_walk (child, visit, user_data);
}

/* What can be seen of it in the window's coordinates; FALSE: nothing, it was scrolled away. */
gboolean
ui_house_get_seen (GtkWidget *widget, GtkWidget *window, graphene_rect_t *seen)
{
  if (!gtk_widget_compute_bounds (widget, window, seen))
    return FALSE;
  for (GtkWidget *around = gtk_widget_get_parent (widget); around != NULL;
       around = gtk_widget_get_parent (around))
    {
      graphene_rect_t box;

      if (gtk_widget_get_overflow (around) == GTK_OVERFLOW_HIDDEN &&
          (!gtk_widget_compute_bounds (around, window, &box) ||
           !graphene_rect_intersection (seen, &box, seen)))
        return FALSE;
    }
  return TRUE;
}
