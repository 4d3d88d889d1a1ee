/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each line of an exchange, by the reader that the first byte chooses, from either side: what a reader takes, its writer
 * writes, and the reader takes that for the same. The rest of the bytes are the lines. */
#include "config.h"

#include <string.h>

#include "sync/kaf-exchange.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Reads a line and writes it to @out; FALSE when it was refused. */
typedef gboolean (*Turn) (const char *line, gsize size, GString *out);

static gboolean
turn_hello (const char *line, gsize size, GString *out)
{
  g_auto (KafHello) hello = { 0 };

  if (!kaf_hello_parse (line, size, &hello, NULL))
    return FALSE;
  kaf_hello_print (&hello, out);
  return TRUE;
}

/* The hub writes no verdict that needs an escape. */
static gboolean
is_plain (const KafVerdict *verdict)
{
  for (const char *c = verdict->verdict; *c != '\0'; c++)
    if (!g_ascii_islower (*c))
      return FALSE;
  return TRUE;
}

static gboolean
turn_verdicts (const char *line, gsize size, GString *out)
{
  gint64 expects;
  g_autoptr (GPtrArray) verdicts = kaf_verdicts_parse (line, size, &expects, NULL);
  g_autoptr (GPtrArray) settled = kaf_settled_parse (line, size, NULL);

  for (guint i = 0; verdicts != NULL && i < verdicts->len; i++)
    if (!is_plain (g_ptr_array_index (verdicts, i)))
      return FALSE;
  if (verdicts == NULL || settled == NULL)
    return FALSE;
  kaf_verdicts_print (verdicts, expects, settled, out);
  return TRUE;
}

static gboolean
turn_erased (const char *line, gsize size, GString *out)
{
  g_autoptr (GPtrArray) erased = kaf_erased_parse (line, size, NULL);

  for (guint i = erased != NULL ? erased->len : 0; i-- > 0;)
    if (((KafErased *) g_ptr_array_index (erased, i))->root == NULL)
      g_ptr_array_remove_index (erased, i);
  if (erased != NULL)
    kaf_erased_print (erased, out);
  return erased != NULL;
}

static gboolean
turn_row (const char *line, gsize size, GString *out)
{
  g_autoptr (KafFeedRow) row = kaf_feed_row_parse (line, size, NULL);

  if (row == NULL || row->root == NULL)
    return FALSE;
  kaf_feed_row_print (row, out);
  return TRUE;
}

static gboolean
turn_checkpoint (const char *line, gsize size, GString *out)
{
  g_auto (KafCheckpoint) checkpoint = { 0 };

  if (!kaf_checkpoint_parse (line, size, &checkpoint, NULL))
    return FALSE;
  kaf_checkpoint_print (&checkpoint, out);
  return TRUE;
}

static void
check_line (Turn turn, const char *line, gsize size)
{
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);

  if (!turn (line, size, first))
    return;
  g_assert_true (turn (first->str, first->len, second));
  g_assert_true (g_string_equal (first, second));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const Turn turns[] = { turn_hello, turn_verdicts, turn_erased, turn_row, turn_checkpoint };
  const char *text = (const char *) data + 1, *line;
  gsize rest = size - 1, length;
  Turn turn;

  if (size < 1)
    return 0;
  turn = turns[data[0] % G_N_ELEMENTS (turns)];
  while ((line = kaf_exchange_next (&text, &rest, &length)) != NULL)
    check_line (turn, line, length);
  return 0;
}
