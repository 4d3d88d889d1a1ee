/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kafaat-server user, grant, device: who may come in. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rules/kaf-scope.h"
#include "schema/kaf-role.h"
#include "server/kaf-password.h"
#include "server/kaf-server-cli.h"
#include "server/kaf-tokens.h"

/* @error by reference: arguments are evaluated in any order. */
static KafServerExit
finish (gboolean done, const char *what, GError **error)
{
  return done ? KAF_SERVER_EXIT_OK : kaf_server_cli_fail_error (what, *error);
}

/* "user add" and "user passwd". */
static KafServerExit
write_password (const char *dir, const char *name, gboolean from_stdin, gboolean add)
{
  g_autoptr (KafService) service = NULL;
  g_autoptr (KafSecret) password = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_accounts_is_name (name))
    return kaf_server_cli_fail_usage (
        _ ("A user's name has 2 to 64 of the letters a to z, digits, “.”, “_” and “-”."));
  service = kaf_server_cli_open (dir);
  if (service == NULL)
    return KAF_SERVER_EXIT_FINDING;
  password = kaf_server_cli_read_password (from_stdin);
  if (password == NULL)
    return KAF_SERVER_EXIT_USAGE;
  hash = kaf_password_hash (password);
  if (hash == NULL)
    return kaf_server_cli_fail (_ ("There is not enough memory to hash a password."));
  return finish (add ? kaf_accounts_add_user (service->accounts, name, hash, &error)
                     : kaf_accounts_set_password (service->accounts, name, hash, &error),
                 name, &error);
}

static KafServerExit
set_disabled (const char *dir, const char *name, gboolean disabled)
{
  g_autoptr (KafService) service = kaf_server_cli_open (dir);
  g_autoptr (GError) error = NULL;

  if (service == NULL)
    return KAF_SERVER_EXIT_FINDING;
  return finish (kaf_accounts_set_disabled (service->accounts, name, disabled, &error), name,
                 &error);
}

static KafServerExit
list_users (const char *dir)
{
  g_autoptr (KafService) service = kaf_server_cli_open (dir);
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (GError) error = NULL;

  if (service == NULL)
    return KAF_SERVER_EXIT_FINDING;
  users = kaf_accounts_list_users (service->accounts, &error);
  if (users == NULL)
    return kaf_server_cli_fail_error (NULL, error);
  for (guint i = 0; i < users->len; i++)
    {
      const KafAccountsUser *user = g_ptr_array_index (users, i);

      g_print ("%s\t%s\t%s\t%s\n", user->name, user->role != NULL ? user->role : "—",
               user->scope != NULL ? user->scope : "—", user->disabled ? _ ("disabled") : "");
    }
  return KAF_SERVER_EXIT_OK;
}

static KafServerExit
run_user (const char *dir, GStrv args)
{
  gboolean from_stdin = FALSE;
  const GOptionEntry entries[] = {
    { "password-stdin", 0, 0, G_OPTION_ARG_NONE, &from_stdin,
      N_ ("Read the password from standard input"), NULL },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  const char *verb;
  gboolean named;

  if (!kaf_server_cli_parse (&kaf_server_verb_user, entries, &words, 1, 2))
    return KAF_SERVER_EXIT_USAGE;
  verb = words[1];
  named = words[2] != NULL;
  if (named && (g_str_equal (verb, "add") || g_str_equal (verb, "passwd")))
    return write_password (dir, words[2], from_stdin, g_str_equal (verb, "add"));
  if (named && (g_str_equal (verb, "disable") || g_str_equal (verb, "enable")))
    return set_disabled (dir, words[2], g_str_equal (verb, "disable"));
  if (!named && g_str_equal (verb, "list"))
    return list_users (dir);
  return kaf_server_cli_fail_usage (_ ("Usage: kafaat-server --dir DIR %s %s"), "user",
                                    kaf_server_verb_user.arguments);
}

/* One that can be granted by an administration. */
static gboolean
is_granted (const KafRole *role)
{
  return !g_str_equal (role->id, KAF_ROLE_NONE) && !g_str_equal (role->id, "local-officer");
}

/* KIND:VALUE with a kind of kaf-scope.h; several are kept in one text, parted by spaces. */
static gboolean
is_scope (const char *text)
{
  static const char *const kinds[] = { "country:", "territory:",  "organisation:",
                                       "sector:",  "convention:", "mission:" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (text, kinds[i]) && text[strlen (kinds[i])] != '\0' &&
        strpbrk (text, " \t\n") == NULL)
      return TRUE;
  return g_str_equal (text, KAF_SCOPE_NATIONAL);
}

static char *
list_roles (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;
  const KafRole *roles = kaf_roles (&n);

  for (guint i = 0; i < n; i++)
    if (is_granted (&roles[i]))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", roles[i].id);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
check_grant (const char *role_name, char **scopes)
{
  const KafRole *role = kaf_role_find (role_name);
  g_autofree char *roles = list_roles ();

  if (role == NULL || !is_granted (role))
    {
      kaf_server_cli_fail_usage (_ ("There is no role “%s”: choose one of %s."), role_name, roles);
      return FALSE;
    }
  for (guint i = 0; scopes[i] != NULL; i++)
    if (!is_scope (scopes[i]))
      {
        kaf_server_cli_fail_usage (
            _ ("“%s” is no scope: say “national”, or “country:”, “territory:”, "
               "“organisation:”, “sector:”, “convention:” or “mission:” and a code."),
            scopes[i]);
        return FALSE;
      }
  return TRUE;
}

/* As grants have them; NULL: one names nothing, which was said. (transfer full) */
static char *
name_scopes (KafService *service, char **scopes)
{
  g_autoptr (GPtrArray) named = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; scopes[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      char *one;

      if (!kaf_hub_name_scope (service->hub, scopes[i], &one, &error))
        {
          if (g_error_matches (error, KAF_HUB_ERROR, KAF_HUB_ERROR_MISSING))
            kaf_server_cli_fail_usage (
                _ ("“%s” names no record of this server: give its reference or its id."),
                scopes[i]);
          else
            kaf_server_cli_fail_error (NULL, error);
          return NULL;
        }
      g_ptr_array_add (named, one);
    }
  g_ptr_array_add (named, NULL);
  return g_strjoinv (" ", (char **) named->pdata);
}

static KafServerExit
run_grant (const char *dir, GStrv args)
{
  gboolean revoke = FALSE;
  const GOptionEntry entries[] = {
    { "revoke", 0, 0, G_OPTION_ARG_NONE, &revoke, N_ ("Take away all that the user was granted"),
      NULL },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (args);
  g_autoptr (KafService) service = NULL;
  g_autofree char *scopes = NULL;
  g_autoptr (GError) error = NULL;

  if (!kaf_server_cli_parse (&kaf_server_verb_grant, entries, &words, 1, G_MAXUINT - 1))
    return KAF_SERVER_EXIT_USAGE;
  if (revoke ? words[2] != NULL : g_strv_length (words) < 4)
    return kaf_server_cli_fail_usage (_ ("Usage: kafaat-server --dir DIR %s %s"), "grant",
                                      kaf_server_verb_grant.arguments);
  if (!revoke && !check_grant (words[2], words + 3))
    return KAF_SERVER_EXIT_USAGE;
  service = kaf_server_cli_open (dir);
  if (service == NULL)
    return KAF_SERVER_EXIT_FINDING;
  scopes = revoke ? g_strdup ("") : name_scopes (service, words + 3);
  if (scopes == NULL)
    return KAF_SERVER_EXIT_USAGE;
  return finish (kaf_accounts_grant (service->accounts, words[1], revoke ? KAF_ROLE_NONE : words[2],
                                     scopes, &error),
                 words[1], &error);
}

static KafServerExit
list_devices (const char *dir)
{
  g_autoptr (KafService) service = kaf_server_cli_open (dir);
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GError) error = NULL;

  if (service == NULL)
    return KAF_SERVER_EXIT_FINDING;
  devices = kaf_accounts_list_devices (service->accounts, &error);
  if (devices == NULL)
    return kaf_server_cli_fail_error (NULL, error);
  for (guint i = 0; i < devices->len; i++)
    {
      const KafAccountsDevice *device = g_ptr_array_index (devices, i);
      g_autofree char *enrolled = kaf_server_cli_format_time (device->enrolled);
      g_autofree char *synced = kaf_server_cli_format_time (device->last_sync);

      g_print ("%016" G_GINT64_MODIFIER "x\t%s\t%s\t%s\t%s\t%s\n", device->id, device->user,
               device->name, enrolled, synced, device->revoked != 0 ? _ ("revoked") : "");
    }
  return KAF_SERVER_EXIT_OK;
}

static KafServerExit
revoke_device (const char *dir, const char *text)
{
  g_autoptr (KafService) service = NULL;
  g_autoptr (GError) error = NULL;
  guint64 device = 0;

  if (strlen (text) != 16 || !g_ascii_string_to_unsigned (text, 16, 0, G_MAXUINT64, &device, NULL))
    return kaf_server_cli_fail_usage (
        _ ("“%s” is no device: “device list” gives their 16 hexadecimal digits."), text);
  service = kaf_server_cli_open (dir);
  if (service == NULL)
    return KAF_SERVER_EXIT_FINDING;
  return finish (kaf_accounts_revoke_device (service->accounts, device, &error), text, &error);
}

static KafServerExit
run_device (const char *dir, GStrv args)
{
  g_auto (GStrv) words = g_strdupv (args);

  if (!kaf_server_cli_parse (&kaf_server_verb_device, NULL, &words, 1, 2))
    return KAF_SERVER_EXIT_USAGE;
  if (g_str_equal (words[1], "list") && words[2] == NULL)
    return list_devices (dir);
  if (g_str_equal (words[1], "revoke") && words[2] != NULL)
    return revoke_device (dir, words[2]);
  return kaf_server_cli_fail_usage (_ ("Usage: kafaat-server --dir DIR %s %s"), "device",
                                    kaf_server_verb_device.arguments);
}

const KafServerVerb kaf_server_verb_user = {
  .name = "user",
  .arguments = "add|passwd NAME [--password-stdin] | disable|enable NAME | list",
  .summary = N_ ("Users: adds and lists them, changes passwords, shuts them out"),
  .run = run_user,
};

const KafServerVerb kaf_server_verb_grant = {
  .name = "grant",
  .arguments = "USER ROLE SCOPE… | --revoke USER",
  .summary = N_ ("Says what a user may see and do; replaces what was said before"),
  .run = run_grant,
};

const KafServerVerb kaf_server_verb_device = {
  .name = "device",
  .arguments = "list | revoke DEVICE",
  .summary = N_ ("Devices: lists them, shuts out one that was lost"),
  .run = run_device,
};
