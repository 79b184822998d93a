/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "board-private.h"

#include "words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

BatonField
baton_board_lane_field (BatonBoard *self)
{
  switch (self->lanes)
    {
    case BATON_LANES_CHANNEL:
      return BATON_CARD_CHANNEL;
    case BATON_LANES_CAMPAIGN:
      return BATON_CARD_CAMPAIGN;
    case BATON_LANES_OWNER:
      return BATON_CARD_OWNER;
    case BATON_LANES_ASSET_TYPE:
      return BATON_CARD_ASSET_TYPE;
    case BATON_LANES_URGENCY:
      return BATON_CARD_URGENCY;
    case BATON_LANES_NONE:
    default:
      return BATON_FIELD_NONE;
    }
}

BatonLanes
baton_board_lanes (BatonBoard *self)
{
  return self->lanes;
}

guint
baton_board_n_lanes (BatonBoard *self)
{
  return self->lane_keys->len;
}

const char *
baton_board_lane_key (BatonBoard *self, guint index)
{
  g_return_val_if_fail (index < self->lane_keys->len, NULL);
  return g_ptr_array_index (self->lane_keys, index);
}

const char *
baton_board_lane_title (BatonBoard *self, guint index)
{
  const char *key = baton_board_lane_key (self, index);
  BatonField field = baton_board_lane_field (self);

  if (field == BATON_FIELD_NONE)
    return "";
  if (field == BATON_CARD_URGENCY)
    return baton_words_urgency (key);
  if (*key == '\0')
    return field == BATON_CARD_OWNER      ? _ ("Nobody")
           : field == BATON_CARD_CHANNEL  ? _ ("No channel")
           : field == BATON_CARD_CAMPAIGN ? _ ("No campaign")
                                          : _ ("No asset type");
  return baton_workspace_name_of (self->workspace, baton_field_info (field)->target, key, "");
}

static BatonItem *
lane_item (BatonBoard *self, const char *key)
{
  BatonField field = baton_board_lane_field (self);
  BatonEntity target = field != BATON_FIELD_NONE ? baton_field_info (field)->target : BATON_ENTITY_NONE;

  return target != BATON_ENTITY_NONE ? baton_workspace_lookup (self->workspace, target, key) : NULL;
}

/* A card whose channel was removed lies in the lane without one, as its face says. */
const char *
baton_board_lane_of (BatonBoard *self, BatonItem *card)
{
  BatonField field = baton_board_lane_field (self);
  const char *key = field != BATON_FIELD_NONE ? baton_item_text (card, field) : NULL;
  BatonItem *item;

  if (key == NULL)
    return field == BATON_CARD_URGENCY ? "normal" : "";
  if (field == BATON_CARD_URGENCY)
    return key;
  item = lane_item (self, key);
  return item != NULL && !baton_item_is_removed (item) ? key : "";
}

static void
add_listed_lanes (BatonBoard *self, GPtrArray *keys, BatonField field)
{
  BatonEntity target = baton_field_info (field)->target;
  BatonColumn *list =
      baton_workspace_list (self->workspace, target, target == BATON_ENTITY_PERSON ? NULL : self->id);
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    {
      if (baton_board_counts_card (self, card))
        g_hash_table_add (used, (char *) baton_board_lane_of (self, card));
    }
  /* People are the workspace's: only those who own something here have a lane. What belongs to the board
   * always has. */
  for (guint i = 0; i < baton_column_size (list); i++)
    {
      const char *id = baton_item_id (baton_column_peek (list, i));

      if (target != BATON_ENTITY_PERSON || g_hash_table_contains (used, id))
        g_ptr_array_add (keys, g_strdup (id));
    }
  if (g_hash_table_contains (used, "") || keys->len == 0)
    g_ptr_array_add (keys, g_strdup (""));
}

static GPtrArray *
make_lane_keys (BatonBoard *self)
{
  static const char *const urgencies[] = { "fast", "high", "normal", "low" };
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  BatonField field = baton_board_lane_field (self);

  if (field == BATON_FIELD_NONE)
    g_ptr_array_add (keys, g_strdup (""));
  else if (field == BATON_CARD_URGENCY)
    {
      for (guint i = 0; i < G_N_ELEMENTS (urgencies); i++)
        g_ptr_array_add (keys, g_strdup (urgencies[i]));
    }
  else
    add_listed_lanes (self, keys, field);
  return keys;
}

/* TRUE when the lanes are others than before. */
gboolean
baton_board_refresh_lanes (BatonBoard *self)
{
  g_autoptr (GPtrArray) keys = make_lane_keys (self);
  gboolean same = keys->len == self->lane_keys->len;

  for (guint i = 0; same && i < keys->len; i++)
    same = g_str_equal (keys->pdata[i], self->lane_keys->pdata[i]);
  if (same)
    return FALSE;
  g_ptr_array_unref (self->lane_keys);
  self->lane_keys = g_steal_pointer (&keys);
  return TRUE;
}

gboolean
baton_board_counts_card (BatonBoard *self, BatonItem *card)
{
  return !baton_item_is_removed (card) && baton_item_int (card, BATON_CARD_ARCHIVED) == 0 &&
         baton_item_int (card, BATON_CARD_TEMPLATE) == 0 &&
         g_strcmp0 (baton_item_text (card, BATON_CARD_BOARD), self->id) == 0;
}

/* Of a card that counts. */
static gboolean
passes_filter (BatonBoard *self, BatonItem *card)
{
  gboolean blocked = FALSE;
  BatonItem *stage = NULL;

  if (self->found != NULL && !g_hash_table_contains (self->found, baton_item_id (card)))
    return FALSE;
  /* What is not asked for is not looked up. */
  if (baton_filter_is_used (self->filter, BATON_FILTER_BLOCKED))
    blocked = baton_board_is_blocked (self, card, NULL);
  if (baton_filter_is_used (self->filter, BATON_FILTER_KIND))
    stage = baton_workspace_lookup (
        self->workspace, BATON_ENTITY_STAGE, baton_item_text (card, BATON_CARD_STAGE));
  return baton_filter_matches (self->filter, &self->clock, card, blocked,
      stage != NULL ? baton_item_text (stage, BATON_STAGE_KIND) : NULL);
}

static gboolean
is_shown (BatonBoard *self, BatonItem *card)
{
  return baton_board_counts_card (self, card) && passes_filter (self, card);
}

BatonColumn *
baton_board_cell (BatonBoard *self, const char *stage, const char *lane)
{
  g_autofree char *key = g_strconcat (stage, "/", lane, NULL);
  BatonColumn *cell = g_hash_table_lookup (self->cells, key);

  if (cell == NULL)
    {
      cell = baton_column_new (BATON_ENTITY_CARD);
      g_hash_table_insert (self->cells, g_steal_pointer (&key), cell);
    }
  return cell;
}

BatonColumn *
baton_board_cell_of (BatonBoard *self, BatonItem *card)
{
  if (!is_shown (self, card))
    return NULL;
  return baton_board_cell (self, baton_item_text (card, BATON_CARD_STAGE), baton_board_lane_of (self, card));
}

void
baton_board_adjust_count (BatonBoard *self, BatonItem *card, int by)
{
  const char *stage = baton_item_text (card, BATON_CARD_STAGE);
  int count = GPOINTER_TO_INT (g_hash_table_lookup (self->counts, stage));

  g_hash_table_insert (self->counts, g_strdup (stage), GINT_TO_POINTER (count + by));
}

guint
baton_board_count (BatonBoard *self, const char *stage)
{
  return (guint) GPOINTER_TO_INT (g_hash_table_lookup (self->counts, stage));
}

guint
baton_board_count_shown (BatonBoard *self, const char *stage)
{
  guint n = 0;

  for (guint i = 0; i < self->lane_keys->len; i++)
    n += baton_column_size (baton_board_cell (self, stage, g_ptr_array_index (self->lane_keys, i)));
  return n;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  BatonItem *card_a = *(BatonItem *const *) a;
  BatonItem *card_b = *(BatonItem *const *) b;
  const char *stage_a = baton_item_text (card_a, BATON_CARD_STAGE);
  const char *stage_b = baton_item_text (card_b, BATON_CARD_STAGE);
  gint64 rank_a = baton_item_int (card_a, BATON_CARD_RANK);
  gint64 rank_b = baton_item_int (card_b, BATON_CARD_RANK);
  int stages = g_strcmp0 (stage_a, stage_b);

  if (stages != 0)
    return stages;
  if (rank_a != rank_b)
    return rank_a < rank_b ? -1 : 1;
  return strcmp (baton_item_id (card_a), baton_item_id (card_b));
}

/* Filters come and go far more often than places change, so the order is kept. */
static GPtrArray *
sorted_cards (BatonBoard *self)
{
  GHashTableIter iter;
  gpointer card;

  if (self->sorted != NULL)
    return self->sorted;
  self->sorted = g_ptr_array_sized_new (g_hash_table_size (self->cards));
  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    g_ptr_array_add (self->sorted, card);
  g_ptr_array_sort (self->sorted, compare_places);
  return self->sorted;
}

/* The cards of a cell while they are gathered. */
static GPtrArray *
group_of (GHashTable *groups, gpointer cell)
{
  GPtrArray *cards = g_hash_table_lookup (groups, cell);

  if (cards == NULL)
    {
      cards = g_ptr_array_new ();
      g_hash_table_insert (groups, cell, cards);
    }
  return cards;
}

/* The cards of one stage, which stand beside each other from `from` on. Gives the position after them. */
static guint
group_stage (BatonBoard *self, GPtrArray *cards, guint from, GHashTable *groups)
{
  const char *stage = baton_item_text (cards->pdata[from], BATON_CARD_STAGE);
  const char *lane = NULL;
  GPtrArray *group = NULL;
  int count = 0;
  guint i;

  for (i = from;
       i < cards->len && g_strcmp0 (baton_item_text (cards->pdata[i], BATON_CARD_STAGE), stage) == 0; i++)
    {
      BatonItem *card = cards->pdata[i];
      const char *its_lane;

      if (!baton_board_counts_card (self, card))
        continue;
      count++;
      if (!passes_filter (self, card))
        continue;
      its_lane = baton_board_lane_of (self, card);
      if (group == NULL || g_strcmp0 (lane, its_lane) != 0)
        group = group_of (groups, baton_board_cell (self, stage, its_lane));
      lane = its_lane;
      g_ptr_array_add (group, card);
    }
  g_hash_table_insert (self->counts, g_strdup (stage), GINT_TO_POINTER (count));
  return i;
}

/* Every cell's cards anew, each cell changing by its smallest step. */
void
baton_board_regroup (BatonBoard *self)
{
  g_autoptr (GHashTable) groups =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref); /* BatonColumn → cards */
  GPtrArray *cards = sorted_cards (self);
  GHashTableIter iter;
  gpointer cell;

  self->clock = baton_filter_clock (g_get_real_time ());
  g_hash_table_remove_all (self->counts);
  for (guint i = 0; i < cards->len;)
    i = group_stage (self, cards, i, groups);
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &cell))
    {
      GPtrArray *group = g_hash_table_lookup (groups, cell);
      g_autoptr (GPtrArray) none = group == NULL ? g_ptr_array_new () : NULL;

      baton_column_replace_sorted (cell, group != NULL ? group : none);
    }
}

void
baton_board_emit_all_cells (BatonBoard *self)
{
  for (guint i = 0; i < baton_column_size (self->stages); i++)
    baton_board_emit_cells (self, baton_item_id (baton_column_peek (self->stages, i)));
}

void
baton_board_set_lanes (BatonBoard *self, BatonLanes lanes)
{
  if (self->lanes == lanes)
    return;
  self->lanes = lanes;
  baton_board_refresh_lanes (self);
  g_hash_table_remove_all (self->cells);
  baton_board_regroup (self);
  baton_board_emit_lanes (self);
}

const BatonFilter *
baton_board_filter (BatonBoard *self)
{
  return self->filter;
}

gboolean
baton_board_is_filtered (BatonBoard *self)
{
  return !baton_filter_is_empty (self->filter);
}

static void
refilter (BatonBoard *self)
{
  baton_board_regroup (self);
  baton_board_emit_all_cells (self);
  baton_board_emit_filter (self);
}

/* Cards of other boards are among them; they are not shown for another reason. */
static gpointer
search_cards (BatonReader *reader, gpointer typed, GCancellable *cancellable, GError **error)
{
  return baton_reader_search_set (reader, typed, error);
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonBoard) self = data;
  g_autoptr (GError) error = NULL;
  GHashTable *found = baton_workspace_query_finish (BATON_WORKSPACE (source), result, &error);

  if (found == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("The search failed: %s", error->message);
      return;
    }
  g_clear_pointer (&self->found, g_hash_table_unref);
  self->found = found;
  refilter (self);
}

/* Asks the full-text index; an older question that is still under way is forgotten. */
void
baton_board_run_search (BatonBoard *self)
{
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  if (self->filter->text == NULL)
    {
      g_clear_pointer (&self->found, g_hash_table_unref);
      refilter (self);
      return;
    }
  self->search = g_cancellable_new ();
  baton_workspace_query_async (self->workspace, search_cards, g_strdup (self->filter->text), g_free,
      (GDestroyNotify) g_hash_table_unref, self->search, searched_cb, g_object_ref (self));
}

void
baton_board_set_filter (BatonBoard *self, const BatonFilter *filter)
{
  gboolean same_text = g_strcmp0 (self->filter->text, filter->text) == 0;

  if (baton_filter_equal (self->filter, filter))
    return;
  baton_filter_free (self->filter);
  self->filter = baton_filter_copy (filter);
  if (same_text)
    refilter (self);
  else
    baton_board_run_search (self);
}
