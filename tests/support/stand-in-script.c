/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a test has ordered to go wrong, and when. */
#include "stand-in.h"

#include <string.h>

struct _SiRule
{
  JsonObject *object;
  const char *service;
  const char *step;
  const char *name;
  gint64 after; /* matches still to let pass */
  gint64 times; /* still to do; −1: always */
};

static const char *const step_names[SI_N_STEPS] = { "upload",   "submit", "poll",    "result",
                                                    "download", "cancel", "history", "balance" };

static void
rule_free (SiRule *rule)
{
  json_object_unref (rule->object);
  g_free (rule);
}

static gboolean
matches (SiRule *rule, const char *service, SiStep step)
{
  if (rule->times == 0)
    return FALSE;
  if (strcmp (rule->service, "*") != 0 && strcmp (rule->service, service) != 0)
    return FALSE;
  return strcmp (rule->step, "*") == 0 || strcmp (rule->step, step_names[step]) == 0;
}

/* The first rule whose turn it is; the rule stays with the script. */
SiRule *
si_rule_take (SiStand *stand, const char *service, SiStep step)
{
  guint i;

  for (i = 0; i < stand->rules->len; i++)
    {
      SiRule *rule = stand->rules->pdata[i];

      if (!matches (rule, service, step))
        continue;
      if (rule->after > 0)
        {
          rule->after--;
          continue;
        }
      if (rule->times > 0)
        rule->times--;
      return rule;
    }
  return NULL;
}

const char *
si_rule_do (SiRule *rule)
{
  return rule->name;
}

/* Whether the service does its work (and bills) although its answer does not come through. */
gboolean
si_rule_accepts (SiRule *rule)
{
  if (json_object_has_member (rule->object, "accept"))
    return json_object_get_boolean_member (rule->object, "accept");
  return si_fault_accepts (rule->name);
}

gint64
si_rule_number (SiRule *rule, const char *name, gint64 otherwise)
{
  return json_object_get_int_member_with_default (rule->object, name, otherwise);
}

JsonObject *
si_rule_object (SiRule *rule)
{
  return rule->object;
}

void
si_script_clear (SiStand *stand)
{
  if (stand->rules == NULL)
    stand->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
  g_ptr_array_set_size (stand->rules, 0);
}

static SiRule *
read_rule (JsonNode *node, char **wrong)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *service = si_string (object, "service"), *step = si_string (object, "step");
  const char *name = si_string (object, "do");
  SiRule *rule;
  guint i;

  if (service == NULL || step == NULL || name == NULL)
    {
      *wrong = g_strdup ("a rule needs service, step and do");
      return NULL;
    }
  for (i = 0; i < SI_N_STEPS; i++)
    if (strcmp (step, step_names[i]) == 0)
      break;
  if (i == SI_N_STEPS && strcmp (step, "*") != 0)
    *wrong = g_strdup_printf ("no step is called %s", step);
  else if (!si_fault_is_known (name))
    *wrong = g_strdup_printf ("no behaviour is called %s", name);
  if (*wrong != NULL)
    return NULL;

  rule = g_new0 (SiRule, 1);
  rule->object = json_object_ref (object);
  rule->service = service;
  rule->step = step;
  rule->name = name;
  rule->after = si_rule_number (rule, "after", 0);
  rule->times = si_rule_number (rule, "times", 1);
  if (rule->times <= 0)
    rule->times = -1;
  return rule;
}

/* Adds a list of rules, or one; says what is wrong with them, and then adds none. */
char *
si_script_add (SiStand *stand, JsonNode *node)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
  char *wrong = NULL;
  guint i,
      n = JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node)) : 1;

  for (i = 0; i < n && wrong == NULL; i++)
    {
      JsonNode *one = JSON_NODE_HOLDS_ARRAY (node)
                          ? json_array_get_element (json_node_get_array (node), i)
                          : node;
      SiRule *rule = read_rule (one, &wrong);

      if (rule != NULL)
        g_ptr_array_add (rules, rule);
    }
  if (wrong == NULL)
    g_ptr_array_extend_and_steal (stand->rules, g_steal_pointer (&rules));
  return wrong;
}
