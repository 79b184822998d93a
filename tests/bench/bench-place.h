/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub.h"
#include "test-board.h"

G_BEGIN_DECLS

/* A client that is only numbers: pushes moves of its own cards, one a request. */
typedef struct
{
  BatonTestRandom random;
  char *device;
  gint64 number;
} Maker;

/* A server with a board, without a network around it. */
typedef struct
{
  char *folder;
  BatonHub *hub;
  BatonTestBoard *board;
  Maker maker;
  GPtrArray *cards; /* char * */
  BatonTestRandom random;
} Place;

Place *place_new (guint cards); /* a board of so many */
void place_free (Place *place);

BatonOp *place_make_move (Place *place, Maker *maker, guint i); /* of the i-th card */
BatonOp *place_make_set (Place *place, Maker *maker);           /* a title, of any card */

/* The body of a push: begun, one operation added; "]}" ends it. */
GString *place_begin_push (const char *device, const char *epoch);
void place_append (GString *body, const BatonOp *op);

/* n operations of somebody else: changed titles and moves. */
void place_push_many (Place *place, Maker *maker, guint n);

G_END_DECLS
