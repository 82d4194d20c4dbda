/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/inb-error.h"
#include "net/inb-json.h"
#include "providers/inb-catalogue.h"
#include "providers/inb-motion.h"
#include "providers/inb-words.h"

static const GPtrArray *
get_motions (void)
{
  g_autoptr (GError) error = NULL;
  const GPtrArray *motions = inb_motion_get_all (&error);

  g_assert_no_error (error);
  g_assert_nonnull (motions);
  return motions;
}

static void
test_all_twelve_are_there_once (void)
{
  static const char *const wanted[] = {
    "turntable",       "push-in",       "orbit",    "light-sweep",   "liquid-pour",
    "unbox",           "steam",         "parallax", "fabric-breeze", "hero-reveal",
    "colourway-morph", "seamless-loop", NULL,
  };
  const GPtrArray *motions = get_motions ();
  guint last_order = 0;

  g_assert_cmpuint (motions->len, ==, G_N_ELEMENTS (wanted) - 1);
  for (guint i = 0; i < motions->len; i++)
    {
      const InbMotion *motion = g_ptr_array_index (motions, i);

      g_assert_true (g_strv_contains (wanted, motion->id));
      g_assert_cmpuint (motion->order, >, last_order);
      last_order = motion->order;
    }
}

/* What a person reads can be translated: xgettext finds it in the table. */
static void
test_all_words_are_in_the_table (void)
{
  const GPtrArray *motions = get_motions ();
  guint n_words = 0;

  while (inb_motion_words[n_words] != NULL)
    n_words++;
  g_assert_cmpuint (n_words, ==, motions->len * 2);
  for (guint i = 0; i < motions->len; i++)
    {
      const InbMotion *motion = g_ptr_array_index (motions, i);

      g_test_message ("%s", motion->id);
      g_assert_true (g_strv_contains (inb_motion_words, motion->title));
      g_assert_true (g_strv_contains (inb_motion_words, motion->about));
    }
}

static void
expect_word (const char *word)
{
  g_test_message ("%s", word != NULL ? word : "nothing");
  g_assert_true (word == NULL || g_strv_contains (inb_provider_words, word));
}

static void
expect_labels (const InbProvider *provider)
{
  for (guint i = 0; provider->service != NULL && i < provider->service->credentials->len; i++)
    {
      const InbCredential *credential = g_ptr_array_index (provider->service->credentials, i);

      expect_word (credential->label);
    }
}

/* The same for provider files; only the local engine's names are words. */
static void
test_words_of_providers_are_in_their_table (void)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);

  for (guint i = 0; i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);
      gboolean local = provider->kind == INB_PROVIDER_LOCAL;

      expect_word (provider->note);
      expect_word (local ? provider->name : NULL);
      expect_labels (provider);
      for (guint j = 0; j < provider->models->len; j++)
        {
          const InbModel *model = g_ptr_array_index (provider->models, j);

          expect_word (local ? model->name : NULL);
          expect_word (model->price_source);
          for (guint k = 0; k < INB_N_FEATURES; k++)
            expect_word (model->reasons[k]);
        }
    }
}

static InbRequest *
new_form (void)
{
  InbRequest *form = inb_request_new ();

  form->start = g_strnfill (64, 'a');
  form->prompt = g_strdup ("");
  form->negative = g_strdup ("what stood there before");
  form->guidance = 0.9;
  return form;
}

static void
check_form (const InbMotion *motion, const InbProvider *provider, const InbModel *model,
            const char *product)
{
  g_autoptr (InbRequest) form = new_form ();
  g_autoptr (GError) error = NULL;

  g_free (form->provider);
  form->provider = g_strdup (provider->id);
  form->model = g_strdup (model->id);
  g_test_message ("%s, %s, %s", motion->id, provider->id, model->id);
  g_assert_false (inb_motion_fits (motion, provider, model, product, form));
  inb_motion_fill (motion, provider, model, product, form);
  g_assert_true (inb_motion_fits (motion, provider, model, product, form));
  g_assert_true (inb_request_validate (form, &error));
  g_assert_no_error (error);
  g_assert_true (inb_provider_check (provider, form, &error));
  g_assert_no_error (error);
  g_assert_null (strpbrk (form->prompt, "{}"));
}

static void
test_each_is_valid_for_every_model (void)
{
  const GPtrArray *motions = get_motions ();
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);
  g_autofree char *long_name = g_strnfill (INB_MAX_NAME_BYTES, 'x');

  for (guint i = 0; i < motions->len; i++)
    for (guint j = 0; j < providers->len; j++)
      {
        const InbProvider *provider = g_ptr_array_index (providers, j);

        for (guint k = 0; k < provider->models->len; k++)
          {
            check_form (g_ptr_array_index (motions, i), provider,
                        g_ptr_array_index (provider->models, k), NULL);
            check_form (g_ptr_array_index (motions, i), provider,
                        g_ptr_array_index (provider->models, k), long_name);
          }
      }
}

static char *
fill_prompt (const char *prompt, const char *product)
{
  InbMotion motion = { .prompt = (char *) prompt, .negative = (char *) "blur", .guidance = 0.5 };
  const InbProvider *provider = inb_catalogue_find ("novita", NULL);
  g_autoptr (InbRequest) form = new_form ();

  inb_motion_fill (&motion, provider, g_ptr_array_index (provider->models, 0), product, form);
  return g_steal_pointer (&form->prompt);
}

static void
test_the_product_is_named (void)
{
  g_autofree char *named = fill_prompt ("{product} turns.", "iPot");
  g_autofree char *begun = fill_prompt ("{product} turns.", NULL);
  g_autofree char *inside = fill_prompt ("Orbit {product}.", NULL);

  g_assert_cmpstr (named, ==, "iPot turns.");
  g_assert_cmpstr (begun, ==, "The product turns.");
  g_assert_cmpstr (inside, ==, "Orbit the product.");
}

#define GOOD                                                                                       \
  "{\"format\":1,\"id\":\"sway\",\"order\":1,\"title\":\"Sway\",\"about\":\"It sways.\","          \
  "\"prompt\":\"{product} sways.\",\"negative\":\"blur\",\"guidance\":0.5,\"local\":\"pan left\"," \
  "\"ends_on\":\"free\"}"

static const struct
{
  const char *what; /* of the good file */
  const char *instead;
  const char *fault; /* what the message names */
} faults[] = {
  { "\"format\":1", "\"format\":2", "format" },
  { "\"id\":\"sway\"", "\"id\":\"swing\"", "id" },
  { "\"id\":\"sway\"", "\"id\":\"../sway\"", "id" },
  { "\"order\":1", "\"order\":0", "order" },
  { "\"title\":\"Sway\"", "\"title\":\"\"", "title" },
  { "\"title\":\"Sway\"", "\"title\":\"A title far too long for a chip\"", "title" },
  { "\"about\":\"It sways.\",", "", "about" },
  { "{product} sways.", "It sways.", "prompt" },
  { "{product} sways.", "{product} and {product} sway.", "prompt" },
  { "{product} sways.", "{colour} {product} sways.", "prompt" },
  { "\"negative\":\"blur\"", "\"negative\":7", "negative" },
  { "\"guidance\":0.5", "\"guidance\":1.5", "guidance" },
  { "\"guidance\":0.5", "\"guidance\":\"0.5\"", "guidance" },
  { "\"guidance\":0.5", "\"guidance\":null", "guidance" },
  { "\"local\":\"pan left\"", "\"local\":null", "local" },
  { "\"ends_on\":\"free\"", "\"ends_on\":\"never\"", "ends_on" },
  { "\"ends_on\":\"free\"", "\"ends_on\":\"free\",\"sound\":true", "sound" },
  { "\"ends_on\":\"free\"}", "", "sway.json" },
};

static InbMotion *
read_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return inb_motion_read (bytes, "sway.json", error);
}

static void
test_every_fault_is_named (void)
{
  g_autoptr (InbMotion) good = read_text (GOOD, NULL);

  g_assert_nonnull (good);
  g_assert_cmpfloat (good->guidance, ==, 0.5);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_auto (GStrv) parts = g_strsplit (GOOD, faults[i].what, 2);
      g_autofree char *text = g_strjoinv (faults[i].instead, parts);
      g_autoptr (GError) error = NULL;
      g_autoptr (InbMotion) motion = read_text (text, &error);

      g_test_message ("%s", text);
      g_assert_null (motion);
      g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
      g_assert_nonnull (strstr (error->message, faults[i].fault));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/motion/all-twelve-are-there-once", test_all_twelve_are_there_once);
  g_test_add_func ("/motion/all-words-are-in-the-table", test_all_words_are_in_the_table);
  g_test_add_func ("/motion/words-of-providers-are-in-their-table",
                   test_words_of_providers_are_in_their_table);
  g_test_add_func ("/motion/each-is-valid-for-every-model", test_each_is_valid_for_every_model);
  g_test_add_func ("/motion/the-product-is-named", test_the_product_is_named);
  g_test_add_func ("/motion/every-fault-is-named", test_every_fault_is_named);
  return g_test_run ();
}
