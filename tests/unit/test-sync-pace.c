/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a device syncs by itself: what is tried again, how soon, and what waits for a person. */
#include "config.h"

#include "net/kaf-net-error.h"
#include "net/kaf-sync-pace.h"

#define SECOND 1000
#define MINUTE (60 * SECOND)

static void
note (KafSyncPace *pace, KafNetError code)
{
  g_autoptr (GError) error = g_error_new_literal (KAF_NET_ERROR, code, "");

  kaf_sync_pace_note (pace, error);
}

static void
test_well (void)
{
  KafSyncPace pace = { 0 };

  g_assert_cmpint (kaf_sync_pace_delay (&pace, KAF_SYNC_CAUSE_WRITTEN, 0.5), ==, 3 * SECOND);
  g_assert_cmpint (kaf_sync_pace_delay (&pace, KAF_SYNC_CAUSE_INTERVAL, 0), ==, 5 * MINUTE);
  g_assert_cmpint (kaf_sync_pace_delay (&pace, KAF_SYNC_CAUSE_START, 0), >=, SECOND);
  g_assert_cmpint (kaf_sync_pace_delay (&pace, KAF_SYNC_CAUSE_START, 1), <=, 15 * SECOND);
}

static void
test_back_off (void)
{
  static const gint64 most[] = { 30 * SECOND, MINUTE,      2 * MINUTE,  4 * MINUTE,
                                 8 * MINUTE,  15 * MINUTE, 15 * MINUTE, 15 * MINUTE };
  KafSyncPace pace = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (most); i++)
    {
      note (&pace, i % 2 == 0 ? KAF_NET_ERROR_OFFLINE : KAF_NET_ERROR_SERVER);
      g_assert_cmpint (kaf_sync_pace_delay (&pace, KAF_SYNC_CAUSE_INTERVAL, 1), ==, most[i]);
      g_assert_cmpint (kaf_sync_pace_delay (&pace, KAF_SYNC_CAUSE_INTERVAL, 0), ==, most[i] / 2);
      /* Writing does not make the hub come back; the network that comes may. */
      g_assert_cmpint (kaf_sync_pace_delay (&pace, KAF_SYNC_CAUSE_WRITTEN, 0), ==, KAF_SYNC_NEVER);
      g_assert_cmpint (kaf_sync_pace_delay (&pace, KAF_SYNC_CAUSE_NETWORK, 0), <=, 5 * SECOND);
    }
  pace.n_failures = G_MAXUINT;
  g_assert_cmpint (kaf_sync_pace_delay (&pace, KAF_SYNC_CAUSE_INTERVAL, 1), ==, 15 * MINUTE);
  kaf_sync_pace_note (&pace, NULL);
  g_assert_cmpint (kaf_sync_pace_delay (&pace, KAF_SYNC_CAUSE_WRITTEN, 0), ==, 3 * SECOND);
}

static void
test_no_network (void)
{
  KafSyncPace pace = { 0 };

  note (&pace, KAF_NET_ERROR_OFFLINE);
  pace.no_network = TRUE;
  g_assert_cmpint (kaf_sync_pace_delay (&pace, KAF_SYNC_CAUSE_INTERVAL, 0), ==, 15 * MINUTE);
  note (&pace, KAF_NET_ERROR_OFFLINE);
  g_assert_false (pace.no_network);
}

static void
test_person (void)
{
  static const KafNetError codes[] = { KAF_NET_ERROR_CREDENTIALS, KAF_NET_ERROR_SIGNED_OUT,
                                       KAF_NET_ERROR_REVOKED,     KAF_NET_ERROR_NO_GRANT,
                                       KAF_NET_ERROR_DISABLED,    KAF_NET_ERROR_SERVER_OLD,
                                       KAF_NET_ERROR_SERVER_NEW,  KAF_NET_ERROR_FORKED };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      KafSyncPace pace = { 0 };

      note (&pace, codes[i]);
      for (int cause = KAF_SYNC_CAUSE_START; cause <= KAF_SYNC_CAUSE_NETWORK; cause++)
        g_assert_cmpint (kaf_sync_pace_delay (&pace, cause, 0.5), ==, KAF_SYNC_NEVER);
      kaf_sync_pace_note (&pace, NULL);
      g_assert_cmpint (kaf_sync_pace_delay (&pace, KAF_SYNC_CAUSE_INTERVAL, 0), >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync-pace/well", test_well);
  g_test_add_func ("/sync-pace/back-off", test_back_off);
  g_test_add_func ("/sync-pace/no-network", test_no_network);
  g_test_add_func ("/sync-pace/person", test_person);
  return g_test_run ();
}
