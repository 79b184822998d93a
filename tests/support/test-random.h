/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Random numbers that are the same on every machine for the same seed. */
typedef struct
{
  guint64 state;
} BatonTestRandom;

/* Calls g_test_init; takes --seed=NUMBER out of the arguments, else BATON_TEST_SEED, and prints which seed is
 * used. Without either it is 1, and in a soak run the clock. */
void baton_test_init (int *argc, char ***argv);
guint64 baton_test_seed (void);

/* rounds, or twenty times as many when BATON_TEST_SOAK is set. */
guint baton_test_rounds (guint rounds);

/* A stream of its own for each number, all from the seed. */
BatonTestRandom baton_test_random (guint stream);
guint64 baton_test_next (BatonTestRandom *random);
guint baton_test_below (BatonTestRandom *random, guint bound); /* 0 … bound - 1 */
gboolean baton_test_chance (BatonTestRandom *random, guint percent);

/* A UUIDv7 of this millisecond. */
char *baton_test_id (BatonTestRandom *random, gint64 at);

/* Texts as campaign teams write them. */
char *baton_test_title (BatonTestRandom *random);
char *baton_test_prose (BatonTestRandom *random, guint sentences);

/* Texts that break careless programs: mark-up, quotes, other scripts, emoji, length; all valid UTF-8 and not
 * blank. */
const char *baton_test_nasty_text (guint index); /* NULL behind the last */

G_END_DECLS
