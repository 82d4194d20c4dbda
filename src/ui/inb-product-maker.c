/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-product-maker.h"

#include "core/inb-product.h"
#include "ui/inb-preview-load.h"

/* Many photos become many products, each with one of them as its start frame in a saved draft. One
 * after the other: a photo is decoded to know that it is one, and that takes a worker. Nothing is
 * asked of a service, nothing is spent. */
typedef struct
{
  InbQueue *queue;
  GPtrArray *photos;
  guint next;
  InbMakerProgress progress;
  gpointer progress_data;
  InbProduct *product; /* the one that is being saved */
  InbMade *made;
} Maker;

static void work_on (GTask *task);

static void
maker_free (Maker *self)
{
  g_object_unref (self->queue);
  g_ptr_array_unref (self->photos);
  g_clear_pointer (&self->product, inb_product_free);
  g_clear_pointer (&self->made, inb_made_free);
  g_free (self);
}

static void
refuse (Maker *self, const GError *error)
{
  self->made->n_refused++;
  if (self->made->refusal == NULL)
    self->made->refusal = g_strdup (error->message);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Maker *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!inb_queue_change_finish (self->queue, result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error)); /* a full disk ends it for all */
      return;
    }
  g_ptr_array_add (self->made->products, g_steal_pointer (&self->product));
  work_on (task);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Maker *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (InbPreview) preview = inb_preview_load_finish (result, &error);
  InbProduct *product;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (preview == NULL)
    {
      refuse (self, error);
      work_on (task);
      return;
    }
  g_clear_pointer (&self->product, inb_product_free);
  self->product = product = inb_product_new ();
  product->name = inb_request_dup_product_name (inb_preview_get_name (preview));
  product->form = inb_request_new ();
  product->form->start = g_strdup (inb_preview_get_sha256 (preview));
  product->form->start_name = g_strdup (inb_preview_get_name (preview));
  inb_queue_save_draft_async (self->queue, product, saved_cb, g_object_ref (task));
}

static void
work_on (GTask *task)
{
  Maker *self = g_task_get_task_data (task);
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  GFile *file;

  if (self->progress != NULL)
    self->progress (self->next, self->photos->len, self->progress_data);
  if (self->next == self->photos->len)
    {
      g_task_return_pointer (task, g_steal_pointer (&self->made), (GDestroyNotify) inb_made_free);
      return;
    }
  file = g_ptr_array_index (self->photos, self->next++);
  base = g_file_get_basename (file);
  name = g_utf8_make_valid (base != NULL ? base : "", -1);
  inb_preview_load_file_async (inb_queue_get_root (self->queue), file, name,
                               g_task_get_cancellable (task), loaded_cb, g_object_ref (task));
}

/**
 * inb_made_free:
 * @self: (transfer full): what became of many photos
 */
void
inb_made_free (InbMade *self)
{
  g_free (self->refusal);
  g_ptr_array_unref (self->products);
  g_free (self);
}

/**
 * inb_product_maker_run_async:
 * @queue: where products are kept
 * @photos: (element-type GFile): files, ≥ 1
 * @progress: (nullable) (scope notified): told how many are done
 * @progress_data: for @progress
 * @cancellable: (nullable): stops after the photo at hand; what is made stays
 * @callback: (scope async): called when all are made or refused
 * @user_data: for @callback
 */
void
inb_product_maker_run_async (InbQueue *queue, GPtrArray *photos, InbMakerProgress progress,
                             gpointer progress_data, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Maker *self = g_new0 (Maker, 1);

  g_task_set_source_tag (task, inb_product_maker_run_async);
  g_task_set_task_data (task, self, (GDestroyNotify) maker_free);
  self->queue = g_object_ref (queue);
  self->photos = g_ptr_array_ref (photos);
  self->progress = progress;
  self->progress_data = progress_data;
  self->made = g_new0 (InbMade, 1);
  self->made->products = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_product_free);
  work_on (task);
}

/**
 * inb_product_maker_run_finish:
 * @result: of inb_product_maker_run_async()
 * @error: of the store; what was made until then stays
 *
 * Returns: (transfer full) (nullable): what became of them
 */
InbMade *
inb_product_maker_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
