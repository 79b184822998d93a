/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "fixture.h"

#include <math.h>

#define WIDTH 300
#define HEIGHT 600
#define OVERSCAN 160

typedef struct
{
  GtkWidget *window;
  GtkWidget *scrolled;
  BatonLazyList *list;
  GListStore *store;
  GtkAdjustment *adjustment;
  FixtureCounts counts;
} Fixture;

static void
open_list (Fixture *f, GListStore *store)
{
  f->store = store;
  f->window = gtk_window_new ();
  f->scrolled = gtk_scrolled_window_new ();
  f->list = BATON_LAZY_LIST (fixture_list_new (G_LIST_MODEL (store), &f->counts));
  f->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (f->scrolled));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (f->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (f->scrolled), GTK_WIDGET (f->list));
  gtk_window_set_decorated (GTK_WINDOW (f->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (f->window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (f->window), f->scrolled);
  gtk_window_present (GTK_WINDOW (f->window));
  fixture_settle (f->window);
  fixture_settle (f->window);
}

static void
close_list (Fixture *f)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_assert_cmpuint (f->counts.bound, ==, f->counts.unbound);
  g_clear_object (&f->store);
}

static GListStore *
sized_store (int n, int height, int estimate)
{
  GListStore *store = g_list_store_new (FIXTURE_TYPE_ITEM);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (FixtureItem) item = fixture_item_new_sized (i, height, estimate);

      g_list_store_append (store, item);
    }
  return store;
}

static void
scroll_value (Fixture *f, double value)
{
  gtk_adjustment_set_value (f->adjustment, value);
  fixture_settle (f->window);
}

/* The y of an item's row in the view, or NAN if it has none. */
static double
view_y (Fixture *f, int number)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (f->store)); i++)
    {
      g_autoptr (FixtureItem) item = g_list_model_get_item (G_LIST_MODEL (f->store), i);
      GtkWidget *row = baton_lazy_list_peek_row (f->list, i);
      graphene_rect_t bounds;

      if (item->number != number || row == NULL)
        continue;
      g_assert_true (gtk_widget_compute_bounds (row, f->scrolled, &bounds));
      return bounds.origin.y;
    }
  return NAN;
}

static int
first_in_view (Fixture *f)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (f->store)); i++)
    {
      GtkWidget *row = baton_lazy_list_peek_row (f->list, i);

      if (row != NULL && view_y (f, fixture_row_get_item (row)->number) >= 0)
        return fixture_row_get_item (row)->number;
    }
  g_assert_not_reached ();
}

/* Everything that must hold in every settled frame, told by a naive walk over all items. */
static void
check_list (Fixture *f)
{
  GListModel *model = G_LIST_MODEL (f->store);
  guint n = g_list_model_get_n_items (model), realised = 0;
  double value = gtk_adjustment_get_value (f->adjustment),
         page = gtk_adjustment_get_page_size (f->adjustment);
  int spacing = baton_lazy_list_get_spacing (f->list), gap = baton_lazy_list_get_gap (f->list);
  float y = 0;
  GtkWidget *last = NULL;
  graphene_rect_t gap_bounds, bounds, real;

  for (guint i = 0; i <= n; i++)
    {
      GtkWidget *row;

      if (gap == (int) i)
        {
          g_assert_true (baton_lazy_list_get_gap_bounds (f->list, &gap_bounds));
          g_assert_cmpfloat (gap_bounds.origin.y, ==, y);
          y += gap_bounds.size.height + (float) spacing;
        }
      if (i == n)
        break;
      g_assert_true (baton_lazy_list_get_bounds (f->list, i, &bounds));
      g_assert_cmpfloat (bounds.origin.y, ==, y);
      row = baton_lazy_list_peek_row (f->list, i);
      if (row != NULL)
        {
          g_autoptr (FixtureItem) item = g_list_model_get_item (model, i);

          realised++;
          g_assert_true (fixture_row_get_item (row) == item);
          g_assert_true (gtk_widget_compute_bounds (row, GTK_WIDGET (f->list), &real));
          g_assert_cmpfloat (real.origin.y, ==, y);
          g_assert_cmpfloat (real.size.height, ==, bounds.size.height);
          if (item->height > 0)
            g_assert_cmpfloat (real.size.height, ==, item->height);
          for (GtkWidget *w = last; w != NULL && w != row; w = gtk_widget_get_next_sibling (w))
            g_assert_true (gtk_widget_get_next_sibling (w) != NULL);
          last = row;
        }
      else
        g_assert_true (y + bounds.size.height < value || y > value + page);
      y += bounds.size.height + (float) spacing;
    }
  y = MAX (y - (float) spacing, 0);
  g_assert_cmpfloat (gtk_adjustment_get_upper (f->adjustment), ==, MAX (y, (float) page));
  g_assert_cmpuint (realised, ==, baton_lazy_list_get_n_realised (f->list));
  g_assert_cmpuint (realised, <=, (guint) (page + 2 * OVERSCAN) / (60 + (guint) spacing) + 4);
  g_assert_cmpuint (f->counts.bound - f->counts.unbound, ==, realised);
}

static FixtureItem *
random_item (int number)
{
  int height = g_test_rand_int_range (64, 180);

  return fixture_item_new_sized (number, height, g_test_rand_int_range (0, 3) == 0 ? height : 100);
}

static void
random_step (Fixture *f, int *number)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (f->store));
  guint at = (guint) g_test_rand_int_range (0, (int) n + 1), other;
  g_autoptr (FixtureItem) item = NULL;
  g_autoptr (GPtrArray) many = NULL;

  switch (g_test_rand_int_range (0, 9))
    {
    case 0:
    case 1:
      item = random_item ((*number)++);
      g_list_store_insert (f->store, at, item);
      break;
    case 2:
      if (at < n)
        g_list_store_remove (f->store, at);
      break;
    case 3:
    case 4:
      if (at >= n)
        break;
      item = g_list_model_get_item (G_LIST_MODEL (f->store), at);
      g_list_store_remove (f->store, at);
      other = (guint) g_test_rand_int_range (0, (int) n);
      g_list_store_insert (f->store, g_test_rand_bit () ? MIN (at + 1, n - 1) : other, item);
      break;
    case 5:
      many = g_ptr_array_new_with_free_func (g_object_unref);
      for (int i = g_test_rand_int_range (0, 30); i > 0; i--)
        g_ptr_array_add (many, random_item ((*number)++));
      other = (guint) g_test_rand_int_range (0, 20);
      g_list_store_splice (f->store, at, MIN (other, n - at), many->pdata, many->len);
      break;
    case 6:
      gtk_adjustment_set_value (
          f->adjustment, gtk_adjustment_get_value (f->adjustment) + g_test_rand_int_range (-500, 500));
      break;
    case 7:
      gtk_adjustment_set_value (f->adjustment, g_test_rand_int_range (0, (int) n * 90 + 1));
      break;
    default:
      baton_lazy_list_set_gap (f->list, g_test_rand_bit () ? -1 : (int) at, 70);
      break;
    }
}

static void
test_random (void)
{
  Fixture f = { 0 };
  int number = 0;
  GListStore *store = g_list_store_new (FIXTURE_TYPE_ITEM);

  for (; number < 200;)
    {
      g_autoptr (FixtureItem) item = random_item (number++);

      g_list_store_append (store, item);
    }
  open_list (&f, store);
  check_list (&f);
  for (int i = 0; i < 300; i++)
    {
      for (int j = g_test_rand_int_range (1, 4); j > 0; j--)
        random_step (&f, &number);
      fixture_settle (f.window);
      check_list (&f);
    }
  g_list_store_remove_all (f.store);
  fixture_settle (f.window);
  check_list (&f);
  close_list (&f);
}

/* Whatever the estimates were, an item scrolled towards moves by just as much as was scrolled. */
static void
test_anchor_on_scroll (void)
{
  Fixture f = { 0 };

  open_list (&f, sized_store (400, 113, 60));
  scroll_value (&f, 12000);
  for (int i = 0; i < 60; i++)
    {
      int number = first_in_view (&f);
      double before = view_y (&f, number), wanted = i < 30 ? -37 : 23;

      scroll_value (&f, gtk_adjustment_get_value (f.adjustment) + wanted);
      g_assert_cmpfloat_with_epsilon (view_y (&f, number), before - wanted, 1.01);
      check_list (&f);
    }
  close_list (&f);
}

static void
test_anchor_on_change (void)
{
  Fixture f = { 0 };
  int number;
  double before;

  open_list (&f, sized_store (400, 90, 60));
  scroll_value (&f, 9000);
  number = first_in_view (&f);
  before = view_y (&f, number);
  for (int i = 0; i < 10; i++)
    {
      g_autoptr (FixtureItem) item = fixture_item_new_sized (1000 + i, 77, 50);

      g_list_store_insert (f.store, 3, item);
      g_list_store_remove (f.store, (guint) (20 + i));
      g_list_store_remove (f.store, 0);
      fixture_settle (f.window);
      check_list (&f);
      g_assert_cmpfloat_with_epsilon (view_y (&f, number), before, 1.01);
    }
  close_list (&f);
}

/* At the top, what is new is seen. */
static void
test_top_stays (void)
{
  Fixture f = { 0 };
  g_autoptr (FixtureItem) item = fixture_item_new_sized (1000, 77, 50);

  open_list (&f, sized_store (100, 90, 60));
  g_list_store_insert (f.store, 0, item);
  fixture_settle (f.window);
  g_assert_cmpfloat (view_y (&f, 1000), ==, 0);
  close_list (&f);
}

static void
assert_fully_in_view (Fixture *f, guint position)
{
  graphene_rect_t bounds;
  GtkWidget *row = baton_lazy_list_peek_row (f->list, position);

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_compute_bounds (row, f->scrolled, &bounds));
  g_assert_cmpfloat (bounds.origin.y, >=, -1);
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, HEIGHT + 1);
}

static void
test_scroll_to (void)
{
  const guint targets[] = { 5000, 9999, 0, 3, 9990, 4000, 4002, 3990, 9999, 1 };
  Fixture f = { 0 };

  open_list (&f, sized_store (10000, 120, 70));
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      baton_lazy_list_scroll_to (f.list, targets[i]);
      fixture_settle (f.window);
      assert_fully_in_view (&f, targets[i]);
    }
  close_list (&f);
}

static void
test_recycling (void)
{
  Fixture f = { 0 };

  open_list (&f, sized_store (10000, 60, 60));
  for (int i = 0; i < 200; i++)
    scroll_value (&f, i * 250);
  g_assert_cmpuint (f.counts.created, <=, (HEIGHT + 2 * OVERSCAN) / 67 + 12);
  close_list (&f);
}

/* A move is a remove and an insert; no other row is touched, and the moved one keeps its widget and the
 * focus. */
static void
test_move_keeps_rows (void)
{
  Fixture f = { 0 };
  g_autoptr (FixtureItem) item = NULL;
  GtkWidget *row, *other;
  guint bound;

  open_list (&f, sized_store (50, 60, 60));
  row = baton_lazy_list_peek_row (f.list, 2);
  other = baton_lazy_list_peek_row (f.list, 4);
  gtk_widget_grab_focus (row);
  bound = f.counts.bound;
  item = g_list_model_get_item (G_LIST_MODEL (f.store), 2);
  g_list_store_remove (f.store, 2);
  g_list_store_insert (f.store, 5, item);
  fixture_settle (f.window);
  g_assert_cmpuint (f.counts.bound, ==, bound);
  g_assert_true (baton_lazy_list_peek_row (f.list, 5) == row);
  g_assert_true (baton_lazy_list_peek_row (f.list, 3) == other);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f.window)) == row);
  check_list (&f);
  close_list (&f);
}

/* The same, when a model announces everything as replaced (a sort). */
static void
test_resort_keeps_rows (void)
{
  Fixture f = { 0 };
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint bound;

  open_list (&f, sized_store (50, 60, 60));
  for (guint i = 0; i < 50; i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (f.store), i ^ 1));
  bound = f.counts.bound;
  g_list_store_splice (f.store, 0, 50, items->pdata, 50);
  fixture_settle (f.window);
  g_assert_cmpuint (f.counts.bound, <=, bound + 1);
  check_list (&f);
  close_list (&f);
}

static void
test_focus_kept (void)
{
  Fixture f = { 0 };
  GtkWidget *row;

  open_list (&f, sized_store (1000, 60, 60));
  row = baton_lazy_list_get_row (f.list, 3);
  g_assert_true (gtk_widget_grab_focus (row));
  scroll_value (&f, 30000);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f.window)) == row);
  g_assert_true (baton_lazy_list_peek_row (f.list, 3) == row);
  g_assert_null (baton_lazy_list_peek_row (f.list, 4));
  baton_lazy_list_scroll_to (f.list, 3);
  fixture_settle (f.window);
  g_assert_true (baton_lazy_list_peek_row (f.list, 3) == row);
  check_list (&f);

  /* A row built on demand can take the focus before the next frame. */
  row = baton_lazy_list_get_row (f.list, 700);
  g_assert_true (gtk_widget_grab_focus (row));
  baton_lazy_list_scroll_to (f.list, 700);
  fixture_settle (f.window);
  assert_fully_in_view (&f, 700);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f.window)) == row);
  close_list (&f);
}

static gboolean
focus_lost_cb (BatonLazyList *list, guint neighbour, guint *seen)
{
  *seen = neighbour;
  return FALSE;
}

static void
test_focus_lost (void)
{
  Fixture f = { 0 };
  guint seen = 99;

  open_list (&f, sized_store (3, 60, 60));
  g_signal_connect (f.list, "focus-lost-item", G_CALLBACK (focus_lost_cb), &seen);
  gtk_widget_grab_focus (baton_lazy_list_get_row (f.list, 1));
  g_list_store_remove (f.store, 1);
  fixture_settle (f.window);
  g_assert_cmpuint (seen, ==, 1);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f.window)) == baton_lazy_list_peek_row (f.list, 1));
  g_list_store_remove (f.store, 1);
  fixture_settle (f.window);
  g_assert_cmpuint (seen, ==, 0);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f.window)) == baton_lazy_list_peek_row (f.list, 0));
  g_list_store_remove (f.store, 0);
  fixture_settle (f.window);
  g_assert_cmpuint (seen, ==, GTK_INVALID_LIST_POSITION);
  close_list (&f);
}

static void
test_gap (void)
{
  Fixture f = { 0 };
  graphene_rect_t bounds;

  open_list (&f, sized_store (100, 60, 60));
  baton_lazy_list_set_gap (f.list, 2, 80);
  fixture_settle (f.window);
  check_list (&f);
  g_assert_true (baton_lazy_list_get_gap_bounds (f.list, &bounds));
  g_assert_cmpfloat (bounds.origin.y, ==, 2 * 67);
  g_assert_cmpfloat (view_y (&f, 1), ==, 67);
  g_assert_cmpfloat (view_y (&f, 2), ==, 2 * 67 + 87);

  g_assert_cmpuint (baton_lazy_list_position_at (f.list, 5), ==, 0);
  g_assert_cmpuint (baton_lazy_list_position_at (f.list, 50), ==, 1);
  g_assert_cmpuint (baton_lazy_list_position_at (f.list, 140), ==, 2);
  g_assert_cmpuint (baton_lazy_list_position_at (f.list, 210), ==, 2);
  g_assert_cmpuint (baton_lazy_list_position_at (f.list, 2 * 67 + 87 + 20), ==, 2);
  g_assert_cmpuint (baton_lazy_list_position_at (f.list, 2 * 67 + 87 + 40), ==, 3);
  g_assert_cmpuint (baton_lazy_list_position_at (f.list, 1e6), ==, 100);
  g_assert_cmpuint (baton_lazy_list_row_at (f.list, 63), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (baton_lazy_list_row_at (f.list, 70), ==, 1);

  /* A gap among the rows in view pushes them down, it does not scroll. */
  baton_lazy_list_set_gap (f.list, -1, 0);
  scroll_value (&f, 1000);
  baton_lazy_list_set_gap (f.list, 16, 80);
  fixture_settle (f.window);
  g_assert_cmpfloat (gtk_adjustment_get_value (f.adjustment), ==, 1000);
  /* Left behind above the view and closed there, it does not move what is seen. */
  scroll_value (&f, 2000);
  g_assert_cmpfloat_with_epsilon (view_y (&f, 32), 32 * 67 + 87 - 2000, 1);
  baton_lazy_list_set_gap (f.list, -1, 0);
  fixture_settle (f.window);
  g_assert_cmpfloat_with_epsilon (view_y (&f, 32), 32 * 67 + 87 - 2000, 1);
  check_list (&f);

  g_list_store_remove_all (f.store);
  baton_lazy_list_set_gap (f.list, 0, 80);
  fixture_settle (f.window);
  check_list (&f);
  close_list (&f);
}

static void
test_lifted (void)
{
  Fixture f = { 0 };
  g_autoptr (GHashTable) items = g_hash_table_new (NULL, NULL);
  g_autoptr (FixtureItem) third = NULL;

  open_list (&f, sized_store (200, 60, 60));
  third = g_list_model_get_item (G_LIST_MODEL (f.store), 3);
  g_hash_table_add (items, third);
  baton_lazy_list_set_lifted (f.list, items);
  g_assert_true (gtk_widget_has_css_class (baton_lazy_list_peek_row (f.list, 3), "lifted"));
  g_assert_false (gtk_widget_has_css_class (baton_lazy_list_peek_row (f.list, 4), "lifted"));
  scroll_value (&f, 5000);
  for (guint i = 0; i < 200; i++)
    if (baton_lazy_list_peek_row (f.list, i) != NULL)
      g_assert_false (gtk_widget_has_css_class (baton_lazy_list_peek_row (f.list, i), "lifted"));
  scroll_value (&f, 0);
  g_assert_true (gtk_widget_has_css_class (baton_lazy_list_peek_row (f.list, 3), "lifted"));
  baton_lazy_list_set_lifted (f.list, NULL);
  g_assert_false (gtk_widget_has_css_class (baton_lazy_list_peek_row (f.list, 3), "lifted"));
  close_list (&f);
}

/* Lifted rows give up their places while the gap is open, wherever the model goes meanwhile. */
static void
test_folded (void)
{
  Fixture f = { 0 };
  g_autoptr (GHashTable) items = g_hash_table_new (NULL, NULL);
  g_autoptr (GObject) second = NULL;
  graphene_rect_t bounds;

  open_list (&f, sized_store (8, 60, 60));
  second = g_list_model_get_item (G_LIST_MODEL (f.store), 1);
  g_hash_table_add (items, second);
  baton_lazy_list_set_lifted (f.list, items);
  fixture_settle (f.window);
  g_assert_cmpfloat (view_y (&f, 2), ==, 2 * 67);

  baton_lazy_list_set_gap (f.list, 4, 60);
  fixture_settle (f.window);
  g_assert_true (baton_lazy_list_get_gap_bounds (f.list, &bounds));
  g_assert_cmpfloat (bounds.origin.y, ==, 3 * 67);
  g_assert_cmpfloat (view_y (&f, 2), ==, 67);
  g_assert_cmpfloat (view_y (&f, 4), ==, 4 * 67);
  g_assert_cmpuint (baton_lazy_list_position_at (f.list, 67 + 40), ==, 3);

  g_list_store_remove (f.store, 0);
  fixture_settle (f.window);
  g_assert_cmpfloat (view_y (&f, 2), ==, 0);
  g_list_store_remove (f.store, 0);
  g_list_store_insert (f.store, 2, second);
  fixture_settle (f.window);
  g_assert_cmpfloat (view_y (&f, 4), ==, 3 * 67);
  baton_lazy_list_set_gap (f.list, -1, 0);
  fixture_settle (f.window);
  g_assert_cmpfloat (view_y (&f, 1), ==, 2 * 67);
  g_assert_cmpfloat (view_y (&f, 4), ==, 3 * 67);
  baton_lazy_list_set_lifted (f.list, NULL);
  check_list (&f);
  close_list (&f);
}

static void
test_width (void)
{
  Fixture f = { 0 };

  open_list (&f, fixture_store_new (300));
  check_list (&f);
  scroll_value (&f, 4000);
  gtk_window_set_default_size (GTK_WINDOW (f.window), 420, HEIGHT);
  fixture_wait (100);
  fixture_settle (f.window);
  check_list (&f);
  close_list (&f);
}

/* Two lanes of three lists in one scroller: what is not seen is not built, and a lane that grows above the
 * view does not move what is seen. */
static void
test_lanes (void)
{
  GtkWidget *window = gtk_window_new (), *scrolled = gtk_scrolled_window_new ();
  GtkWidget *lanes = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10), *list[2][3];
  GListStore *store[2][3];
  FixtureCounts counts[2][3] = { 0 };
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  g_autoptr (FixtureItem) item = fixture_item_new_sized (1000, 100, 50);
  graphene_rect_t before, after;

  for (int lane = 0; lane < 2; lane++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      gtk_box_append (GTK_BOX (lanes), gtk_label_new ("Lane"));
      gtk_box_append (GTK_BOX (lanes), box);
      for (int i = 0; i < 3; i++)
        {
          store[lane][i] = sized_store (40 - i, 60, 60);
          list[lane][i] = fixture_list_new (G_LIST_MODEL (store[lane][i]), &counts[lane][i]);
          gtk_widget_set_size_request (list[lane][i], 200, -1);
          gtk_box_append (GTK_BOX (box), list[lane][i]);
        }
    }
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), lanes);
  gtk_window_set_default_size (GTK_WINDOW (window), 700, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_present (GTK_WINDOW (window));
  fixture_settle (window);
  fixture_settle (window);
  g_assert_cmpuint (baton_lazy_list_get_n_realised (BATON_LAZY_LIST (list[0][2])), >, 8);
  /* One row was asked whether it takes the focus, as the window looked for where to begin. */
  g_assert_cmpuint (counts[1][0].created, <=, 1);

  gtk_adjustment_set_value (adjustment, 3200);
  fixture_settle (window);
  g_assert_cmpuint (baton_lazy_list_get_n_realised (BATON_LAZY_LIST (list[0][0])), ==, 0);
  g_assert_cmpuint (baton_lazy_list_get_n_realised (BATON_LAZY_LIST (list[1][0])), >, 8);
  g_assert_true (gtk_widget_compute_bounds (list[1][1], scrolled, &before));
  g_list_store_insert (store[0][0], 3, item);
  fixture_settle (window);
  g_assert_true (gtk_widget_compute_bounds (list[1][1], scrolled, &after));
  g_assert_cmpfloat_with_epsilon (after.origin.y, before.origin.y, 1.01);
  gtk_window_destroy (GTK_WINDOW (window));
  for (int i = 0; i < 6; i++)
    g_object_unref (store[i / 3][i % 3]);
}

static void
test_accessible (void)
{
  Fixture f = { 0 };
  GtkWidget *row;

  open_list (&f, sized_store (20, 60, 60));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (f.list), GTK_ACCESSIBLE_ROLE_LIST);
  row = baton_lazy_list_peek_row (f.list, 4);
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_POS_IN_SET, 5);
  g_list_store_remove (f.store, 0);
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_POS_IN_SET, 4);
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_SET_SIZE, 19);
  close_list (&f);
}

/* The height of what is really drawn of a list. */
static float
drawn_height (BatonLazyList *list)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (list));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  graphene_rect_t bounds;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (GTK_WIDGET (list)),
      gtk_widget_get_height (GTK_WIDGET (list)));
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return 0;
  gsk_render_node_get_bounds (node, &bounds);
  return bounds.size.height;
}

/* A short list goes out of view across and comes back: its rows wait in the pool meanwhile and are given the
 * same items again, so nothing about them changes. All the same they have to be drawn. */
static void
test_back_in_view (void)
{
  GtkWidget *window = gtk_window_new (), *across = gtk_scrolled_window_new ();
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autoptr (GListStore) store = sized_store (5, 60, 60);
  GtkWidget *list;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (across));
  FixtureCounts counts = { 0 };
  float whole;

  list = fixture_list_new (G_LIST_MODEL (store), &counts);
  gtk_widget_set_size_request (list, 200, -1);
  gtk_box_append (GTK_BOX (body), list);
  gtk_box_append (GTK_BOX (body), gtk_label_new (NULL));
  gtk_widget_set_size_request (gtk_widget_get_last_child (body), 2000, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (across), body);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), across);
  gtk_window_present (GTK_WINDOW (window));
  fixture_settle (window);
  fixture_settle (window);
  whole = drawn_height (BATON_LAZY_LIST (list));
  g_assert_cmpfloat (whole, >, 4 * 60);

  gtk_adjustment_set_value (adjustment, 1000);
  fixture_settle (window);
  g_assert_cmpuint (baton_lazy_list_get_n_realised (BATON_LAZY_LIST (list)), ==, 0);
  gtk_widget_queue_draw (list);
  fixture_settle (window);
  gtk_adjustment_set_value (adjustment, 0);
  fixture_settle (window);
  fixture_settle (window);
  g_assert_cmpuint (baton_lazy_list_get_n_realised (BATON_LAZY_LIST (list)), ==, 5);
  g_assert_cmpfloat (drawn_height (BATON_LAZY_LIST (list)), ==, whole);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A list changed while it is not shown, shown again, given another model and none. */
static void
test_hidden_and_models (void)
{
  Fixture f = { 0 };
  g_autoptr (GListStore) other = sized_store (30, 80, 50);

  open_list (&f, sized_store (100, 60, 60));
  gtk_widget_set_visible (f.scrolled, FALSE);
  g_list_store_remove (f.store, 1);
  g_list_store_splice (f.store, 10, 20, NULL, 0);
  gtk_widget_set_visible (f.scrolled, TRUE);
  fixture_settle (f.window);
  fixture_settle (f.window);
  check_list (&f);
  baton_lazy_list_set_model (f.list, G_LIST_MODEL (other));
  g_set_object (&f.store, other);
  fixture_settle (f.window);
  check_list (&f);
  baton_lazy_list_set_model (f.list, NULL);
  fixture_settle (f.window);
  g_assert_cmpuint (baton_lazy_list_get_n_realised (f.list), ==, 0);
  close_list (&f);
}

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/widgets/lazy-list/anchor-on-scroll", test_anchor_on_scroll);
  g_test_add_func ("/widgets/lazy-list/anchor-on-change", test_anchor_on_change);
  g_test_add_func ("/widgets/lazy-list/top-stays", test_top_stays);
  g_test_add_func ("/widgets/lazy-list/scroll-to", test_scroll_to);
  g_test_add_func ("/widgets/lazy-list/recycling", test_recycling);
  g_test_add_func ("/widgets/lazy-list/move-keeps-rows", test_move_keeps_rows);
  g_test_add_func ("/widgets/lazy-list/resort-keeps-rows", test_resort_keeps_rows);
  g_test_add_func ("/widgets/lazy-list/focus-kept", test_focus_kept);
  g_test_add_func ("/widgets/lazy-list/focus-lost", test_focus_lost);
  g_test_add_func ("/widgets/lazy-list/gap", test_gap);
  g_test_add_func ("/widgets/lazy-list/lifted", test_lifted);
  g_test_add_func ("/widgets/lazy-list/folded", test_folded);
  g_test_add_func ("/widgets/lazy-list/width", test_width);
  g_test_add_func ("/widgets/lazy-list/lanes", test_lanes);
  g_test_add_func ("/widgets/lazy-list/accessible", test_accessible);
  g_test_add_func ("/widgets/lazy-list/back-in-view", test_back_in_view);
  g_test_add_func ("/widgets/lazy-list/hidden-and-models", test_hidden_and_models);
  g_test_add_func ("/widgets/lazy-list/random", test_random);
  return g_test_run ();
}
