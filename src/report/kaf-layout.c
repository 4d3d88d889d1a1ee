/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/kaf-layout-private.h"

/* Whether both can stand side by side. */
static gboolean
are_alike (const KafDoc *one, const KafDoc *two)
{
  if (one->blocks->len != two->blocks->len)
    return FALSE;
  for (guint i = 0; i < one->blocks->len; i++)
    {
      const KafBlock *a = g_ptr_array_index (one->blocks, i);
      const KafBlock *b = g_ptr_array_index (two->blocks, i);

      if (a->kind != b->kind || (a->table != NULL && a->table->n_columns != b->table->n_columns))
        return FALSE;
    }
  return TRUE;
}

static void
take_blanks (KafPages *pages, const KafDoc *doc)
{
  for (guint i = 0; i < doc->blanks->len; i++)
    {
      const KafBlank *blank = g_ptr_array_index (doc->blanks, i);

      kaf_blanks_add (pages->blanks, kaf_blank_new (blank->kind, blank->label, blank->entity,
                                                    blank->id, blank->of));
    }
}

/* Pages of @doc, with @other at its side. */
static gboolean
add_pages (KafPages *pages,
           const KafDoc *doc,
           const KafDoc *other,
           const KafLayoutInfo *info,
           GError **error)
{
  double margin = KAF_MM (doc->margin);
  double width = KAF_MM (doc->width), height = KAF_MM (doc->height);
  g_autoptr (KafFlow) flow =
      kaf_flow_new (pages->type, doc->lang, width - 2 * margin, height - 2 * margin);

  kaf_layout_letterhead (flow, doc, info);
  for (guint i = 0; i < doc->blocks->len; i++)
    {
      const KafBlock *block = g_ptr_array_index (doc->blocks, i);

      if (g_cancellable_set_error_if_cancelled (info->cancellable, error))
        return FALSE;
      if (block->kind == KAF_BLOCK_NEW_PAPER)
        {
          flow->breaks = flow->paper = TRUE;
          kaf_layout_letterhead (flow, doc, info);
        }
      else
        kaf_layout_block (flow, block, other != NULL ? g_ptr_array_index (other->blocks, i) : NULL);
    }
  return kaf_pages_take (pages, flow, width, height, margin, margin, info->cancellable, error);
}

KafPages *
kaf_layout_run (const KafDoc *const *docs,
                guint n_docs,
                gboolean sides,
                const KafLayoutInfo *info,
                gboolean *sided,
                GError **error)
{
  g_autoptr (KafPages) pages = kaf_pages_new ();
  g_autofree guint *firsts = g_new0 (guint, n_docs + 1);
  gboolean beside = sides && n_docs == 2 && are_alike (docs[0], docs[1]);
  guint n = beside ? 1 : n_docs;

  if (sided != NULL)
    *sided = beside;
  pages->title = g_strdup (docs[0]->name != NULL ? docs[0]->name : "");
  pages->reference = g_strdup (docs[0]->reference);
  pages->author = g_strdup (info->author);
  pages->entity = g_strdup (info->entity);
  pages->filter = g_strdup (info->filter);
  pages->sample = info->sample;
  pages->for_nobody = info->for_nobody;
  pages->n_persons = info->n_persons;
  for (guint i = 0; i < n_docs; i++)
    {
      pages->langs |= 1u << docs[i]->lang;
      pages->provisional |= docs[i]->provisional;
      take_blanks (pages, docs[i]);
    }
  for (guint i = 0; i < n; i++)
    {
      if (!add_pages (pages, docs[i], beside ? docs[1] : NULL, info, error))
        return NULL;
      firsts[i + 1] = pages->pages->len;
    }
  for (guint i = 0; i < n; i++)
    kaf_layout_frames (pages, firsts[i], firsts[i + 1] - firsts[i], docs[i],
                       beside ? docs[1] : NULL, info);
  return g_steal_pointer (&pages);
}
