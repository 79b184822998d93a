/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "sample-private.h"

#include <glib/gi18n-lib.h>

void
sample_card_free (gpointer data)
{
  SampleCard *card = data;

  for (guint i = 0; i < card->n_items; i++)
    g_free (card->items[i]);
  g_free (card->list);
  g_free (card->id);
  g_free (card);
}

static void
add_items (Sample *sample, SampleCard *card, BatonOp *op)
{
  BatonRow *row;

  card->list = sample_id (sample);
  row = baton_op_add_row (op, BATON_ENTITY_CHECKLIST, card->list);
  baton_row_set_text (row, BATON_CHECKLIST_CARD, card->id);
  baton_row_set_text (row, BATON_CHECKLIST_TITLE, _ ("Steps"));
  for (guint i = 0; i < SAMPLE_MOST_ITEMS && card->what->items[i] != NULL; i++)
    {
      card->items[i] = sample_id (sample);
      card->n_items++;
      row = baton_op_add_row (op, BATON_ENTITY_ITEM, card->items[i]);
      baton_row_set_text (row, BATON_ITEM_CHECKLIST, card->list);
      baton_row_set_text (row, BATON_ITEM_TEXT, _ (card->what->items[i]));
    }
}

static void
put_label (Sample *sample, BatonRow *row, guint label)
{
  baton_row_take (row, BATON_CARD_LABELS,
      baton_set_add (baton_row_text (row, BATON_CARD_LABELS), g_ptr_array_index (sample->labels, label)));
}

static void
put_member (Sample *sample, BatonRow *row, guint person)
{
  baton_row_take (row, BATON_CARD_MEMBERS,
      baton_set_add (baton_row_text (row, BATON_CARD_MEMBERS), sample->people[person]));
}

static void
fill_labels (Sample *sample, SampleCard *card, BatonRow *row)
{
  if (card->legal)
    {
      put_label (sample, row, 0);
      put_member (sample, row, HENRIK);
    }
  for (guint i = 1; i < sample->labels->len; i++)
    {
      if (sample_random (sample) < 0.12)
        put_label (sample, row, i);
    }
  if (sample_random (sample) < 0.3)
    put_member (sample, row, MARA);
  put_member (sample, row, card->what->maker);
}

static const char *
draw_urgency (Sample *sample, gboolean fast)
{
  double draw = sample_random (sample);

  return fast ? "fast" : draw < 0.12 ? "high" : draw < 0.2 ? "low" : "normal";
}

static void
fill_card (Sample *sample, SampleCard *card, BatonRow *row)
{
  g_autofree char *title = g_strdup_printf ("%s: %s", _ (card->theme->name), _ (card->what->name));
  g_autofree char *brief = sample_brief (card->theme, card->what);
  guint days = card->fast ? 2 : 11 + (guint) (15 * sample_random (sample));

  baton_row_set_text (row, BATON_CARD_STAGE, sample->stages[BACKLOG]);
  baton_row_set_text (row, BATON_CARD_TITLE, title);
  baton_row_set_text (row, BATON_CARD_BRIEF, brief);
  baton_row_set_text (row, BATON_CARD_AUDIENCE, _ (card->theme->audience));
  baton_row_set_text (row, BATON_CARD_NOTES, _ (card->theme->notes));
  baton_row_set_text (row, BATON_CARD_OWNER, sample->people[card->what->maker]);
  baton_row_set_text (row, BATON_CARD_CHANNEL, g_ptr_array_index (sample->channels, card->what->channel));
  baton_row_set_text (
      row, BATON_CARD_ASSET_TYPE, g_ptr_array_index (sample->asset_types, card->what->asset_type));
  baton_row_set_text (row, BATON_CARD_CAMPAIGN, sample->campaigns[card->theme->campaign]);
  baton_row_set_text (row, BATON_CARD_URGENCY, draw_urgency (sample, card->fast));
  if (card->fast || sample_random (sample) < 0.9)
    baton_row_set_int (row, BATON_CARD_DUE, sample_due (sample, (guint) (card->created / SAMPLE_DAY) + days));
  fill_labels (sample, card, row);
}

SampleCard *
sample_card_add (
    Sample *sample, const SampleTheme *theme, const SampleDeliverable *what, gboolean fast, double minute)
{
  SampleCard *card = g_new0 (SampleCard, 1);
  BatonOp *op = sample_op (sample, BATON_VERB_CARD_ADD, MARA, minute);

  card->id = sample_id (sample);
  card->theme = theme;
  card->what = what;
  card->stage = BACKLOG;
  card->entered = card->created = minute;
  card->fast = fast;
  card->legal = sample_random (sample) < 0.22;
  fill_card (sample, card, baton_op_add_row (op, BATON_ENTITY_CARD, card->id));
  add_items (sample, card, op);
  g_ptr_array_add (sample->cards, card);
  return card;
}

void
sample_card_move (Sample *sample, SampleCard *card, guint stage, guint person, double minute)
{
  BatonOp *op = sample_op (sample, BATON_VERB_CARD_MOVE, person, minute);

  baton_op_add_id (op, card->id);
  baton_op_add_from (op, sample->stages[card->stage]);
  baton_op_set_to (op, sample->stages[stage]);
  card->stage = stage;
  card->entered = minute;
}

void
sample_card_tick_criteria (Sample *sample, SampleCard *card, guint person, double minute)
{
  GPtrArray *criteria = sample->criteria[card->stage];
  BatonOp *op;

  if (criteria->len == 0)
    return;
  op = sample_op (sample, BATON_VERB_CARD_TICK, person, minute);
  baton_op_add_id (op, card->id);
  for (guint i = 0; i < criteria->len; i++)
    baton_op_link (op, BATON_CARD_DONE_CRITERIA, TRUE, g_ptr_array_index (criteria, i));
}

void
sample_card_tick_item (Sample *sample, SampleCard *card, double minute)
{
  BatonOp *op;

  if (card->n_ticked >= card->n_items)
    return;
  op = sample_op (sample, BATON_VERB_ITEM_SET, card->what->maker, minute);
  baton_op_add_id (op, card->items[card->n_ticked++]);
  baton_op_set_int (op, BATON_ITEM_DONE, 1);
}

void
sample_card_comment (Sample *sample, SampleCard *card, guint person, const char *text, double minute)
{
  BatonOp *op = sample_op (sample, BATON_VERB_COMMENT_ADD, person, minute);
  g_autofree char *id = sample_id (sample);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);

  baton_row_set_text (row, BATON_COMMENT_CARD, card->id);
  baton_row_set_text (row, BATON_COMMENT_TEXT, _ (text));
}

void
sample_card_block (Sample *sample, SampleCard *card, double minute, double until)
{
  BatonOp *op = sample_op (sample, BATON_VERB_CARD_BLOCK, card->what->maker, minute);
  guint reason = (guint) (sample_random (sample) * sample_n_blocks);

  baton_op_add_id (op, card->id);
  baton_op_set_text (op, BATON_CARD_BLOCKED_REASON, _ (sample_blocks[reason]));
  card->blocked_until = until;
}

void
sample_card_unblock (Sample *sample, SampleCard *card, double minute)
{
  BatonOp *op = sample_op (sample, BATON_VERB_CARD_UNBLOCK, card->what->maker, minute);

  baton_op_add_id (op, card->id);
  baton_op_set_none (op, BATON_CARD_BLOCKED_REASON);
  card->blocked_until = 0;
}

/* Two of three times whoever asked for it says how content they are: less with what took long. It must not
 * draw from the chance that the story is made of. */
void
sample_card_answer (Sample *sample, SampleCard *card, guint index, double minute)
{
  guint draw = (index * 2654435761U >> 16) % 100;
  gboolean slow = minute - card->created > 14 * SAMPLE_DAY;
  BatonOp *op;

  if (draw < 34)
    return;
  op = sample_op (sample, BATON_VERB_CARD_SET, MARA, minute);
  baton_op_add_id (op, card->id);
  baton_op_set_text (op, BATON_CARD_SATISFACTION,
      draw < 38                 ? "2"
      : draw < (slow ? 62 : 46) ? "3"
      : draw < (slow ? 90 : 78) ? "4"
                                : "5");
}

void
sample_card_wait_for (Sample *sample, SampleCard *card, guint other, double minute)
{
  BatonOp *op = sample_op (sample, BATON_VERB_CARD_DEPEND, MARA, minute);
  const SampleCard *blocker = g_ptr_array_index (sample->cards, other);

  baton_op_add_id (op, card->id);
  baton_op_link (op, BATON_CARD_BLOCKERS, TRUE, blocker->id);
  card->waits_for = other + 1;
}
