/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/kaf-transaction-private.h"

guint
kaf_receipt_count_told (const KafReceipt *self)
{
  return self->n_told > 0 ? self->n_told : self->n_records;
}

KafReceipt *
kaf_receipt_ref (KafReceipt *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
kaf_receipt_unref (KafReceipt *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->batch);
  g_free (self->label);
  g_free (self->of);
  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->refs_made);
  g_ptr_array_unref (self->skipped);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (KafReceipt, kaf_receipt, kaf_receipt_ref, kaf_receipt_unref)

KafReceipt *
kaf_receipt_new (const char *label)
{
  KafReceipt *receipt = g_new0 (KafReceipt, 1);

  g_atomic_ref_count_init (&receipt->refs);
  receipt->label = g_strdup (label);
  receipt->ids = g_ptr_array_new_with_free_func (g_free);
  receipt->refs_made = g_ptr_array_new_with_free_func (g_free);
  receipt->skipped = g_ptr_array_new_with_free_func (g_free);
  return receipt;
}
