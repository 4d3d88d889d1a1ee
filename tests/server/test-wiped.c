/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number of a paper is in no memory that the server gave back: each block is searched for it before it goes. SQLite's own
 * is not, which keeps what it read. */
#include "config.h"

#include <malloc.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "kaf-endpoint-world.h"
#include "server/kaf-tokens.h"

#define NUMBER "KN483920"
#define TYPED "kn 483 920"
#define WRONG "KN4839201234"

#define REASON "Ordre de mission"

static __thread gboolean looking;
static __thread guint n_found;

#ifndef __SANITIZE_ADDRESS__

/* The C library's, under the names it keeps them by. */
extern void *__libc_malloc (size_t size);
extern void *__libc_realloc (void *block, size_t size);
extern void __libc_free (void *block);

static void
look_at (void *block)
{
  static const char *const sought[] = { NUMBER, TYPED, WRONG };
  gsize size = malloc_usable_size (block);

  for (guint i = 0; i < G_N_ELEMENTS (sought); i++)
    n_found += memmem (block, size, sought[i], strlen (sought[i])) != NULL;
}

/* What was there before it was given out is not found in it. */
void *
malloc (size_t size)
{
  void *block = __libc_malloc (size);

  if (looking && block != NULL)
    memset (block, 0, malloc_usable_size (block));
  return block;
}

void
free (void *block)
{
  if (looking && block != NULL)
    look_at (block);
  __libc_free (block);
}

/* Always elsewhere, as it may be. */
void *
realloc (void *block, size_t size)
{
  void *other;
  gsize before;

  if (!looking || block == NULL || size == 0)
    return __libc_realloc (block, size);
  before = malloc_usable_size (block);
  other = malloc (size);
  if (other == NULL)
    return NULL;
  memcpy (other, block, MIN (before, size));
  free (block);
  return other;
}

#define LOOKS TRUE
#else /* It has an allocator of its own. */
#define LOOKS FALSE
#define __libc_malloc malloc
#define __libc_realloc realloc
#define __libc_free free
#endif

/* SQLite's memory */

static void *
sqlite_malloc (int size)
{
  return __libc_malloc ((size_t) size);
}

static void *
sqlite_realloc (void *block, int size)
{
  return __libc_realloc (block, (size_t) size);
}

static int
sqlite_size (void *block)
{
  return (int) malloc_usable_size (block);
}

static int
sqlite_round (int size)
{
  return (size + 7) & ~7;
}

static int
sqlite_begin (G_GNUC_UNUSED void *data)
{
  return SQLITE_OK;
}

static void
sqlite_end (G_GNUC_UNUSED void *data)
{
}

static void
set_sqlite_apart (void)
{
  static sqlite3_mem_methods methods = { sqlite_malloc, __libc_free,  sqlite_realloc, sqlite_size,
                                         sqlite_round,  sqlite_begin, sqlite_end,     NULL };

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &methods), ==, SQLITE_OK);
}

/* What the server does from the body's first byte to the last of the answer. */
static void
check (World *world,
       const char *path,
       const char *token,
       const char *body,
       guint status,
       const char *text)
{
  KafRequest *request;

  n_found = 0;
  looking = TRUE;
  request = world_ask (world, path, token, body, -1);
  looking = FALSE;
  g_assert_cmpuint (request->status, ==, status);
  g_assert_nonnull (strstr (request->answer->str, text));
  looking = TRUE;
  kaf_request_free (request);
  looking = FALSE;
  g_assert_cmpuint (n_found, ==, 0);
}

static void
test_looking (void)
{
  char *text = g_strdup (NUMBER);

  n_found = 0;
  looking = TRUE;
  g_free (text);
  looking = FALSE;
  g_assert_cmpuint (n_found, ==, 1);
}

static void
test_papers (void)
{
  static const struct
  {
    const char *path, *rest;
    guint status;
    const char *text;
  } cases[] = {
    { "/v1/papers", ",\"kind\":\"cin\",\"number\":\"" TYPED "\"", 200, "done" },
    { "/v1/papers", ",\"kind\":\"cin\",\"number\":\"" TYPED "\",\"until\":\"2199-12-31\"", 200,
      "done" },
    { "/v1/reveal", ",\"kind\":\"cin\",\"reason\":\"" REASON "\"", 200, NUMBER },
    { "/v1/papers", ",\"kind\":\"residence\",\"number\":\"" TYPED "x\",\"until\":\"2199-12-31\"",
      200, "done" },
    { "/v1/reveal", ",\"kind\":\"residence\",\"reason\":\"" REASON "\"", 200, NUMBER },
    { "/v1/papers", "", 200, "cin" },
    { "/v1/papers", ",\"kind\":\"cin\",\"number\":\"" WRONG "\"", 409, "number" },
    { "/v1/papers", ",\"kind\":\"cin\",\"number\":\"" TYPED "\",\"remove\":true", 400, "request" },
    { "/v1/papers",
      ",\"kind\":\"cin\",\"number\":\"" NUMBER NUMBER NUMBER NUMBER NUMBER NUMBER NUMBER NUMBER
          NUMBER "\"",
      400, "request" },
    { "/v1/papers",
      ",\"kind\":\"cin\",\"number\":\"KN\\u0034"
      "83920\"",
      200, "done" },
    { "/v1/papers", ",\"kind\":\"cin\",\"remove\":true", 200, "done" },
  };
  g_autoptr (World) world = world_new ();
  Actor manager = { .world = world, .user = (char *) "meryem", .device = 0x901 };
  g_autofree char *token = world_enroll (world, "meryem", "manager", "national", 0x901);

  manager.token = token;
  actor_authorise (&manager);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body =
          g_strdup_printf ("{\"person\":\"%s\"%s}", world->persons[0], cases[i].rest);

      g_test_message ("%s", cases[i].rest);
      check (world, cases[i].path, token, body, cases[i].status, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  set_sqlite_apart ();
  g_test_init (&argc, &argv, NULL);
  if (sodium_init () < 0)
    return 1;
  if (LOOKS)
    g_test_add_func ("/wiped/looking", test_looking);
  g_test_add_func ("/wiped/papers", test_papers);
  return g_test_run ();
}
