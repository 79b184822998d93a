/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "card-drag.h"
#include "edge-scroll.h"
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

/* Three columns of lazy lists whose cards can be dragged; what happens is printed, one line an event, for
 * drag-test.sh to read. The third column refuses every drop. DEMO_COUNT says how many cards a drag carries.
 */
#define N_COLUMNS 3

typedef struct
{
  GtkWidget *scrolled;
  BatonLazyList *list;
  GListStore *store;
  BatonEdgeScroller *edges;
} Column;

typedef struct
{
  GtkWidget *host;
  BatonCardDrag *drag;
  Column columns[N_COLUMNS];
  int source;
  guint position;
  FixtureItem *item;
  int target; /* column, or -1 */
  guint index;
  GMainLoop *loop;
} Demo;

static void say (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
say (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  vprintf (format, args);
  va_end (args);
  printf ("\n");
  fflush (stdout);
}

static void
say_order (Column *column, int n)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < MIN (g_list_model_get_n_items (G_LIST_MODEL (column->store)), 8); i++)
    {
      g_autoptr (FixtureItem) item = g_list_model_get_item (G_LIST_MODEL (column->store), i);

      g_string_append_printf (line, " %d", item->number);
    }
  say ("order %d:%s", n, line->str);
  g_string_free (line, TRUE);
}

static bool
to_column (Demo *demo, GtkWidget *widget, double x, double y, graphene_point_t *at)
{
  return gtk_widget_compute_point (demo->host, widget, &GRAPHENE_POINT_INIT ((float) x, (float) y), at);
}

static int
find_column (Demo *demo, double x, double y)
{
  for (int i = 0; i < N_COLUMNS; i++)
    {
      graphene_rect_t bounds;

      if (gtk_widget_compute_bounds (demo->columns[i].scrolled, demo->host, &bounds) &&
          graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        return i;
    }
  return -1;
}

static gboolean
pick (BatonCardDrag *drag, double x, double y, BatonCardDragSource *source, gpointer user_data)
{
  Demo *demo = user_data;
  int i = find_column (demo, x, y);
  graphene_point_t at;

  if (i < 0 || !to_column (demo, GTK_WIDGET (demo->columns[i].list), x, y, &at))
    return FALSE;
  demo->source = i;
  demo->position = baton_lazy_list_row_at (demo->columns[i].list, at.y);
  if (demo->position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  source->widget = baton_lazy_list_peek_row (demo->columns[i].list, demo->position);
  source->n_cards = g_getenv ("DEMO_COUNT") != NULL ? (guint) atoi (g_getenv ("DEMO_COUNT")) : 1;
  g_clear_object (&demo->item);
  demo->item = g_list_model_get_item (G_LIST_MODEL (demo->columns[i].store), demo->position);
  say ("lifted %d", demo->item->number);
  return TRUE;
}

static void
begin (BatonCardDrag *drag, gpointer user_data)
{
  Demo *demo = user_data;
  g_autoptr (GHashTable) lifted = g_hash_table_new (NULL, NULL);

  g_hash_table_add (lifted, demo->item);
  baton_lazy_list_set_lifted (demo->columns[demo->source].list, lifted);
}

static void
close_gaps (Demo *demo)
{
  for (int i = 0; i < N_COLUMNS; i++)
    {
      baton_lazy_list_set_gap (demo->columns[i].list, -1, 0);
      baton_edge_scroller_stop (demo->columns[i].edges);
    }
}

static void
motion (BatonCardDrag *drag, double x, double y, gpointer user_data)
{
  Demo *demo = user_data;
  graphene_rect_t lifted;
  graphene_point_t at;

  demo->target = find_column (demo, x, y);
  baton_card_drag_get_lifted (drag, &lifted);
  for (int i = 0; i < N_COLUMNS; i++)
    {
      Column *column = &demo->columns[i];
      bool own;

      to_column (demo, column->scrolled, x, y, &at);
      baton_edge_scroller_point (column->edges, i == demo->target ? at.x : -1000, at.y);
      if (i != demo->target)
        {
          baton_lazy_list_set_gap (column->list, -1, 0);
          continue;
        }
      to_column (demo, GTK_WIDGET (column->list), x, y, &at);
      demo->index = baton_lazy_list_position_at (column->list, at.y);
      own = i == demo->source && (demo->index == demo->position || demo->index == demo->position + 1);
      baton_lazy_list_set_gap (column->list, own ? -1 : (int) demo->index, (int) lifted.size.height);
    }
}

static void
edge_scrolled_cb (BatonEdgeScroller *edges, Demo *demo)
{
  double x, y;

  if (baton_card_drag_get_pointer (demo->drag, &x, &y))
    motion (demo->drag, x, y, demo);
}

static void
answer_cb (gpointer user_data)
{
  Demo *demo = user_data;
  Column *source = &demo->columns[demo->source], *target = &demo->columns[demo->target];
  graphene_rect_t gap, rect;
  bool has_gap = baton_lazy_list_get_gap_bounds (target->list, &gap);

  close_gaps (demo);
  if (demo->target == N_COLUMNS - 1)
    {
      say ("refused");
      baton_card_drag_refuse (demo->drag, "“In review” is full: 4 of 4. Finish or move one card first.");
      return;
    }
  if (!has_gap)
    {
      baton_card_drag_finish (demo->drag, FALSE, NULL);
      return;
    }
  rect = gap;
  if (!gtk_widget_compute_point (GTK_WIDGET (target->list), demo->host, &gap.origin, &rect.origin))
    g_assert_not_reached ();
  if (source == target && demo->index > demo->position)
    demo->index--;
  g_list_store_remove (source->store, demo->position);
  g_list_store_insert (target->store, demo->index, demo->item);
  say_order (source, demo->source);
  say_order (target, demo->target);
  baton_card_drag_finish (demo->drag, TRUE, &rect);
}

static gboolean
drop (BatonCardDrag *drag, double x, double y, gpointer user_data)
{
  Demo *demo = user_data;

  if (demo->target < 0)
    return FALSE;
  for (int i = 0; i < N_COLUMNS; i++)
    baton_edge_scroller_stop (demo->columns[i].edges);
  g_timeout_add_once (60, answer_cb, demo);
  return TRUE;
}

static void
cancel (BatonCardDrag *drag, gpointer user_data)
{
  say ("cancelled");
  close_gaps (user_data);
}

static void
ended (BatonCardDrag *drag, gboolean accepted, gpointer user_data)
{
  Demo *demo = user_data;

  baton_lazy_list_set_lifted (demo->columns[demo->source].list, NULL);
  say ("ended %d", accepted);
}

static void
scrolled_cb (GtkAdjustment *adjustment, gpointer user_data)
{
  say ("scrolled %d %d", GPOINTER_TO_INT (user_data), (int) gtk_adjustment_get_value (adjustment));
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  say ("clicked");
}

static gboolean
key_cb (
    GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state, gpointer user_data)
{
  say ("key %s", gdk_keyval_name (keyval));
  return FALSE;
}

static void
add_column (Demo *demo, GtkWidget *box, int n)
{
  Column *column = &demo->columns[n];
  GtkGesture *click = gtk_gesture_click_new ();
  GtkAdjustment *adjustment;

  column->scrolled = gtk_scrolled_window_new ();
  column->store = g_list_store_new (FIXTURE_TYPE_ITEM);
  for (int i = 0; i < (n == 1 ? 5 : 60); i++)
    {
      g_autoptr (FixtureItem) item = fixture_item_new (n * 100 + i);

      g_list_store_append (column->store, item);
    }
  column->list = BATON_LAZY_LIST (fixture_list_new (G_LIST_MODEL (column->store), NULL));
  gtk_widget_set_margin_top (GTK_WIDGET (column->list), 8);
  gtk_widget_set_margin_start (GTK_WIDGET (column->list), 8);
  gtk_widget_set_margin_end (GTK_WIDGET (column->list), 8);
  gtk_scrolled_window_set_policy (
      GTK_SCROLLED_WINDOW (column->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (column->scrolled), GTK_WIDGET (column->list));
  gtk_widget_set_hexpand (column->scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), column->scrolled);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (column->scrolled));
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (scrolled_cb), GINT_TO_POINTER (n));
  column->edges = baton_edge_scroller_new (column->scrolled, NULL, adjustment);
  g_signal_connect (column->edges, "scrolled", G_CALLBACK (edge_scrolled_cb), demo);
  g_signal_connect (click, "released", G_CALLBACK (pressed_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (column->list), GTK_EVENT_CONTROLLER (click));
  say_order (column, n);
}

int
main (int argc, char **argv)
{
  const BatonCardDragFuncs funcs = { pick, begin, motion, drop, cancel, NULL, ended };
  Demo demo = { .target = -1 };
  GtkWidget *window, *box;
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_init ();
  adw_init ();
  fixture_load_style ();
  if (g_getenv ("DEMO_DARK") != NULL)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  if (g_getenv ("DEMO_RTL") != NULL)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  demo.loop = g_main_loop_new (NULL, FALSE);
  window = gtk_window_new ();
  demo.host = gtk_overlay_new ();
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_overlay_set_child (GTK_OVERLAY (demo.host), box);
  for (int i = 0; i < N_COLUMNS; i++)
    add_column (&demo, box, i);
  demo.drag = baton_card_drag_new (GTK_OVERLAY (demo.host), &funcs, &demo);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 960, 640);
  gtk_window_set_child (GTK_WINDOW (window), demo.host);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), NULL);
  gtk_widget_add_controller (window, keys);
  g_signal_connect_swapped (window, "close-request", G_CALLBACK (g_main_loop_quit), demo.loop);
  gtk_window_fullscreen (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  fixture_settle (window);
  say ("ready");
  g_main_loop_run (demo.loop);

  g_object_unref (demo.drag);
  for (int i = 0; i < N_COLUMNS; i++)
    {
      g_object_unref (demo.columns[i].edges);
      g_object_unref (demo.columns[i].store);
    }
  g_clear_object (&demo.item);
  g_main_loop_unref (demo.loop);
  return 0;
}
