/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-quarantine.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/kaf-utf8.h"
#include "net/kaf-net-error.h"
#include "net/kaf-refusal-text.h"
#include "net/kaf-tokens.h"
#include "schema/kaf-registry.h"
#include "schema/kaf-value.h"
#include "store/kaf-read.h"
#include "sync/kaf-exchange.h"
#include "sync/kaf-json.h"
#include "sync/kaf-wire.h"

/* Values */

static void
field_free (gpointer data)
{
  KafAsideField *self = data;

  g_free (self->value);
  g_free (self->stands);
  g_free (self->value_text);
  g_free (self->stands_text);
  g_free (self);
}

static void
change_free (gpointer data)
{
  KafAsideChange *self = data;

  g_ptr_array_unref (self->fields);
  g_free (self);
}

static void
aside_free (gpointer data)
{
  KafAside *self = data;

  g_free (self->name);
  g_free (self->by);
  g_free (self->id);
  g_free (self->ref);
  g_free (self->title);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

void
kaf_quarantine_free (KafQuarantine *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_free (self);
}

char *
kaf_aside_name_edit (const KafAside *self)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < self->changes->len; i++)
    {
      const KafAsideChange *change = g_ptr_array_index (self->changes, i);

      if (change->kind != KAF_CHANGE_UPDATE)
        return g_strdup (kaf_refusal_name_kind (change->kind));
      for (guint j = 0; j < change->fields->len; j++)
        g_string_append_printf (
            name, "%s%s", name->len > 0 ? " · " : "",
            _ (((const KafAsideField *) g_ptr_array_index (change->fields, j))->field->label));
    }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

const char *
kaf_aside_get_title (const KafAside *self)
{
  if (self->title != NULL)
    return self->title;
  return self->ref != NULL ? self->ref : _ (self->entity->label);
}

/* Reading */

static gboolean
read_kind (const KafWirePart *members, KafChangeKind *kind)
{
  static const char *const names[] = { [KAF_CHANGE_CREATE] = "create",
                                       [KAF_CHANGE_UPDATE] = "update",
                                       [KAF_CHANGE_DELETE] = "delete",
                                       [KAF_CHANGE_RESTORE] = "restore" };
  g_autofree char *name = kaf_wire_find_string (members, "o");

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

/* FIELD:[VALUE,STANDS]. FALSE: it is one that is not known here. */
static gboolean
read_field (const KafEntity *entity, const KafWirePart *name, GPtrArray *fields)
{
  const KafWirePart *pair = name + 1;
  int field = kaf_entity_field_index_of (entity, name->text, name->size);
  KafAsideField *one;

  if (field < 0 || !kaf_wire_is_array (pair) || pair->n != 2)
    return FALSE;
  one = g_new0 (KafAsideField, 1);
  one->field = &entity->fields[field];
  one->value = kaf_wire_get_string (kaf_wire_nth (pair, 0));
  one->stands = kaf_wire_get_string (kaf_wire_nth (pair, 1));
  g_ptr_array_add (fields, one);
  return TRUE;
}

static gboolean
read_change (const KafWirePart *members, KafAside *edit)
{
  g_autofree char *name = kaf_wire_find_string (members, "e");
  const KafEntity *entity = name != NULL ? kaf_registry_find (name) : NULL;
  const KafWirePart *fields = kaf_wire_find (members, "f"), *one;
  KafAsideChange *self;
  KafChangeKind kind;

  if (entity == NULL || !kaf_wire_is_object (fields) || !read_kind (members, &kind))
    return FALSE;
  self = g_new0 (KafAsideChange, 1);
  self->kind = kind;
  self->entity = entity;
  self->fields = g_ptr_array_new_with_free_func (field_free);
  g_ptr_array_add (edit->changes, self);
  one = fields + 1;
  for (guint i = 0; i < fields->n; i++, one = kaf_wire_after (one + 1))
    edit->n_hidden += !read_field (entity, one, self->fields);
  return TRUE;
}

/* NULL: it is of a kind that is not known here, or no edit. */
static KafAside *
read_edit (const KafWirePart *members)
{
  g_autofree char *entity = kaf_wire_find_string (members, "entity");
  const KafWirePart *ops = kaf_wire_find (members, "ops"), *one;
  gint64 at = 0, hidden = 0;
  KafAside *self = g_new0 (KafAside, 1);
  gboolean whole;

  self->name = kaf_wire_find_string (members, "edit");
  self->by = kaf_wire_find_string (members, "by");
  self->id = kaf_wire_find_string (members, "id");
  self->ref = kaf_wire_find_string (members, "ref");
  self->entity = entity != NULL ? kaf_registry_find (entity) : NULL;
  self->changes = g_ptr_array_new_with_free_func (change_free);
  kaf_wire_find_integer (members, "at", &at);
  kaf_wire_find_integer (members, "hidden", &hidden);
  self->at = CLAMP (at, 0, G_MAXINT64 / 1000) * 1000;
  self->n_hidden = (guint) CLAMP (hidden, 0, G_MAXINT);
  whole = self->name != NULL && self->id != NULL && self->entity != NULL && kaf_wire_is_array (ops);
  one = whole ? ops + 1 : NULL;
  for (guint i = 0; whole && i < ops->n; i++, one = kaf_wire_after (one))
    whole = read_change (one, self);
  if (!whole || self->changes->len == 0)
    g_clear_pointer (&self, aside_free);
  return self;
}

static gboolean
protocol_error (GError **error)
{
  g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_PROTOCOL, "not what was asked for");
  return FALSE;
}

KafQuarantine *
kaf_quarantine_parse (const char *text, gsize size, GError **error)
{
  g_autoptr (KafQuarantine) self = g_new0 (KafQuarantine, 1);
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  gboolean whole = FALSE;
  const char *line;
  gsize length;

  self->edits = g_ptr_array_new_with_free_func (aside_free);
  while ((line = kaf_exchange_next (&text, &size, &length)) != NULL)
    {
      const KafWirePart *members = kaf_wire_parse_object (line, length, parts, NULL);
      KafAside *edit = NULL;

      if (members == NULL || whole)
        {
          protocol_error (error);
          return NULL;
        }
      if (kaf_wire_find_integer (members, "seen", &self->seen))
        {
          whole = TRUE;
          self->more |= kaf_wire_is_true (kaf_wire_find (members, "more"));
        }
      else if ((edit = read_edit (members)) != NULL)
        g_ptr_array_add (self->edits, edit);
      else
        self->more = TRUE;
    }
  if (whole)
    return g_steal_pointer (&self);
  protocol_error (error);
  return NULL;
}

/* Texts */

static void
fill_change (KafAsideChange *self, KafDatabase *db, KafLang lang)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      KafAsideField *one = g_ptr_array_index (self->fields, i);

      g_free (one->value_text);
      g_free (one->stands_text);
      one->value_text =
          kaf_value_format (one->field, one->value, lang, kaf_read_long_title_func, db);
      one->stands_text =
          kaf_value_format (one->field, one->stands, lang, kaf_read_long_title_func, db);
    }
}

/* Of a record that nobody has yet, what it would be called. */
static char *
make_title (const KafAside *self, KafLang lang)
{
  const char *const *names = lang == KAF_LANG_AR && self->entity->title_ar != NULL
                                 ? self->entity->title_ar
                                 : self->entity->title;
  g_autoptr (GString) title = g_string_new (NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    for (guint j = 0; j < self->changes->len; j++)
      {
        const KafAsideChange *change = g_ptr_array_index (self->changes, j);

        for (guint k = 0; change->entity == self->entity && k < change->fields->len; k++)
          {
            const KafAsideField *one = g_ptr_array_index (change->fields, k);

            if (g_str_equal (one->field->id, names[i]) && one->value_text != NULL)
              g_string_append_printf (title, "%s%s", title->len > 0 ? " " : "", one->value_text);
          }
      }
  return title->len > 0 ? g_string_free (g_steal_pointer (&title), FALSE) : NULL;
}

/* A person is an expert, or whatever else it is first. */
static const KafEntity *
find_page (const KafAside *edit, KafDatabase *db)
{
  const KafEntity *entity = NULL;
  g_autofree char *id = NULL;

  return kaf_read_resolve (db, edit->id, NULL, &entity, &id, NULL) ? entity : NULL;
}

void
kaf_quarantine_fill (KafQuarantine *self, KafDatabase *db, KafLang lang)
{
  for (guint i = 0; i < self->edits->len; i++)
    {
      KafAside *edit = g_ptr_array_index (self->edits, i);

      g_free (edit->title);
      edit->title = kaf_read_title (db, edit->entity->id, edit->id, lang);
      edit->page = find_page (edit, db);
      for (guint j = 0; j < edit->changes->len; j++)
        fill_change (g_ptr_array_index (edit->changes, j), db, lang);
      if (edit->title == NULL)
        edit->title = make_title (edit, lang);
      if (edit->title == NULL && lang == KAF_LANG_AR)
        edit->title = make_title (edit, KAF_LANG_FR);
    }
}

char *
kaf_quarantine_explain (const GError *error)
{
  if (!g_error_matches (error, KAF_NET_ERROR, KAF_NET_ERROR_ASIDE_REFUSED))
    return kaf_net_explain (error);
  if (g_str_equal (error->message, KAF_REFUSED_APPROVAL))
    return g_strdup (_ ("A step of a mission is taken by nobody in another’s name. Set it aside, "
                        "and take the step yourself if it is to be taken."));
  if (g_str_equal (error->message, KAF_REFUSED_NAMES))
    return g_strdup (_ ("It names a record that the server does not have. If that one waits here "
                        "too, take it over first."));
  return kaf_net_explain (error);
}

/* Asking */

/* What the hub refuses says less about it than a person has to know. */
static GBytes *
ask (const char *store,
     const char *url,
     const char *path,
     const char *json,
     GCancellable *cancellable,
     GError **error)
{
  static const struct
  {
    KafNetError said, meant;
  } cases[] = { { KAF_NET_ERROR_NOT_THERE, KAF_NET_ERROR_ASIDE_GONE },
                { KAF_NET_ERROR_NO_GRANT, KAF_NET_ERROR_ASIDE_NO_RIGHT },
                { KAF_NET_ERROR_OFFLINE, KAF_NET_ERROR_ASIDE_OFFLINE } };
  GError *local = NULL;
  GBytes *answer = kaf_tokens_ask_path (store, url, path, json, cancellable, &local);

  for (guint i = 0; local != NULL && i < G_N_ELEMENTS (cases); i++)
    if (g_error_matches (local, KAF_NET_ERROR, cases[i].said))
      {
        local->code = cases[i].meant;
        break;
      }
  if (local != NULL)
    g_propagate_error (error, local);
  return answer;
}

KafQuarantine *
kaf_quarantine_fetch (const char *store, const char *url, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) answer = ask (store, url, "/v1/quarantine", NULL, cancellable, error);
  gsize size;
  const char *text = answer != NULL ? g_bytes_get_data (answer, &size) : NULL;

  if (answer == NULL)
    return NULL;
  return kaf_quarantine_parse (text != NULL ? text : "", size, error);
}

static gboolean
settle (const char *store,
        const char *url,
        const char *name,
        gint64 seen,
        const char *reason,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (GString) json = g_string_new ("{\"edit\":");
  g_autoptr (GBytes) answer = NULL;

  kaf_json_append_string (json, name);
  if (reason != NULL)
    {
      g_autofree char *line = kaf_text_make_line (reason);

      g_string_append (json, ",\"reason\":");
      kaf_json_append_string (json, line);
    }
  else
    g_string_append_printf (json, ",\"take\":true,\"seen\":%" G_GINT64_FORMAT, seen);
  g_string_append_c (json, '}');
  answer = ask (store, url, "/v1/settlements", json->str, cancellable, error);
  return answer != NULL;
}

gboolean
kaf_quarantine_take (const char *store,
                     const char *url,
                     const char *name,
                     gint64 seen,
                     GCancellable *cancellable,
                     GError **error)
{
  return settle (store, url, name, seen, NULL, cancellable, error);
}

gboolean
kaf_quarantine_refuse (const char *store,
                       const char *url,
                       const char *name,
                       const char *reason,
                       GCancellable *cancellable,
                       GError **error)
{
  return settle (store, url, name, 0, reason, cancellable, error);
}

/* The same on a thread */

typedef struct
{
  char *store, *url, *name, *reason;
  gint64 seen;
} Call;

static void
call_free (gpointer data)
{
  Call *self = data;

  g_free (self->store);
  g_free (self->url);
  g_free (self->name);
  g_free (self->reason);
  g_free (self);
}

static void
start (Call call,
       GTaskThreadFunc func,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, func);
  g_task_set_task_data (task, g_memdup2 (&call, sizeof call), call_free);
  g_task_run_in_thread (task, func);
}

static void
fetch_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Call *call = data;
  GError *error = NULL;
  KafQuarantine *list = kaf_quarantine_fetch (call->store, call->url, cancellable, &error);

  if (list != NULL)
    g_task_return_pointer (task, list, (GDestroyNotify) kaf_quarantine_free);
  else
    g_task_return_error (task, error);
}

void
kaf_quarantine_fetch_async (const char *store,
                            const char *url,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  start ((Call){ .store = g_strdup (store), .url = g_strdup (url) }, fetch_thread, cancellable,
         callback, user_data);
}

KafQuarantine *
kaf_quarantine_fetch_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
settle_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Call *call = data;
  GError *error = NULL;

  if (settle (call->store, call->url, call->name, call->seen, call->reason, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
kaf_quarantine_settle_async (const char *store,
                             const char *url,
                             const char *name,
                             gint64 seen,
                             const char *reason,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  start ((Call){ g_strdup (store), g_strdup (url), g_strdup (name), g_strdup (reason), seen },
         settle_thread, cancellable, callback, user_data);
}

gboolean
kaf_quarantine_settle_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
