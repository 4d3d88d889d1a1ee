/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Placeholders of the texts that a manager keeps. */
#include "config.h"

#include <locale.h>
#include <string.h>

#include "base/kaf-validation-error.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-template.h"

static char *
get_value (const char *name, gpointer data)
{
  return g_str_equal (name, "mission.title") ? g_strdup ("Code & {day}") : NULL;
}

static void
test_fill (void)
{
  static const struct
  {
    const char *text, *filled;
    guint n_unknown;
  } cases[] = {
    { "", "", 0 },
    { "no placeholder }", "no placeholder }", 0 },
    { "{mission.title}", "Code & {day}", 0 },
    { "« { mission.title } »", "« Code & {day} »", 0 },
    { "{day}, {day} {place}", "………, ……… ………", 2 },
    { "{{day}", "{day}", 0 },
    { "{{{mission.title}}", "{Code & {day}}", 0 },
    { "open { here", "open { here", 0 },
    { "open {mission.title\n}", "open {mission.title\n}", 0 },
    { "{", "{", 0 },
    { "{}", "………", 1 },
    { "المهمة «{mission.title}».", "المهمة «Code & {day}».", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *filled = kaf_template_fill (cases[i].text, get_value, NULL, unknown);

      g_assert_cmpstr (filled, ==, cases[i].filled);
      g_assert_cmpuint (unknown->len, ==, cases[i].n_unknown);
    }
  g_assert_null (kaf_template_fill (NULL, get_value, NULL, NULL));
}

static void
test_check (void)
{
  /* @says: parts of the sentence; none: the text is right. */
  static const struct
  {
    const char *kind, *text, *says[2];
  } cases[] = {
    { "mission_order", "{mission.title} {{titel} }", { NULL } },
    { "mission_order", NULL, { NULL } },
    { "mission_order", "{mission.titel}", { "{mission.titel}", "{mission.title}" } },
    { "mission_order", "{Mission.Title}", { "{Mission.Title}", "{mission.title}" } },
    { "mission_order", "{mission.titre}", { "{mission.titre}", "{mission.title}" } },
    { "mission_order", "{xyzzy.quux.nothing}", { "{xyzzy.quux.nothing}", "list" } },
    { "mission_order", "{}", { "{}", NULL } },
    { "mission_order", "to {mission.title", { "{mission.title", "closed" } },
    { "mission_order", "{mission.{day}", { "{mission.", "closed" } },
    /* Known, but not of this kind. */
    { "mission_order", "{meeting.chair}", { "{meeting.chair}", NULL } },
    { "summons", "{meeting.chair}", { NULL } },
    { "article_amendment", "{convention.parent}", { NULL } },
    { "article_amendment", "{expert.name}", { "{expert.name}", NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean right = kaf_template_check (cases[i].kind, cases[i].text, &error);

      g_assert_true (right == (cases[i].says[0] == NULL));
      if (right)
        continue;
      g_assert_error (error, KAF_VALIDATION_ERROR, KAF_VALIDATION_ERROR_RULE);
      for (guint j = 0; j < 2 && cases[i].says[j] != NULL; j++)
        g_assert_nonnull (strstr (error->message, cases[i].says[j]));
    }
}

/* A long slip is cut, at the border of a letter. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) open = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append (text, "م");
  g_assert_false (kaf_template_check ("summons", text->str, &open));
  g_assert_true (g_utf8_validate (open->message, -1, NULL));
  g_assert_cmpuint (strlen (open->message), <, 500);
  g_string_append_c (text, '}');
  g_assert_false (kaf_template_check ("summons", text->str, &error));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, 500);
}

/* The catalogue: every kind that a template may have, and names that check as they are told. */
static void
test_names (void)
{
  const KafField *kind = kaf_entity_find_field (kaf_registry_find ("text_template"), "kind");
  g_autoptr (GPtrArray) all = kaf_template_names (NULL);

  for (const KafChoice *choice = kind->choices; choice->code != NULL; choice++)
    {
      g_autoptr (GPtrArray) names = kaf_template_names (choice->code);

      /* One that the table of kinds has forgotten would have them all. */
      g_assert_cmpuint (names->len, >, 3);
      g_assert_cmpuint (names->len, <, all->len);
      for (guint i = 0; i < names->len; i++)
        {
          const KafTemplateName *name = g_ptr_array_index (names, i);
          g_autofree char *text = g_strdup_printf ("{%s}", name->name);

          g_assert_true (kaf_template_check (choice->code, text, NULL));
          g_assert_true (*name->label != '\0' && *name->example != '\0');
          g_assert_true (kaf_template_find (choice->code, name->name) == name);
        }
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template/fill", test_fill);
  g_test_add_func ("/template/check", test_check);
  g_test_add_func ("/template/long", test_long);
  g_test_add_func ("/template/names", test_names);
  return g_test_run ();
}
