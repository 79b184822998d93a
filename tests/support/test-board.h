/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-random.h"
#include "test-store.h"

G_BEGIN_DECLS

/* A small campaign: one stage of each kind, two criteria on the active stage, channels, people, labels,
 * cards. Ids are the same for the same seed. */
enum
{
  BATON_TEST_BACKLOG,
  BATON_TEST_QUEUE,
  BATON_TEST_ACTIVE,
  BATON_TEST_REVIEW,
  BATON_TEST_DONE,
  BATON_TEST_N_STAGES,
};

#define BATON_TEST_N_CARDS 8

typedef struct
{
  BatonTestRandom random;
  char *board;
  char *stages[BATON_TEST_N_STAGES];
  char *criteria[2]; /* of the active stage */
  char *people[3];
  char *channels[2];
  char *campaign;
  char *asset_type;
  char *labels[2];
  char *custom_field;
  char *cards[BATON_TEST_N_CARDS]; /* "Card 1" … in the backlog, in this order */
  char *checklist;                 /* on the first card, with two items */
  char *items[2];
  char *comment; /* on the first card */
} BatonTestBoard;

BatonTestBoard *baton_test_board_new (guint stream);
void baton_test_board_free (BatonTestBoard *board);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonTestBoard, baton_test_board_free)

/* The operations that make it, in order. Transfer full, of BatonOp. */
GPtrArray *baton_test_board_ops (BatonTestBoard *board, gint64 at);

/* Makes it in a store. */
BatonTestBoard *baton_test_board_fill (BatonTestStore *test);

char *baton_test_board_id (BatonTestBoard *board); /* a new one */

/* Operations that tests need again and again. */
BatonOp *baton_test_op_ids (BatonVerb verb, const char *id, ...) G_GNUC_NULL_TERMINATED;
BatonOp *baton_test_op_text (BatonVerb verb, const char *id, BatonField field, const char *text);
BatonOp *baton_test_op_int (BatonVerb verb, const char *id, BatonField field, gint64 number);
BatonOp *baton_test_op_move (const char *card, const char *from, const char *to);
BatonOp *baton_test_op_link (BatonVerb verb, const char *card, gboolean add, const char *other);
BatonOp *baton_test_op_card (const char *id, const char *stage, const char *title);
BatonOp *baton_test_op_comment (const char *id, const char *card, const char *text);

G_END_DECLS
