/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "asset-section-private.h"

#include "file-drop.h"
#include "shared-files.h"
#include "sharing.h"
#include "siblings.h"
#include "soundness.h"
#include "version-file.h"
#include "version-tile.h"
#include "when.h"
#include "words.h"

#include <glib/gi18n.h>

#define STRIP_HEIGHT 70

G_DEFINE_FINAL_TYPE (BatonAssetSection, baton_asset_section, GTK_TYPE_WIDGET)

BatonItem *
baton_asset_section_asset (BatonAssetSection *self)
{
  g_return_val_if_fail (BATON_IS_ASSET_SECTION (self), NULL);
  return self->asset != NULL ? baton_card_model_find (self->model, self->asset) : NULL;
}

BatonItem *
baton_asset_section_version (BatonAssetSection *self)
{
  g_return_val_if_fail (BATON_IS_ASSET_SECTION (self), NULL);
  return self->version != NULL ? baton_card_model_find (self->model, self->version) : NULL;
}

BatonPreviewView *
baton_asset_section_preview (BatonAssetSection *self)
{
  g_return_val_if_fail (BATON_IS_ASSET_SECTION (self), NULL);
  return BATON_PREVIEW_VIEW (self->preview);
}

static gboolean
is_current (BatonAssetSection *self, BatonItem *version)
{
  BatonItem *asset = baton_card_model_find (self->model, baton_item_text (version, BATON_VERSION_ASSET));

  return asset != NULL &&
         g_strcmp0 (baton_item_text (asset, BATON_ASSET_CURRENT), baton_item_id (version)) == 0;
}

/* How many other versions there are that somebody has to choose between. */
static guint
count_siblings (BatonAssetSection *self, BatonItem *version)
{
  BatonItem *asset = baton_card_model_find (self->model, baton_item_text (version, BATON_VERSION_ASSET));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->versions)), found = 0;

  for (guint i = 0; asset != NULL && i < n; i++)
    {
      g_autoptr (BatonItem) other = g_list_model_get_item (G_LIST_MODEL (self->versions), i);

      found += baton_versions_are_siblings (
          baton_item_row (asset), baton_item_row (version), baton_item_row (other));
    }
  return found;
}

/* What the version looks like */

static char *
spoken_label (BatonAssetSection *self, BatonItem *version)
{
  BatonItem *asset = baton_asset_section_asset (self);
  const char *name = asset != NULL ? baton_item_text (asset, BATON_ASSET_NAME) : NULL;

  return g_strdup_printf (_ ("%s, version %d"),
      name != NULL ? name : baton_item_text (version, BATON_VERSION_FILE),
      (int) baton_item_int (version, BATON_VERSION_NUMBER));
}

static void update (BatonAssetSection *self);

static void
damage_found_cb (gpointer owner)
{
  BatonAssetSection *self = owner;

  if (self->model != NULL)
    update (self);
}

static void
show_preview (BatonAssetSection *self, BatonItem *version)
{
  BatonWorkspace *workspace = baton_card_model_workspace (self->model);
  g_autofree char *path = baton_version_file_path (self->model, version);
  g_autofree char *state = NULL;
  g_autofree char *label = spoken_label (self, version);
  g_autofree char *problem = baton_version_file_problem (self->model, version);

  if (problem == NULL)
    baton_soundness_check (
        workspace, baton_item_text (version, BATON_VERSION_BLOB), G_OBJECT (self), damage_found_cb);
  state = g_strdup_printf ("%s %s", baton_item_id (version), problem != NULL ? problem : "");
  if (g_strcmp0 (state, self->previewed) == 0)
    return;
  g_free (self->previewed);
  self->previewed = g_steal_pointer (&state);
  /* What is looked at comes before everything else. */
  if (problem != NULL && baton_item_text (version, BATON_VERSION_BLOB) != NULL)
    baton_files_want (baton_workspace_files (workspace), baton_item_text (version, BATON_VERSION_BLOB),
        BATON_BLOB_RANK_ASKED);
  baton_preview_view_show (
      BATON_PREVIEW_VIEW (self->preview), &(BatonPreviewFile){ .path = path,
                                              .hash = baton_item_text (version, BATON_VERSION_BLOB),
                                              .name = baton_item_text (version, BATON_VERSION_FILE),
                                              .media = baton_item_text (version, BATON_VERSION_MEDIA),
                                              .size = baton_item_int (version, BATON_VERSION_SIZE),
                                              .label = label,
                                              .problem = problem });
}

static void
update_words (BatonAssetSection *self, BatonItem *version)
{
  gint64 at = baton_item_int (version, BATON_VERSION_CREATED);
  g_autofree char *when = baton_when_relative (at, g_get_real_time ());
  g_autofree char *exact = baton_when_exact (at);
  const char *note = baton_item_text (version, BATON_VERSION_NOTE);
  const char *author = baton_card_model_person (self->model, baton_item_text (version, BATON_VERSION_AUTHOR));
  gboolean removed = baton_item_is_removed (version);
  guint siblings = count_siblings (self, version);
  g_autofree char *facts =
      g_strdup_printf (_ ("Version %d · %s · %s · %s"), (int) baton_item_int (version, BATON_VERSION_NUMBER),
          removed ? _ ("in the bin") : baton_words_status (baton_item_text (version, BATON_VERSION_STATUS)),
          author, when);
  g_autofree char *quoted = note != NULL && *note != '\0' ? g_strdup_printf (_ ("“%s”"), note) : NULL;

  gtk_label_set_text (GTK_LABEL (self->facts), facts);
  gtk_widget_set_tooltip_text (self->facts, exact);
  gtk_label_set_text (GTK_LABEL (self->note), quoted != NULL ? quoted : "");
  gtk_widget_set_visible (self->note, quoted != NULL);
  gtk_widget_set_visible (self->choice, siblings > 0 || removed || !is_current (self, version));
  gtk_label_set_text (GTK_LABEL (self->choice_words),
      removed         ? _ ("This version is in the bin.")
      : siblings > 1  ? _ ("Several versions were made from the same one. Choose which one counts.")
      : siblings == 1 ? _ ("Two versions were made from the same one. Choose which one counts.")
                      : _ ("Another version counts now."));
  gtk_widget_set_visible (self->compare, siblings > 0);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->compare), "s", self->asset);
  gtk_widget_set_visible (self->choose, !removed && baton_card_model_can_edit (self->model));
  gtk_widget_set_visible (self->restore, removed && baton_card_model_can_edit (self->model));
}

/* Only the newest version takes new marks. */
static gboolean
takes_marks (BatonAssetSection *self, BatonItem *version)
{
  g_autoptr (BatonItem) newest = g_list_model_get_item (G_LIST_MODEL (self->versions), 0);

  return version != NULL && version == newest && !baton_item_is_removed (version) &&
         baton_card_model_can_comment (self->model);
}

static void
show_version (BatonAssetSection *self)
{
  BatonItem *version = baton_asset_section_version (self);

  gtk_widget_set_visible (self->words, version != NULL);
  baton_preview_text_set_takes_marks (
      baton_preview_view_text (BATON_PREVIEW_VIEW (self->preview)), takes_marks (self, version));
  if (version != NULL)
    {
      show_preview (self, version);
      update_words (self, version);
    }
  baton_asset_section_update_actions (self);
}

/* The strip */

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, BatonAssetSection *self)
{
  gtk_list_item_set_child (item, baton_version_tile_new (self->model));
}

static void
show_tile (gpointer item, gpointer data)
{
  BatonAssetSection *self = data;
  BatonItem *version = gtk_list_item_get_item (item);

  baton_version_tile_bind (BATON_VERSION_TILE (gtk_list_item_get_child (item)), version,
      is_current (self, version), count_siblings (self, version) > 0);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, BatonAssetSection *self)
{
  g_ptr_array_add (self->bound, item);
  show_tile (item, self);
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, BatonAssetSection *self)
{
  g_ptr_array_remove_fast (self->bound, item);
  baton_version_tile_bind (BATON_VERSION_TILE (gtk_list_item_get_child (item)), NULL, FALSE, FALSE);
}

static void
selected_cb (BatonAssetSection *self)
{
  BatonItem *version = gtk_single_selection_get_selected_item (self->selection);

  if (self->filling || version == NULL)
    return;
  g_free (self->version);
  self->version = g_strdup (baton_item_id (version));
  baton_notice_say (self->notice, NULL); /* it was about the other one */
  show_version (self);
}

/* The living ones first, then those in the bin. */
static GPtrArray *
in_order (BatonAssetSection *self)
{
  g_autoptr (GPtrArray) all = baton_card_model_versions (self->model, self->asset);
  GPtrArray *ordered = g_ptr_array_new_with_free_func (g_object_unref);

  for (int removed = 0; removed < 2; removed++)
    {
      for (guint i = 0; i < all->len; i++)
        {
          BatonItem *version = g_ptr_array_index (all, i);

          if (baton_item_is_removed (version) == removed)
            g_ptr_array_add (ordered, g_object_ref (version));
        }
    }
  return ordered;
}

/* The version to look at when the asset is new to the eye: the one that counts. */
static const char *
first_look (BatonAssetSection *self, GPtrArray *versions)
{
  BatonItem *asset = baton_asset_section_asset (self);
  const char *current = asset != NULL ? baton_item_text (asset, BATON_ASSET_CURRENT) : NULL;

  if (current != NULL && baton_card_model_find (self->model, current) != NULL)
    return current;
  return versions->len > 0 ? baton_item_id (g_ptr_array_index (versions, 0)) : NULL;
}

static void
fill_strip (BatonAssetSection *self)
{
  g_autoptr (GPtrArray) versions = in_order (self);
  guint position = 0;
  BatonItem *newest = versions->len > 0 ? g_ptr_array_index (versions, 0) : NULL;
  BatonItem *before = g_list_model_get_n_items (G_LIST_MODEL (self->versions)) > 0
                          ? g_list_model_get_item (G_LIST_MODEL (self->versions), 0)
                          : NULL;
  gboolean arrived = newest != NULL && before != NULL && newest != before;

  g_clear_object (&before);
  /* Who looks at the newest wants to see the next one when it comes. */
  if (self->version == NULL || baton_asset_section_version (self) == NULL || arrived)
    {
      g_free (self->version);
      self->version = g_strdup (first_look (self, versions));
    }
  self->filling = TRUE;
  g_list_store_splice (self->versions, 0, g_list_model_get_n_items (G_LIST_MODEL (self->versions)),
      versions->pdata, versions->len);
  /* The list leaves the tile of a version that was there before as it is; which one counts may have changed.
   */
  g_ptr_array_foreach (self->bound, show_tile, self);
  for (guint i = 0; i < versions->len; i++)
    {
      if (g_strcmp0 (baton_item_id (g_ptr_array_index (versions, i)), self->version) == 0)
        position = i;
    }
  gtk_single_selection_set_selected (self->selection, position);
  self->filling = FALSE;
  gtk_widget_set_visible (self->strip, versions->len > 1);
  show_version (self);
}

/* The assets */

static void
tab_cb (BatonAssetSection *self)
{
  guint position = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->tabs));
  BatonItem *asset = baton_column_peek (baton_card_model_assets (self->model), position);

  if (self->filling || asset == NULL || g_strcmp0 (self->asset, baton_item_id (asset)) == 0)
    return;
  g_free (self->asset);
  self->asset = g_strdup (baton_item_id (asset));
  g_clear_pointer (&self->version, g_free);
  g_list_store_remove_all (self->versions);
  fill_strip (self);
}

static void
fill_tabs (BatonAssetSection *self)
{
  BatonColumn *assets = baton_card_model_assets (self->model);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint position = 0;

  for (guint i = 0; i < baton_column_size (assets); i++)
    {
      BatonItem *asset = baton_column_peek (assets, i);
      const char *name = baton_item_text (asset, BATON_ASSET_NAME);

      gtk_string_list_append (names, name != NULL ? name : "");
      if (g_strcmp0 (self->asset, baton_item_id (asset)) == 0)
        position = i;
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->tabs), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->tabs), position);
  self->filling = FALSE;
  gtk_widget_set_visible (self->tabs, baton_column_size (assets) > 1);
}

static gboolean
has_asset (BatonAssetSection *self)
{
  BatonColumn *assets = baton_card_model_assets (self->model);

  for (guint i = 0; self->asset != NULL && i < baton_column_size (assets); i++)
    {
      if (g_str_equal (baton_item_id (baton_column_peek (assets, i)), self->asset))
        return TRUE;
    }
  return FALSE;
}

static void
update (BatonAssetSection *self)
{
  BatonColumn *assets = baton_card_model_assets (self->model);
  gboolean any = baton_column_size (assets) > 0;
  gboolean loaded = baton_card_model_is_loaded (self->model);

  if (!has_asset (self))
    {
      g_clear_pointer (&self->asset, g_free);
      g_clear_pointer (&self->version, g_free);
      g_clear_pointer (&self->previewed, g_free);
      g_list_store_remove_all (self->versions);
      if (any)
        self->asset = g_strdup (baton_item_id (baton_column_peek (assets, 0)));
    }
  /* The card says that there is something before it is read: room is kept, so that nothing jumps. */
  if (!loaded)
    any = baton_item_int (baton_card_model_card (self->model), BATON_CARD_ASSETS) > 0;
  /* The helper starts while the card is being read. */
  if (any)
    baton_decoder_warm_up (baton_decoder_get_default ());
  gtk_widget_set_visible (self->hero, any);
  gtk_widget_set_visible (self->buttons, any && loaded);
  gtk_widget_set_visible (self->empty, loaded && !any && baton_card_model_can_edit (self->model));
  fill_tabs (self);
  if (self->asset != NULL)
    fill_strip (self);
  else
    {
      gtk_widget_set_visible (self->strip, FALSE);
      gtk_widget_set_visible (self->words, FALSE);
      baton_preview_view_show (BATON_PREVIEW_VIEW (self->preview), NULL);
      baton_asset_section_update_actions (self);
    }
}

/* What is said about a file that is not here depends on the connection. */
static void
connection_cb (BatonAssetSection *self)
{
  BatonItem *version = baton_asset_section_version (self);
  g_autofree char *path = version != NULL ? baton_version_file_path (self->model, version) : NULL;

  if (version != NULL && path == NULL)
    show_version (self);
}

static void
arrived_cb (BatonAssetSection *self, const char *hash)
{
  BatonItem *version = baton_asset_section_version (self);

  if (version != NULL && g_strcmp0 (baton_item_text (version, BATON_VERSION_BLOB), hash) == 0)
    show_version (self);
}

static void
dropped_cb (GtkWidget *widget, GPtrArray *paths, gpointer data)
{
  baton_asset_section_add_files (BATON_ASSET_SECTION (widget), paths);
}

static GtkWidget *
create_strip (BatonAssetSection *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *list;

  self->bound = g_ptr_array_new ();
  self->versions = g_list_store_new (BATON_TYPE_ITEM);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->versions)));
  g_signal_connect_object (
      self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (list), GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_add_css_class (list, "card-versions");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Versions"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), STRIP_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  return scrolled;
}

static void
baton_asset_section_dispose (GObject *object)
{
  BatonAssetSection *self = BATON_ASSET_SECTION (object);

  g_clear_pointer (&self->hero, gtk_widget_unparent);
  g_clear_pointer (&self->below, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->versions);
  g_clear_object (&self->model);
  g_clear_pointer (&self->asset, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->previewed, g_free);
  G_OBJECT_CLASS (baton_asset_section_parent_class)->dispose (object);
}

static void
baton_asset_section_finalize (GObject *object)
{
  g_clear_pointer (&BATON_ASSET_SECTION (object)->bound, g_ptr_array_unref);
  G_OBJECT_CLASS (baton_asset_section_parent_class)->finalize (object);
}

static void
baton_asset_section_class_init (BatonAssetSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_asset_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_asset_section_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "assetsection");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  baton_asset_section_install_actions (widget_class);
}

static void
baton_asset_section_init (BatonAssetSection *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Files"), -1);
}

GtkWidget *
baton_asset_section_new (BatonCardModel *model)
{
  BatonAssetSection *self = g_object_new (BATON_TYPE_ASSET_SECTION, NULL);

  self->model = g_object_ref (model);
  baton_asset_section_build (self, create_strip (self));
  g_signal_connect_swapped (self->tabs, "notify::selected", G_CALLBACK (tab_cb), self);
  baton_file_drop_add (GTK_WIDGET (self), dropped_cb, NULL);
  g_signal_connect_object (model, "assets-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      baton_card_model_workspace (model), "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);
  if (baton_workspace_sharing (baton_card_model_workspace (model)) != NULL)
    g_signal_connect_object (baton_workspace_sharing (baton_card_model_workspace (model)), "changed",
        G_CALLBACK (connection_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "tick", G_CALLBACK (show_version), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

void
baton_asset_section_show_version (BatonAssetSection *self, const char *version)
{
  BatonItem *item = baton_card_model_find (self->model, version);

  g_return_if_fail (BATON_IS_ASSET_SECTION (self));
  if (item == NULL || baton_item_entity (item) != BATON_ENTITY_VERSION)
    return;
  if (g_strcmp0 (self->asset, baton_item_text (item, BATON_VERSION_ASSET)) != 0)
    {
      g_free (self->asset);
      self->asset = g_strdup (baton_item_text (item, BATON_VERSION_ASSET));
      g_list_store_remove_all (self->versions);
      fill_tabs (self);
    }
  g_free (self->version);
  self->version = g_strdup (version);
  fill_strip (self);
}
