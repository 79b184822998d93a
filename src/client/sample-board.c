/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "sample-private.h"

#include "apply.h"

#include "filter.h"
#include "templates.h"

#include <glib/gi18n-lib.h>

/* Everything before the first card: people, the board with its names, saved filters, a card template. */

BatonOp *
sample_op (Sample *sample, BatonVerb verb, guint person, double minute)
{
  BatonOp *op = baton_op_new (verb);

  sample->id_minute = minute;
  op->at = sample_at (sample, minute);
  op->batch = g_strdup (sample->batch);
  op->person = g_strdup (sample->people[person]);
  g_ptr_array_add (sample->ops, op);
  return op;
}

static void
add_people (Sample *sample)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    sample->people[i] = sample_id (sample);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      BatonOp *op = sample_op (sample, BATON_VERB_PERSON_ADD, MARA, 0.2 * i);
      BatonRow *row = baton_op_add_row (op, BATON_ENTITY_PERSON, sample->people[i]);

      baton_row_set_text (row, BATON_PERSON_NAME, sample_people[i].name);
      baton_row_set_text (row, BATON_PERSON_ROLE, _ (sample_people[i].role));
      baton_row_set_text (row, BATON_PERSON_COLOR, sample_people[i].color);
      baton_row_set_text (row, BATON_PERSON_EMAIL, sample_people[i].email);
    }
}

/* Remembers the ids of what the template made. */
void
sample_take_rows (Sample *sample, BatonOp *op)
{
  guint n_stages = 0;

  for (guint i = 0; i < op->rows->len; i++)
    {
      const BatonRow *row = ((const BatonNewRow *) g_ptr_array_index (op->rows, i))->row;

      switch ((int) row->entity)
        {
        case BATON_ENTITY_BOARD:
          sample->board = g_strdup (row->id);
          break;
        case BATON_ENTITY_STAGE:
          g_assert (n_stages < N_STAGES);
          sample->stages[n_stages++] = g_strdup (row->id);
          break;
        case BATON_ENTITY_CRITERION:
          g_ptr_array_add (sample->criteria[n_stages - 1], g_strdup (row->id));
          break;
        case BATON_ENTITY_CHANNEL:
          g_ptr_array_add (sample->channels, g_strdup (row->id));
          break;
        case BATON_ENTITY_ASSET_TYPE:
          g_ptr_array_add (sample->asset_types, g_strdup (row->id));
          break;
        case BATON_ENTITY_LABEL:
          g_ptr_array_add (sample->labels, g_strdup (row->id));
          break;
        default:
          break;
        }
    }
}

/* What a template makes, as an operation of the past. */
static BatonOp *
add_board (Sample *sample, const char *template, const char *name, double minute)
{
  BatonOp *op;

  sample->id_minute = minute;
  op = baton_template_make_board_with_ids (template, name, sample_id, sample);
  op->at = sample_at (sample, minute);
  op->batch = g_strdup (sample->batch);
  op->person = g_strdup (sample->people[MARA]);
  g_ptr_array_add (sample->ops, op);
  return op;
}

static void
add_campaigns (Sample *sample)
{
  static const char *const colors[N_CAMPAIGNS] = { "#b0527f", "#3f76ad", "#637f37" };

  for (guint i = 0; i < N_CAMPAIGNS; i++)
    {
      BatonOp *op = sample_op (sample, BATON_VERB_CAMPAIGN_ADD, MARA, 12 + i);
      BatonRow *row;

      sample->campaigns[i] = sample_id (sample);
      row = baton_op_add_row (op, BATON_ENTITY_CAMPAIGN, sample->campaigns[i]);
      baton_row_set_text (row, BATON_CAMPAIGN_BOARD, sample->board);
      baton_row_set_text (row, BATON_CAMPAIGN_NAME, _ (sample_campaigns[i]));
      baton_row_set_text (row, BATON_CAMPAIGN_COLOR, colors[i]);
    }
}

static void
add_filter (Sample *sample, const char *name, BatonFilterKind kind, const char *value, double minute)
{
  g_autoptr (BatonFilter) filter = baton_filter_new ();
  g_autofree char *query = NULL;
  g_autofree char *id = NULL;
  BatonOp *op = sample_op (sample, BATON_VERB_FILTER_ADD, MARA, minute);
  BatonRow *row;

  baton_filter_set (filter, kind, value, TRUE);
  query = baton_filter_to_json (filter);
  id = sample_id (sample);
  row = baton_op_add_row (op, BATON_ENTITY_FILTER, id);
  baton_row_set_text (row, BATON_FILTER_BOARD, sample->board);
  baton_row_set_text (row, BATON_FILTER_NAME, name);
  baton_row_set_text (row, BATON_FILTER_QUERY, query);
}

static void
add_card_template (Sample *sample, double minute)
{
  static const char *const items[] = { N_ ("Caption with a clear first line"), N_ ("Text alternative"),
    N_ ("Hashtags from the list") };
  BatonOp *op = sample_op (sample, BATON_VERB_CARD_ADD, MARA, minute);
  g_autofree char *id = sample_id (sample);
  g_autofree char *list = sample_id (sample);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CARD, id);

  baton_row_set_text (row, BATON_CARD_STAGE, sample->stages[BACKLOG]);
  baton_row_set_text (row, BATON_CARD_TITLE, _ ("Instagram post"));
  baton_row_set_text (row, BATON_CARD_BRIEF,
      _ ("## Goal\n\n## What we need\n\n- **Format:** 1080 × 1350 px\n- **Caption:** at most 120 words\n"));
  baton_row_set_text (row, BATON_CARD_CHANNEL, g_ptr_array_index (sample->channels, 0));
  baton_row_set_int (row, BATON_CARD_TEMPLATE, 1);
  row = baton_op_add_row (op, BATON_ENTITY_CHECKLIST, list);
  baton_row_set_text (row, BATON_CHECKLIST_CARD, id);
  baton_row_set_text (row, BATON_CHECKLIST_TITLE, _ ("Before it goes out"));
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autofree char *item = sample_id (sample);

      row = baton_op_add_row (op, BATON_ENTITY_ITEM, item);
      baton_row_set_text (row, BATON_ITEM_CHECKLIST, list);
      baton_row_set_text (row, BATON_ITEM_TEXT, _ (items[i]));
    }
}

static void
name_workspace (Sample *sample)
{
  BatonOp *op = sample_op (sample, BATON_VERB_WORKSPACE_SET, MARA, 5);

  baton_op_add_id (op, BATON_WORKSPACE_ID);
  /* Translators: the name of an invented design studio. */
  baton_op_set_text (op, BATON_WORKSPACE_NAME, _ ("Studio Nord"));
}

void
sample_set_up (Sample *sample)
{
  BatonOp *op;

  add_people (sample);
  name_workspace (sample);
  op = add_board (sample, "campaign", _ ("Spring Launch"), 6);
  sample_take_rows (sample, op);
  baton_row_set_text (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row, BATON_BOARD_DESCRIPTION,
      _ ("Everything for the spring season, from the first key visual to the shelf."));
  add_campaigns (sample);
  add_filter (sample, _ ("Overdue"), BATON_FILTER_DUE, "overdue", 20);
  add_filter (sample, _ ("Fast lane"), BATON_FILTER_URGENCY, "fast", 22);
  add_filter (sample, _ ("Blocked"), BATON_FILTER_BLOCKED, "yes", 24);
  add_filter (sample, _ ("Waits for review"), BATON_FILTER_KIND, "review", 26);
  add_card_template (sample, 30);
}

typedef struct
{
  const char *title;
  guint stage; /* where it is now */
  guint owner;
  int due; /* working days from now */
} Issue;

static const Issue issues[] = {
  { N_ ("March issue: what grows first"), 6, TOM, -30 },
  { N_ ("April issue: balcony special"), 6, TOM, -9 },
  { N_ ("Header images for May"), 5, AIKO, 3 },
  { N_ ("May issue: the new season"), 4, TOM, 4 },
  { N_ ("Interview: the bulb grower"), 2, TOM, 8 },
  { N_ ("Reader questions, answered"), 1, TOM, 12 },
  { N_ ("June issue: water and shade"), 0, TOM, 25 },
  { N_ ("Survey: what shall we write about?"), 0, MARA, 0 },
};

static void
add_issue (Sample *sample, const Issue *issue, GPtrArray *stages, GPtrArray *channels, double start)
{
  double step = (sample->end - 200 - start) / 8;
  BatonOp *op = sample_op (sample, BATON_VERB_CARD_ADD, MARA, start);
  g_autofree char *id = sample_id (sample);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CARD, id);

  baton_row_set_text (row, BATON_CARD_STAGE, g_ptr_array_index (stages, 0));
  baton_row_set_text (row, BATON_CARD_TITLE, _ (issue->title));
  baton_row_set_text (row, BATON_CARD_OWNER, sample->people[issue->owner]);
  baton_row_set_text (row, BATON_CARD_CHANNEL, g_ptr_array_index (channels, 0));
  if (issue->due != 0)
    baton_row_set_int (row, BATON_CARD_DUE, sample_due (sample, (guint) (SAMPLE_PAST - 1 + issue->due)));
  for (guint i = 1; i <= issue->stage; i++)
    {
      guint person = i == 1 || i == 6 ? MARA : i == 4 ? PRIYA : issue->owner;

      op = sample_op (sample, BATON_VERB_CARD_MOVE, person, start + step * i + 7 * sample_random (sample));
      baton_op_add_id (op, id);
      baton_op_add_from (op, g_ptr_array_index (stages, i - 1));
      baton_op_set_to (op, g_ptr_array_index (stages, i));
    }
}

/* A second, small board. */
void
sample_newsletter (Sample *sample)
{
  double start = (SAMPLE_PAST - 45) * SAMPLE_DAY;
  BatonOp *op = add_board (sample, "newsletter", _ ("Newsletter"), start);
  g_autoptr (GPtrArray) stages = g_ptr_array_new ();
  g_autoptr (GPtrArray) channels = g_ptr_array_new ();

  for (guint i = 0; i < op->rows->len; i++)
    {
      const BatonRow *row = ((const BatonNewRow *) g_ptr_array_index (op->rows, i))->row;

      if (row->entity == BATON_ENTITY_STAGE)
        g_ptr_array_add (stages, row->id);
      else if (row->entity == BATON_ENTITY_CHANNEL)
        g_ptr_array_add (channels, row->id);
    }
  for (guint i = 0; i < G_N_ELEMENTS (issues); i++)
    add_issue (sample, &issues[i], stages, channels, start + 20 + SAMPLE_DAY * 2.3 * i);
}
