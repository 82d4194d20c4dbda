/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-draft-saver.h"

#include "ui/inb-form-history.h"

/* Keeps the form of each product as it was left: a moment after a change, and at once when another
 * product takes its place or the window closes. Nobody has to save anything. */
struct _InbDraftSaver
{
  GObject parent_instance;

  InbDraft *draft;
  InbQueue *queue;
  guint wait_id;
  gboolean known;      /* the product is in the store: it may be emptied there too */
  InbFormState *saved; /* as it is in the store, or on its way there */
};

enum
{
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbDraftSaver, inb_draft_saver, G_TYPE_OBJECT)

/* The help promises that the form is kept within a second; most of it is left to a slow disk. Long
 * enough for a word, short enough that a crash costs no thought. */
#define WAIT_MS 300

static InbFormState *
read_state (InbDraftSaver *self)
{
  return inb_form_state_new (inb_draft_dup_request (self->draft, 0),
                             inb_draft_get_loop (self->draft),
                             inb_draft_get_product_name (self->draft));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbDraftSaver) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_queue_change_finish (INB_QUEUE (source), result, &error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/* An untouched form is no product. */
static gboolean
has_content (const InbFormState *state)
{
  const InbRequest *form = state->request;

  return form->start != NULL || form->last != NULL || *form->prompt != '\0' ||
         form->negative != NULL || state->product_name != NULL;
}

static void
save (InbDraftSaver *self, InbFormState *state)
{
  InbProduct product = { .id = (char *) inb_draft_get_product_id (self->draft),
                         .name = state->product_name,
                         .form = state->request };
  gboolean renamed = self->known && self->saved != NULL && state->product_name != NULL &&
                     g_strcmp0 (self->saved->product_name, state->product_name) != 0;

  inb_queue_save_draft_async (self->queue, &product, saved_cb, g_object_ref (self));
  if (renamed) /* a draft never takes a name away that a product has; this is the wish to */
    inb_queue_rename_product_async (self->queue, product.id, product.name, saved_cb,
                                    g_object_ref (self));
  self->known = TRUE;
  g_clear_pointer (&self->saved, inb_form_state_free);
  self->saved = state;
}

/**
 * inb_draft_saver_flush:
 * @self: a saver
 *
 * Saves now what was not saved yet.
 */
void
inb_draft_saver_flush (InbDraftSaver *self)
{
  g_autoptr (InbFormState) state = NULL;

  g_return_if_fail (INB_IS_DRAFT_SAVER (self));

  g_clear_handle_id (&self->wait_id, g_source_remove);
  state = read_state (self);
  if (self->saved != NULL ? inb_form_state_equal (self->saved, state)
                          : !self->known && !has_content (state))
    return;
  save (self, g_steal_pointer (&state));
}

static gboolean
wait_cb (gpointer user_data)
{
  InbDraftSaver *self = user_data;

  self->wait_id = 0;
  inb_draft_saver_flush (self);
  return G_SOURCE_REMOVE;
}

/* From the first change on, not from the last: one who never stops typing is saved too. */
static void
changed_cb (InbDraftSaver *self)
{
  if (self->wait_id == 0)
    self->wait_id = g_timeout_add (WAIT_MS, wait_cb, self);
}

/* Another product is in the form: what it holds comes from the store, or is empty. */
static void
product_changed_cb (InbDraftSaver *self)
{
  g_autoptr (InbFormState) state = read_state (self);

  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_pointer (&self->saved, inb_form_state_free);
  self->known = has_content (state);
  if (self->known)
    self->saved = g_steal_pointer (&state);
}

static void
inb_draft_saver_dispose (GObject *object)
{
  InbDraftSaver *self = INB_DRAFT_SAVER (object);

  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_object (&self->draft);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (inb_draft_saver_parent_class)->dispose (object);
}

static void
inb_draft_saver_finalize (GObject *object)
{
  g_clear_pointer (&INB_DRAFT_SAVER (object)->saved, inb_form_state_free);

  G_OBJECT_CLASS (inb_draft_saver_parent_class)->finalize (object);
}

static void
inb_draft_saver_class_init (InbDraftSaverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_draft_saver_dispose;
  object_class->finalize = inb_draft_saver_finalize;

  /* InbDraftSaver::failed: a GError; what was not saved is tried again with the next change */
  signals[SIGNAL_FAILED] = g_signal_new ("failed", INB_TYPE_DRAFT_SAVER, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
inb_draft_saver_init (InbDraftSaver *self)
{
}

/**
 * inb_draft_saver_new:
 * @draft: whose changes are kept
 * @queue: where
 * @known: whether the product that is in @draft comes from there
 *
 * Returns: (transfer full): a saver that works until it is let go of
 */
InbDraftSaver *
inb_draft_saver_new (InbDraft *draft, InbQueue *queue, gboolean known)
{
  InbDraftSaver *self = g_object_new (INB_TYPE_DRAFT_SAVER, NULL);

  self->draft = g_object_ref (draft);
  self->queue = g_object_ref (queue);
  self->known = known;
  if (known)
    self->saved = read_state (self);
  g_signal_connect_object (draft, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "product-leaves", G_CALLBACK (inb_draft_saver_flush), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "product-comes", G_CALLBACK (product_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}
