/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

#include "bench-place.h"

#include "codec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static BatonOp *
make_op (Maker *maker, BatonVerb verb)
{
  BatonOp *op = baton_op_new (verb);

  op->device = g_strdup (maker->device);
  op->number = ++maker->number;
  op->at = g_get_real_time ();
  op->boot = 1;
  return op;
}

void
place_append (GString *body, const BatonOp *op)
{
  g_autoptr (GString) text = g_string_new (NULL);

  baton_op_write (op, text);
  g_string_append_printf (
      body, "%s{\"op\":%s,\"age\":1000}", body->str[body->len - 1] == '[' ? "" : ",", text->str);
}

GString *
place_begin_push (const char *device, const char *epoch)
{
  GString *body = g_string_new (NULL);

  g_string_append_printf (body, "{\"device\":\"%s\",\"epoch\":\"%s\",\"wall\":%" G_GINT64_FORMAT ",\"ops\":[",
      device, epoch, g_get_real_time ());
  return body;
}

static void
push_now (BatonHub *hub, GString *body)
{
  BatonHubPush push = { .caller = { .now = g_get_real_time () },
    .body = body->str,
    .length = body->len,
    .reply = g_string_new (NULL) };

  g_string_append (body, "]}");
  push.length = body->len;
  push.body = body->str;
  baton_hub_push (hub, &push, 1);
  if (push.status != 200 || strstr (push.reply->str, "\"no\"") != NULL)
    {
      fprintf (stderr, "push: %u %.400s\n", push.status, push.reply->str);
      exit (1);
    }
  g_string_free (push.reply, TRUE);
}

Place *
place_new (guint cards)
{
  Place *place = g_new0 (Place, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ops = NULL;
  GString *body;

  place->folder = baton_test_folder_new ();
  place->hub = baton_hub_open (place->folder, &error);
  g_assert_no_error (error);
  place->random = baton_test_random (7);
  place->maker.device = baton_test_id (&place->random, 1);
  place->cards = g_ptr_array_new_with_free_func (g_free);
  place->board = baton_test_board_new (1);
  ops = baton_test_board_ops (place->board, g_get_real_time ());
  body = place_begin_push (place->maker.device, baton_hub_epoch (place->hub));
  for (guint i = 0; i < ops->len; i++)
    {
      BatonOp *op = g_ptr_array_index (ops, i);

      g_free (op->device);
      op->device = g_strdup (place->maker.device);
      op->number = ++place->maker.number;
      place_append (body, op);
    }
  push_now (place->hub, body);
  g_string_free (body, TRUE);
  for (guint done = 0; done < cards;)
    {
      body = place_begin_push (place->maker.device, baton_hub_epoch (place->hub));
      for (guint i = 0; i < 500 && done < cards; i++, done++)
        {
          BatonOp *op = make_op (&place->maker, BATON_VERB_CARD_ADD);
          char *id = baton_test_id (&place->random, op->at / 1000);
          g_autofree char *title = baton_test_title (&place->random);
          BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CARD, id);

          baton_row_set_text (row, BATON_CARD_TITLE, title);
          baton_row_set_text (row, BATON_CARD_STAGE, place->board->stages[done % 2]);
          place_append (body, op);
          baton_op_free (op);
          g_ptr_array_add (place->cards, id);
        }
      push_now (place->hub, body);
      g_string_free (body, TRUE);
    }
  return place;
}

void
place_free (Place *place)
{
  g_clear_pointer (&place->hub, baton_hub_close);
  baton_test_folder_remove (place->folder);
  baton_test_board_free (place->board);
  g_ptr_array_unref (place->cards);
  g_free (place->maker.device);
  g_free (place->folder);
  g_free (place);
}

BatonOp *
place_make_move (Place *place, Maker *maker, guint i)
{
  BatonOp *op = make_op (maker, BATON_VERB_CARD_MOVE);

  baton_op_add_id (op, g_ptr_array_index (place->cards, i % place->cards->len));
  baton_op_set_to (op, place->board->stages[baton_test_below (&place->random, 2)]);
  return op;
}

BatonOp *
place_make_set (Place *place, Maker *maker)
{
  BatonOp *op = make_op (maker, BATON_VERB_CARD_SET);
  g_autofree char *title = baton_test_title (&place->random);

  baton_op_add_id (
      op, g_ptr_array_index (place->cards, baton_test_below (&place->random, place->cards->len)));
  baton_op_set_text (op, BATON_CARD_TITLE, title);
  return op;
}

void
place_push_many (Place *place, Maker *maker, guint n)
{
  for (guint done = 0; done < n;)
    {
      GString *body = place_begin_push (maker->device, baton_hub_epoch (place->hub));

      for (guint i = 0; i < 500 && done < n; i++, done++)
        {
          BatonOp *op = done % 3 == 0
                            ? place_make_move (place, maker, baton_test_below (&place->random, 10000))
                            : place_make_set (place, maker);

          place_append (body, op);
          baton_op_free (op);
        }
      push_now (place->hub, body);
      g_string_free (body, TRUE);
    }
}
