/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "passport.h"
#include "words.h"

G_BEGIN_DECLS

/* What the writers of passports and notes share. */
typedef struct
{
  BatonReader *reader;
  BatonBlobs *blobs;
  BatonNames *names;
  BatonRow *card;
} BatonPassport;

gboolean baton_passport_open (
    BatonPassport *passport, BatonReader *reader, BatonBlobs *blobs, const char *card, GError **error);
void baton_passport_clear (BatonPassport *passport);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BatonPassport, baton_passport_clear)

/* The live rows that refer to id; never NULL. */
GPtrArray *baton_passport_rows (const BatonPassport *passport, BatonField field, const char *id);
/* Live versions of an asset, the newest first. */
GPtrArray *baton_passport_versions (const BatonPassport *passport, const char *asset);
/* Ids of the cards that wait for this one. */
GPtrArray *baton_passport_dependents (const BatonPassport *passport);
/* "damaged", "not here", or NULL. */
const char *baton_passport_trouble (const BatonPassport *passport, const BatonRow *version);

char *baton_passport_time (gint64 at);       /* local, "" for 0 */
char *baton_passport_duration (gint64 usec); /* "3 days", "5 hours" */

G_END_DECLS
