/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-face.h"

#include "card-facts.h"
#include "cover.h"
#include "presence-row.h"
#include "presence.h"

#include <glib/gi18n.h>

#define PADDING 10
#define LINE_GAP 5
#define AVATAR 20 /* at the least: with larger text it grows around its letters */
#define MOST_TITLE_LINES 3
#define LONGEST_TITLE 400 /* characters laid out; a title may have a hundred thousand */

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
  N_LAYOUTS,
};

struct _BatonCardFace
{
  GtkWidget parent_instance;

  BatonBoard *board;
  BatonItem *card;
  BatonCardFacts facts;
  PangoLayout *layouts[N_LAYOUTS]; /* NULL where there is nothing to say */
  GdkRGBA avatar;
  guint fonts;      /* serial of the Pango context that the layouts were made with */
  int laid_out_for; /* width that the layouts were made for */
  BatonCover *cover;
  BatonPresence *presence;
  GtkWidget *watchers; /* who looks at it now; made when somebody does */
};

G_DEFINE_FINAL_TYPE (BatonCardFace, baton_card_face, GTK_TYPE_WIDGET)

static void
clear_layouts (BatonCardFace *self)
{
  for (guint i = 0; i < N_LAYOUTS; i++)
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

static char *
short_title (BatonItem *card)
{
  const char *title = baton_item_text (card, BATON_CARD_TITLE);
  const char *end;
  char *line;

  if (title == NULL)
    return g_strdup ("");
  end = title;
  for (int i = 0; i < LONGEST_TITLE && *end != '\0'; i++)
    end = g_utf8_next_char (end);
  line = g_strndup (title, end - title);
  g_strdelimit (line, "\r\n\t", ' ');
  return line;
}

static void
make_layouts (BatonCardFace *self)
{
  g_autofree char *title = short_title (self->card);
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
  return self->facts.owner != NULL ? MAX (AVATAR, height_of (self->layouts[INITIALS]) + 6) : 0;
}

static gboolean
is_watched (BatonCardFace *self)
{
  return self->watchers != NULL && gtk_widget_get_visible (self->watchers);
}

static int
watchers_width (BatonCardFace *self)
{
  int width = 0;

  if (is_watched (self))
    gtk_widget_measure (self->watchers, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

/* Who looks at the card stands beside its title, or on its picture. */
static int
title_gap (BatonCardFace *self)
{
  return is_watched (self) && !baton_cover_is_expected (self->cover) ? watchers_width (self) + 4 : 0;
}

static void
lay_out (BatonCardFace *self, int width)
{
  int inner = MAX (width - 2 * PADDING, 40);
  guint serial = pango_context_get_serial (gtk_widget_get_pango_context (GTK_WIDGET (self)));

  /* Layouts carry the fonts that they were made with. Colours are read when drawing. */
  if (self->fonts != serial)
    clear_layouts (self);
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

static void
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

static GtkSizeRequestMode
baton_card_face_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
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

static void
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
  if (is_watched (self))
    gtk_widget_snapshot_child (widget, self->watchers, snapshot);
}

static void
baton_card_face_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BatonCardFace *self = BATON_CARD_FACE (widget);
  int row = watchers_width (self), tall = 0;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (!is_watched (self))
    return;
  gtk_widget_measure (self->watchers, GTK_ORIENTATION_VERTICAL, row, NULL, &tall, NULL, NULL);
  gtk_widget_size_allocate (self->watchers,
      &(GtkAllocation){ rtl ? PADDING - 2 : width - PADDING + 2 - row, PADDING - 2, row, tall }, -1);
}

static void
show_watchers (BatonCardFace *self)
{
  const char *card = baton_item_id (self->card);
  gboolean watched = baton_presence_on (self->presence, card) != NULL;

  if (watched && self->watchers == NULL)
    {
      self->watchers = baton_presence_row_new (AVATAR);
      gtk_widget_set_parent (self->watchers, GTK_WIDGET (self));
    }
  if (self->watchers != NULL)
    baton_presence_row_set_card (
        BATON_PRESENCE_ROW (self->watchers), baton_board_workspace (self->board), watched ? card : NULL);
}

static char *
describe (BatonCardFace *self)
{
  g_autofree char *facts = baton_card_facts_describe (&self->facts);
  g_autofree char *watchers =
      baton_presence_words (baton_board_workspace (self->board), baton_item_id (self->card));

  return watchers != NULL ? g_strdup_printf ("%s, %s", facts, watchers) : g_steal_pointer (&facts);
}

static void
refresh (BatonCardFace *self)
{
  g_autofree char *title = short_title (self->card);
  g_autofree char *description = NULL;
  BatonItem *owner = baton_workspace_lookup (baton_board_workspace (self->board), BATON_ENTITY_PERSON,
      baton_item_text (self->card, BATON_CARD_OWNER));

  clear_layouts (self);
  baton_card_facts_clear (&self->facts);
  baton_card_facts_init (&self->facts, self->board, self->card, g_get_real_time ());
  if (owner == NULL || !gdk_rgba_parse (&self->avatar, baton_person_color (owner)))
    gdk_rgba_parse (&self->avatar, "#5e5c64");
  if (self->facts.fast)
    gtk_widget_add_css_class (GTK_WIDGET (self), "fast");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "fast");
  baton_cover_set (self->cover, baton_board_workspace (self->board),
      baton_item_text (self->card, BATON_CARD_COVER), gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  show_watchers (self);
  description = describe (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
card_changed_cb (BatonItem *card, BatonCardFace *self)
{
  refresh (self);
}

static void
presence_cb (BatonPresence *presence, const char *card, BatonCardFace *self)
{
  if (self->card != NULL && g_str_equal (card, baton_item_id (self->card)))
    refresh (self);
}

/* It stays with the workspace while cards come and go. */
static void
follow_presence (BatonCardFace *self, BatonPresence *presence)
{
  if (self->presence == presence)
    return;
  if (self->presence != NULL)
    g_signal_handlers_disconnect_by_data (self->presence, self);
  g_set_object (&self->presence, presence);
  if (presence != NULL)
    g_signal_connect (presence, "changed", G_CALLBACK (presence_cb), self);
}

void
baton_card_face_bind (BatonCardFace *self, BatonBoard *board, BatonItem *card)
{
  if (self->card != NULL)
    g_signal_handlers_disconnect_by_data (self->card, self);
  if (board != NULL)
    follow_presence (self, baton_workspace_presence (baton_board_workspace (board)));
  g_set_object (&self->card, card);
  self->board = board;
  if (card == NULL)
    {
      clear_layouts (self);
      baton_card_facts_clear (&self->facts);
      baton_cover_set (self->cover, NULL, NULL, 1);
      if (self->watchers != NULL)
        baton_presence_row_set_card (BATON_PRESENCE_ROW (self->watchers), NULL, NULL);
      return;
    }
  g_signal_connect (card, "changed", G_CALLBACK (card_changed_cb), self);
  refresh (self);
}

BatonItem *
baton_card_face_card (BatonCardFace *self)
{
  return self->card;
}

void
baton_card_face_set_place (BatonCardFace *self, guint position, guint n)
{
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
      (int) position + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n, -1);
}

void
baton_card_face_set_selected (BatonCardFace *self, gboolean selected)
{
  if (selected)
    gtk_widget_add_css_class (GTK_WIDGET (self), "selected");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "selected");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

/* From the number of characters: about 0.52 em a character, and lines of 1.25 em. */
int
baton_card_face_estimate (BatonBoard *board, BatonItem *card, int width, double text_scale)
{
  const char *title = baton_item_text (card, BATON_CARD_TITLE);
  double em = 15.0 * text_scale;
  glong per_line = MAX (8, (glong) ((width - 2 * PADDING) / (0.52 * em)));
  glong length = title != NULL ? g_utf8_strlen (title, MOST_TITLE_LINES * 4 * per_line) : 1;
  glong lines = CLAMP ((length + per_line - 1) / per_line, 1, MOST_TITLE_LINES);
  int below = (int) baton_card_facts_lines (board, card);
  int cover = baton_item_text (card, BATON_CARD_COVER) != NULL ? height_of_cover (width) : 0;

  return (int) (cover + 2 * PADDING + lines * 1.27 * em + below * (LINE_GAP + 1.12 * em));
}

static void
baton_card_face_dispose (GObject *object)
{
  BatonCardFace *self = BATON_CARD_FACE (object);

  if (self->cover != NULL)
    {
      baton_card_face_bind (self, NULL, NULL);
      g_signal_handlers_disconnect_by_data (self->cover, self);
    }
  g_clear_object (&self->cover);
  follow_presence (self, NULL);
  g_clear_pointer (&self->watchers, gtk_widget_unparent);
  G_OBJECT_CLASS (baton_card_face_parent_class)->dispose (object);
}

/* The keys of a card are the board's actions. They are bound here, on the card that has the focus, because a
 * scrolled window on the way up would take Ctrl and the arrows for itself. */
static void
add_bindings (GtkWidgetClass *klass)
{
  static const struct
  {
    guint key;
    guint keypad;
    const char *way;
  } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, "left" },
    { GDK_KEY_Right, GDK_KEY_KP_Right, "right" },
    { GDK_KEY_Up, GDK_KEY_KP_Up, "up" },
    { GDK_KEY_Down, GDK_KEY_KP_Down, "down" },
    { GDK_KEY_Home, GDK_KEY_KP_Home, "first" },
    { GDK_KEY_End, GDK_KEY_KP_End, "last" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      guint keys[] = { arrows[i].key, arrows[i].keypad };

      for (guint j = 0; j < 2; j++)
        {
          gtk_widget_class_add_binding_action (klass, keys[j], 0, "board.walk", "s", arrows[i].way);
          gtk_widget_class_add_binding_action (
              klass, keys[j], GDK_SHIFT_MASK, "board.extend", "s", arrows[i].way);
          gtk_widget_class_add_binding_action (
              klass, keys[j], GDK_CONTROL_MASK, "board.move", "s", arrows[i].way);
        }
    }
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Return, 0, "board.open", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_Enter, 0, "board.open", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_space, 0, "board.toggle", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_m, 0, "board.choose-stage", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Delete, 0, "board.bin", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_Delete, 0, "board.bin", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_d, GDK_CONTROL_MASK, "board.duplicate", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_a, GDK_CONTROL_MASK, "board.select-all", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Escape, 0, "board.unselect", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F10, GDK_SHIFT_MASK, "board.menu", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Menu, 0, "board.menu", NULL);
}

/* The accessible actions of a card: without parameters, so that assistive technology can call them. */
static void
accessible_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const table[][3] = {
    { "card.open", "board.open", NULL },
    { "card.move-left", "board.move", "left" },
    { "card.move-right", "board.move", "right" },
    { "card.move-up", "board.move", "up" },
    { "card.move-down", "board.move", "down" },
    { "card.select", "board.toggle", NULL },
    { "card.bin", "board.bin", NULL },
  };

  gtk_widget_grab_focus (widget);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (g_str_equal (table[i][0], name))
        gtk_widget_activate_action (widget, table[i][1], table[i][2] != NULL ? "s" : NULL, table[i][2]);
    }
}

static void
baton_card_face_class_init (BatonCardFaceClass *klass)
{
  static const char *const actions[] = { "card.open", "card.move-left", "card.move-right", "card.move-up",
    "card.move-down", "card.select", "card.bin" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_card_face_dispose;
  widget_class->get_request_mode = baton_card_face_get_request_mode;
  widget_class->measure = baton_card_face_measure;
  widget_class->snapshot = baton_card_face_snapshot;
  widget_class->size_allocate = baton_card_face_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "cardface");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, accessible_action_cb);
  add_bindings (widget_class);
}

static void
baton_card_face_init (BatonCardFace *self)
{
  self->laid_out_for = -1;
  self->cover = baton_cover_new ();
  g_signal_connect_swapped (self->cover, "changed", G_CALLBACK (gtk_widget_queue_resize), self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
baton_card_face_new (void)
{
  return g_object_new (BATON_TYPE_CARD_FACE, NULL);
}
