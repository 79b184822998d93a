/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "fit-visits.h"
#include "hours.h"
#include "random.h"
#include "team-fit.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#define HOUR (3600 * (gint64) G_USEC_PER_SEC)
#define DAY (24 * HOUR)
#define MONDAY (4 * DAY) /* 5 January 1970 */

enum
{
  BRIEF,
  DESIGN,
  WAITING,
  REVIEW,
  DONE,
  N_STAGES
};

enum
{
  ANN,
  BEN,
  CEM
};

typedef struct
{
  BatonFlow *flow;
  BatonFlowView *view;
  BatonFlowHours *hours;
  GTimeZone *zone;
  GPtrArray *stages;
  GPtrArray *people;
} Board;

static GPtrArray *
names (const char *first, ...)
{
  GPtrArray *array = g_ptr_array_new ();
  va_list args;

  va_start (args, first);
  for (const char *name = first; name != NULL; name = va_arg (args, const char *))
    g_ptr_array_add (array, (gpointer) name);
  va_end (args);
  return array;
}

static void
board_init (Board *board, const char *hours)
{
  const BatonFlowStage stages[N_STAGES] = { { .kind = BATON_FLOW_BACKLOG }, { .kind = BATON_FLOW_ACTIVE },
    { .kind = BATON_FLOW_QUEUE }, { .kind = BATON_FLOW_REVIEW }, { .kind = BATON_FLOW_DONE } };

  board->flow = baton_flow_new (stages, N_STAGES);
  board->zone = g_time_zone_new_utc ();
  board->hours = baton_flow_hours_new (hours, board->zone, 0, 4000 * DAY);
  board->view = baton_flow_view_new (board->flow, 3000 * DAY, board->zone);
  board->stages = names ("Brief", "Design", "Waiting", "Review", "Done", NULL);
  board->people = names ("Ann", "Ben", "Cem", NULL);
}

static void
board_clear (Board *board)
{
  baton_flow_view_free (board->view);
  baton_flow_hours_free (board->hours);
  baton_flow_free (board->flow);
  g_time_zone_unref (board->zone);
  g_ptr_array_unref (board->stages);
  g_ptr_array_unref (board->people);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Board, board_clear)

static void
enter (Board *board, guint32 card, guint16 stage, guint32 person, gint64 at)
{
  baton_flow_add_event (board->flow, card,
      &(BatonFlowEvent){ .at = at, .person = person, .stage = stage, .type = BATON_FLOW_ENTER });
}

/* Ann has one card from 9 to 13 h and a second from 11 to 15 h: 2 h alone, 2 h shared, 2 h alone, so each
 * took three hours. A third lies in her hands from Friday 16 h to Monday 10 h: two working hours. */
static void
test_shared_hands (void)
{
  g_auto (Board) board = { 0 };
  const gint64 from[] = { 9 * HOUR, 11 * HOUR, 4 * DAY + 16 * HOUR };
  const gint64 to[] = { 13 * HOUR, 15 * HOUR, 7 * DAY + 10 * HOUR };
  const double work[] = { 3, 3, 2 };
  g_autoptr (GArray) visits = NULL;

  board_init (&board, "mon-fri 09:00-17:00");
  for (guint i = 0; i < 3; i++)
    {
      guint32 card = baton_flow_add_card (board.flow, MONDAY);

      enter (&board, card, DESIGN, ANN, MONDAY + from[i]);
      enter (&board, card, DONE, ANN, MONDAY + to[i]);
    }
  baton_flow_derive_all (board.flow);
  visits = fit_visits (board.view, board.hours);
  g_assert_cmpuint (visits->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (g_array_index (visits, FitVisit, i).work, work[i] * 3600, 1e-6);
}

/* Each card: two hours of design, an hour in the queue, half an hour of review; every fifth goes back once,
 * where it takes an hour and another review. One card a day. */
static void
add_history (Board *board, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      gint64 at = MONDAY + (gint64) (i / 5 * 7 + i % 5) * DAY + 9 * HOUR;
      guint32 card = baton_flow_add_card (board->flow, at - HOUR);

      enter (board, card, BRIEF, CEM, at - HOUR);
      enter (board, card, DESIGN, ANN, at);
      enter (board, card, WAITING, ANN, at + 2 * HOUR);
      enter (board, card, REVIEW, BEN, at + 3 * HOUR);
      if (i % 5 == 0)
        {
          enter (board, card, DESIGN, ANN, at + 3 * HOUR + HOUR / 2);
          enter (board, card, REVIEW, BEN, at + 4 * HOUR + HOUR / 2);
          at += HOUR + HOUR / 2;
        }
      enter (board, card, DONE, BEN, at + 3 * HOUR + HOUR / 2);
    }
  baton_flow_derive_all (board->flow);
}

static BatonTeamFit *
fit (const Board *board)
{
  return baton_team_fit (&(BatonTeamFitInput){ .view = board->view,
      .hours = board->hours,
      .stage_names = board->stages,
      .people_names = board->people,
      .name = "Team",
      .seed = 4,
      .threads = 2 });
}

static void
test_fitted (void)
{
  g_auto (Board) board = { 0 };
  g_autoptr (BatonTeamFit) result = NULL;
  g_autofree char *words = NULL;
  const BatonTeam *team;

  board_init (&board, "mon-thu 09:00-17:30; fri 09:00-17:30");
  add_history (&board, 100);
  result = fit (&board);
  team = result->team;
  g_assert_nonnull (team);
  g_assert_cmpuint (result->n_cards, ==, 100);
  g_assert_cmpuint (result->n_visits, ==, 240);
  g_assert_cmpuint (team->stages->len, ==, 2);
  g_assert_cmpuint (team->people->len, ==, 2);
  g_assert_cmpstr (baton_team_person (team, 0)->name, ==, "Ann");
  g_assert_cmpuint (baton_team_person (team, 0)->weekdays, ==, 0x1f);
  g_assert_cmpuint (baton_team_person (team, 0)->from, ==, 540);
  g_assert_cmpuint (baton_team_person (team, 1)->to, ==, 1050);
  g_assert_cmpstr (baton_team_stage (team, 0)->name, ==, "Design");
  g_assert_true (baton_team_stage (team, 1)->review);
  g_assert_cmpfloat_with_epsilon (baton_dist_mean (&baton_team_stage (team, 0)->work), 7200, 1e-6);
  g_assert_cmpfloat_with_epsilon (baton_dist_mean (&baton_team_stage (team, 1)->work), 1800, 1e-6);
  g_assert_cmpfloat (baton_team_stage (team, 1)->visit, ==, 1);
  /* 20 of 120 reviews were sent back; design took an hour then instead of two. */
  g_assert_cmpfloat_with_epsilon (baton_team_stage (team, 1)->rework, 20.0 / 120, 1e-9);
  g_assert_cmpuint (baton_team_stage (team, 1)->rework_to, ==, 0);
  g_assert_cmpfloat (baton_team_stage (team, 0)->rework, ==, 0);
  g_assert_cmpfloat_with_epsilon (baton_team_stage (team, 0)->rework_work, 0.5, 1e-9);
  /* Five cards a week; the last Friday has no weekend behind it. */
  g_assert_cmpfloat (fabs (team->arrivals - 5), <, 0.2);
  words = baton_team_fit_words (result);
  g_test_message ("%s", words);
  for (guint i = 0; i < BATON_N_WAYS; i++)
    {
      const BatonTeamLikeness *likeness = &result->likeness[i];

      g_assert_cmpfloat_with_epsilon (likeness->median.seen, 3.5 * 3600e6, 1);
      g_assert_cmpfloat_with_epsilon (likeness->wait_share.seen, 100.0 / (80 * 3.5 + 20 * 5), 1e-9);
      g_assert_cmpfloat (likeness->distance, <=, 1);
      g_assert_cmpint (
          likeness->alike, ==, likeness->distance <= result->likeness[team->present].distance + 0.052);
      g_assert_cmpfloat (fabs (likeness->throughput.simulated / likeness->throughput.seen - 1), <, 0.1);
    }
}

/* Two ways that are about as near to the past are both named, and neither alone. */
static void
test_alike_words (void)
{
  BatonTeam team = { .present = BATON_WAY_ASYNC };
  BatonTeamFit told = { .team = &team, .verdict = BATON_LIKENESS_GOOD };
  const double distances[] = { 0.4, 0.107, 0.088 };
  g_autofree char *two = NULL;
  g_autofree char *one = NULL;
  g_autofree char *poor = NULL;

  for (guint i = 0; i < BATON_N_WAYS; i++)
    told.likeness[i] = (BatonTeamLikeness){ .way = (BatonWay) i, .distance = distances[i], .alike = i > 0 };
  two = baton_team_fit_alike_words (&told);
  g_assert_nonnull (strstr (two, "“Queues and checkpoints” (11 %), “Queues and notifications” (9 %)"));
  g_assert_null (strstr (two, "Linear"));
  told.verdict = BATON_LIKENESS_POOR;
  poor = baton_team_fit_alike_words (&told);
  g_assert_null (poor);
  told.verdict = BATON_LIKENESS_GOOD;
  told.likeness[BATON_WAY_HYBRID].alike = FALSE;
  one = baton_team_fit_alike_words (&told);
  g_assert_null (one);
}

/* A handoff that the team has marked is handed over so in the mixture; without a mark there is none. */
static void
test_marked (void)
{
  for (guint sync = 0; sync < 2; sync++)
    {
      g_auto (Board) board = { 0 };
      g_autoptr (BatonTeamFit) result = NULL;
      BatonFlowMark mark = { FALSE, ANN, BEN, BATON_FLOW_NONE, BATON_FLOW_NONE, sync > 0 };

      board_init (&board, "mon-thu 09:00-17:30; fri 09:00-17:30");
      add_history (&board, 100);
      g_array_append_val (board.flow->marks, mark);
      result = fit (&board);
      g_assert_cmpint (
          baton_team_stage (result->team, 1)->way, ==, sync > 0 ? BATON_WAY_LINEAR : BATON_WAY_ASYNC);
    }
}

static gboolean
stop_at_once (double done, gpointer data)
{
  return FALSE;
}

/* Who stops it gets no team instead of half of one. */
static void
test_stopped (void)
{
  g_auto (Board) board = { 0 };
  g_autoptr (BatonTeamFit) result = NULL;

  board_init (&board, "mon-thu 09:00-17:30; fri 09:00-17:30");
  add_history (&board, 100);
  result = baton_team_fit (&(BatonTeamFitInput){ .view = board.view,
      .hours = board.hours,
      .stage_names = board.stages,
      .people_names = board.people,
      .name = "Stopped",
      .seed = 1,
      .threads = 2,
      .progress = stop_at_once });
  g_assert_null (result);
}

/* Nobody is known: the stages get people of their own. */
static void
test_unknown_people (void)
{
  g_auto (Board) board = { 0 };
  g_autoptr (BatonTeamFit) result = NULL;

  board_init (&board, "mon-fri 09:00-17:00");
  add_history (&board, 50);
  for (guint i = 0; i < board.flow->n_events; i++)
    board.flow->events[i].person = BATON_FLOW_NONE;
  result = fit (&board);
  g_assert_nonnull (result->team);
  g_assert_cmpuint (result->team->people->len, ==, 4);
  g_assert_cmpstr (baton_team_person (result->team, 0)->name, ==, "Design 1");
}

static void
test_too_little (void)
{
  g_auto (Board) board = { 0 };
  g_autoptr (BatonTeamFit) result = NULL;
  g_autofree char *words = NULL;

  board_init (&board, "mon-fri 09:00-17:00");
  add_history (&board, 19);
  result = fit (&board);
  words = baton_team_fit_words (result);
  g_assert_null (result->team);
  g_assert_cmpint (result->verdict, ==, BATON_LIKENESS_NONE);
  g_assert_nonnull (strstr (words, "19"));
}

static void
test_distance (void)
{
  const double quantiles[] = { 0, 10, 20, 30, 40 }; /* even from 0 to 40 */
  const gint64 same[] = { 5, 15, 25, 35 };
  const gint64 later[] = { 50, 60 };
  const gint64 half[] = { 1, 2, 50, 60 };

  g_assert_cmpfloat (baton_likeness_distance (same, 4, quantiles, 5), <=, 0.25);
  g_assert_cmpfloat_with_epsilon (baton_likeness_distance (later, 2, quantiles, 5), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (baton_likeness_distance (half, 4, quantiles, 5), 0.5, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/team-fit/shared-hands", test_shared_hands);
  g_test_add_func ("/flow/team-fit/fitted", test_fitted);
  g_test_add_func ("/flow/team-fit/alike-words", test_alike_words);
  g_test_add_func ("/flow/team-fit/marked", test_marked);
  g_test_add_func ("/flow/team-fit/stopped", test_stopped);
  g_test_add_func ("/flow/team-fit/unknown-people", test_unknown_people);
  g_test_add_func ("/flow/team-fit/too-little", test_too_little);
  g_test_add_func ("/flow/team-fit/distance", test_distance);
  return g_test_run ();
}
