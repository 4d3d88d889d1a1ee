/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define KAF_STORE_ERROR (kaf_store_error_quark ())
GQuark kaf_store_error_quark (void);

typedef enum
{
  KAF_STORE_ERROR_NOT_A_STORE, /* a file of another kind */
  KAF_STORE_ERROR_DAMAGED,
  KAF_STORE_ERROR_LOCKED, /* another program holds it */
  KAF_STORE_ERROR_READ_ONLY,
  KAF_STORE_ERROR_NEWER,     /* written by a later Kafaat */
  KAF_STORE_ERROR_MIGRATION, /* could not be brought to this version; untouched, backed up */
  KAF_STORE_ERROR_FULL,      /* no room left on the disk */
  KAF_STORE_ERROR_IO,
  KAF_STORE_ERROR_NOT_FOUND,
  KAF_STORE_ERROR_EXISTS,
  KAF_STORE_ERROR_REFUSED,   /* a rule forbids it: append-only, a code that changes… */
  KAF_STORE_ERROR_AUTHORITY, /* the hub's alone to do */
  KAF_STORE_ERROR_ELSEWHERE, /* the content of a file is on the device that added it */
  KAF_STORE_ERROR_OWN_FILE,  /* the store keeps its own data there: nothing else may be written */
  KAF_STORE_ERROR_NOTHING,   /* nothing to undo or redo */
  KAF_STORE_ERROR_TRACES,    /* erased, and traces remain in the file: to be erased again */
  KAF_STORE_ERROR_ERASED, /* for ever: it is not to be looked for; the text is a sentence for people */
  KAF_STORE_ERROR_JOINED, /* it belongs to a hub, which is not to have this */
  KAF_STORE_ERROR_FORBIDDEN, /* the user's role at the hub does not allow it; the text is a sentence for people */
} KafStoreError;

G_END_DECLS
