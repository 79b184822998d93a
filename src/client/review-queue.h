/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader.h"

G_BEGIN_DECLS

/* A review that waits for somebody. */
typedef struct
{
  BatonRow *review;
  BatonRow *version;
  BatonRow *asset;
  BatonRow *card;
} BatonWaiting;

void baton_waiting_free (BatonWaiting *waiting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonWaiting, baton_waiting_free)

/* The open reviews that a person has been asked for and has not decided about, most urgent first: cards of
 * the fast lane, then by the end of the window (those without an end last), then the longest waiting. Not
 * those of cards that are in the bin or the archive. Transfer full, of BatonWaiting; any thread. */
GPtrArray *baton_review_queue (BatonReader *reader, const char *person, GError **error);

G_END_DECLS
