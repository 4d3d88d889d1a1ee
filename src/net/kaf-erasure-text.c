/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-erasure-text.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/kaf-bidi.h"
#include "base/kaf-date.h"
#include "base/kaf-number.h"

/* Of a device's number of sixteen, which nobody reads. */
#define SHORT_DIGITS 4

#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

char *
kaf_erasure_text_name (const KafErasure *self)
{
  return self->name != NULL ? kaf_bidi_ltr (self->name)
                            : g_strdup (_ ("Erased again after a restore"));
}

char *
kaf_erasure_text_subject (const KafErasure *self)
{
  g_autoptr (GString) line = g_string_new (NULL);

  kaf_bidi_append (line, self->entity != NULL ? _ (self->entity->label) : _ ("Record"));
  for (guint i = 0; i < self->as->len; i++)
    kaf_bidi_append (line, _ (((const KafEntity *) g_ptr_array_index (self->as, i))->label));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

char *
kaf_erasure_text_records (guint n, KafLang lang)
{
  g_autofree char *number = kaf_number_format (n, lang);

  return g_strdup_printf (ngettext ("%s record", "%s records", n), number);
}

char *
kaf_erasure_text_receipts (const KafErasureCount *count, KafLang lang)
{
  g_autofree char *confirmed = kaf_number_format (count->n_confirmed, lang);
  g_autofree char *total = kaf_number_format (count->n_confirmed + count->n_awaited, lang);
  g_autofree char *withdrawn = kaf_number_format (count->n_shut_out, lang);
  g_autofree char *reached = NULL;
  g_autofree char *left = NULL;

  if (count->n_awaited == 0)
    reached = g_strdup (_ ("On every device"));
  else
    /* Translators: numbers of devices: those that have confirmed, which count for the plural, and all. */
    reached = g_strdup_printf (ngettext ("%s device of %s", "%s devices of %s", count->n_confirmed),
                               confirmed, total);
  if (count->n_shut_out == 0)
    return g_steal_pointer (&reached);
  /* Translators: devices that were withdrawn before they confirmed an erasure: "2 devices of 3 · 1 withdrawn" */
  left = g_strdup_printf (ngettext ("%s withdrawn", "%s withdrawn", count->n_shut_out), withdrawn);
  return g_strdup_printf ("%s · %s", reached, left);
}

char *
kaf_erasure_text_gone (guint n, KafLang lang)
{
  g_autofree char *number = kaf_number_format (n, lang);

  return g_strdup_printf (
      ngettext ("%s edit concerned a record that was erased since: it was not kept",
                "%s edits concerned records that were erased since: they were not kept", n),
      number);
}

char *
kaf_erasure_text_device (const KafErasureDevice *device)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gsize length = device->id != NULL ? strlen (device->id) : 0;

  kaf_bidi_append (line, device->user);
  kaf_bidi_append (line, device->name);
  if (length > 0)
    kaf_bidi_append (line, device->id + length - MIN (length, SHORT_DIGITS));
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* "22/11/2026 10:30", which reads from left to right. */
static char *
format_time (gint64 us, KafLang lang)
{
  g_autofree char *text = kaf_time_format (us, lang);

  return kaf_bidi_ltr (text);
}

char *
kaf_erasure_text_seen (const KafErasure *self, const KafErasureDevice *device, KafLang lang)
{
  gint64 when;
  gboolean awaited = kaf_erasure_get_state (self, device, &when) == KAF_ERASURE_AWAITED;
  g_autofree char *enrolled = format_time (device->enrolled, lang);
  g_autofree char *seen =
      device->synced > 0 && !awaited ? format_time (device->synced, lang) : NULL;

  /* Translators: of a device, twice a day and a time */
  return seen != NULL ? g_strdup_printf (_ ("Enrolled on %s, last seen on %s"), enrolled, seen)
                      : g_strdup_printf (_ ("Enrolled on %s"), enrolled);
}

static char *
describe_awaited (const KafErasureDevice *device, gint64 now, KafLang lang)
{
  g_autofree char *last = format_time (device->synced, lang);
  guint days = (guint) CLAMP ((now - device->synced) / DAY, 0, G_MAXINT);
  g_autofree char *number = kaf_number_format (days, lang);

  if (days == 0)
    return g_strdup_printf (_ ("Awaited; last exchange on %s"), last);
  /* Translators: a day and a time, then a number of days. */
  return g_strdup_printf (ngettext ("Awaited; last exchange on %s, %s day ago",
                                    "Awaited; last exchange on %s, %s days ago", days),
                          last, number);
}

char *
kaf_erasure_text_state (const KafErasure *self,
                        const KafErasureDevice *device,
                        gint64 now,
                        KafLang lang)
{
  gint64 when;
  KafErasureState state = kaf_erasure_get_state (self, device, &when);
  g_autofree char *confirmed = when > 0 ? format_time (when, lang) : NULL;
  g_autofree char *revoked = device->revoked > 0 ? format_time (device->revoked, lang) : NULL;

  switch (state)
    {
    case KAF_ERASURE_CONFIRMED:
      return confirmed != NULL ? g_strdup_printf (_ ("Confirmed on %s"), confirmed)
                               : g_strdup (_ ("Confirmed"));
    case KAF_ERASURE_SHUT_OUT:
      return g_strdup_printf (_ ("Withdrawn on %s without having confirmed: it removes what the "
                                 "server gave it when it next asks"),
                              revoked);
    case KAF_ERASURE_EMPTY:
      return g_strdup (_ ("It has never synchronised: the server gave it nothing"));
    case KAF_ERASURE_AWAITED:
    default:
      return describe_awaited (device, now, lang);
    }
}

char *
kaf_erasure_text_kept (const KafErasureKept *kept, KafLang lang)
{
  const char *name = lang == KAF_LANG_AR ? kept->name_ar : kept->name;
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *isolated = name != NULL ? kaf_bidi_isolate (name) : NULL;

  if (isolated != NULL)
    g_string_append_printf (line, _ ("%s: %s"), _ (kept->entity->label), isolated);
  else
    g_string_append (line, _ (kept->entity->label));
  kaf_bidi_append (line, kept->of);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* The same day so many years later; of a day in February that is not there, the one before. */
static char *
add_years (const char *day, guint years)
{
  guint year, month, date;
  g_autofree char *later = NULL;

  if (sscanf (day, "%4u-%2u-%2u", &year, &month, &date) != 3)
    return NULL;
  later = g_strdup_printf ("%04u-%02u-%02u", year + years, month, date);
  if (!kaf_date_is_valid (later, FALSE))
    later[9]--;
  return g_steal_pointer (&later);
}

char *
kaf_erasure_text_until (const KafErasureKept *kept, guint years, KafLang lang)
{
  g_autofree char *end = kept->ends != NULL ? kaf_date_end (kept->ends) : NULL;
  g_autofree char *day = end != NULL ? add_years (end, years) : NULL;
  g_autofree char *text = day != NULL ? kaf_date_format (day, lang, KAF_DATE_SHORT) : NULL;
  g_autofree char *isolated = text != NULL ? kaf_bidi_ltr (text) : NULL;
  g_autofree char *number = kaf_number_format (years, lang);

  if (isolated != NULL)
    return g_strdup_printf (_ ("Kept until %s"), isolated);
  return g_strdup_printf (ngettext ("Kept while it lasts, then for %s year",
                                    "Kept while it lasts, then for %s years", years),
                          number);
}
