/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "template-row.h"

#include "templates.h"

/* The picture: one column a stage, with cards in it; where work waits the column is an outline. */
#define BATON_TYPE_STAGE_PICTURE (baton_stage_picture_get_type ())
G_DECLARE_FINAL_TYPE (BatonStagePicture, baton_stage_picture, BATON, STAGE_PICTURE, GtkWidget)

struct _BatonStagePicture
{
  GtkWidget parent_instance;
  GPtrArray *kinds; /* char * */
};

G_DEFINE_FINAL_TYPE (BatonStagePicture, baton_stage_picture, GTK_TYPE_WIDGET)

#define WIDTH 76
#define HEIGHT 48

static void
append_box (GtkSnapshot *snapshot, float x, float y, float width, float height, const GdkRGBA *color)
{
  graphene_rect_t box = GRAPHENE_RECT_INIT (x, y, width, height);
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, &box, 2);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, color, &box);
  gtk_snapshot_pop (snapshot);
}

static void
append_column (GtkSnapshot *snapshot, const char *kind, guint index, float x, float width, const GdkRGBA *ink)
{
  static const int cards[] = { 3, 2, 2, 1, 2, 1, 3 };
  GdkRGBA ground = *ink, card = *ink, line = *ink;
  gboolean waits = g_str_equal (kind, "queue") || g_str_equal (kind, "backlog");
  graphene_rect_t box = GRAPHENE_RECT_INIT (x, 0, width, HEIGHT);
  GskRoundedRect round;

  ground.alpha *= waits ? 0.05f : 0.16f;
  card.alpha *= g_str_equal (kind, "done") ? 0.28f : 0.5f;
  line.alpha *= 0.28f;
  append_box (snapshot, x, 0, width, HEIGHT, &ground);
  gsk_rounded_rect_init_from_rect (&round, &box, 2);
  if (waits)
    gtk_snapshot_append_border (
        snapshot, &round, (float[4]){ 1, 1, 1, 1 }, (GdkRGBA[4]){ line, line, line, line });
  for (int i = 0; i < cards[index % G_N_ELEMENTS (cards)]; i++)
    append_box (snapshot, x + 2, 4 + (float) i * 11, width - 4, 8, &card);
}

static void
baton_stage_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BatonStagePicture *self = BATON_STAGE_PICTURE (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  guint n = MAX (self->kinds->len, 1);
  float step = (float) WIDTH / (float) n;
  GdkRGBA ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  for (guint i = 0; i < self->kinds->len; i++)
    {
      guint place = rtl ? n - 1 - i : i;

      append_column (snapshot, g_ptr_array_index (self->kinds, i), i, (float) place * step, step - 2, &ink);
    }
}

static void
baton_stage_picture_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
    int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
baton_stage_picture_finalize (GObject *object)
{
  g_ptr_array_unref (BATON_STAGE_PICTURE (object)->kinds);
  G_OBJECT_CLASS (baton_stage_picture_parent_class)->finalize (object);
}

static void
baton_stage_picture_class_init (BatonStagePictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baton_stage_picture_finalize;
  widget_class->snapshot = baton_stage_picture_snapshot;
  widget_class->measure = baton_stage_picture_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
baton_stage_picture_init (BatonStagePicture *self)
{
  self->kinds = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/* What the template makes tells what it looks like. */
static char *
read_stages (const char *id, GPtrArray *kinds)
{
  g_autoptr (BatonOp) op = baton_template_make_board (id, NULL);
  GString *names = g_string_new (NULL);
  const char *arrow = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? " ← " : " → ";

  for (guint i = 0; i < op->rows->len; i++)
    {
      const BatonNewRow *row = g_ptr_array_index (op->rows, i);

      if (row->row->entity != BATON_ENTITY_STAGE)
        continue;
      g_ptr_array_add (kinds, g_strdup (baton_row_text (row->row, BATON_STAGE_KIND)));
      if (names->len > 0)
        g_string_append (names, arrow);
      g_string_append (names, baton_row_text (row->row, BATON_STAGE_NAME));
    }
  return g_string_free (names, FALSE);
}

GtkWidget *
baton_template_row_new (const char *id)
{
  GtkWidget *row = adw_action_row_new ();
  BatonStagePicture *picture = g_object_new (BATON_TYPE_STAGE_PICTURE, NULL);
  g_autofree char *names = read_stages (id, picture->kinds);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", baton_template_description (id), names);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), baton_template_name (id));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), GTK_WIDGET (picture));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "template-row");
  g_object_set_data_full (G_OBJECT (row), "template", g_strdup (id), g_free);
  return row;
}

const char *
baton_template_row_id (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "template");
}
