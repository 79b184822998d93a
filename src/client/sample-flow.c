/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "sample-private.h"

/* The office, a quarter of an hour at a time. Makers pull from the queue when they have a hand free and work
 * on one thing at a time, rework first; the brand lead has only the afternoons for reviews, which makes
 * review the bottleneck; the project manager refills the queue, publishes twice a week and tidies up on
 * Fridays. */

#define STEP 15.0
#define THEME_DAYS 7
#define QUEUE_FULL 9
#define REVIEWS_AT_ONCE 3
#define REVIEW_FULL 8
#define HELD_BACK 0.4 /* its day has not come */
#define ARCHIVE_AFTER (7 * SAMPLE_DAY)
#define REVIEW_WORK 82.0
#define LEGAL_WORK 30.0

static SampleCard *
card_at (Sample *sample, guint index)
{
  return g_ptr_array_index (sample->cards, index);
}

/* A moment within the step. */
static double
soon (Sample *sample, double minute)
{
  return minute + (STEP - 2) * sample_random (sample);
}

static guint
count_in (Sample *sample, guint stage)
{
  guint n = 0;

  for (guint i = 0; i < sample->cards->len; i++)
    n += card_at (sample, i)->stage == stage;
  return n;
}

/* Who came first, the fast lane before all; maker N_PEOPLE: anybody's. */
static SampleCard *
next_in (Sample *sample, guint stage, guint maker, double minute)
{
  SampleCard *best = NULL;

  for (guint i = 0; i < sample->cards->len; i++)
    {
      SampleCard *card = card_at (sample, i);

      /* What came in this very step stays until the next. */
      if (card->stage != stage || card->blocked_until > 0 || card->entered >= minute ||
          (maker != N_PEOPLE && card->what->maker != maker))
        continue;
      if (best == NULL || (card->fast && !best->fast) ||
          (card->fast == best->fast && card->entered < best->entered))
        best = card;
    }
  return best;
}

static gboolean
may_start (Sample *sample, const SampleCard *card)
{
  return card->waits_for == 0 || card_at (sample, card->waits_for - 1)->stage >= READY_TO_PUBLISH;
}

static void
arrive (Sample *sample, double minute)
{
  guint theme = (guint) (minute / SAMPLE_DAY) / THEME_DAYS;
  double of_theme = minute - theme * THEME_DAYS * SAMPLE_DAY;
  double chance = STEP / (3.2 * SAMPLE_DAY);
  guint first = sample->cards->len;

  if (theme >= sample_n_themes || of_theme > 6 * SAMPLE_DAY)
    return;
  for (guint i = 0; i < sample_n_deliverables; i++)
    {
      const SampleDeliverable *what = &sample_deliverables[i];
      gboolean there = FALSE;
      guint key = G_MAXUINT;
      SampleCard *card;

      for (guint j = 0; j < sample->cards->len; j++)
        {
          there = there ||
                  (card_at (sample, j)->theme == &sample_themes[theme] && card_at (sample, j)->what == what);
          if (card_at (sample, j)->theme == &sample_themes[theme] &&
              card_at (sample, j)->what == &sample_deliverables[0])
            key = j;
        }
      /* The key visual comes first; the rest over the week. */
      if (there || (i == 0 ? of_theme < 60 : key == G_MAXUINT || sample_random (sample) > chance))
        continue;
      card = sample_card_add (
          sample, &sample_themes[theme], what, i > 0 && sample_random (sample) < 0.05, soon (sample, minute));
      if (i > 0 && key < first && !card->fast && sample_random (sample) < 0.3)
        sample_card_wait_for (sample, card, key, card->created + 1);
    }
}

/* Two people come running on the last days; a board without that would not be true. */
static void
arrive_urgent (Sample *sample, double minute)
{
  static const double days_ago[] = { 2.6, 1.4, 0.4 };

  for (guint i = 0; i < G_N_ELEMENTS (days_ago); i++)
    {
      double when = sample->end - days_ago[i] * SAMPLE_DAY;

      if (when >= minute && when < minute + STEP)
        sample_card_add (sample, &sample_themes[sample_n_themes - 1 - i],
            &sample_deliverables[sample_n_deliverables - 1 - i], TRUE, soon (sample, minute));
    }
}

static void
replenish (Sample *sample, double minute)
{
  double of_day = minute - (guint) (minute / SAMPLE_DAY) * SAMPLE_DAY;
  guint weekday = sample_weekday (sample, minute);
  gboolean time_to = of_day >= 30 && of_day < 30 + STEP && weekday % 2 == 1;
  guint there = count_in (sample, READY_FOR_DESIGN);

  for (guint i = 0; i < sample->cards->len; i++)
    {
      SampleCard *card = card_at (sample, i);

      if (card->stage != BACKLOG || card->entered >= minute || !may_start (sample, card) ||
          (!card->fast && (!time_to || there >= QUEUE_FULL || minute - card->created < 1.2 * SAMPLE_DAY)))
        continue;
      sample_card_move (sample, card, READY_FOR_DESIGN, MARA, soon (sample, minute));
      there++;
    }
}

static void
pull (Sample *sample, guint maker, double minute)
{
  SampleCard *card = next_in (sample, READY_FOR_DESIGN, maker, minute);
  double when;

  /* Most of the time people see that review is full and help there instead of beginning something new. */
  if (card == NULL ||
      (!card->fast && count_in (sample, READY_FOR_REVIEW) >= REVIEW_FULL && sample_random (sample) < 0.97))
    return;
  when = soon (sample, minute);
  sample_card_tick_criteria (sample, card, maker, when);
  sample_card_move (sample, card, IN_DESIGN, maker, when + 0.5);
  card->work = sample_work (sample, card->what->work);
  if (!card->fast && sample_random (sample) < 0.09)
    sample_card_block (sample, card, when + 1.2, when + (0.8 + 2.5 * sample_random (sample)) * SAMPLE_DAY);
}

static void
finish_design (Sample *sample, SampleCard *card, guint maker, double minute)
{
  double when = soon (sample, minute);

  while (card->n_ticked < card->n_items)
    {
      sample_card_tick_item (sample, card, when);
      when += 0.2;
    }
  if (card->rounds == 0)
    sample_card_tick_criteria (sample, card, maker, when);
  if (sample_random (sample) < 0.35)
    sample_card_comment (sample, card, maker,
        sample_maker_comments[(guint) (sample_random (sample) * sample_n_maker_comments)], when + 0.3);
  sample_card_move (sample, card, READY_FOR_REVIEW, maker, when + 0.6);
}

static void
make (Sample *sample, guint maker, double minute)
{
  SampleCard *card = next_in (sample, IN_DESIGN, maker, minute);

  if (card == NULL)
    {
      pull (sample, maker, minute);
      return;
    }
  card->work -= STEP;
  if (card->work <= 0)
    finish_design (sample, card, maker, minute);
  else if (card->n_ticked + 1 < card->n_items && sample_random (sample) < 0.05)
    sample_card_tick_item (sample, card, soon (sample, minute));
}

static void
decide (Sample *sample, SampleCard *card, double minute)
{
  double chance = card->rounds == 0 ? 0.32 : card->rounds == 1 ? 0.14 : 0;
  double when = soon (sample, minute);

  if (sample_random (sample) < chance)
    {
      sample_card_comment (sample, card, PRIYA,
          sample_rework_comments[(guint) (sample_random (sample) * sample_n_rework_comments)], when);
      sample_card_move (sample, card, IN_DESIGN, PRIYA, when + 0.4);
      card->rounds++;
      card->work = sample_work (sample, card->what->work * 0.45);
      return;
    }
  if (card->legal && card->rounds == 0)
    sample_card_comment (sample, card, HENRIK, sample_approval_comments[0], when);
  else if (sample_random (sample) < 0.3)
    sample_card_comment (sample, card, PRIYA,
        sample_approval_comments[1 + (guint) (sample_random (sample) * (sample_n_approval_comments - 1))],
        when);
  sample_card_tick_criteria (sample, card, PRIYA, when + 0.2);
  sample_card_move (sample, card, READY_TO_PUBLISH, PRIYA, when + 0.5);
}

/* In the afternoons, and not in the week when the brand lead is away. */
static void
review (Sample *sample, double minute)
{
  guint day = (guint) (minute / SAMPLE_DAY);
  gboolean here = minute - day * SAMPLE_DAY >= SAMPLE_DAY / 2 && (day < 45 || day >= 50);
  SampleCard *card;

  if (!here)
    return;
  while (count_in (sample, IN_REVIEW) < REVIEWS_AT_ONCE &&
         (card = next_in (sample, READY_FOR_REVIEW, N_PEOPLE, minute)) != NULL)
    {
      sample_card_move (sample, card, IN_REVIEW, PRIYA, soon (sample, minute));
      card->work = sample_work (sample, REVIEW_WORK + (card->legal ? LEGAL_WORK : 0));
    }
  card = next_in (sample, IN_REVIEW, N_PEOPLE, minute);
  if (card == NULL)
    return;
  card->work -= STEP;
  if (card->work <= 0)
    decide (sample, card, minute);
}

static void
publish (Sample *sample, double minute)
{
  double of_day = minute - (guint) (minute / SAMPLE_DAY) * SAMPLE_DAY;
  guint weekday = sample_weekday (sample, minute);
  gboolean time_to = of_day >= 60 && of_day < 60 + STEP && (weekday == 2 || weekday == 4);

  for (guint i = 0; i < sample->cards->len; i++)
    {
      SampleCard *card = card_at (sample, i);
      double when;

      if (card->stage != READY_TO_PUBLISH || card->entered >= minute || (!time_to && !card->fast) ||
          (!card->fast && sample_random (sample) < HELD_BACK))
        continue;
      when = soon (sample, minute);
      sample_card_tick_criteria (sample, card, MARA, when);
      sample_card_move (sample, card, PUBLISHED, card->what->maker == CLAIRE ? CLAIRE : MARA, when + 0.5);
      sample_card_answer (sample, card, i, when + 0.75);
    }
}

static void
tidy_up (Sample *sample, double minute)
{
  double of_day = minute - (guint) (minute / SAMPLE_DAY) * SAMPLE_DAY;
  BatonOp *op = NULL;

  if (of_day < 420 || of_day >= 420 + STEP || sample_weekday (sample, minute) != 5)
    return;
  for (guint i = 0; i < sample->cards->len; i++)
    {
      SampleCard *card = card_at (sample, i);

      if (card->stage != PUBLISHED || card->archived || minute - card->entered < ARCHIVE_AFTER)
        continue;
      if (op == NULL)
        op = sample_op (sample, BATON_VERB_CARD_ARCHIVE, MARA, soon (sample, minute));
      baton_op_add_id (op, card->id);
      card->archived = TRUE;
    }
}

static void
unblock (Sample *sample, double minute)
{
  for (guint i = 0; i < sample->cards->len; i++)
    {
      SampleCard *card = card_at (sample, i);

      if (card->blocked_until > 0 && card->blocked_until < minute)
        sample_card_unblock (sample, card, soon (sample, minute));
    }
}

/* Something is always stuck: what is being made, and what waits to be. */
static void
block_some (Sample *sample)
{
  static const guint stages[] = { IN_DESIGN, READY_FOR_DESIGN, READY_FOR_DESIGN, READY_FOR_REVIEW };
  double ago = 20;

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      SampleCard *card = NULL;

      for (guint j = 0; j < sample->cards->len && card == NULL; j++)
        {
          SampleCard *other = card_at (sample, j);

          if (other->stage == stages[i] && !other->fast && other->blocked_until == 0 &&
              other->entered < sample->end - 30)
            card = other;
        }
      if (card == NULL)
        continue;
      sample_card_block (sample, card, MAX (card->entered + 2, sample->end - ago), G_MAXDOUBLE);
      ago += 130;
    }
}

void
sample_simulate (Sample *sample)
{
  for (double minute = 60; minute + STEP <= sample->end; minute += STEP)
    {
      arrive (sample, minute);
      arrive_urgent (sample, minute);
      unblock (sample, minute);
      replenish (sample, minute);
      publish (sample, minute);
      review (sample, minute);
      for (guint person = 0; person < N_PEOPLE; person++)
        {
          if (person != MARA && person != PRIYA && person != HENRIK)
            make (sample, person, minute);
        }
      tidy_up (sample, minute);
    }
  block_some (sample);
}
