/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One GSettings object for the program, made on first use; used from the main thread only. A missing
 * schema must not end the program, which g_settings_new() would do: it is looked up first. */
#include "config.h"

#include "ui/app/kaf-settings.h"

typedef struct
{
  const char *key;
  const char *type;
  const char *value; /* GVariant text */
} Default;

static const Default defaults[] = {
  { KAF_SETTING_LANGUAGE, "s", "'auto'" },        { KAF_SETTING_COLOR_SCHEME, "s", "'default'" },
  { KAF_SETTING_WINDOW_WIDTH, "i", "1366" },      { KAF_SETTING_WINDOW_HEIGHT, "i", "768" },
  { KAF_SETTING_WINDOW_MAXIMIZED, "b", "false" },
};

static GSettings *
get_settings (void)
{
  static GSettings *settings;
  static gboolean looked_up;

  if (!looked_up)
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr (GSettingsSchema) schema = NULL;

      looked_up = TRUE;
      if (source != NULL)
        schema = g_settings_schema_source_lookup (source, KAF_APPLICATION_ID, TRUE);
      if (schema != NULL)
        settings = g_settings_new_full (schema, NULL, NULL);
      else
        g_debug ("No settings schema: defaults are used and nothing is remembered");
    }
  return settings;
}

/* What was set while there is no schema. */
static GHashTable *
get_memory (void)
{
  static GHashTable *memory;

  if (memory == NULL)
    memory =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  return memory;
}

static GVariant *
get_value (const char *key)
{
  GSettings *settings = get_settings ();
  GVariant *kept;

  if (settings != NULL)
    return g_settings_get_value (settings, key);

  kept = g_hash_table_lookup (get_memory (), key);
  if (kept != NULL)
    return g_variant_ref (kept);
  for (gsize i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (g_str_equal (defaults[i].key, key))
      return g_variant_parse (G_VARIANT_TYPE (defaults[i].type), defaults[i].value, NULL, NULL,
                              NULL);
  g_return_val_if_reached (NULL);
}

static void
set_value (const char *key, GVariant *value)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  GSettings *settings = get_settings ();

  if (settings != NULL)
    g_settings_set_value (settings, key, owned);
  else
    g_hash_table_insert (get_memory (), g_strdup (key), g_steal_pointer (&owned));
}

char *
kaf_settings_get_string (const char *key)
{
  g_autoptr (GVariant) value = get_value (key);

  return g_variant_dup_string (value, NULL);
}

void
kaf_settings_set_string (const char *key, const char *value)
{
  set_value (key, g_variant_new_string (value));
}

int
kaf_settings_get_int (const char *key)
{
  g_autoptr (GVariant) value = get_value (key);

  return g_variant_get_int32 (value);
}

void
kaf_settings_set_int (const char *key, int value)
{
  set_value (key, g_variant_new_int32 (value));
}

gboolean
kaf_settings_get_boolean (const char *key)
{
  g_autoptr (GVariant) value = get_value (key);

  return g_variant_get_boolean (value);
}

void
kaf_settings_set_boolean (const char *key, gboolean value)
{
  set_value (key, g_variant_new_boolean (value));
}

void
kaf_settings_sync (void)
{
  if (get_settings () != NULL)
    g_settings_sync ();
}
