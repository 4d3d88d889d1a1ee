/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/convention/kaf-convention-item.h"

#include <glib/gi18n-lib.h>

#include "base/kaf-bidi.h"
#include "rules/convention/kaf-convention-text.h"
#include "ui/app/kaf-application.h"

struct _KafConventionItem
{
  GObject parent_instance;

  KafConventionData *data;
  const KafConvention *act;    /* of the data */
  const KafStanding *standing; /* of the data */
  char *state;                 /* NULL until it is asked for */
  const char *style;
};

G_DEFINE_FINAL_TYPE (KafConventionItem, kaf_convention_item, G_TYPE_OBJECT)

static void
kaf_convention_item_finalize (GObject *object)
{
  KafConventionItem *self = KAF_CONVENTION_ITEM (object);

  g_free (self->state);
  kaf_convention_data_unref (self->data);
  G_OBJECT_CLASS (kaf_convention_item_parent_class)->finalize (object);
}

static void
kaf_convention_item_class_init (KafConventionItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kaf_convention_item_finalize;
}

static void
kaf_convention_item_init (KafConventionItem *self)
{
}

KafConventionItem *
kaf_convention_item_new (KafConventionData *data, const KafConvention *act)
{
  KafConventionItem *self = g_object_new (KAF_TYPE_CONVENTION_ITEM, NULL);

  self->data = kaf_convention_data_ref (data);
  self->act = act;
  self->standing = kaf_convention_data_get (data, act)->standing;
  return self;
}

const KafConvention *
kaf_convention_item_get_act (KafConventionItem *self)
{
  g_return_val_if_fail (KAF_IS_CONVENTION_ITEM (self), NULL);
  return self->act;
}

const KafStanding *
kaf_convention_item_get_standing (KafConventionItem *self)
{
  g_return_val_if_fail (KAF_IS_CONVENTION_ITEM (self), NULL);
  return self->standing;
}

KafConventionData *
kaf_convention_item_get_data (KafConventionItem *self)
{
  g_return_val_if_fail (KAF_IS_CONVENTION_ITEM (self), NULL);
  return self->data;
}

const char *
kaf_convention_item_get_state (KafConventionItem *self, const char **style)
{
  g_return_val_if_fail (KAF_IS_CONVENTION_ITEM (self), NULL);

  if (self->state == NULL)
    self->state =
        kaf_standing_describe_state (self->standing, self->data->today, self->data->soon_days,
                                     kaf_application_get_lang (), &self->style);
  if (style != NULL)
    *style = self->style;
  return self->state;
}

const char *
kaf_convention_item_get_kind (KafConventionItem *self)
{
  static const char *const kinds[] = { N_ ("Framework"), N_ ("Specific"), N_ ("Amendment") };

  g_return_val_if_fail (KAF_IS_CONVENTION_ITEM (self), NULL);
  return _ (kinds[self->act->kind]);
}

char *
kaf_convention_item_describe (KafConventionItem *self)
{
  g_autofree char *title = NULL;
  g_autofree char *term = NULL;
  g_autofree char *parties = NULL;
  GString *text;

  g_return_val_if_fail (KAF_IS_CONVENTION_ITEM (self), NULL);

  title = kaf_bidi_isolate (self->act->title != NULL ? self->act->title : "—");
  text = g_string_new (title);
  g_string_append_printf (text, ", %s, %s", kaf_convention_item_get_kind (self),
                          kaf_convention_item_get_state (self, NULL));
  term = kaf_standing_describe_term (self->standing, self->act, kaf_application_get_lang ());
  if (self->standing->state >= KAF_CONVENTION_SIGNED && !g_str_equal (term, self->state))
    g_string_append_printf (text, ", %s", term);
  parties = kaf_convention_data_describe_parties (self->data, self->act->parties);
  if (parties != NULL)
    g_string_append_printf (text, ", %s", parties);
  return g_string_free (text, FALSE);
}
