/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "version-tile.h"

#include "absence.h"
#include "preview-file.h"
#include "cover.h"
#include "version-file.h"
#include "words.h"

#include <glib/gi18n.h>

#define TILE_WIDTH 88
#define TILE_HEIGHT 58

struct _BatonVersionTile
{
  GtkWidget parent_instance;

  BatonCardModel *model;
  BatonItem *version;
  BatonCover *cover;
  gboolean current, sibling;
  GtkWidget *kind; /* instead of a picture, for what has none */
  GtkWidget *number;
  GtkWidget *mark; /* a symbol for its state */
  GtkWidget *away; /* one that says that its file is not here yet; made when that is so */
};

G_DEFINE_FINAL_TYPE (BatonVersionTile, baton_version_tile, GTK_TYPE_WIDGET)

static const char *
mark_icon (BatonItem *version)
{
  const char *status = baton_item_text (version, BATON_VERSION_STATUS);

  if (baton_item_is_removed (version))
    return "user-trash-symbolic";
  if (status == NULL || g_str_equal (status, "draft"))
    return NULL;
  if (g_str_has_prefix (status, "approved"))
    return "emblem-ok-symbolic";
  return g_str_equal (status, "changes_requested") ? "edit-undo-symbolic"
                                                   : "preferences-system-time-symbolic";
}

static void
baton_version_tile_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
    int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? TILE_WIDTH : TILE_HEIGHT;
}

static void
baton_version_tile_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BatonVersionTile *self = BATON_VERSION_TILE (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *children[] = { self->number, self->mark, self->away };

  for (guint i = 0; i < G_N_ELEMENTS (children) && children[i] != NULL; i++)
    {
      int child_width, child_height;
      gboolean left = (i == 0) != rtl;

      gtk_widget_measure (children[i], GTK_ORIENTATION_HORIZONTAL, -1, &child_width, NULL, NULL, NULL);
      gtk_widget_measure (children[i], GTK_ORIENTATION_VERTICAL, -1, &child_height, NULL, NULL, NULL);
      gtk_widget_size_allocate (children[i],
          &(GtkAllocation){ left ? 4 : width - child_width - 4, i == 2 ? 4 : height - child_height - 4,
              child_width, child_height },
          -1);
    }
  gtk_widget_measure (self->kind, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->kind, &(GtkAllocation){ 0, 0, width, height * 3 / 4 }, -1);
}

static void
baton_version_tile_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA ground = { 0.36f, 0.34f, 0.40f, 1 };
  BatonVersionTile *self = BATON_VERSION_TILE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  GdkTexture *texture = baton_cover_texture (self->cover, width, height);

  gtk_snapshot_append_color (snapshot, &ground, &bounds);
  if (texture != NULL)
    baton_snapshot_texture (widget, snapshot, texture, &bounds);
  gtk_widget_snapshot_child (widget, self->kind, snapshot);
  gtk_widget_snapshot_child (widget, self->number, snapshot);
  gtk_widget_snapshot_child (widget, self->mark, snapshot);
  if (self->away != NULL)
    gtk_widget_snapshot_child (widget, self->away, snapshot);
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, BatonVersionTile *self)
{
  return self->version != NULL ? baton_version_provider_new (GTK_WIDGET (self), self->model, self->version)
                               : NULL;
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, BatonVersionTile *self)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, TILE_WIDTH / 2, TILE_HEIGHT / 2);
}

static void
baton_version_tile_dispose (GObject *object)
{
  BatonVersionTile *self = BATON_VERSION_TILE (object);

  if (self->cover != NULL)
    g_signal_handlers_disconnect_by_data (self->cover, self);
  g_clear_object (&self->cover);
  if (self->version != NULL)
    g_signal_handlers_disconnect_by_data (self->version, self);
  g_clear_object (&self->version);
  g_clear_object (&self->model);
  g_clear_pointer (&self->kind, gtk_widget_unparent);
  g_clear_pointer (&self->number, gtk_widget_unparent);
  g_clear_pointer (&self->mark, gtk_widget_unparent);
  g_clear_pointer (&self->away, gtk_widget_unparent);
  G_OBJECT_CLASS (baton_version_tile_parent_class)->dispose (object);
}

static void
baton_version_tile_class_init (BatonVersionTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_version_tile_dispose;
  widget_class->measure = baton_version_tile_measure;
  widget_class->size_allocate = baton_version_tile_size_allocate;
  widget_class->snapshot = baton_version_tile_snapshot;
  gtk_widget_class_set_css_name (widget_class, "versiontile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
baton_version_tile_init (BatonVersionTile *self)
{
  GtkDragSource *drag = gtk_drag_source_new ();

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  self->cover = baton_cover_new ();
  g_signal_connect_swapped (self->cover, "changed", G_CALLBACK (gtk_widget_queue_draw), self);
  self->kind = gtk_image_new ();
  gtk_widget_add_css_class (self->kind, "tile-kind");
  gtk_widget_set_parent (self->kind, GTK_WIDGET (self));
  self->number = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->number, "tile-tag");
  gtk_widget_set_parent (self->number, GTK_WIDGET (self));
  self->mark = gtk_image_new ();
  gtk_widget_add_css_class (self->mark, "tile-tag");
  gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
  gtk_drag_source_set_actions (drag, GDK_ACTION_COPY);
  g_signal_connect (drag, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static gboolean
is_away (BatonVersionTile *self)
{
  const char *hash = baton_item_text (self->version, BATON_VERSION_BLOB);

  return hash != NULL &&
         !baton_blobs_has (baton_workspace_blobs (baton_card_model_workspace (self->model)), hash);
}

/* "Version 3, current, Approved"; away: words, or NULL. */
static char *
describe (BatonItem *version, gboolean current, gboolean sibling, const char *away)
{
  int number = (int) baton_item_int (version, BATON_VERSION_NUMBER);
  g_autofree char *name = g_strdup_printf (_ ("Version %d"), number);
  const char *words[6] = { name };
  guint n = 1;

  if (current)
    words[n++] = _ ("current");
  if (sibling)
    words[n++] = _ ("waits for a choice");
  if (baton_item_is_removed (version))
    words[n++] = _ ("in the bin");
  if (away != NULL)
    words[n++] = away;
  words[n++] = baton_words_status (baton_item_text (version, BATON_VERSION_STATUS));
  {
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    g_auto (GStrv) strv = NULL;

    for (guint i = 0; i < n; i++)
      g_strv_builder_add (builder, words[i]);
    strv = g_strv_builder_end (builder);
    return g_strjoinv (", ", strv);
  }
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_away (BatonVersionTile *self)
{
  gboolean away = is_away (self);
  gboolean comes = away && baton_absence_may_end (baton_card_model_workspace (self->model));
  g_autofree char *label = describe (self->version, self->current, self->sibling,
      comes  ? _ ("not on this computer yet")
      : away ? _ ("not on this computer")
             : NULL);

  if (away && self->away == NULL)
    {
      self->away = gtk_image_new ();
      gtk_widget_add_css_class (self->away, "tile-tag");
      gtk_widget_set_parent (self->away, GTK_WIDGET (self));
    }
  if (self->away != NULL)
    {
      gtk_image_set_from_icon_name (
          GTK_IMAGE (self->away), comes ? "folder-download-symbolic" : "dialog-warning-symbolic");
      gtk_widget_set_visible (self->away, away);
    }
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
arrived_cb (BatonVersionTile *self, const char *hash)
{
  if (self->version != NULL && g_strcmp0 (baton_item_text (self->version, BATON_VERSION_BLOB), hash) == 0)
    show_away (self);
}

static void
show_kind (BatonVersionTile *self, const char *media)
{
  g_autoptr (GIcon) icon =
      g_content_type_get_symbolic_icon (media != NULL ? media : "application/octet-stream");

  gtk_image_set_from_gicon (GTK_IMAGE (self->kind), icon);
  gtk_widget_set_visible (self->kind, !baton_preview_has_thumbnail (media));
}

GtkWidget *
baton_version_tile_new (BatonCardModel *model)
{
  BatonVersionTile *self = g_object_new (BATON_TYPE_VERSION_TILE, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (
      baton_card_model_workspace (model), "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
baton_version_tile_bind (BatonVersionTile *self, BatonItem *version, gboolean current, gboolean sibling)
{
  g_autofree char *number = NULL;

  g_return_if_fail (BATON_IS_VERSION_TILE (self));
  g_set_object (&self->version, version);
  baton_cover_set (self->cover, baton_card_model_workspace (self->model),
      version != NULL ? baton_item_id (version) : NULL, gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  if (version == NULL)
    return;
  show_kind (self, baton_item_text (version, BATON_VERSION_MEDIA));
  number = g_strdup_printf (sibling ? C_ ("version", "v%d ?") : C_ ("version", "v%d"),
      (int) baton_item_int (version, BATON_VERSION_NUMBER));
  gtk_label_set_text (GTK_LABEL (self->number), number);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->mark), mark_icon (version));
  gtk_widget_set_visible (self->mark, mark_icon (version) != NULL);
  set_class (GTK_WIDGET (self), "current", current);
  set_class (GTK_WIDGET (self), "removed", baton_item_is_removed (version));
  self->current = current;
  self->sibling = sibling;
  show_away (self);
}
