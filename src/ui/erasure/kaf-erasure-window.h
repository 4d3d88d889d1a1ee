/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders an erasure from the server: a record is named by its number, the server shows what an order would take and what
 * the law keeps, and only then, with a reason, can it be ordered. Where the server does not answer, the number is kept on
 * this device (kaf-erasure-notes.h) and nothing is sent by itself: an order cannot be taken back.
 *
 * Signal "ordered" (): the server has erased it. Signal "noted" (): the number was kept, to be ordered later. */
#pragma once

#include <adwaita.h>

#include "store/kaf-store.h"

G_BEGIN_DECLS

#define KAF_TYPE_ERASURE_WINDOW (kaf_erasure_window_get_type ())
G_DECLARE_FINAL_TYPE (KafErasureWindow, kaf_erasure_window, KAF, ERASURE_WINDOW, AdwWindow)

/* @url: of the server; @name: reference or id to begin with, which is looked up at once; NULL: none. Actions
 * "erasure.…": look, order. */
GtkWidget *kaf_erasure_window_new (KafStore *store, const char *url, const char *name);

typedef enum
{
  KAF_ERASURE_ASKS,   /* for a number */
  KAF_ERASURE_LOOKS,  /* the server is asked what it is */
  KAF_ERASURE_SHOWS,  /* what would be erased; a reason is due */
  KAF_ERASURE_ORDERS, /* the server carries it out */
} KafErasurePhase;

/* For tests and assistive tools. */
KafErasurePhase kaf_erasure_window_get_phase (KafErasureWindow *self);
void kaf_erasure_window_set_name (KafErasureWindow *self, const char *name);
void kaf_erasure_window_set_reason (KafErasureWindow *self, const char *reason);
const char *kaf_erasure_window_get_error (KafErasureWindow *self); /* "": none */

G_END_DECLS
