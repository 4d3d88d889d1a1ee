/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-print-subject.h"

#include "schema/kaf-registry.h"
#include "ui/convention/kaf-conventions-page.h"
#include "ui/list/kaf-list-page.h"
#include "ui/mission/kaf-board-page.h"
#include "ui/mission/kaf-mission-page.h"
#include "ui/record/kaf-record-page.h"

static KafPrintJob *
all_of (const char *entity)
{
  g_autoptr (KafQuery) query = kaf_query_new (kaf_registry_find (entity));

  return kaf_print_job_new_for_query (query, NULL);
}

static KafPrintJob *
list_of (KafListPage *page)
{
  g_auto (GStrv) columns = kaf_list_page_get_columns (page);
  KafQuery *query = kaf_paged_list_get_query (kaf_list_page_get_list (page));

  return query != NULL ? kaf_print_job_new_for_query (query, (const char *const *) columns) : NULL;
}

gboolean
kaf_print_subject_is_on (GtkWidget *page)
{
  return KAF_IS_LIST_PAGE (page) || KAF_IS_RECORD_PAGE (page) || KAF_IS_MISSION_PAGE (page) ||
         KAF_IS_CONVENTIONS_PAGE (page) || KAF_IS_BOARD_PAGE (page);
}

KafPrintJob *
kaf_print_subject_of (GtkWidget *page)
{
  const char *id;

  if (KAF_IS_LIST_PAGE (page))
    return list_of (KAF_LIST_PAGE (page));
  if (KAF_IS_MISSION_PAGE (page))
    return kaf_print_job_new_for_record (kaf_registry_find ("mission"),
                                         kaf_mission_page_get_id (KAF_MISSION_PAGE (page)));
  if (KAF_IS_BOARD_PAGE (page))
    return all_of ("mission");
  if (KAF_IS_CONVENTIONS_PAGE (page))
    {
      id = kaf_conventions_page_get_chosen (KAF_CONVENTIONS_PAGE (page));
      return id != NULL ? kaf_print_job_new_for_record (kaf_registry_find ("convention"), id)
                        : all_of ("convention");
    }
  if (!KAF_IS_RECORD_PAGE (page))
    return NULL;
  id = kaf_record_page_get_id (KAF_RECORD_PAGE (page));
  return id != NULL ? kaf_print_job_new_for_record (
                          kaf_record_page_get_entity (KAF_RECORD_PAGE (page)), id)
                    : NULL;
}
