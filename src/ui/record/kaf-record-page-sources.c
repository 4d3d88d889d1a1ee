/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of a record's page: what its sources say, and taking over what one of them does. */
#include "config.h"

#include "ui/record/kaf-record-page-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "schema/kaf-registry.h"
#include "ui/record/kaf-fact-list.h"
#include "ui/record/kaf-sources-popover.h"

/* The row of a field and its fact; NULL: it has none on the page. */
static GtkWidget *
find_row (KafRecordPage *self, const char *field, const KafFact **fact)
{
  GtkWidget *boxes[] = { self->first_cards, self->second_cards, self->other_cards };

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    for (GtkWidget *list = gtk_widget_get_first_child (boxes[i]); list != NULL;
         list = gtk_widget_get_next_sibling (list))
      {
        GtkWidget *row = kaf_fact_list_find_row (KAF_FACT_LIST (list), field);

        if (row == NULL)
          continue;
        *fact = g_object_get_data (G_OBJECT (row), "kaf-fact");
        return row;
      }
  return NULL;
}

/* Which source is believed of a field is written with the value. */
static gboolean
may_use (KafRecordPage *self, const KafEntity *entity, const GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    if (!kaf_store_may_write_field (self->store, entity, g_ptr_array_index (fields, i)))
      return FALSE;
  return kaf_record_page_may_make (self, "field_choice");
}

void
kaf_record_page_show_sources (KafRecordPage *self, const char *field)
{
  const KafFact *fact = NULL;
  GtkWidget *row = kaf_record_page_is_shown (self) ? find_row (self, field, &fact) : NULL;
  GtkWidget *popover, *mark;

  if (fact == NULL)
    return;
  mark = g_object_get_data (G_OBJECT (row), "kaf-sources");
  popover = kaf_sources_popover_new (self->data, fact->entity, fact->fields,
                                     may_use (self, fact->entity, fact->fields), self->lang);
  kaf_record_page_pop_up (self, popover, mark != NULL ? mark : row, fact->field->id);
}

/* Taking over */

typedef struct
{
  KafRecordPage *page;
  char *id, *field;
} Use;

static void
use_free (Use *self)
{
  g_object_unref (self->page);
  g_free (self->id);
  g_free (self->field);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Use, use_free)

static gpointer
use_job (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const Use *use = data;
  g_autoptr (KafChangeSet) set = kaf_claim_adopt (db, use->id, use->field, error);

  return set != NULL ? kaf_commit (db, set, NULL, cancellable, error) : NULL;
}

static void
on_used (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Use) use = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (KafReceipt) receipt = kaf_store_run_finish (KAF_STORE (source), result, &error);
  KafWindow *window = kaf_record_page_get_window (use->page);

  if (receipt == NULL)
    {
      kaf_record_page_report (use->page, _ ("The value was not taken over"), error);
      return;
    }
  kaf_store_announce (KAF_STORE (source), receipt);
  if (window == NULL)
    return;
  if (receipt->batch != NULL)
    kaf_window_toast_undo (window, _ ("Value taken over"), receipt);
  else
    kaf_window_toast (window, _ ("The record says so already"));
}

void
kaf_record_page_use_claim (KafRecordPage *self, const char *id, const char *field)
{
  Use *use;

  if (!kaf_record_page_may_make (self, "field_choice"))
    return;
  use = g_new0 (Use, 1);
  use->page = g_object_ref (self);
  use->id = g_strdup (id);
  use->field = g_strdup (field);
  kaf_store_run_async (self->store, KAF_LANE_WRITE, use_job, use, NULL,
                       (GDestroyNotify) kaf_receipt_unref, NULL, on_used, use);
}
