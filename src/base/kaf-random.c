/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The source of randomness that every other part is given. The seeded kind is xoshiro256**
 * (Blackman and Vigna, public domain algorithm) whose state is filled by splitmix64: the same seed
 * gives the same run on every machine. It is not for secrets; the system kind is. */

#include "config.h"

#include "base/kaf-random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

/* How far a stamp may run ahead of the wanted value before it falls back to it, in 1/4096 ms. */
#define STAMP_MAX_AHEAD (G_GUINT64_CONSTANT (1000) << 12)

/* Bytes that are asked of the kernel at once. */
#define DRAWN_SIZE 256

/* What an id takes; longer ones are drawn for themselves. */
#define DRAWN_MAX 8

struct _KafRandom
{
  GMutex lock;
  gboolean seeded;
  guint8 drawn[DRAWN_SIZE]; /* of the kernel */
  gsize n_drawn;            /* not yet handed out: the last ones of them; each once */
  guint64 state[4];
  guint64 last_stamp;
};

static KafRandom *
random_new (void)
{
  KafRandom *self = g_atomic_rc_box_new0 (KafRandom);

  g_mutex_init (&self->lock);
  return self;
}

static void
random_clear (gpointer data)
{
  KafRandom *self = data;

  g_mutex_clear (&self->lock);
}

static guint64
splitmix64 (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return z ^ (z >> 31);
}

static inline guint64
rotate (guint64 x, int k)
{
  return (x << k) | (x >> (64 - k));
}

static guint64
xoshiro_next (guint64 s[4])
{
  guint64 result = rotate (s[1] * 5, 7) * 9;
  guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate (s[3], 45);
  return result;
}

static void
system_bytes (guint8 *buf, gsize n)
{
  while (n > 0)
    {
      gssize got = getrandom (buf, n, 0);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        break;
      buf += got;
      n -= got;
    }
  if (n == 0)
    return;

  /* A kernel without getrandom(): GLib seeds itself from what the machine has. */
  g_critical ("getrandom() failed: %s", g_strerror (errno));
  for (gsize i = 0; i < n; i++)
    buf[i] = (guint8) g_random_int ();
}

/* Each id takes a few: asked for one by one, they would cost more than all the rest of it. */
static void
take_drawn (KafRandom *self, guint8 *buf, gsize n)
{
  guint8 *from;

  if (self->n_drawn < n)
    {
      system_bytes (self->drawn, DRAWN_SIZE);
      self->n_drawn = DRAWN_SIZE;
    }
  from = self->drawn + DRAWN_SIZE - self->n_drawn;
  memcpy (buf, from, n);
  memset (from, 0, n);
  self->n_drawn -= n;
}

/**
 * kaf_random_new_system:
 *
 * Returns: (transfer full): randomness of the kernel
 */
KafRandom *
kaf_random_new_system (void)
{
  return random_new ();
}

/**
 * kaf_random_new_seeded:
 * @seed: any number
 *
 * Returns: (transfer full): a repeatable sequence, the same for the same @seed
 */
KafRandom *
kaf_random_new_seeded (guint64 seed)
{
  KafRandom *self = random_new ();

  self->seeded = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (self->state); i++)
    self->state[i] = splitmix64 (&seed);
  return self;
}

/**
 * kaf_random_ref:
 * @self: a source
 *
 * Returns: (transfer full): @self
 */
KafRandom *
kaf_random_ref (KafRandom *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * kaf_random_unref:
 * @self: (transfer full): a source
 */
void
kaf_random_unref (KafRandom *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, random_clear);
}

/**
 * kaf_random_bytes:
 * @self: a source
 * @buf: (out caller-allocates): where to write
 * @n: how many bytes
 */
void
kaf_random_bytes (KafRandom *self, guint8 *buf, gsize n)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (self != NULL);

  /* What is long is a secret, which lies nowhere else. */
  if (!self->seeded && n > DRAWN_MAX)
    {
      system_bytes (buf, n);
      return;
    }

  locker = g_mutex_locker_new (&self->lock);
  if (!self->seeded)
    {
      take_drawn (self, buf, n);
      return;
    }
  while (n > 0)
    {
      guint64 word = GUINT64_TO_LE (xoshiro_next (self->state));
      gsize part = MIN (n, sizeof word);

      memcpy (buf, &word, part);
      buf += part;
      n -= part;
    }
}

/**
 * kaf_random_u64:
 * @self: a source
 *
 * Returns: a number, every value equally likely
 */
guint64
kaf_random_u64 (KafRandom *self)
{
  guint64 word = 0;

  kaf_random_bytes (self, (guint8 *) &word, sizeof word);
  return GUINT64_FROM_LE (word);
}

/**
 * kaf_random_below:
 * @self: a source
 * @n: > 0
 *
 * Returns: a number from 0 to @n - 1, every value equally likely
 */
guint32
kaf_random_below (KafRandom *self, guint32 n)
{
  guint32 threshold;

  g_return_val_if_fail (n > 0, 0);

  /* Lemire's method: the values under the threshold would favour some results, draw again. */
  threshold = (guint32) -n % n;
  for (;;)
    {
      guint64 product = (kaf_random_u64 (self) >> 32) * n;

      if ((guint32) product >= threshold)
        return (guint32) (product >> 32);
    }
}

/**
 * kaf_random_stamp:
 * @self: a source
 * @wanted: a time in 1/4096 ms
 *
 * Gives stamps that rise strictly although the clock stands still or ticks coarsely, so that
 * identifiers made one after the other sort in that order. When @wanted has fallen more than a
 * second behind the last stamp, the clock has been put back, and the stamps follow it.
 *
 * Returns: @wanted or a little more
 */
guint64
kaf_random_stamp (KafRandom *self, guint64 wanted)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (self != NULL, wanted);

  locker = g_mutex_locker_new (&self->lock);
  if (wanted <= self->last_stamp && self->last_stamp - wanted < STAMP_MAX_AHEAD)
    wanted = self->last_stamp + 1;
  self->last_stamp = wanted;
  return wanted;
}
