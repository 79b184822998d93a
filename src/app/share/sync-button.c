/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "sync-button.h"

#include "shared-files.h"

#include <glib/gi18n.h>

#define LEAST_WORDS 80 /* pixels, however large the text is: the window must stay on a narrow screen */

struct _BatonSyncButton
{
  AdwBin parent_instance;

  BatonWorkspace *workspace; /* borrowed; cleared by the window before it is closed */
  BatonSharing *sharing;
  BatonFiles *files;
  GtkMenuButton *button;
  GtkImage *symbol;
  GtkLabel *words;
  GtkLabel *state, *server, *message, *clock, *people, *numbers, *on_their_way;
  GtkWidget *transfers, *try_now, *attention, *sign_in;
};

G_DEFINE_FINAL_TYPE (BatonSyncButton, baton_sync_button, ADW_TYPE_BIN)

static const char *
symbol_of (const BatonSyncStatus *status, gboolean travelling)
{
  if (status->state == BATON_SYNC_SIGN_IN)
    return "dialog-password-symbolic";
  if (status->attention > 0)
    return "dialog-warning-symbolic";
  switch (status->state)
    {
    case BATON_SYNC_IN_STEP:
      return travelling                            ? "emblem-synchronizing-symbolic"
             : baton_sharing_clock_is_off (status) ? "dialog-warning-symbolic"
                                                   : "emblem-ok-symbolic";
    case BATON_SYNC_WORKING:
      return "emblem-synchronizing-symbolic";
    case BATON_SYNC_VERSION:
    case BATON_SYNC_FAILED:
      return "dialog-warning-symbolic";
    case BATON_SYNC_OFF:
    case BATON_SYNC_OFFLINE:
    case BATON_SYNC_SIGN_IN:
    default:
      return "network-offline-symbolic";
    }
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_numbers (BatonSyncButton *self, const BatonSyncStatus *status)
{
  g_autofree char *waits =
      status->pending > 0
          ? g_strdup_printf (ngettext ("%u change waits to be sent. It is safe here.",
                                 "%u changes wait to be sent. They are safe here.", (gulong) status->pending),
                (guint) status->pending)
          : NULL;

  set_text (self->numbers, waits);
}

/* Files travel behind the changes: the button speaks of them when those are done. */
static char *
words_of (BatonSyncButton *self, const BatonSyncStatus *status, const BatonFileTotals *totals)
{
  if (self->sharing == NULL)
    return baton_sharing_words_of (status);
  if (status->state != BATON_SYNC_IN_STEP || status->attention > 0)
    return baton_sharing_words (self->sharing);
  if (self->files == NULL)
    return baton_sharing_words (self->sharing);
  if (totals->failed > 0)
    return g_strdup_printf (
        ngettext ("%u file needs you", "%u files need you", totals->failed), totals->failed);
  if (baton_files_get_paused (self->files) && totals->n[BATON_BLOB_UP] + totals->n[BATON_BLOB_DOWN] > 0)
    return g_strdup (_ ("Files are paused"));
  if (totals->n[BATON_BLOB_UP] > 0)
    return g_strdup_printf (
        ngettext ("Sending %u file", "Sending %u files", totals->n[BATON_BLOB_UP]), totals->n[BATON_BLOB_UP]);
  if (totals->n[BATON_BLOB_DOWN] > 0)
    return g_strdup_printf (ngettext ("Fetching %u file", "Fetching %u files", totals->n[BATON_BLOB_DOWN]),
        totals->n[BATON_BLOB_DOWN]);
  return baton_sharing_words (self->sharing);
}

/* Who is signed out is told what waits here. */
static void
count_here (BatonSyncButton *self, BatonSyncStatus *status)
{
  BatonReader *reader = baton_workspace_reader (self->workspace);

  status->attention = baton_reader_count_attention (reader, BATON_ATTENTION_REFUSED);
  status->replaced = baton_reader_count_attention (reader, BATON_ATTENTION_REPLACED);
}

static void
refresh (BatonSyncButton *self)
{
  BatonSyncStatus nobody = { .state = BATON_SYNC_SIGN_IN };
  const BatonSyncStatus *status = self->sharing != NULL ? baton_sharing_status (self->sharing) : &nobody;
  g_autofree char *files = self->files != NULL ? baton_files_words (self->files) : NULL;
  g_autofree char *words = NULL;
  g_autofree char *clock = baton_sharing_clock_words (status);
  BatonFileTotals totals = { 0 };
  gboolean out = status->state == BATON_SYNC_SIGN_IN;

  if (status == &nobody)
    count_here (self, &nobody);
  if (self->files != NULL)
    baton_files_totals (self->files, &totals);
  words = words_of (self, status, &totals);
  set_text (self->on_their_way, files);
  gtk_widget_set_visible (self->transfers, self->files != NULL);
  gtk_label_set_label (self->words, words);
  set_text (self->state, words);
  gtk_image_set_from_icon_name (
      self->symbol, symbol_of (status, totals.n[BATON_BLOB_UP] + totals.n[BATON_BLOB_DOWN] > 0));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  set_text (self->message, status->message);
  set_text (self->clock, clock);
  gtk_widget_set_visible (self->sign_in, out);
  gtk_widget_set_visible (self->try_now, !out && status->state != BATON_SYNC_IN_STEP);
  gtk_widget_set_visible (self->attention, status->attention + status->replaced > 0);
  show_numbers (self, status);
}

/* Everybody else who is connected, each once, by name. */
static void
presence_cb (BatonSharing *sharing, const char *text, BatonSyncButton *self)
{
  g_autoptr (GPtrArray) people = baton_sharing_people (text);
  g_autoptr (GString) names = g_string_new (NULL);
  const char *me = baton_workspace_me (self->workspace);

  for (guint i = 0; i < people->len; i++)
    {
      const char *id = g_ptr_array_index (people, i);
      const char *name = baton_workspace_name_of (self->workspace, BATON_ENTITY_PERSON, id, NULL);

      if (name != NULL && g_strcmp0 (id, me) != 0)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
    }
  if (names->len > 0)
    g_string_prepend (names, _ ("Here now: "));
  set_text (self->people, names->str);
}

static void
follow_files (BatonSyncButton *self)
{
  g_set_object (&self->files, baton_workspace_files (self->workspace));
  if (self->files != NULL)
    g_signal_connect_swapped (self->files, "changed", G_CALLBACK (refresh), self);
}

static void
try_now_cb (BatonSyncButton *self)
{
  if (self->sharing != NULL)
    baton_sharing_resume (self->sharing);
}

static void
popdown_cb (BatonSyncButton *self)
{
  gtk_menu_button_popdown (self->button);
}

static GtkLabel *
add_label (GtkWidget *box, const char *style)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_max_width_chars (label, 40);
  gtk_label_set_xalign (label, 0);
  gtk_widget_set_visible (GTK_WIDGET (label), FALSE);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), style);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  return label;
}

static GtkWidget *
add_button (BatonSyncButton *self, GtkWidget *box, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  if (action != NULL)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  g_signal_connect_object (button, "clicked", G_CALLBACK (popdown_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
new_popover (BatonSyncButton *self)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  self->state = add_label (box, "heading");
  self->server = add_label (box, "dim-label");
  self->message = add_label (box, NULL);
  self->clock = add_label (box, NULL);
  self->numbers = add_label (box, NULL);
  self->on_their_way = add_label (box, NULL);
  self->people = add_label (box, "dim-label");
  self->transfers = add_button (self, box, _ ("Files on their way…"), "win.transfers");
  self->attention = add_button (self, box, _ ("Needs attention…"), "win.attention");
  self->try_now = add_button (self, box, _ ("Try now"), NULL);
  g_signal_connect_object (self->try_now, "clicked", G_CALLBACK (try_now_cb), self, G_CONNECT_SWAPPED);
  self->sign_in = add_button (self, box, _ ("Sign in…"), "win.sign-in");
  add_button (self, box, _ ("Team and devices…"), "win.team");
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

static void
let_go (BatonSyncButton *self)
{
  if (self->sharing != NULL)
    g_signal_handlers_disconnect_by_data (self->sharing, self);
  if (self->files != NULL)
    g_signal_handlers_disconnect_by_data (self->files, self);
  g_clear_object (&self->files);
  g_clear_object (&self->sharing);
  self->workspace = NULL;
}

static void
baton_sync_button_dispose (GObject *object)
{
  let_go (BATON_SYNC_BUTTON (object));
  G_OBJECT_CLASS (baton_sync_button_parent_class)->dispose (object);
}

static void
baton_sync_button_class_init (BatonSyncButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_sync_button_dispose;
}

static void
baton_sync_button_init (BatonSyncButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->symbol = GTK_IMAGE (gtk_image_new ());
  self->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->symbol));
  /* A narrow window has no place for many words; what they are is told in the popover and to a screen reader.
   */
  gtk_label_set_ellipsize (self->words, PANGO_ELLIPSIZE_END);
  gtk_widget_set_size_request (GTK_WIDGET (self->words), LEAST_WORDS, -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_child (self->button, box);
  gtk_menu_button_set_popover (self->button, new_popover (self));
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
baton_sync_button_new (void)
{
  return g_object_new (BATON_TYPE_SYNC_BUTTON, NULL);
}

void
baton_sync_button_set_workspace (BatonSyncButton *self, BatonWorkspace *workspace)
{
  g_auto (BatonSharingPlace) place = { 0 };
  gboolean shared;

  let_go (self);
  shared = workspace != NULL && baton_sharing_read_place (baton_workspace_reader (workspace), &place);
  gtk_widget_set_visible (GTK_WIDGET (self), shared);
  if (!shared)
    return;
  self->workspace = workspace;
  set_text (self->server, place.server);
  set_text (self->people, NULL);
  if (baton_workspace_sharing (workspace) != NULL)
    {
      self->sharing = g_object_ref (baton_workspace_sharing (workspace));
      g_signal_connect_swapped (self->sharing, "changed", G_CALLBACK (refresh), self);
      g_signal_connect (self->sharing, "presence", G_CALLBACK (presence_cb), self);
      follow_files (self);
    }
  refresh (self);
}
