/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list shows in place of rows. */
#include "config.h"

#include "ui/list/kaf-list-empty.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static const struct
{
  const char *entity;
  const char *icon;
  const char *texts[3];
  gboolean alone; /* comes neither in files nor with the sample data */
} kinds[] = {
  { "expert",
    "system-users-symbolic",
    { N_ ("Add an Expert"), N_ ("No Expert Yet"),
      N_ ("Import an existing file, add a first person, or try the program with sample data.") } },
  { "project_holder",
    "starred-symbolic",
    { N_ ("Add a Project Holder"), N_ ("No Project Holder Yet"),
      N_ ("Import an existing file, add a first project holder, or try the program with sample "
          "data.") } },
  { "organisation",
    "x-office-address-book-symbolic",
    { N_ ("Add an Organisation"), N_ ("No Organisation Yet"),
      N_ ("Import an existing file, add a first organisation, or try the program with sample "
          "data.") } },
  { "network",
    "emblem-shared-symbolic",
    { N_ ("Add a Network"), N_ ("No Network Yet"),
      N_ ("Import an existing file, add a first network, or try the program with sample data.") } },
  { "programme",
    "x-office-calendar-symbolic",
    { N_ ("Add a Programme"), N_ ("No Programme Yet"),
      N_ ("Import an existing file, add a first programme, or try the program with sample "
          "data.") } },
  { "convention",
    "application-certificate-symbolic",
    { N_ ("Add a Convention"), N_ ("No Convention Yet"),
      N_ ("Import an existing file, add a first convention, or try the program with sample "
          "data.") } },
  { "need",
    "emblem-important-symbolic",
    { N_ ("Add a Need"), N_ ("No Need Yet"),
      N_ ("Import an existing file, add a first need, or try the program with sample data.") } },
  { "mission",
    "emoji-flags-symbolic",
    { N_ ("Add a Mission"), N_ ("No Mission Yet"),
      N_ ("Import an existing file, add a first mission, or try the program with sample data.") } },
  { "meeting",
    "chat-message-new-symbolic",
    { N_ ("Add a Meeting"), N_ ("No Meeting Yet"),
      N_ ("Import an existing file, add a first meeting, or try the program with sample data.") } },
  { "text_template",
    "text-x-generic-symbolic",
    { N_ ("Add a Template"), N_ ("No Template of Your Own"),
      N_ ("Templates are the texts that documents begin with: articles of conventions, summons, "
          "attestations, letters. Until a manager writes one here, the text that comes with the "
          "program holds.") },
    .alone = TRUE },
  { NULL,
    "folder-symbolic",
    { N_ ("Add a Record"), N_ ("Nothing Here Yet"),
      N_ ("Import an existing file, add a first record, or try the program with sample data.") } },
};

static guint
kind_of (const KafEntity *entity)
{
  guint i = 0;

  while (kinds[i].entity != NULL && !g_str_equal (kinds[i].entity, entity->id))
    i++;

  return i;
}

/* Translated. */
const char *
kaf_list_text (const KafEntity *entity, KafListText text)
{
  return _ (kinds[kind_of (entity)].texts[text]);
}

static void
add_button (GtkWidget *box, const char *label, const char *action, const char *class)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  if (class != NULL)
    gtk_widget_add_css_class (button, class);
  gtk_box_append (GTK_BOX (box), button);
}

static void
on_sample_shown (GtkWidget *button, GParamSpec *pspec, gpointer page)
{
  const char *key = gtk_widget_get_visible (button) ? "kaf-with" : "kaf-without";

  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   g_object_get_data (G_OBJECT (button), key));
}

void
kaf_list_empty_offer_sample (GtkWidget *page, GtkWidget *box, const char *with, const char *without)
{
  GtkWidget *button;

  add_button (box, _ ("Try With the Sample Data"), "win.load-sample", "flat");
  button = gtk_widget_get_last_child (box);
  g_object_set_data_full (G_OBJECT (button), "kaf-with", g_strdup (with), g_free);
  g_object_set_data_full (G_OBJECT (button), "kaf-without", g_strdup (without), g_free);
  g_signal_connect_object (button, "notify::visible", G_CALLBACK (on_sample_shown), page, 0);
  /* The action makes it sensitive. */
  g_object_bind_property (button, "sensitive", button, "visible", G_BINDING_SYNC_CREATE);
}

static GtkWidget *
add_box (GtkWidget *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (box, 280, -1);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);
  return box;
}

static GtkWidget *
new_page (const char *icon, const char *title, const char *description)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  return page;
}

/* What he sees whose role makes none, and why nothing is offered. Markup. */
static char *
explain (const KafEntity *entity, KafStore *store)
{
  g_autofree char *untold = kaf_store_explain_untold (store, entity);
  g_autofree char *why = kaf_store_explain_unmade (store, entity);
  g_autofree char *text = NULL;

  if (untold != NULL)
    return g_markup_escape_text (untold, -1);
  if (why == NULL)
    return NULL;
  text = g_strdup_printf ("%s\n\n%s",
                          _ ("What lies in your scope on the server shows here as soon as the "
                             "server tells of it; there is none yet."),
                          why);
  return g_markup_escape_text (text, -1);
}

static void
fill (const KafEntity *entity, GtkWidget *page, GtkWidget *box)
{
  if (kinds[kind_of (entity)].alone)
    {
      add_button (box, kaf_list_text (entity, KAF_LIST_TEXT_ADD), "list.new", "suggested-action");
      return;
    }
  add_button (box, _ ("Import a File…"), "win.import", "suggested-action");
  add_button (box, kaf_list_text (entity, KAF_LIST_TEXT_ADD), "list.new", NULL);
  kaf_list_empty_offer_sample (page, box, kaf_list_text (entity, KAF_LIST_TEXT_HINT),
                               _ ("Import an existing file, or add the first one."));
}

void
kaf_list_empty_update (GtkWidget *page, const KafEntity *entity, KafStore *store)
{
  g_autofree char *text = explain (entity, store);
  GtkWidget *box = adw_status_page_get_child (ADW_STATUS_PAGE (page));

  if (text != NULL)
    {
      adw_status_page_set_child (ADW_STATUS_PAGE (page), NULL);
      adw_status_page_set_description (ADW_STATUS_PAGE (page), text);
    }
  else if (box == NULL)
    {
      adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                       kaf_list_text (entity, KAF_LIST_TEXT_HINT));
      fill (entity, page, add_box (page));
    }
}

GtkWidget *
kaf_list_empty_new (const KafEntity *entity, KafStore *store)
{
  GtkWidget *page =
      new_page (kinds[kind_of (entity)].icon, kaf_list_text (entity, KAF_LIST_TEXT_EMPTY), NULL);

  kaf_list_empty_update (page, entity, store);
  return page;
}

GtkWidget *
kaf_list_nothing_new (void)
{
  GtkWidget *page = new_page ("system-search-symbolic", _ ("No Result"), NULL);
  GtkWidget *box = add_box (page);

  add_button (box, _ ("Remove the Last Filter"), "list.remove-last-filter", "suggested-action");
  add_button (box, _ ("Clear Search and Filters"), "list.clear-filters", NULL);

  return page;
}

/* @asked: what was asked for, in one line. Without filters there is none to remove. */
void
kaf_list_nothing_set_filters (GtkWidget *nothing, const char *asked, gboolean has_filters)
{
  GtkWidget *box = adw_status_page_get_child (ADW_STATUS_PAGE (nothing));

  /* The description is markup. */
  g_autofree char *escaped = g_markup_escape_text (asked, -1);
  g_autofree char *text = g_strdup_printf (_ ("Nothing corresponds to: %s"), escaped);

  adw_status_page_set_description (ADW_STATUS_PAGE (nothing), text);
  gtk_widget_set_visible (gtk_widget_get_first_child (box), has_filters);
}
