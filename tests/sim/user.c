/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-sim"

#include "sim.h"

#include "test-board.h"
#include "test-ops.h"

#include <string.h>

/* People who do things: mostly what boards live of, now and then anything that there is a verb for. */

/* Every operation has a time of its own, by which it is known again wherever it ends up. */
static gint64
mark (SimClient *client)
{
  Sim *sim = client->sim;
  gint64 at = sim_client_wall (client);

  /* Microseconds tell operations of one moment apart; the clock may have been set back. */
  at -= at % 100000;
  at += ++sim->last_mark % 100000;
  while (g_hash_table_contains (sim->made, &at))
    at += 100000;
  return at;
}

static void
note_made (Sim *sim, gint64 at)
{
  g_hash_table_add (sim->made, g_memdup2 (&at, sizeof at));
}

static gboolean
perform (SimClient *client, BatonOp *op)
{
  Sim *sim = client->sim;
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  op->at = mark (client);
  if (!sim_chance (sim, 50))
    op->boot = sim_client_boot (client);
  g_free (op->person);
  op->person = g_strdup (client->person);
  g_ptr_array_add (ops, op);
  sim_crash_in (!sim->calm && sim_chance (sim, 10) ? 1 + sim_below (sim, 15) : 0);
  ok = baton_store_perform (client->store, ops, NULL, NULL, &effects, NULL, &error);
  if (ok)
    note_made (sim, op->at);
  if (!sim_client_survives (client))
    return FALSE;
  if (!ok)
    return FALSE;
  sim_say (sim, "client %u: %s number %" G_GINT64_FORMAT " mark %" G_GINT64_FORMAT, client->index,
      baton_verb_info (op->verb)->name, op->number, op->at);
  sim_mirror_apply (client, g_ptr_array_index (effects, 0));
  baton_engine_nudge (client->engine);
  return TRUE;
}

void
sim_user_begin (SimClient *client)
{
  BatonOp *op = baton_op_new (BATON_VERB_PERSON_ADD);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_PERSON, client->person);

  baton_row_set_text (row, BATON_PERSON_NAME, "Somebody");
  perform (client, op);
  if (client->index == 0)
    {
      g_autoptr (BatonTestBoard) board = baton_test_board_new (client->sim->seed);
      g_autoptr (GPtrArray) ops = baton_test_board_ops (board, 1);

      for (guint i = 0; i < ops->len && client->store != NULL; i++)
        perform (client, baton_op_copy (g_ptr_array_index (ops, i)));
    }
}

static BatonTestPool *
fill_pool (BatonReader *reader, BatonEntity only)
{
  BatonTestPool *pool = baton_test_pool_new ();

  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    {
      g_autoptr (GPtrArray) rows = NULL;

      if (only != BATON_ENTITY_NONE && entity != only)
        continue;
      rows = baton_reader_rows (reader, entity, BATON_FIELD_NONE, NULL, TRUE, NULL);
      for (guint i = 0; i < rows->len; i++)
        {
          BatonRow *row = g_ptr_array_index (rows, i);

          if (baton_row_int (row, baton_entity_removed (entity)) == 0 || i % 5 == 0)
            baton_test_pool_add (pool, entity, row->id);
        }
    }
  return pool;
}

static BatonVerb
pick_verb (Sim *sim)
{
  static const BatonVerb common[] = { BATON_VERB_CARD_ADD, BATON_VERB_CARD_MOVE, BATON_VERB_CARD_MOVE,
    BATON_VERB_CARD_MOVE, BATON_VERB_CARD_MOVE, BATON_VERB_CARD_SET, BATON_VERB_CARD_SET,
    BATON_VERB_CARD_LABEL, BATON_VERB_CARD_TICK, BATON_VERB_COMMENT_ADD, BATON_VERB_ITEM_ADD,
    BATON_VERB_ITEM_SET, BATON_VERB_CARD_DEPEND, BATON_VERB_STAGE_SET, BATON_VERB_CARD_BIN };

  return sim_chance (sim, 800) ? common[sim_below (sim, G_N_ELEMENTS (common))]
                               : sim_below (sim, BATON_N_VERBS);
}

/* Who drags a card says where they saw it. */
static void
say_from (SimClient *client, BatonOp *op)
{
  if (op->verb != BATON_VERB_CARD_MOVE || op->from->len > 0 || sim_chance (client->sim, 200))
    return;
  for (guint i = 0; i < op->ids->len; i++)
    {
      g_autoptr (BatonRow) card = baton_reader_row (
          baton_store_reader (client->store), BATON_ENTITY_CARD, g_ptr_array_index (op->ids, i));

      if (card != NULL)
        baton_op_add_from (op, baton_row_text (card, BATON_CARD_STAGE));
    }
}

/* Who edits a long text says what it was when they began. */
static void
say_was (SimClient *client, BatonOp *op)
{
  g_autoptr (BatonRow) row = NULL;

  if (op->verb == BATON_VERB_UNKNOWN || op->ids->len != 1 || sim_chance (client->sim, 200))
    return;
  row = baton_reader_row (
      baton_store_reader (client->store), baton_verb_info (op->verb)->entity, g_ptr_array_index (op->ids, 0));
  for (guint i = 0; row != NULL && i < op->sets->len; i++)
    {
      BatonField field = g_array_index (op->sets, BatonSet, i).field;

      if (baton_field_info (field)->entity == row->entity &&
          baton_field_info (field)->merge == BATON_MERGE_THREE_WAY)
        baton_op_set_was (op, field, baton_row_text (row, field));
    }
}

static void
act_verb (SimClient *client)
{
  Sim *sim = client->sim;
  BatonReader *reader = baton_store_reader (client->store);
  BatonVerb verb = pick_verb (sim);
  BatonOp *op;

  if (verb == BATON_VERB_UNDO || verb == BATON_VERB_REDO || sim_chance (sim, 60))
    op = baton_reader_prepare_undo (reader, baton_store_device (client->store),
        verb == BATON_VERB_REDO || sim_chance (sim, 300), sim_client_wall (client), NULL, NULL);
  else
    {
      g_autoptr (BatonTestPool) pool = fill_pool (reader, BATON_ENTITY_NONE);

      op = baton_test_op (pool, &sim->random, verb, sim_client_wall (client), 3);
      say_from (client, op);
      say_was (client, op);
    }
  if (op != NULL)
    perform (client, op);
}

static void
act_attention (SimClient *client)
{
  Sim *sim = client->sim;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) waiting = baton_reader_attention (baton_store_reader (client->store), &error);
  const BatonAttention *attention;
  g_autoptr (BatonEffect) effect = NULL;
  gint64 at;

  if (waiting == NULL)
    {
      sim_fail (sim, "attention: %s", error->message);
      return;
    }
  if (waiting->len == 0)
    return;
  attention = g_ptr_array_index (waiting, sim_below (sim, waiting->len));
  if (sim_chance (sim, 400))
    {
      if (!baton_store_discard (client->store, attention->id, sim_client_wall (client), &error))
        sim_fail (sim, "discard: %s", error->message);
      return;
    }
  at = mark (client);
  if (!baton_store_reapply (client->store, attention->id, NULL, client->person, at, sim_client_boot (client),
          NULL, &effect, &error))
    return;
  note_made (sim, at);
  sim_say (sim, "client %u re-applies, mark %" G_GINT64_FORMAT, client->index, at);
  sim_mirror_apply (client, effect);
  baton_engine_nudge (client->engine);
}

void
sim_user_act (SimClient *client)
{
  guint n = sim_chance (client->sim, 100) ? 1 + sim_below (client->sim, 6) : 1;

  for (guint i = 0; i < n && client->store != NULL; i++)
    {
      if (sim_chance (client->sim, 60))
        act_attention (client);
      else
        act_verb (client);
    }
}
