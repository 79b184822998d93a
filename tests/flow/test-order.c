/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is called upon, grooming, findings, how exact times are, and satisfaction, by hand. */
#include "cases.h"
#include "exact.h"
#include "flow-audit.h"
#include "groom.h"
#include "period.h"
#include "told.h"

static BatonFlowView *
view_at (const BatonFlow *flow, double hour)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return baton_flow_view_new (flow, MONDAY + (gint64) (hour * (double) HOUR), utc);
}

static void
call (BatonFlow *flow, double hour, guint32 person, guint32 card, BatonFlowCallKind kind)
{
  BatonFlowCall one = { MONDAY + (gint64) (hour * (double) HOUR), person, card, kind };

  g_array_append_val (flow->calls, one);
}

static void
test_told (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("qaqrd");
  g_autoptr (BatonFlowView) view = view_at (flow, 100);
  g_autoptr (GArray) told = NULL;
  g_autoptr (GArray) cards = NULL;
  g_autoptr (GArray) later = NULL;
  const BatonFlowTold *first;

  /* Person 1 takes what 0 put there; 2 takes what 1 put there; 2 takes back their own; nobody is known at
   * last. */
  flow_card (flow, "0:q/0 5:a/1 9:q2/1 20:r/2 30:d/2");
  flow_card (flow, "0:q/2 6:a/2 10:q2/2 21:r");
  /* Two queues in a row are one handoff, from whoever put it into the first. */
  flow_card (flow, "0:q/0 1:q2/1 7:r/1");
  call (flow, 1, 2, 0, BATON_FLOW_CALL_REVIEW);
  call (flow, 2, 2, 1, BATON_FLOW_CALL_MENTION);
  call (flow, 50, 0, 1, BATON_FLOW_CALL_ASSIGN);
  told = baton_flow_told (view);
  g_assert_cmpuint (told->len, ==, 3);
  first = &g_array_index (told, BatonFlowTold, 0);
  g_assert_cmpuint (first->person, ==, 2);
  g_assert_cmpuint (first->total, ==, 3);
  g_assert_cmpuint (first->counts[BATON_FLOW_CALL_PULL], ==, 1);
  g_assert_cmpuint (first->counts[BATON_FLOW_CALL_REVIEW], ==, 1);
  g_assert_cmpuint (first->counts[BATON_FLOW_CALL_MENTION], ==, 1);
  g_assert_cmpuint (g_array_index (told, BatonFlowTold, 1).person, ==, 1);
  g_assert_cmpuint (g_array_index (told, BatonFlowTold, 1).counts[BATON_FLOW_CALL_PULL], ==, 2);
  g_assert_cmpuint (g_array_index (told, BatonFlowTold, 2).counts[BATON_FLOW_CALL_ASSIGN], ==, 1);
  cards = baton_flow_told_cards (view, 1, BATON_FLOW_CALL_PULL);
  g_assert_cmpuint (cards->len, ==, 2);
  g_assert_cmpuint (g_array_index (cards, guint32, 1), ==, 2);
  /* From hour 10 on only one pull and the card that was given are left. */
  view->from = MONDAY + 10 * HOUR;
  later = baton_flow_told (view);
  g_assert_cmpuint (later->len, ==, 2);
  g_assert_cmpuint (g_array_index (later, BatonFlowTold, 0).total, ==, 1);
}

static void
test_groom (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("bqad");
  g_autoptr (BatonFlowView) view = NULL;
  g_autoptr (GArray) grooms = NULL;
  BatonFlowEvent order = { .at = MONDAY + 100 * HOUR, .person = 0, .type = BATON_FLOW_ORDER };
  const BatonFlowGroom *backlog, *queue;

  flow->stages[1].age_limit = 2 * DAY;
  flow_card (flow, "0:b");         /* never touched: 200 hours, more than a week */
  flow_card (flow, "0:b");         /* put elsewhere after 100 hours */
  flow_card (flow, "140:q");       /* 60 hours, more than two days */
  flow_card (flow, "120:q 170:!"); /* blocked 30 hours ago */
  flow_card (flow, "0:q 1:a 2:<"); /* not there any more */
  flow_card (flow, "0:q 1:<");     /* in the archive */
  baton_flow_add_event (flow, 1, &order);
  baton_flow_derive (flow, 1);
  g_assert_cmpuint (flow->cards[1].stage, ==, 0);
  view = view_at (flow, 200);
  grooms = baton_flow_groom (view);
  g_assert_cmpuint (grooms->len, ==, 2);
  backlog = &g_array_index (grooms, BatonFlowGroom, 0);
  queue = &g_array_index (grooms, BatonFlowGroom, 1);
  g_assert_cmpuint (backlog->cards, ==, 2);
  g_assert_cmpuint (backlog->stale, ==, 1);
  g_assert_cmpint (backlog->untouched, ==, 200 * HOUR);
  g_assert_cmpint (backlog->groomed, ==, MONDAY + 100 * HOUR);
  g_assert_cmpuint (queue->cards, ==, 2);
  g_assert_cmpuint (queue->stale, ==, 1);
  g_assert_cmpint (queue->untouched, ==, 60 * HOUR);
  g_assert_cmpint (queue->groomed, ==, MONDAY + 170 * HOUR);
  g_assert_true (baton_flow_is_stale (view, &flow->cards[2]));
  g_assert_false (baton_flow_is_stale (view, &flow->cards[3]));
  g_assert_false (baton_flow_is_stale (view, &flow->cards[5]));
}

static void
check_finding (const BatonFlowAudit *audit, BatonAuditKind kind, guint n, guint32 card)
{
  g_assert_cmpuint (audit->cards[kind]->len, ==, n);
  if (n > 0)
    g_assert_cmpuint (g_array_index (audit->cards[kind], guint32, 0), ==, card);
}

static void
test_audit (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("qaqrd");
  g_autoptr (BatonFlowView) view = view_at (flow, 100);
  g_autoptr (BatonFlowAudit) audit = NULL;
  BatonFlowReview review = { .card = 1, .asked = MONDAY, .closed = MONDAY + HOUR, .ends = BATON_FLOW_NEVER };

  flow_card (flow, "0:q/0 1:a/0 2:q2/0 3:r/1 4:d/1"); /* 0: as it should be */
  flow_card (flow, "0:q/0 1:a/0 4:d/0");              /* 1: skipped the review, but has one */
  flow_card (flow, "0:q/0 1:a/0 4:d/0");              /* 2: skipped it, and has none */
  flow_card (flow, "0:q/0 1:a/0 2:q2/0 3:r/0 4:d/0"); /* 3: reviewed by its maker */
  flow_card (flow, "0:q/0 1:a/0 2:r/1 3:a/0 4:r/1 5:a/0 6:r/1 7:a/0 8:r/1 9:d/1"); /* 4: back three times */
  flow_card (flow, "0:a/0 2:! 3:r/1 4:d/1"); /* 5: done while blocked; came in at design */
  flow_card (flow, "0:q/0 1:d/0 2:a/0");     /* 6: not done any more: not looked at */
  flow_card (flow, "0:r/1 4:d/1");           /* 7: came in behind design */
  /* 8: the reviewer, who sent it back, is not who made it. */
  flow_card (flow, "0:q/0 1:a/0 2:q2/0 3:r/1 4:a/1 5:q2/0 6:r/1 7:d/1");
  g_array_append_val (flow->reviews, review);
  audit = baton_flow_audit_new (view);
  g_assert_cmpuint (audit->checked, ==, 8);
  g_assert_cmpuint (audit->clean, ==, 3);
  check_finding (audit, BATON_AUDIT_SKIPPED, 2, 1);
  check_finding (audit, BATON_AUDIT_NO_REVIEW, 1, 2);
  check_finding (audit, BATON_AUDIT_OWN_REVIEW, 1, 3);
  check_finding (audit, BATON_AUDIT_TO_AND_FRO, 1, 4);
  check_finding (audit, BATON_AUDIT_BLOCKED, 1, 5);
}

/* A board without reviews does not miss them. */
static void
test_no_reviews (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("qad");
  g_autoptr (BatonFlowView) view = view_at (flow, 100);
  g_autoptr (BatonFlowAudit) audit = NULL;

  flow_card (flow, "0:q/0 1:a/0 4:d/0");
  audit = baton_flow_audit_new (view);
  g_assert_cmpuint (audit->checked, ==, 1);
  g_assert_cmpuint (audit->clean, ==, 1);
}

static void
test_exact (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("qad");
  g_autoptr (BatonFlowView) view = view_at (flow, 100);
  BatonFlowExact exact = baton_flow_exact (view);

  g_assert_cmpfloat (baton_flow_exact_share (&exact), ==, -1);
  flow_card (flow, "0:q 5:a 9:! 10:d");
  flow_card (flow, "0:q 5:a 9:d");
  flow->events[flow->cards[0].first + 1].source = BATON_FLOW_RECORDED;
  flow->events[flow->cards[0].first + 2].source = BATON_FLOW_ESTIMATED; /* being blocked is no entry */
  flow->events[flow->cards[1].first].source = BATON_FLOW_ESTIMATED;
  exact = baton_flow_exact (view);
  g_assert_cmpuint (exact.exact, ==, 4);
  g_assert_cmpuint (exact.recorded, ==, 1);
  g_assert_cmpuint (exact.estimated, ==, 1);
  g_assert_cmpfloat (baton_flow_exact_share (&exact), ==, 4 / 6.0);
  view->from = MONDAY + 6 * HOUR;
  exact = baton_flow_exact (view);
  g_assert_cmpuint (exact.exact, ==, 2);
  g_assert_cmpuint (exact.recorded + exact.estimated, ==, 0);
}

/* Answers of what was finished in the period, what was never worked on too. */
static void
test_satisfaction (void)
{
  static const struct
  {
    const char *events;
    guint answer;
  } cards[] = { { "0:q 5:a 10:d", 4 }, { "0:q 5:a 10:d", 0 }, { "0:q 12:d", 2 }, { "0:q 5:a 70:d", 5 },
    { "0:q 5:a 10:d 11:a", 1 } };
  g_autoptr (BatonFlow) flow = flow_of ("qad");
  g_autoptr (BatonFlowView) view = view_at (flow, 100);
  g_autoptr (BatonFlowPeriod) period = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      guint32 card = flow_card (flow, cards[i].events);

      flow->cards[card].satisfaction = cards[i].answer;
    }
  view->to = MONDAY + 48 * HOUR;
  period = baton_flow_period_new (view);
  g_assert_cmpuint (period->period.n_answers, ==, 2);
  g_assert_cmpfloat (period->period.satisfaction[0], ==, 4);
  g_assert_cmpfloat (period->period.satisfaction[1], ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/order/told", test_told);
  g_test_add_func ("/flow/order/groom", test_groom);
  g_test_add_func ("/flow/order/audit", test_audit);
  g_test_add_func ("/flow/order/no-reviews", test_no_reviews);
  g_test_add_func ("/flow/order/exact", test_exact);
  g_test_add_func ("/flow/order/satisfaction", test_satisfaction);
  return g_test_run ();
}
