/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/kaf-line-reader.h"

#include "base/kaf-belt.h"
#include "sync/kaf-exchange.h"

/* Bytes. Less is read before a thread has begun. */
#define LONG_TEXT (128 * 1024)

struct _KafLineReader
{
  const char *text; /* what is still to be read; the thread's, while there is one */
  gsize size;
  KafLineFunc make;
  gconstpointer data;
  GThread *thread; /* NULL: each line is read when it is asked for */
  KafBelt *belt;
};

static gpointer
read_line (KafLineReader *self)
{
  gsize length;
  const char *line = kaf_exchange_next (&self->text, &self->size, &length);

  return line != NULL ? self->make (line, length, self->data) : NULL;
}

static gpointer
read_all (gpointer data)
{
  KafLineReader *self = data;
  gpointer thing;

  while ((thing = read_line (self)) != NULL)
    if (!kaf_belt_put (self->belt, thing))
      return NULL;
  kaf_belt_end (self->belt);
  return NULL;
}

KafLineReader *
kaf_line_reader_new (const char *text,
                     gsize size,
                     guint ahead,
                     KafLineFunc make,
                     GDestroyNotify free_thing,
                     gconstpointer data)
{
  KafLineReader *self = g_new0 (KafLineReader, 1);

  self->text = text;
  self->size = size;
  self->make = make;
  self->data = data;
  if (size < LONG_TEXT)
    return self;
  self->belt = kaf_belt_new (ahead, free_thing);
  self->thread = g_thread_new ("kaf-lines", read_all, self);
  return self;
}

void
kaf_line_reader_free (KafLineReader *self)
{
  if (self->thread != NULL)
    {
      kaf_belt_stop (self->belt);
      g_thread_join (self->thread);
      kaf_belt_free (self->belt);
    }
  g_free (self);
}

gpointer
kaf_line_reader_next (KafLineReader *self)
{
  return self->thread != NULL ? kaf_belt_take (self->belt) : read_line (self);
}

gboolean
kaf_line_reader_is_cut (const KafLineReader *self)
{
  return self->size > 0;
}
