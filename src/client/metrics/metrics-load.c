/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "metrics-private.h"
#include "moves.h"
#include "past.h"
#include "sync.h"

#include <string.h>

/* Ids of a record come again and again: the last ones found are remembered by what their random end says. */
#define REMEMBERED 1024

typedef struct
{
  char id[37];
  guint32 index;
} Remembered;

typedef struct
{
  BatonMetrics *metrics;
  Remembered stages[REMEMBERED];
  Remembered people[REMEMBERED];
  /* Of each card that was read: the stage where it is now, when it came there, its creator. */
  GArray *present;
  guint32 first; /* of the cards that are read */
} Loading;

typedef struct
{
  guint32 stage;
  gint64 entered;
  gboolean has_past;
  gboolean has_first; /* its first event was told */
} Present;

/* id: 36 characters, which need not end there. */
static guint32
remembered_index (Remembered *memory, const BatonMetricsNames *names, const char *id)
{
  guint32 end;
  Remembered *slot;

  memcpy (&end, id + 32, sizeof end);
  slot = &memory[(end ^ end >> 13) % REMEMBERED];
  if (memcmp (slot->id, id, 36) != 0)
    {
      memcpy (slot->id, id, 36);
      slot->index = baton_metrics_index (names, slot->id);
    }
  return slot->index;
}

static void
add_past (Loading *self, guint32 card, const char *past)
{
  const char *stage_id, *person;
  gint64 at;

  while (baton_past_scan (&past, &at, &stage_id, &person))
    {
      guint32 stage = remembered_index (self->stages, &self->metrics->stages, stage_id);
      BatonFlowEvent event = { .at = at,
        .person = person != NULL ? remembered_index (self->people, &self->metrics->people, person)
                                 : BATON_FLOW_NONE,
        .stage = (guint16) stage,
        .type = BATON_FLOW_ENTER,
        .source = BATON_FLOW_RECORDED };

      if (stage != BATON_FLOW_NONE)
        baton_flow_add_event (self->metrics->flow, card, &event);
    }
}

static void
note_used (GByteArray *used, guint32 index)
{
  if (index == BATON_FLOW_NONE)
    return;
  while (used->len <= index)
    g_byte_array_append (used, (const guint8 *) "", 1);
  used->data[index] = TRUE;
}

static void
fill_card (BatonMetrics *metrics, BatonFlowCard *card, const BatonCardFacts *facts)
{
  card->dims[BATON_FLOW_CHANNEL] = baton_metrics_index (&metrics->dims[BATON_FLOW_CHANNEL], facts->channel);
  card->dims[BATON_FLOW_ASSET_TYPE] =
      baton_metrics_index (&metrics->dims[BATON_FLOW_ASSET_TYPE], facts->asset_type);
  card->dims[BATON_FLOW_CAMPAIGN] =
      baton_metrics_index (&metrics->dims[BATON_FLOW_CAMPAIGN], facts->campaign);
  card->dims[BATON_FLOW_OWNER_DIM] = baton_metrics_index (&metrics->people, facts->owner);
  card->dims[BATON_FLOW_URGENCY] = baton_metrics_index (&metrics->dims[BATON_FLOW_URGENCY], facts->urgency);
  card->creator = baton_metrics_index (&metrics->people, facts->creator);
  card->hidden = facts->removed != 0 || facts->is_template;
  for (guint i = 0; i < BATON_FLOW_N_DIMS; i++)
    {
      note_used (metrics->used[i], card->dims[i]);
      metrics->without[i] |= !card->hidden && card->dims[i] == BATON_FLOW_NONE;
    }
  card->satisfaction = facts->satisfaction != NULL ? (guint) g_ascii_digit_value (facts->satisfaction[0]) : 0;
}

static void
add_call (BatonMetrics *metrics, guint32 card, guint32 person, BatonFlowCallKind kind, gint64 at)
{
  BatonFlowCall call = { at, person, card, kind };

  if (person != BATON_FLOW_NONE)
    g_array_append_val (metrics->flow->calls, call);
}

/* Those of one card that its own moves tell, before they are read again. */
static void
forget_assigned (BatonMetrics *metrics, guint32 card)
{
  GArray *calls = metrics->flow->calls;

  for (guint i = calls->len; i > 0; i--)
    {
      const BatonFlowCall *call = &g_array_index (calls, BatonFlowCall, i - 1);

      if (call->card == card && call->kind == BATON_FLOW_CALL_ASSIGN)
        g_array_remove_index_fast (calls, i - 1);
    }
}

static void
read_card (const BatonCardFacts *facts, gpointer data)
{
  Loading *self = data;
  BatonMetrics *metrics = self->metrics;
  Present present = { baton_metrics_index (&metrics->stages, facts->stage), facts->entered,
    facts->past != NULL, FALSE };
  guint32 card = GPOINTER_TO_UINT (g_hash_table_lookup (metrics->card_ids, facts->id));

  if (card > 0)
    {
      card--;
      forget_assigned (metrics, card);
      metrics->flow->cards[card].n = 0;
      metrics->flow->cards[card].created = facts->created;
    }
  else
    {
      card = baton_flow_add_card (metrics->flow, facts->created);
      g_ptr_array_add (metrics->cards, g_strdup (facts->id));
      g_hash_table_insert (metrics->card_ids, g_ptr_array_index (metrics->cards, card),
          GUINT_TO_POINTER (metrics->cards->len));
    }
  if (self->present->len == 0)
    self->first = card;
  fill_card (metrics, &metrics->flow->cards[card], facts);
  if (facts->past != NULL)
    add_past (self, card, facts->past);
  g_array_append_val (self->present, present);
}

static void
add_enter (BatonMetrics *metrics, guint32 card, guint32 stage, gint64 at, guint32 person, guint8 source)
{
  BatonFlowEvent event = {
    .at = at, .person = person, .stage = (guint16) stage, .type = BATON_FLOW_ENTER, .source = source
  };

  if (stage != BATON_FLOW_NONE)
    baton_flow_add_event (metrics->flow, card, &event);
}

static guint8
source_of (int quality, gboolean live)
{
  switch ((BatonQuality) quality)
    {
    case BATON_QUALITY_EXACT:
      return BATON_FLOW_EXACT;
    case BATON_QUALITY_NONE:
      return live ? BATON_FLOW_EXACT : BATON_FLOW_RECORDED;
    case BATON_QUALITY_RECORDED:
      return BATON_FLOW_RECORDED;
    case BATON_QUALITY_CORRECTED:
    case BATON_QUALITY_CLAMPED:
    default:
      return BATON_FLOW_ESTIMATED;
    }
}

/* Where a card began is told by the first move away from there; what tells of that move made the card as
 * well, or knows no less of it. */
static void
begin_card (Loading *self, guint32 index, const char *stage, guint8 source)
{
  BatonMetrics *metrics = self->metrics;
  Present *present = &g_array_index (self->present, Present, index - self->first);

  if (present->has_first)
    return;
  present->has_first = TRUE;
  if (!present->has_past)
    add_enter (metrics, index, baton_metrics_index (&metrics->stages, stage),
        metrics->flow->cards[index].created, metrics->flow->cards[index].creator, source);
}

static gboolean
event_of (BatonMetrics *metrics, const BatonMove *move, BatonFlowEvent *event)
{
  guint32 stage;

  switch ((int) move->field)
    {
    case BATON_CARD_STAGE:
      stage = baton_metrics_index (&metrics->stages, move->after);
      event->type = stage != BATON_FLOW_NONE ? BATON_FLOW_ENTER : BATON_FLOW_LEAVE;
      event->stage = (guint16) stage;
      return TRUE;
    case BATON_CARD_OWNER:
      event->type = BATON_FLOW_OWNER;
      event->person = baton_metrics_index (&metrics->people, move->after);
      return TRUE;
    case BATON_CARD_RANK:
      event->type = BATON_FLOW_ORDER;
      return TRUE;
    case BATON_CARD_BLOCKED_REASON:
      event->type = move->after != NULL ? BATON_FLOW_BLOCK : BATON_FLOW_UNBLOCK;
      return (move->before == NULL) != (move->after == NULL);
    case BATON_CARD_ARCHIVED:
      event->type = move->after != NULL ? BATON_FLOW_LEAVE : BATON_FLOW_RETURN;
      return TRUE;
    default:
      return FALSE;
    }
}

static void
read_move (const BatonMove *move, gpointer data)
{
  Loading *self = data;
  BatonMetrics *metrics = self->metrics;
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (metrics->card_ids, move->card));
  BatonFlowEvent event = { .at = move->at,
    .person = baton_metrics_index (&metrics->people, move->person),
    .source = source_of (move->quality, move->live) };

  if (index == 0 || index - 1 < self->first || index - 1 - self->first >= self->present->len)
    return;
  if (move->field == BATON_CARD_STAGE)
    begin_card (self, index - 1, move->before, source_of (move->quality, move->live));
  if (move->field == BATON_CARD_OWNER && move->person != NULL && g_strcmp0 (move->person, move->after) != 0)
    add_call (metrics, index - 1, baton_metrics_index (&metrics->people, move->after), BATON_FLOW_CALL_ASSIGN,
        move->at);
  if (event_of (metrics, move, &event))
    baton_flow_add_event (metrics->flow, index - 1, &event);
}

/* Of a card that never moved: when it was made is when it came in, unless it came from elsewhere since. */
static guint8
origin_of (Loading *self, BatonReader *reader, guint32 index)
{
  const Present *present = &g_array_index (self->present, Present, index - self->first);
  int quality;
  gboolean live;

  if (present->entered != self->metrics->flow->cards[index].created ||
      !baton_reader_card_origin (reader, g_ptr_array_index (self->metrics->cards, index), &quality, &live))
    return BATON_FLOW_ESTIMATED;
  return source_of (quality, live);
}

/* What the log of this board does not tell (a card that never moved, or that came from another board) is
 * taken from the card itself. */
static void
complete_card (Loading *self, BatonReader *reader, guint32 index)
{
  BatonMetrics *metrics = self->metrics;
  const Present *present = &g_array_index (self->present, Present, index - self->first);
  BatonFlowCard *card = &metrics->flow->cards[index];
  guint32 last = BATON_FLOW_NONE;

  if (!present->has_past && !present->has_first)
    add_enter (metrics, index, present->stage, card->created, card->creator, origin_of (self, reader, index));
  card = &metrics->flow->cards[index];
  for (guint32 i = 0; i < card->n; i++)
    {
      const BatonFlowEvent *event = &baton_flow_events (metrics->flow, card)[i];

      if (event->type == BATON_FLOW_ENTER)
        last = event->stage;
    }
  if (last != present->stage)
    add_enter (metrics, index, present->stage, MAX (present->entered, card->created), BATON_FLOW_NONE,
        BATON_FLOW_ESTIMATED);
  baton_flow_derive (metrics->flow, index);
}

gboolean
baton_metrics_load_cards (BatonMetrics *metrics, BatonReader *reader, const char *card, GError **error)
{
  g_autofree Loading *self = g_new0 (Loading, 1);
  g_autoptr (GArray) present = g_array_new (FALSE, FALSE, sizeof (Present));

  self->metrics = metrics;
  self->present = present;
  if (!baton_reader_card_facts (reader, metrics->board, card, read_card, self, error) ||
      !baton_reader_moves (reader, metrics->board, card, read_move, self, error))
    return FALSE;
  for (guint i = 0; i < present->len; i++)
    complete_card (self, reader, self->first + i);
  baton_flow_note_span (metrics->flow);
  return TRUE;
}

static guint32
reason_of (BatonMetrics *metrics, GHashTable *notes, const char *review)
{
  const char *note = g_hash_table_lookup (notes, review);
  g_autofree char *line = note != NULL ? g_strndup (note, strcspn (note, "\n")) : NULL;
  guint32 index = baton_metrics_index (&metrics->reasons, line);

  if (line == NULL || *line == '\0')
    return BATON_FLOW_NONE;
  return index != BATON_FLOW_NONE ? index : baton_metrics_names_add (&metrics->reasons, line, line);
}

/* people: a set; whoever calls is not called. */
static void
add_calls (BatonMetrics *metrics, guint32 card, const char *people, const char *caller,
    BatonFlowCallKind kind, gint64 at)
{
  g_auto (GStrv) ids = baton_set_split (people);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      if (g_strcmp0 (ids[i], caller) != 0)
        add_call (metrics, card, baton_metrics_index (&metrics->people, ids[i]), kind, at);
    }
}

static void
add_review (BatonMetrics *metrics, const BatonRow *row, GHashTable *notes)
{
  const char *card = baton_row_text (row, BATON_REVIEW_CARD);
  guint index = card != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (metrics->card_ids, card)) : 0;
  gint64 closed = baton_row_int (row, BATON_REVIEW_CLOSED);
  gint64 ends = baton_row_int (row, BATON_REVIEW_ENDS);
  BatonFlowReview review = { .card = index - 1,
    .asked = baton_row_int (row, BATON_REVIEW_CREATED),
    .closed = closed != 0 ? closed : BATON_FLOW_NEVER,
    .ends = ends != 0 ? ends : BATON_FLOW_NEVER,
    .changes = g_strcmp0 (baton_row_text (row, BATON_REVIEW_OUTCOME), "changes_requested") == 0,
    .reason = BATON_FLOW_NONE };

  /* A request that a later version made void was never decided. */
  if (index == 0 || baton_row_int (row, BATON_REVIEW_REMOVED) != 0 ||
      baton_row_text (row, BATON_REVIEW_SUPERSEDED) != NULL)
    return;
  if (review.changes)
    review.reason = reason_of (metrics, notes, row->id);
  g_array_append_val (metrics->flow->reviews, review);
  add_calls (metrics, review.card, baton_row_text (row, BATON_REVIEW_REVIEWERS), NULL, BATON_FLOW_CALL_REVIEW,
      review.asked);
}

static void
read_mention (const char *card, const char *author, const char *people, gint64 at, gpointer data)
{
  BatonMetrics *metrics = data;
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (metrics->card_ids, card));

  if (index > 0)
    add_calls (metrics, index - 1, people, author, BATON_FLOW_CALL_MENTION, at);
}

gboolean
baton_metrics_load_mentions (BatonMetrics *metrics, BatonReader *reader, GError **error)
{
  return baton_reader_mentions (reader, metrics->board, read_mention, metrics, error);
}

gboolean
baton_metrics_load_reviews (BatonMetrics *metrics, BatonReader *reader, GError **error)
{
  g_autoptr (GPtrArray) reviews =
      baton_reader_rows (reader, BATON_ENTITY_REVIEW, BATON_FIELD_NONE, NULL, TRUE, error);
  g_autoptr (GPtrArray) decisions = NULL;
  g_autoptr (GHashTable) notes = g_hash_table_new (g_str_hash, g_str_equal);

  if (reviews == NULL)
    return FALSE;
  decisions = baton_reader_rows (reader, BATON_ENTITY_DECISION, BATON_FIELD_NONE, NULL, FALSE, error);
  if (decisions == NULL)
    return FALSE;
  for (guint i = 0; i < decisions->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (decisions, i);

      if (g_strcmp0 (baton_row_text (row, BATON_DECISION_DECISION), "changes_requested") == 0 &&
          baton_row_text (row, BATON_DECISION_NOTE) != NULL)
        g_hash_table_insert (notes, (char *) baton_row_text (row, BATON_DECISION_REVIEW),
            (char *) baton_row_text (row, BATON_DECISION_NOTE));
    }
  g_array_set_size (metrics->flow->reviews, 0);
  for (guint i = 0; i < reviews->len; i++)
    add_review (metrics, g_ptr_array_index (reviews, i), notes);
  return TRUE;
}
