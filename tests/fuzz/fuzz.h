/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A target takes bytes as a stranger may send them and must come to an end in order: an error is an answer, a
 * crash, a complaint of a sanitizer or a broken promise (g_assert) is a find. The entry is libFuzzer's; where
 * that is not at hand, driver.c calls it. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What many inputs share (a workspace, a server), because making it takes longer than an input. */
typedef struct
{
  const char *name;
  guint every; /* after so many inputs it is checked and made anew */
  void (*begin) (const char *folder);
  void (*end) (void); /* checks and closes */
} FuzzStage;

/* To be called at the begin of each input. The folder is in memory where there is such a place, and removed
 * at the end. */
void fuzz_stage (const FuzzStage *stage);
void fuzz_stage_over (void); /* the next input gets a new one */

/* Puts values in the place of words: pairs of word and value, ended by NULL. Transfer full. */
GByteArray *fuzz_replace (const guint8 *data, gsize size, const char *const *pairs);

/* The live tables are what a replay of the log gives, and nothing else is wrong. */
void fuzz_verify (const char *database);

G_END_DECLS
