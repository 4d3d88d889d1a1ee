/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Histories of one record, from a seed: devices with wrong clocks write while they are away, a network
 * cuts what they send and loses answers, and a hub takes it in by the merge. At the end all are at rest
 * and show the same, and nothing that was written is lost: it stands, was replaced by somebody who had
 * seen it, or lies in a conflict.
 *
 * The merge is broken on purpose in ten ways, each of which some history must notice. */
#include "config.h"

#include <string.h>

#include "base/kaf-random.h"
#include "schema/kaf-set.h"
#include "sync/kaf-merge.h"

#define N_DEVICES 4
#define N_UNITS 3
#define N_FIELDS 2 /* of the first unit; the others have one */
#define N_STEPS 60
#define N_SEEDS 4000
#define N_SEEDS_TO_NOTICE 400
#define START_US (G_GINT64_CONSTANT (1790000000) * G_USEC_PER_SEC)
#define SKEW_S 1000000 /* either way: eleven days */
#define A_SET N_UNITS  /* in Edit.unit */

typedef enum
{
  SOUND,
  LOSES_TO_THE_LATEST, /* the loser is written all the same */
  FORGETS_THE_LOSER,
  FORGETS_WHO_LOST,
  SAW_ONE_MORE,
  SAW_ALL,
  REMOVES_UNSEEN,
  TAKES_TWICE,
  SHOWS_NO_OWN,
  SEES_WHEN_SENT,
  SPLITS_UNITS,
  N_BREAKAGES
} Breakage;

typedef struct
{
  guint id, device, unit;
  gint64 dseq;
  char *before[N_FIELDS], *after[N_FIELDS];
  KafSight sight;
  gint64 seq; /* at the hub; 0: not there */
  gboolean written;
  guint stands_as; /* the edit whose value it found standing; 0: its own */
} Edit;

/* Two edits that had not seen one another, by their ids. */
typedef struct
{
  guint stands, other;
} Conflict;

typedef struct
{
  char *shown[N_UNITS + 1][N_FIELDS];
  GPtrArray *outbox; /* of Edit */
  gint64 saw, dseq;
  gint64 skew; /* µs */
  KafHlc clock;
} Device;

typedef struct
{
  Breakage broken;
  KafRandom *random;
  gint64 now;
  GPtrArray *edits;
  Device devices[N_DEVICES];
  /* The hub */
  char *value[N_UNITS][N_FIELDS];
  KafMark mark[N_UNITS];
  guint writer[N_UNITS];
  GPtrArray *elements;
  gint64 seq, taken[N_DEVICES];
  GArray *conflicts; /* of Conflict */
} World;

static guint
n_fields (guint unit)
{
  return unit == 0 ? N_FIELDS : 1;
}

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_free (edit->before[i]);
      g_free (edit->after[i]);
    }
  g_free (edit);
}

static void
world_init (World *self, guint64 seed, Breakage broken)
{
  memset (self, 0, sizeof *self);
  self->broken = broken;
  self->random = kaf_random_new_seeded (seed);
  self->now = START_US;
  self->edits = g_ptr_array_new_with_free_func (edit_free);
  g_ptr_array_add (self->edits, g_new0 (Edit, 1)); /* no edit has the number 0 */
  self->elements = g_ptr_array_new_with_free_func ((GDestroyNotify) kaf_merge_element_free);
  self->conflicts = g_array_new (FALSE, FALSE, sizeof (Conflict));
  for (guint i = 0; i < N_DEVICES; i++)
    {
      self->devices[i].outbox = g_ptr_array_new ();
      self->devices[i].skew =
          ((gint64) kaf_random_below (self->random, 2 * SKEW_S) - SKEW_S) * G_USEC_PER_SEC;
    }
}

static void
world_clear (World *self)
{
  for (guint i = 0; i < N_DEVICES; i++)
    {
      g_ptr_array_unref (self->devices[i].outbox);
      for (guint j = 0; j < (N_UNITS + 1) * N_FIELDS; j++)
        g_free (self->devices[i].shown[j / N_FIELDS][j % N_FIELDS]);
    }
  for (guint j = 0; j < N_UNITS * N_FIELDS; j++)
    g_free (self->value[j / N_FIELDS][j % N_FIELDS]);
  g_ptr_array_unref (self->elements);
  g_ptr_array_unref (self->edits);
  g_array_unref (self->conflicts);
  kaf_random_unref (self->random);
}

/* The hub */

static KafSight
sight_of (World *self, const Edit *edit)
{
  KafSight sight = edit->sight;

  if (self->broken == SAW_ONE_MORE)
    sight.saw++;
  else if (self->broken == SAW_ALL)
    sight.saw = self->seq;
  return sight;
}

static void
write_unit (World *self, Edit *edit)
{
  for (guint i = 0; i < n_fields (edit->unit); i++)
    if (self->broken != SPLITS_UNITS || g_strcmp0 (edit->before[i], edit->after[i]) != 0)
      {
        g_free (self->value[edit->unit][i]);
        self->value[edit->unit][i] = g_strdup (edit->after[i]);
      }
  self->mark[edit->unit] = (KafMark){ self->seq, edit->sight.device, edit->sight.clock };
  self->writer[edit->unit] = edit->id;
  edit->written = TRUE;
}

static void
add_conflict (World *self, guint stands, guint other)
{
  Conflict conflict = { stands, other };

  g_array_append_val (self->conflicts, conflict);
}

static void
take_unit (World *self, Edit *edit)
{
  KafMergeField fields[N_FIELDS];
  KafSight sight = sight_of (self, edit);
  KafMergeResult result;

  for (guint i = 0; i < n_fields (edit->unit); i++)
    fields[i] = (KafMergeField){ edit->before[i], edit->after[i], self->value[edit->unit][i],
                                 self->mark[edit->unit] };
  result = kaf_merge_unit (KAF_MERGE_LAST_WRITER, fields, n_fields (edit->unit), &sight);
  if (result == KAF_MERGE_STANDS)
    edit->stands_as = self->writer[edit->unit];
  if (result == KAF_MERGE_WON && self->broken != FORGETS_THE_LOSER)
    add_conflict (self, edit->id, self->writer[edit->unit]);
  if (result == KAF_MERGE_LOST && self->broken == LOSES_TO_THE_LATEST)
    add_conflict (self, edit->id, self->writer[edit->unit]);
  else if (result == KAF_MERGE_LOST && self->broken != FORGETS_WHO_LOST)
    add_conflict (self, self->writer[edit->unit], edit->id);
  if (result == KAF_MERGE_TAKEN || result == KAF_MERGE_WON ||
      (result == KAF_MERGE_LOST && self->broken == LOSES_TO_THE_LATEST))
    write_unit (self, edit);
}

static void
take_set (World *self, Edit *edit)
{
  KafSight sight = sight_of (self, edit);

  if (self->broken == REMOVES_UNSEEN)
    sight.saw = self->seq;
  kaf_merge_set (self->elements, edit->before[0], edit->after[0], &sight, self->seq);
}

/* Each once, whatever comes twice. */
static void
take (World *self, Edit *edit)
{
  if (edit->dseq <= self->taken[edit->device] && self->broken != TAKES_TWICE)
    return;
  self->taken[edit->device] = MAX (self->taken[edit->device], edit->dseq);
  edit->seq = ++self->seq;
  if (edit->unit == A_SET)
    take_set (self, edit);
  else
    take_unit (self, edit);
}

static char *
print_set (World *self)
{
  char *set = NULL;

  for (guint i = 0; i < self->elements->len; i++)
    {
      const KafMergeElement *element = g_ptr_array_index (self->elements, i);
      g_autofree char *before = set;

      set = kaf_set_add (before, element->value, element->detail);
    }
  return set;
}

/* The devices */

static void
show (Device *device, guint unit, guint field, const char *text)
{
  char *copy = g_strdup (text);

  g_free (device->shown[unit][field]);
  device->shown[unit][field] = copy;
}

/* What was typed here and is not yet known to have arrived is shown over what the hub has. */
static void
show_own (Device *device, const Edit *edit)
{
  g_autoptr (GPtrArray) added = NULL;
  g_autoptr (GPtrArray) gone = NULL;

  if (edit->unit != A_SET)
    {
      for (guint i = 0; i < n_fields (edit->unit); i++)
        show (device, edit->unit, i, edit->after[i]);
      return;
    }
  added = kaf_set_difference (edit->after[0], edit->before[0]);
  gone = kaf_set_difference (edit->before[0], edit->after[0]);
  for (guint i = 0; i < gone->len; i++)
    {
      const KafElement *element = g_ptr_array_index (gone, i);
      g_autofree char *set = kaf_set_remove (device->shown[A_SET][0], element->value);

      show (device, A_SET, 0, set);
    }
  for (guint i = 0; i < added->len; i++)
    {
      const KafElement *element = g_ptr_array_index (added, i);
      g_autofree char *set = kaf_set_add (device->shown[A_SET][0], element->value, NULL);

      show (device, A_SET, 0, set);
    }
}

static void
pull (World *self, Device *device)
{
  g_autofree char *set = print_set (self);

  device->saw = self->seq;
  for (guint unit = 0; unit < N_UNITS; unit++)
    for (guint i = 0; i < n_fields (unit); i++)
      show (device, unit, i, self->value[unit][i]);
  show (device, A_SET, 0, set);
  for (guint i = 0; i < device->outbox->len && self->broken != SHOWS_NO_OWN; i++)
    show_own (device, g_ptr_array_index (device->outbox, i));
}

/* The first @n of what waits; @answered: the device hears of it. */
static void
push (World *self, Device *device, guint n, gboolean answered)
{
  for (guint i = 0; i < n; i++)
    {
      Edit *edit = g_ptr_array_index (device->outbox, i);

      if (self->broken == SEES_WHEN_SENT)
        edit->sight.saw = device->saw;
      take (self, edit);
    }
  if (answered && n > 0)
    g_ptr_array_remove_range (device->outbox, 0, n);
}

static void
write_something (World *self, guint number)
{
  Device *device = &self->devices[number];
  Edit *edit = g_new0 (Edit, 1);

  edit->id = self->edits->len;
  edit->device = number;
  edit->unit = kaf_random_below (self->random, N_UNITS + 1);
  edit->dseq = ++device->dseq;
  device->clock = kaf_hlc_tick (&device->clock, self->now + device->skew, number + 1);
  /* Number 0 is the hub's own. */
  edit->sight = (KafSight){ device->saw, number + 1, device->clock };
  for (guint i = 0; i < n_fields (edit->unit); i++)
    {
      edit->before[i] = g_strdup (device->shown[edit->unit][i]);
      edit->after[i] = edit->unit == A_SET ? NULL : g_strdup_printf ("%u.%u", edit->id, i);
    }
  if (edit->unit == A_SET)
    {
      g_autofree char *value = g_strdup_printf ("%u", kaf_random_below (self->random, 4));

      edit->after[0] = kaf_set_contains (edit->before[0], value)
                           ? kaf_set_remove (edit->before[0], value)
                           : kaf_set_add (edit->before[0], value, NULL);
    }
  else if (n_fields (edit->unit) > 1 && kaf_random_below (self->random, 2) == 0)
    {
      /* Half of the unit as it was. */
      g_free (edit->after[1]);
      edit->after[1] = g_strdup (edit->before[1]);
    }
  g_ptr_array_add (self->edits, edit);
  g_ptr_array_add (device->outbox, edit);
  for (guint i = 0; i < n_fields (edit->unit); i++)
    show (device, edit->unit, i, edit->after[i]);
}

static void
step (World *self)
{
  guint number = kaf_random_below (self->random, N_DEVICES);
  Device *device = &self->devices[number];
  guint part = kaf_random_below (self->random, device->outbox->len + 1);

  self->now += kaf_random_below (self->random, 3600) * G_USEC_PER_SEC;
  switch (kaf_random_below (self->random, 8))
    {
    case 0: /* all goes well */
      push (self, device, device->outbox->len, TRUE);
      pull (self, device);
      break;
    case 1: /* cut on its way; what came through is answered */
      push (self, device, part, TRUE);
      break;
    case 2: /* the answer is lost */
      push (self, device, part, FALSE);
      break;
    case 3: /* nothing can be sent, but much is read */
      pull (self, device);
      break;
    default:
      write_something (self, number);
    }
}

/* What must hold all the time: a person sees what he typed, until somebody else is heard of. */
static gboolean
shows_own (World *self)
{
  for (guint i = 0; i < N_DEVICES; i++)
    {
      const Device *device = &self->devices[i];
      const Edit *last[N_UNITS] = { NULL };

      for (guint j = 0; j < device->outbox->len; j++)
        {
          const Edit *edit = g_ptr_array_index (device->outbox, j);

          if (edit->unit != A_SET)
            last[edit->unit] = edit;
        }
      for (guint unit = 0; unit < N_UNITS; unit++)
        if (last[unit] != NULL && g_strcmp0 (device->shown[unit][0], last[unit]->after[0]) != 0)
          return FALSE;
    }
  return TRUE;
}

/* What must hold at the end */

static gboolean
all_show_the_same (World *self)
{
  g_autofree char *set = print_set (self);

  for (guint i = 0; i < N_DEVICES; i++)
    {
      if (self->devices[i].outbox->len > 0 ||
          !kaf_set_equal (self->devices[i].shown[A_SET][0], set))
        return FALSE;
      for (guint unit = 0; unit < N_UNITS; unit++)
        for (guint j = 0; j < n_fields (unit); j++)
          if (g_strcmp0 (self->devices[i].shown[unit][j], self->value[unit][j]) != 0)
            return FALSE;
    }
  return TRUE;
}

static gboolean
had_seen (const Edit *later, const Edit *edit)
{
  return later->seq > edit->seq && (edit->seq <= later->sight.saw || edit->device == later->device);
}

static gboolean
is_in_conflict (World *self, guint id)
{
  for (guint i = 0; i < self->conflicts->len; i++)
    {
      const Conflict *conflict = &g_array_index (self->conflicts, Conflict, i);

      if (conflict->stands == id || conflict->other == id)
        return TRUE;
    }
  return FALSE;
}

/* Of two that had not seen one another, the later stands, and is not the other's echo. */
static gboolean
later_stand (World *self)
{
  for (guint i = 0; i < self->conflicts->len; i++)
    {
      const Conflict *conflict = &g_array_index (self->conflicts, Conflict, i);
      const Edit *stands = g_ptr_array_index (self->edits, conflict->stands);
      const Edit *other = g_ptr_array_index (self->edits, conflict->other);

      if (kaf_hlc_compare (&stands->sight.clock, &other->sight.clock) <= 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_kept (World *self, const Edit *edit)
{
  const Edit *standing =
      edit->stands_as > 0 ? g_ptr_array_index (self->edits, edit->stands_as) : edit;

  for (guint i = 0; i < self->edits->len; i++)
    {
      const Edit *other = g_ptr_array_index (self->edits, i);

      /* Typed by one who had seen it, or who had the same text before him. */
      if (other->unit == standing->unit && other->written && other->seq > standing->seq &&
          (had_seen (other, standing) || g_strcmp0 (other->before[0], standing->after[0]) == 0))
        return TRUE;
    }
  return self->writer[standing->unit] == standing->id || is_in_conflict (self, standing->id);
}

/* The fields of a unit come from one edit. */
static gboolean
is_whole (World *self, guint unit)
{
  const Edit *writer = g_ptr_array_index (self->edits, self->writer[unit]);

  for (guint i = 0; writer->id > 0 && i < n_fields (unit); i++)
    if (g_strcmp0 (self->value[unit][i], writer->after[i]) != 0)
      return FALSE;
  return TRUE;
}

/* An element stays if somebody added it whom no remover after had seen. */
static gboolean
set_is_right (World *self)
{
  g_autofree char *set = print_set (self);

  for (guint v = 0; v < 4; v++)
    {
      g_autofree char *value = g_strdup_printf ("%u", v);
      gboolean stays = FALSE;

      for (guint i = 1; i < self->edits->len && !stays; i++)
        {
          const Edit *adder = g_ptr_array_index (self->edits, i);

          if (adder->unit != A_SET || kaf_set_contains (adder->before[0], value) ||
              !kaf_set_contains (adder->after[0], value))
            continue;
          stays = TRUE;
          for (guint j = 1; j < self->edits->len && stays; j++)
            {
              const Edit *remover = g_ptr_array_index (self->edits, j);

              stays = remover->unit != A_SET || !kaf_set_contains (remover->before[0], value) ||
                      kaf_set_contains (remover->after[0], value) || !had_seen (remover, adder);
            }
        }
      if (stays != kaf_set_contains (set, value))
        return FALSE;
    }
  return TRUE;
}

/* NULL: all is well. */
static const char *
run (guint64 seed, Breakage broken, char **trace)
{
  World world;
  const char *wrong = NULL;
  g_autofree char *set = NULL;

  world_init (&world, seed, broken);
  for (guint i = 0; i < N_STEPS; i++)
    {
      step (&world);
      if (wrong == NULL && !shows_own (&world))
        wrong = "somebody does not see what he typed";
    }
  for (guint i = 0; i < 2 * N_DEVICES; i++)
    {
      Device *device = &world.devices[i % N_DEVICES];

      push (&world, device, device->outbox->len, TRUE);
      pull (&world, device);
    }
  if (wrong == NULL && !all_show_the_same (&world))
    wrong = "devices at rest show different things";
  for (guint unit = 0; wrong == NULL && unit < N_UNITS; unit++)
    if (!is_whole (&world, unit))
      wrong = "half of a unit was taken";
  for (guint i = 1; wrong == NULL && i < world.edits->len; i++)
    {
      const Edit *edit = g_ptr_array_index (world.edits, i);

      if (edit->unit != A_SET && !is_kept (&world, edit))
        wrong = "what somebody wrote is nowhere";
    }
  if (wrong == NULL && !later_stand (&world))
    wrong = "the earlier of two edits stands";
  if (wrong == NULL && world.seq != (gint64) world.edits->len - 1)
    wrong = "an edit was taken twice, or not at all";
  if (wrong == NULL && !set_is_right (&world))
    wrong = "a set lost or kept what it should not";
  set = print_set (&world);
  if (trace != NULL)
    *trace = g_strdup_printf ("%s %s %s %s [%s] %u", world.value[0][0], world.value[0][1],
                              world.value[1][0], world.value[2][0], set, world.conflicts->len);
  world_clear (&world);
  return wrong;
}

static void
test_histories (void)
{
  for (guint64 seed = 1; seed <= N_SEEDS; seed++)
    {
      const char *wrong = run (seed, SOUND, NULL);

      if (wrong != NULL)
        g_error ("seed %" G_GUINT64_FORMAT ": %s", seed, wrong);
    }
}

static void
test_repeats (void)
{
  for (guint64 seed = 1; seed <= 20; seed++)
    {
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      run (seed, SOUND, &first);
      run (seed, SOUND, &second);
      g_assert_cmpstr (first, ==, second);
    }
}

static void
test_breakages (void)
{
  for (Breakage broken = SOUND + 1; broken < N_BREAKAGES; broken++)
    {
      const char *wrong = NULL;
      guint64 seed = 0;

      while (wrong == NULL && seed < N_SEEDS_TO_NOTICE)
        wrong = run (++seed, broken, NULL);
      g_test_message ("breakage %d: seed %" G_GUINT64_FORMAT ": %s", broken, seed,
                      wrong != NULL ? wrong : "not noticed");
      g_assert_nonnull (wrong);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/merge/histories", test_histories);
  g_test_add_func ("/sim/merge/repeats", test_repeats);
  g_test_add_func ("/sim/merge/breakages", test_breakages);
  return g_test_run ();
}
