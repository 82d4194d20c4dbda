/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-checks.h"

#include <stdio.h>
#include <string.h>

#include "providers/inb-catalogue.h"

/* A case is written as words; what is not said is a form that nothing is wrong with: a JPEG of
 * 3000×2000 px for WaveSpeedAI, with a key, without caps, with a large disk.
 *   start=, last=   WIDTHxHEIGHT, "none", "loading" or "broken"; last=loop is the start photo again
 *   start.bytes= start.colour= start.profile= start.clear   and the same of last
 *   prompt=, negative=   how many characters; key=   absent, locked or unseen */
typedef struct
{
  const char *words;
  const char *rules; /* what must be found, in order, heaviest first; "" for nothing */
} Case;

static const Case bad[] = {
  { "start=none", "start-missing" },
  { "start=loading", "start-loading" },
  { "start=broken", "start-unreadable" },
  { "last=loading", "last-loading" },
  { "last=broken", "last-unreadable" },
  { "start=280x800", "frame-too-small" },
  { "start=600x240", "frame-too-small" },
  { "start=100x100", "frame-too-small" },
  { "start=280x500 framing=9:16 fit=crop", "frame-too-small" },
  { "start=400x400 framing=9:16 fit=crop", "frame-too-small" },
  { "last=200x200", "frame-too-small frames-differ" },
  { "start=3000x1000", "frame-shape" },
  { "start=1000x2600", "frame-shape" },
  { "start=9000x1800", "frame-shape" },
  { "provider=local start=5000x1000", "frame-shape" },
  { "provider=local start=60x60", "frame-too-small" },
  { "last=2000x3000", "frames-differ" },
  { "start.bytes=12000000", "photo-too-large" },
  { "last=3000x2000 last.bytes=10000001", "photo-too-large" },
  { "start.clear", "photo-transparent" },
  { "start.colour=cmyk", "photo-converted" },
  { "start.profile=DisplayP3", "photo-converted" },
  { "prompt=0", "prompt-empty" },
  { "prompt=2501", "prompt-too-long" },
  { "negative=2501", "negative-too-long" },
  { "provider=novita negative=2501", "negative-too-long price-unpublished" },
  { "provider=local negative=4", "negative-ignored" },
  { "provider=local guidance=0.5", "guidance-ignored" },
  { "provider=kling guidance=0.5", "guidance-ignored" },
  { "provider=novita last=3000x2000", "last-unsupported price-unpublished" },
  { "provider=novita last=loop", "last-unsupported price-unpublished" },
  { "model=kling-v2.5-turbo-std last=3000x2000", "last-unsupported price-unpublished" },
  { "provider=kling model=kling-v2-5-turbo-std last=loop", "last-unsupported" },
  { "duration=7", "duration-missing price-unpublished" },
  { "resolution=720p", "resolution-missing" },
  { "provider=local resolution=720p", "resolution-missing" },
  { "key=absent", "key-missing" },
  { "key=locked", "key-locked" },
  { "free=499999999", "disk-low" },
  { "provider=local free=100000000", "disk-low" },
  { "takes=3 day=1000000", "over-day-cap" },
  { "takes=3 day=1000000 spent=900000", "over-day-cap" },
  { "takes=4 order=1000000", "over-order-cap" },
  { "provider=vercel-gateway day=100000", "over-day-cap" },
  { "provider=vercel-gateway", "price-unpublished" },
  { "route=fal", "others-follow" },
  { "route=fal,vercel-gateway", "price-unpublished others-follow" },
  { "provider=gone", "provider-missing" },
  { "model=gone", "provider-missing" },
  { "start=280x900 last=300x300 prompt=0 key=absent",
    "frame-too-small key-missing prompt-empty frames-differ" },
};

static const Case good[] = {
  { "", "" },
  { "provider=local", "" },
  { "provider=eachlabs", "" },
  { "provider=kling", "" },
  { "provider=fal", "" },
  { "provider=kling model=kling-v2-5-turbo-std", "" },
  { "start=300x300", "" },
  { "start=300x750", "" },
  { "start=2500x1000", "" },
  { "start=1000x2500", "" },
  { "start=3000x1000 framing=16:9 fit=crop", "" },
  { "start=280x900 framing=1:1 fit=extend", "" },
  { "start=32000x8000 framing=1:1 fit=crop", "" },
  { "last=3000x2000", "" },
  { "last=1500x1000", "" },
  { "last=1512x1000", "" },
  { "last=loop", "" },
  { "last=2000x3000 framing=16:9 fit=crop", "" },
  { "last=2000x3000 fit=extend", "" },
  { "start.bytes=10000000", "" },
  { "provider=local start.bytes=40000000", "" },
  { "provider=local start.clear", "" },
  { "start.colour=grey", "" },
  { "prompt=2500", "" },
  { "prompt=1", "" },
  { "negative=2500", "" },
  { "provider=fal negative=200 guidance=0", "" },
  { "guidance=1", "" },
  { "duration=10 takes=4", "" },
  { "resolution=1080p", "" },
  { "key=unseen", "" },
  { "provider=local key=absent", "" },
  { "free=500000000", "" },
  { "free=-1", "" },
  { "provider=local free=200000000", "" },
  { "takes=2 day=700000", "" },
  { "takes=2 day=1050000 spent=350000", "" },
  { "takes=4 order=1400000", "" },
  { "provider=local takes=4 day=0 order=0", "" },
  { "provider=kling last=loop negative=30 duration=10", "" },
};

typedef struct
{
  InbRequest *request;
  InbSituation situation;
} World;

static void
world_clear (World *world)
{
  g_clear_pointer (&world->request, inb_request_free);
  g_clear_pointer (&world->situation.keys, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static void
set_key (World *world, const char *provider, const char *word)
{
  InbKeyPresence presence = g_str_equal (word, "absent")   ? INB_KEY_ABSENT
                            : g_str_equal (word, "locked") ? INB_KEY_LOCKED
                            : g_str_equal (word, "unseen") ? INB_KEY_UNSEEN
                                                           : INB_KEY_THERE;

  g_hash_table_insert (world->situation.keys, g_strdup (provider), GINT_TO_POINTER (presence));
}

static void
set_photo (InbCheckedPhoto *photo, char **sha256, const char *value)
{
  photo->presence = INB_PHOTO_THERE;
  if (sscanf (value, "%ux%u", &photo->traits.width, &photo->traits.height) == 2)
    return;
  g_clear_pointer (sha256, g_free);
  photo->presence = g_str_equal (value, "loading")  ? INB_PHOTO_LOADING
                    : g_str_equal (value, "broken") ? INB_PHOTO_UNREADABLE
                                                    : INB_PHOTO_ABSENT;
  photo->problem = photo->presence == INB_PHOTO_UNREADABLE ? "It is damaged." : NULL;
}

static gboolean
set_trait (InbPhotoTraits *traits, const char *name, const char *value)
{
  if (g_str_equal (name, "bytes"))
    traits->bytes = g_ascii_strtoll (value, NULL, 10);
  else if (g_str_equal (name, "clear"))
    traits->transparent = TRUE;
  else if (g_str_equal (name, "colour"))
    {
      g_strlcpy (traits->colour, value, sizeof traits->colour);
      traits->converted = g_str_equal (value, "cmyk");
    }
  else if (g_str_equal (name, "profile"))
    {
      g_strlcpy (traits->profile, value, sizeof traits->profile);
      traits->converted = TRUE;
    }
  else
    return FALSE;
  return TRUE;
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static char *
write_text (guint n_chars)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_chars; i++)
    g_string_append (text, i % 7 == 6 && i + 1 < n_chars ? " " : "é");
  return g_string_free (text, FALSE);
}

static void
set (World *world, const char *name, const char *value)
{
  InbRequest *request = world->request;
  InbSituation *situation = &world->situation;
  gint64 number = g_ascii_strtoll (value, NULL, 10);

  if (g_str_has_prefix (name, "start."))
    g_assert_true (set_trait (&situation->start.traits, name + 6, value));
  else if (g_str_has_prefix (name, "last."))
    g_assert_true (set_trait (&situation->last.traits, name + 5, value));
  else if (g_str_equal (name, "start"))
    set_photo (&situation->start, &request->start, value);
  else if (g_str_equal (name, "last"))
    {
      set_text (&request->last, g_str_equal (value, "loop") ? request->start : "last");
      situation->last = situation->start;
      if (!g_str_equal (value, "loop"))
        set_photo (&situation->last, &request->last, value);
    }
  else if (g_str_equal (name, "provider"))
    set_text (&request->provider, value);
  else if (g_str_equal (name, "route"))
    set_text (&request->route, value);
  else if (g_str_equal (name, "model"))
    set_text (&request->model, value);
  else if (g_str_equal (name, "resolution"))
    set_text (&request->resolution, value);
  else if (g_str_equal (name, "framing"))
    g_assert_true (inb_ratio_from_string (value, &request->framing.ratio));
  else if (g_str_equal (name, "fit"))
    g_assert_true (inb_fit_from_string (value, &request->framing.fit));
  else if (g_str_equal (name, "prompt"))
    g_free (request->prompt), request->prompt = write_text ((guint) number);
  else if (g_str_equal (name, "negative"))
    request->negative = write_text ((guint) number);
  else if (g_str_equal (name, "guidance"))
    request->guidance = g_ascii_strtod (value, NULL);
  else if (g_str_equal (name, "duration"))
    request->duration_s = (guint) number;
  else if (g_str_equal (name, "takes"))
    request->takes = (guint) number;
  else if (g_str_equal (name, "key"))
    set_key (world, request->provider, value);
  else if (g_str_equal (name, "day"))
    situation->budget.day_cap_micros = number;
  else if (g_str_equal (name, "order"))
    situation->budget.order_cap_micros = number;
  else if (g_str_equal (name, "spent"))
    situation->budget.spent_micros = number;
  else if (g_str_equal (name, "free"))
    situation->free_bytes = number;
  else
    g_error ("no such word: %s", name);
}

static void
world_init (World *world, const char *words)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  *world = (World){ .request = inb_request_new () };
  world->situation = (InbSituation){
    .request = world->request,
    .start = { INB_PHOTO_THERE, NULL, { 3000, 2000, 900000, "jpeg", "", "rgb", 8, FALSE, FALSE } },
    .budget = INB_BUDGET_INIT,
    .keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .free_bytes = G_MAXINT64,
  };
  for (guint i = 0; i < providers->len; i++)
    set_key (world, ((const InbProvider *) g_ptr_array_index (providers, i))->id, "there");
  set_text (&world->request->provider, "wavespeed");
  set_text (&world->request->prompt, "slow push in");
  set_text (&world->request->start, "start");
  for (guint i = 0; list[i] != NULL && *list[i] != '\0'; i++)
    {
      g_auto (GStrv) pair = g_strsplit (list[i], "=", 2);

      set (world, pair[0], pair[1] != NULL ? pair[1] : "");
    }
}

static char *
list_rules (const GPtrArray *checks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < checks->len; i++)
    g_string_append_printf (
        text, "%s%s", i > 0 ? " " : "",
        inb_rule_to_string (((const InbCheck *) g_ptr_array_index (checks, i))->rule));
  return g_string_free (text, FALSE);
}

static const InbCheck *
look_for (const GPtrArray *checks, InbRule rule)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const InbCheck *check = g_ptr_array_index (checks, i);

      if (check->rule == rule)
        return check;
    }
  return NULL;
}

static const InbCheck *
find_rule (const GPtrArray *checks, InbRule rule)
{
  const InbCheck *check = look_for (checks, rule);

  if (check == NULL)
    g_error ("%s was not found", inb_rule_to_string (rule));
  return check;
}

/* What a person does elsewhere, done here */
static void
do_by_hand (World *world, const InbFix *fix)
{
  switch ((int) fix->kind)
    {
    case INB_FIX_CHOOSE_START:
      set (world, "start", "2000x2000");
      break;
    case INB_FIX_CHOOSE_LAST:
      set (world, "last", "3000x2000");
      break;
    case INB_FIX_ADD_KEY:
    case INB_FIX_UNLOCK:
      g_assert_nonnull (fix->provider);
      set_key (world, fix->provider, "there");
      break;
    case INB_FIX_RAISE_CAP:
      world->situation.budget = (InbBudget) INB_BUDGET_INIT;
      break;
    case INB_FIX_MAKE_ROOM:
      world->situation.free_bytes = G_MAXINT64;
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
assert_fix_mends (const char *words, InbRule rule, guint which)
{
  g_auto (World) world = { 0 };
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  const InbCheck *check;
  const InbFix *fix;

  world_init (&world, words);
  before = inb_checks_run (&world.situation);
  check = find_rule (before, rule);
  fix = &check->fixes[which];
  if (fix->kind == INB_FIX_NONE)
    return;
  g_test_message ("%s: “%s”", inb_rule_to_string (rule), fix->label);
  g_assert_nonnull (fix->label);
  if (!inb_fix_apply (fix, world.request))
    do_by_hand (&world, fix);
  if (world.request->last == NULL)
    world.situation.last = (InbCheckedPhoto){ 0 };
  after = inb_checks_run (&world.situation);
  g_assert_null (look_for (after, rule));
}

static void
find_fault (gconstpointer data)
{
  const Case *one = data;
  g_auto (World) world = { 0 };
  g_autoptr (GPtrArray) checks = NULL;
  g_autofree char *rules = NULL;

  world_init (&world, one->words);
  checks = inb_checks_run (&world.situation);
  rules = list_rules (checks);
  g_assert_cmpstr (rules, ==, one->rules);
  for (guint i = 0; i < checks->len; i++)
    {
      const InbCheck *check = g_ptr_array_index (checks, i);

      g_test_message ("%s: %s", inb_check_weight_get_words (check->weight), check->text);
      g_assert_cmpstr (check->text, !=, "");
      /* a person is told more, or can press something, or sees what is missing */
      g_assert_true (check->why != NULL || check->fixes[0].kind != INB_FIX_NONE ||
                     check->weight == INB_CHECK_WANTING);
      for (guint which = 0; which < INB_MAX_FIXES; which++)
        assert_fix_mends (one->words, check->rule, which);
    }
}

/* What the checks let through, the way to the service takes too. */
static void
find_none (gconstpointer data)
{
  const Case *one = data;
  g_auto (World) world = { 0 };
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rules = NULL;

  world_init (&world, one->words);
  checks = inb_checks_run (&world.situation);
  rules = list_rules (checks);
  g_assert_cmpstr (rules, ==, "");
  g_assert_null (inb_checks_get_obstacle (checks));
  g_assert_true (inb_request_validate (world.request, &error));
  g_assert_true (inb_provider_check (inb_catalogue_find (world.request->provider, NULL),
                                     world.request, &error));
  g_assert_no_error (error);
}

static void
assert_label (const char *words, InbRule rule, guint which, const char *label)
{
  g_auto (World) world = { 0 };
  g_autoptr (GPtrArray) checks = NULL;
  const InbCheck *check;

  world_init (&world, words);
  checks = inb_checks_run (&world.situation);
  check = find_rule (checks, rule);
  g_assert_cmpstr (check->fixes[which].label, ==, label);
}

static void
test_checks_name_the_best_way_out (void)
{
  assert_label ("start=280x800", INB_RULE_FRAME_TOO_SMALL, 0, "Use 9:16, Extended");
  assert_label ("start=400x400 framing=9:16", INB_RULE_FRAME_TOO_SMALL, 0, "Extend Background");
  assert_label ("start=3000x1000", INB_RULE_FRAME_SHAPE, 0, "Use 16:9");
  assert_label ("start=1000x2600", INB_RULE_FRAME_SHAPE, 0, "Use 9:16");
  assert_label ("start=100x100", INB_RULE_FRAME_TOO_SMALL, 0, "Choose Photo…");
  assert_label ("last=200x200", INB_RULE_FRAME_TOO_SMALL, 1, "Remove Last Frame");
  assert_label ("takes=3 day=1000000", INB_RULE_OVER_DAY_CAP, 0, "Use 2 Takes");
  assert_label ("takes=3 day=100000", INB_RULE_OVER_DAY_CAP, 0, "Change Caps…");
  /* of its own models first, then the cheapest of those with a key */
  assert_label ("model=kling-v2.5-turbo-std last=loop", INB_RULE_LAST_UNSUPPORTED, 0,
                "Use Kling 2.5 Turbo Pro · $0.35");
  assert_label ("provider=novita last=loop", INB_RULE_LAST_UNSUPPORTED, 1, "Remove Last Frame");
}

static void
test_checks_offer_only_who_has_a_key (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (GPtrArray) checks = NULL;
  const InbCheck *check;

  world_init (&world, "provider=novita last=loop");
  g_hash_table_remove_all (world.situation.keys);
  set_key (&world, "novita", "there");
  set_key (&world, "fal", "there");
  checks = inb_checks_run (&world.situation);
  check = find_rule (checks, INB_RULE_LAST_UNSUPPORTED);
  g_assert_cmpstr (check->fixes[0].label, ==, "Use fal.ai · $0.35");
  g_clear_pointer (&checks, g_ptr_array_unref);
  set_key (&world, "fal", "absent");
  checks = inb_checks_run (&world.situation);
  check = find_rule (checks, INB_RULE_LAST_UNSUPPORTED);
  g_assert_cmpstr (check->fixes[0].label, ==, "Remove Last Frame");
}

static void
test_a_text_is_shortened_between_words (void)
{
  g_autoptr (InbRequest) request = inb_request_new ();
  InbFix fix = { .kind = INB_FIX_SHORTEN_PROMPT, .number = 12 };

  request->prompt = g_strdup ("slow push in ünd more");
  g_assert_true (inb_fix_apply (&fix, request));
  g_assert_cmpstr (request->prompt, ==, "slow push");
  g_assert_true (inb_fix_apply (&fix, request));
  g_assert_cmpstr (request->prompt, ==, "slow push");
}

static void
test_the_first_thing_in_the_form_is_said_first (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (GPtrArray) checks = NULL;
  const InbCheck *check;

  world_init (&world, "start=none prompt=0 key=absent");
  checks = inb_checks_run (&world.situation);
  check = inb_checks_get_obstacle (checks);
  g_assert_true (check != NULL && check->rule == INB_RULE_START_MISSING);
}

static void
add_all (const char *kind, const Case *cases, gsize n_cases, GTestDataFunc func)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (cases[i].words), " /", '_');
      g_autofree char *path =
          g_strdup_printf ("/checks/%s/%02" G_GSIZE_FORMAT "-%s", kind, i + 1, name);

      g_test_add_data_func (path, &cases[i], func);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_all ("bad", bad, G_N_ELEMENTS (bad), find_fault);
  add_all ("good", good, G_N_ELEMENTS (good), find_none);
  g_test_add_func ("/checks/name-the-best-way-out", test_checks_name_the_best_way_out);
  g_test_add_func ("/checks/offer-only-who-has-a-key", test_checks_offer_only_who_has_a_key);
  g_test_add_func ("/checks/shortened-between-words", test_a_text_is_shortened_between_words);
  g_test_add_func ("/checks/first-in-the-form", test_the_first_thing_in_the_form_is_said_first);
  return g_test_run ();
}
