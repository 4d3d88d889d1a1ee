/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lot by lot: all processors read the rows and look by the keys whom each is to be compared with, this thread gathers
 * them, since the store is read by one, then all processors compare. */
#include "config.h"

#include "exchange/kaf-import-match.h"

#include "base/kaf-belt.h"
#include "match/kaf-match-facts.h"
#include "match/kaf-match-keys.h"
#include "match/kaf-match-memo.h"
#include "schema/kaf-set.h"
#include "store/kaf-match-reader.h"
#include "store/kaf-page.h"
#include "store/kaf-suspects.h"

#define LOT 256   /* rows that are gathered at once */
#define AT_ONCE 8 /* of which a thread takes so many */
#define THREADS_MAX 4

/* Persons that are held between lots: some 40 MB. */
#define HELD_MAX 12000

/* Less is not told. */
#define LEAST .30

/* Records that the table of keys takes in before an import; where more were written, they are read into memory. */
#define CATCH_UP_MAX 2000
#define CATCH_UP_AT_ONCE 200

#define ASK_EVERY 256 /* records */

/* Rows or records that wait for being added. */
#define BELT 512

/* A row is compared with some hundreds. From this share of the store on, reading all of it once costs less. */
#define READ_ALL_FROM 256

/* A key of a record. */
typedef struct
{
  guint64 hash;
  guint32 country; /* a quark; 0: none */
  guint32 place;   /* of the record among those that were added */
} Entry;

typedef struct
{
  GArray *entries; /* Entry, sorted once all are there */
  KafMatchRarity *rarity;
  KafMatchFacts *facts; /* by place */
} Keys;

struct _KafImportMatch
{
  const KafEntity *entity;
  gboolean idle; /* nobody looks for such records */
  KafImportMatchRead read;
  gpointer data;
  GArray *numbers; /* guint: of rows, rising */
  GArray *order;   /* Entry: the name of each row */
  Keys rows;
  GArray *rids;  /* gint64: of records of the store; NULL: its table knows their keys */
  Keys known;    /* of these */
  KafBelt *belt; /* to the thread that adds rows or records; NULL: none does */
  GThread *adder;
  GHashTable *held; /* gint64: a row number of the store, or below 0 a place → KafMatchPerson */
};

void
kaf_import_found_clear (KafImportFound *self)
{
  g_clear_pointer (&self->id, g_free);
}

static void
keys_clear (Keys *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->rarity, kaf_match_rarity_free);
  g_clear_pointer (&self->facts, kaf_match_facts_free);
}

static void
person_free (gpointer person)
{
  if (person != NULL)
    kaf_match_person_free (person);
}

/* Their keys are made on a thread of their own, while others are read. @free_thing: of what @add takes from the belt. */
static void
begin_adding (KafImportMatch *self, GThreadFunc add, GDestroyNotify free_thing)
{
  self->belt = kaf_belt_new (BELT, free_thing);
  self->adder = g_thread_new ("kaf-import", add, self);
}

/* All that were put have been added. */
static void
end_adding (KafImportMatch *self)
{
  if (self->belt == NULL)
    return;
  kaf_belt_end (self->belt);
  g_thread_join (g_steal_pointer (&self->adder));
  g_clear_pointer (&self->belt, kaf_belt_free);
}

void
kaf_import_match_free (KafImportMatch *self)
{
  if (self == NULL)
    return;
  end_adding (self);
  g_array_unref (self->numbers);
  g_array_unref (self->order);
  keys_clear (&self->rows);
  g_clear_pointer (&self->rids, g_array_unref);
  keys_clear (&self->known);
  g_hash_table_unref (self->held);
  g_free (self);
}

/* ---- Keys ---- */

/* With what is compared. */
typedef struct
{
  const KafMatchModel *model;
  const KafMatchRarity *rarity;
  double prior;
} Scale;

static void
keys_init (Keys *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->rarity = kaf_match_rarity_new ();
  self->facts = kaf_match_facts_new ();
}

static guint32
quark_of (const KafMatchPerson *person)
{
  return g_quark_from_string (kaf_match_person_get (person, KAF_MATCH_COUNTRY));
}

static void
keys_add (Keys *self, const KafMatchPerson *person, guint place)
{
  g_autoptr (GPtrArray) keys = kaf_match_keys (person);
  Entry entry = { 0, quark_of (person), place };

  kaf_match_rarity_add (self->rarity, person);
  kaf_match_facts_add (self->facts, person);
  for (guint i = 0; i < keys->len; i++)
    {
      entry.hash = kaf_match_key_hash (g_ptr_array_index (keys, i));
      g_array_append_val (self->entries, entry);
    }
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *x = a, *y = b;

  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  if (x->country != y->country)
    return x->country < y->country ? -1 : 1;
  return x->place < y->place ? -1 : x->place > y->place;
}

/* The first that is not before. */
static guint
lower_bound (const GArray *entries, guint64 hash, guint32 country)
{
  guint low = 0, high = entries->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const Entry *entry = &g_array_index (entries, Entry, middle);

      if (entry->hash < hash || (entry->hash == hash && entry->country < country))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* What a crowd shares counts with the country. */
static void
take_key (const Keys *self, const char *key, guint32 country, guint end, GArray *found)
{
  guint64 hash = kaf_match_key_hash (key);
  guint from = lower_bound (self->entries, hash, 0);
  guint to = lower_bound (self->entries, hash, G_MAXUINT32);

  if (to - from > KAF_MATCH_KEY_CROWD)
    {
      from = lower_bound (self->entries, hash, country);
      to = lower_bound (self->entries, hash, country + 1);
      if (country == 0 || to - from > KAF_MATCH_KEY_CROWD)
        return;
    }
  for (guint i = from; i < to; i++)
    if (g_array_index (self->entries, Entry, i).place < end)
      g_array_append_val (found, g_array_index (self->entries, Entry, i).place);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

/* Places below @end that have a key in common with @sought, who is @person, and are not surely somebody else: rising, each
 * once. @keys: her own. (element-type guint32) (transfer full) */
static GArray *
keys_find (const Keys *self,
           const Scale *scale,
           const KafMatchPerson *person,
           const KafMatchSought *sought,
           const GPtrArray *keys,
           guint end)
{
  /* Of organisations what is called the same counts, however likely it is. */
  gboolean may_skip = kaf_match_person_get (person, KAF_MATCH_BODY) == NULL;
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 country = quark_of (person), last = 0;
  guint n = 0;

  for (guint i = 0; i < keys->len; i++)
    take_key (self, g_ptr_array_index (keys, i), country, end, found);
  g_array_sort (found, compare_places);
  for (guint i = 0; i < found->len; i++)
    {
      guint32 place = g_array_index (found, guint32, i);

      if ((i == 0 || place != last) &&
          !(may_skip && kaf_match_sought_is_not (sought, self->facts, place, scale->prior, LEAST)))
        g_array_index (found, guint32, n++) = place;
      last = place;
    }
  g_array_set_size (found, n);
  return found;
}

/* ---- The store ---- */

gboolean
kaf_import_match_prepare (KafDatabase *db,
                          const KafEntity *entity,
                          GCancellable *cancellable,
                          GError **error)
{
  KafSuspectsState state = KAF_SUSPECTS_BEHIND;

  if (!kaf_suspects_concerns (kaf_entity_get_root (entity)))
    return TRUE;
  for (guint n = 0; n < CATCH_UP_MAX && state == KAF_SUSPECTS_BEHIND; n += CATCH_UP_AT_ONCE)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !kaf_suspects_catch_up (db, CATCH_UP_AT_ONCE, &state, error))
      return FALSE;
  return TRUE;
}

typedef struct
{
  KafImportMatch *match;
  guint expected;
  KafImportMatchGoOn go_on;
  gpointer data;
} Reading;

static gboolean
take_known (gint64 rid,
            KafMatchPerson *given,
            G_GNUC_UNUSED const char *place,
            gpointer data,
            GError **error)
{
  Reading *self = data;
  guint n = self->match->rids->len;

  kaf_belt_put (self->match->belt, given);
  g_array_append_val (self->match->rids, rid);
  if (n % ASK_EVERY != 0 || self->go_on (self->data, (double) n / MAX (self->expected, n + 1)))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
  return FALSE;
}

static gpointer
add_known (gpointer data)
{
  KafImportMatch *self = data;
  KafMatchPerson *person;

  for (guint n = 0; (person = kaf_belt_take (self->belt)) != NULL; n++)
    {
      keys_add (&self->known, person, n);
      kaf_match_person_free (person);
    }
  return NULL;
}

static gboolean
read_store (
    KafImportMatch *self, KafDatabase *db, KafImportMatchGoOn go_on, gpointer data, GError **error)
{
  Reading reading = { self, (guint) kaf_page_total (db, self->entity), go_on, data };
  KafSuspectsState state;
  gboolean done;

  if (!kaf_suspects_get_state (db, &state, error))
    return FALSE;
  if (state == KAF_SUSPECTS_CURRENT && self->numbers->len < reading.expected / READ_ALL_FROM)
    return TRUE;
  keys_init (&self->known);
  self->rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  begin_adding (self, add_known, person_free);
  done = kaf_match_reader_walk (db, self->entity, 0, G_MAXINT64, take_known, &reading, error);
  end_adding (self);
  g_array_sort (self->known.entries, compare_entries);
  return done;
}

KafImportMatch *
kaf_import_match_new (const KafEntity *entity, KafImportMatchRead read, gpointer data)
{
  KafImportMatch *self = g_new0 (KafImportMatch, 1);

  self->entity = kaf_entity_get_root (entity);
  self->idle = !kaf_suspects_concerns (self->entity);
  self->read = read;
  self->data = data;
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  self->order = g_array_new (FALSE, FALSE, sizeof (Entry));
  keys_init (&self->rows);
  self->held = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, person_free);
  return self;
}

/* ---- Rows ---- */

static void
add_facet (KafMatchPerson *person,
           const KafRecord *record,
           const char *field,
           KafMatchField as,
           const KafMatchAliases *aliases)
{
  g_autoptr (GPtrArray) elements = NULL;

  if (kaf_entity_find_field (kaf_record_get_entity (record), field) == NULL)
    return;
  elements = kaf_set_parse (kaf_record_get (record, field));
  for (guint i = 0; i < elements->len; i++)
    kaf_match_person_add_known (person, as, ((KafElement *) g_ptr_array_index (elements, i))->value,
                                aliases);
}

static KafMatchPerson *
make_person (KafDatabase *db, const KafImportRow *row)
{
  const KafMatchAliases *aliases = kaf_match_reader_get_aliases (db);
  KafMatchPerson *person = kaf_match_reader_read_typed (db, row->parts[0]);

  if (row->parts[1] != NULL)
    {
      add_facet (person, row->parts[1], "employer", KAF_MATCH_EMPLOYER, aliases);
      add_facet (person, row->parts[1], "domains", KAF_MATCH_DOMAIN, aliases);
    }
  return person;
}

/* By what rows that may be compared with the same stand together. */
static guint64
hash_name (const KafMatchPerson *person)
{
  const KafMatchName *name = person->names->len > 0 ? g_ptr_array_index (person->names, 0) : NULL;
  const char *body = kaf_match_person_get (person, KAF_MATCH_BODY);

  return kaf_match_key_hash (name != NULL && name->family_key != NULL  ? name->family_key
                             : name != NULL && name->given_key != NULL ? name->given_key
                             : body != NULL                            ? body
                                                                       : "");
}

/* A row that waits for being added. */
typedef struct
{
  KafDatabase *db; /* not read: rows are no records, and the lists of names are in memory */
  guint number;
  KafImportRow row;
} Added;

static void
added_free (gpointer data)
{
  Added *added = data;

  kaf_import_row_clear (&added->row);
  g_free (added);
}

static void
add_row (KafImportMatch *self, const Added *added)
{
  g_autoptr (KafMatchPerson) person = make_person (added->db, &added->row);
  Entry name = { hash_name (person), quark_of (person), self->numbers->len };

  keys_add (&self->rows, person, self->numbers->len);
  g_array_append_val (self->order, name);
  g_array_append_val (self->numbers, added->number);
}

static gpointer
add_rows (gpointer data)
{
  KafImportMatch *self = data;
  Added *added;

  while ((added = kaf_belt_take (self->belt)) != NULL)
    {
      add_row (self, added);
      added_free (added);
    }
  return NULL;
}

void
kaf_import_match_add (KafImportMatch *self, KafDatabase *db, guint number, KafImportRow *row)
{
  Added *added;

  if (self->idle)
    return;
  if (self->belt == NULL)
    {
      kaf_match_reader_get_aliases (db);
      begin_adding (self, add_rows, added_free);
    }
  added = g_new (Added, 1);
  *added = (Added){ db, number, *row };
  *row = (KafImportRow){ .fault_column = -1 };
  kaf_belt_put (self->belt, added);
}

/* ---- Candidates ---- */

/* A row that is looked for, with whom it is compared. */
typedef struct
{
  guint place;
  const KafMatchPerson *person;
  KafMatchPerson *made; /* the same, read just now and not held yet */
  GError *error;        /* why it could not be read */
  GArray *near;         /* guint32: places of the store, where its keys are in memory */
  GArray *rids;         /* gint64: of the store */
  GArray *places;       /* guint32: of rows before */
  GPtrArray *known;     /* const KafMatchPerson: of the store */
  GPtrArray *before;    /* theirs: of @places */
  KafImportFound found;
} Asked;

static void
asked_clear (gpointer data)
{
  Asked *asked = data;

  g_clear_pointer (&asked->made, kaf_match_person_free);
  g_clear_error (&asked->error);
  g_clear_pointer (&asked->near, g_array_unref);
  g_clear_pointer (&asked->rids, g_array_unref);
  g_clear_pointer (&asked->places, g_array_unref);
  g_ptr_array_unref (asked->known);
  g_ptr_array_unref (asked->before);
  kaf_import_found_clear (&asked->found);
}

static void
asked_init (Asked *self, guint place, const KafMatchPerson *person)
{
  *self = (Asked){ .place = place, .person = person, .found = { .row = -1 } };
  self->known = g_ptr_array_new ();
  self->before = g_ptr_array_new ();
}

/* By the keys in memory: the store is not read. @memo: NULL for a row that is not, or not so, among those added. */
static void
look (const KafImportMatch *self, const Scale *scale, KafMatchMemo *memo, Asked *asked)
{
  g_autoptr (KafMatchSought) sought =
      kaf_match_sought_new (scale->model, scale->rarity, asked->person);
  g_autoptr (GPtrArray) keys = kaf_match_keys (asked->person);

  if (memo != NULL)
    kaf_match_sought_remember (sought, self->rows.facts, asked->place, memo);
  if (self->rids != NULL)
    asked->near = keys_find (&self->known, scale, asked->person, sought, keys, G_MAXUINT);
  asked->places = keys_find (&self->rows, scale, asked->person, sought, keys, asked->place);
}

static KafMatchPerson *
hold (KafImportMatch *self, gint64 key, KafMatchPerson *person)
{
  g_hash_table_insert (self->held, g_memdup2 (&key, sizeof key), person);
  return person;
}

/* Of a row, beside the numbers of the store. */
static gint64
row_key (guint place)
{
  return -1 - (gint64) place;
}

static KafMatchPerson *
read_row (const KafImportMatch *self, KafDatabase *db, guint place, GError **error)
{
  g_auto (KafImportRow) row = { .fault_column = -1 };

  return self->read (self->data, db, g_array_index (self->numbers, guint, place), &row, error)
             ? make_person (db, &row)
             : NULL;
}

static KafMatchPerson *
get_row (KafImportMatch *self, KafDatabase *db, guint place, GError **error)
{
  gint64 key = row_key (place);
  KafMatchPerson *person = g_hash_table_lookup (self->held, &key);

  if (person != NULL)
    return person;
  person = read_row (self, db, place, error);
  return person != NULL ? hold (self, key, person) : NULL;
}

static GArray *
find_rids (KafImportMatch *self, KafDatabase *db, const Asked *asked, GError **error)
{
  GArray *rids;

  if (self->rids == NULL)
    return kaf_suspects_find_rows (db, self->entity, asked->person, error);
  rids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), asked->near->len);
  for (guint i = 0; i < asked->near->len; i++)
    g_array_append_val (
        rids, g_array_index (self->rids, gint64, g_array_index (asked->near, guint32, i)));
  return rids;
}

static gboolean
take_held (gint64 rid,
           KafMatchPerson *person,
           G_GNUC_UNUSED const char *place,
           gpointer data,
           G_GNUC_UNUSED GError **error)
{
  hold (data, rid, person);
  return TRUE;
}

static int
compare_rids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* Those who are not held yet are read all together: of who is not there any more nobody is held. */
static gboolean
gather_known (KafImportMatch *self, KafDatabase *db, GArray *lot, GError **error)
{
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < lot->len; i++)
    {
      Asked *asked = &g_array_index (lot, Asked, i);

      asked->rids = find_rids (self, db, asked, error);
      if (asked->rids == NULL)
        return FALSE;
      for (guint j = 0; j < asked->rids->len; j++)
        {
          gint64 rid = g_array_index (asked->rids, gint64, j);

          if (g_hash_table_contains (self->held, &rid))
            continue;
          hold (self, rid, NULL);
          g_array_append_val (missing, rid);
        }
    }
  g_array_sort (missing, compare_rids);
  if (!kaf_match_reader_walk_rows (db, self->entity, missing, take_held, self, error))
    return FALSE;
  for (guint i = 0; i < lot->len; i++)
    {
      Asked *asked = &g_array_index (lot, Asked, i);

      for (guint j = 0; j < asked->rids->len; j++)
        {
          gpointer person =
              g_hash_table_lookup (self->held, &g_array_index (asked->rids, gint64, j));

          if (person != NULL)
            g_ptr_array_add (asked->known, person);
        }
    }
  return TRUE;
}

static gboolean
gather_before (KafImportMatch *self, KafDatabase *db, Asked *asked, GError **error)
{
  for (guint i = 0; i < asked->places->len; i++)
    {
      KafMatchPerson *person = get_row (self, db, g_array_index (asked->places, guint32, i), error);

      if (person == NULL)
        return FALSE;
      g_ptr_array_add (asked->before, person);
    }
  return TRUE;
}

/* ---- Comparing ---- */

static gboolean
read_scale (const KafImportMatch *self, KafDatabase *db, Scale *scale, GError **error)
{
  GError *local = NULL;
  const KafMatchRarity *known =
      self->rids != NULL ? self->known.rarity : kaf_suspects_get_rarity (db, self->entity, &local);
  guint n = kaf_match_rarity_get_persons (self->rows.rarity);
  guint n_known = known != NULL ? kaf_match_rarity_get_persons (known) : 0;

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  scale->model = kaf_match_model_default ();
  scale->rarity = n > n_known || known == NULL ? self->rows.rarity : known;
  scale->prior = kaf_match_prior (MAX (n, n_known));
  return TRUE;
}

typedef struct
{
  guint index; /* among those that were compared */
  guint n_joins;
  double bits, likelihood; /* of the best: one that joins before one that does not */
  gboolean joins, any;
} Best;

/* What is called the same is asked about however little else is told of it: there are few organisations, and those who
 * list them give little but the name. */
static gboolean
is_called_same (const KafMatchScore *score)
{
  const KafMatchReason *body = kaf_match_score_find (score, KAF_MATCH_BODY);

  return body != NULL && (body->level == KAF_MATCH_SAME || body->level == KAF_MATCH_CLOSE) &&
         kaf_match_band (score->probability) >= KAF_MATCH_ON_REQUEST;
}

static void
find_best (const Scale *scale, const KafMatchPerson *person, const GPtrArray *others, Best *best)
{
  *best = (Best){ 0 };
  for (guint i = 0; i < others->len; i++)
    {
      const KafMatchPerson *other = g_ptr_array_index (others, i);
      KafMatchScore score;
      gboolean joins;

      kaf_match_weigh (scale->model, scale->rarity, scale->prior, person, other, &score);
      joins = kaf_match_may_join (&score);
      best->n_joins += joins;
      if ((score.probability < LEAST && !joins && !is_called_same (&score)) ||
          (best->any &&
           (best->joins > joins || (best->joins == joins && best->bits >= score.bits))))
        continue;
      *best = (Best){ i, best->n_joins, score.bits, score.probability, joins, TRUE };
    }
}

static void
compare (const KafImportMatch *self, const Scale *scale, Asked *asked)
{
  KafImportFound *found = &asked->found;
  Best known, before;

  find_best (scale, asked->person, asked->known, &known);
  /* Two persons who both could be joined are for a person to tell apart. */
  if (known.any)
    {
      const KafMatchPerson *person = g_ptr_array_index (asked->known, known.index);

      *found = (KafImportFound){ known.n_joins == 1, g_strdup (person->id), -1, known.likelihood };
    }
  /* An organisation that is here is asked about rather than one that only the table has. */
  if (found->joins || (known.any && kaf_match_person_get (asked->person, KAF_MATCH_BODY) != NULL))
    return;
  find_best (scale, asked->person, asked->before, &before);
  if (before.any && (before.n_joins == 1 || before.likelihood > found->likelihood))
    {
      guint32 place = g_array_index (asked->places, guint32, before.index);

      kaf_import_found_clear (found);
      *found =
          (KafImportFound){ before.n_joins == 1, NULL,
                            (int) g_array_index (self->numbers, guint, place), before.likelihood };
    }
}

/* ---- All rows ---- */

typedef struct _Finding Finding;

/* What is done for one row of a lot, on any thread. */
typedef void (*Work) (const Finding *self, KafMatchMemo *memo, Asked *asked);

struct _Finding
{
  const KafImportMatch *match;
  KafDatabase *db; /* read by one thread */
  Scale scale;
  GArray *lot; /* Asked */
  Work work;
  gint next;                        /* in the lot, shared by threads */
  KafMatchMemo *memos[THREADS_MAX]; /* of each its own */
  gint next_memo;
};

/* Of a row that was added the store is not read. */
static void
read_anew (const Finding *self, G_GNUC_UNUSED KafMatchMemo *memo, Asked *asked)
{
  if (asked->person == NULL)
    asked->person = asked->made = read_row (self->match, self->db, asked->place, &asked->error);
}

static void
look_for (const Finding *self, KafMatchMemo *memo, Asked *asked)
{
  look (self->match, &self->scale, memo, asked);
}

static void
compare_with (const Finding *self, G_GNUC_UNUSED KafMatchMemo *memo, Asked *asked)
{
  compare (self->match, &self->scale, asked);
}

static gpointer
work_on_lot (gpointer data)
{
  Finding *self = data;
  KafMatchMemo *memo = self->memos[g_atomic_int_add (&self->next_memo, 1)];

  for (;;)
    {
      guint from = (guint) g_atomic_int_add (&self->next, AT_ONCE);

      if (from >= self->lot->len)
        return NULL;
      for (guint i = from; i < MIN (from + AT_ONCE, self->lot->len); i++)
        self->work (self, memo, &g_array_index (self->lot, Asked, i));
    }
}

static void
work_on_all (Finding *self, Work work)
{
  GThread *threads[THREADS_MAX];
  guint n = MIN (MIN (g_get_num_processors (), THREADS_MAX), self->lot->len / AT_ONCE + 1) - 1;

  self->work = work;
  self->next = self->next_memo = 0;
  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("kaf-import", work_on_lot, self);
  work_on_lot (self);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
}

static gboolean
read_lot (Finding *self, KafImportMatch *match, guint from, GError **error)
{
  g_array_set_size (self->lot, 0);
  for (guint i = from; i < MIN (from + LOT, match->order->len); i++)
    {
      guint place = g_array_index (match->order, Entry, i).place;
      gint64 key = row_key (place);
      Asked asked;

      asked_init (&asked, place, g_hash_table_lookup (match->held, &key));
      g_array_append_val (self->lot, asked);
    }
  work_on_all (self, read_anew);
  for (guint i = 0; i < self->lot->len; i++)
    {
      Asked *asked = &g_array_index (self->lot, Asked, i);

      if (asked->error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&asked->error));
          return FALSE;
        }
      if (asked->made != NULL)
        hold (match, row_key (asked->place), g_steal_pointer (&asked->made));
    }
  return TRUE;
}

static gboolean
find_lot (Finding *self,
          KafImportMatch *match,
          KafDatabase *db,
          guint from,
          KafImportMatchTake take,
          gpointer data,
          GError **error)
{
  if (g_hash_table_size (match->held) > HELD_MAX)
    g_hash_table_remove_all (match->held);
  if (!read_lot (self, match, from, error))
    return FALSE;
  work_on_all (self, look_for);
  if (!gather_known (match, db, self->lot, error))
    return FALSE;
  for (guint i = 0; i < self->lot->len; i++)
    if (!gather_before (match, db, &g_array_index (self->lot, Asked, i), error))
      return FALSE;
  work_on_all (self, compare_with);
  for (guint i = 0; i < self->lot->len; i++)
    {
      Asked *asked = &g_array_index (self->lot, Asked, i);

      take (data, g_array_index (match->numbers, guint, asked->place), &asked->found);
    }
  return TRUE;
}

static gboolean
find_lots (Finding *self,
           KafImportMatch *match,
           KafDatabase *db,
           KafImportMatchTake take,
           KafImportMatchGoOn go_on,
           gpointer data,
           GError **error)
{
  for (guint from = 0; from < match->order->len; from += LOT)
    {
      if (!go_on (data, (double) from / match->order->len))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
          return FALSE;
        }
      if (!find_lot (self, match, db, from, take, data, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kaf_import_match_find_all (KafImportMatch *self,
                           KafDatabase *db,
                           KafImportMatchTake take,
                           KafImportMatchGoOn go_on_reading,
                           KafImportMatchGoOn go_on,
                           gpointer data,
                           GError **error)
{
  g_autoptr (GArray) lot = g_array_new (FALSE, FALSE, sizeof (Asked));
  Finding finding = { .match = self, .db = db, .lot = lot };
  gboolean done;

  g_array_set_clear_func (lot, asked_clear);
  end_adding (self);
  g_array_sort (self->rows.entries, compare_entries);
  g_array_sort (self->order, compare_entries);
  if (self->order->len > 0 && (!read_store (self, db, go_on_reading, data, error) ||
                               !read_scale (self, db, &finding.scale, error)))
    return FALSE;
  for (guint i = 0; i < THREADS_MAX; i++)
    finding.memos[i] = kaf_match_memo_new ();
  done = find_lots (&finding, self, db, take, go_on, data, error);
  for (guint i = 0; i < THREADS_MAX; i++)
    kaf_match_memo_free (finding.memos[i]);
  g_hash_table_remove_all (self->held);
  return done;
}

/* ---- One row ---- */

gboolean
kaf_import_match_find_row (KafImportMatch *self,
                           KafDatabase *db,
                           guint number,
                           const KafImportRow *row,
                           KafImportFound *found,
                           GError **error)
{
  g_autoptr (GArray) lot = g_array_new (FALSE, FALSE, sizeof (Asked));
  g_autoptr (KafMatchPerson) person = NULL;
  guint place = 0;
  Asked *asked;
  Scale scale;
  gboolean done;

  *found = (KafImportFound){ .row = -1 };
  if (self->idle)
    return TRUE;
  person = make_person (db, row);
  while (place < self->numbers->len && g_array_index (self->numbers, guint, place) < number)
    place++;
  g_array_set_clear_func (lot, asked_clear);
  g_array_set_size (lot, 1);
  asked = &g_array_index (lot, Asked, 0);
  asked_init (asked, place, person);
  done = read_scale (self, db, &scale, error);
  if (done)
    look (self, &scale, NULL, asked);
  done = done && gather_known (self, db, lot, error) && gather_before (self, db, asked, error);
  if (done)
    {
      compare (self, &scale, asked);
      *found = asked->found;
      asked->found.id = NULL;
    }
  g_hash_table_remove_all (self->held);
  return done;
}

gboolean
kaf_import_match_weigh (KafImportMatch *self,
                        KafDatabase *db,
                        const KafImportRow *row,
                        const char *id,
                        int other_row,
                        KafMatchPerson **a,
                        KafMatchPerson **b,
                        KafMatchScore *score)
{
  g_auto (KafImportRow) other = { .fault_column = -1 };
  Scale scale;

  *a = *b = NULL;
  if (self->idle || !read_scale (self, db, &scale, NULL))
    return FALSE;
  if (id != NULL)
    *b = kaf_match_reader_read_id (db, self->entity, id, NULL);
  else if (other_row >= 0 && self->read (self->data, db, (guint) other_row, &other, NULL))
    *b = make_person (db, &other);
  if (*b == NULL)
    return FALSE;
  *a = make_person (db, row);
  kaf_match_weigh (scale.model, scale.rarity, scale.prior, *a, *b, score);
  return TRUE;
}
