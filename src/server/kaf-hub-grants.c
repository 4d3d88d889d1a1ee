/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-hub-grants.h"

#include <string.h>

#include "rules/kaf-scope.h"
#include "schema/kaf-registry.h"
#include "sync/kaf-json.h"

/* ROLE '\t' CLASSES '\t' SCOPE ' ' SCOPE…, and '\t' KINDS of a role that does not know all: a hash of those that it
 * knows, for with another version of the program those may be others. */
#define N_CELLS 3

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Empty words, as between two spaces, are none. */
static char **
sort_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (list, g_strdup (words[i]));
  g_ptr_array_sort (list, compare);
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}

/* NULL: all. (transfer full) */
static char *
hash_kinds (const KafRole *role)
{
  g_autoptr (GString) kinds = g_string_new (NULL);
  guint n_entities;
  const KafEntity *const *entities = kaf_registry_entities (&n_entities);

  if (kaf_role_knows_all (role))
    return NULL;
  for (guint i = 0; i < n_entities; i++)
    if (kaf_role_knows (role, entities[i]))
      g_string_append_printf (kinds, "%s\n", entities[i]->id);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, kinds->str, kinds->len);
}

KafHubGrants *
kaf_hub_grants_new (const KafHubSession *session)
{
  KafHubGrants *self = g_new0 (KafHubGrants, 1);
  gboolean missions = kaf_role_knows (session->role, kaf_registry_find ("mission"));
  gboolean enters = kaf_role_may_write (session->role, kaf_registry_find ("organisation"));
  g_autofree char *entered = g_strconcat (" " KAF_SCOPE_ENTERED, session->user, NULL);
  g_autofree char *own =
      g_strconcat (KAF_SCOPE_USER, session->user, missions ? " " KAF_SCOPE_MISSIONS : "",
                   enters ? entered : "", " ", session->grant, NULL);
  g_autofree char *scopes = NULL;
  g_autofree char *kinds = NULL;
  g_autofree char *hash = NULL;

  self->role = session->role;
  self->reads = session->role->reads;
  self->scopes = sort_words (own);
  /* Who sees everything sees his own as well, and whatever part he is granted: all of a role are told the same. */
  self->all = g_strv_contains ((const char *const *) self->scopes, KAF_SCOPE_NATIONAL);
  if (self->all)
    {
      g_strfreev (self->scopes);
      self->scopes = sort_words (KAF_SCOPE_NATIONAL);
    }
  scopes = g_strjoinv (" ", self->scopes);
  kinds = hash_kinds (self->role);
  self->text = g_strdup_printf ("%s\t%u\t%s%s%s", self->role->id, self->reads, scopes,
                                kinds != NULL ? "\t" : "", kinds != NULL ? kinds : "");
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->text, -1);
  g_strlcpy (self->version, hash, sizeof self->version);
  return self;
}

/* NULL: what it knew when that was written is not known. @kinds: as hash_kinds() gave it then. */
static const KafRole *
find_role (const char *id, const char *kinds)
{
  const KafRole *role = kaf_role_find (id);
  g_autofree char *now = role != NULL ? hash_kinds (role) : NULL;

  return g_strcmp0 (now, kinds) == 0 ? role : NULL;
}

KafHubGrants *
kaf_hub_grants_parse (const char *version, const char *text)
{
  KafHubGrants *self = g_new0 (KafHubGrants, 1);
  g_auto (GStrv) cells = g_strsplit (text != NULL ? text : "", "\t", -1);

  g_strlcpy (self->version, version, sizeof self->version);
  self->text = g_strdup (text);
  if (g_strv_length (cells) >= N_CELLS)
    self->role = find_role (cells[0], cells[N_CELLS]);
  if (self->role == NULL)
    {
      self->reads = KAF_CLASS_ALL;
      self->all = TRUE;
      self->scopes = g_new0 (char *, 1);
      return self;
    }
  self->reads = g_ascii_strtoull (cells[1], NULL, 10);
  self->scopes = sort_words (cells[2]);
  self->all = g_strv_contains ((const char *const *) self->scopes, KAF_SCOPE_NATIONAL);
  return self;
}

void
kaf_hub_grants_free (KafHubGrants *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->scopes);
  g_free (self->text);
  g_free (self);
}

static gboolean
has_scope (const KafHubGrants *self, const char *scope, gsize size)
{
  for (guint i = 0; self->scopes[i] != NULL; i++)
    if (strlen (self->scopes[i]) == size && memcmp (self->scopes[i], scope, size) == 0)
      return TRUE;
  return FALSE;
}

/* One line of a text of spans; what follows it, or NULL at the end. */
static const char *
read_span (const char *text, gsize *size, gint64 *entered, gint64 *left)
{
  const char *tab = text != NULL && *text != '\0' ? strchr (text, '\t') : NULL;
  char *end;

  if (tab == NULL)
    return NULL;
  *size = tab - text;
  *entered = g_ascii_strtoll (tab + 1, &end, 10);
  *left = *end == '\t' ? g_ascii_strtoll (end + 1, &end, 10) : 0;
  return *end == '\n' ? end + 1 : "";
}

void
kaf_hub_grants_reach (const KafHubGrants *self,
                      const KafEntity *root,
                      const char *spans,
                      KafHubStanding *standing)
{
  const char *next;
  gint64 entered, left;
  gsize size;

  *standing = (KafHubStanding){ FALSE, 0, 0 };
  standing->now = self->all || kaf_scope_is_everybodys (root);
  for (; !standing->now || standing->entered > 0; spans = next)
    {
      next = read_span (spans, &size, &entered, &left);
      if (next == NULL)
        return;
      if (!has_scope (self, spans, size))
        continue;
      if (left > 0)
        standing->left = MAX (standing->left, left);
      else
        {
          standing->entered = standing->now ? MIN (standing->entered, entered) : entered;
          standing->now = TRUE;
        }
    }
}

/* Whether @scope says of a file or a conflict to what it belongs. */
static gboolean
is_owner (const char *scope, gsize size)
{
  return size > strlen (KAF_SCOPE_OF) && memcmp (scope, KAF_SCOPE_OF, strlen (KAF_SCOPE_OF)) == 0;
}

/* Whether that is of a kind that the role does not know. */
static gboolean
is_closed (const KafHubGrants *self, const char *scope, gsize size)
{
  const gsize prefix = strlen (KAF_SCOPE_OF);
  g_autofree char *kind = g_strndup (scope + prefix, size - prefix);
  const KafEntity *entity = kaf_registry_find (kind);

  return entity == NULL || !kaf_role_knows (self->role, kaf_entity_get_root (entity));
}

/* To what a file or a conflict belongs, and belonged before: it may have been moved. */
typedef struct
{
  gboolean closed;               /* that is closed to the role */
  gint64 since;                  /* number from which it is so */
  gboolean was_open, was_closed; /* it belonged to others before, such and such */
} Ownership;

static void
look_at_owner (const KafHubGrants *self, const char *spans, Ownership *owner)
{
  gint64 entered, left;
  const char *next;
  gsize size;

  *owner = (Ownership){ 0 };
  for (; (next = read_span (spans, &size, &entered, &left)) != NULL; spans = next)
    {
      gboolean closed;

      if (!is_owner (spans, size))
        continue;
      closed = is_closed (self, spans, size);
      if (left == 0)
        {
          owner->closed = closed;
          owner->since = entered;
        }
      else if (closed)
        owner->was_closed = TRUE;
      else
        owner->was_open = TRUE;
    }
}

void
kaf_hub_grants_look (const KafHubGrants *self,
                     const KafEntity *root,
                     const char *spans,
                     KafHubStanding *standing)
{
  Ownership owner;

  *standing = (KafHubStanding){ FALSE, 0, 0 };
  if (self->role != NULL && !kaf_role_knows (self->role, root))
    return;
  kaf_hub_grants_reach (self, root, spans, standing);
  if (self->role == NULL || kaf_role_knows_all (self->role))
    return;
  look_at_owner (self, spans, &owner);
  if (owner.closed)
    {
      /* What was never open to the device it need not hear of. */
      if (standing->now && owner.was_open)
        standing->left = MAX (standing->left, owner.since);
      standing->now = FALSE;
    }
  else if (standing->now && owner.was_closed)
    standing->entered = MAX (standing->entered, owner.since);
}

gboolean
kaf_hub_grants_cover (const KafHubGrants *self, const KafEntity *root, const char *const *scopes)
{
  if (self->role != NULL && !kaf_role_knows (self->role, root))
    return FALSE;
  for (guint i = 0; self->role != NULL && scopes[i] != NULL; i++)
    if (is_owner (scopes[i], strlen (scopes[i])) && is_closed (self, scopes[i], strlen (scopes[i])))
      return FALSE;
  if (self->all || kaf_scope_is_everybodys (root))
    return TRUE;
  for (guint i = 0; self->scopes[i] != NULL; i++)
    if (g_strv_contains (scopes, self->scopes[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_written (const char *scope)
{
  return !g_str_equal (scope, KAF_SCOPE_NATIONAL) && !g_str_equal (scope, KAF_SCOPE_SYSTEM);
}

static void
print_span (GString *text, const char *scope, gint64 entered, gint64 left)
{
  g_string_append (text, scope);
  g_string_append_c (text, '\t');
  kaf_json_append_integer (text, entered);
  g_string_append_c (text, '\t');
  kaf_json_append_integer (text, left);
  g_string_append_c (text, '\n');
}

char *
kaf_hub_spans_move (const char *spans, const char *const *scopes, gint64 seq, gboolean *moved)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 entered, left;
  const char *next;
  gsize size;

  *moved = FALSE;
  for (; (next = read_span (spans, &size, &entered, &left)) != NULL; spans = next)
    {
      char *scope = g_strndup (spans, size);
      gboolean stands = g_strv_contains (scopes, scope);

      if (stands != (left == 0))
        {
          *moved = TRUE;
          left = stands ? 0 : seq;
          entered = stands ? seq : entered;
        }
      print_span (text, scope, entered, left);
      g_hash_table_add (kept, scope);
    }
  for (guint i = 0; scopes[i] != NULL; i++)
    if (is_written (scopes[i]) && !g_hash_table_contains (kept, scopes[i]))
      {
        print_span (text, scopes[i], seq, 0);
        *moved = TRUE;
      }
  return g_string_free (text, FALSE);
}
