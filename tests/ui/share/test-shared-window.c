/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* What people see of each other and of files on their way: Bob's window, and Ada on a device of her own. */

#include "application.h"
#include "asset-section.h"
#include "board-settings.h"
#include "card-face.h"
#include "card-pane.h"
#include "drag-layer.h"
#include "presence-row.h"
#include "presence.h"
#include "sync-button.h"
#include "team.h"
#include "test-mount.h"
#include "transfer-row.h"
#include "transfers-dialog.h"
#include "version-tile.h"
#include "window-private.h"
#include "ui-find.h"
#include "ui-run.h"

#include <glib/gstdio.h>

#define MIB (1024 * 1024)

static BatonApplication *application;

typedef struct
{
  BatonTestBoard *ids;
  Team *team;
  Device *ada, *bob;
  BatonWindow *window;
  BatonWorkspace *workspace; /* Bob's; borrowed from the window */
} Fixture;

static GSettings *
settings (void)
{
  return baton_application_settings (application);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->ids = baton_test_board_new (9);
  f->team = team_new (NULL, NULL);
  f->ada = team_join (f->team, "Ada", NULL, f->ids);
  f->bob = team_join (f->team, "Bob", "member", f->ids);
  device_close (f->bob);
}

/* Opens Bob's window. */
static void
open_window (Fixture *f)
{
  f->window = baton_window_new (application);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1200, 760);
  gtk_window_present (GTK_WINDOW (f->window));
  baton_window_open_folder (f->window, f->bob->folder, BATON_STORE_OPEN);
  WAIT_FOR (baton_window_board (f->window) != NULL);
  f->workspace = baton_window_workspace (f->window);
  WAIT_FOR (baton_workspace_files (f->workspace) != NULL);
  WAIT_FOR (
      gtk_widget_get_mapped (GTK_WIDGET (f->window)) && gtk_widget_get_width (GTK_WIDGET (f->window)) > 0);
  team_run_for (300); /* the parts of the window have slid to their places */
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  gtk_window_destroy (GTK_WINDOW (f->window));
  WAIT_FOR (g_list_model_get_n_items (windows) == 0);
  team_run_for (50);
  g_settings_reset (settings (), "download-limit");
  team_free (f->team);
  baton_test_board_free (f->ids);
}

static gboolean
is_face_of (GtkWidget *widget, gconstpointer data)
{
  BatonItem *card = BATON_IS_CARD_FACE (widget) ? baton_card_face_card (BATON_CARD_FACE (widget)) : NULL;

  return card != NULL && g_str_equal (baton_item_id (card), data);
}

static gboolean
is_type (GtkWidget *widget, gconstpointer data)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), (GType) data) && gtk_widget_get_mapped (widget);
}

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  return ui_find (root, is_type, (gconstpointer) type);
}

static gboolean
has_text (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
         strstr (gtk_label_get_text (GTK_LABEL (widget)), data) != NULL;
}

static GtkWidget *
face (Fixture *f, guint card)
{
  return ui_find (GTK_WIDGET (f->window), is_face_of, f->ids->cards[card]);
}

/* The words on a card's face about who looks at it, or NULL. */
static const char *
watchers (Fixture *f, GtkWidget *below)
{
  GtkWidget *row = below != NULL ? find_type (below, BATON_TYPE_PRESENCE_ROW) : NULL;

  return row != NULL ? gtk_widget_get_tooltip_text (row) : NULL;
}

static void
test_presence (Fixture *f, gconstpointer data)
{
  BatonSharing *sharing = baton_workspace_sharing (f->ada->workspace);
  BatonPresence *seen = baton_workspace_presence (f->ada->workspace);
  GPtrArray *people;
  GtkWidget *pane;

  open_window (f);
  g_assert_null (watchers (f, face (f, 1)));
  baton_sharing_say_where (sharing, f->ids->board, f->ids->cards[1]);
  WAIT_FOR (watchers (f, face (f, 1)) != NULL);
  g_assert_nonnull (strstr (watchers (f, face (f, 1)), "looks at this card now"));
  g_assert_null (watchers (f, face (f, 2)));
  /* On the page of the card, too. */
  baton_window_open_card (f->window, f->ids->cards[1]);
  WAIT_FOR ((pane = find_type (GTK_WIDGET (f->window), BATON_TYPE_CARD_PANE)) != NULL &&
            watchers (f, pane) != NULL);
  /* And Ada sees Bob there. */
  WAIT_FOR ((people = baton_presence_on (seen, f->ids->cards[1])) != NULL);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (people, 0), ==, baton_workspace_me (f->workspace));
  /* She goes to another card, quickly past two others: only where she stays counts. */
  for (guint i = 2; i < 5; i++)
    baton_sharing_say_where (sharing, f->ids->board, f->ids->cards[i]);
  WAIT_FOR (watchers (f, face (f, 4)) != NULL);
  g_assert_null (watchers (f, face (f, 1)));
  g_assert_null (watchers (f, pane));
  /* Bob closes the card. */
  gtk_widget_activate_action (pane, "card.close", NULL);
  WAIT_FOR (baton_presence_on (seen, f->ids->cards[1]) == NULL);
  /* Her connection ends. */
  device_disconnect (f->ada);
  WAIT_FOR (watchers (f, face (f, 4)) == NULL);
  device_connect (f->ada);
}

static gboolean
is_flying (GtkWidget *widget, gconstpointer data)
{
  graphene_rect_t rect;

  return BATON_IS_DRAG_LAYER (widget) && baton_drag_layer_get_rect (BATON_DRAG_LAYER (widget), &rect);
}

static gboolean
is_in (Fixture *f, guint card, guint stage)
{
  BatonItem *item = baton_board_card (baton_window_board (f->window), f->ids->cards[card]);

  return g_str_equal (baton_item_text (item, BATON_CARD_STAGE), f->ids->stages[stage]);
}

/* A card that somebody else moves flies to its new stage; where motion is not wanted it is there at once. */
static void
test_others_move (Fixture *f, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWidget *root;

  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  open_window (f);
  root = GTK_WIDGET (f->window);
  WAIT_FOR (face (f, 0) != NULL);
  device_perform (f->ada, baton_test_op_move (f->ids->cards[0], f->ids->stages[0], f->ids->stages[1]));
  WAIT_FOR (ui_find (root, is_flying, NULL) != NULL);
  g_assert_true (is_in (f, 0, 1));
  WAIT_FOR (ui_find (root, is_flying, NULL) == NULL);
  WAIT_FOR (face (f, 0) != NULL && gtk_widget_get_opacity (face (f, 0)) == 1);
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  device_perform (f->ada, baton_test_op_move (f->ids->cards[1], f->ids->stages[0], f->ids->stages[1]));
  WAIT_FOR (is_in (f, 1, 1));
  g_assert_null (ui_find (root, is_flying, NULL));
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
}

/* Who comes back after the connection was lost is where they were. */
static void
test_presence_comes_back (Fixture *f, gconstpointer data)
{
  open_window (f);
  baton_window_open_card (f->window, f->ids->cards[0]);
  team_run_for (600); /* the pane slides in */
  device_disconnect (f->ada);
  device_connect (f->ada);
  baton_sharing_say_where (baton_workspace_sharing (f->ada->workspace), f->ids->board, f->ids->cards[3]);
  WAIT_FOR (watchers (f, face (f, 3)) != NULL);
  WAIT_FOR (baton_presence_on (baton_workspace_presence (f->ada->workspace), f->ids->cards[0]) != NULL);
}

/* Bob's folder was copied to another machine, which has sent its change under the name of his device: the
 * window says that it has a name of its own now, and both changes are there. */
static void
test_copied (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_strconcat (f->bob->folder, "-copy", NULL);
  g_autoptr (GError) error = NULL;
  Device copy = { .team = f->team, .access = f->bob->access };

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  baton_test_copy_folder (f->bob->folder, folder);
  copy.workspace = baton_workspace_open (folder, BATON_STORE_OPEN, &error);
  g_assert_no_error (error);
  device_perform (&copy, baton_test_op_move (f->ids->cards[0], f->ids->stages[0], f->ids->stages[1]));
  device_connect (&copy);
  device_in_step (&copy);
  device_disconnect (&copy);
  baton_workspace_close (copy.workspace);
  g_object_unref (copy.workspace);

  f->bob->workspace = baton_workspace_open (f->bob->folder, BATON_STORE_OPEN, &error);
  g_assert_no_error (error);
  device_perform (f->bob, baton_test_op_move (f->ids->cards[1], f->ids->stages[0], f->ids->stages[1]));
  device_close (f->bob);
  open_window (f);
  WAIT_FOR (ui_find (GTK_WIDGET (f->window), has_text, "a copy of another device’s") != NULL);
  WAIT_FOR (is_in (f, 0, 1) && is_in (f, 1, 1));
}

static guint
n_rows (GtkWidget *list)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n += gtk_widget_get_mapped (row) ? 1 : 0;
  return n;
}

static GtkWidget *
newest_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  g_autoptr (GtkWidget) window = g_list_model_get_item (windows, g_list_model_get_n_items (windows) - 1);

  return window;
}

static void
test_transfers (Fixture *f, gconstpointer data)
{
  g_autofree char *large = device_add (f->ada, f->ids->cards[0], "Film", 6 * MIB, 1);
  g_autofree char *small = device_add (f->ada, f->ids->cards[1], "Note", 30000, 2);
  GtkWidget *dialog, *list, *pause;

  device_look_after_files (f->ada);
  WAIT_FOR (device_state (f->ada, BATON_BLOB_UP, large) == BATON_FILE_DONE &&
            device_state (f->ada, BATON_BLOB_UP, small) == BATON_FILE_DONE);
  g_settings_set_int (settings (), "download-limit", 500);
  open_window (f);
  WAIT_FOR (baton_files_find (baton_workspace_files (f->workspace), BATON_BLOB_DOWN, large) != NULL);
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.transfers", NULL);
  dialog = newest_window ();
  WAIT_FOR ((list = find_type (dialog, GTK_TYPE_LIST_VIEW)) != NULL && n_rows (list) == 2);
  WAIT_FOR (ui_find (dialog, has_text, "Film") != NULL && ui_find (dialog, has_text, "Note") != NULL);
  g_assert_nonnull (ui_find (dialog, has_text, "Card 1"));
  /* “… of 6.3 MB · … /s” once it has travelled for a while; the small one has passed it. */
  WAIT_FOR (ui_find (dialog, has_text, "/s") != NULL);
  WAIT_FOR (ui_find (dialog, has_text, "Here") != NULL);
  g_assert_nonnull (find_type (dialog, GTK_TYPE_PROGRESS_BAR));
  pause = find_type (dialog, GTK_TYPE_TOGGLE_BUTTON);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (pause), TRUE);
  g_assert_true (baton_files_get_paused (baton_workspace_files (f->workspace)));
  WAIT_FOR (ui_find (dialog, has_text, "Paused") != NULL);
  /* The setting is heard while the window is open. */
  g_settings_set_int (settings (), "download-limit", 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (pause), FALSE);
  WAIT_FOR (baton_blobs_has (baton_workspace_blobs (f->workspace), large));
  WAIT_FOR (ui_find (dialog, has_text, "Everything has arrived") != NULL);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static GtkWidget *
message_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

static gboolean
is_named (GtkWidget *widget, gconstpointer data)
{
  const char *words = BATON_IS_VERSION_TILE (widget) ? gtk_widget_get_tooltip_text (widget) : NULL;

  return words != NULL && strstr (words, data) != NULL;
}

/* A version that is not here: it is fetched because somebody looks at it, and what was asked for happens. */
static void
test_looked_at (Fixture *f, gconstpointer data)
{
  g_autofree char *first = device_add (f->ada, f->ids->cards[0], "Hero", 6 * MIB, 1);
  g_autofree char *second = device_add (f->ada, f->ids->cards[0], "Hero", 40000, 2);
  BatonBlobs *blobs;
  GtkWidget *section;

  device_look_after_files (f->ada);
  WAIT_FOR (device_state (f->ada, BATON_BLOB_UP, first) == BATON_FILE_DONE &&
            device_state (f->ada, BATON_BLOB_UP, second) == BATON_FILE_DONE);
  open_window (f);
  blobs = baton_workspace_blobs (f->workspace);
  WAIT_FOR (baton_blobs_has (blobs, second));
  team_run_for (300);
  g_assert_false (baton_blobs_has (blobs, first));
  g_settings_set_int (settings (), "download-limit", 300);
  baton_window_open_card (f->window, f->ids->cards[0]);
  WAIT_FOR ((section = find_type (GTK_WIDGET (f->window), BATON_TYPE_ASSET_SECTION)) != NULL &&
            baton_asset_section_version (BATON_ASSET_SECTION (section)) != NULL);
  g_assert_nonnull (ui_find (section, is_named, "not on this computer yet"));
  gtk_widget_activate_action (section, "asset.older", NULL);
  WAIT_FOR (g_strcmp0 (baton_item_text (
                           baton_asset_section_version (BATON_ASSET_SECTION (section)), BATON_VERSION_BLOB),
                first) == 0);
  WAIT_FOR (baton_files_find (baton_workspace_files (f->workspace), BATON_BLOB_DOWN, first) != NULL);
  gtk_widget_activate_action (section, "asset.open-with", NULL);
  WAIT_FOR (message_dialog () != NULL);
  WAIT_FOR (ui_find (message_dialog (), has_text, "is not on this computer yet") != NULL);
  WAIT_FOR (ui_find (message_dialog (), has_text, " of ") != NULL);
  g_settings_set_int (settings (), "download-limit", 0);
  WAIT_FOR (message_dialog () == NULL);
  g_assert_true (baton_blobs_has (blobs, first));
  g_assert_null (ui_find (section, is_named, "not on this computer yet"));
  /* Now the programs to open it with are offered. */
  WAIT_FOR (GTK_IS_APP_CHOOSER_DIALOG (newest_window ()));
  gtk_window_destroy (GTK_WINDOW (newest_window ()));
}

/* A version is there before its file: what is said about it, away from the server and back at it, until it is
 * seen. */
static void
test_arrives (Fixture *f, gconstpointer data)
{
  g_autofree char *hash = NULL;
  BatonPreviewView *preview;
  GtkWidget *section;

  open_window (f);
  hash = device_add (f->ada, f->ids->cards[0], "Hero", 40000, 1);
  device_in_step (f->ada);
  baton_window_open_card (f->window, f->ids->cards[0]);
  WAIT_FOR ((section = find_type (GTK_WIDGET (f->window), BATON_TYPE_ASSET_SECTION)) != NULL &&
            baton_asset_section_version (BATON_ASSET_SECTION (section)) != NULL);
  preview = baton_asset_section_preview (BATON_ASSET_SECTION (section));
  WAIT_FOR (ui_find (GTK_WIDGET (preview), has_text, "It is arriving from Ada") != NULL);

  baton_window_open_card (f->window, f->ids->cards[1]);
  baton_window_disconnect (f->window);
  baton_workspace_disconnect (f->workspace);
  team_run_for (300);
  baton_window_open_card (f->window, f->ids->cards[0]);
  WAIT_FOR ((section = find_type (GTK_WIDGET (f->window), BATON_TYPE_ASSET_SECTION)) != NULL &&
            baton_asset_section_version (BATON_ASSET_SECTION (section)) != NULL);
  preview = baton_asset_section_preview (BATON_ASSET_SECTION (section));
  WAIT_FOR (ui_find (GTK_WIDGET (preview), has_text, "when the server can be reached again") != NULL);
  device_look_after_files (f->ada);
  WAIT_FOR (device_state (f->ada, BATON_BLOB_UP, hash) == BATON_FILE_DONE);
  g_assert_false (baton_blobs_has (baton_workspace_blobs (f->workspace), hash));

  baton_window_connect (f->window);
  WAIT_FOR (baton_blobs_has (baton_workspace_blobs (f->workspace), hash));
  WAIT_FOR (ui_find (GTK_WIDGET (preview), has_text, "There is no preview for files of this kind") != NULL);
  g_assert_null (ui_find (section, has_text, "is not on this computer yet"));
}

static void
test_keep (Fixture *f, gconstpointer data)
{
  g_autofree char *first = device_add (f->ada, f->ids->cards[0], "Hero", 50000, 1);
  g_autofree char *second = device_add (f->ada, f->ids->cards[0], "Hero", 40000, 2);
  GtkWidget *row, *toggle;
  BatonBlobs *blobs;
  BatonBoardFiles files;

  device_look_after_files (f->ada);
  WAIT_FOR (device_state (f->ada, BATON_BLOB_UP, first) == BATON_FILE_DONE);
  open_window (f);
  blobs = baton_workspace_blobs (f->workspace);
  WAIT_FOR (baton_blobs_has (blobs, second));
  gtk_widget_activate_action (GTK_WIDGET (f->window), "win.transfers", NULL);
  WAIT_FOR ((row = find_type (newest_window (), ADW_TYPE_ACTION_ROW)) != NULL);
  g_assert_cmpint (baton_files_board (baton_workspace_files (f->workspace), f->ids->board, &files), ==, TRUE);
  WAIT_FOR (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "1 of 2 files are here") != NULL);
  toggle = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  WAIT_FOR (baton_blobs_has (blobs, first));
  WAIT_FOR (g_str_equal (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "All 2 files are here."));
  g_assert_true (baton_workspace_keeps_board (f->workspace, f->ids->board));
  gtk_window_destroy (GTK_WINDOW (newest_window ()));
}

int
main (int argc, char *argv[])
{
  ui_init (&argc, &argv);
  application = ui_application ();
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/shared/presence", test_presence);
  ADD ("/shared/arrives", test_arrives);
  ADD ("/shared/presence-comes-back", test_presence_comes_back);
  ADD ("/shared/others-move", test_others_move);
  ADD ("/shared/copied", test_copied);
  ADD ("/shared/transfers", test_transfers);
  ADD ("/shared/looked-at", test_looked_at);
  ADD ("/shared/keep", test_keep);
  return g_test_run ();
}
