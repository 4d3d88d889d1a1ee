/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/kaf-request.h"

#include <microhttpd.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "base/kaf-reason.h"
#include "base/kaf-utf8.h"
#include "server/kaf-hub.h"
#include "server/kaf-tokens.h"

/* Below this an answer fits a packet anyway. */
#define PACK_FROM 1024

#define RANGE_MAX_CHARS 40
#define REASON_MAX_BYTES 1000

/* Bytes of a body that room is made for before it comes: what grows leaves copies of itself behind. */
#define RESERVED_MAX ((gsize) 4 * 1024)

KafRequest *
kaf_request_new (void)
{
  KafRequest *self = g_new0 (KafRequest, 1);

  self->body = g_string_new (NULL);
  self->file = -1;
  return self;
}

void
kaf_request_reserve (KafRequest *self, gsize size)
{
  if (self->body->len > 0)
    return;
  g_string_free (self->body, TRUE);
  self->body = g_string_sized_new (MIN (size, RESERVED_MAX) + 1);
}

/* Behind its end stands what was cut off; of what is long, nothing but rows that a page had no room for. */
void
kaf_request_free_text (GString *text)
{
  sodium_memzero (text->str, MAX (text->len, MIN (text->allocated_len, RESERVED_MAX)));
  g_string_free (text, TRUE);
}

void
kaf_request_free (KafRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->address);
  g_free (self->path);
  g_free (self->range);
  g_free (self->if_range);
  g_free (self->content_range);
  g_free (self->digest);
  g_free (self->tag);
  if (self->file >= 0)
    close (self->file);
  kaf_secret_free (self->authorization);
  g_clear_pointer (&self->body, kaf_request_free_text);
  g_clear_pointer (&self->answer, kaf_request_free_text);
  kaf_accounts_session_free (self->session);
  g_free (self);
}

void
kaf_request_answer (KafRequest *self, guint status, const char *type, GString *answer)
{
  g_clear_pointer (&self->answer, kaf_request_free_text);
  self->status = status;
  self->type = type;
  self->answer = answer;
}

void
kaf_request_forget_answer (KafRequest *self)
{
  g_clear_pointer (&self->answer, kaf_request_free_text);
  self->status = 0;
}

/* "FROM-TO", "FROM-" or "-LAST" of @size bytes: up to before @end. FALSE: it is none of them. */
static gboolean
parse_range (const char *text, guint64 size, guint64 *at, guint64 *end)
{
  const char *to = strchr (text, '-');
  guint64 last = 0;

  if (to == NULL || strspn (text, "0123456789-") != strlen (text) || strchr (to + 1, '-') != NULL ||
      strlen (text) > RANGE_MAX_CHARS || text[1] == '\0')
    return FALSE;
  *at = g_ascii_strtoull (text, NULL, 10);
  *end = size;
  if (to[1] != '\0')
    last = g_ascii_strtoull (to + 1, NULL, 10);
  if (to == text)
    *at = size - MIN (last, size);
  else if (to[1] != '\0' && last < *at)
    return FALSE;
  else if (to[1] != '\0')
    *end = last < size ? last + 1 : size;
  return TRUE;
}

/* What is no range, or one of what was there before, is left out of account. FALSE: there is nothing there. */
static gboolean
read_range (KafRequest *self)
{
  static const char unit[] = "bytes=";
  guint64 at, end;

  self->file_end = self->file_size;
  if (self->range == NULL || !g_str_has_prefix (self->range, unit) ||
      (self->if_range != NULL && !g_str_equal (self->if_range, self->tag)) ||
      !parse_range (self->range + strlen (unit), (guint64) self->file_size, &at, &end))
    return TRUE;
  if (at >= end)
    return FALSE;
  self->file_at = (goffset) at;
  self->file_end = (goffset) end;
  self->status = MHD_HTTP_PARTIAL_CONTENT;
  return TRUE;
}

void
kaf_request_answer_file (KafRequest *self, int file, goffset size, char *tag)
{
  kaf_request_answer (self, MHD_HTTP_OK, KAF_REQUEST_FILE, g_string_new (NULL));
  self->file = file;
  self->file_size = size;
  self->tag = tag;
  if (read_range (self))
    return;
  close (file);
  self->file = -1;
  kaf_request_refuse (self, MHD_HTTP_RANGE_NOT_SATISFIABLE, "range");
}

void
kaf_request_refuse (KafRequest *self, guint status, const char *code)
{
  GString *answer = g_string_new (NULL);

  g_string_printf (answer, "{\"error\":\"%s\"}\n", code);
  kaf_request_answer (self, status, KAF_REQUEST_JSON, answer);
}

char *
kaf_request_find_line (const KafWirePart *members, const char *name, gsize max)
{
  g_autoptr (KafSecret) text = kaf_wire_find_string (members, name);

  if (text == NULL || strlen (text) > max || kaf_text_has_controls (text) ||
      kaf_text_is_blank (g_strstrip (text)))
    return NULL;
  return g_steal_pointer (&text);
}

char *
kaf_request_find_reason (const KafWirePart *members)
{
  g_autofree char *text = kaf_request_find_line (members, "reason", REASON_MAX_BYTES);

  return kaf_reason_is_enough (text) ? g_steal_pointer (&text) : NULL;
}

void
kaf_request_refuse_for (KafRequest *self, gint64 wait_ms)
{
  GString *answer = g_string_new (NULL);

  self->wait = (wait_ms + 999) / 1000;
  g_string_printf (answer, "{\"error\":\"wait\",\"seconds\":%" G_GINT64_FORMAT "}\n", self->wait);
  kaf_request_answer (self, MHD_HTTP_TOO_MANY_REQUESTS, KAF_REQUEST_JSON, answer);
}

void
kaf_request_refuse_error (KafRequest *self, const GError *error)
{
  static const struct
  {
    KafAccountsError code;
    guint status;
    const char *name;
  } accounts[] = {
    { KAF_ACCOUNTS_ERROR_TOKEN, MHD_HTTP_UNAUTHORIZED, "token" },
    { KAF_ACCOUNTS_ERROR_REVOKED, MHD_HTTP_FORBIDDEN, "revoked" },
    { KAF_ACCOUNTS_ERROR_NO_GRANT, MHD_HTTP_FORBIDDEN, "no_grant" },
  };

  if (g_error_matches (error, KAF_ACCOUNTS_ERROR, KAF_ACCOUNTS_ERROR_DISABLED))
    {
      /* Programs that do not know why know what. */
      kaf_request_answer (self, MHD_HTTP_FORBIDDEN, KAF_REQUEST_JSON,
                          g_string_new ("{\"error\":\"no_grant\",\"why\":\"disabled\"}\n"));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    if (g_error_matches (error, KAF_ACCOUNTS_ERROR, accounts[i].code))
      {
        kaf_request_refuse (self, accounts[i].status, accounts[i].name);
        return;
      }
  if (g_error_matches (error, KAF_HUB_ERROR, KAF_HUB_ERROR_REQUEST))
    kaf_request_refuse (self, MHD_HTTP_BAD_REQUEST, "request");
  else if (g_error_matches (error, KAF_HUB_ERROR, KAF_HUB_ERROR_VERSION))
    kaf_request_refuse (self, MHD_HTTP_UPGRADE_REQUIRED, "version");
  else if (g_error_matches (error, KAF_HUB_ERROR, KAF_HUB_ERROR_FULL))
    {
      g_warning ("%s", error->message);
      kaf_request_refuse (self, MHD_HTTP_INSUFFICIENT_STORAGE, "full");
    }
  else if (g_error_matches (error, KAF_HUB_ERROR, KAF_HUB_ERROR_UNFINISHED))
    {
      g_warning ("%s", error->message);
      kaf_request_refuse (self, MHD_HTTP_SERVICE_UNAVAILABLE, "unfinished");
    }
  else if (g_error_matches (error, KAF_HUB_ERROR, KAF_HUB_ERROR_OBSOLETE))
    kaf_request_refuse (self, MHD_HTTP_UPGRADE_REQUIRED, "obsolete");
  else
    {
      /* The message names places of the file, and no content. */
      g_warning ("%s", error->message);
      kaf_request_refuse (self, MHD_HTTP_SERVICE_UNAVAILABLE, "unavailable");
    }
}

gboolean
kaf_request_unpack (KafRequest *self, gsize limit)
{
  g_autoptr (GError) error = NULL;
  GString *plain;

  if (self->encoding == KAF_ENCODING_NONE)
    return TRUE;
  plain = kaf_body_unpack (self->encoding, self->body->str, self->body->len, limit, &error);
  if (plain != NULL)
    {
      kaf_request_free_text (self->body);
      self->body = plain;
      return TRUE;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    kaf_request_refuse (self, MHD_HTTP_CONTENT_TOO_LARGE, "too_large");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    kaf_request_refuse (self, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, "encoding");
  else
    kaf_request_refuse (self, MHD_HTTP_BAD_REQUEST, "request");
  return FALSE;
}

void
kaf_request_pack (KafRequest *self)
{
  GString *packed;

  if (self->file >= 0 || self->accepts == KAF_ENCODING_NONE || self->answer->len <= PACK_FROM)
    return;
  packed = kaf_body_pack (self->accepts, self->answer->str, self->answer->len);
  if (packed == NULL)
    return;
  kaf_request_free_text (self->answer);
  self->answer = packed;
  self->packed = self->accepts;
}
