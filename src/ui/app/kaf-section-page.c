/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/app/kaf-section-page.h"

#include <glib/gi18n-lib.h>

#include "schema/kaf-registry.h"
#include "ui/app/kaf-home-page.h"
#include "ui/app/kaf-totals-page.h"
#include "ui/convention/kaf-conventions-page.h"
#include "ui/list/kaf-list-page.h"
#include "ui/mission/kaf-board-page.h"
#include "ui/quality/kaf-quality-page.h"
#include "ui/segment/kaf-segments-page.h"
#include "ui/target/kaf-funnel-page.h"
#include "ui/target/kaf-target-page.h"

/* To who sees totals alone. */
static gboolean
is_open (const char *section)
{
  static const char *const open[] = { "home", "target", "funnel", NULL };

  return g_strv_contains (open, section);
}

GtkWidget *
kaf_section_page_new (KafStore *store, const char *section)
{
  const KafEntity *entity;

  if (kaf_store_sees_totals_alone (store) && !is_open (section))
    {
      entity = kaf_registry_find (section);
      return kaf_totals_page_new (entity != NULL ? _ (entity->plural) : "");
    }

  if (g_str_equal (section, "home"))
    return kaf_home_page_new (store);
  if (g_str_equal (section, "convention"))
    return kaf_conventions_page_new (store);
  if (g_str_equal (section, "mission"))
    return kaf_board_page_new (store);
  if (g_str_equal (section, "segment"))
    return kaf_segments_page_new (store);
  if (g_str_equal (section, "quality"))
    return kaf_quality_page_new (store);
  if (g_str_equal (section, "target"))
    return kaf_target_page_new (store);
  if (g_str_equal (section, "funnel"))
    return kaf_funnel_page_new (store);
  entity = kaf_registry_find (section);
  return entity != NULL ? kaf_list_page_new (store, entity) : NULL;
}
