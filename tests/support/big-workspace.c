/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "big-workspace.h"

#include "store.h"

#define STAGES 6
#define CHANNELS 12
#define CAMPAIGNS 8
#define ASSET_TYPES 6
#define PEOPLE 12
#define LABELS 15
#define CRITERIA 6
#define START (G_GINT64_CONSTANT (1756717200) * G_USEC_PER_SEC) /* 2025-09-01T09:00:00Z */
#define HALF_A_YEAR (G_GINT64_CONSTANT (180) * 86400 * G_USEC_PER_SEC)

typedef struct
{
  char *id;
  guint stage;
  GPtrArray *items; /* NULL until it has a checklist */
} BigCard;

struct _BigWorkspace
{
  BatonTestRandom random;
  guint wanted_cards;
  guint operations;
  guint made;
  gint64 at;
  char *board;
  char *stages[STAGES];
  char *criteria[CRITERIA];
  char *channels[CHANNELS];
  char *campaigns[CAMPAIGNS];
  char *asset_types[ASSET_TYPES];
  char *people[PEOPLE];
  char *labels[LABELS];
  GArray *cards;    /* BigCard */
  GPtrArray *first; /* operations that make the board, then NULL */
};

static void
clear_card (gpointer data)
{
  BigCard *card = data;

  g_free (card->id);
  g_clear_pointer (&card->items, g_ptr_array_unref);
}

static char *
new_id (BigWorkspace *big)
{
  return baton_test_id (&big->random, big->at);
}

static BatonOp *
new_op (BigWorkspace *big, BatonVerb verb)
{
  BatonOp *op = baton_op_new (verb);

  op->at = big->at;
  op->boot = big->at - START + G_USEC_PER_SEC;
  if (big->people[0] != NULL && verb != BATON_VERB_PERSON_ADD)
    op->person = g_strdup (big->people[baton_test_below (&big->random, PEOPLE)]);
  return op;
}

static void
add_named (BigWorkspace *big, BatonVerb verb, char **ids, const char *const *names, guint n)
{
  BatonEntity entity = baton_verb_info (verb)->entity;
  BatonField parent = baton_field_find (entity, "board");

  for (guint i = 0; i < n; i++)
    {
      BatonOp *op = new_op (big, verb);
      BatonRow *row;

      ids[i] = new_id (big);
      row = baton_op_add_row (op, entity, ids[i]);
      if (parent != BATON_FIELD_NONE)
        baton_row_set_text (row, parent, big->board);
      baton_row_set_text (row, baton_field_find (entity, "name"), names[i]);
      g_ptr_array_add (big->first, op);
    }
}

static void
add_board (BigWorkspace *big)
{
  static const char *const names[STAGES] = { "Ideas", "Ready", "Making", "Review", "Ready to publish",
    "Published" };
  static const char *const kinds[STAGES] = { "backlog", "queue", "active", "review", "queue", "done" };
  BatonOp *op = new_op (big, BATON_VERB_BOARD_ADD);

  big->board = new_id (big);
  baton_row_set_text (
      baton_op_add_row (op, BATON_ENTITY_BOARD, big->board), BATON_BOARD_NAME, "All channels");
  for (guint i = 0; i < STAGES; i++)
    {
      BatonRow *row;

      big->stages[i] = new_id (big);
      row = baton_op_add_row (op, BATON_ENTITY_STAGE, big->stages[i]);
      baton_row_set_text (row, BATON_STAGE_BOARD, big->board);
      baton_row_set_text (row, BATON_STAGE_NAME, names[i]);
      baton_row_set_text (row, BATON_STAGE_KIND, kinds[i]);
      baton_row_set_int (row, BATON_STAGE_WIP_LIMIT, i == 2 || i == 3 ? 40 : 0);
    }
  g_ptr_array_add (big->first, op);
}

static void
add_criteria (BigWorkspace *big)
{
  static const char *const texts[CRITERIA] = { "Brand colours", "Current logo", "Proofread",
    "Legal has seen it", "Sizes for all channels", "Alternative text" };

  for (guint i = 0; i < CRITERIA; i++)
    {
      BatonOp *op = new_op (big, BATON_VERB_CRITERION_ADD);
      BatonRow *row;

      big->criteria[i] = new_id (big);
      row = baton_op_add_row (op, BATON_ENTITY_CRITERION, big->criteria[i]);
      baton_row_set_text (row, BATON_CRITERION_STAGE, big->stages[2 + i % 2]);
      baton_row_set_text (row, BATON_CRITERION_TEXT, texts[i]);
      g_ptr_array_add (big->first, op);
    }
}

static void
make_board (BigWorkspace *big)
{
  static const char *const people[PEOPLE] = { "Ada Weiß", "José Ibáñez", "田中花子", "Fatima Zahra",
    "Olu Adeyemi", "Mette Sørensen", "Jan Nowák", "Priya Rao", "Léa Dubois", "Sam Carter", "Yusuf Demir",
    "Chiara Conti" };
  static const char *const channels[CHANNELS] = { "Instagram", "Facebook", "TikTok", "LinkedIn", "YouTube",
    "E-mail", "Web", "Blog", "Print", "In-store", "Radio", "Out of home" };
  static const char *const campaigns[CAMPAIGNS] = { "Spring launch", "Summer sale", "Back to school",
    "Autumn", "Black Friday", "Christmas", "Loyalty", "Always on" };
  static const char *const asset_types[ASSET_TYPES] = { "Image", "Video", "Text", "Animation", "Page",
    "Poster" };
  static const char *const labels[LABELS] = { "Evergreen", "Urgent", "Legal", "Translation", "Reuse", "Paid",
    "Organic", "Partner", "Test A", "Test B", "Hero", "Follow-up", "Seasonal", "Local", "Blocked by print" };

  add_named (big, BATON_VERB_PERSON_ADD, big->people, people, PEOPLE);
  add_board (big);
  add_criteria (big);
  add_named (big, BATON_VERB_CHANNEL_ADD, big->channels, channels, CHANNELS);
  add_named (big, BATON_VERB_CAMPAIGN_ADD, big->campaigns, campaigns, CAMPAIGNS);
  add_named (big, BATON_VERB_ASSET_TYPE_ADD, big->asset_types, asset_types, ASSET_TYPES);
  add_named (big, BATON_VERB_LABEL_ADD, big->labels, labels, LABELS);
}

BigWorkspace *
big_workspace_new (guint64 seed, guint cards, guint operations)
{
  BigWorkspace *big = g_new0 (BigWorkspace, 1);

  big->random.state = seed;
  big->wanted_cards = cards;
  big->operations = operations;
  big->at = START;
  big->cards = g_array_sized_new (FALSE, TRUE, sizeof (BigCard), cards);
  g_array_set_clear_func (big->cards, clear_card);
  big->first = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  make_board (big);
  return big;
}

static void
free_ids (char **ids, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (ids[i]);
}

void
big_workspace_free (BigWorkspace *big)
{
  g_free (big->board);
  free_ids (big->stages, STAGES);
  free_ids (big->criteria, CRITERIA);
  free_ids (big->channels, CHANNELS);
  free_ids (big->campaigns, CAMPAIGNS);
  free_ids (big->asset_types, ASSET_TYPES);
  free_ids (big->people, PEOPLE);
  free_ids (big->labels, LABELS);
  g_array_unref (big->cards);
  g_ptr_array_unref (big->first);
  g_free (big);
}

const char *
big_workspace_board (BigWorkspace *big)
{
  return big->board;
}

#define ANY(ids) ((ids)[baton_test_below (&big->random, G_N_ELEMENTS (ids))])

static BatonOp *
make_card (BigWorkspace *big)
{
  BigCard card = { new_id (big), baton_test_below (&big->random, 2), NULL };
  BatonOp *op = new_op (big, BATON_VERB_CARD_ADD);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CARD, card.id);
  g_autofree char *title = baton_test_title (&big->random);

  baton_row_set_text (row, BATON_CARD_STAGE, big->stages[card.stage]);
  baton_row_set_text (row, BATON_CARD_TITLE, title);
  baton_row_set_text (row, BATON_CARD_CHANNEL, ANY (big->channels));
  baton_row_set_text (row, BATON_CARD_CAMPAIGN, ANY (big->campaigns));
  baton_row_set_text (row, BATON_CARD_ASSET_TYPE, ANY (big->asset_types));
  if (baton_test_chance (&big->random, 60))
    {
      g_autofree char *brief = baton_test_prose (&big->random, 2 + baton_test_below (&big->random, 8));

      baton_row_set_text (row, BATON_CARD_BRIEF, brief);
    }
  if (baton_test_chance (&big->random, 70))
    baton_row_set_int (
        row, BATON_CARD_DUE, START + (gint64) baton_test_below (&big->random, 220) * 86400 * G_USEC_PER_SEC);
  g_array_append_val (big->cards, card);
  return op;
}

static BatonOp *
op_on_card (BigWorkspace *big, BatonVerb verb, const BigCard *card)
{
  BatonOp *op = new_op (big, verb);

  baton_op_add_id (op, card->id);
  return op;
}

/* Mostly onwards, now and then back. */
static BatonOp *
move_card (BigWorkspace *big, BigCard *card)
{
  BatonOp *op = op_on_card (big, BATON_VERB_CARD_MOVE, card);
  gboolean back = card->stage == STAGES - 1 || (card->stage > 0 && baton_test_chance (&big->random, 15));
  guint to = back ? card->stage - 1 : card->stage + 1;

  baton_op_add_from (op, big->stages[card->stage]);
  baton_op_set_to (op, big->stages[to]);
  if (baton_test_chance (&big->random, 30))
    {
      const BigCard *near =
          &g_array_index (big->cards, BigCard, baton_test_below (&big->random, big->cards->len));

      baton_op_set_place (op, near->id, NULL);
    }
  card->stage = to;
  return op;
}

static BatonOp *
set_card (BigWorkspace *big, const BigCard *card)
{
  static const char *const urgencies[] = { "normal", "low", "high", "fast" };
  BatonOp *op = op_on_card (big, BATON_VERB_CARD_SET, card);
  g_autofree char *text = NULL;

  switch (baton_test_below (&big->random, 6))
    {
    case 0:
      text = baton_test_title (&big->random);
      baton_op_set_text (op, BATON_CARD_TITLE, text);
      break;
    case 1:
      text = baton_test_prose (&big->random, 2 + baton_test_below (&big->random, 8));
      baton_op_set_text (op, BATON_CARD_BRIEF, text);
      break;
    case 2:
      baton_op_set_text (op, BATON_CARD_OWNER, ANY (big->people));
      break;
    case 3:
      baton_op_set_text (op, BATON_CARD_URGENCY, urgencies[baton_test_below (&big->random, 4)]);
      break;
    default:
      baton_op_set_int (
          op, BATON_CARD_DUE, big->at + baton_test_below (&big->random, 60) * (gint64) 86400000000);
      break;
    }
  return op;
}

static BatonOp *
comment_on (BigWorkspace *big, const BigCard *card)
{
  BatonOp *op = new_op (big, BATON_VERB_COMMENT_ADD);
  g_autofree char *id = new_id (big);
  g_autofree char *text = baton_test_prose (&big->random, 1 + baton_test_below (&big->random, 3));
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);

  baton_row_set_text (row, BATON_COMMENT_CARD, card->id);
  baton_row_set_text (row, BATON_COMMENT_TEXT, text);
  return op;
}

static BatonOp *
add_checklist (BigWorkspace *big, BigCard *card)
{
  static const char *const steps[] = { "Sketch", "First version", "Colours", "Texts", "Export", "Upload" };
  BatonOp *op = new_op (big, BATON_VERB_CHECKLIST_ADD);
  g_autofree char *id = new_id (big);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CHECKLIST, id);
  guint n = 2 + baton_test_below (&big->random, 5);

  baton_row_set_text (row, BATON_CHECKLIST_CARD, card->id);
  baton_row_set_text (row, BATON_CHECKLIST_TITLE, "Steps");
  card->items = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    {
      char *item = new_id (big);

      row = baton_op_add_row (op, BATON_ENTITY_ITEM, item);
      baton_row_set_text (row, BATON_ITEM_CHECKLIST, id);
      baton_row_set_text (row, BATON_ITEM_TEXT, steps[i]);
      g_ptr_array_add (card->items, item);
    }
  return op;
}

static BatonOp *
tick_item (BigWorkspace *big, const BigCard *card)
{
  BatonOp *op = new_op (big, BATON_VERB_ITEM_SET);

  baton_op_add_id (op, g_ptr_array_index (card->items, baton_test_below (&big->random, card->items->len)));
  baton_op_set_int (op, BATON_ITEM_DONE, baton_test_chance (&big->random, 85));
  return op;
}

static BatonOp *
link_card (BigWorkspace *big, BatonVerb verb, BatonField field, const BigCard *card, const char *other)
{
  BatonOp *op = op_on_card (big, verb, card);

  baton_op_link (op, field, baton_test_chance (&big->random, 80), other);
  return op;
}

static BatonOp *
work (BigWorkspace *big)
{
  guint index = baton_test_below (&big->random, big->cards->len);
  BigCard *card = &g_array_index (big->cards, BigCard, index);
  guint dice = baton_test_below (&big->random, 100);

  if (dice < 32)
    return move_card (big, card);
  if (dice < 57)
    return set_card (big, card);
  if (dice < 71)
    return comment_on (big, card);
  if (dice < 87)
    return card->items != NULL ? tick_item (big, card) : add_checklist (big, card);
  if (dice < 92)
    return link_card (big, BATON_VERB_CARD_LABEL, BATON_CARD_LABELS, card, ANY (big->labels));
  if (dice < 95)
    return link_card (big, BATON_VERB_CARD_MEMBER, BATON_CARD_MEMBERS, card, ANY (big->people));
  if (dice < 98 || index == 0)
    return link_card (big, BATON_VERB_CARD_TICK, BATON_CARD_DONE_CRITERIA, card, ANY (big->criteria));
  /* A card waits for one that was made before it, so nobody waits in a circle. */
  return link_card (big, BATON_VERB_CARD_DEPEND, BATON_CARD_BLOCKERS, card,
      g_array_index (big->cards, BigCard, index - 1).id);
}

static BatonOp *
next_op (BigWorkspace *big)
{
  big->at += HALF_A_YEAR / big->operations;
  if (big->first->len > 0)
    return g_ptr_array_steal_index (big->first, 0);
  return big->cards->len < big->wanted_cards ? make_card (big) : work (big);
}

GPtrArray *
big_workspace_next (BigWorkspace *big, guint n)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);

  for (; n > 0 && big->made < big->operations; n--, big->made++)
    g_ptr_array_add (ops, next_op (big));
  return ops;
}

BatonOp *
big_workspace_move (BigWorkspace *big)
{
  big->at += G_USEC_PER_SEC;
  return move_card (
      big, &g_array_index (big->cards, BigCard, baton_test_below (&big->random, big->cards->len)));
}

void
big_workspace_write (const char *folder, guint64 seed, guint cards, guint operations)
{
  g_autoptr (BigWorkspace) big = big_workspace_new (seed, cards, operations);
  g_autoptr (GError) error = NULL;
  BatonStore *store = baton_store_open (folder, BATON_STORE_CREATE, &error);

  g_assert_no_error (error);
  for (;;)
    {
      g_autoptr (GPtrArray) ops = big_workspace_next (big, 20000);

      if (ops->len == 0)
        break;
      baton_store_perform (store, ops, NULL, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  baton_store_close (store);
}
