/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-preferences-files.h"

#include <glib/gi18n.h>

#include "core/inb-name-template.h"
#include "ui/inb-compat.h"
#include "ui/inb-settings-source.h"
#include "ui/inb-widget.h"

/* Where saved clips go and what they are called, with an example that follows each letter. */
struct _InbPreferencesFiles
{
  AdwPreferencesGroup parent_instance;

  GCancellable *choosing;

  AdwActionRow *folder;
  GtkWidget *choose;
  AdwEntryRow *name;
  GtkWidget *usual;
  AdwActionRow *example;
};

G_DEFINE_FINAL_TYPE (InbPreferencesFiles, inb_preferences_files, ADW_TYPE_PREFERENCES_GROUP)

static void
show_folder (InbPreferencesFiles *self)
{
  g_autofree char *path = inb_settings_source_dup_folder ();
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);
  gboolean below = path != NULL && g_str_has_prefix (path, home) && path[length] == G_DIR_SEPARATOR;
  g_autofree char *brief = below ? g_strconcat ("~", path + length, NULL) : g_strdup (path);
  g_autofree char *shown =
      brief != NULL ? g_filename_display_name (brief) : g_strdup (_ ("Not chosen yet"));
  g_autofree char *escaped = g_markup_escape_text (shown, -1);

  adw_action_row_set_subtitle (self->folder, escaped);
}

static char *
dup_example (const char *name_template)
{
  g_autofree char *stem = NULL;
  InbNameFacts facts = { .product = _ ("Blue mug – SKU 10442"),
                         .take = 3,
                         .width = 1080,
                         .height = 1920,
                         .duration_s = 5,
                         .provider = "wavespeed",
                         .created_us = g_get_real_time (),
                         .original = "mug_front.png" };

  stem = inb_name_template_expand (name_template, &facts);
  return inb_name_template_dup_numbered (stem, 1, "mp4");
}

static void
show_example (InbPreferencesFiles *self, const char *text, const GError *error)
{
  g_autofree char *name = error == NULL ? dup_example (text) : NULL;
  g_autofree char *escaped = g_markup_escape_text (error != NULL ? error->message : name, -1);

  adw_action_row_set_subtitle (self->example, escaped);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->example),
                                 error != NULL ? _ ("This name cannot be used") : _ ("Example"));
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->name), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name), "error");
}

static void
typed_cb (InbPreferencesFiles *self)
{
  GSettings *settings = inb_settings_source_get ();
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->name));
  g_autoptr (GError) error = NULL;

  if (inb_name_template_check (text, &error) && settings != NULL)
    g_settings_set_string (settings, "name-template", text);
  show_example (self, text, error);
  gtk_widget_set_sensitive (self->usual, !g_str_equal (text, INB_NAME_TEMPLATE_DEFAULT));
}

static void
usual_cb (InbPreferencesFiles *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->name), INB_NAME_TEMPLATE_DEFAULT);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbPreferencesFiles) self = user_data;
  g_autoptr (GFile) folder = inb_compat_pick_finish (result, NULL);
  GSettings *settings = inb_settings_source_get ();
  const char *path = folder != NULL ? g_file_peek_path (folder) : NULL;

  g_clear_object (&self->choosing);
  if (path != NULL && settings != NULL)
    g_settings_set_string (settings, "delivery-folder", path);
  if (self->folder != NULL)
    show_folder (self);
}

static void
choose_cb (InbPreferencesFiles *self)
{
  g_autofree char *path = inb_settings_source_dup_folder ();
  g_autoptr (GFile) folder = path != NULL ? g_file_new_for_path (path) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->choosing != NULL)
    return;
  self->choosing = g_cancellable_new ();
  inb_compat_pick_folder_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                _ ("Choose the Folder for Saved Clips"), folder, self->choosing,
                                chosen_cb, g_object_ref (self));
}

static void
inb_preferences_files_dispose (GObject *object)
{
  InbPreferencesFiles *self = INB_PREFERENCES_FILES (object);

  if (self->choosing != NULL)
    g_cancellable_cancel (self->choosing);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_PREFERENCES_FILES);

  G_OBJECT_CLASS (inb_preferences_files_parent_class)->dispose (object);
}

static void
inb_preferences_files_class_init (InbPreferencesFilesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_preferences_files_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-preferences-files.ui");
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesFiles, folder);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesFiles, choose);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesFiles, name);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesFiles, usual);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesFiles, example);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, usual_cb);
}

static char *
dup_description (gboolean remembers)
{
  const char *const *fields = inb_name_template_get_fields ();
  g_autofree char *list = g_strjoinv ("} {", (char **) fields);

  if (!remembers)
    return g_strdup (_ ("The settings of this program are not installed, so nothing can be "
                        "changed here. Install it, or begin it with “src/run”."));
  /* Translators: %s is a list of words in braces */
  return g_strdup_printf (_ ("A name is made of words and of {%s}. Nothing is ever overwritten: a "
                             "second file of a name gets a number."),
                          list);
}

static void
inb_preferences_files_init (InbPreferencesFiles *self)
{
  gboolean remembers = inb_settings_source_get () != NULL;
  g_autofree char *name_template = inb_settings_source_dup_template ();
  g_autofree char *description = dup_description (remembers);

  gtk_widget_init_template (GTK_WIDGET (self));
  inb_widget_speak_once (GTK_WIDGET (self));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), description);
  show_folder (self);
  gtk_editable_set_text (GTK_EDITABLE (self->name), name_template);
  gtk_widget_set_sensitive (self->choose, remembers);
  gtk_widget_set_sensitive (GTK_WIDGET (self->name), remembers);
}
