/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "gizmo.h"
#include "lazy-list-private.h"

#include <math.h>

/* A vertical list that builds only the rows that are seen. It is not a GtkScrollable: it asks for the height
 * of all its rows, estimated where they were never built, and lies anywhere inside a scrolled window, many of
 * them side by side and stacked if need be. The parts: height-index.c knows the heights, lazy-list-layout.c
 * where things stand, lazy-list-rows.c the built rows, lazy-scroller.c works once in each frame for all lists
 * that scroll together. */

G_DEFINE_FINAL_TYPE (BatonLazyList, baton_lazy_list, GTK_TYPE_WIDGET)

enum
{
  PROP_MODEL = 1,
  PROP_SPACING,
  N_PROPS
};

enum
{
  FOCUS_LOST_ITEM,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

void
baton_lazy_list_queue_work (BatonLazyList *self)
{
  self->dirty = true;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, BatonLazyList *self)
{
  guint n = g_list_model_get_n_items (model);
  bool lost_anchor;

  baton_lazy_list_unfold (self);
  lost_anchor = baton_lazy_list_anchor_changed (self, position, removed, added);
  baton_lazy_list_rows_changed (self, position, removed, added);
  if (lost_anchor)
    baton_lazy_list_anchor_on_survivor (self, position, added);
  if (self->target != GTK_INVALID_LIST_POSITION && self->target >= position)
    self->target = self->target >= position + removed ? self->target + added - removed : position;
  if (self->target >= n)
    self->target = GTK_INVALID_LIST_POSITION;
  if (self->gap_index > (int) position)
    self->gap_index = MAX ((int) position, self->gap_index + (int) added - (int) removed);
  baton_lazy_list_fold (self);
  self->slide_pending = true;
  if (self->scroller == NULL)
    baton_lazy_list_flush_limbo (self);
  baton_lazy_list_queue_work (self);
}

/* Forgets every measured height; built rows are measured again, the others estimated. */
static void
estimate_all (BatonLazyList *self)
{
  guint n = baton_height_index_get_n_rows (self->heights);

  baton_lazy_list_unfold (self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->model, i);

      baton_height_index_set (
          self->heights, i, self->funcs.estimate (item, self->width, self->user_data), false);
    }
  self->min_width = 0;
  baton_lazy_list_update_rows (self);
  baton_lazy_list_fold (self);
}

static GtkSizeRequestMode
baton_lazy_list_get_request_mode (GtkWidget *widget)
{
  /* The height does depend on the width, but only on the one that the list really has: asking for other
   * widths would estimate every item again. When the width has changed, the scroller asks for the new height.
   */
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
baton_lazy_list_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
    int *natural, int *minimum_baseline, int *natural_baseline)
{
  BatonLazyList *self = BATON_LAZY_LIST (widget);

  baton_lazy_list_update_rows (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = self->min_width;
      return;
    }
  self->requested = baton_lazy_list_get_total (self);
  *minimum = *natural = self->requested;
}

static void
allocate_row (BatonLazyList *self, BatonLazyRow *row)
{
  graphene_point_t at = GRAPHENE_POINT_INIT (0, (float) row->y);
  int min_width;

  gtk_widget_measure (row->widget, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  gtk_widget_allocate (
      row->widget, MAX (self->width, min_width), row->height, -1, gsk_transform_translate (NULL, &at));
}

static void
allocate_gap (BatonLazyList *self)
{
  graphene_rect_t bounds;

  gtk_widget_set_child_visible (self->gap, self->gap_index >= 0);
  if (!baton_lazy_list_get_gap_bounds (self, &bounds))
    return;
  gtk_widget_measure (self->gap, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (self->gap, (int) bounds.size.width, (int) bounds.size.height, -1,
      gsk_transform_translate (NULL, &bounds.origin));
}

static void
baton_lazy_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BatonLazyList *self = BATON_LAZY_LIST (widget);

  if (width != self->width)
    {
      self->width = width;
      estimate_all (self);
    }
  for (guint i = 0; i < self->rows->len; i++)
    allocate_row (self, g_ptr_array_index (self->rows, i));
  allocate_gap (self);
}

static void
snapshot_row (BatonLazyList *self, GtkSnapshot *snapshot, BatonLazyRow *row)
{
  double offset = row->from * self->slide_value;
  bool fades = row->fresh && self->slide_value > 0;

  if (baton_lazy_list_is_folded (self, row->item))
    return;
  if (offset != 0)
    {
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) round (offset)));
    }
  if (fades)
    gtk_snapshot_push_opacity (snapshot, 1 - self->slide_value);
  gtk_widget_snapshot_child (GTK_WIDGET (self), row->widget, snapshot);
  if (fades)
    gtk_snapshot_pop (snapshot);
  if (offset != 0)
    gtk_snapshot_restore (snapshot);
}

static void
baton_lazy_list_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BatonLazyList *self = BATON_LAZY_LIST (widget);

  gtk_widget_snapshot_child (widget, self->gap, snapshot);
  /* A frame lays out a few times at the most. A row that changed its size in the last of them would not be
   * drawn until the next change; for all others this does nothing. */
  for (guint i = 0; i < self->rows->len; i++)
    allocate_row (self, g_ptr_array_index (self->rows, i));
  for (guint i = 0; i < self->rows->len; i++)
    snapshot_row (self, snapshot, g_ptr_array_index (self->rows, i));
}

static void
baton_lazy_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (baton_lazy_list_parent_class)->map (widget);
  baton_lazy_scroller_join (BATON_LAZY_LIST (widget));
}

static void
baton_lazy_list_unmap (GtkWidget *widget)
{
  BatonLazyList *self = BATON_LAZY_LIST (widget);

  baton_lazy_scroller_leave (self);
  if (self->slide != NULL)
    adw_animation_skip (self->slide);
  GTK_WIDGET_CLASS (baton_lazy_list_parent_class)->unmap (widget);
  baton_lazy_list_flush_limbo (self);
}

static void
baton_lazy_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BatonLazyList *self = BATON_LAZY_LIST (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
baton_lazy_list_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  BatonLazyList *self = BATON_LAZY_LIST (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      baton_lazy_list_set_model (self, g_value_get_object (value));
      break;
    case PROP_SPACING:
      baton_lazy_list_set_spacing (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
baton_lazy_list_dispose (GObject *object)
{
  BatonLazyList *self = BATON_LAZY_LIST (object);

  baton_lazy_scroller_leave (self);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  baton_lazy_list_free_rows (self);
  g_clear_pointer (&self->gap, gtk_widget_unparent);
  g_clear_object (&self->slide);
  g_clear_object (&self->model);
  g_clear_object (&self->vadjustment);
  if (self->viewport != NULL)
    g_clear_weak_pointer (&self->viewport);
  G_OBJECT_CLASS (baton_lazy_list_parent_class)->dispose (object);
}

static void
baton_lazy_list_finalize (GObject *object)
{
  BatonLazyList *self = BATON_LAZY_LIST (object);

  if (self->user_data_destroy != NULL)
    self->user_data_destroy (self->user_data);
  g_clear_pointer (&self->lifted, g_hash_table_unref);
  g_clear_pointer (&self->folded, g_hash_table_unref);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->limbo);
  g_ptr_array_unref (self->pool);
  g_hash_table_unref (self->stash);
  g_hash_table_unref (self->fresh);
  baton_height_index_free (self->heights);
  G_OBJECT_CLASS (baton_lazy_list_parent_class)->finalize (object);
}

/* Where Tab comes in: the row that it left if that is still to be seen, else the first one that is. */
static guint
tab_stop (BatonLazyList *self)
{
  guint n = baton_height_index_get_n_rows (self->heights), first = baton_lazy_list_find (self, self->top);

  if (self->stop < n && baton_lazy_list_get_y (self, self->stop) >= self->top &&
      baton_lazy_list_get_y (self, self->stop) < self->bottom)
    return self->stop;
  if (first + 1 < n && baton_lazy_list_get_y (self, first) < self->top &&
      baton_lazy_list_get_y (self, first + 1) < self->bottom)
    return first + 1;
  return MIN (first, n - 1);
}

/* The list is one stop for Tab; within it the arrow keys lead. Most rows are not built, and from one to the
 * next in thousands nobody would get to what comes after. */
static gboolean
baton_lazy_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  BatonLazyList *self = BATON_LAZY_LIST (widget);
  BatonLazyRow *row = baton_lazy_list_focus_row (self);

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (baton_lazy_list_parent_class)->focus (widget, direction);
  if (row != NULL)
    self->stop = row->position;
  if (row != NULL || baton_height_index_get_n_rows (self->heights) == 0)
    return FALSE;
  row = baton_lazy_list_realise (self, tab_stop (self));
  if (!gtk_widget_child_focus (row->widget, direction))
    return FALSE;
  baton_lazy_list_scroll_to (self, row->position);
  return TRUE;
}

static void
baton_lazy_list_class_init (BatonLazyListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = baton_lazy_list_get_property;
  object_class->set_property = baton_lazy_list_set_property;
  object_class->dispose = baton_lazy_list_dispose;
  object_class->finalize = baton_lazy_list_finalize;
  widget_class->get_request_mode = baton_lazy_list_get_request_mode;
  widget_class->measure = baton_lazy_list_measure;
  widget_class->size_allocate = baton_lazy_list_size_allocate;
  widget_class->snapshot = baton_lazy_list_snapshot;
  widget_class->focus = baton_lazy_list_focus;
  widget_class->map = baton_lazy_list_map;
  widget_class->unmap = baton_lazy_list_unmap;

  props[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 7,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /* focus-lost-item (position): the item that had the focus has left the model; `position` is its neighbour,
   * or GTK_INVALID_LIST_POSITION if the list is empty. Return TRUE after giving the focus to something else.
   */
  signals[FOCUS_LOST_ITEM] = g_signal_new ("focus-lost-item", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
      g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 1, G_TYPE_UINT);

  gtk_widget_class_set_css_name (widget_class, "lazylist");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
baton_lazy_list_init (BatonLazyList *self)
{
  self->spacing = 7;
  self->overscan = 160;
  self->gap_index = -1;
  self->target = GTK_INVALID_LIST_POSITION;
  self->heights = baton_height_index_new (self->spacing);
  self->rows = g_ptr_array_new ();
  self->limbo = g_ptr_array_new ();
  self->pool = g_ptr_array_new ();
  self->stash = g_hash_table_new (NULL, NULL);
  self->folded = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->fresh = g_hash_table_new (NULL, NULL);
  self->gap = baton_gizmo_new ("gap");
  gtk_widget_set_child_visible (self->gap, FALSE);
  gtk_widget_set_parent (self->gap, GTK_WIDGET (self));
  self->motion = gtk_event_controller_motion_new ();
  gtk_widget_add_controller (GTK_WIDGET (self), self->motion);
}

/* `funcs` is copied. `user_data` is handed to each of them and destroyed with the list. */
GtkWidget *
baton_lazy_list_new (const BatonLazyListFuncs *funcs, gpointer user_data, GDestroyNotify user_data_destroy)
{
  BatonLazyList *self;

  g_return_val_if_fail (
      funcs != NULL && funcs->create != NULL && funcs->bind != NULL && funcs->estimate != NULL, NULL);

  self = g_object_new (BATON_TYPE_LAZY_LIST, NULL);
  self->funcs = *funcs;
  self->user_data = user_data;
  self->user_data_destroy = user_data_destroy;
  return GTK_WIDGET (self);
}

/* Takes a reference of its own; NULL for none. */
void
baton_lazy_list_set_model (BatonLazyList *self, GListModel *model)
{
  g_autoptr (GListModel) old = NULL;
  guint removed;

  g_return_if_fail (BATON_IS_LAZY_LIST (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  if (self->model == model)
    return;
  old = g_steal_pointer (&self->model);
  if (old != NULL)
    g_signal_handlers_disconnect_by_data (old, self);
  removed = baton_height_index_get_n_rows (self->heights);
  if (model == NULL)
    {
      g_autoptr (GListStore) none = g_list_store_new (G_TYPE_OBJECT);

      items_changed_cb (G_LIST_MODEL (none), 0, removed, 0, self);
    }
  else
    {
      self->model = g_object_ref (model);
      items_changed_cb (model, 0, removed, g_list_model_get_n_items (model), self);
      g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MODEL]);
}

/* Borrowed; may be NULL. */
GListModel *
baton_lazy_list_get_model (BatonLazyList *self)
{
  g_return_val_if_fail (BATON_IS_LAZY_LIST (self), NULL);

  return self->model;
}

/* Pixels between rows; 7 by default. */
void
baton_lazy_list_set_spacing (BatonLazyList *self, int spacing)
{
  g_return_if_fail (BATON_IS_LAZY_LIST (self) && spacing >= 0);

  if (self->spacing == spacing)
    return;
  baton_lazy_list_unfold (self);
  self->spacing = spacing;
  baton_height_index_set_spacing (self->heights, spacing);
  baton_lazy_list_fold (self);
  baton_lazy_list_queue_work (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SPACING]);
}

int
baton_lazy_list_get_spacing (BatonLazyList *self)
{
  g_return_val_if_fail (BATON_IS_LAZY_LIST (self), 0);

  return self->spacing;
}

/* How many pixels beyond the view rows are built ahead; 160 by default. */
void
baton_lazy_list_set_overscan (BatonLazyList *self, int overscan)
{
  g_return_if_fail (BATON_IS_LAZY_LIST (self) && overscan >= 0);

  self->overscan = overscan;
  baton_lazy_list_queue_work (self);
}

/* What the list scrolls in: the adjustment and the widget whose area shows the content, an ancestor of the
 * list whose child moves with the adjustment's value (a GtkViewport). Not needed inside a GtkScrolledWindow
 * that scrolls vertically: the nearest one is found when the list is mapped. Both NULL goes back to that. */
void
baton_lazy_list_set_adjustment (BatonLazyList *self, GtkAdjustment *vadjustment, GtkWidget *viewport)
{
  g_return_if_fail (BATON_IS_LAZY_LIST (self));

  baton_lazy_scroller_leave (self);
  g_set_object (&self->vadjustment, vadjustment);
  g_set_weak_pointer (&self->viewport, viewport);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    baton_lazy_scroller_join (self);
}

/* For when all rows change their heights without their items changing (text size, density). */
void
baton_lazy_list_invalidate_heights (BatonLazyList *self)
{
  g_return_if_fail (BATON_IS_LAZY_LIST (self));

  if (self->width > 0 && self->model != NULL)
    estimate_all (self);
  baton_lazy_list_queue_work (self);
}

/* Brings a row fully into view with the next frame, by the shortest way; heights that turn out different on
 * the way are allowed for. Works from any distance and before the list is first shown. */
void
baton_lazy_list_scroll_to (BatonLazyList *self, guint position)
{
  g_return_if_fail (BATON_IS_LAZY_LIST (self));
  g_return_if_fail (position < baton_height_index_get_n_rows (self->heights));

  self->target = position;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Builds the row if it is not there and gives it its place at once, so that it can take the focus. The list
 * keeps the row until the next frame, and beyond if it is in view or has the focus. Borrowed. */
GtkWidget *
baton_lazy_list_get_row (BatonLazyList *self, guint position)
{
  BatonLazyRow *row;

  g_return_val_if_fail (BATON_IS_LAZY_LIST (self), NULL);
  g_return_val_if_fail (position < baton_height_index_get_n_rows (self->heights), NULL);

  row = baton_lazy_list_find_row (self, position);
  if (row != NULL)
    return row->widget;
  row = baton_lazy_list_realise (self, position);
  if (self->width > 0)
    {
      baton_lazy_list_update_rows (self);
      allocate_row (self, row);
    }
  return row->widget;
}

/* The row if it is built, or NULL. Borrowed. */
GtkWidget *
baton_lazy_list_peek_row (BatonLazyList *self, guint position)
{
  BatonLazyRow *row;

  g_return_val_if_fail (BATON_IS_LAZY_LIST (self), NULL);

  row = baton_lazy_list_find_row (self, position);
  return row != NULL ? row->widget : NULL;
}

/* The position of the row that a widget is (in), or GTK_INVALID_LIST_POSITION. */
guint
baton_lazy_list_get_position (BatonLazyList *self, GtkWidget *descendant)
{
  g_return_val_if_fail (BATON_IS_LAZY_LIST (self), GTK_INVALID_LIST_POSITION);

  while (descendant != NULL && gtk_widget_get_parent (descendant) != GTK_WIDGET (self))
    descendant = gtk_widget_get_parent (descendant);
  for (guint i = 0; descendant != NULL && i < self->rows->len; i++)
    {
      BatonLazyRow *row = g_ptr_array_index (self->rows, i);

      if (row->widget == descendant)
        return row->position;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* Where a row stands or would stand, in the list's coordinates. FALSE if there is no such position. */
gboolean
baton_lazy_list_get_bounds (BatonLazyList *self, guint position, graphene_rect_t *bounds)
{
  g_return_val_if_fail (BATON_IS_LAZY_LIST (self) && bounds != NULL, FALSE);

  if (position >= baton_height_index_get_n_rows (self->heights))
    return FALSE;
  graphene_rect_init (bounds, 0, (float) baton_lazy_list_get_y (self, position), (float) self->width,
      (float) baton_height_index_get (self->heights, position)->height);
  return TRUE;
}

/* The row at y, or GTK_INVALID_LIST_POSITION beside, between and below rows. */
guint
baton_lazy_list_row_at (BatonLazyList *self, double y)
{
  graphene_rect_t bounds;
  guint position;

  g_return_val_if_fail (BATON_IS_LAZY_LIST (self), GTK_INVALID_LIST_POSITION);

  position = baton_lazy_list_find (self, y);
  if (!baton_lazy_list_get_bounds (self, position, &bounds) || y < bounds.origin.y ||
      y >= bounds.origin.y + bounds.size.height)
    return GTK_INVALID_LIST_POSITION;
  return position;
}

/* How many rows are built at the moment, those kept for reuse not counted. */
guint
baton_lazy_list_get_n_realised (BatonLazyList *self)
{
  g_return_val_if_fail (BATON_IS_LAZY_LIST (self), 0);

  return self->rows->len;
}

void
baton_lazy_list_lost_focus (BatonLazyList *self, guint position)
{
  guint n = baton_height_index_get_n_rows (self->heights);
  guint neighbour = n == 0 ? GTK_INVALID_LIST_POSITION : MIN (position, n - 1);
  gboolean handled = FALSE;
  GtkWidget *row;

  g_signal_emit (self, signals[FOCUS_LOST_ITEM], 0, neighbour, &handled);
  if (handled || neighbour >= baton_height_index_get_n_rows (self->heights))
    return;
  row = baton_lazy_list_get_row (self, neighbour);
  if (!gtk_widget_grab_focus (row))
    gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}
