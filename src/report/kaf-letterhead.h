/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands at the head of the first page: the State, the service that issues the paper, its place, its logo, and
 * who signs for it. Read
 * from dated settings ("document.state-fr"…, see store/kaf-settings), so that a paper of an earlier day bears the names
 * of then. */
#pragma once

#include "base/kaf-lang.h"
#include "store/kaf-database.h"

G_BEGIN_DECLS

typedef struct
{
  char *state[2];   /* French, Arabic: index by kaf_letterhead_side() */
  char *service[2]; /* lines parted by '\n'; "" where none is set */
  char *place[2];   /* "Rabat"; "" where none is set */
  char *signer[2];  /* who signs orders and letters, and as what; "" where none is set */
  char *function[2];
  GBytes *logo; /* PNG; nullable */
} KafLetterhead;

/* 0 for French and English, 1 for Arabic. */
guint kaf_letterhead_side (KafLang lang);

/* As of @day (ISO date; NULL: today). A logo whose file is not here is left out. (transfer full) */
KafLetterhead *kaf_letterhead_read (KafDatabase *db, const char *day);
void kaf_letterhead_free (KafLetterhead *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KafLetterhead, kaf_letterhead_free)

/* In one line, as a workbook bears them: "A – B". The State is "Kingdom of Morocco" where none is set, in the language of
 * the interface; the service NULL. (transfer full) */
char *kaf_letterhead_state_line (const KafLetterhead *self, KafLang lang);
char *kaf_letterhead_service_line (const KafLetterhead *self, KafLang lang);

/* "Rabat, le 24 novembre 2026", "الرباط في 24 نونبر 2026"; the date alone without a place. (transfer full) */
char *kaf_letterhead_date_line (const KafLetterhead *self, KafLang lang, const char *iso);

G_END_DECLS
