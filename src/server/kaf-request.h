/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request and its answer, without the connection that it came by: what an endpoint sees. */
#pragma once

#include "server/kaf-accounts.h"
#include "server/kaf-body.h"
#include "sync/kaf-wire.h"

G_BEGIN_DECLS

typedef struct
{
  /* As it came. */
  char *address;       /* of the client; "local" through a socket of this machine */
  gboolean is_local;   /* from this machine, and not by way of a proxy */
  char *authorization; /* the header; nullable */
  char *path;          /* as it came */
  KafEncoding encoding;
  KafEncoding accepts;
  char *range, *if_range; /* headers; nullable */
  char *content_range;    /* of the body; nullable, as is: */
  char *digest;           /* its "Content-Digest" */
  GString *body;

  /* What was found out about it. */
  KafAccountsSession *session; /* nullable */
  guint64 device;              /* 0: not known; for the log */

  /* The answer. */
  guint status; /* 0 while there is none */
  GString *answer;
  int file;                  /* to be read for the answer instead, or -1 */
  goffset file_at, file_end; /* from where, up to before where */
  goffset file_size;         /* all of it */
  char *tag;                 /* of the file's content, quoted */
  const char *type;
  KafEncoding packed; /* how the answer is */
  gint64 wait;        /* seconds, for "Retry-After"; 0: none */
} KafRequest;

KafRequest *kaf_request_new (void);
void kaf_request_free (KafRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafRequest, kaf_request_free)

#define KAF_REQUEST_JSON "application/json"
#define KAF_REQUEST_LINES "application/x-ndjson"
#define KAF_REQUEST_FILE "application/octet-stream"
#define KAF_REQUEST_TEXT "text/plain; version=0.0.4; charset=utf-8"

/* @answer: (transfer full) */
void kaf_request_answer (KafRequest *self, guint status, const char *type, GString *answer);

/* The content of a file, which is closed with the request: what of it "Range" asks for, if it is still the
 * same by @tag. (transfer full) both */
void kaf_request_answer_file (KafRequest *self, int file, goffset size, char *tag);

/* The text of a member of the body, which is kept on one line; NULL: it is not there, blank, longer than @max bytes, or has
 * control characters. (transfer full) */
char *kaf_request_find_line (const KafWirePart *members, const char *name, gsize max);

/* The same of "reason"; NULL also where it is shorter than a sentence (base/kaf-reason.h). (transfer full) */
char *kaf_request_find_reason (const KafWirePart *members);

/* Makes room for a body of @size bytes, of which nothing came yet. */
void kaf_request_reserve (KafRequest *self, gsize size);

/* Wipes and frees a body or an answer: there are passwords, tokens and numbers of papers in some, and names in most. */
void kaf_request_free_text (GString *text);

/* It may be answered anew. */
void kaf_request_forget_answer (KafRequest *self);

/* {"error":CODE} */
void kaf_request_refuse (KafRequest *self, guint status, const char *code);

/* {"error":"wait","seconds":N} */
void kaf_request_refuse_for (KafRequest *self, gint64 wait_ms);

/* 401, 403, 503 or 507 for an error of the accounts or of the hub, 400 or 426 for one of the hub. */
void kaf_request_refuse_error (KafRequest *self, const GError *error);

/* Unpacks the body; FALSE when that was refused. */
gboolean kaf_request_unpack (KafRequest *self, gsize limit);

/* Packs an answer that is worth it, as the client wishes. */
void kaf_request_pack (KafRequest *self);

G_END_DECLS
