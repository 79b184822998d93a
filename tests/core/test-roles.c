/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* The table of roles: every verb and every right for every role, and what the rules make of own and foreign
 * rows. */

#include "memory-view.h"
#include "roles.h"

/* What is wanted, written a second time and in other words: a verb is matched by the longest line that begins
 * it. One letter a role: owner, manager, member, reviewer, viewer. */
static const struct
{
  const char *verbs;
  const char *may;
} wanted[] = {
  { "workspace.", "YYNNN" },
  { "person.", "YYNNN" },
  { "board.", "YYNNN" },
  { "stage.", "YYNNN" },
  { "criterion.", "YYNNN" },
  { "channel.", "YYNNN" },
  { "asset_type.", "YYNNN" },
  { "review_check.", "YYNNN" },
  { "custom_field.", "YYNNN" },
  { "campaign.", "YYYNN" },
  { "campaign.remove", "YYNNN" },
  { "campaign.restore", "YYNNN" },
  { "label.", "YYYNN" },
  { "label.remove", "YYNNN" },
  { "label.restore", "YYNNN" },
  { "filter.", "YYYNN" },
  { "handoff.", "YYYNN" },
  { "card.", "YYYNN" },
  { "checklist.", "YYYNN" },
  { "item.", "YYYNN" },
  { "link.", "YYYNN" },
  { "custom_value.", "YYYNN" },
  { "comment.", "YYOON" },
  { "comment.add", "YYYYN" },
  { "comment.resolve", "YYYYN" },
  { "comment.reopen", "YYYYN" },
  { "comment.keep", "YYYNN" },
  { "asset.", "YYYNN" },
  { "version.", "YYYNN" },
  { "review.", "YYYNN" },
  { "review.answer", "YYYYN" },
  { "review.decide", "YYYYN" },
  { "review.excuse", "YYYYN" },
  { "op.", "YYYYN" },
};

static const struct
{
  const char *right;
  const char *may;
} wanted_rights[] = {
  { "read", "YYYYY" },
  { "push", "YYYYY" },
  { "presence", "YYYYY" },
  { "blob.read", "YYYYY" },
  { "blob.write", "YYYNN" },
  { "devices", "YYYYY" },
  { "import", "YYNNN" },
  { "invite", "YYNNN" },
  { "people", "YYNNN" },
  { "share", "YNNNN" },
  { "own", "YNNNN" },
};

static const char *
wanted_for (const char *verb)
{
  const char *best = NULL;
  gsize length = 0;

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      if (g_str_has_prefix (verb, wanted[i].verbs) && strlen (wanted[i].verbs) > length)
        {
          best = wanted[i].may;
          length = strlen (wanted[i].verbs);
        }
    }
  return best;
}

static void
test_every_verb (void)
{
  for (guint i = 0; i < BATON_N_VERBS; i++)
    {
      const char *verb = baton_verb_info (i)->name;
      const char *may = wanted_for (verb);
      char found[6] = "";

      if (may == NULL)
        g_error ("%s: say in roles.def and here who may do it", verb);
      for (guint role = BATON_ROLE_OWNER; role < BATON_N_ROLES; role++)
        found[role - 1] = "NOY"[baton_role_may (role, i)];
      g_test_message ("%s %s", verb, found);
      g_assert_cmpstr (found, ==, may);
      g_assert_cmpint (baton_role_may (BATON_ROLE_NONE, i), ==, BATON_MAY_NO);
      g_assert_cmpint (baton_role_may (BATON_N_ROLES, i), ==, BATON_MAY_NO);
    }
  g_assert_cmpint (baton_role_may (BATON_ROLE_OWNER, BATON_VERB_UNKNOWN), ==, BATON_MAY_NO);
}

static void
test_every_right (void)
{
  g_assert_cmpuint (BATON_N_RIGHTS, ==, G_N_ELEMENTS (wanted_rights));
  for (guint i = 0; i < BATON_N_RIGHTS; i++)
    {
      g_assert_cmpstr (baton_right_name (i), ==, wanted_rights[i].right);
      for (guint role = BATON_ROLE_OWNER; role < BATON_N_ROLES; role++)
        g_assert_cmpint (baton_role_has (role, i), ==, wanted_rights[i].may[role - 1] == 'Y');
      g_assert_false (baton_role_has (BATON_ROLE_NONE, i));
    }
}

static void
test_names (void)
{
  static const char *const names[] = { "owner", "manager", "member", "reviewer", "viewer" };

  for (guint role = BATON_ROLE_OWNER; role < BATON_N_ROLES; role++)
    {
      g_assert_cmpstr (baton_role_name (role), ==, names[role - 1]);
      g_assert_cmpint (baton_role_find (names[role - 1]), ==, (int) role);
    }
  g_assert_cmpint (baton_role_find ("none"), ==, BATON_ROLE_NONE);
  g_assert_cmpint (baton_role_find ("Owner"), ==, BATON_ROLE_NONE);
  g_assert_cmpint (baton_role_find (NULL), ==, BATON_ROLE_NONE);
}

static gboolean
allowed (BatonRole role, const char *person, BatonOp *op, MemoryView *view)
{
  g_autoptr (BatonOp) owned = op;
  g_autoptr (GError) error = NULL;
  gboolean may = baton_role_check (role, person, op, &view->base, &error);

  if (!may)
    g_assert_error (error, BATON_ERROR, BATON_ERROR_FORBIDDEN);
  return may;
}

static BatonOp *
comment_by (BatonTestBoard *board, const char *id, const char *author)
{
  BatonOp *op = baton_test_op_comment (id, board->cards[0], "Fine");
  const BatonNewRow *row = g_ptr_array_index (op->rows, 0);

  baton_row_set_text (row->row, BATON_COMMENT_AUTHOR, author);
  return op;
}

static BatonOp *
edit_comment (const char *id)
{
  return baton_test_op_text (BATON_VERB_COMMENT_SET, id, BATON_COMMENT_TEXT, "Better");
}

static void
test_own_rows (void)
{
  g_autoptr (MemoryView) view = memory_view_new ();
  g_autoptr (BatonTestBoard) board = memory_view_fill (view);
  g_autofree char *id = baton_test_board_id (board);
  const char *me = board->people[0], *other = board->people[1];

  memory_view_done (view, comment_by (board, id, me));
  for (guint role = BATON_ROLE_OWNER; role < BATON_N_ROLES; role++)
    {
      gboolean leads = role <= BATON_ROLE_MANAGER, speaks = role != BATON_ROLE_VIEWER;

      g_assert_cmpint (allowed (role, me, edit_comment (id), view), ==, speaks);
      g_assert_cmpint (allowed (role, other, edit_comment (id), view), ==, leads);
      g_assert_cmpint (allowed (role, NULL, edit_comment (id), view), ==, leads);
      g_assert_cmpint (allowed (role, me, edit_comment (board->cards[0]), view), ==, leads);
    }
}

static void
test_names_of_others (void)
{
  g_autoptr (MemoryView) view = memory_view_new ();
  g_autoptr (BatonTestBoard) board = memory_view_fill (view);
  g_autofree char *id = baton_test_board_id (board);
  const char *me = board->people[0], *other = board->people[1];

  for (guint role = BATON_ROLE_OWNER; role < BATON_N_ROLES; role++)
    {
      gboolean leads = role <= BATON_ROLE_MANAGER, speaks = role != BATON_ROLE_VIEWER;

      g_assert_cmpint (allowed (role, me, comment_by (board, id, me), view), ==, speaks);
      g_assert_cmpint (allowed (role, me, comment_by (board, id, other), view), ==, leads);
    }
  memory_view_done (view, comment_by (board, id, me));
  {
    BatonOp *op = edit_comment (id);

    baton_op_set_text (op, BATON_COMMENT_AUTHOR, other);
    g_assert_false (allowed (BATON_ROLE_MEMBER, me, op, view));
  }
}

/* An undo that claims to take back what this person may not touch. */
static BatonOp *
undo_of (BatonEntity entity, const char *id, BatonField field, const char *text)
{
  BatonOp *op = baton_op_new (BATON_VERB_UNDO);
  BatonValue before = baton_value_none ();
  BatonValue after = baton_value_text (text);

  op->changes = baton_effect_new ();
  baton_effect_add (op->changes, baton_change_new_set (entity, id, field, &before, &after));
  baton_value_clear (&after);
  return op;
}

static void
test_undo_is_no_back_door (void)
{
  g_autoptr (MemoryView) view = memory_view_new ();
  g_autoptr (BatonTestBoard) board = memory_view_fill (view);
  g_autofree char *id = baton_test_board_id (board);
  const char *me = board->people[0], *other = board->people[1];

  memory_view_done (view, comment_by (board, id, me));
  for (guint role = BATON_ROLE_OWNER; role < BATON_N_ROLES; role++)
    {
      gboolean leads = role <= BATON_ROLE_MANAGER, works = role <= BATON_ROLE_MEMBER;

      g_assert_cmpint (
          allowed (role, me, undo_of (BATON_ENTITY_BOARD, board->board, BATON_BOARD_NAME, "Mine"), view), ==,
          leads);
      g_assert_cmpint (
          allowed (role, me, undo_of (BATON_ENTITY_CARD, board->cards[0], BATON_CARD_TITLE, "Mine"), view),
          ==, works);
      g_assert_cmpint (
          allowed (role, other, undo_of (BATON_ENTITY_COMMENT, id, BATON_COMMENT_TEXT, "Ha"), view), ==,
          leads);
      g_assert_cmpint (allowed (role, me, undo_of (BATON_ENTITY_COMMENT, id, BATON_COMMENT_TEXT, "Ha"), view),
          ==, role != BATON_ROLE_VIEWER);
      /* Anybody who reviews may resolve, so anybody may take that back; what the rules keep, nobody. */
      g_assert_cmpint (
          allowed (role, other, undo_of (BATON_ENTITY_COMMENT, id, BATON_COMMENT_RESOLVED, NULL), view), ==,
          role != BATON_ROLE_VIEWER);
      g_assert_cmpint (
          allowed (role, me, undo_of (BATON_ENTITY_COMMENT, id, BATON_COMMENT_REMOVED, NULL), view), ==,
          role != BATON_ROLE_VIEWER);
      g_assert_false (
          allowed (role, me, undo_of (BATON_ENTITY_VERSION, id, BATON_VERSION_STATUS, "approved"), view));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/roles/every-verb", test_every_verb);
  g_test_add_func ("/core/roles/every-right", test_every_right);
  g_test_add_func ("/core/roles/names", test_names);
  g_test_add_func ("/core/roles/own-rows", test_own_rows);
  g_test_add_func ("/core/roles/names-of-others", test_names_of_others);
  g_test_add_func ("/core/roles/undo-is-no-back-door", test_undo_is_no_back_door);
  return g_test_run ();
}
