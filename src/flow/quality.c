/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "quality.h"

/* What one card did in one stage. */
typedef struct
{
  guint visits;
  gboolean went_back;
  gboolean in_period; /* it first came in the period */
} Stay;

/* The reviews of each card, in their order, so that each move back need not look through all of them. */
typedef struct
{
  GHashTable *first; /* card → its first review + 1 */
  guint *next;       /* review → the card's next one + 1 */
} ReviewIndex;

static void
review_index_init (ReviewIndex *index, const BatonFlow *flow)
{
  index->first = g_hash_table_new (NULL, NULL);
  index->next = g_new0 (guint, flow->reviews->len + 1);
  for (guint i = flow->reviews->len; i > 0; i--)
    {
      gpointer card = GUINT_TO_POINTER (g_array_index (flow->reviews, BatonFlowReview, i - 1).card);

      index->next[i - 1] = GPOINTER_TO_UINT (g_hash_table_lookup (index->first, card));
      g_hash_table_insert (index->first, card, GUINT_TO_POINTER (i));
    }
}

static void
review_index_clear (ReviewIndex *index)
{
  g_hash_table_unref (index->first);
  g_free (index->next);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReviewIndex, review_index_clear)

/* Without an index all reviews are looked through, which is quicker for a single card. */
static guint32
reason_at (const BatonFlow *flow, const ReviewIndex *index, guint32 card, gint64 at)
{
  const BatonFlowReview *best = NULL;
  guint i =
      index != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (index->first, GUINT_TO_POINTER (card))) : 1;

  while (i > 0 && i <= flow->reviews->len)
    {
      const BatonFlowReview *review = &g_array_index (flow->reviews, BatonFlowReview, i - 1);

      if (review->card == card && review->changes && review->closed != BATON_FLOW_NEVER &&
          review->closed <= at && (best == NULL || best->closed <= review->closed))
        best = review;
      i = index != NULL ? index->next[i - 1] : i + 1;
    }
  return best != NULL ? best->reason : BATON_FLOW_NONE;
}

static void
put_rework (BatonFlowQuality *quality, const BatonFlowRework *what, gboolean in)
{
  guint i;

  quality->reworks += in ? 1 : -1;
  for (i = 0; i < quality->rework->len; i++)
    {
      BatonFlowRework *rework = &g_array_index (quality->rework, BatonFlowRework, i);

      if (rework->from != what->from || rework->to != what->to || rework->reason != what->reason)
        continue;
      rework->count += in ? 1 : -1;
      if (rework->count == 0)
        g_array_remove_index_fast (quality->rework, i);
      return;
    }
  g_array_append_val (quality->rework, *what);
}

static void
move (BatonFlowQuality *quality, const BatonFlowView *view, const ReviewIndex *reviews, guint32 index,
    Stay *stays, guint16 from, const BatonFlowEvent *event, gboolean in)
{
  const BatonFlow *flow = view->flow;
  gboolean back = from != BATON_FLOW_NO_STAGE && flow->places[event->stage] < flow->places[from];
  Stay *stay = &stays[event->stage];

  if (stay->visits++ == 0)
    stay->in_period = baton_flow_view_in_period (view, event->at);
  if (!back)
    return;
  stays[from].went_back = TRUE;
  if (baton_flow_is_work (baton_flow_kind (flow, event->stage)) &&
      baton_flow_view_in_period (view, event->at))
    {
      BatonFlowRework rework = { from, event->stage, reason_at (flow, reviews, index, event->at), 1 };

      put_rework (quality, &rework, in);
    }
}

static void
put (BatonFlowQuality *quality, const BatonFlowView *view, const ReviewIndex *reviews, guint32 index,
    Stay *stays, gboolean in)
{
  const BatonFlowCard *card = &view->flow->cards[index];
  const BatonFlowEvent *events = baton_flow_events (view->flow, card);
  guint16 stage = BATON_FLOW_NO_STAGE;

  if (!baton_flow_view_has (view, card))
    return;
  for (guint i = 0; i < quality->n_stages; i++)
    stays[i] = (Stay){ 0 };
  for (guint32 i = 0; i < card->n && events[i].at < view->to; i++)
    {
      if (events[i].type != BATON_FLOW_ENTER || events[i].stage == stage)
        continue;
      move (quality, view, reviews, index, stays, stage, &events[i], in);
      stage = events[i].stage;
    }
  for (guint i = 0; i < quality->n_stages; i++)
    {
      if (!stays[i].in_period || (stage == i && stays[i].visits == 1))
        continue;
      quality->yields[i].left += in ? 1 : -1;
      if (stays[i].visits == 1 && !stays[i].went_back)
        quality->yields[i].passed += in ? 1 : -1;
    }
}

void
baton_flow_quality_put (BatonFlowQuality *quality, const BatonFlowView *view, guint32 card, gboolean in)
{
  g_autofree Stay *stays = g_new (Stay, quality->n_stages + 1);

  put (quality, view, NULL, card, stays, in);
}

BatonFlowQuality *
baton_flow_quality_new (const BatonFlowView *view)
{
  BatonFlowQuality *quality = g_new0 (BatonFlowQuality, 1);
  g_autofree Stay *stays = g_new (Stay, view->flow->n_stages + 1);
  g_auto (ReviewIndex) reviews = { 0 };

  review_index_init (&reviews, view->flow);
  quality->n_stages = view->flow->n_stages;
  quality->yields = g_new0 (BatonFlowYield, quality->n_stages + 1);
  quality->rework = g_array_new (FALSE, FALSE, sizeof (BatonFlowRework));
  for (guint32 i = 0; i < view->flow->n_cards; i++)
    put (quality, view, &reviews, i, stays, TRUE);
  return quality;
}

void
baton_flow_quality_free (BatonFlowQuality *quality)
{
  g_free (quality->yields);
  g_array_unref (quality->rework);
  g_free (quality);
}

double
baton_flow_yield (const BatonFlowYield *yield)
{
  return yield->left > 0 ? (double) yield->passed / yield->left : -1;
}

double
baton_flow_quality_rolled (const BatonFlowQuality *quality, const BatonFlow *flow)
{
  double rolled = 1;
  gboolean any = FALSE;

  for (guint i = 0; i < quality->n_stages; i++)
    {
      if (!baton_flow_is_work (flow->stages[i].kind) || quality->yields[i].left == 0)
        continue;
      rolled *= baton_flow_yield (&quality->yields[i]);
      any = TRUE;
    }
  return any ? rolled : -1;
}

/* How long a visit may be. */
typedef struct
{
  gint64 usual;                /* 0: as long as it likes */
  const BatonFlowHours *hours; /* NULL: all */
} Window;

/* within: whether it was, or still is, within its window. */
static void
count_review (BatonFlowReviews *reviews, const BatonFlowView *view, guint32 card, gint64 asked, gint64 closed,
    gboolean has_window, gboolean within, gboolean changes)
{
  if (closed == BATON_FLOW_NEVER)
    {
      reviews->open++;
      reviews->overdue += has_window && !within;
      return;
    }
  if (!baton_flow_view_in_period (view, closed))
    return;
  baton_flow_sample_add (&reviews->turnaround, baton_flow_view_between (view, asked, closed));
  g_array_append_val (reviews->cards, card);
  reviews->changes += changes;
  reviews->with_window += has_window;
  reviews->in_time += has_window && within;
}

static void
count_visit (BatonFlowReviews *reviews, const BatonFlowView *view, const Window *window, guint32 card,
    gint64 asked, gint64 closed, gboolean changes)
{
  gint64 until = closed != BATON_FLOW_NEVER ? closed : view->now;
  gint64 took = window->hours != NULL ? baton_flow_hours_clock (window->hours, until) -
                                            baton_flow_hours_clock (window->hours, asked)
                                      : until - asked;

  count_review (reviews, view, card, asked, closed, window->usual > 0, took <= window->usual, changes);
}

static void
count_visits (BatonFlowReviews *reviews, const BatonFlowView *view, const Window *window, guint32 index)
{
  const BatonFlow *flow = view->flow;
  const BatonFlowCard *card = &flow->cards[index];
  const BatonFlowEvent *events = baton_flow_events (flow, card);
  guint16 stage = BATON_FLOW_NO_STAGE;
  gint64 queued = BATON_FLOW_NEVER;
  gint64 asked = BATON_FLOW_NEVER;

  for (guint32 i = 0; i < card->n; i++)
    {
      const BatonFlowEvent *event = &events[i];
      BatonFlowKind kind;

      if (event->type != BATON_FLOW_ENTER || event->stage == stage)
        continue;
      kind = baton_flow_kind (flow, event->stage);
      if (asked != BATON_FLOW_NEVER && kind != BATON_FLOW_REVIEW)
        {
          count_visit (reviews, view, window, index, asked, event->at,
              flow->places[event->stage] < flow->places[stage]);
          asked = BATON_FLOW_NEVER;
        }
      else if (asked == BATON_FLOW_NEVER && kind == BATON_FLOW_REVIEW)
        asked = queued != BATON_FLOW_NEVER ? queued : event->at;
      if (kind != BATON_FLOW_QUEUE)
        queued = BATON_FLOW_NEVER;
      else if (queued == BATON_FLOW_NEVER)
        queued = event->at;
      stage = event->stage;
    }
  if (asked != BATON_FLOW_NEVER && card->left == BATON_FLOW_NEVER)
    count_visit (reviews, view, window, index, asked, BATON_FLOW_NEVER, FALSE);
}

BatonFlowReviews *
baton_flow_reviews_new (const BatonFlowView *view, gint64 usual, const BatonFlowHours *window_hours)
{
  const Window window = { usual, window_hours };
  BatonFlowReviews *reviews = g_new0 (BatonFlowReviews, 1);
  const BatonFlow *flow = view->flow;

  reviews->cards = g_array_new (FALSE, FALSE, sizeof (guint32));
  reviews->from_requests = flow->reviews->len > 0;
  for (guint i = 0; i < flow->reviews->len; i++)
    {
      const BatonFlowReview *review = &g_array_index (flow->reviews, BatonFlowReview, i);

      gint64 until = review->closed != BATON_FLOW_NEVER ? review->closed : view->now;

      if (baton_flow_view_has (view, &flow->cards[review->card]))
        count_review (reviews, view, review->card, review->asked, review->closed,
            review->ends != BATON_FLOW_NEVER, until <= review->ends, review->changes);
    }
  for (guint32 i = 0; i < flow->n_cards && !reviews->from_requests; i++)
    {
      if (baton_flow_view_has (view, &flow->cards[i]))
        count_visits (reviews, view, &window, i);
    }
  return reviews;
}

void
baton_flow_reviews_free (BatonFlowReviews *reviews)
{
  baton_flow_sample_clear (&reviews->turnaround);
  g_array_unref (reviews->cards);
  g_free (reviews);
}
