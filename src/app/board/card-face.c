/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-face-private.h"

#include "presence-row.h"

#define LONGEST_TITLE 400 /* characters laid out; a title may have a hundred thousand */

G_DEFINE_FINAL_TYPE (BatonCardFace, baton_card_face, GTK_TYPE_WIDGET)

char *
baton_card_face_short_title (BatonItem *card)
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

gboolean
baton_card_face_is_watched (BatonCardFace *self)
{
  return self->watchers != NULL && gtk_widget_get_visible (self->watchers);
}

int
baton_card_face_watchers_width (BatonCardFace *self)
{
  int width = 0;

  if (baton_card_face_is_watched (self))
    gtk_widget_measure (self->watchers, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

static GtkSizeRequestMode
baton_card_face_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
baton_card_face_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BatonCardFace *self = BATON_CARD_FACE (widget);
  int row = baton_card_face_watchers_width (self), tall = 0;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (!baton_card_face_is_watched (self))
    return;
  gtk_widget_measure (self->watchers, GTK_ORIENTATION_VERTICAL, row, NULL, &tall, NULL, NULL);
  gtk_widget_size_allocate (self->watchers,
      &(GtkAllocation){ rtl ? BATON_FACE_PADDING - 2 : width - BATON_FACE_PADDING + 2 - row,
          BATON_FACE_PADDING - 2, row, tall },
      -1);
}

static void
set_class (BatonCardFace *self, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
show_watchers (BatonCardFace *self)
{
  const char *card = baton_item_id (self->card);
  gboolean watched = baton_presence_on (self->presence, card) != NULL;

  if (watched && self->watchers == NULL)
    {
      self->watchers = baton_presence_row_new (BATON_FACE_AVATAR);
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
  g_autofree char *title = baton_card_face_short_title (self->card);
  g_autofree char *description = NULL;
  BatonItem *owner = baton_workspace_lookup (baton_board_workspace (self->board), BATON_ENTITY_PERSON,
      baton_item_text (self->card, BATON_CARD_OWNER));

  baton_card_face_clear_layouts (self);
  baton_card_facts_clear (&self->facts);
  baton_card_facts_init (&self->facts, self->board, self->card, g_get_real_time ());
  if (owner == NULL || !gdk_rgba_parse (&self->avatar, baton_person_color (owner)))
    gdk_rgba_parse (&self->avatar, "#5e5c64");
  set_class (self, "fast", self->facts.fast);
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
      baton_card_face_clear_layouts (self);
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
  set_class (self, "selected", selected);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

void
baton_card_face_set_open (BatonCardFace *self, gboolean open)
{
  set_class (self, "open", open);
  /* That all the others are closed need not be said. */
  if (open)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE, -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED);
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

static void
baton_card_face_class_init (BatonCardFaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_card_face_dispose;
  widget_class->get_request_mode = baton_card_face_get_request_mode;
  widget_class->measure = baton_card_face_measure;
  widget_class->snapshot = baton_card_face_snapshot;
  widget_class->size_allocate = baton_card_face_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "cardface");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  baton_card_face_add_accessible_actions (widget_class);
  baton_card_face_add_keys (widget_class);
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
