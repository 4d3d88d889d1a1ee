/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/kaf-lease-text.h"

#include <glib/gi18n-lib.h>

char *
kaf_lease_explain (const KafLeaseReport *report)
{
  guint left = report->end > report->days ? report->end - report->days : 0;

  if (report->revoked)
    return g_strdup (
        report->removed
            ? _ ("This device was withdrawn from the server, and the persons that the server knows were removed from "
                 "this computer. What you have not sent yet is kept: sign in again to send it, or export it. If you "
                 "cannot, ask your administrator.")
            : _ ("This device was withdrawn from the server: the persons that the server knows are being removed from "
                 "this computer. What you have not sent yet is kept."));
  if (report->removed)
    return g_strdup (
        _ ("The persons that the server knows were removed from this computer, since it did "
           "not hear of the server for too long. Synchronise, and they come back; what you "
           "have not sent yet is kept."));
  switch (report->state)
    {
    case KAF_LEASE_ENDS_SOON:
      return g_strdup_printf (
          ngettext (
              "This computer has not heard of the server for days. Synchronise: in %u day, the "
              "persons that the server knows are removed from here until the next exchange. "
              "What you have not sent is kept.",
              "This computer has not heard of the server for days. Synchronise: in %u days, the "
              "persons that the server knows are removed from here until the next exchange. "
              "What you have not sent is kept.",
              left),
          left);
    case KAF_LEASE_DOUBTFUL:
      return g_strdup (
          _ ("By its clock, this computer has not heard of the server for very long, or the "
             "clock is wrong. Check the date and synchronise; if you cannot, tell your "
             "administrator. Nothing is removed."));
    case KAF_LEASE_RUNS:
    case KAF_LEASE_ENDED:
    default:
      return NULL;
    }
}
