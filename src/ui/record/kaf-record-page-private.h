/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of KafRecordPage share: kaf-record-page.c shows and steps,
 * kaf-record-page-actions.c writes, kaf-record-page-files.c attaches and opens files. */
#pragma once

#include "base/kaf-lang.h"
#include "ui/app/kaf-window.h"
#include "ui/record/kaf-attachment-list.h"
#include "ui/record/kaf-record-data.h"
#include "ui/record/kaf-record-page.h"

G_BEGIN_DECLS

struct _KafRecordPage
{
  GtkBox parent_instance;

  KafStore *store;
  const KafEntity *entity;
  char *asked; /* the record that was opened */
  char *id;    /* of the one that shows: another, where the two were judged to be one */
  KafLang lang;
  KafPagedList *list; /* nullable */
  guint position;     /* in the list, or GTK_INVALID_LIST_POSITION */

  KafRecordData *data; /* what shows; NULL until the first was read */
  gboolean settled;
  gboolean blank;            /* no record shows yet */
  gboolean erased;           /* for good: the page is left, and goes */
  gboolean resting;          /* left: shows no record and reads none */
  gboolean stale;            /* read again when the editor closes */
  guint starting;            /* source: the read that is about to start, or 0 */
  guint waiting;             /* tick callback: until the first part was painted, or 0 */
  guint n_frames;            /* begun since then */
  GCancellable *reading;     /* of the read under way */
  GCancellable *cancellable; /* of all reads */
  GCancellable *attaching;   /* nullable */
  gboolean inserting;        /* articles are being made */
  guint n_files;             /* on their way in or out */
  KafBlobAgent *files;       /* moves their contents; nullable */
  GSimpleActionGroup *actions;

  GtkWidget *window_title;
  GtkWidget *banner;
  GtkWidget *stack;
  GtkWidget *status;
  GtkWidget *scrolled;
  GtkWidget *header;       /* NULL until the body is built */
  GtkWidget *first_cards;  /* the first card: contact details */
  GtkWidget *second_cards; /* the second, on top of the end column */
  GtkWidget *rests[2];     /* what comes under those, painted one frame later */
  GtkWidget *availability; /* nullable */
  GtkWidget *attachments;
  GtkWidget *other_cards; /* the rest, at the foot of the start column */
  GtkWidget *one;         /* with which others it is one */
  GtkWidget *history;
  GtkWidget *figures;  /* nullable: of a network */
  GtkWidget *presided; /* nullable: of an organisation */
  GtkWidget *coverage; /* nullable: of a programme */
  GtkWidget *sessions; /* nullable: of a programme */
  GtkWidget *duties;   /* nullable: of a convention, or a party */
  GtkWidget *holder;   /* nullable: of a project holder */
  GPtrArray *related;  /* (element-type KafRelatedList), owned by the page's tree */
  GtkWidget *editor;   /* nullable */
  const char *edited;  /* the field that it is or was about; nullable */
};

/* Whether `data` is what the page shows; it may be changed when it is writable, too. */
gboolean kaf_record_page_is_shown (KafRecordPage *self);
gboolean kaf_record_page_is_writable (KafRecordPage *self);
gboolean kaf_record_page_is_open (KafRecordPage *self);
/* The same, and the role of who works here makes records of @entity; attaches files to this; confirms it. */
gboolean kaf_record_page_may_make (KafRecordPage *self, const char *entity);
gboolean kaf_record_page_may_attach (KafRecordPage *self);
gboolean kaf_record_page_may_confirm (KafRecordPage *self);

/* The window, or NULL when the page stands elsewhere. */
KafWindow *kaf_record_page_get_window (KafRecordPage *self);
void kaf_record_page_toast (KafRecordPage *self, const char *text);
void kaf_record_page_report (KafRecordPage *self, const char *what, const GError *error);

/* Commits, then says @done with a button to undo; @failed says what was not done. */
void kaf_record_page_commit (KafRecordPage *self,
                             KafChangeSet *set,
                             const char *done,
                             const char *failed);

void kaf_record_page_step (KafRecordPage *self, int by);
void kaf_record_page_edit_fact (KafRecordPage *self, const KafFact *fact, GtkWidget *row);
void kaf_record_page_reload (KafRecordPage *self);

/* Opens @popover at @row, as the one pop-up of the page: what it is about gets the focus back when it closes. @popover:
 * (transfer floating). */
void
kaf_record_page_pop_up (KafRecordPage *self, GtkWidget *popover, GtkWidget *row, const char *field);

/* kaf-record-page-sources.c: where the value of a field comes from; taking over what a source says. */
void kaf_record_page_show_sources (KafRecordPage *self, const char *field);
void kaf_record_page_use_claim (KafRecordPage *self, const char *id, const char *field);

void kaf_record_page_add_actions (KafRecordPage *self);
void kaf_record_page_update_actions (KafRecordPage *self);
void kaf_record_page_add_file_actions (KafRecordPage *self);

/* kaf-record-page-articles.c: of a convention; nothing elsewhere. */
void kaf_record_page_insert_articles (KafRecordPage *self);

/* Shows how the contents of its files are moved, once it stands in a window. */
void kaf_record_page_watch_files (KafRecordPage *self);

G_END_DECLS
