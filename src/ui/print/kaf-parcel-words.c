/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/print/kaf-parcel-words.h"

#include <glib/gi18n-lib.h>

static char *
tell (const KafOutgoingRun *run, const char *number, const char *name)
{
  /* Translators: a number of files and the name of a folder or archive */
  return g_strdup_printf (
      ngettext ("%s file put together in %s", "%s files put together in %s", run->n), number, name);
}

KafOutgoingKind
kaf_parcel_kind (void)
{
  return (KafOutgoingKind){
    .why = _ ("Why Is This Document Given Out?"),
    /* Translators: how many persons are named, and above how many a reason is asked. */
    .names = _ ("The document names %s persons. Above %d, the law asks for a reason: it is kept "
                "with your name in the register of disclosures."),
    .go = _ ("Give Out"),
    .accept = C_ ("button", "Save"),
    .tell = tell,
  };
}
