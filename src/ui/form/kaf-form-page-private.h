/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the form page share: the page itself, its drafts, its saving. */
#pragma once

#include <adwaita.h>

#include "ui/form/kaf-draft-keeper.h"
#include "ui/form/kaf-follower.h"
#include "ui/form/kaf-form-columns.h"
#include "ui/form/kaf-form-data.h"
#include "ui/form/kaf-form-page.h"
#include "ui/form/kaf-form-section.h"

G_BEGIN_DECLS

/* Slot of the draft of a new record; "new:ID" of one that belongs to another record, "new:ID:CHOICE" when it is
 * begun as one of several kinds. */
#define SLOT_NEW "new"

/* What may be entered with a new record, in the same batch: each where something was typed in it. */
#define KAF_FORM_EXTRAS 2

struct _KafFormPage
{
  GtkBox parent_instance;

  KafStore *store;
  const KafEntity *entity;
  const KafEntity *owner;                   /* of a facet, or NULL */
  const KafEntity *extras[KAF_FORM_EXTRAS]; /* NULL: none; the second belongs to the first */
  char *id;                                 /* NULL: new */
  char *slot;                               /* of the draft */
  KafRecord *preset;                        /* nullable */
  GStrv members; /* nullable: ids of persons who join the network once it is saved */
  KafFormData *
      data; /* once it was read; its records are as the store has them, as far as the rows follow it */
  KafFollower *follower; /* likewise */
  GCancellable *cancellable;
  KafDraftKeeper *keeper;
  gboolean resumes;  /* the draft was asked for: it fills the form at once */
  gboolean erased;   /* for ever, meanwhile: nothing of it is kept */
  gboolean left_out; /* a record that it named was erased */
  gboolean filling;  /* rows are being filled by the page */
  gboolean saving;
  gboolean leaving;  /* once what was typed is kept */
  GTask *leave;      /* waits for the saving under way; nullable */
  GError *error;     /* why the last save, or the reading, failed; NULL: it did not */
  KafChangeSet *set; /* the last that was to be saved; nullable */
  char *saved_id;    /* between the commit and the last file */
  KafReceipt *receipt;
  guint files_pending;

  GSimpleActionGroup *actions;
  GtkWidget *title;
  GtkWidget *save;
  GtkWidget *error_banner;
  GtkWidget *draft_banner;
  GtkWidget *news_banner;
  GtkWidget *scope_banner;
  GtkWidget *members_banner;
  GtkWidget *scroller;
  GtkWidget *outline;      /* nullable: a form of one section has none */
  GtkWidget *hint;         /* nullable: persons only */
  GtkWidget *preview;      /* nullable: of a template of texts */
  GtkWidget *placeholders; /* likewise: the menu of them */
  GtkWidget *typed_in;     /* likewise: the row of a text that had the focus last */
  guint template_check;    /* likewise: source, or 0 */
  GPtrArray *sections;     /* KafFormSection */
};

/* Answers who wanted to leave while the form was saving. @saved: it is; else the draft is kept first. */
void kaf_form_page_answer_leave (KafFormPage *self, gboolean saved);

typedef void (*KafFormRowFunc) (KafFormPage *self,
                                const KafEntity *entity,
                                KafFieldRow *row,
                                gpointer data);

void kaf_form_page_for_each_row (KafFormPage *self, KafFormRowFunc func, gpointer data);
/* @entity NULL: whichever has the field. (nullable) */
KafFieldRow *kaf_form_page_find_row (KafFormPage *self, const KafEntity *entity, const char *field);
/* The record as the form knows it of the store; NULL: it will be created. */
const KafRecord *kaf_form_page_get_before (KafFormPage *self, const KafEntity *entity);
/* @error NULL: nothing failed. */
void kaf_form_page_show_error (KafFormPage *self, const GError *error);
void kaf_form_page_set_enabled (KafFormPage *self, const char *action, gboolean enabled);
void kaf_form_page_update_country (KafFormPage *self);

/* kaf-form-page-extras.c: of a new person of whom the server takes only who lives in the scope of the user. */
const char *kaf_form_page_propose_country (KafFormPage *self, const KafEntity *entity);
/* @country: that is chosen; nullable. */
void kaf_form_page_tell_of_scope (KafFormPage *self, const char *country);

/* kaf-form-page-shown.c: rows that stand only for some records, and what their pickers offer first. @changed: the
 * field that changed; NULL: all. */
void kaf_form_page_update_rows (KafFormPage *self, const KafField *changed);

/* kaf-form-page-draft.c */
gboolean kaf_form_page_is_fixed (KafFormPage *self,
                                 const KafEntity *entity,
                                 const KafField *field,
                                 const char *value);
gboolean kaf_form_page_is_touched (KafFormPage *self);
void kaf_form_page_collect (KafFormPage *self, GHashTable *typed);
/* Says whether what was typed is kept, and what failed. */
void kaf_form_page_tell (KafFormPage *self);
/* What to do about a draft that was not kept. (transfer full) */
char *kaf_form_page_explain_unkept (const GError *error);
void kaf_form_page_offer_draft (KafFormPage *self);
void kaf_form_page_resume_draft (KafFormPage *self);
void kaf_form_page_discard_draft (KafFormPage *self);
void kaf_form_page_tell_of_draft (KafFormPage *self);
/* All may have changed: looks whether an erasure took the record, or one that is named. */
void kaf_form_page_look_for_erasure (KafFormPage *self);

/* kaf-form-page-leave.c */
void kaf_form_page_cancel (KafFormPage *self);

/* kaf-form-page-extras.c: what a new project holder is registered with: the first project, and its stage. */
void kaf_form_page_add_extras (KafFormPage *self);
/* What a new one begins with when nobody says otherwise: registered today. */
void kaf_form_page_begin_record (KafFormPage *self, KafRecord *record);
gboolean kaf_form_page_is_extra (KafFormPage *self, const KafEntity *entity);
/* Something was typed in it, or in what belongs to it. */
gboolean kaf_form_page_has_extra (KafFormPage *self, const KafEntity *entity);
/* @extras: as read, by the place in the form; each that something was typed in is added to @set, tied to @owner. */
void kaf_form_page_tie_extras (KafFormPage *self,
                               KafChangeSet *set,
                               KafRecord *const *extras,
                               const char *owner);

/* kaf-form-page-template.c: the form of a template of texts. FALSE, and nothing is placed: it is another's. */
gboolean kaf_form_page_build_template (KafFormPage *self, KafFormColumns *columns);
/* @changed: the field that changed; NULL: all. */
void kaf_form_page_update_template (KafFormPage *self, const KafField *changed);

/* kaf-form-page-save.c */
void kaf_form_page_save (KafFormPage *self);

G_END_DECLS
