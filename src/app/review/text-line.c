/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "text-line.h"

#include "pin.h"
#include "selection-offer.h"
#include "text-direction.h"

struct _BatonTextLine
{
  GtkBox parent_instance;

  const BatonTextLook *look;
  BatonDiffLine *line;
  BatonDiffPart part;
  GtkBox *gutter;
  GHashTable *pins; /* comment → BatonPin */
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (BatonTextLine, baton_text_line, GTK_TYPE_BOX)

static const GdkRGBA yellow = { 0.965f, 0.769f, 0.078f, 1 };
static const GdkRGBA green = { 0.2f, 0.82f, 0.478f, 1 };
static const GdkRGBA blue = { 0.208f, 0.518f, 0.894f, 1 };

static GPtrArray *
marks_of (BatonTextLine *self)
{
  return self->look->marks[self->part == BATON_DIFF_PART_OLDER];
}

static void
insert (PangoAttrList *attributes, PangoAttribute *attribute, const BatonDiffShown *range)
{
  attribute->start_index = range->from;
  attribute->end_index = range->to;
  pango_attr_list_change (attributes, attribute); /* what lies above covers what is below */
}

/* A coloured ground; what stands out has a thick line below it as well. */
static void
paint (BatonTextLine *self, PangoAttrList *attributes, gsize from, gsize to, const GdkRGBA *colour,
    double alpha, gboolean strong)
{
  g_autoptr (GArray) ranges = from < to ? baton_diff_line_shown (self->line, self->part, from, to) : NULL;
  guint16 red = (guint16) (colour->red * 65535), green_ = (guint16) (colour->green * 65535),
          blue_ = (guint16) (colour->blue * 65535);

  for (guint i = 0; ranges != NULL && i < ranges->len; i++)
    {
      const BatonDiffShown *range = &g_array_index (ranges, BatonDiffShown, i);

      insert (attributes, pango_attr_background_new (red, green_, blue_), range);
      insert (attributes, pango_attr_background_alpha_new ((guint16) (alpha * 65535)), range);
      if (!strong)
        continue;
      insert (attributes, pango_attr_underline_new (PANGO_UNDERLINE_DOUBLE), range);
      insert (attributes, pango_attr_underline_color_new (red, green_, blue_), range);
    }
}

static void
paint_all (BatonTextLine *self, PangoAttrList *attributes)
{
  const BatonTextLook *look = self->look;
  GPtrArray *marks = marks_of (self);

  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const BatonTextMark *mark = g_ptr_array_index (marks, i);
      gboolean selected = g_strcmp0 (mark->comment, look->selected) == 0;

      paint (self, attributes, mark->from, mark->to, mark->resolved ? &green : &yellow,
          selected        ? 0.55
          : mark->carried ? 0.2
                          : 0.35,
          selected);
    }
  if (self->part == BATON_DIFF_PART_OLDER)
    return;
  paint (self, attributes, look->draft_from, look->draft_to, &yellow, 0.55, TRUE);
  paint (self, attributes, look->from, look->to, &blue, 0.45, FALSE);
}

static gboolean
begins_here (BatonTextLine *self, const BatonTextMark *mark)
{
  gsize from, to;

  baton_diff_line_range (self->line, self->part, &from, &to);
  return mark->from < mark->to && mark->from >= from && mark->from < to;
}

static gboolean
has_pin (BatonTextLine *self, const char *comment)
{
  GPtrArray *marks = self->line != NULL ? marks_of (self) : NULL;

  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const BatonTextMark *mark = g_ptr_array_index (marks, i);

      if (g_str_equal (mark->comment, comment) && begins_here (self, mark))
        return TRUE;
    }
  return FALSE;
}

static void
remove_pins (BatonTextLine *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->gutter));

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (!has_pin (self, baton_pin_comment (BATON_PIN (child))))
        {
          g_hash_table_remove (self->pins, baton_pin_comment (BATON_PIN (child)));
          gtk_box_remove (self->gutter, child);
        }
      child = next;
    }
}

static void
show_pins (BatonTextLine *self)
{
  GPtrArray *marks = marks_of (self);
  gboolean added;

  remove_pins (self);
  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const BatonTextMark *mark = g_ptr_array_index (marks, i);
      BatonPin *pin;

      if (!begins_here (self, mark))
        continue;
      pin = baton_pin_ensure (self->pins, mark->comment, self->look->touched, self->look->owner, &added);
      if (added)
        gtk_box_append (self->gutter, GTK_WIDGET (pin));
      baton_pin_show (pin, (BatonPinLook){ .number = mark->number,
                               .resolved = mark->resolved,
                               .carried = mark->carried,
                               .selected = g_strcmp0 (mark->comment, self->look->selected) == 0,
                               .aside = TRUE });
    }
}

void
baton_text_line_refresh (BatonTextLine *self)
{
  g_autofree char *text = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;

  if (self->line == NULL)
    return;
  baton_diff_line_part (self->line, self->part, &text, &attributes);
  paint_all (self, attributes);
  gtk_label_set_attributes (self->label, attributes);
  show_pins (self);
}

/* Below what every label offers. */
static GMenuModel *
selection_menu (void)
{
  static GMenuModel *menu;

  if (menu == NULL)
    menu = baton_selection_menu_new ("text.comment");
  return menu;
}

void
baton_text_line_bind (BatonTextLine *self, BatonDiffLine *line, BatonDiffPart part)
{
  g_autofree char *text = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  gboolean there = line != NULL && baton_diff_line_part (line, part, &text, &attributes);

  g_set_object (&self->line, line);
  self->part = part;
  gtk_label_set_extra_menu (
      self->label, line != NULL && part != BATON_DIFF_PART_OLDER ? selection_menu () : NULL);
  gtk_label_set_label (self->label, there ? text : "");
  baton_follow_text (GTK_WIDGET (self->label), there ? text : NULL);
  if (there || line == NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "missing");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "missing");
  if (line != NULL)
    baton_text_line_refresh (self);
  else
    remove_pins (self);
}

GtkWidget *
baton_text_line_pin (BatonTextLine *self, const char *comment)
{
  return g_hash_table_lookup (self->pins, comment);
}

GtkLabel *
baton_text_line_label (BatonTextLine *self)
{
  return self->label;
}

gboolean
baton_text_line_is_newer (BatonTextLine *self)
{
  return self->line != NULL && self->part != BATON_DIFF_PART_OLDER;
}

void
baton_text_line_range (BatonTextLine *self, gsize *from, gsize *to)
{
  baton_diff_line_range (self->line, self->part, from, to);
}

gsize
baton_text_line_at (BatonTextLine *self, double x, double y)
{
  PangoLayout *layout = gtk_label_get_layout (self->label);
  const char *text = pango_layout_get_text (layout);
  graphene_point_t point;
  int left, top, index = 0, trailing = 0;

  if (!gtk_widget_compute_point (
          GTK_WIDGET (self), GTK_WIDGET (self->label), &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    return 0;
  gtk_label_get_layout_offsets (self->label, &left, &top);
  pango_layout_xy_to_index (layout, (int) ((point.x - (float) left) * PANGO_SCALE),
      (int) ((point.y - (float) top) * PANGO_SCALE), &index, &trailing);
  for (; trailing > 0 && text[index] != '\0'; trailing--)
    index = (int) (g_utf8_next_char (text + index) - text);
  return baton_diff_line_text_at (self->line, self->part, (gsize) index);
}

gboolean
baton_text_line_selection (BatonTextLine *self, gsize *from, gsize *to)
{
  const char *text = gtk_label_get_text (self->label);
  int start = 0, end = 0;
  gboolean some = gtk_label_get_selection_bounds (self->label, &start, &end);

  if (self->line == NULL)
    return FALSE;
  *from = baton_diff_line_text_at (
      self->line, self->part, (gsize) (g_utf8_offset_to_pointer (text, start) - text));
  *to =
      baton_diff_line_text_at (self->line, self->part, (gsize) (g_utf8_offset_to_pointer (text, end) - text));
  return some && *from < *to;
}

void
baton_text_line_place (BatonTextLine *self, gsize offset, GdkRectangle *place)
{
  g_autoptr (GArray) before = NULL;
  PangoRectangle caret;
  graphene_point_t point;
  gsize from, to;
  int left, top, index = 0;

  baton_text_line_range (self, &from, &to);
  before = baton_diff_line_shown (self->line, self->part, from, CLAMP (offset, from, to));
  if (before->len > 0)
    index = (int) g_array_index (before, BatonDiffShown, before->len - 1).to;
  pango_layout_index_to_pos (gtk_label_get_layout (self->label), index, &caret);
  gtk_label_get_layout_offsets (self->label, &left, &top);
  if (!gtk_widget_compute_point (GTK_WIDGET (self->label), GTK_WIDGET (self),
          &GRAPHENE_POINT_INIT (
              (float) (left + caret.x / PANGO_SCALE), (float) (top + caret.y / PANGO_SCALE)),
          &point))
    point = GRAPHENE_POINT_INIT (0, 0);
  *place = (GdkRectangle){ (int) point.x, (int) point.y, 1, MAX (caret.height / PANGO_SCALE, 1) };
}

static void
baton_text_line_dispose (GObject *object)
{
  g_clear_object (&BATON_TEXT_LINE (object)->line);
  G_OBJECT_CLASS (baton_text_line_parent_class)->dispose (object);
}

static void
baton_text_line_finalize (GObject *object)
{
  g_hash_table_unref (BATON_TEXT_LINE (object)->pins);
  G_OBJECT_CLASS (baton_text_line_parent_class)->finalize (object);
}

static void
baton_text_line_class_init (BatonTextLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_text_line_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_text_line_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "textline");
}

static void
baton_text_line_init (BatonTextLine *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->pins = g_hash_table_new (g_str_hash, g_str_equal);
  self->gutter = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 1));
  gtk_widget_add_css_class (GTK_WIDGET (self->gutter), "gutter");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->gutter));
  self->label = GTK_LABEL (label);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (self->label, GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_yalign (self->label, 0);
  gtk_label_set_selectable (self->label, TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (self), label);
}

GtkWidget *
baton_text_line_new (const BatonTextLook *look)
{
  BatonTextLine *self = g_object_new (BATON_TYPE_TEXT_LINE, NULL);

  self->look = look;
  return GTK_WIDGET (self);
}
