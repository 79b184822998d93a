/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "drag-layer.h"

#include <adwaita.h>
#include <stdbool.h>

/* What hovers over everything during a drag: the lifted card, more of them behind it and a count when there
 * are several, and a message beside the pointer when a drop was refused. Never takes the pointer. Label
 * classes for CSS: `drag-count`, `drag-message`.
 *
 * The card and its shadow are drawn once, upright, into a texture; each frame then only turns and moves that.
 * A CSS shadow on a turned widget would be blurred anew in each frame, and the cairo renderer leaves holes in
 * it. */
#define TILT 2.0 /* degrees */
#define TILT_MS 120
#define N_SHEETS 2
#define SHEET_STEP 5
#define SHADOW 34        /* px around the card */
#define RADIUS 12        /* libadwaita's cards */
#define MESSAGE_WIDTH 34 /* characters */
#define MESSAGE_MARGIN 12

struct _BatonDragLayer
{
  GtkWidget parent_instance;

  GtkWidget *count;
  GtkWidget *message;

  GdkTexture *texture;   /* the card with SHADOW px around it; NULL if nothing is lifted */
  graphene_rect_t rect;  /* the card before it is turned */
  graphene_point_t grip; /* in the card: what the pointer holds, and the turning point */
  guint n_cards;
  double angle;
  double opacity;
  graphene_point_t message_at;

  AdwAnimation *tilt;
  AdwAnimation *glide;
  graphene_rect_t from;
  graphene_rect_t to;
  double from_angle;
  bool fades;
  BatonDragLayerDone done;
  gpointer user_data;
};

G_DEFINE_FINAL_TYPE (BatonDragLayer, baton_drag_layer, GTK_TYPE_WIDGET)

static GskTransform *
get_transform (BatonDragLayer *self, double shift, double angle)
{
  GskTransform *transform;

  transform =
      gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (self->rect.origin.x + self->grip.x + (float) shift,
                                         self->rect.origin.y + self->grip.y + (float) shift));
  transform = gsk_transform_rotate (transform, (float) angle);
  return gsk_transform_translate (transform, &GRAPHENE_POINT_INIT (-self->grip.x, -self->grip.y));
}

/* Cards may be translucent (libadwaita's are in the dark style): lifted, they bring their ground along. */
static void
append_ground (BatonDragLayer *self, GtkSnapshot *snapshot, const GskRoundedRect *outline)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA ground;

  if (!gtk_style_context_lookup_color (context, "window_bg_color", &ground))
    return;
  gtk_snapshot_push_rounded_clip (snapshot, outline);
  gtk_snapshot_append_color (snapshot, &ground, &outline->bounds);
  gtk_snapshot_pop (snapshot);
}

/* The card's picture over its shadow, at the resolution of the screen. */
static GdkTexture *
draw_texture (BatonDragLayer *self, GdkPaintable *paintable)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  float scale = (float) gtk_widget_get_scale_factor (GTK_WIDGET (self));
  float width = self->rect.size.width, height = self->rect.size.height;
  GskRoundedRect outline;

  if (native == NULL)
    return NULL;
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, height), RADIUS);
  gtk_snapshot_scale (snapshot, scale, scale);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &(GdkRGBA){ 0, 0, 0, 0.22f }, 0, 9, 0, 22);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &(GdkRGBA){ 0, 0, 0, 0.18f }, 0, 2, 0, 4);
  append_ground (self, snapshot, &outline);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  return gsk_renderer_render_texture (gtk_native_get_renderer (native), node,
      &GRAPHENE_RECT_INIT (
          -SHADOW * scale, -SHADOW * scale, (width + 2 * SHADOW) * scale, (height + 2 * SHADOW) * scale));
}

static void
append_card (BatonDragLayer *self, GtkSnapshot *snapshot, int depth)
{
  GskTransform *transform = get_transform (self, depth * SHEET_STEP, self->angle * (1 + 0.6 * depth));

  gtk_snapshot_save (snapshot);
  gtk_snapshot_transform (snapshot, transform);
  gtk_snapshot_append_texture (snapshot, self->texture,
      &GRAPHENE_RECT_INIT (
          -SHADOW, -SHADOW, self->rect.size.width + 2 * SHADOW, self->rect.size.height + 2 * SHADOW));
  gtk_snapshot_restore (snapshot);
  gsk_transform_unref (transform);
}

static void
baton_drag_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BatonDragLayer *self = BATON_DRAG_LAYER (widget);

  if (self->texture != NULL)
    {
      gtk_snapshot_push_opacity (snapshot, self->opacity);
      for (int depth = MIN ((int) self->n_cards - 1, N_SHEETS); depth >= 0; depth--)
        append_card (self, snapshot, depth);
      gtk_snapshot_pop (snapshot);
      gtk_widget_snapshot_child (widget, self->count, snapshot);
    }
  gtk_widget_snapshot_child (widget, self->message, snapshot);
}

/* Both need it: what is drawn here, and the count that goes with it. */
static void
queue_card (BatonDragLayer *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (gtk_widget_get_child_visible (self->count))
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* The count sits on the corner of the card where reading ends, and stays upright. */
static void
place_count (BatonDragLayer *self)
{
  GskTransform *transform = get_transform (self, 0, self->angle);
  int width, height;
  bool rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  gtk_widget_measure (self->count, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (self->count, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  transform = gsk_transform_translate (transform,
      &GRAPHENE_POINT_INIT ((rtl ? 0 : self->rect.size.width) - (float) width / 2, -(float) height / 2));
  gtk_widget_allocate (
      self->count, width, height, -1, gsk_transform_rotate (transform, (float) -self->angle));
}

/* Beside the pointer where there is room, always whole inside the layer. */
static void
place_message (BatonDragLayer *self, int layer_width, int layer_height)
{
  int width, height;
  double x, y;
  bool rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  gtk_widget_measure (self->message, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  gtk_widget_measure (self->message, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  x = rtl ? self->message_at.x - MESSAGE_MARGIN - width : self->message_at.x + MESSAGE_MARGIN;
  y = self->message_at.y + MESSAGE_MARGIN;
  if (y + height > layer_height)
    y = self->message_at.y - MESSAGE_MARGIN - height;
  x = CLAMP (x, MESSAGE_MARGIN, MAX (layer_width - width - MESSAGE_MARGIN, MESSAGE_MARGIN));
  y = CLAMP (y, MESSAGE_MARGIN, MAX (layer_height - height - MESSAGE_MARGIN, MESSAGE_MARGIN));
  gtk_widget_allocate (self->message, width, height, -1,
      gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) (int) x, (float) (int) y)));
}

static void
baton_drag_layer_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BatonDragLayer *self = BATON_DRAG_LAYER (widget);

  if (gtk_widget_get_child_visible (self->count))
    place_count (self);
  if (gtk_widget_get_child_visible (self->message))
    place_message (self, width, height);
}

static void
baton_drag_layer_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
    int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
tilt_cb (double value, BatonDragLayer *self)
{
  self->angle = value;
  queue_card (self);
}

static float
between (float from, float to, double t)
{
  return from + (to - from) * (float) t;
}

static void
glide_cb (double value, BatonDragLayer *self)
{
  self->rect.origin.x = between (self->from.origin.x, self->to.origin.x, value);
  self->rect.origin.y = between (self->from.origin.y, self->to.origin.y, value);
  self->angle = self->from_angle * (1 - value);
  self->opacity = self->fades ? 1 - value : 1;
  queue_card (self);
}

static void
glide_done_cb (AdwAnimation *animation, BatonDragLayer *self)
{
  BatonDragLayerDone done = g_steal_pointer (&self->done);

  if (done == NULL)
    return;
  baton_drag_layer_clear (self);
  done (self->user_data);
}

static void
baton_drag_layer_dispose (GObject *object)
{
  BatonDragLayer *self = BATON_DRAG_LAYER (object);

  self->done = NULL;
  g_clear_object (&self->tilt);
  g_clear_object (&self->glide);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->count, gtk_widget_unparent);
  g_clear_pointer (&self->message, gtk_widget_unparent);
  G_OBJECT_CLASS (baton_drag_layer_parent_class)->dispose (object);
}

static void
baton_drag_layer_class_init (BatonDragLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_drag_layer_dispose;
  widget_class->measure = baton_drag_layer_measure;
  widget_class->size_allocate = baton_drag_layer_size_allocate;
  widget_class->snapshot = baton_drag_layer_snapshot;
  gtk_widget_class_set_css_name (widget_class, "draglayer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static GtkWidget *
add_child (BatonDragLayer *self, GtkWidget *child)
{
  gtk_widget_set_child_visible (child, FALSE);
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  return child;
}

static void
baton_drag_layer_init (BatonDragLayer *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  self->count = add_child (self, gtk_label_new (NULL));
  gtk_widget_add_css_class (self->count, "drag-count");
  self->message = add_child (self, g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                       "wrap", TRUE, "max-width-chars", MESSAGE_WIDTH, "xalign", 0.0, NULL));
  gtk_widget_add_css_class (self->message, "drag-message");

  self->tilt = adw_timed_animation_new (GTK_WIDGET (self), 0, TILT, TILT_MS,
      adw_callback_animation_target_new ((AdwAnimationTargetFunc) tilt_cb, self, NULL));
  self->glide = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, 200,
      adw_callback_animation_target_new ((AdwAnimationTargetFunc) glide_cb, self, NULL));
  g_signal_connect (self->glide, "done", G_CALLBACK (glide_done_cb), self);
}

GtkWidget *
baton_drag_layer_new (void)
{
  return g_object_new (BATON_TYPE_DRAG_LAYER, NULL);
}

/* Shows `paintable` over `rect`, held at `grip` (in the card's coordinates) by the pointer, and tilts it. */
void
baton_drag_layer_lift (BatonDragLayer *self, GdkPaintable *paintable, const graphene_rect_t *rect,
    const graphene_point_t *grip, guint n_cards)
{
  g_autofree char *count = g_strdup_printf ("%u", n_cards);

  g_return_if_fail (BATON_IS_DRAG_LAYER (self));

  self->done = NULL;
  self->rect = *rect;
  self->grip = *grip;
  self->n_cards = n_cards;
  self->angle = 0;
  self->opacity = 1;
  g_clear_object (&self->texture);
  self->texture = draw_texture (self, paintable);
  gtk_label_set_text (GTK_LABEL (self->count), count);
  gtk_widget_set_child_visible (self->count, n_cards > 1);
  adw_timed_animation_set_value_to (ADW_TIMED_ANIMATION (self->tilt),
      gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -TILT : TILT);
  adw_animation_play (self->tilt);
  queue_card (self);
}

/* The pointer has moved to (x, y): the card follows, held at the same point. */
void
baton_drag_layer_move (BatonDragLayer *self, double x, double y)
{
  g_return_if_fail (BATON_IS_DRAG_LAYER (self));

  self->rect.origin.x = (float) x - self->grip.x;
  self->rect.origin.y = (float) y - self->grip.y;
  queue_card (self);
}

/* Lets the card glide to a rectangle (NULL: fade away where it is) in `duration` ms, takes it off and calls
 * `done`, which happens at once where animations are off. */
void
baton_drag_layer_glide (BatonDragLayer *self, const graphene_rect_t *to, guint duration,
    BatonDragLayerDone done, gpointer user_data)
{
  g_return_if_fail (BATON_IS_DRAG_LAYER (self) && done != NULL);

  adw_animation_pause (self->tilt);
  self->from = self->rect;
  self->from_angle = self->angle;
  self->fades = to == NULL;
  self->to = to != NULL ? *to : self->rect;
  self->done = done;
  self->user_data = user_data;
  gtk_widget_set_child_visible (self->count, FALSE);
  adw_timed_animation_set_duration (ADW_TIMED_ANIMATION (self->glide), duration);
  adw_animation_reset (self->glide);
  adw_animation_play (self->glide);
}

/* Ends a glide now. */
void
baton_drag_layer_skip (BatonDragLayer *self)
{
  g_return_if_fail (BATON_IS_DRAG_LAYER (self));

  if (self->done != NULL)
    adw_animation_skip (self->glide);
}

/* Takes the card off at once, without telling anyone. */
void
baton_drag_layer_clear (BatonDragLayer *self)
{
  g_return_if_fail (BATON_IS_DRAG_LAYER (self));

  self->done = NULL;
  adw_animation_pause (self->tilt);
  adw_animation_pause (self->glide);
  gtk_widget_set_child_visible (self->count, FALSE);
  g_clear_object (&self->texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Where the lifted card is, not turned, in the layer's coordinates. FALSE if nothing is lifted. */
gboolean
baton_drag_layer_get_rect (BatonDragLayer *self, graphene_rect_t *rect)
{
  g_return_val_if_fail (BATON_IS_DRAG_LAYER (self) && rect != NULL, FALSE);

  *rect = self->rect;
  return self->texture != NULL;
}

void
baton_drag_layer_show_message (BatonDragLayer *self, const char *message, double x, double y)
{
  g_return_if_fail (BATON_IS_DRAG_LAYER (self) && message != NULL);

  self->message_at = GRAPHENE_POINT_INIT ((float) x, (float) y);
  gtk_label_set_text (GTK_LABEL (self->message), message);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->message), GTK_ACCESSIBLE_PROPERTY_LABEL, message, -1);
  gtk_widget_set_child_visible (self->message, TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
baton_drag_layer_hide_message (BatonDragLayer *self)
{
  g_return_if_fail (BATON_IS_DRAG_LAYER (self));

  gtk_widget_set_child_visible (self->message, FALSE);
}

/* The message that is shown, or NULL. */
const char *
baton_drag_layer_get_message (BatonDragLayer *self)
{
  g_return_val_if_fail (BATON_IS_DRAG_LAYER (self), NULL);

  return gtk_widget_get_child_visible (self->message) ? gtk_label_get_text (GTK_LABEL (self->message)) : NULL;
}
