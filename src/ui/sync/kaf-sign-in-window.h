/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the store a device of a server, or opens its session again: address, account, password. The
 * password stays in its entry, is never kept, and goes with the window. */
#pragma once

#include <adwaita.h>

#include "net/kaf-sync-agent.h"

G_BEGIN_DECLS

/* What files of certificates are called. */
#define KAF_SIGN_IN_CERTIFICATES "*.pem;*.crt;*.cer"

#define KAF_TYPE_SIGN_IN_WINDOW (kaf_sign_in_window_get_type ())
G_DECLARE_FINAL_TYPE (KafSignInWindow, kaf_sign_in_window, KAF, SIGN_IN_WINDOW, AdwWindow)

/* The fields, in their order. */
typedef enum
{
  KAF_SIGN_IN_URL,
  KAF_SIGN_IN_USER,
  KAF_SIGN_IN_PASSWORD,
  KAF_SIGN_IN_AUTHORITY,
  KAF_SIGN_IN_WHOLE, /* none of them alone */
  KAF_SIGN_IN_N_PLACES,
} KafSignInPlace;

/* Under which field an error is told. */
KafSignInPlace kaf_sign_in_place (const GError *error);

/* A sentence that says what to do about it here. (transfer full) */
char *kaf_sign_in_explain (const GError *error, KafLang lang);

/* The address as it was typed, made whole: "hub.example.org/" → "https://hub.example.org". NULL when it
 * cannot be one. (transfer full) */
char *kaf_sign_in_normalise_url (const char *typed);

GtkWidget *kaf_sign_in_window_new (GtkWindow *parent, KafSyncAgent *agent);

/* PEM of the only authority to trust. */
void kaf_sign_in_window_set_authority (KafSignInWindow *self, GFile *file);

/* For tests: what stands in a field, and what is said under it (NULL: nothing). */
void kaf_sign_in_window_set_text (KafSignInWindow *self, KafSignInPlace place, const char *text);
const char *kaf_sign_in_window_get_error (KafSignInWindow *self, KafSignInPlace place);

G_END_DECLS
