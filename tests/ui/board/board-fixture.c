/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "board-fixture.h"

#include "card-face.h"
#include "ui-find.h"

#include <stdarg.h>
#include <string.h>

void
fixture_init (int *argc, char ***argv)
{
  ui_init (argc, argv);
}

void
fixture_turn (void)
{
  ui_spin (5);
}

static void
painted_cb (GdkFrameClock *clock, guint *frames)
{
  ++*frames;
}

void
fixture_settle (Fixture *f)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (f->window));
  guint frames = 0;
  gulong id = g_signal_connect (clock, "after-paint", G_CALLBACK (painted_cb), &frames);

  for (guint i = 1; i <= 2; i++)
    {
      gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
      fixture_until (frames >= i);
    }
  g_signal_handler_disconnect (clock, id);
}

static void
make_workspace (Fixture *f, void (*prepare) (BatonWorkspace *workspace, BatonTestBoard *ids))
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonWorkspace) workspace = baton_workspace_open (f->folder, BATON_STORE_CREATE, &error);

  g_assert_no_error (error);
  baton_workspace_perform_batch (
      workspace, baton_test_board_ops (f->ids, g_get_real_time ()), NULL, NULL, &error);
  g_assert_no_error (error);
  baton_workspace_set_me (workspace, f->ids->people[0], &error);
  g_assert_no_error (error);
  if (prepare != NULL)
    prepare (workspace, f->ids);
  baton_workspace_close (workspace);
}

Fixture *
fixture_new_with (BatonStoreFlags flags, void (*prepare) (BatonWorkspace *workspace, BatonTestBoard *ids))
{
  Fixture *f = g_new0 (Fixture, 1);

  f->folder = baton_test_folder_new ();
  f->ids = baton_test_board_new (77);
  make_workspace (f, prepare);
  f->window = baton_window_new (ui_application ());
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1200, 760);
  gtk_window_present (GTK_WINDOW (f->window));
  baton_window_open_folder (f->window, f->folder, flags);
  fixture_until (baton_window_board (f->window) != NULL);
  f->workspace = baton_window_workspace (f->window);
  f->board = baton_window_board (f->window);
  f->view = ui_find_type (f->window, BATON_TYPE_BOARD_VIEW, 0);
  fixture_settle (f);
  return f;
}

Fixture *
fixture_new (void)
{
  return fixture_new_with (BATON_STORE_OPEN, NULL);
}

void
fixture_free (Fixture *f)
{
  GListModel *windows = gtk_window_get_toplevels ();

  gtk_window_destroy (GTK_WINDOW (f->window));
  fixture_until (g_list_model_get_n_items (windows) == 0);
  for (guint i = 0; i < 5; i++)
    fixture_turn ();
  baton_test_folder_remove (f->folder);
  baton_test_board_free (f->ids);
  g_free (f->folder);
  g_free (f);
}

const char *
fixture_stage (Fixture *f, guint index)
{
  return f->ids->stages[index];
}

char *
fixture_titles (Fixture *f, guint stage)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < baton_board_n_lanes (f->board); i++)
    {
      BatonColumn *cell =
          baton_board_cell (f->board, f->ids->stages[stage], baton_board_lane_key (f->board, i));

      for (guint j = 0; j < baton_column_size (cell); j++)
        g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "",
            baton_item_text (baton_column_peek (cell, j), BATON_CARD_TITLE));
    }
  return g_string_free (out, FALSE);
}

gboolean
fixture_has (Fixture *f, guint stage, const char *titles)
{
  g_autofree char *now = fixture_titles (f, stage);

  return g_str_equal (now, titles);
}

BatonItem *
fixture_card (Fixture *f, guint index)
{
  return baton_board_card (f->board, f->ids->cards[index]);
}

static GtkWidget *
face_in (GtkWidget *root, BatonItem *card)
{
  if (BATON_IS_LAZY_LIST (root))
    {
      GListModel *model = baton_lazy_list_get_model (BATON_LAZY_LIST (root));
      guint position;

      if (BATON_IS_COLUMN (model) && baton_column_find (BATON_COLUMN (model), card, &position))
        return baton_lazy_list_get_row (BATON_LAZY_LIST (root), position);
      return NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = face_in (child, card);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
fixture_face (Fixture *f, const char *card)
{
  return face_in (f->view, baton_board_card (f->board, card));
}

void
fixture_focus (Fixture *f, const char *card)
{
  GtkWidget *face = fixture_face (f, card);

  g_assert_nonnull (face);
  g_assert_true (gtk_widget_grab_focus (face));
  fixture_until (g_strcmp0 (fixture_focused (f), card) == 0);
}

const char *
fixture_focused (Fixture *f)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (f->window));
  BatonItem *card = BATON_IS_CARD_FACE (focus) ? baton_card_face_card (BATON_CARD_FACE (focus)) : NULL;

  return card != NULL ? baton_item_id (card) : NULL;
}

void
fixture_act (Fixture *f, const char *card, const char *action, const char *format, ...)
{
  GVariant *parameter = NULL;
  va_list args;

  if (card != NULL)
    fixture_focus (f, card);
  if (format != NULL)
    {
      va_start (args, format);
      parameter = g_variant_new_va (format, NULL, &args);
      va_end (args);
    }
  g_assert_true (gtk_widget_activate_action_variant (
      card != NULL ? gtk_window_get_focus (GTK_WINDOW (f->window)) : f->view, action, parameter));
}

void
fixture_do (Fixture *f, BatonOp *op)
{
  g_autoptr (GError) error = NULL;

  baton_workspace_perform (f->workspace, op, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  const char *own = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : NULL;
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  return (own != NULL && strstr (own, text) != NULL) || (tooltip != NULL && strstr (tooltip, text) != NULL);
}

static GtkWidget *
find_below (GtkWidget *root, GType type, const char *text, gboolean inside)
{
  gboolean here = type == G_TYPE_INVALID || g_type_is_a (G_OBJECT_TYPE (root), type);

  if (!gtk_widget_get_mapped (root))
    return NULL;
  if ((here || inside) && says (root, text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_below (child, type, text, inside || here);

      if (found != NULL)
        return here ? root : found;
    }
  return NULL;
}

GtkWidget *
fixture_find (Fixture *f, GType type, const char *text)
{
  return find_below (GTK_WIDGET (f->window), type, text, FALSE);
}

static gboolean
is_alert (GtkWidget *widget, gconstpointer data)
{
  return gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_ALERT;
}

const char *
fixture_said (Fixture *f)
{
  return gtk_label_get_text (GTK_LABEL (ui_find (f->view, is_alert, NULL)));
}
