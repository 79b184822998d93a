/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-face-private.h"

/* Everything that a card says, laid out, measured and drawn by itself. */

#define PADDING BATON_FACE_PADDING
#define LINE_GAP 5
#define MOST_TITLE_LINES 3

enum
{
  TITLE,
  LEFT,  /* urgency and channel */
  RIGHT, /* age */
  DUE,
  CHECKLIST,
  BLOCKED,
  REVIEW,
  INITIALS,
  N_TEXTS,
};

G_STATIC_ASSERT (N_TEXTS == BATON_FACE_N_TEXTS);

void
baton_card_face_clear_layouts (BatonCardFace *self)
{
  for (guint i = 0; i < N_TEXTS; i++)
    g_clear_object (&self->layouts[i]);
  self->laid_out_for = -1;
}

static PangoLayout *
new_layout (BatonCardFace *self, const char *text, double scale, gboolean bold)
{
  PangoLayout *layout;
  PangoAttrList *attributes;

  if (text == NULL || *text == '\0')
    return NULL;
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

static void
make_layouts (BatonCardFace *self)
{
  g_autofree char *title = baton_card_face_short_title (self->card);
  g_autofree char *initials = self->facts.owner != NULL ? baton_initials (self->facts.owner) : NULL;
  g_autofree char *left =
      self->facts.urgency != NULL && self->facts.channel != NULL
          ? g_strdup_printf ("%s  %s", self->facts.urgency, self->facts.channel)
          : g_strdup (self->facts.urgency != NULL ? self->facts.urgency : self->facts.channel);

  self->layouts[TITLE] = new_layout (self, title, 1.0, TRUE);
  if (self->layouts[TITLE] != NULL)
    {
      pango_layout_set_wrap (self->layouts[TITLE], PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (self->layouts[TITLE], -MOST_TITLE_LINES);
    }
  self->layouts[LEFT] = new_layout (self, left, 0.88, self->facts.fast);
  self->layouts[RIGHT] = new_layout (self, self->facts.age, 0.88, self->facts.age_tone != BATON_TONE_PLAIN);
  self->layouts[DUE] = new_layout (self, self->facts.due, 0.88, self->facts.due_tone != BATON_TONE_PLAIN);
  self->layouts[CHECKLIST] = new_layout (self, self->facts.checklist, 0.88, FALSE);
  self->layouts[BLOCKED] =
      new_layout (self, self->facts.blocked, 0.88, self->facts.blocked_tone != BATON_TONE_PLAIN);
  self->layouts[REVIEW] =
      new_layout (self, self->facts.review, 0.88, self->facts.review_tone != BATON_TONE_PLAIN);
  self->layouts[INITIALS] = new_layout (self, initials, 0.68, TRUE);
}

static int
natural_width (PangoLayout *layout)
{
  int width = 0;

  if (layout != NULL)
    {
      pango_layout_set_width (layout, -1);
      pango_layout_get_pixel_size (layout, &width, NULL);
    }
  return width;
}

static void
set_width (PangoLayout *layout, int width)
{
  if (layout != NULL)
    pango_layout_set_width (layout, MAX (width, 1) * PANGO_SCALE);
}

/* Two layouts share a line: the right one takes what it needs, the left one the rest. */
static void
share_line (PangoLayout *left, PangoLayout *right, int width)
{
  int right_width = MIN (natural_width (right), width * 2 / 3);

  set_width (right, right_width);
  set_width (left, width - right_width - (right != NULL ? 8 : 0));
}

static int
height_of (PangoLayout *layout)
{
  int height = 0;

  if (layout != NULL)
    pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static int
avatar_size (BatonCardFace *self)
{
  return self->facts.owner != NULL ? MAX (BATON_FACE_AVATAR, height_of (self->layouts[INITIALS]) + 6) : 0;
}

/* Who looks at the card stands beside its title, or on its picture. */
static int
title_gap (BatonCardFace *self)
{
  return baton_card_face_is_watched (self) && !baton_cover_is_expected (self->cover)
             ? baton_card_face_watchers_width (self) + 4
             : 0;
}

static void
lay_out (BatonCardFace *self, int width)
{
  int inner = MAX (width - 2 * PADDING, 40);
  guint serial = pango_context_get_serial (gtk_widget_get_pango_context (GTK_WIDGET (self)));

  /* Layouts carry the fonts that they were made with. Colours are read when drawing. */
  if (self->fonts != serial)
    baton_card_face_clear_layouts (self);
  self->fonts = serial;
  if (self->layouts[TITLE] == NULL && self->card != NULL)
    make_layouts (self);
  if (self->laid_out_for == width)
    return;
  self->laid_out_for = width;
  set_width (self->layouts[TITLE], inner - title_gap (self));
  share_line (self->layouts[LEFT], self->layouts[RIGHT],
      inner - (self->facts.owner != NULL ? avatar_size (self) + 6 : 0));
  share_line (self->layouts[DUE], self->layouts[CHECKLIST], inner);
  set_width (self->layouts[BLOCKED], inner);
  set_width (self->layouts[REVIEW], inner);
}

static int
first_line_height (BatonCardFace *self)
{
  int text = MAX (height_of (self->layouts[LEFT]), height_of (self->layouts[RIGHT]));

  return MAX (text, avatar_size (self));
}

/* A third of the width, whether it is there already or still expected. */
static int
height_of_cover (int width)
{
  return CLAMP (width / 3, 60, 120);
}

static int
cover_height (BatonCardFace *self, int width)
{
  return baton_cover_is_expected (self->cover) ? height_of_cover (width) : 0;
}

static int
add_line (int height, int line)
{
  return line > 0 ? height + LINE_GAP + line : height;
}

void
baton_card_face_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
    int *natural, int *minimum_baseline, int *natural_baseline)
{
  BatonCardFace *self = BATON_CARD_FACE (widget);
  int height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 80;
      *natural = 280;
      return;
    }
  lay_out (self, for_size > 0 ? for_size : 280);
  height = cover_height (self, for_size > 0 ? for_size : 280) + height_of (self->layouts[TITLE]);
  height = add_line (height, first_line_height (self));
  height = add_line (height, MAX (height_of (self->layouts[DUE]), height_of (self->layouts[CHECKLIST])));
  height = add_line (height, height_of (self->layouts[BLOCKED]));
  height = add_line (height, height_of (self->layouts[REVIEW]));
  *minimum = *natural = height + 2 * PADDING;
}

/* From the number of characters: about 0.52 em a character, and lines of 1.25 em. */
static guint
estimate (BatonBoard *board, BatonItem *card, int width, double text_scale)
{
  const char *title = baton_item_text (card, BATON_CARD_TITLE);
  double em = 15.0 * text_scale;
  glong per_line = MAX (8, (glong) ((width - 2 * PADDING) / (0.52 * em)));
  glong length = title != NULL ? g_utf8_strlen (title, MOST_TITLE_LINES * 4 * per_line) : 1;
  glong lines = CLAMP ((length + per_line - 1) / per_line, 1, MOST_TITLE_LINES);
  int below = (int) baton_card_facts_lines (board, card);
  int cover = baton_item_text (card, BATON_CARD_COVER) != NULL ? height_of_cover (width) : 0;

  return (guint) (cover + 2 * PADDING + lines * 1.27 * em + below * (LINE_GAP + 1.12 * em));
}

/* A filter that is taken away brings thousands of cards back at once. Their heights were estimated before,
 * and reading seven values of each again is most of the work. The upper half says for which width and text
 * the lower one is. */
int
baton_card_face_estimate (BatonBoard *board, BatonItem *card, int width, double text_scale)
{
  guint32 made_for = ((guint32) width * 64 + (guint32) (text_scale * 16)) << 16;
  guint32 known = baton_item_remembered (card);

  if (known == 0 || (known & 0xffff0000) != made_for)
    {
      known = made_for | MIN (estimate (board, card, width, text_scale), 0xffff);
      baton_item_remember (card, known);
    }
  return (int) (known & 0xffff);
}

static void
draw_layout (GtkSnapshot *snapshot, PangoLayout *layout, double x, double y, const GdkRGBA *color)
{
  if (layout == NULL)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static int
layout_width (PangoLayout *layout)
{
  int width = 0;

  if (layout != NULL)
    pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

typedef struct
{
  GtkSnapshot *snapshot;
  int width;
  gboolean rtl;
  GdkRGBA plain;
  GdkRGBA dim;
  GdkRGBA warning;
  GdkRGBA urgent;
} Brush;

static GdkRGBA
named_color (GtkWidget *widget, const char *name, const GdkRGBA *fallback)
{
  GdkRGBA color;

  return gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color) ? color
                                                                                              : *fallback;
}

static Brush
new_brush (GtkWidget *widget, GtkSnapshot *snapshot)
{
  Brush brush = { .snapshot = snapshot,
    .width = gtk_widget_get_width (widget),
    .rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL };

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &brush.plain);
  brush.dim = brush.plain;
  brush.dim.alpha *= 0.7f;
  brush.warning = named_color (widget, "warning_color", &brush.plain);
  brush.urgent = named_color (widget, "error_color", &brush.plain);
  return brush;
}

static const GdkRGBA *
tone_color (const Brush *brush, BatonTone tone)
{
  return tone == BATON_TONE_URGENT    ? &brush->urgent
         : tone == BATON_TONE_WARNING ? &brush->warning
                                      : &brush->dim;
}

/* start: pixels from the leading edge. A layout is as wide as it was told to be, so its text is aligned by
 * itself. */
static void
draw_leading (const Brush *brush, PangoLayout *layout, int start, int y, const GdkRGBA *color)
{
  int width;

  if (layout == NULL)
    return;
  width = pango_layout_get_width (layout) / PANGO_SCALE;
  draw_layout (brush->snapshot, layout, brush->rtl ? brush->width - start - width : start, y, color);
}

static void
draw_trailing (const Brush *brush, PangoLayout *layout, int y, const GdkRGBA *color)
{
  draw_layout (brush->snapshot, layout, brush->rtl ? PADDING : brush->width - PADDING - layout_width (layout),
      y, color);
}

static void
draw_avatar (BatonCardFace *self, const Brush *brush, int y)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  int size = avatar_size (self), x = brush->rtl ? brush->width - PADDING - size : PADDING;
  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) size, (float) size);
  GskRoundedRect circle;

  gsk_rounded_rect_init_from_rect (&circle, &rect, (float) size / 2);
  gtk_snapshot_push_rounded_clip (brush->snapshot, &circle);
  gtk_snapshot_append_color (brush->snapshot, &self->avatar, &rect);
  gtk_snapshot_pop (brush->snapshot);
  draw_layout (brush->snapshot, self->layouts[INITIALS],
      x + (size - layout_width (self->layouts[INITIALS])) / 2.0,
      y + (size - height_of (self->layouts[INITIALS])) / 2.0, &white);
}

/* The ground shows while the picture is on its way, and through it. */
static int
draw_cover (BatonCardFace *self, const Brush *brush)
{
  static const GdkRGBA ground = { 0.5f, 0.5f, 0.5f, 0.15f };
  int height = cover_height (self, brush->width);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) brush->width, (float) height);
  GdkTexture *texture;

  if (height == 0)
    return 0;
  gtk_snapshot_append_color (brush->snapshot, &ground, &bounds);
  texture = baton_cover_texture (self->cover, brush->width, height);
  if (texture != NULL)
    baton_snapshot_texture (GTK_WIDGET (self), brush->snapshot, texture, &bounds);
  return height;
}

void
baton_card_face_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BatonCardFace *self = BATON_CARD_FACE (widget);
  Brush brush = new_brush (widget, snapshot);
  int lead = PADDING;
  int y = PADDING;
  int line;

  if (self->card == NULL)
    return;
  lay_out (self, brush.width);
  y += draw_cover (self, &brush);
  draw_leading (&brush, self->layouts[TITLE], PADDING, y, &brush.plain);
  y += height_of (self->layouts[TITLE]) + LINE_GAP;
  line = first_line_height (self);
  if (self->facts.owner != NULL)
    {
      draw_avatar (self, &brush, y + (line - avatar_size (self)) / 2);
      lead += avatar_size (self) + 6;
    }
  draw_leading (&brush, self->layouts[LEFT], lead, y + (line - height_of (self->layouts[LEFT])) / 2,
      self->facts.fast ? &brush.urgent : &brush.dim);
  draw_trailing (&brush, self->layouts[RIGHT], y + (line - height_of (self->layouts[RIGHT])) / 2,
      tone_color (&brush, self->facts.age_tone));
  y += line > 0 ? line + LINE_GAP : 0;
  line = MAX (height_of (self->layouts[DUE]), height_of (self->layouts[CHECKLIST]));
  draw_leading (&brush, self->layouts[DUE], PADDING, y, tone_color (&brush, self->facts.due_tone));
  draw_trailing (&brush, self->layouts[CHECKLIST], y, &brush.dim);
  y += line > 0 ? line + LINE_GAP : 0;
  draw_leading (&brush, self->layouts[BLOCKED], PADDING, y, tone_color (&brush, self->facts.blocked_tone));
  line = height_of (self->layouts[BLOCKED]);
  y += line > 0 ? line + LINE_GAP : 0;
  draw_leading (&brush, self->layouts[REVIEW], PADDING, y, tone_color (&brush, self->facts.review_tone));
  if (baton_card_face_is_watched (self))
    gtk_widget_snapshot_child (widget, self->watchers, snapshot);
}
