/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/inb-error.h"
#include "core/inb-name-template.h"

static const InbNameFacts mug = { .product = "Blue mug — SKU 10442",
                                  .take = 3,
                                  .width = 1080,
                                  .height = 1920,
                                  .duration_s = 5,
                                  .provider = "wavespeed",
                                  .created_us = G_GINT64_CONSTANT (1795262400) * G_TIME_SPAN_SECOND,
                                  .original = "mug_front.png" };

static void
assert_name (const char *name_template, const InbNameFacts *facts, const char *name)
{
  g_autofree char *expanded = inb_name_template_expand (name_template, facts);

  g_assert_cmpstr (expanded, ==, name);
}

static void
assert_product (const char *product, const char *name)
{
  InbNameFacts facts = mug;

  facts.product = product;
  assert_name ("{product}", &facts, name);
}

static void
test_golden_names (void)
{
  assert_name (INB_NAME_TEMPLATE_DEFAULT, &mug, "Blue mug — SKU 10442_9x16_5s_v3");
  assert_name ("{sku}-{take}", &mug, "10442-3");
  assert_name ("{original}_{provider}", &mug, "mug_front_wavespeed");
  assert_name ("{date} {product}", &mug, "2026-11-21 Blue mug — SKU 10442");
  assert_name ("{duration}", &mug, "5");
  assert_name ("plain", &mug, "plain");
}

static void
test_a_shape_has_its_usual_name_or_its_pixels (void)
{
  static const struct
  {
    guint width, height;
    const char *name;
  } cases[] = { { 1920, 1080, "16x9" },   { 1080, 1920, "9x16" }, { 1440, 1440, "1x1" },
                { 1440, 1800, "4x5" },    { 1920, 1438, "4x3" },  { 720, 1270, "9x16" },
                { 1920, 600, "1920x600" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      InbNameFacts facts = mug;

      facts.width = cases[i].width;
      facts.height = cases[i].height;
      assert_name ("{aspect}", &facts, cases[i].name);
    }
}

static void
test_a_sku_is_what_follows_the_word (void)
{
  static const char *const names[] = { "SKU-A17/b", "A17",      "mug sku: 9.4-b red",
                                       "9.4-b",     "Blue mug", "Blue mug" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i += 2)
    {
      InbNameFacts facts = mug;

      facts.product = names[i];
      assert_name ("{sku}", &facts, names[i + 1]);
    }
}

static void
test_no_character_leaves_its_folder_or_hides (void)
{
  assert_product ("../../etc/passwd", "etc-passwd");
  assert_product ("a/b\\c:d*e?f\"g<h>i|j", "a-b-c-d-e-f-g-h-i-j");
  assert_product ("line\nbreak\ttab", "line break tab");
  assert_product (".hidden", "hidden");
  assert_product ("-rf", "rf");
  assert_product ("tail. . ", "tail");
  assert_product ("a\x01z", "a-z");
  assert_product ("\xe2\x80\xaegpj.exe", "gpj.exe"); /* turned around by a mark */
  assert_product ("con", "_con");
  assert_product ("LPT1.final", "_LPT1.final");
  assert_product ("console", "console");
  assert_product ("", "clip");
  assert_product (" ./. ", "clip");
  assert_product ("Mélange 茶", "Mélange 茶");
  assert_product ("bad \xff byte", "bad � byte");
}

static void
test_nothing_is_known_about_some_things (void)
{
  InbNameFacts facts = { .take = 1 };

  assert_name ("{product}{sku}{provider}{original}", &facts, "clip");
  assert_name ("{product}_v{take}", &facts, "_v1");
}

static void
test_a_long_name_keeps_its_take (void)
{
  g_autofree char *product = g_strnfill (255, 'm');
  g_autoptr (GString) wide = g_string_new (NULL);
  InbNameFacts facts = mug;
  g_autofree char *name = NULL;

  facts.product = product;
  name = inb_name_template_expand (INB_NAME_TEMPLATE_DEFAULT, &facts);
  g_assert_true (g_str_has_suffix (name, "m_9x16_5s_v3"));
  g_assert_cmpuint (strlen (name), <=, 200);

  for (guint i = 0; i < 90; i++)
    g_string_append (wide, "茶");
  facts.product = wide->str;
  g_free (name);
  name = inb_name_template_expand ("{product}{product}", &facts);
  g_assert_cmpuint (strlen (name), <=, 200);
  g_assert_true (g_utf8_validate (name, -1, NULL));
}

static void
test_what_is_no_field_stays (void)
{
  assert_name ("{colour}_{take}", &mug, "{colour}_3");
  assert_name ("{take", &mug, "{take");
  assert_name ("{}{take}}", &mug, "{}3}");
}

static void
test_a_field_in_a_value_is_not_one (void)
{
  assert_product ("{take}", "{take}");
}

static void
test_check_names_what_is_not_known (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_name_template_check (INB_NAME_TEMPLATE_DEFAULT, &error));
  g_assert_no_error (error);
  for (guint i = 0; inb_name_template_get_fields ()[i] != NULL; i++)
    {
      g_autofree char *one = g_strdup_printf ("{%s}", inb_name_template_get_fields ()[i]);

      g_assert_true (inb_name_template_check (one, NULL));
    }
  g_assert_false (inb_name_template_check ("{product}_{colour}", &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "{colour}"));
  g_assert_nonnull (strstr (error->message, "{aspect}"));
  g_assert_false (inb_name_template_check ("{product}_{", NULL));
  g_assert_false (inb_name_template_check ("product}_v{take}", NULL));
  g_assert_false (inb_name_template_check ("{}", NULL));
  g_assert_false (inb_name_template_check ("", NULL));
  g_assert_false (inb_name_template_check (" .-", NULL));
}

static void
test_numbers_begin_at_two (void)
{
  g_autofree char *first = inb_name_template_dup_numbered ("mug", 1, "mp4");
  g_autofree char *second = inb_name_template_dup_numbered ("mug", 2, "webm");

  g_assert_cmpstr (first, ==, "mug.mp4");
  g_assert_cmpstr (second, ==, "mug (2).webm");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/name-template/" path, function)
  ADD ("golden-names", test_golden_names);
  ADD ("a-shape-has-its-usual-name-or-its-pixels", test_a_shape_has_its_usual_name_or_its_pixels);
  ADD ("a-sku-is-what-follows-the-word", test_a_sku_is_what_follows_the_word);
  ADD ("no-character-leaves-its-folder-or-hides", test_no_character_leaves_its_folder_or_hides);
  ADD ("nothing-is-known-about-some-things", test_nothing_is_known_about_some_things);
  ADD ("a-long-name-keeps-its-take", test_a_long_name_keeps_its_take);
  ADD ("what-is-no-field-stays", test_what_is_no_field_stays);
  ADD ("a-field-in-a-value-is-not-one", test_a_field_in_a_value_is_not_one);
  ADD ("check-names-what-is-not-known", test_check_names_what_is_not_known);
  ADD ("numbers-begin-at-two", test_numbers_begin_at_two);
#undef ADD
  return g_test_run ();
}
