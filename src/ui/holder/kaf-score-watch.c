/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/holder/kaf-score-watch.h"

#include "store/kaf-holder-score.h"
#include "ui/app/kaf-day-watch.h"

struct _KafScoreWatch
{
  GObject parent_instance;

  KafStore *store;
  GCancellable *cancellable;
  gboolean looking;
  gboolean again;
};

G_DEFINE_FINAL_TYPE (KafScoreWatch, kaf_score_watch, G_TYPE_OBJECT)

static void look (KafScoreWatch *self);

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KafScoreWatch) self = data;
  g_autoptr (GError) error = NULL;
  gboolean written = kaf_store_refresh_holders_finish (KAF_STORE (source), result, &error);

  self->looking = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    g_message ("The scores of project holders were not written anew: %s", error->message);
  /* What follows from this is found current, and announces nothing more. */
  if (written)
    kaf_store_announce (self->store, NULL);
  if (self->again)
    look (self);
}

static void
look (KafScoreWatch *self)
{
  self->again = self->looking;
  if (self->looking || kaf_store_is_read_only (self->store))
    return;
  self->looking = TRUE;
  kaf_store_refresh_holders_async (self->store, self->cancellable, on_looked, g_object_ref (self));
}

/* NULL: somebody else wrote, perhaps rules. */
static void
on_changed (KafStore *store, KafReceipt *receipt, KafScoreWatch *self)
{
  if (receipt == NULL || g_strcmp0 (receipt->label, "publish") == 0 ||
      g_strcmp0 (receipt->of, "publish") == 0)
    look (self);
}

static void
kaf_score_watch_dispose (GObject *object)
{
  KafScoreWatch *self = KAF_SCORE_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (kaf_score_watch_parent_class)->dispose (object);
}

static void
kaf_score_watch_class_init (KafScoreWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kaf_score_watch_dispose;
}

static void
kaf_score_watch_init (KafScoreWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

KafScoreWatch *
kaf_score_watch_new (KafStore *store)
{
  KafScoreWatch *self = g_object_new (KAF_TYPE_SCORE_WATCH, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (kaf_day_watch_get_default (), "changed", G_CALLBACK (look), self,
                           G_CONNECT_SWAPPED);
  look (self);
  return self;
}
