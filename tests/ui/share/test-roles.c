/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "board-fixture.h"

#include "board-settings-private.h"
#include "board-view-private.h"
#include "card-page.h"
#include "permits.h"
#include "ui-find.h"

#include <string.h>

/* What a role forbids is not offered, and a key that asks for it is answered in words. */

static BatonBoardView *
view_of (Fixture *f)
{
  return BATON_BOARD_VIEW (f->view);
}

/* As if a server had said so. */
static void
become (Fixture *f, BatonRole role)
{
  g_assert_true (baton_workspace_set_meta (f->workspace, "server", "http://127.0.0.1:1", NULL));
  baton_workspace_take_role (f->workspace, role);
  g_assert_cmpint (baton_workspace_role (f->workspace), ==, role);
  fixture_settle (f);
}

static gboolean
lift (Fixture *f, const char *card)
{
  GtkWidget *face = fixture_face (f, card), *host = GTK_WIDGET (view_of (f)->host);
  graphene_rect_t bounds;
  gboolean lifted;

  fixture_settle (f);
  g_assert_true (gtk_widget_compute_bounds (face, host, &bounds));
  lifted = baton_card_drag_lift (view_of (f)->drag, bounds.origin.x + 20, bounds.origin.y + 20);
  baton_card_drag_cancel (view_of (f)->drag);
  return lifted;
}

static gboolean
is_shown (GtkWidget *widget, gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), (GType) type) && gtk_widget_get_child_visible (widget);
}

static GtkWidget *
find (gpointer below, GType type)
{
  return ui_find (below, is_shown, (gconstpointer) type);
}

static BatonCardPage *
open_card (Fixture *f, const char *card)
{
  GtkWidget *page;

  baton_window_open_card (f->window, card);
  fixture_settle (f);
  page = find (GTK_WIDGET (f->window), BATON_TYPE_CARD_PAGE);
  g_assert_nonnull (page);
  return BATON_CARD_PAGE (page);
}

/* The place where a comment is written. */
static gboolean
has_composer (GtkWidget *below)
{
  for (GtkWidget *child = gtk_widget_get_first_child (below); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_has_css_class (child, "composer") || has_composer (child))
        return TRUE;
    }
  return FALSE;
}

static gboolean
may_edit_title (BatonCardPage *page)
{
  gboolean editing;

  baton_text_field_edit (baton_card_page_title (page));
  editing = baton_text_field_is_editing (baton_card_page_title (page));
  baton_text_field_leave (baton_card_page_title (page));
  return editing;
}

static gboolean
refuses (Fixture *f, BatonOp *op)
{
  g_autoptr (GError) error = NULL;

  if (baton_workspace_perform (f->workspace, op, NULL, &error))
    return FALSE;
  g_assert_error (error, BATON_ERROR, BATON_ERROR_FORBIDDEN);
  return TRUE;
}

static BatonOp *
retitle (Fixture *f)
{
  BatonOp *op = baton_op_new (BATON_VERB_CARD_SET);

  baton_op_add_id (op, f->ids->cards[0]);
  baton_op_set_text (op, BATON_CARD_TITLE, "Another title");
  return op;
}

static void
check_reading_only (Fixture *f, const char *role)
{
  const char *why = baton_workspace_why_not (f->workspace, BATON_VERB_CARD_MOVE);
  gint64 seq = baton_reader_last_seq (baton_workspace_reader (f->workspace));

  g_assert_nonnull (strstr (why, role));
  g_assert_false (lift (f, f->ids->cards[0]));
  g_assert_cmpstr (baton_card_drag_get_message (view_of (f)->drag), ==, why);
  g_assert_cmpstr (fixture_said (f), ==, why);
  /* N, M and the + of a column. */
  baton_board_view_announce (view_of (f), "");
  fixture_act (f, f->ids->cards[0], "board.new-card", NULL);
  g_assert_cmpstr (fixture_said (f), ==, why);
  g_assert_null (view_of (f)->quick_entry);
  baton_board_view_announce (view_of (f), "");
  fixture_act (f, f->ids->cards[0], "board.choose-stage", NULL);
  g_assert_cmpstr (fixture_said (f), ==, why);
  g_assert_null (fixture_find (f, GTK_TYPE_BUTTON, "Add a card here"));
  /* By key and action: refused at once, and nothing waits for a server. */
  fixture_act (f, f->ids->cards[0], "board.move", "s", "right");
  fixture_until (strstr (fixture_said (f), "role") != NULL);
  g_assert_true (refuses (f, retitle (f)));
  g_assert_cmpint (baton_reader_last_seq (baton_workspace_reader (f->workspace)), ==, seq);
  /* Several cards can be selected, but there is nothing to be done with them. */
  fixture_act (f, f->ids->cards[0], "board.select-stage", "s", fixture_stage (f, 0));
  g_assert_false (gtk_revealer_get_reveal_child (view_of (f)->bulk_bar));
  baton_board_view_unselect (view_of (f));
}

static void
test_viewer (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  BatonCardPage *page;

  g_assert_true (lift (f, f->ids->cards[0]));
  become (f, BATON_ROLE_VIEWER);
  check_reading_only (f, "viewer");
  page = open_card (f, f->ids->cards[0]);
  g_assert_false (may_edit_title (page));
  g_assert_false (has_composer (GTK_WIDGET (page)));
  g_assert_nonnull (
      fixture_find (f, GTK_TYPE_LABEL, baton_workspace_why_not (f->workspace, BATON_VERB_CARD_SET)));
}

static void
test_reviewer (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  BatonCardPage *page;
  BatonOp *op;
  BatonRow *row;
  g_autofree char *id = baton_store_new_id ();

  become (f, BATON_ROLE_REVIEWER);
  check_reading_only (f, "reviewer");
  page = open_card (f, f->ids->cards[0]);
  g_assert_false (may_edit_title (page));
  g_assert_true (has_composer (GTK_WIDGET (page)));
  op = baton_op_new (BATON_VERB_COMMENT_ADD);
  row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);
  baton_row_set_text (row, BATON_COMMENT_CARD, f->ids->cards[0]);
  baton_row_set_text (row, BATON_COMMENT_TEXT, "May be said");
  g_assert_false (refuses (f, op));
  /* What one made oneself may be undone. */
  g_assert_true (baton_workspace_undo (f->workspace, FALSE, NULL, NULL));
}

static GtkWidget *
settings_page (const char *name)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (!BATON_IS_BOARD_SETTINGS (window))
        continue;
      baton_board_settings_show_page (BATON_BOARD_SETTINGS (window), name);
      return gtk_stack_get_visible_child (BATON_BOARD_SETTINGS (window)->stack);
    }
  g_assert_not_reached ();
}

/* Cards, yes; the workflow, no; labels, yes. */
static void
test_member (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  GtkWidget *page;

  become (f, BATON_ROLE_MEMBER);
  g_assert_true (lift (f, f->ids->cards[0]));
  fixture_act (f, f->ids->cards[0], "board.move", "s", "right");
  fixture_until (fixture_has (f, 1, "Card 1"));
  g_assert_true (may_edit_title (open_card (f, f->ids->cards[0])));
  g_assert_nonnull (baton_workspace_why_not (f->workspace, BATON_VERB_BOARD_ADD));
  g_assert_nonnull (baton_workspace_why_not_right (f->workspace, BATON_RIGHT_IMPORT));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.board-settings", NULL);
  fixture_settle (f);
  page = settings_page ("stages");
  g_assert_true (GTK_IS_LABEL (gtk_widget_get_first_child (page)));
  g_assert_false (gtk_widget_is_sensitive (gtk_widget_get_last_child (page)));
  g_assert_true (gtk_widget_is_sensitive (settings_page ("labels")));
  g_assert_false (GTK_IS_LABEL (gtk_widget_get_first_child (settings_page ("labels"))));
  gtk_window_close (GTK_WINDOW (gtk_widget_get_root (page)));
}

/* The role changes under the hands, in both directions; and without a server everything may be done. */
static void
test_change (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GError) error = NULL;

  become (f, BATON_ROLE_VIEWER);
  open_card (f, f->ids->cards[0]);
  become (f, BATON_ROLE_OWNER);
  g_assert_true (lift (f, f->ids->cards[0]));
  g_assert_true (may_edit_title (open_card (f, f->ids->cards[0])));
  g_assert_nonnull (fixture_find (f, GTK_TYPE_BUTTON, "Add a card here"));
  g_assert_false (refuses (f, retitle (f)));
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/roles/viewer", test_viewer);
  g_test_add_func ("/roles/reviewer", test_reviewer);
  g_test_add_func ("/roles/member", test_member);
  g_test_add_func ("/roles/change", test_change);
  return g_test_run ();
}
