/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each role is offered: the acts that stand on a page, in its menus and on its rows, are those that the role may
 * do, all of them and no other. */
#include "config.h"

#include "kaf-mission-display.h"

#include <adwaita.h>
#include <string.h>

#include "schema/kaf-registry.h"
#include "schema/kaf-role.h"
#include "store/kaf-sync-private.h"
#include "ui/compat/kaf-lazy-menu.h"
#include "ui/form/kaf-editor.h"
#include "ui/form/kaf-form-page-private.h"
#include "ui/mission/kaf-attendance-sheet-private.h"
#include "ui/mission/kaf-mission-page-private.h"
#include "ui/record/kaf-record-page.h"

/* What is offered */

typedef struct
{
  GtkWidget *page; /* a box: whether an act of a menu is shut is told by a button in it */
  const char *prefix;
  GHashTable *offers; /* "verb target" */
  guint n_fields;     /* that may be typed in */
} Offers;

static void
take (Offers *self, const char *action, GVariant *target)
{
  g_autofree char *word = NULL;
  g_auto (GStrv) words = NULL;

  if (action == NULL || !g_str_has_prefix (action, self->prefix))
    return;
  if (target != NULL && g_variant_is_of_type (target, G_VARIANT_TYPE_STRING))
    word = g_variant_dup_string (target, NULL);
  else if (target != NULL && g_variant_type_is_tuple (g_variant_get_type (target)))
    {
      g_autoptr (GVariant) first = g_variant_get_child_value (target, 0);

      if (g_variant_is_of_type (first, G_VARIANT_TYPE_STRING))
        word = g_variant_dup_string (first, NULL);
    }
  /* Of what was done each has an id of its own. */
  words = g_strsplit (word != NULL && !g_str_has_suffix (action, ".undo") ? word : "", " ", 2);
  g_hash_table_add (self->offers, g_strdup_printf ("%s%s%s", action + strlen (self->prefix),
                                                   words[0] != NULL && *words[0] != '\0' ? " " : "",
                                                   words[0] != NULL ? words[0] : ""));
}

static gboolean
is_open (Offers *self, const char *action, GVariant *target)
{
  GtkWidget *probe = gtk_button_new ();
  gboolean open;

  gtk_box_append (GTK_BOX (self->page), probe);
  if (target != NULL)
    gtk_actionable_set_action_target_value (GTK_ACTIONABLE (probe), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (probe), action);
  open = gtk_widget_get_sensitive (probe);
  gtk_box_remove (GTK_BOX (self->page), probe);
  return open;
}

static void
look_at_menu (Offers *self, GMenuModel *menu)
{
  for (int i = 0; menu != NULL && i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GVariant) target =
          g_menu_model_get_item_attribute_value (menu, i, G_MENU_ATTRIBUTE_TARGET, NULL);
      g_autofree char *action = NULL;

      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action);
      if (action != NULL && is_open (self, action, target))
        take (self, action, target);
      look_at_menu (self, section);
    }
}

/* What is hidden or insensitive, itself or by what it stands in, is not offered. */
static void
look_at (Offers *self, GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_sensitive (widget))
    return;
  self->n_fields += KAF_IS_EDITOR (widget) ? 1 : 0;
  if (GTK_IS_MENU_BUTTON (widget))
    {
      look_at_menu (self, kaf_lazy_menu_get (GTK_MENU_BUTTON (widget)));
      return;
    }
  if (GTK_IS_ACTIONABLE (widget))
    take (self, gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)),
          gtk_actionable_get_action_target_value (GTK_ACTIONABLE (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (self, child);
}

/* One a line, in the order of the alphabet, without those of @plain, which everybody may. (transfer full) */
static char *
tell (Offers *self, const char *const *plain)
{
  g_autoptr (GList) all = g_list_sort (g_hash_table_get_keys (self->offers), (GCompareFunc) strcmp);
  g_autoptr (GString) text = g_string_new (NULL);

  for (GList *item = all; item != NULL; item = item->next)
    {
      g_auto (GStrv) words = g_strsplit (item->data, " ", 2);

      if (!g_strv_contains (plain, words[0]))
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", (char *) item->data);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The file of a mission */

typedef struct
{
  const char *role;
  const char *offers;
  gboolean fields; /* of the mission itself */
} MissionCase;

#define ALL_OF_A_MISSION                                                                           \
  "act abandon, act hold, act incident, add booking, add contact, add equipment, add follow_up, "  \
  "add material, add meeting, add mission_convention, add mission_expert, add mission_need, "      \
  "add mission_party, add mission_result, add mission_room, add need, add pair, "                  \
  "add participant, add stakeholder, edit booking, edit equipment, edit follow_up, "               \
  "edit material, edit mission_expert, edit mission_result, edit mission_room, edit need, "        \
  "edit participant, edit programme_item, edit stakeholder, edit-mission, find-experts, justify, " \
  "remind mission_expert, remove booking, remove equipment, remove follow_up, remove material, "   \
  "remove mission_expert, remove mission_result, remove mission_room, remove participant, "        \
  "remove stakeholder, request-candidates, set-today booking, set-today equipment, "               \
  "set-today follow_up, set-today material, set-today mission_expert, set-today programme_item"

static const MissionCase missions[] = {
  { "partner", "", FALSE },
  { "regional-officer",
    "act abandon, act hold, act incident, add booking, add contact, add equipment, "
    "add mission_need, add mission_room, add need, add participant, add stakeholder, edit booking, "
    "edit equipment, edit mission_room, edit need, edit participant, edit programme_item, "
    "edit stakeholder, edit-mission, justify, remind mission_expert, remove booking, "
    "remove equipment, remove mission_room, remove participant, remove stakeholder, "
    "request-candidates, set-today booking, set-today equipment, set-today programme_item",
    TRUE },
  { "facilitator", ALL_OF_A_MISSION, TRUE },
  { "agent", ALL_OF_A_MISSION, TRUE },
};

static char *
make_mission (KafStore *store)
{
  char *mission = kaf_display_add (store, "mission", "title_fr", "Soins", "starts_on", "2099-01-04",
                                   "ends_on", "2099-01-08", NULL);
  g_autofree char *need = kaf_display_add (store, "need", "title_fr", "Soins", NULL);
  g_autofree char *person = kaf_display_add (store, "person", "family_name", "Alami", NULL);

  g_free (kaf_display_add (store, "mission_need", "mission", mission, "need", need, NULL));
  g_free (kaf_display_add (store, "stakeholder", "need", need, "name", "Conseil", NULL));
  g_free (kaf_display_add (store, "contact", "mission", mission, "held_on", "2020-01-01", "channel",
                           "call", "person", person, "subject", "Essai", NULL));
  g_free (kaf_display_add (store, "mission_expert", "mission", mission, "person", person, "answer",
                           "contacted", NULL));
  g_free (kaf_display_add (store, "mission_result", "mission", mission, "text_fr", "Mieux", NULL));
  g_free (kaf_display_add (store, "programme_item", "mission", mission, "subject_fr", "Triage",
                           "held_on", "2099-01-04", "half", "am", NULL));
  g_free (kaf_display_add (store, "participant", "mission", mission, "name", "Idrissi", NULL));
  g_free (kaf_display_add (store, "equipment", "mission", mission, "label_fr", "Lit", NULL));
  g_free (kaf_display_add (store, "mission_room", "mission", mission, "name", "Salle", NULL));
  g_free (kaf_display_add (store, "booking", "mission", mission, "kind", "lodging", NULL));
  g_free (kaf_display_add (store, "material", "mission", mission, "title_fr", "Guide", NULL));
  g_free (kaf_display_add (store, "follow_up", "mission", mission, "label_fr", "Appel", NULL));
  return mission;
}

/* Of @prefix, with what is in the steps. */
static void
look_at_steps (Offers *offers, KafMissionPage *page)
{
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      kaf_mission_page_show_step (page, step);
      for (guint turn = 0; turn < 4; turn++)
        kaf_display_turn ();
      look_at (offers, GTK_WIDGET (page));
    }
}

/* Bookings are what is looked for before a mission, by who makes them; who keeps marks alone finds them, and puts one
 * in a session that is another's to call held. */
static void
assert_delivery (KafMissionPage *page, KafStore *store, const MissionCase *wanted)
{
  GtkWidget *sheet;

  kaf_mission_page_show_step (page, 8);
  sheet = kaf_display_find (GTK_WIDGET (page), KAF_TYPE_ATTENDANCE_SHEET);
  g_assert_true ((sheet != NULL) == g_str_equal (wanted->role, "partner"));
  if (sheet == NULL)
    return;
  kaf_attendance_sheet_mark (KAF_ATTENDANCE_SHEET (sheet), 0, 0, KAF_PRESENCE_PRESENT);
  KAF_WAIT (kaf_attendance_sheet_is_settled (KAF_ATTENDANCE_SHEET (sheet)));
  g_assert_cmpint (kaf_display_count (store, "attendance"), ==, 1);
}

/* Of a mission a partner is told who comes, the sessions and who sat there; of the rest its page says why it is not there,
 * and no check reads a lack into that. */
static void
assert_closed (KafMissionPage *page, const char *role)
{
  for (guint step = 1; step <= KAF_MISSION_STEPS; step++)
    {
      gboolean closed = g_str_equal (role, "partner") && step != 3 && step != 4 && step != 8;

      kaf_mission_page_show_step (page, step);
      g_test_message ("step %u", step);
      g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Is Not Shown to Your Role") == closed);
      g_assert_true (kaf_display_shows (GTK_WIDGET (page), "your role is not shown") == closed);
      g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Requests for Candidates") ==
                     (step == 3 && !g_str_equal (role, "partner")));
      g_assert_true (!closed || page->data->n_gates[step] + page->data->n_warnings[step] == 0);
    }
}

/* Nobody is led to where he may write nothing: materials and follow-ups are the facilitator's. */
static void
assert_mends (KafMissionPage *page, const char *role)
{
  kaf_mission_page_show_step (page, 9);
  for (guint turn = 0; turn < 4; turn++)
    kaf_display_turn ();
  g_assert_true (kaf_display_shows (GTK_WIDGET (page), "Mend") ==
                 (g_str_equal (role, "facilitator") || g_str_equal (role, "agent")));
}

/* What a key, a finding or another program may still name is refused by the page, not by the server later. */
static void
assert_refused (KafMissionPage *page)
{
  const KafRow *result =
      g_ptr_array_index (kaf_mission_data_rows (page->data, "mission_result"), 0);
  const KafRow *item = g_ptr_array_index (kaf_mission_data_rows (page->data, "programme_item"), 0);

  gtk_widget_activate_action (GTK_WIDGET (page), "mission.remove", "(ss)", "mission_result",
                              result->id);
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.set", "(ssss)", "mission_result",
                              result->id, "target", "7");
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.remove", "(ss)", "programme_item",
                              item->id);
  gtk_widget_activate_action (GTK_WIDGET (page), "mission.set", "(ssss)", "programme_item",
                              item->id, "subject_fr", "Tri");
  /* Nothing is on its way to the store, which would refuse it. */
  g_assert_true (kaf_mission_page_is_settled (page));
}

static void
test_mission (void)
{
  static const char *const plain[] = { "show-step", "history", "next-finding", "mend", "open",
                                       "take",      "dossier", "dossier-to",   "turn", NULL };
  KafWindow *window = kaf_display_open ("roles-mission.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *mission = make_mission (store);

  for (gsize i = 0; i < G_N_ELEMENTS (missions); i++)
    {
      Offers offers = { .prefix = "mission.",
                        .offers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
      g_autofree char *text = NULL;
      KafMissionPage *page;

      kaf_display_become (store, missions[i].role);
      KAF_WAIT (
          kaf_store_may_write (store, kaf_registry_find ("participant")) ==
          kaf_role_may_write (kaf_role_find (missions[i].role), kaf_registry_find ("participant")));
      g_action_group_activate_action (G_ACTION_GROUP (window), "open-mission",
                                      g_variant_new ("(su)", mission, 1));
      page = KAF_MISSION_PAGE (kaf_window_get_page (window));
      KAF_WAIT (kaf_mission_page_is_settled (page));
      offers.page = GTK_WIDGET (page);
      look_at_steps (&offers, page);
      text = tell (&offers, plain);
      g_test_message ("%s", missions[i].role);
      g_assert_cmpstr (text, ==, missions[i].offers);
      g_assert_true ((offers.n_fields > 0) == missions[i].fields);
      assert_delivery (page, store, &missions[i]);
      assert_closed (page, missions[i].role);
      assert_mends (page, missions[i].role);
      g_assert_true (kaf_display_shows (GTK_WIDGET (page), "does not lead missions") ==
                     (*missions[i].offers == '\0'));
      if (i < 2)
        assert_refused (page);
      g_hash_table_unref (offers.offers);
    }
}

/* The page of an expert, and of a project holder */

typedef struct
{
  const char *role;
  const char *expert; /* of the page of an expert */
  const char *holder; /* of that of a holder, and of what it has beyond */
  const char *panel;
} PersonCase;

#define ALL_OF_A_PANEL                                                                             \
  "answer project.jobs, change-stage, change-stage abandoned, change-stage file, "                 \
  "change-stage finance, change-stage idea, change-stage launched, change-stage licence, "         \
  "change-stage study, edit-project, new-project, note-contact"

static const PersonCase persons[] = {
  { "partner", "add availability, edit", "", "" },
  { "consular-relay",
    "add availability, add consent, add contact, add membership, attach, confirm, delete, "
    "duplicate, edit, register project_holder, undo",
    "add consent, add membership, add relay, attach, confirm, delete, duplicate, edit, "
    "register expert, undo",
    ALL_OF_A_PANEL },
  { "regional-officer", "add contact, confirm, edit", "confirm, edit", ALL_OF_A_PANEL },
  { "agent",
    "add availability, add consent, add contact, add mandate, add membership, add mission_expert, "
    "add source_claim, attach, confirm, delete, duplicate, edit, register project_holder, undo",
    "add consent, add mandate, add membership, add mission_expert, add relay, add source_claim, "
    "attach, confirm, delete, duplicate, edit, register expert, undo",
    ALL_OF_A_PANEL },
  { "administrator", "", "", "" },
};

static char *
make_person (KafStore *store)
{
  g_autoptr (KafChangeSet) set = kaf_change_set_new ("create");
  g_autoptr (KafRecord) holder = NULL;
  g_autoptr (KafReceipt) receipt = NULL;
  char *person = kaf_display_add_expert (store, "Alami", "Salma", NULL, NULL);

  holder = kaf_record_new (kaf_registry_find ("project_holder"), person);
  kaf_record_set (holder, "headline_fr", "Ferme");
  kaf_change_set_create (set, holder);
  receipt = kaf_display_commit (store, set);
  g_free (kaf_display_add (store, "project", "person", person, "title_fr", "Ferme", NULL));
  g_free (kaf_display_add (store, "contact", "person", person, "held_on", "2020-01-01", "channel",
                           "call", "subject", "Essai", NULL));
  return person;
}

static char *
look_at_person (KafWindow *window, const char *entity, const char *id, const char *prefix)
{
  static const char *const plain[] = {
    "back",         "previous",      "next",         "step",      "copy-text",
    "copy-ref",     "save-card",     "copy-phone",   "open-uri",  "history",
    "open",         "see-all",       "show-sources", "open-file", "save-file",
    "copy-file",    "cancel-attach", "erase",        "papers",    "open-project",
    "show-project", "show-contact",  "show-log",     "turn",      NULL
  };
  Offers offers = { .prefix = prefix,
                    .offers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  char *text;

  kaf_window_open_record (window, kaf_registry_find (entity), id, NULL, GTK_INVALID_LIST_POSITION);
  offers.page = kaf_window_get_page (window);
  g_assert_true (KAF_IS_RECORD_PAGE (offers.page));
  for (guint turn = 0; turn < 60; turn++)
    kaf_display_turn ();
  KAF_WAIT (kaf_display_shows (offers.page, "History"));
  look_at (&offers, offers.page);
  text = tell (&offers, plain);
  g_hash_table_unref (offers.offers);
  return text;
}

static void
test_person (void)
{
  KafWindow *window = kaf_display_open ("roles-person.db");
  KafStore *store = kaf_window_get_store (window);
  g_autofree char *person = make_person (store);

  for (gsize i = 0; i < G_N_ELEMENTS (persons); i++)
    {
      g_autofree char *expert = NULL;
      g_autofree char *holder = NULL;
      g_autofree char *panel = NULL;

      kaf_display_become (store, persons[i].role);
      KAF_WAIT (
          kaf_store_may_write (store, kaf_registry_find ("contribution")) ==
          kaf_role_may_write (kaf_role_find (persons[i].role), kaf_registry_find ("contribution")));
      expert = look_at_person (window, "expert", person, "record.");
      holder = look_at_person (window, "project_holder", person, "record.");
      panel = look_at_person (window, "project_holder", person, "holder.");
      g_test_message ("%s", persons[i].role);
      g_assert_cmpstr (expert, ==, persons[i].expert);
      g_assert_cmpstr (holder, ==, persons[i].holder);
      g_assert_cmpstr (panel, ==, persons[i].panel);
    }
}

/* Lists */

/* Who makes none is told what shows here and why nothing is offered; once he may, it is. */
static void
test_new (void)
{
  static const struct
  {
    const char *role, *section;
    gboolean makes, imports;
  } cases[] = {
    { "partner", "expert", FALSE, TRUE },
    { "consular-relay", "expert", TRUE, TRUE },
    { "regional-officer", "expert", FALSE, TRUE },
    { "regional-officer", "mission", TRUE, TRUE },
    { "partner", "mission", FALSE, TRUE },
    { "partner", "convention", FALSE, TRUE },
    { "agent", "convention", FALSE, TRUE },
    { "agent", "need", TRUE, TRUE },
    { "partner", "need", FALSE, TRUE },
    { "manager", "convention", TRUE, TRUE },
  };
  KafWindow *window = kaf_display_open ("roles-new.db");
  KafStore *store = kaf_window_get_store (window);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const KafEntity *entity = kaf_registry_find (cases[i].section);
      GActionGroup *actions = G_ACTION_GROUP (window);
      GtkWidget *page;
      gboolean told;

      kaf_display_become (store, cases[i].role);
      KAF_WAIT (kaf_store_may_make (store, entity) == cases[i].makes);
      kaf_store_announce (store, NULL);
      g_action_group_activate_action (actions, "section", g_variant_new_string (cases[i].section));
      page = kaf_window_get_page (window);
      g_test_message ("%s, %s", cases[i].role, cases[i].section);
      told = kaf_role_knows (kaf_role_find (cases[i].role), entity);
      KAF_WAIT (kaf_display_shows (page, "there is none yet") == (!cases[i].makes && told));
      KAF_WAIT (kaf_display_shows (page, "is not shown:") == !told);
      KAF_WAIT (kaf_display_shows (page, "Import a File") == cases[i].makes);
      KAF_WAIT (g_action_group_get_action_enabled (actions, "new") == cases[i].makes);
      g_assert_true (g_action_group_get_action_enabled (actions, "import") == cases[i].imports);
      g_action_group_activate_action (actions, "new-record",
                                      g_variant_new_string (cases[i].section));
      g_assert_true ((kaf_window_get_page (window) != page) == cases[i].makes);
      if (cases[i].makes)
        kaf_window_back (window);
    }
}

/* The home page */

/* One expert was never confirmed and has no name in Arabic: it waits for who may write either. */
static void
test_home (void)
{
  static const struct
  {
    const char *role;
    gboolean confirms, names, adds;
  } cases[] = {
    { "agent", TRUE, TRUE, TRUE },
    { "consular-relay", TRUE, TRUE, TRUE },
    { "regional-officer", TRUE, FALSE, FALSE },
    { "partner", FALSE, FALSE, FALSE },
  };
  KafWindow *window = kaf_display_open ("roles-home.db");
  KafStore *store = kaf_window_get_store (window);

  g_free (kaf_display_add_expert (store, "Alami", "Salma", NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *page;

      kaf_display_become (store, cases[i].role);
      KAF_WAIT (kaf_store_may_make (store, kaf_registry_find ("expert")) == cases[i].adds);
      g_action_group_activate_action (G_ACTION_GROUP (window), "section",
                                      g_variant_new_string ("home"));
      kaf_store_announce (store, NULL);
      page = kaf_window_get_page (window);
      g_test_message ("%s", cases[i].role);
      KAF_WAIT (kaf_display_shows (page, "never confirmed") == cases[i].confirms);
      KAF_WAIT (kaf_display_shows (page, "without Arabic") == cases[i].names);
      KAF_WAIT (kaf_display_shows (page, "New Expert") == cases[i].adds);
    }
}

/* A person outside the scope */

static gpointer
grant (KafDatabase *db, gpointer data, GCancellable *cancellable, GError **error)
{
  kaf_sync_set_grants (db, NULL, data, error);
  return NULL;
}

/* The country of the post is proposed; of another, or none, it is said what the server will do. */
static void
test_country (void)
{
  static const struct
  {
    const char *scope, *proposed;
    gboolean told; /* of none */
  } cases[] = {
    { "country:CH", "CH", FALSE },
    { "country:CH country:DE", NULL, TRUE },
    { "country:CH organisation:0190aaaa-0000-7000-8000-000000000000", NULL, FALSE },
    { "national", NULL, FALSE },
  };
  static const char *const entities[] = { "expert", "project_holder" };
  KafWindow *window = kaf_display_open ("roles-country.db");
  KafStore *store = kaf_window_get_store (window);

  kaf_display_become (store, "consular-relay");
  for (gsize i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      const gboolean bound = cases[i / 2].proposed != NULL || cases[i / 2].told;
      KafFieldRow *row;
      GtkWidget *page;
      g_autofree char *country = NULL;

      kaf_display_run (store, grant, cases[i / 2].scope);
      kaf_window_open_form (window, kaf_registry_find (entities[i % 2]), NULL);
      page = kaf_window_get_page (window);
      KAF_WAIT (KAF_FORM_PAGE (page)->data != NULL);
      row = kaf_form_page_find_row (KAF_FORM_PAGE (page), NULL, "country");
      g_assert_nonnull (row);
      g_test_message ("%s, %s", entities[i % 2], cases[i / 2].scope);
      g_assert_true (kaf_field_row_get_value (row, &country, NULL));
      g_assert_cmpstr (country, ==, cases[i / 2].proposed);
      KAF_WAIT (kaf_display_shows (page, "Your scope on the server") == cases[i / 2].told);
      kaf_field_row_set_value (row, "FR", NULL);
      kaf_form_page_update_country (KAF_FORM_PAGE (page));
      KAF_WAIT (kaf_display_shows (page, "Your scope on the server") == bound);
      kaf_field_row_set_value (row, "CH", NULL);
      kaf_form_page_update_country (KAF_FORM_PAGE (page));
      KAF_WAIT (!kaf_display_shows (page, "Your scope on the server"));
      kaf_window_back (window);
    }
}

/* Who has missions alone is told what becomes of a person whom none of them names; of a body that he enters, and of a project
 * holder whom he accompanies, there is nothing to tell. */
static void
test_missions (void)
{
  static const struct
  {
    const char *scope, *entity;
    gboolean told;
  } cases[] = {
    { "mission:0190aaaa-0000-7000-8000-000000000000", "expert", TRUE },
    { "mission:0190aaaa-0000-7000-8000-000000000000", "organisation", FALSE },
    { "mission:0190aaaa-0000-7000-8000-000000000000", "project_holder", TRUE },
    { "mission:0190aaaa-0000-7000-8000-000000000000 country:CH", "expert", FALSE },
    { "national", "expert", FALSE },
  };
  KafWindow *window = kaf_display_open ("roles-missions.db");
  KafStore *store = kaf_window_get_store (window);

  kaf_display_become (store, "facilitator");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KafFieldRow *counsellor;
      GtkWidget *page;

      kaf_display_run (store, grant, cases[i].scope);
      kaf_window_open_form (window, kaf_registry_find (cases[i].entity), NULL);
      page = kaf_window_get_page (window);
      KAF_WAIT (KAF_FORM_PAGE (page)->data != NULL);
      g_test_message ("%s, %s", cases[i].entity, cases[i].scope);
      KAF_WAIT (kaf_display_shows (page, "Your scope on the server covers missions") ==
                cases[i].told);
      counsellor = kaf_form_page_find_row (KAF_FORM_PAGE (page), NULL, "counsellor");
      if (counsellor != NULL)
        {
          kaf_field_row_set_value (counsellor, KAF_FORM_PAGE (page)->data->account, NULL);
          kaf_form_page_update_country (KAF_FORM_PAGE (page));
          KAF_WAIT (!kaf_display_shows (page, "Your scope on the server covers missions"));
        }
      kaf_window_back (window);
    }
}

int
main (int argc, char **argv)
{
  kaf_display_init (&argc, &argv, "en");
  g_test_add_func ("/roles/mission", test_mission);
  g_test_add_func ("/roles/person", test_person);
  g_test_add_func ("/roles/new", test_new);
  g_test_add_func ("/roles/home", test_home);
  g_test_add_func ("/roles/country", test_country);
  g_test_add_func ("/roles/missions", test_missions);
  return kaf_display_finish (g_test_run ());
}
