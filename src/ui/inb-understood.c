/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-understood.h"

#include <glib/gi18n.h>

#include "jobs/inb-worker.h"
#include "store/inb-paths.h"

/* Under the prompt: what the local engine makes of the words, and which it passes over, before
 * anything is rendered. The engine itself is asked, a moment after the last key. */
struct _InbUnderstood
{
  AdwBin parent_instance;

  InbDraft *draft;
  guint wait_id;
  GCancellable *asking;

  GtkLabel *label; /* borrowed: the child */
};

G_DEFINE_FINAL_TYPE (InbUnderstood, inb_understood, ADW_TYPE_BIN)

/* long enough not to ask at every letter, short enough to feel like an answer; chosen by eye */
#define WAIT_MS 400

static void
show (InbUnderstood *self, const char *text)
{
  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), *text != '\0');
}

static void
append_word (GString *to, const char *word)
{
  if (word != NULL && *word != '\0')
    g_string_append_printf (to, "%s%s", to->len > 0 ? ", " : "", word);
}

/* @what is "move" or "effect". */
static char *
list_understood (JsonObject *answer, const char *what)
{
  JsonArray *moves = inb_json_get_array (answer, "understood");
  GString *list = g_string_new (NULL);

  for (guint i = 0; moves != NULL && i < json_array_get_length (moves); i++)
    {
      JsonNode *node = json_array_get_element (moves, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        append_word (list, inb_json_get_string (json_node_get_object (node), what));
    }
  return g_string_free (list, FALSE);
}

static char *
list_ignored (JsonObject *answer)
{
  JsonArray *words = inb_json_get_array (answer, "ignored");
  GString *list = g_string_new (NULL);

  for (guint i = 0; words != NULL && i < json_array_get_length (words); i++)
    {
      JsonNode *node = json_array_get_element (words, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        append_word (list, json_node_get_string (node));
    }
  return g_string_free (list, FALSE);
}

static char *
describe (JsonObject *answer)
{
  g_autofree char *moves = list_understood (answer, "move");
  g_autofree char *effects = list_understood (answer, "effect");
  g_autofree char *ignored = list_ignored (answer);
  GString *text = g_string_new (NULL);

  if (inb_json_get_boolean (answer, "default", FALSE))
    g_string_append (text, _ ("No camera move in these words: the usual gentle one is made."));
  else if (*moves != '\0')
    /* Translators: %s are camera moves, in English as the engine knows them: “push in, pan left” */
    g_string_append_printf (text, _ ("Camera: %s."), moves);
  if (*effects != '\0')
    {
      g_string_append (text, text->len > 0 ? " " : "");
      /* Translators: %s are effects, in English as the engine knows them: “light sweep, dust” */
      g_string_append_printf (text, _ ("Light and air: %s."), effects);
    }
  if (*ignored != '\0')
    {
      g_string_append (text, text->len > 0 ? " " : "");
      /* Translators: %s are words of the prompt that the local engine passes over */
      g_string_append_printf (text, _ ("Not used: %s."), ignored);
    }
  return g_string_free (text, FALSE);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbUnderstood) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = inb_worker_run_finish (result, &error);
  g_autofree char *text = NULL;

  /* a later question is on its way, or there is nobody left to tell */
  if (self->asking == NULL || g_task_get_cancellable (G_TASK (result)) != self->asking)
    return;
  g_clear_object (&self->asking);
  text = answer != NULL ? describe (answer) : g_strdup (""); /* Generate says what is wrong */
  show (self, text);
}

static void
give_up (InbUnderstood *self)
{
  g_clear_handle_id (&self->wait_id, g_source_remove);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static gboolean
ask_cb (gpointer user_data)
{
  InbUnderstood *self = user_data;
  InbPreview *start = inb_photo_slot_get_preview (inb_draft_get_start (self->draft));
  g_autofree char *photo = NULL;

  self->wait_id = 0;
  photo = inb_paths_dup_photo (inb_draft_get_root (self->draft), inb_preview_get_sha256 (start));
  self->asking = g_cancellable_new ();
  inb_worker_run_async ((const char *const[]){ "render", "--explain", "--start", photo, "--prompt",
                                               inb_draft_get_prompt (self->draft), NULL },
                        NULL, NULL, NULL, self->asking, answered_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* A service reads every word; only the engine here can be asked which it will follow. */
static void
changed_cb (InbUnderstood *self)
{
  give_up (self);
  if (inb_draft_is_local (self->draft) && inb_draft_is_ready (self->draft))
    self->wait_id = g_timeout_add (WAIT_MS, ask_cb, self);
  else
    show (self, "");
}

static void
inb_understood_dispose (GObject *object)
{
  InbUnderstood *self = INB_UNDERSTOOD (object);

  give_up (self);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (inb_understood_parent_class)->dispose (object);
}

static void
inb_understood_class_init (InbUnderstoodClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_understood_dispose;
}

static void
inb_understood_init (InbUnderstood *self)
{
  self->label = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_xalign (self->label, 0.0f);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * inb_understood_new:
 *
 * Returns: (transfer floating): a line that says nothing
 */
GtkWidget *
inb_understood_new (void)
{
  return g_object_new (INB_TYPE_UNDERSTOOD, NULL);
}

/**
 * inb_understood_set_draft:
 * @self: a line, once
 * @draft: whose prompt is explained
 */
void
inb_understood_set_draft (InbUnderstood *self, InbDraft *draft)
{
  g_return_if_fail (INB_IS_UNDERSTOOD (self) && self->draft == NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "notify::prompt", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::obstacle", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::provider", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * inb_understood_get_text:
 * @self: a line
 *
 * Returns: (transfer none): what it says; empty where there is nothing to say
 */
const char *
inb_understood_get_text (InbUnderstood *self)
{
  g_return_val_if_fail (INB_IS_UNDERSTOOD (self), "");
  return gtk_label_get_label (self->label);
}
