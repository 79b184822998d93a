/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blobs.h"
#include "reader.h"

G_BEGIN_DECLS

/* Which files a workspace speaks of, which of them are here, and in what order they should travel. A device
 * fetches without being asked
 *   - the version that counts of every asset of a card that is not done, up to BATON_BLOB_UNASKED bytes each:
 *     so that whoever pulls a card has what it needs, also without a network;
 *   - every version of every card of a board that is marked "keep everything here" on this device;
 *   - a file that turned out to be damaged here.
 * Everything else comes when somebody looks at it or asks for it. What is here and missing at the server
 * always goes up. */

#define BATON_BLOB_UNASKED (G_GINT64_CONSTANT (32) * 1024 * 1024)

/* Lower goes first; at equal rank the smaller file does. */
typedef enum
{
  BATON_BLOB_RANK_ASKED,   /* somebody waits for this very file */
  BATON_BLOB_RANK_SCREEN,  /* a small picture of it is on screen */
  BATON_BLOB_RANK_FIRST,   /* down: counts on a card that waits to be pulled; up: is approved */
  BATON_BLOB_RANK_CURRENT, /* counts on another card that is not done; up: counts */
  BATON_BLOB_RANK_REST,
} BatonBlobRank;

typedef struct
{
  char *hash;
  char *file;   /* its name */
  char *card;   /* id of the card; may be NULL */
  char *title;  /* of the card; may be NULL */
  char *author; /* id of who made the version; may be NULL */
  gint64 size;
  BatonBlobRank rank;
  gboolean here;
  gboolean damaged; /* it is here, and is not what its name says */
  gboolean unasked; /* to be fetched without being asked */
  gboolean unsent;  /* it is here, and its version has not been sent either: the server cannot have it */
} BatonBlobNeed;

/* The files of a board's cards, each counted once. */
typedef struct
{
  guint files;
  guint here;
  gint64 missing; /* bytes */
  gboolean keep;  /* everything is kept here */
} BatonBoardFiles;

typedef struct
{
  GHashTable *needs;  /* hash → BatonBlobNeed */
  GHashTable *boards; /* id → BatonBoardFiles */
  char *epoch;        /* of the server's log; NULL before it is known */
} BatonBlobPlan;

/* Any thread with a reader of its own. NULL with an error when the rows cannot be read. */
BatonBlobPlan *baton_blob_plan_new (BatonReader *reader, BatonBlobs *blobs, GError **error);
void baton_blob_plan_free (BatonBlobPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonBlobPlan, baton_blob_plan_free)

/* By rank, then by size, then by hash: less than, equal to or greater than 0. */
int baton_blob_need_compare (const BatonBlobNeed *a, const BatonBlobNeed *b);

/* The needs that are here, or those that are not, in the order in which they should travel. Transfer
 * container. */
GPtrArray *baton_blob_plan_list (BatonBlobPlan *plan, gboolean here);

/* The hashes (char *) of the versions that are not in the bin, each once. Transfer full. */
GPtrArray *baton_blob_wanted (BatonReader *reader, GError **error);

/* Where a workspace keeps, for this device alone, that a board's files are all to be here. Transfer full. */
char *baton_blob_keep_key (const char *board);

G_END_DECLS
