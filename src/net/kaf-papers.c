/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-papers.h"

#include <string.h>

#include "base/kaf-date.h"
#include "base/kaf-utf8.h"
#include "net/kaf-net-error.h"
#include "net/kaf-tokens.h"
#include "sync/kaf-json.h"
#include "sync/kaf-wire.h"

/* Of what is taken for a number: more than any has. */
#define NUMBER_MAX_BYTES 32

/* Values */

static void
held_free (gpointer data)
{
  KafHeldPaper *self = data;

  g_free (self->until);
  g_free (self->by);
  g_free (self);
}

void
kaf_papers_free (KafPapers *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->papers, g_ptr_array_unref);
  g_free (self);
}

const KafHeldPaper *
kaf_papers_find (const KafPapers *self, KafIdentityPaper kind)
{
  for (guint i = 0; i < self->papers->len; i++)
    {
      const KafHeldPaper *one = g_ptr_array_index (self->papers, i);

      if (one->kind == kind)
        return one;
    }
  return NULL;
}

void
kaf_papers_free_number (char *number)
{
  if (number != NULL)
    explicit_bzero (number, strlen (number));
  g_free (number);
}

/* Reading */

static gboolean
protocol_error (GError **error)
{
  g_set_error (error, KAF_NET_ERROR, KAF_NET_ERROR_PROTOCOL, "not what was asked for");
  return FALSE;
}

/* Of a kind that is not known here, nothing. */
static gboolean
read_held (KafPapers *self, const KafWirePart *members)
{
  g_autofree char *code = kaf_wire_find_string (members, "kind");
  g_autofree char *until = kaf_wire_find_string (members, "until");
  KafIdentityPaper kind;
  KafHeldPaper *held;
  gint64 at;

  if (code == NULL || !kaf_wire_find_integer (members, "at", &at) ||
      (until != NULL && !kaf_date_is_valid (until, FALSE)))
    return FALSE;
  if (!kaf_identity_paper_find (code, &kind))
    return TRUE;
  held = g_new0 (KafHeldPaper, 1);
  held->kind = kind;
  held->until = g_steal_pointer (&until);
  held->by = kaf_wire_find_string (members, "by");
  held->at = CLAMP (at, 0, G_MAXINT64 / 1000) * 1000;
  g_ptr_array_add (self->papers, held);
  return TRUE;
}

KafPapers *
kaf_papers_parse (const char *text, gsize size, GError **error)
{
  g_autoptr (KafPapers) self = g_new0 (KafPapers, 1);
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members = kaf_wire_parse_object (text, size, parts, NULL);
  const KafWirePart *papers = members != NULL ? kaf_wire_find (members, "papers") : NULL, *one;
  gboolean whole = papers != NULL && kaf_wire_is_array (papers);

  self->papers = g_ptr_array_new_with_free_func (held_free);
  one = whole ? papers + 1 : NULL;
  for (guint i = 0; whole && i < papers->n; i++, one = kaf_wire_after (one))
    whole = kaf_wire_is_object (one) && read_held (self, one);
  if (!whole)
    {
      protocol_error (error);
      return NULL;
    }
  self->authorised = kaf_wire_is_true (kaf_wire_find (members, "authorised"));
  return g_steal_pointer (&self);
}

/* It is shown, copied and printed on a terminal as it comes, be it of another shape than those that are known here. */
static gboolean
is_number (const char *text)
{
  gsize size = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

  return size > 0 && size <= NUMBER_MAX_BYTES && text[size] == '\0';
}

char *
kaf_papers_parse_number (const char *text, gsize size, GError **error)
{
  g_autoptr (GArray) parts = kaf_wire_parts_new ();
  const KafWirePart *members = kaf_wire_parse_object (text, size, parts, NULL);
  char *number = members != NULL ? kaf_wire_find_string (members, "number") : NULL;

  if (number != NULL && is_number (number))
    return number;
  kaf_papers_free_number (number);
  protocol_error (error);
  return NULL;
}

/* Asking */

/* One question, and of which only @store and @url always are. */
typedef struct
{
  char *store, *url, *person;
  gboolean has_kind;
  KafIdentityPaper kind;
  char *number, *until, *reason;
} Call;

static void
call_clear (Call *self)
{
  g_free (self->store);
  g_free (self->url);
  g_free (self->person);
  kaf_papers_free_number (self->number);
  g_free (self->until);
  g_free (self->reason);
}

static void
call_free (gpointer data)
{
  call_clear (data);
  g_free (data);
}

static void
add_text (GString *json, const char *name, const char *text)
{
  if (text == NULL)
    return;
  kaf_json_append_name (json, json->len == 1, name);
  kaf_json_append_string (json, text);
}

/* What the hub refuses says less about it than a person has to know. */
static void
translate (GError *error)
{
  static const struct
  {
    KafNetError said;
    const char *why; /* NULL: whatever it is */
    KafNetError meant;
  } cases[] = {
    { KAF_NET_ERROR_PAPERS_REFUSED, "authorisation", KAF_NET_ERROR_PAPERS_UNAUTHORISED },
    { KAF_NET_ERROR_PAPERS_REFUSED, "number", KAF_NET_ERROR_PAPERS_NUMBER },
    { KAF_NET_ERROR_PAPERS_REFUSED, "expired", KAF_NET_ERROR_PAPERS_EXPIRED },
    { KAF_NET_ERROR_NOT_THERE, NULL, KAF_NET_ERROR_PAPERS_MISSING },
    { KAF_NET_ERROR_NO_GRANT, NULL, KAF_NET_ERROR_PAPERS_NO_RIGHT },
    { KAF_NET_ERROR_OFFLINE, NULL, KAF_NET_ERROR_PAPERS_OFFLINE },
    { KAF_NET_ERROR_SERVER, NULL, KAF_NET_ERROR_PAPERS_SERVER },
    { KAF_NET_ERROR_SERVER_OLD, NULL, KAF_NET_ERROR_PAPERS_OLD },
    { KAF_NET_ERROR_WAIT, NULL, KAF_NET_ERROR_PAPERS_WAIT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (g_error_matches (error, KAF_NET_ERROR, cases[i].said) &&
        (cases[i].why == NULL || g_str_equal (cases[i].why, error->message)))
      {
        error->code = cases[i].meant;
        return;
      }
}

/* @ending: what follows the texts, "}" at least. */
static GBytes *
ask (const Call *call,
     const char *path,
     const char *ending,
     GCancellable *cancellable,
     GError **error)
{
  GString *json = g_string_new ("{");
  GError *local = NULL;
  GBytes *answer;

  add_text (json, "person", call->person);
  add_text (json, "kind", call->has_kind ? kaf_identity_paper_get_code (call->kind) : NULL);
  add_text (json, "number", call->number);
  add_text (json, "until", call->until);
  add_text (json, "reason", call->reason);
  g_string_append (json, ending);
  answer = kaf_tokens_ask_path (call->store, call->url, path, json->str, cancellable, &local);
  kaf_papers_free_number (g_string_free (json, FALSE));
  if (local != NULL)
    {
      translate (local);
      g_propagate_error (error, local);
    }
  return answer;
}

static KafPapers *
fetch (const Call *call, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) answer = ask (call, "/v1/papers", "}", cancellable, error);
  gsize size = 0;
  const char *text = answer != NULL ? g_bytes_get_data (answer, &size) : NULL;

  if (answer == NULL)
    return NULL;
  return kaf_papers_parse (text != NULL ? text : "", size, error);
}

static gboolean
change (const Call *call, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) answer = ask (
      call, "/v1/papers", call->number == NULL ? ",\"remove\":true}" : "}", cancellable, error);

  return answer != NULL;
}

static char *
reveal (const Call *call, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) answer = ask (call, "/v1/reveal", "}", cancellable, error);
  gsize size = 0;
  const char *text = answer != NULL ? g_bytes_get_data (answer, &size) : NULL;

  if (answer == NULL)
    return NULL;
  return kaf_papers_parse_number (text != NULL ? text : "", size, error);
}

KafPapers *
kaf_papers_fetch (const char *store,
                  const char *url,
                  const char *person,
                  GCancellable *cancellable,
                  GError **error)
{
  const Call call = { .store = (char *) store, .url = (char *) url, .person = (char *) person };

  return fetch (&call, cancellable, error);
}

gboolean
kaf_papers_set (const char *store,
                const char *url,
                const char *person,
                KafIdentityPaper kind,
                const char *number,
                const char *until,
                GCancellable *cancellable,
                GError **error)
{
  const Call call = { (char *) store, (char *) url,    (char *) person, TRUE,
                      kind,           (char *) number, (char *) until,  NULL };

  return change (&call, cancellable, error);
}

char *
kaf_papers_reveal (const char *store,
                   const char *url,
                   const char *person,
                   KafIdentityPaper kind,
                   const char *reason,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autofree char *line = kaf_text_make_line (reason);
  const Call call = { .store = (char *) store,
                      .url = (char *) url,
                      .person = (char *) person,
                      .has_kind = TRUE,
                      .kind = kind,
                      .reason = line };

  return reveal (&call, cancellable, error);
}

/* The same on a thread */

static void
start (Call call,
       gpointer tag,
       GTaskThreadFunc func,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_memdup2 (&call, sizeof call), call_free);
  g_task_run_in_thread (task, func);
}

static void
fetch_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  KafPapers *papers = fetch (data, cancellable, &error);

  if (papers != NULL)
    g_task_return_pointer (task, papers, (GDestroyNotify) kaf_papers_free);
  else
    g_task_return_error (task, error);
}

void
kaf_papers_fetch_async (const char *store,
                        const char *url,
                        const char *person,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  start ((Call){ .store = g_strdup (store), .url = g_strdup (url), .person = g_strdup (person) },
         kaf_papers_fetch_async, fetch_thread, cancellable, callback, user_data);
}

KafPapers *
kaf_papers_fetch_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
set_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (change (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
kaf_papers_set_async (const char *store,
                      const char *url,
                      const char *person,
                      KafIdentityPaper kind,
                      const char *number,
                      const char *until,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  start ((Call){ g_strdup (store), g_strdup (url), g_strdup (person), TRUE, kind, g_strdup (number),
                 g_strdup (until), NULL },
         kaf_papers_set_async, set_thread, cancellable, callback, user_data);
}

gboolean
kaf_papers_set_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
reveal_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *number = reveal (data, cancellable, &error);

  if (number != NULL)
    g_task_return_pointer (task, number, (GDestroyNotify) kaf_papers_free_number);
  else
    g_task_return_error (task, error);
}

void
kaf_papers_reveal_async (const char *store,
                         const char *url,
                         const char *person,
                         KafIdentityPaper kind,
                         const char *reason,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  start ((Call){ .store = g_strdup (store),
                 .url = g_strdup (url),
                 .person = g_strdup (person),
                 .has_kind = TRUE,
                 .kind = kind,
                 .reason = kaf_text_make_line (reason) },
         kaf_papers_reveal_async, reveal_thread, cancellable, callback, user_data);
}

char *
kaf_papers_reveal_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
