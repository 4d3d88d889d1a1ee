/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-secrets.h"

#include <glib/gstdio.h>
#include <string.h>

#include "net/kaf-keyring.h"
#include "net/kaf-net-error.h"
#include "sync/kaf-json.h"
#include "sync/kaf-wire.h"

void
kaf_secrets_clear (KafSecrets *self)
{
  g_clear_pointer (&self->access, g_free);
  g_clear_pointer (&self->refresh, g_free);
}

static char *
make_path (const char *store)
{
  return g_strconcat (store, ".secrets", NULL);
}

static gboolean
parse (const char *text, KafSecrets *self)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members;

  if ((members = kaf_wire_parse_object (text, strlen (text), parts, NULL)) != NULL)
    {
      self->access = kaf_wire_find_string (members, "access");
      self->refresh = kaf_wire_find_string (members, "refresh");
      kaf_wire_find_integer (members, "access_until", &self->access_until);
    }
  return self->refresh != NULL;
}

static char *
print (const KafSecrets *self)
{
  GString *json = g_string_new ("{\"access\":");

  kaf_json_append_string (json, self->access);
  g_string_append_printf (
      json, ",\"access_until\":%" G_GINT64_FORMAT ",\"refresh\":", self->access_until);
  kaf_json_append_string (json, self->refresh);
  g_string_append (json, "}\n");
  return g_string_free (json, FALSE);
}

static void
wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

/* What the keyring has taken stands there alone. */
static gboolean
move_to_keyring (const char *store, const char *text)
{
  g_autofree char *path = make_path (store);

  if (!kaf_keyring_save (store, text))
    return FALSE;
  g_unlink (path);
  return TRUE;
}

/* A file is what was written last: when the keyring had no place, or before there was one. */
gboolean
kaf_secrets_load (const char *store, KafSecrets *self, GError **error)
{
  g_autofree char *path = make_path (store);
  KafKeyringState state;
  char *text = NULL;
  gboolean found;

  *self = (KafSecrets){ NULL };
  if (g_file_get_contents (path, &text, NULL, NULL))
    {
      found = parse (text, self);
      if (found)
        move_to_keyring (store, text);
      wipe (text);
      if (found)
        return TRUE;
    }
  state = kaf_keyring_load (store, &text);
  found = text != NULL && parse (text, self);
  wipe (text);
  if (found)
    return TRUE;
  if (state == KAF_KEYRING_LOCKED)
    g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_KEYRING, "the keyring is locked");
  else
    g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_SIGNED_OUT, "no tokens here");
  return FALSE;
}

gboolean
kaf_secrets_save (const char *store, const KafSecrets *self, GError **error)
{
  g_autofree char *path = make_path (store);
  char *text = print (self);
  gboolean done = move_to_keyring (store, text) ||
                  g_file_set_contents_full (
                      path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                      0600, error);

  wipe (text);
  return done;
}

static char *
make_authority_path (const char *store)
{
  g_autofree char *path = g_strconcat (store, ".authority.pem", NULL);

  /* GIO takes no other. */
  return g_canonicalize_filename (path, NULL);
}

char *
kaf_secrets_find_authority (const char *store)
{
  g_autofree char *path = make_authority_path (store);

  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

gboolean
kaf_secrets_save_authority (const char *store, const char *pem, GError **error)
{
  g_autofree char *path = make_authority_path (store);

  return g_file_set_contents_full (path, pem, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}
