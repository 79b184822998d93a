/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-flight.h"

#include "drag-layer.h"

#define MOST 6 /* cards at once; more are no event to be followed by eye */
#define FLIGHT_MS 200

/* Belongs to its layer, and goes with it. */
typedef struct
{
  GtkWidget *layer;
  GtkWidget *face; /* where it lands, hidden until then; or NULL */
  BatonItem *card;
  guint frames;
} Flight;

static void
flight_free (gpointer data)
{
  Flight *flight = data;

  if (flight->face != NULL)
    gtk_widget_set_opacity (flight->face, 1);
  g_clear_object (&flight->face);
  g_object_unref (flight->card);
  g_free (flight);
}

/* The layer has just said that it is done: it may go when it has finished saying so. */
static void
remove_cb (gpointer data)
{
  GtkWidget *layer = data;
  GtkWidget *host = gtk_widget_get_parent (layer);

  if (host != NULL)
    gtk_overlay_remove_overlay (GTK_OVERLAY (host), layer);
  g_object_unref (layer);
}

static void
landed_cb (gpointer data)
{
  Flight *flight = data;

  if (flight->face != NULL)
    gtk_widget_set_opacity (flight->face, 1);
  g_idle_add_once (remove_cb, g_object_ref (flight->layer));
}

static GtkWidget *
find_face (GtkWidget *list, const char *card)
{
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      BatonItem *item = BATON_IS_CARD_FACE (row) ? baton_card_face_card (BATON_CARD_FACE (row)) : NULL;

      if (item != NULL && gtk_widget_get_mapped (row) && g_str_equal (baton_item_id (item), card))
        return row;
    }
  return NULL;
}

static gboolean
rect_on_host (BatonBoardView *self, GtkWidget *face, graphene_rect_t *rect)
{
  graphene_rect_t host = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self->host)),
      (float) gtk_widget_get_height (GTK_WIDGET (self->host)));

  return gtk_widget_compute_bounds (face, GTK_WIDGET (self->host), rect) &&
         graphene_rect_intersection (rect, &host, NULL);
}

/* The second frame: the card has its new place. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Flight *flight = data;
  BatonBoardView *self = BATON_BOARD_VIEW (widget);
  BatonCell *cell;
  GtkWidget *face = NULL;
  graphene_rect_t to;
  guint position;

  if (++flight->frames < 2)
    return G_SOURCE_CONTINUE;
  cell = self->board != NULL ? baton_board_view_cell_of (self, flight->card, &position) : NULL;
  if (cell != NULL && cell->list != NULL)
    face = find_face (GTK_WIDGET (cell->list), baton_item_id (flight->card));
  if (face != NULL && rect_on_host (self, face, &to))
    {
      flight->face = g_object_ref (face);
      gtk_widget_set_opacity (face, 0);
    }
  baton_drag_layer_glide (
      BATON_DRAG_LAYER (flight->layer), flight->face != NULL ? &to : NULL, FLIGHT_MS, landed_cb, flight);
  return G_SOURCE_REMOVE;
}

static void
take_off (BatonBoardView *self, BatonItem *card, GtkWidget *face, const graphene_rect_t *from)
{
  g_autoptr (GdkPaintable) live = gtk_widget_paintable_new (face);
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (live);
  Flight *flight = g_new0 (Flight, 1);
  graphene_point_t grip = GRAPHENE_POINT_INIT (0, 0);

  flight->layer = baton_drag_layer_new ();
  flight->card = g_object_ref (card);
  g_object_set_data_full (G_OBJECT (flight->layer), "flight", flight, flight_free);
  gtk_overlay_add_overlay (self->host, flight->layer);
  baton_drag_layer_lift (BATON_DRAG_LAYER (flight->layer), still, from, &grip, 1);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, flight, NULL);
}

/* The row that showed the card is still where it was, until the frame is laid out. */
static void
fly_card (BatonBoardView *self, const char *id)
{
  BatonItem *card = baton_board_card (self->board, id);
  graphene_rect_t from;

  for (guint i = 0; card != NULL && i < self->cells->len; i++)
    {
      BatonCell *cell = g_ptr_array_index (self->cells, i);
      GtkWidget *face = cell->list != NULL ? find_face (GTK_WIDGET (cell->list), id) : NULL;

      if (face == NULL || !rect_on_host (self, face, &from))
        continue;
      take_off (self, card, face, &from);
      return;
    }
}

void
baton_board_view_fly (BatonBoardView *self, const BatonEffect *effect)
{
  const char *moved[MOST];
  guint n = 0;

  if (self->drag != NULL && self->lifted != NULL)
    return;
  if (!adw_get_enable_animations (GTK_WIDGET (self)) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      if (change->created || change->vanished || change->field != BATON_CARD_STAGE)
        continue;
      if (n == MOST)
        return;
      moved[n++] = change->id;
    }
  for (guint i = 0; i < n; i++)
    fly_card (self, moved[i]);
}
